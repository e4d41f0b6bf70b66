"""What is asked about employers: whom to invite, who of the staff may mentor, an orientation to host."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.forms.workspace.base import ProseField
from councils.models import Organisation
from mentoring.forms.named import OrganisationField
from mentoring.models import EmployerTerms, Mentor, Seniority
from mentoring.queries.employers import organisations
from mentoring.services.employer_staff import why_not_invited

LANGUAGES = [("en", _("English")), ("fr", _("French"))]
MOST = 50
LEVELS = [
    (Seniority.JUNIOR, _("Junior: the first years in the profession")),
    (Seniority.MIDDLE, _("Middle: experienced, works without guidance")),
    (Seniority.UPPER, _("Upper: leads people, or advises those who decide")),
]
_BETWEEN = re.compile(r"[\s,;]+")
# “Marta Roy <marta@…>”, as address books write it.
_NAMED = re.compile(r"[^<>\n,;]*<([^<>\s]+)>")


def addresses_in(text: str) -> list[tuple[int, str]]:
    """The addresses in a text, each with the number of its line; names around them are left out."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        bare = _NAMED.sub(r" \1 ", line)
        found += [(number, word.lower()) for word in _BETWEEN.split(bare) if word]
    return found


def _is_address(word: str) -> bool:
    try:
        validate_email(word)
    except ValidationError:
        return False
    return True


class ChampionForm(forms.Form):
    """Whom to ask to speak for an employer."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The link in the letter works once, for two weeks, and only for this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES, widget=forms.RadioSelect)
    word = ProseField(
        label=_("A personal word"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class InviteForm(forms.Form):
    """Colleagues to invite, several at once, with a personal word."""

    addresses = ProseField(
        label=_("E-mail addresses"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "off", "spellcheck": "false"}),
        help_text=_("One a line, or with commas between them; at most 50 at once."),
    )
    word = ProseField(
        label=_("A personal word"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stands at the beginning of the letter, with your name."),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_addresses(self) -> list[tuple[int, str]]:
        """Take the addresses apart; each that can't be written to is named with its line and the reason."""
        found = addresses_in(self.cleaned_data["addresses"])
        known = why_not_invited(self.organisation, [word for _line, word in found])
        faults, first_line = [], dict[str, int]()
        for number, word in found:
            facts = {"line": number, "email": word}
            if not _is_address(word):
                faults.append(gettext("Line %(line)s: “%(email)s” is not an e-mail address.") % facts)
            elif word in first_line:
                facts["first"] = first_line[word]
                faults.append(gettext("Line %(line)s: %(email)s stands in line %(first)s already.") % facts)
            elif word in known:
                faults.append(gettext("Line %(line)s: %(reason)s") % {"line": number, "reason": known[word]})
            first_line.setdefault(word, number)
        if len(found) > MOST:
            faults.append(gettext("These are %(n)s addresses: at most 50 at once.") % {"n": len(found)})
        if faults:
            raise ValidationError(faults)
        return found

    @property
    def emails(self) -> list[str]:
        """The addresses alone."""
        return [email for _line, email in self.cleaned_data.get("addresses", [])]


class TermsForm(forms.Form):
    """Who of the staff may mentor."""

    seniority = forms.MultipleChoiceField(
        label=_("Levels that may mentor"),
        choices=LEVELS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With none or all of them ticked, everybody may."),
    )
    least_years = forms.IntegerField(
        label=_("Years of experience at least"), min_value=0, max_value=40, help_text=_("0 where it does not matter.")
    )

    def __init__(self, *args: Any, terms: EmployerTerms, **kwargs: Any) -> None:
        initial = {"seniority": terms.seniority, "least_years": terms.least_years}
        super().__init__(*args, initial=initial, **kwargs)


class HostingForm(forms.Form):
    """An offer to host an orientation."""

    words = ProseField(
        label=_("What you offer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: a room for 30 people in our office, on weekdays from 4 p.m., with coffee."),
    )


class PlaceForm(forms.Form):
    """For which employer at the table a mentor works."""

    organisation = OrganisationField(
        label=_("Employer at the table"),
        required=False,
        help_text=_(
            "Its name, or nothing. Its champion then sees the mentor's places and hours, and never who the mentees are."
        ),
    )

    def __init__(self, *args: Any, mentor: Mentor, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="place_%s", **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.choose_from(employers_to_choose(mentor.staff_of), mentor.staff_of)


def employers_to_choose(standing: Organisation | None = None) -> Any:
    """The employers in scope to choose from, the one that stands there among them."""
    known: Sequence[Any] = [standing.pk] if standing else []
    found = organisations() | Organisation.objects.filter(pk__in=known)
    return found.order_by(alphabetical("name"), "pk")
