"""Results: read by whoever may enter; reports, targets and models are for those who set up programmes."""

from typing import Any

from tests.access.matrix import (
    COUNCIL_EDIT,
    COUNCIL_POST,
    COUNCIL_READ,
    NETWORK_KEEP,
    NETWORK_POST,
    NETWORK_READ,
    Row,
    halifax,
    halifax_row,
)
from tests.factories.results import ResultReportFactory
from tests.world import World


def a_target(world: World) -> dict[str, Any]:
    """The arguments of the target of a programme of Halifax."""
    return halifax_row("Programme")(world) | {"year": 2026}


def a_model(world: World) -> dict[str, Any]:
    """The arguments of a new programme of Halifax that begins with one of Calgary."""
    return {"council": world.halifax.slug_en, "model": world.foreign["Programme"].pk}


def a_network_report(world: World) -> dict[str, Any]:
    """The arguments of a report on the whole network."""
    return {"pk": ResultReportFactory(council=None).pk}


REPORT = halifax_row("ResultReport")
ROWS = {
    "mentoring:result-list": Row(get=COUNCIL_READ, args=halifax),
    "mentoring:result-report-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "mentoring:result-report": Row(get=COUNCIL_READ, args=REPORT),
    "mentoring:result-report-csv": Row(get=COUNCIL_READ, args=REPORT),
    "mentoring:result-report-xlsx": Row(get=COUNCIL_READ, args=REPORT),
    "mentoring:target-list": Row(get=COUNCIL_READ, args=halifax),
    "mentoring:target-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=a_target),
    "mentoring:model-list": Row(get=COUNCIL_EDIT, args=halifax),
    "mentoring:model-begin": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=a_model),
    "mentoring:network": Row(get=NETWORK_READ),
    "mentoring:network-cities": Row(get=NETWORK_READ),
    "mentoring:network-report-add": Row(get=NETWORK_KEEP, post=NETWORK_POST),
    "mentoring:network-report": Row(get=NETWORK_READ, args=a_network_report),
    "mentoring:network-report-csv": Row(get=NETWORK_READ, args=a_network_report),
    "mentoring:network-report-xlsx": Row(get=NETWORK_READ, args=a_network_report),
}
