"""A group begins once enough of its mentees have said yes; where that can't be any more, the coordinator decides."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import override

from allies.kit import mail
from allies.kit.scope import across
from mentoring.models import Pair
from mentoring.queries.groups import Group, Standing, group
from mentoring.services import pair_letters as letters
from mentoring.services import pairs
from mentoring.services.next_offer import coordinators_of


def gather(mark: UUID) -> None:
    """Begin the pairs of a group that is large enough; its mentor is locked, so one answer counts at a time."""
    found = group(mark)
    if found is None:
        return
    if found.begun or len(found.waiting) >= found.programme.group_least:
        begin(found)
    elif found.standing in (Standing.SHORT, Standing.OVER):
        tell_coordinators(found)


def begin(found: Group) -> None:
    """Begin the pair of each who said yes; the mentor hears of the whole group at once."""
    joins, waiting = bool(found.begun), found.waiting
    with across():
        begun = [Pair.objects.get(proposal=proposal) for proposal in waiting]
        for pair in begun:
            pairs.begin(pair, joins=joins)
        if begun and not joins:
            first = pairs.hold_row(begun[0])
            names = ", ".join(str(proposal.application.person) for proposal in waiting)
            letters.to_mentor(first, "group_begun", start=first.started_on, names=names)


def tell_coordinators(found: Group) -> None:
    """Write to the council's coordinators where a group stands, once for each state of it."""
    council = found.programme.council
    for person in coordinators_of(council):
        with override(person.language):
            mail.send(
                "mentoring/offer",
                to=person,
                context={
                    "act": "group_short",
                    "programme": found.programme.name,
                    "mentor": str(found.mentor.person),
                    "sentence": found.sentence,
                    "path": reverse("mentoring:group-show", args=[council.slug, found.mark]),
                },
                key=f"mentoring.group_short:{found.mark}:{len(found.waiting)}:{len(found.asked)}:{person.pk}",
            )
