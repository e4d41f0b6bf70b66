"""What the page of an offer says, by the kind of mentoring: two people, a group, or two peers."""

from django.utils.translation import gettext as _

from allies.kit.states import Step, draw
from allies.kit.ui.formats import number
from mentoring.models import Programme, Proposal
from mentoring.queries.groups import Group, Standing
from mentoring.states import ProposalState

Kind = Programme.Kind
_OF_STANDING = {
    Standing.ASKED: ProposalState.TO_MENTOR,
    Standing.FORMING: ProposalState.TO_MENTEE,
    Standing.SHORT: ProposalState.TO_MENTEE,
    Standing.UNDER_WAY: ProposalState.CONFIRMED,
}


def title(kind: str, *, asked: bool, is_mentor: bool, other: str) -> str:
    """The heading of an offer."""
    if not asked:
        if kind == Kind.GROUP:
            return _("Your group") if is_mentor else _("Your group with %(name)s") % {"name": other}
        return _("Your match with %(name)s") % {"name": other}
    if kind == Kind.PEER:
        return _("Would you like to work with this peer?") if is_mentor else _("A peer for you")
    if kind == Kind.GROUP:
        return _("Would you mentor this group?") if is_mentor else _("A group for you")
    return _("Would you mentor this person?") if is_mentor else _("A mentor for you")


def thanks(kind: str, *, is_mentor: bool) -> str:
    """What is said to whoever says yes."""
    if kind == Kind.GROUP:
        return (
            _("Thank you. We ask the mentees now, and write to you as soon as the group can begin.")
            if is_mentor
            else _("Thank you. We write to you as soon as the group can begin.")
        )
    if is_mentor and kind == Kind.PEER:
        return _("Thank you. We ask the other one of you now and write to you as soon as there is an answer.")
    if is_mentor:
        return _("Thank you. We ask the mentee now and write to you as soon as there is an answer.")
    if kind == Kind.PEER:
        return _("The two of you can begin. Look at your common page for what comes next.")
    return _("You have a mentor. Look at the page of your mentorship for what comes next.")


def steps(kind: str, state: str, group: Group | None = None, *, is_mentor: bool = False) -> list[Step]:
    """The way of an offer; that of a group's mentor is the whole group's."""
    if group is not None and is_mentor:
        state = _OF_STANDING.get(group.standing, state)
    labels = {
        Kind.GROUP: (_("The mentor answers"), _("Each mentee answers"), _("The group begins")),
        Kind.PEER: (_("One of you answers"), _("The other one answers"), _("You begin")),
    }.get(Kind(kind), (_("The mentor answers"), _("The mentee answers"), _("You begin")))
    path = list(zip((ProposalState.TO_MENTOR, ProposalState.TO_MENTEE, ProposalState.CONFIRMED), labels, strict=True))
    return draw(path, state) if state in dict(path) else []


def state(proposal: Proposal, kind: str, group: Group | None, *, is_mentor: bool) -> str:
    """Where an offer stands, said to the person who reads."""
    if group is not None and (said := _of_group(proposal, group, is_mentor=is_mentor)):
        return said
    mine = "mentor" if is_mentor else "mentee"
    match proposal.state:
        case ProposalState.DECLINED if proposal.declined_by == mine:
            return _("You declined this offer. Thank you for telling us.")
        case ProposalState.DECLINED:
            return _("The other one of you declined. Somebody will be in touch when there is another match.")
        case ProposalState.EXPIRED:
            return _("The time to answer is over, so the place was given on.")
        case ProposalState.STALE:
            return _("Something has changed meanwhile, so this offer is no longer possible.")
        case ProposalState.TO_MENTEE if is_mentor and kind == Kind.PEER:
            return _("You said yes. We are waiting for the other one's answer.")
        case ProposalState.TO_MENTEE if is_mentor:
            return _("You said yes. We are waiting for the mentee's answer.")
        case ProposalState.CONFIRMED:
            return _("You both said yes.")
    return ""


def _of_group(proposal: Proposal, group: Group, *, is_mentor: bool) -> str:
    facts = {
        "yes": number(group.agreed),
        "asked": number(len(group.asked)),
        "least": number(group.programme.group_least),
    }
    if is_mentor:
        match group.standing:
            case Standing.FORMING:
                return (
                    _("You said yes. So far %(yes)s said yes, %(asked)s still asked: you begin with %(least)s.") % facts
                )
            case Standing.SHORT:
                return _("Too few said yes for a group of %(least)s. The coordinator looks for a way.") % facts
            case Standing.UNDER_WAY | Standing.FINISHED:
                return _("Your group has begun.")
            case Standing.OVER if proposal.declined_by != "mentor":
                return _("The group did not come about. Thank you for being ready.")
        return ""
    if proposal.state == ProposalState.CONFIRMED:
        if group.begun:
            return _("Your group has begun.")
        if proposal not in group.waiting:
            return _("The group did not come about. Somebody will be in touch when there is another match.")
        return _("You said yes. Your group begins once %(least)s people have said so: so far %(yes)s.") % facts
    return ""
