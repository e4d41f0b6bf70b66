"""Groups: whom they bring together, who has answered, and whether they are large enough to begin."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from allies.kit.scope import across
from allies.kit.ui.formats import number
from mentoring.models import Pair, Programme, Proposal
from mentoring.queries.places import TAKES_A_PLACE
from mentoring.states import PROPOSAL_OFFERED, PairState, ProposalState

WITH_PEOPLE = (
    *("application__person", "application__occupation", "application__place", "application__intake"),
    *("mentor__person", "mentor__occupation", "mentor__place", "mentor__council", "pair"),
)


class Standing(StrEnum):
    """Where a group stands between the engine and its first meeting."""

    DRAFTED = "drafted"
    ASKED = "asked"
    FORMING = "forming"
    SHORT = "short"
    UNDER_WAY = "under_way"
    FINISHED = "finished"
    OVER = "over"


LABELS: dict[Standing, str | Promise] = {
    Standing.DRAFTED: pgettext_lazy("group", "Proposed by the engine"),
    Standing.ASKED: pgettext_lazy("group", "Waiting for the mentor"),
    Standing.FORMING: pgettext_lazy("group", "Waiting for the mentees"),
    Standing.SHORT: gettext_lazy("Too few for a group"),
    Standing.UNDER_WAY: pgettext_lazy("group", "Under way"),
    Standing.FINISHED: pgettext_lazy("group", "Finished"),
    Standing.OVER: pgettext_lazy("group", "Did not come about"),
}
LOOKS = {
    Standing.DRAFTED: "quiet",
    Standing.ASKED: "wait",
    Standing.FORMING: "wait",
    Standing.SHORT: "bad",
    Standing.UNDER_WAY: "good",
    Standing.FINISHED: "quiet",
    Standing.OVER: "quiet",
}


@dataclass(slots=True)
class Group:
    """The proposals of one group, whose people and pairs are loaded."""

    mark: UUID
    programme: Programme
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def mentor(self) -> Any:
        """Who mentors the group."""
        return self.proposals[0].mentor

    def _pairs(self, *states: str) -> list[Proposal]:
        return [one for one in self.proposals if _pair(one) is not None and _pair(one).state in states]

    @property
    def waiting(self) -> list[Proposal]:
        """Who said yes and waits for the group to begin."""
        return [one for one in self._pairs(PairState.RESERVED) if one.state == ProposalState.CONFIRMED]

    @property
    def begun(self) -> list[Proposal]:
        """Who works in the group, or has."""
        return self._pairs(PairState.ACTIVE, PairState.ON_HOLD, PairState.COMPLETED, PairState.ENDED_EARLY)

    @property
    def asked(self) -> list[Proposal]:
        """Those whose answer, or the mentor's about them, is still to come."""
        return [one for one in self.proposals if one.state in PROPOSAL_OFFERED]

    @property
    def drafted(self) -> list[Proposal]:
        """Those whom the engine proposed and nobody decided on."""
        return [one for one in self.proposals if one.state == ProposalState.DRAFTED]

    @property
    def members(self) -> list[Proposal]:
        """Everybody who is in the group or may still be."""
        gone = [one.pk for one in self.proposals if one not in (*self.drafted, *self.asked, *self.waiting, *self.begun)]
        return [one for one in self.proposals if one.pk not in gone]

    @property
    def agreed(self) -> int:
        """How many mentees have said yes, begun or not."""
        return len(self.waiting) + len(self.begun)

    @property
    def size(self) -> int:
        """How many are in the group or may still be."""
        return len(self._pairs(*TAKES_A_PLACE))

    @property
    def room(self) -> int:
        """How many could still be asked."""
        free: int = self.mentor.capacity - self.mentor.active_load
        return max(0, min(self.programme.group_most - self.size, free))

    @property
    def standing(self) -> Standing:
        """Where the group stands."""
        if self.begun:
            going = self._pairs(PairState.ACTIVE, PairState.ON_HOLD)
            return Standing.UNDER_WAY if going else Standing.FINISHED
        if self.drafted:
            return Standing.DRAFTED
        open_ones = len(self.asked) + len(self.waiting)
        if not open_ones:
            return Standing.OVER
        if any(one.state == ProposalState.TO_MENTOR for one in self.asked):
            return Standing.ASKED
        return Standing.FORMING if open_ones >= self.programme.group_least else Standing.SHORT

    @property
    def label(self) -> str:
        """The state in words."""
        return str(LABELS[self.standing])

    @property
    def look(self) -> str:
        """How its mark is drawn."""
        return LOOKS[self.standing]

    @property
    def can_begin_small(self) -> bool:
        """Whether enough have said yes for two or more to meet, though not for the programme's smallest group."""
        return self.standing == Standing.SHORT and len(self.waiting) >= 2

    @property
    def sentence(self) -> str:
        """Where the group stands, said to the coordinator."""
        facts = {
            "yes": number(len(self.waiting)),
            "asked": number(len(self.asked)),
            "least": number(self.programme.group_least),
            "n": number(len(self.begun)),
            "mentor": str(self.mentor.person),
        }
        match self.standing:
            case Standing.ASKED:
                return _("%(mentor)s answers once for the whole group. Then each mentee is asked.") % facts
            case Standing.FORMING:
                text = ngettext(
                    "%(yes)s has said yes, %(asked)s still asked. The group begins with %(least)s.",
                    "%(yes)s have said yes, %(asked)s still asked. The group begins with %(least)s.",
                    len(self.waiting),
                )
                return text % facts
            case Standing.SHORT:
                text = ngettext(
                    "The group can't reach its %(least)s people any more: %(yes)s said yes, %(asked)s is still asked. "
                    "Ask somebody else to join, let those begin who said yes, or give the group up.",
                    "The group can't reach its %(least)s people any more: %(yes)s said yes, %(asked)s are still asked. "
                    "Ask somebody else to join, let those begin who said yes, or give the group up.",
                    len(self.asked),
                )
                return text % facts
            case Standing.UNDER_WAY | Standing.FINISHED:
                return ngettext("%(n)s mentee has begun.", "%(n)s mentees have begun.", len(self.begun)) % facts
            case Standing.OVER:
                return _("Nobody is in this group any more. Run matching again for those who wait.")
        return ""


def _pair(proposal: Proposal) -> Any:
    return getattr(proposal, "pair", None)


def of(proposals: Iterable[Proposal], programme: Programme) -> list[Group]:
    """Put proposals, with people and pairs loaded, into their groups; the best total first."""
    found: dict[UUID, Group] = {}
    for proposal in proposals:
        if proposal.group:
            found.setdefault(proposal.group, Group(proposal.group, programme)).proposals.append(proposal)
    return list(found.values())


def group(mark: UUID) -> Group | None:
    """One group with everybody in it."""
    with across():
        proposals = list(
            Proposal.objects.filter(group=mark)
            .select_related(*WITH_PEOPLE, "application__intake__programme__council__place")
            .order_by("-score", "pk")
        )
    return Group(mark, proposals[0].application.intake.programme, proposals) if proposals else None


def companions(pairs: Collection[Pair]) -> dict[UUID, list[Pair]]:
    """For each group among some pairs everybody who is or was in it, by name."""
    marks = {pair.group for pair in pairs if pair.group}
    found: dict[UUID, list[Pair]] = defaultdict(list)
    if not marks:
        return found
    with across():
        others = Pair.objects.filter(group__in=marks).exclude(state__in=[PairState.RESERVED, PairState.RELEASED])
        for pair in others.select_related("mentee_person").order_by("mentee_person__name", "pk"):
            found[pair.group].append(pair)  # type: ignore[index]
    return found
