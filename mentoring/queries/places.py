"""How many places of an intake are left: those that it was planned with, without the ones that are given or held."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Coalesce

from allies.kit.scope import across
from mentoring.models import Intake, Pair
from mentoring.states import PAIR_HOLDS_A_PLACE, PairState

# Whoever ended early has given the place back.
TAKES_A_PLACE = (*PAIR_HOLDS_A_PLACE, PairState.COMPLETED)


def taken(intakes: Collection[UUID]) -> dict[UUID, int]:
    """How many places of each intake are given or held; a mentee carried over counts where they were matched."""
    with across():
        rows = (
            Pair.objects.filter(state__in=TAKES_A_PLACE)
            .annotate(of=Coalesce("proposal__run__intake", "application__intake"))
            .filter(of__in=intakes)
            .values_list("of")
            .annotate(n=Count("application", distinct=True))
            .order_by()
        )
        return dict(rows)


def left(intake: Intake) -> int:
    """How many mentees an intake can still take."""
    return max(0, intake.places - taken([intake.pk]).get(intake.pk, 0))
