"""How many places of an intake are left: those that it was planned with, without the ones that are given or held."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from django.db.models.functions import Coalesce

from allies.kit.scope import across
from mentoring.models import Intake, Pair
from mentoring.states import PAIR_HOLDS_A_PLACE, PairState

# Whoever ended early has given the place back.
TAKES_A_PLACE = (*PAIR_HOLDS_A_PLACE, PairState.COMPLETED)


def taken(intakes: Collection[UUID]) -> dict[UUID, int]:
    """How many places of each intake are given or held; a mentee carried over counts where they were matched."""
    with across():
        pairs = Pair.objects.filter(state__in=TAKES_A_PLACE).order_by()
        # Two short lists that indexes serve: to work out the intake of every pair there ever was takes far longer.
        # Whoever stands in both, or twice in one, has one place: the union keeps them once.
        matched = pairs.filter(proposal__run__intake__in=intakes).values_list("proposal__run__intake", "application")
        applied = pairs.filter(application__intake__in=intakes).values_list(
            Coalesce("proposal__run__intake", "application__intake"), "application"
        )
        places = Counter(intake for intake, _application in matched.union(applied))
        return {intake: places[intake] for intake in intakes if intake in places}


def left(intake: Intake) -> int:
    """How many mentees an intake can still take."""
    return max(0, intake.places - taken([intake.pk]).get(intake.pk, 0))
