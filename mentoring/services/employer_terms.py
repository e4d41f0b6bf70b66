"""What an employer says of its part: who of the staff may mentor, and that it would host an orientation."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from allies.kit import audit, mail
from allies.kit.access import authorize
from councils.models import Organisation, User
from mentoring.models import EmployerTerms, Seniority
from mentoring.services.employer_invitations import still_there
from mentoring.services.mentors import coordinators_of


@transaction.atomic
def set_rules(organisation: Organisation, *, seniority: Sequence[str], least_years: int, by: User) -> EmployerTerms:
    """Say who of the staff may mentor; whoever is a mentor already stays one."""
    authorize(by, "mentoring.speak_for", organisation)
    terms = _held(organisation)
    # All of the levels are no rule.
    chosen = [level for level in Seniority.values if level in seniority]
    terms.seniority = [] if len(chosen) == len(Seniority.values) else chosen
    terms.least_years = least_years
    terms.save()
    audit.record(
        "mentoring.employer_rules_set",
        terms,
        by=by,
        council=organisation.council_id,
        fields=["seniority", "least_years"],
    )
    return terms


@transaction.atomic
def offer_to_host(organisation: Organisation, *, words: str, by: User) -> EmployerTerms:
    """Offer to host an orientation, or with no words take the offer back; the coordinators are told of an offer."""
    authorize(by, "mentoring.speak_for", organisation)
    still_there(organisation.council)
    terms = _held(organisation)
    if terms.hosting == words:
        return terms
    terms.hosting, terms.hosting_at = words, timezone.now() if words else None
    terms.save()
    if words:
        _tell(organisation, words, by)
    deed = "mentoring.hosting_offered" if words else "mentoring.hosting_withdrawn"
    audit.record(deed, terms, by=by, council=organisation.council_id, fields=["hosting"])
    return terms


def _held(organisation: Organisation) -> EmployerTerms:
    """The terms of an employer, held until the end."""
    EmployerTerms.objects.get_or_create(organisation=organisation)
    held: EmployerTerms = EmployerTerms.objects.select_for_update(of=("self",)).get(organisation=organisation)
    return held


def _tell(organisation: Organisation, words: str, champion: User) -> None:
    for person in coordinators_of(organisation.council):
        with translation.override(person.language):
            facts = {
                "act": "hosts",
                "champion": champion.name,
                "employer": organisation.name,
                "words": words,
                "path": reverse("mentoring:employer-show", args=[organisation.council.slug, organisation.pk]),
            }
        mail.send("mentoring/employer", to=person, context=facts)
