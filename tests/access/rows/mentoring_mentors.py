"""Mentors: volunteering, their own pages, the council's pages about them, and lists from a file."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from allies.kit import scope
from mentoring.models import Mentor
from mentoring.services import mentor_lists
from tests import factories
from tests.access.matrix import COUNCIL_READ, PUBLIC, SIGNED_IN, Row, halifax, halifax_row
from tests.access.rows.convening import NAMES_ACT, NAMES_EDIT, NAMES_POST
from tests.factories import mentoring as make

#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# The stranger of the world is the mentor here.
OWN = "           302  200    404    404   404     404   404    404   404   404    404    404   404"
OWN_FORM = "      302  422    404    404   404     404   404    404   404   404    404    404   404"
OWN_ACT = "       302  302    404    404   404     404   404    404   404   404    404    404   404"
VOLUNTEER_POST = "302  422    422    422   422     422   422    422   422   422    422    422   422"
# A list is kept for the person who looked at it.
KEPT_EDIT = "     302  404    404    403   403     200   404    404   403   403    403    302   302"
KEPT_POST = "     302  404    404    403   403     422   404    404   403   403    403    302   302"
MANAGE = "        302  404    404    403   403     200   200    404   403   403    403    200   200"


def own_mentor(world):
    """The arguments of the pages of the stranger, who mentors for Halifax."""
    facts = {"council": world.halifax, "person": world.people["stranger"]}
    with scope.across():
        mentor = Mentor.objects.filter(**facts).first() or make.MentorFactory(**facts, available=True)
    return {"pk": mentor.pk}


def public(world):
    """The arguments of a public page of Halifax."""
    return {"slug": world.halifax.slug_en}


def volunteer(world):
    """The arguments of the page of one who waits for Halifax."""
    return {"council": world.halifax.slug_en, "pk": make.MentorFactory(council=world.halifax).pk}


def paused(world):
    """The arguments of the page of one who is on a pause."""
    day = timezone.localdate() + timedelta(days=30)
    mentor = make.MentorFactory(council=world.halifax, available=True, state="paused", paused_until=day)
    return {"council": world.halifax.slug_en, "pk": mentor.pk}


def intake(world):
    """The arguments of the import into Halifax's open intake."""
    return {"council": world.halifax.slug_en, "intake": world.things["Intake"].pk}


def kept(world, into=None):
    """A list that the coordinator looked at."""
    occupation = factories.OccupationFactory().pk
    text = f"email,name,occupation,languages,heard_from\nnew@people.example,New,{occupation},en:12,Centre\n"
    with scope.within(world.halifax):
        upload = SimpleUploadedFile("list.csv", text.encode())
        coordinator = world.people["coordinator"]
        return mentor_lists.look_at_people(world.halifax, upload, by=coordinator, intake=into)


def kept_mentors(world):
    """The arguments of the page about a list of mentors."""
    return {"council": world.halifax.slug_en, "pk": kept(world).pk}


def kept_mentees(world):
    """The arguments of the page about a list of mentees."""
    return {**intake(world), "pk": kept(world, world.things["Intake"]).pk}


def act(name: str, args) -> dict[str, Row]:
    """One act of the staff on a mentor."""
    return {f"mentoring:{name}": Row(post=NAMES_ACT, args=args)}


ROWS = {
    "mentoring:become-mentor": Row(get=PUBLIC, args=public),
    "mentoring:mentor-volunteer": Row(get=SIGNED_IN, post=VOLUNTEER_POST, args=public),
    "mentoring:my-mentors": Row(get=SIGNED_IN),
    "mentoring:my-mentor": Row(get=OWN, args=own_mentor),
    "mentoring:my-mentor-edit": Row(get=OWN, post=OWN_FORM, args=own_mentor),
    "mentoring:my-mentor-handbook": Row(get=OWN, post=OWN_ACT, args=own_mentor),
    "mentoring:my-mentor-seat": Row(post=OWN_ACT, args=own_mentor),
    "mentoring:my-mentor-pause": Row(post=OWN_FORM, args=own_mentor),
    "mentoring:my-mentor-return": Row(post=OWN_ACT, args=own_mentor),
    "mentoring:my-mentor-stop": Row(post=OWN_ACT, args=own_mentor),
    "mentoring:mentor-list": Row(get=NAMES_EDIT, args=halifax),
    "mentoring:mentor-csv": Row(get=NAMES_EDIT, args=halifax),
    "mentoring:mentor-xlsx": Row(get=NAMES_EDIT, args=halifax),
    "mentoring:mentor-balance": Row(get=COUNCIL_READ, args=halifax),
    "mentoring:mentor-show": Row(get=NAMES_EDIT, args=halifax_row("Mentor")),
    "mentoring:mentor-edit": Row(get=NAMES_EDIT, post=NAMES_POST, args=halifax_row("Mentor")),
    "mentoring:mentor-approve": Row(post=NAMES_POST, args=volunteer),
    "mentoring:mentor-pause": Row(post=NAMES_POST, args=halifax_row("Mentor")),
    "mentoring:mentor-exclude": Row(post=NAMES_POST, args=halifax_row("Mentor")),
    **act("mentor-return", paused),
    **act("mentor-retire", volunteer),
    **act("exclusion-lift", halifax_row("Exclusion")),
    "mentoring:people-import": Row(get=MANAGE, args=halifax),
    "mentoring:mentor-import": Row(get=NAMES_EDIT, post=NAMES_POST, args=halifax),
    "mentoring:mentor-import-check": Row(get=KEPT_EDIT, post=KEPT_POST, args=kept_mentors),
    "mentoring:mentor-template-csv": Row(get=MANAGE, args=halifax),
    "mentoring:mentor-template-xlsx": Row(get=MANAGE, args=halifax),
    "mentoring:applicant-import": Row(get=NAMES_EDIT, post=NAMES_POST, args=intake),
    "mentoring:applicant-import-check": Row(get=KEPT_EDIT, post=KEPT_POST, args=kept_mentees),
    "mentoring:applicant-template-csv": Row(get=MANAGE, args=intake),
    "mentoring:applicant-template-xlsx": Row(get=MANAGE, args=intake),
}
