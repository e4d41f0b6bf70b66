"""Pair cards: who, why, how good for each of the two, and what any other choice would cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allies.kit.scope import across
from allies.kit.ui.formats import number
from mentoring.models import Application, Mentor, Proposal
from mentoring.queries.match_words import Lexicon, Reason, cost, reasons
from mentoring.states import ProposalState

LOOKS = {
    ProposalState.DRAFTED: "quiet",
    ProposalState.REJECTED: "bad",
    ProposalState.STALE: "bad",
    ProposalState.TO_MENTOR: "wait",
    ProposalState.TO_MENTEE: "wait",
    ProposalState.CONFIRMED: "good",
    ProposalState.DECLINED: "bad",
    ProposalState.EXPIRED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two as the card shows them."""

    name: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A reason as the card draws it."""

    label: SafeString
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Other:
    """Another mentor whom the mentee could have, and what that costs everybody."""

    mentor: UUID
    name: str
    score: int
    cost: str


@dataclass(frozen=True, slots=True)
class PairCard:
    """All that a page draws of one proposal."""

    proposal: Proposal
    one: Side
    other: Side
    reasons: list[Line]
    ranks: list[str]
    alternatives: list[Other]
    look: str
    note: str


def cards(proposals: Iterable[Proposal], of: Mapping[str, list[int]] | None = None) -> list[PairCard]:
    """The cards of some proposals, whose people are loaded; the same few queries for any number."""
    listed = list(proposals)
    lexicon = Lexicon.of(proposal.components for proposal in listed)
    wanted = {other["mentor"] for proposal in listed for other in proposal.alternatives}
    with across():
        others = {str(m.pk): m for m in Mentor.objects.filter(pk__in=wanted).select_related("person")}
    return [_card(proposal, lexicon, others, (of or {}).get(str(proposal.application_id))) for proposal in listed]


def _card(proposal: Proposal, lexicon: Lexicon, others: dict[str, Mentor], of: list[int] | None) -> PairCard:
    application, mentor = proposal.application, proposal.mentor
    return PairCard(
        proposal=proposal,
        one=Side(str(application.person), mentee_lines(application)),
        other=Side(str(mentor.person), mentor_lines(mentor)),
        reasons=lines(reasons(proposal.components, lexicon)),
        ranks=_ranks(proposal, of),
        alternatives=[
            Other(
                others[one["mentor"]].pk,
                str(others[one["mentor"]].person),
                one["score"],
                cost(one["people"], one["points"], too_small=one.get("too_small", False)),
            )
            for one in proposal.alternatives
            if one["mentor"] in others
        ],
        look=LOOKS[ProposalState(proposal.state)],
        note=_(proposal.reason) if proposal.state == ProposalState.STALE and proposal.reason else proposal.reason,
    )


def lines(found: Iterable[Reason]) -> list[Line]:
    """The reasons with their facts below their names."""
    return [
        Line(
            format_html("{}<small>{}</small>", reason.label, reason.fact) if reason.fact else SafeString(reason.label),
            reason.points,
            reason.most,
        )
        for reason in found
    ]


def mentee_lines(application: Application) -> list[str]:
    """A mentee in two lines."""
    found = [application.occupation.title] if application.occupation else []
    if application.years is not None:
        found.append(_years(application.years))
    return found


def mentor_lines(mentor: Mentor) -> list[str]:
    """A mentor in two lines."""
    return [mentor.occupation.title, _years(mentor.years)]


def _years(years: int) -> str:
    return ngettext("%(n)s year of experience", "%(n)s years of experience", years) % {"n": number(years)}


def _ranks(proposal: Proposal, of: list[int] | None) -> list[str]:
    """How good the pair is for each of the two."""
    if proposal.rank_for_mentee is None or proposal.rank_for_mentor is None or of is None:
        return []
    mentors, mentees = of
    return [
        ngettext(
            "For the mentee, no. %(rank)s of %(n)s possible mentor.",
            "For the mentee, no. %(rank)s of %(n)s possible mentors.",
            mentors,
        )
        % {"rank": number(proposal.rank_for_mentee), "n": number(mentors)},
        ngettext(
            "For the mentor, no. %(rank)s of %(n)s possible mentee.",
            "For the mentor, no. %(rank)s of %(n)s possible mentees.",
            mentees,
        )
        % {"rank": number(proposal.rank_for_mentor), "n": number(mentees)},
    ]
