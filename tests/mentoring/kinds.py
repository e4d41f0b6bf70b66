"""What the tests of the kinds of mentoring share: a hall of a kind, a group that is asked, and its answers."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from allies.kit.models import Letter
from mentoring import agreements
from mentoring.models import Mentor, Pair, Programme, Proposal
from mentoring.services import groups, offers, pairs
from mentoring.services.publish import publish
from tests.mentoring.halls import hall, solved


def ready_hall(kind, **facts):
    """A hall of a kind of mentoring, whose mentors mentor in that way."""
    made = hall(kind=kind, **facts)
    Mentor.objects.update(kinds=[kind])
    for mentor in made.mentors:
        mentor.refresh_from_db()
    return made


def asked_group() -> Any:
    """Five mentees and one mentor with room for a group of four to six, asked."""
    made: Any = ready_hall(Programme.Kind.GROUP, mentees=5, mentors=1, capacity=6)
    made.run = solved(made)
    publish(made.run, by=made.coordinator)
    made.mark = Proposal.objects.values_list("group", flat=True).distinct().get()
    return made


def offer_of(at, number) -> Proposal:
    """The offer of the n-th mentee."""
    return Proposal.objects.select_related("mentor__person", "application__person").get(application=at.mentees[number])


def yes(at, *numbers) -> None:
    """Let mentees say yes."""
    for number in numbers:
        offers.accept(offer_of(at, number), by=at.mentees[number].person)


def no(at, *numbers) -> None:
    """Let mentees say no."""
    for number in numbers:
        offers.decline(offer_of(at, number), reason="No time.", by=at.mentees[number].person)


def mentor_says_yes(at) -> int:
    """Let the mentor of a group say yes."""
    return groups.accept(offer_of(at, 0), by=at.mentors[0].person)


def states_of(model) -> list[str]:
    """The states of all rows."""
    return sorted(model.objects.values_list("state", flat=True))


def letters(act) -> list:
    """To whom a letter went."""
    return sorted(Letter.objects.filter(context__act=act).values_list("person__email", flat=True))


def gathering(days_ago=3, **facts):
    """A meeting so many days ago."""
    starts = timezone.now() - timedelta(days=days_ago)
    return {"token": uuid4(), "starts_at": starts, "minutes": 90, "how": "video", "topic": "CV"} | facts


def under_way(at) -> list[Pair]:
    """Let a group begin and sign."""
    mentor_says_yes(at)
    yes(at, 0, 1, 2, 3, 4)
    began = timezone.localdate() - timedelta(days=60)
    Pair.objects.update(started_on=began, planned_end_on=began + timedelta(weeks=17))
    found = list(Pair.objects.select_related("mentor_person", "mentee_person").order_by("mentee_person__name"))
    version = agreements.current(Programme.Kind.GROUP)
    pairs.sign(found[0], version=version, by=found[0].mentor_person)
    for pair in found:
        pairs.sign(pair, version=version, by=pair.mentee_person)
    return found
