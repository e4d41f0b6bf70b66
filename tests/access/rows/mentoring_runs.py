"""Matching: runs and their review for the council's staff, offers for the two who are asked."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mentoring.models import Application, Proposal
from tests.access.matrix import COUNCIL_READ, Row, halifax, halifax_row
from tests.world import World

#             anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# Runs name people: the council's staff; national staff are led to stating their reason first.
NAMES_READ = "302  404    404    403   403     200   200    404   403   403    403    302   302"
NAMES_POST = "302  404    404    403   403     422   422    404   403   403    403    302   302"
NAMES_ACT = " 302  404    404    403   403     302   302    404   403   403    403    302   302"
# An offer exists for the two who are asked: here the mentee, whose mentor has agreed.
MINE = "      302  404    200    404   404     404   404    404   404   404    404    404   404"
MINE_POST = " 302  404    422    404   404     404   404    404   404   404    404    404   404"
ONE_WAY = "   302  405    405    405   405     405   405    405   405   405    405    405   405"
MINE_ACT = "  302  404    302    404   404     404   404    404   404   404    404    404   404"


def a_pair(world: World) -> dict[str, Any]:
    """The arguments of a page about one pair of Halifax's run."""
    proposal = world.things["Proposal"]
    return {"council": world.halifax.slug_en, "pk": proposal.run_id, "pair": proposal.pk}


def by_hand(world: World) -> dict[str, Any]:
    """The arguments of a pair that was proposed by hand."""
    proposal = world.things["Proposal"]
    Proposal._base_manager.filter(pk=proposal.pk).update(run=None, origin="hand")
    return {"council": world.halifax.slug_en, "pk": proposal.pk}


def a_group(world: World) -> dict[str, Any]:
    """The arguments of a page about a group: its mark is the proposal's own key."""
    proposal = world.things["Proposal"]
    Proposal._base_manager.filter(pk=proposal.pk).update(group=proposal.pk)
    return {"council": world.halifax.slug_en, "pk": proposal.pk}


def an_offer(world: World) -> dict[str, Any]:
    """The arguments of an offer that waits for the mentee."""
    now, proposal = timezone.now(), world.things["Proposal"]
    Application._base_manager.filter(pk=world.things["Application"].pk).update(state="withdrawn")
    Application._base_manager.filter(pk=proposal.application_id).update(
        state="proposed", person=world.people["mentee"].pk
    )
    Proposal._base_manager.filter(pk=proposal.pk).update(
        state="to_mentee", answered_at=now, expires_at=now + timedelta(days=3)
    )
    return {"pk": proposal.pk}


RUN = halifax_row("MatchingRun")
INTAKE = halifax_row("Intake")
ROWS = {
    "mentoring:run-list": Row(get=COUNCIL_READ, args=halifax),
    "mentoring:run-show": Row(get=NAMES_READ, args=RUN),
    "mentoring:run-progress": Row(get=NAMES_READ, args=RUN),
    "mentoring:run-unmatched": Row(get=NAMES_READ, args=RUN),
    "mentoring:run-recruiting": Row(get=NAMES_READ, args=RUN),
    "mentoring:run-start": Row(post=NAMES_ACT, args=INTAKE),
    "mentoring:run-again": Row(post=NAMES_ACT, args=RUN),
    "mentoring:run-cancel": Row(post=NAMES_ACT, args=RUN),
    "mentoring:run-publish": Row(post=NAMES_ACT, args=RUN),
    "mentoring:run-hand": Row(get=NAMES_READ, post=NAMES_POST, args=INTAKE),
    "mentoring:run-hand-remove": Row(post=NAMES_ACT, args=by_hand),
    "mentoring:run-pin": Row(post=NAMES_ACT, args=a_pair),
    "mentoring:run-aside": Row(get=NAMES_READ, post=NAMES_POST, args=a_pair),
    "mentoring:run-choose": Row(post=NAMES_ACT, args=a_pair),
    "mentoring:run-pick": Row(get=NAMES_READ, post=NAMES_POST, args=RUN),
    "mentoring:group-show": Row(get=NAMES_READ, args=a_group),
    "mentoring:group-begin": Row(post=NAMES_POST, args=a_group),
    "mentoring:group-give-up": Row(post=NAMES_POST, args=a_group),
    "mentoring:group-invite": Row(post=NAMES_POST, args=a_group),
    "mentoring:offer-show": Row(get=MINE, post=ONE_WAY, args=an_offer),
    "mentoring:offer-accept": Row(get=ONE_WAY, post=MINE_ACT, args=an_offer),
    "mentoring:offer-decline": Row(get=MINE, post=MINE_POST, args=an_offer),
}
