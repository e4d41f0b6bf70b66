"""Warm referrals: a person for whom the programme is too early is introduced to a service, and somebody asks again."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, mail
from allies.kit.access import authorize, can
from allies.kit.refusals import Refused
from councils.addresses import in_both
from councils.models import Organisation, User
from councils.services.editing import Faulty
from mentoring.models import Application, Referral
from mentoring.queries.tracker import tracker_path


@transaction.atomic
def refer(
    application: Application,
    *,
    by: User,
    partner: Organisation | None = None,
    service: str = "",
    note: str = "",
    introduce: bool = False,
) -> Referral:
    """Hand a person on to a partner of the council, or to a service in words, and tell the person.

    The person asks for it, or the council's staff offers it. With `introduce`, for which the person must have agreed,
    the partner gets a letter with the person's name and address.
    """
    council = application.intake.programme.council
    if not can(by, "mentoring.own_application", application):
        authorize(by, "mentoring.work_with_people", council)
    if partner is not None and partner.council_id != council.pk:
        raise Faulty({"partner": _("This organisation belongs to another council.")})
    named = service.strip() or (partner.name if partner else "")
    if not named:
        raise Faulty({"service": _("Say which service: choose a partner, or write its name.")})
    # Two clicks are one referral: the second waits for the first and finds it.
    standing = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    waiting = Referral.objects.filter(application=standing, partner=partner, service=named[:160])
    if waiting.exclude(outcome=Referral.Outcome.LOST).exists():
        raise Refused(_("This introduction has been made already."))
    referral = Referral.objects.create(
        application=standing, partner=partner, service=named[:160], note=note.strip()[:500], made_by=by
    )
    _tell_person(referral)
    if introduce and partner is not None and partner.contact_email:
        _tell_partner(referral, partner)
    audit.record("mentoring.person_referred", referral, by=by, council=council)
    return referral


def _tell_person(referral: Referral) -> None:
    person = referral.application.person
    partner, council = referral.partner, referral.application.intake.programme.council
    with translation.override(person.language):
        facts = {
            "council": council.name,
            "service": referral.service,
            "website": partner.website if partner else "",
            "note": referral.note,
            "contact": council.contact_email,
        }
    path = in_both(tracker_path)[person.language]
    mail.send("mentoring/referred", to=person, context={**facts, "path": path}, key=f"referred/{referral.pk}")


def _tell_partner(referral: Referral, partner: Organisation) -> None:
    council, person = partner.council, referral.application.person
    language = "fr" if council.works_in_french and not council.works_in_english else "en"
    with translation.override(language):
        facts = {"council": council.name, "partner": partner.name, "service": referral.service}
    contact = {"name": str(person), "email": person.email, "their_language": person.language}
    key = f"introduced/{referral.pk}"
    mail.send("mentoring/introduced", to=partner.contact_email, language=language, context=facts | contact, key=key)


@transaction.atomic
def follow_referral(referral: Referral, outcome: str, *, by: User) -> None:
    """Record what came of a referral when somebody asked again."""
    council = referral.application.intake.programme.council
    authorize(by, "mentoring.work_with_people", council)
    if outcome not in Referral.Outcome.values:
        raise Faulty({"outcome": _("Choose what came of it.")})
    standing = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    standing.outcome, standing.followed_at = outcome, timezone.now()
    standing.save(update_fields=["outcome", "followed_at"])
    referral.outcome, referral.followed_at = standing.outcome, standing.followed_at
    audit.record("mentoring.referral_followed", standing, by=by, council=council, fields=["outcome"])
