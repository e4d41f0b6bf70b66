"""An offer as one of its two sees it: first names and no address until both have agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit.states import Step, draw
from councils.models import User
from mentoring.models import Application, Goal, Mentor, Mode, Programme, Proposal, Slot
from mentoring.queries.match_words import Lexicon, reasons
from mentoring.queries.pair_cards import Line, Side, lines, mentee_lines, mentor_lines
from mentoring.queries.tongues import in_words
from mentoring.states import PROPOSAL_OFFERED, ProposalState


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

    @property
    def is_open(self) -> bool:
        """Whether somebody is asked and has not answered."""
        return self.proposal.state in PROPOSAL_OFFERED


def offer_card(proposal: Proposal, user: User) -> OfferCard:
    """Draw an offer for one of its two, whose rows are loaded."""
    application, mentor = proposal.application, proposal.mentor
    is_mentor = mentor.person_id == user.pk
    agreed = proposal.state == ProposalState.CONFIRMED
    other: Application | Mentor = application if is_mentor else mentor
    name = str(other.person) if agreed else other.person.get_short_name()
    theirs = mentee_lines(application) if is_mentor else mentor_lines(mentor)
    asked = ProposalState.TO_MENTOR if is_mentor else ProposalState.TO_MENTEE
    return OfferCard(
        proposal=proposal,
        is_mentor=is_mentor,
        is_asked=proposal.state == asked,
        me=Side(_("You"), mentor_lines(mentor) if is_mentor else mentee_lines(application)),
        other=Side(name, theirs),
        facts=_facts(other),
        about=other.about,
        reasons=lines(reasons(proposal.components, Lexicon.of([proposal.components]))),
        steps=_steps(proposal),
        state=_state(proposal, is_mentor),
        until=last_day(proposal),
    )


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


def _steps(proposal: Proposal) -> list[Step]:
    path = [
        (ProposalState.TO_MENTOR, _("The mentor answers")),
        (ProposalState.TO_MENTEE, _("The mentee answers")),
        (ProposalState.CONFIRMED, _("You begin")),
    ]
    return draw(path, proposal.state) if proposal.state in dict(path) else []


def _state(proposal: Proposal, is_mentor: bool) -> str:
    """Where the offer stands, said to the person who reads."""
    mine = "mentor" if is_mentor else "mentee"
    if proposal.state == ProposalState.DECLINED:
        return (
            _("You declined this offer. Thank you for telling us.")
            if proposal.declined_by == mine
            else _("The other one of you declined. Somebody will be in touch when there is another match.")
        )
    if proposal.state == ProposalState.EXPIRED:
        return _("The time to answer is over, so the place was given on.")
    if proposal.state == ProposalState.STALE:
        return _("Something has changed meanwhile, so this offer is no longer possible.")
    if proposal.state == ProposalState.TO_MENTEE and is_mentor:
        return _("You said yes. We are waiting for the mentee's answer.")
    if proposal.state == ProposalState.CONFIRMED:
        return _("You both said yes.")
    return ""
