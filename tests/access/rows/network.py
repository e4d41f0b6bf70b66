"""The pages of national staff, and readiness, which a council's own staff may read."""

from django.urls import reverse
from django.utils import timezone

from allies.kit import files
from allies.kit.models import Job
from councils.services.labour_upload import KIND
from tests import factories as make
from tests.access.matrix import NETWORK_ACT, NETWORK_KEEP, NETWORK_POST, NETWORK_READ, Row, halifax

#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
COMPARE = "       302  403    403    403   403     403   403    403   200   200    403    200   200"
READINESS = "     302  404    404    403   403     200   200    404   200   200    403    200   200"
SCORE = "         302  404    404    403   403     403   403    404   200   403    403    200   200"
SCORE_POST = "    302  404    404    403   403     403   403    404   422   403    403    422   422"


def record(world):
    return {"slug": world.halifax.slug_en}


def figure(world):
    return {"pk": make.FactValueFactory(is_shown=True).fact_id}


def value(world):
    return {"pk": make.FactValueFactory().pk}


def source(world):
    return {"pk": make.SourceFactory().pk}


def faults(world):
    keeper, content = world.people["national"], b"Row,Column,What to do\r\n2,GEO,Write a place.\r\n"
    listed = {"pk": files.keep(content, kind="csv", name="faults.csv", by=keeper).pk}
    Job.objects.create(
        kind=KIND,
        owner=keeper,
        state=Job.State.FAILED,
        finished_at=timezone.now(),
        result_url=reverse("councils:network-labour-faults", kwargs=listed),
    )
    return listed


ROWS = {
    "councils:network-home": Row(get=NETWORK_READ),
    "councils:network-councils": Row(get=NETWORK_READ),
    "councils:network-council-new": Row(get=NETWORK_KEEP, post=NETWORK_POST),
    "councils:network-council": Row(get=NETWORK_READ, args=record),
    "councils:network-stage": Row(get=NETWORK_KEEP, post=NETWORK_POST, args=record),
    "councils:network-rename": Row(get=NETWORK_KEEP, post=NETWORK_POST, args=record),
    "councils:network-merge": Row(get=NETWORK_KEEP, post=NETWORK_POST, args=record),
    "councils:network-readiness": Row(get=COMPARE),
    "councils:readiness": Row(get=READINESS, args=halifax),
    "councils:readiness-new": Row(get=SCORE, post=SCORE_POST, args=halifax),
    "councils:network-figures": Row(get=NETWORK_KEEP),
    "councils:network-figure-new": Row(get=NETWORK_KEEP, post=NETWORK_POST),
    "councils:network-figure": Row(get=NETWORK_KEEP, args=figure),
    "councils:network-figure-edit": Row(get=NETWORK_KEEP, post=NETWORK_POST, args=figure),
    "councils:network-figure-publish": Row(post=NETWORK_ACT, args=figure),
    "councils:network-figure-take-back": Row(post=NETWORK_ACT, args=figure),
    "councils:network-figure-delete": Row(post=NETWORK_ACT, args=figure),
    "councils:network-value-new": Row(get=NETWORK_KEEP, post=NETWORK_POST, args=figure),
    "councils:network-value-edit": Row(get=NETWORK_KEEP, post=NETWORK_POST, args=value),
    "councils:network-value-show": Row(get=NETWORK_KEEP, post=NETWORK_POST, args=value),
    "councils:network-sources": Row(get=NETWORK_KEEP),
    "councils:network-source-new": Row(get=NETWORK_KEEP, post=NETWORK_POST),
    "councils:network-source-edit": Row(get=NETWORK_KEEP, post=NETWORK_POST, args=source),
    "councils:network-reflections": Row(get=COMPARE),
    "councils:network-labour": Row(get=NETWORK_KEEP),
    "councils:network-labour-new": Row(get=NETWORK_KEEP, post=NETWORK_POST),
    "councils:network-labour-faults": Row(get=NETWORK_KEEP, args=faults),
}
