"""What differs between the kinds of mentoring before a council decides otherwise: what counts in a match."""

from collections.abc import Mapping

from mentoring.matching.policy import USUAL, Criterion, Weight
from mentoring.models import Programme

Kind = Programme.Kind
_CHANGES: Mapping[str, Mapping[Criterion, Weight]] = {
    # A group meets at one time.
    Kind.GROUP: {Criterion.AVAILABILITY: Weight.HIGH},
    # Executives come for the contacts of somebody above them in their own industry.
    Kind.EXECUTIVE: {
        Criterion.OCCUPATION: Weight.MEDIUM,
        Criterion.INDUSTRY: Weight.HIGH,
        Criterion.SENIORITY: Weight.HIGH,
    },
    # Peers are equals: nobody has to be older or to stand above.
    Kind.PEER: {Criterion.YEARS: Weight.OFF, Criterion.SENIORITY: Weight.OFF, Criterion.INDUSTRY: Weight.HIGH},
}


def usual_weights(kind: str) -> dict[Criterion, Weight]:
    """How much each criterion counts in a kind of mentoring, unless the council writes weights of its own."""
    return dict(USUAL) | dict(_CHANGES.get(kind, {}))
