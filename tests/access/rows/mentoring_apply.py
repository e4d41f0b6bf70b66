"""A newcomer's pages: public ones for all, and each person's own application, which exists for nobody else."""

from datetime import timedelta

from django.utils import timezone

from allies.kit.scope import across
from mentoring.models import Application, Intake
from tests.access.matrix import PUBLIC, SIGNED_IN, Row
from tests.factories import mentoring as make

NOT_OFFERED = "405"
#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
OWN = "           302  404    200    404   404     404   404    404   404   404    404    404   404"
OWN_REFUSED = "   302  404    422    404   404     404   404    404   404   404    404    404   404"
OWN_LEADS_ON = "  302  404    302    404   404     404   404    404   404   404    404    404   404"
OWN_KEPT = "      302  404    200    404   404     404   404    404   404   404    404    404   404"
# Nobody has handed in a CV.
NO_CV = "         302  404    404    404   404     404   404    404   404   404    404    404   404"
STAFF_NO_CV = "   302  404    404    403   403     404   404    404   403   403    403    302   302"
# Whose it is matters only for a method that is offered.
WRONG_WAY = "     302  405    405    405   405     405   405    405   405   405    405    405   405"
STAFF_WRONG = "   302  404    404    405   405     405   405    404   405   405    405    405   405"
LEADS_ON = "302"
REFUSED = "422"


def _programme(world):
    return {"slug": world.halifax.slug_en, "programme": world.things["Programme"].slug}


def _intake():
    """An intake of Halifax that is open today; made where a test asks for it."""
    today = timezone.localdate()
    programme = Intake.objects.filter(programme__slug="mentoring", programme__council__slug_en="halifax")[0].programme
    days = dict(zip(("opens_on", "closes_on", "match_by", "starts_on", "ends_on"), (-9, 30, 60, 70, 190), strict=True))
    facts = {name: today + timedelta(days=day) for name, day in days.items()}
    found = Intake.objects.filter(programme=programme, name_en="Open today").first()
    return found or make.IntakeFactory(programme=programme, name_en="Open today", state="open", **facts)


def _open_intake(world):
    with across():
        return {"pk": _intake().pk}


def _draft(world):
    """A draft of the world's mentee."""
    with across():
        own = {"intake": _intake(), "person": world.people["mentee"]}
        draft = Application.objects.filter(**own).first() or make.ApplicationFactory(**own)
        return {"pk": draft.pk}


def _step(number):
    return lambda world: {**_draft(world), "step": number}


def _sent(world):
    return {"pk": world.things["applicant"].pk, "council": world.halifax.slug_en}


ROWS = {
    "mentoring:open-programmes": Row(get=PUBLIC, post=NOT_OFFERED),
    "mentoring:open-programme": Row(get=PUBLIC, post=NOT_OFFERED, args=_programme),
    "mentoring:eligibility": Row(get=PUBLIC, post=REFUSED, args=_programme),
    "mentoring:apply-now": Row(get=NOT_OFFERED, post=LEADS_ON, args=_programme),
    "mentoring:my-mentoring": Row(get=SIGNED_IN),
    "mentoring:occupation-search": Row(get=SIGNED_IN),
    "mentoring:apply-begin": Row(get=SIGNED_IN, post=LEADS_ON, args=_open_intake),
    "mentoring:apply-step": Row(get=OWN, post=OWN_LEADS_ON, args=_step(1)),
    "mentoring:apply-save": Row(get=WRONG_WAY, post=OWN_KEPT, args=_step(2)),
    "mentoring:apply-send": Row(get=OWN, post=OWN_REFUSED, args=_draft),
    "mentoring:apply-again": Row(get=WRONG_WAY, post=OWN_LEADS_ON, args=_draft),
    "mentoring:apply-withdraw": Row(get=OWN, post=OWN_LEADS_ON, args=_draft),
    "mentoring:apply-pause": Row(get=OWN, post=OWN_REFUSED, args=_draft),
    "mentoring:apply-come-back": Row(get=WRONG_WAY, post=OWN_LEADS_ON, args=_draft),
    "mentoring:apply-help": Row(get=OWN, post=OWN_REFUSED, args=_draft),
    "mentoring:my-cv": Row(get=NO_CV, post=WRONG_WAY, args=_draft),
    "mentoring:my-cv-remove": Row(get=WRONG_WAY, post=OWN_LEADS_ON, args=_draft),
    "mentoring:applicant-cv": Row(get=STAFF_NO_CV, post=STAFF_WRONG, args=_sent),
}
