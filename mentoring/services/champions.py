"""Champions: a council asks somebody to speak for an employer; it begins with their yes and ends with either side."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, mail
from allies.kit.access import authorize, can
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Membership, Organisation, User
from councils.queries.people import addresses_of
from councils.roles import Role
from councils.services.editing import Faulty, saying
from mentoring.models import Champion, EmployerInvitation
from mentoring.services.employer_invitations import Kind, begin, taken_up
from mentoring.services.entering import hold_role
from mentoring.services.mentors import coordinators_of

RULES = {
    "one_person_at_a_time_is_asked_to_be_champion": (
        "email",
        _("Somebody is asked to speak for this employer already: take that invitation back first."),
    ),
}


@transaction.atomic
def ask(organisation: Organisation, *, email: str, language: str, word: str = "", by: User) -> EmployerInvitation:
    """Ask the person with an address to speak for an employer."""
    council = organisation.council
    authorize(by, "mentoring.work_with_people", council)
    address = email.strip().lower()
    if address in addresses_of(by):
        raise Faulty({"email": _("Nobody names themselves: ask a colleague to do it.")})
    standing = Champion.objects.filter(organisation=organisation, ended_at=None).select_related("person").first()
    if standing:
        sentence = _("%(name)s speaks for this employer now. End that first.")
        raise Refused(sentence % {"name": standing.person.name})
    with saying(**RULES):
        invitation = begin(organisation, kind=Kind.CHAMPION, email=address, language=language, word=word, by=by)
    audit.record("mentoring.champion_invited", invitation, by=by, council=council, fields=["email"])
    return invitation


@transaction.atomic
def accept(invitation: EmployerInvitation, *, by: User) -> Champion:
    """Begin to speak for the employer; the council's coordinators are told."""
    organisation = invitation.organisation
    # The address may have become theirs only after they asked it.
    if invitation.invited_by_id == by.pk:
        raise Refused(_("Nobody names themselves: ask a colleague to do it."))
    if not can(invitation.invited_by, "mentoring.manage", organisation.council):
        raise Refused(_("The person who invited you may no longer do so: ask the council for a new invitation."))
    taken_up(invitation, by=by)
    with across():
        try:
            with transaction.atomic():
                champion: Champion = Champion.objects.create(
                    organisation=organisation, person=by, named_by=invitation.invited_by
                )
        except IntegrityError as error:
            raise Refused(_("Somebody else speaks for this employer in the meantime.")) from error
    hold_role(by, Role.EMPLOYER, organisation.council, by=by)
    _tell(champion)
    audit.record("mentoring.champion_named", champion, by=by, council=organisation.council_id, fields=["since"])
    return champion


@transaction.atomic
def end(champion: Champion, *, by: User) -> None:
    """End a champion's part; the mentors of the employer go on."""
    council = champion.organisation.council
    if champion.person_id != by.pk:
        authorize(by, "mentoring.work_with_people", council)
    with across():
        if not Champion.objects.filter(pk=champion.pk, ended_at=None).update(ended_at=timezone.now()):
            raise Refused(_("This has ended already."))
        if not Champion.objects.filter(person=champion.person_id, ended_at=None).exists():
            Membership.objects.current().filter(person=champion.person_id, role=Role.EMPLOYER, council=None).update(
                ends_on=timezone.localdate()
            )
    audit.record("mentoring.champion_ended", champion, by=by, council=council, fields=["ended_at"])


def _tell(champion: Champion) -> None:
    organisation = champion.organisation
    for person in coordinators_of(organisation.council):
        with translation.override(person.language):
            facts = {
                "act": "accepted",
                "champion": champion.person.name,
                "employer": organisation.name,
                "path": reverse("mentoring:employer-show", args=[organisation.council.slug, organisation.pk]),
            }
        mail.send("mentoring/employer", to=person, context=facts)
