"""Employers: the council's pages, the champion's own, invitations, and the thanks of a mentor."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from allies.kit import scope
from councils.services.invite import digest
from mentoring.models import Champion, EmployerInvitation, Mentor, Thanks
from tests import factories
from tests.access.matrix import PUBLIC, SIGNED_IN, Row, halifax, halifax_row
from tests.access.rows.convening import NAMES_ACT, NAMES_EDIT, NAMES_POST
from tests.access.rows.mentoring_mentors import OWN, OWN_ACT, OWN_FORM, own_mentor
from tests.factories import employers as make

TOKEN = "a-token-of-a-letter"
#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# The stranger of the world speaks for an employer of Halifax here, or is the one who is invited.
ANYBODY_ACT = "   302  302    302    302   302     302   302    302   302   302    302    302   302"
INVITED = "       302  200    302    302   302     302   302    302   302   302    302    302   302"
INVITED_POST = "  302  422    302    302   302     302   302    302   302   302    302    302   302"


def spoken_for(world):
    """An employer of Halifax for which the stranger speaks."""
    person = world.people["stranger"]
    with scope.across():
        champion = Champion.objects.filter(person=person).select_related("organisation").first()
    own = champion and champion.organisation
    return (
        own
        or make.ChampionFactory(
            organisation=factories.OrganisationFactory(council=world.halifax), person=person
        ).organisation
    )


def employer(world):
    """The arguments of the pages of that employer."""
    return {"pk": spoken_for(world).pk}


def invited_by_employer(world):
    """The arguments of an act on one of that employer's invitations, which a reminder may follow."""
    long_ago = timezone.now() - timedelta(days=9)
    row = make.EmployerInvitationFactory(organisation=spoken_for(world), sent_at=long_ago)
    return {"pk": row.organisation_id, "invitation": row.pk}


def stranger_is_invited(world):
    """The arguments of an invitation to mentor at Calgary, for the stranger's own address."""
    person = world.people["stranger"]
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    own = {"organisation": world.foreign["Organisation"], "email": person.email}
    with scope.across():
        found = EmployerInvitation.objects.filter(**own).first() or make.EmployerInvitationFactory(**own)
    return {"pk": found.pk}


def letter(world):
    """The arguments of the page that a letter leads to."""
    with scope.across():
        if not EmployerInvitation.objects.filter(token_digest=digest(TOKEN)).exists():
            make.EmployerInvitationFactory(organisation=world.things["Organisation"], token_digest=digest(TOKEN))
    return {"token": TOKEN}


def staff(world):
    """The arguments of the page of the stranger, who mentors as one of the staff of an employer."""
    own = own_mentor(world)
    with scope.across():
        Mentor.objects.filter(**own).update(staff_of=world.things["Organisation"])
    return own


def thanked(world):
    """The arguments of the stranger's certificate of thanks."""
    own = own_mentor(world)
    with scope.across():
        if not Thanks.objects.filter(mentor=own["pk"], year=2025).exists():
            make.ThanksFactory(mentor=Mentor.objects.get(**own), year=2025)
    return {**own, "year": 2025}


ROWS = {
    "mentoring:my-employers": Row(get=SIGNED_IN),
    "mentoring:my-employer": Row(get=OWN, args=employer),
    "mentoring:my-employer-invite": Row(get=OWN, post=OWN_FORM, args=employer),
    "mentoring:my-employer-rules": Row(get=OWN, post=OWN_FORM, args=employer),
    "mentoring:my-employer-hosting": Row(get=OWN, post=OWN_ACT, args=employer),
    "mentoring:my-employer-stop": Row(post=OWN_ACT, args=employer),
    "mentoring:my-employer-remind": Row(post=OWN_ACT, args=invited_by_employer),
    "mentoring:my-employer-take-back": Row(post=OWN_ACT, args=invited_by_employer),
    "mentoring:my-mentor-employer": Row(post=OWN_ACT, args=staff),
    "mentoring:my-mentor-thanks": Row(get=OWN, args=thanked),
    "mentoring:employer-invitation": Row(get=PUBLIC, args=letter),
    "mentoring:employer-invitation-accept": Row(post=ANYBODY_ACT, args=stranger_is_invited),
    "mentoring:employer-offer": Row(get=INVITED, post=INVITED_POST, args=stranger_is_invited),
    "mentoring:employer-list": Row(get=NAMES_EDIT, args=halifax),
    "mentoring:employer-show": Row(get=NAMES_EDIT, post=NAMES_POST, args=halifax_row("Organisation")),
    "mentoring:employer-champion-end": Row(post=NAMES_ACT, args=halifax_row("Organisation")),
    "mentoring:employer-invitation-again": Row(post=NAMES_ACT, args=halifax_row("EmployerInvitation")),
    "mentoring:employer-invitation-take-back": Row(post=NAMES_ACT, args=halifax_row("EmployerInvitation")),
    "mentoring:mentor-employer": Row(post=NAMES_ACT, args=halifax_row("Mentor")),
}
