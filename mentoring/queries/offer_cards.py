"""An offer as one of its two sees it: first names and no address until both have agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit.states import Step
from councils.models import User
from mentoring.models import Application, Goal, Mentor, Mode, Programme, Proposal, Slot
from mentoring.queries import offer_words as words
from mentoring.queries.groups import Group, group
from mentoring.queries.match_words import Lexicon, reasons
from mentoring.queries.pair_cards import Line, Side, lines, mentee_lines, mentor_lines
from mentoring.queries.tongues import in_words
from mentoring.states import PROPOSAL_OFFERED, ProposalState


@dataclass(frozen=True, slots=True)
class Member:
    """One mentee of a group, as the mentor sees them; for the others in the group the name and occupation alone."""

    one: Side
    facts: list[tuple[str, str]]
    about: str
    score: int
    reasons: list[Line]


@dataclass(frozen=True, slots=True)
class OfferCard:
    """What the page of an offer draws."""

    proposal: Proposal
    is_mentor: bool
    is_asked: bool
    me: Side
    other: Side
    facts: list[tuple[str, str]]
    about: str
    reasons: list[Line]
    steps: list[Step]
    state: str
    until: date | None
    group: Group | None
    members: list[Member]

    @property
    def is_open(self) -> bool:
        """Whether somebody is asked and has not answered."""
        return self.proposal.state in PROPOSAL_OFFERED

    @property
    def kind(self) -> str:
        """The kind of mentoring."""
        return str(self.proposal.application.intake.programme.kind)

    @property
    def title(self) -> str:
        """The heading of the page."""
        return words.title(self.kind, asked=self.is_asked, is_mentor=self.is_mentor, other=self.other.name)

    @property
    def thanks(self) -> str:
        """What is said to whoever says yes."""
        return words.thanks(self.kind, is_mentor=self.is_mentor)


def offer_card(proposal: Proposal, user: User) -> OfferCard:
    """Draw an offer for one of its two, whose rows are loaded."""
    application, mentor = proposal.application, proposal.mentor
    is_mentor = mentor.person_id == user.pk
    agreed = proposal.state == ProposalState.CONFIRMED
    other: Application | Mentor = application if is_mentor else mentor
    name = str(other.person) if agreed else other.person.get_short_name()
    theirs = mentee_lines(application) if is_mentor else mentor_lines(mentor)
    kind = application.intake.programme.kind
    found = group(proposal.group) if proposal.group else None
    if found is not None and is_mentor:
        # One letter, one answer: whichever of its mentees the page was opened for.
        proposal = next((one for one in found.asked if one.state == ProposalState.TO_MENTOR), proposal)
    return OfferCard(
        proposal=proposal,
        is_mentor=is_mentor,
        is_asked=proposal.state == (ProposalState.TO_MENTOR if is_mentor else ProposalState.TO_MENTEE),
        me=Side(_("You"), mentor_lines(mentor) if is_mentor else mentee_lines(application)),
        other=Side(name, theirs),
        facts=_facts(other),
        about=other.about,
        reasons=lines(reasons(proposal.components, Lexicon.of([proposal.components]))),
        steps=words.steps(kind, proposal.state, found, is_mentor=is_mentor),
        state=words.state(proposal, kind, found, is_mentor=is_mentor),
        until=last_day(proposal),
        group=found,
        members=_members(found, proposal, is_mentor=is_mentor) if found else [],
    )


def _members(found: Group, mine: Proposal, *, is_mentor: bool) -> list[Member]:
    """Who is in the group or may still be: all that fits for the mentor, names alone for each other."""
    shown = [one for one in found.members if is_mentor or one.pk != mine.pk]
    lexicon = Lexicon.of([one.components for one in shown] if is_mentor else [])
    return [
        Member(
            one=Side(one.application.person.get_short_name(), mentee_lines(one.application)),
            facts=_facts(one.application) if is_mentor else [],
            about=one.application.about if is_mentor else "",
            score=one.score,
            reasons=lines(reasons(one.components, lexicon)) if is_mentor else [],
        )
        for one in shown
    ]


def zone_of(programme: Programme) -> tzinfo:
    """The time zone of a programme's council."""
    return ZoneInfo(programme.council.timezone)


def last_day(proposal: Proposal) -> date | None:
    """The last day to answer an offer, where its council is; the programme's council is loaded."""
    if proposal.expires_at is None:
        return None
    return timezone.localtime(proposal.expires_at, zone_of(proposal.application.intake.programme)).date()


def _facts(other: Application | Mentor) -> list[tuple[str, str]]:
    goals, slots, modes = dict(Goal.choices), dict(Slot.choices), dict(Mode.choices)
    rows = [
        (_("Goals") if isinstance(other, Application) else _("Can help with"), _list(goals, other.goals)),
        (_("Languages"), in_words(other.languages)),
        (_("Can meet"), _list(slots, other.availability)),
        (_("Where to meet"), str(modes.get(other.mode, ""))),
        (_("City"), other.place.name if other.place else ""),
        (_("Position"), "" if isinstance(other, Application) else other.position),
    ]
    return [(label, value) for label, value in rows if value]


def _list(labels: Mapping[str, Any], chosen: list[str]) -> str:
    return ", ".join(str(labels.get(one, one)) for one in chosen)
