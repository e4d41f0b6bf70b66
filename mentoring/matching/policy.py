"""What counts in a match and how much: edited by staff in words, versioned, never a matter of who somebody is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property
from types import MappingProxyType

HIGHEST_SCORE = 1000


class Criterion(StrEnum):
    """What a pair is compared by, in the order in which people read it."""

    OCCUPATION = "occupation"
    TEER = "teer"
    INDUSTRY = "industry"
    YEARS = "years"
    LANGUAGES = "languages"
    GOALS = "goals"
    AVAILABILITY = "availability"
    PLACE = "place"
    SENIORITY = "seniority"
    WAITING = "waiting"


class Rule(StrEnum):
    """What takes a pair off the list, in the order in which the reasons are told."""

    COUNCIL = "council"
    MODE = "mode"
    AVAILABILITY = "availability"
    LANGUAGE = "language"
    EMPLOYER = "employer"
    EXCLUSION = "exclusion"
    MUST = "must"
    FLOOR = "floor"


class Weight(IntEnum):
    """How much a criterion counts; the numbers are shares of the points."""

    OFF = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 4
    # Counts as much as a high one, and a pair that earns less than half of its points is taken off the list.
    MUST = 5


# Waiting has points of its own, see `Policy.waiting_points`.
WEIGHED = tuple(criterion for criterion in Criterion if criterion is not Criterion.WAITING)
USUAL: Mapping[Criterion, Weight] = MappingProxyType(
    {
        Criterion.OCCUPATION: Weight.HIGH,
        Criterion.TEER: Weight.LOW,
        Criterion.INDUSTRY: Weight.MEDIUM,
        Criterion.YEARS: Weight.MEDIUM,
        Criterion.LANGUAGES: Weight.MEDIUM,
        Criterion.GOALS: Weight.HIGH,
        Criterion.AVAILABILITY: Weight.MEDIUM,
        Criterion.PLACE: Weight.MEDIUM,
        Criterion.SENIORITY: Weight.LOW,
    }
)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of what a programme wants of its matches.

    `languages` are those in which mentoring may happen, none named meaning any; `language_level` is the CLB or NCLC
    level that both need in one of them. `network_wide` lets people of two councils meet virtually, unless one of the
    councils is in `local_councils`. `floor` is the least score, waiting not counted, that is offered to anybody.
    """

    version: int = 1
    weights: Mapping[Criterion, Weight] = field(default_factory=lambda: USUAL)
    network_wide: bool = False
    local_councils: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    language_level: int = 7
    floor: int = 0
    waiting_points: int = 30
    waiting_cap: int = 90

    def __post_init__(self) -> None:
        """Refuse what cannot be weighed; raises ValueError."""
        if unknown := set(self.weights) - set(WEIGHED):
            raise ValueError(f"no weight can be given to {', '.join(sorted(unknown))}")
        if not any(self.weights.values()):
            raise ValueError("at least one criterion must count")
        if not 1 <= self.language_level <= 12:
            raise ValueError("a language level is 1 to 12")
        if not 0 <= self.floor <= HIGHEST_SCORE:
            raise ValueError(f"the floor is 0 to {HIGHEST_SCORE}")
        if not (self.waiting_points >= 0 and 0 <= self.waiting_cap < HIGHEST_SCORE):
            raise ValueError(f"waiting earns 0 to {HIGHEST_SCORE - 1} points")

    @cached_property
    def points(self) -> dict[Criterion, int]:
        """The most points of each criterion, in order; with the cap of waiting they are 1000 (largest remainders)."""
        shares = {criterion: min(self.weights.get(criterion, Weight.OFF), Weight.HIGH) for criterion in WEIGHED}
        whole, pool = sum(shares.values()), HIGHEST_SCORE - self.waiting_cap
        points = {criterion: pool * share // whole for criterion, share in shares.items()}
        by_remainder = sorted(WEIGHED, key=lambda criterion: -(pool * shares[criterion] % whole))
        for criterion in by_remainder[: pool - sum(points.values())]:
            points[criterion] += 1
        return points | {Criterion.WAITING: self.waiting_cap}

    @property
    def musts(self) -> tuple[Criterion, ...]:
        """The criteria that a pair must meet."""
        return tuple(criterion for criterion in WEIGHED if self.weights.get(criterion) is Weight.MUST)

    def facts(self) -> dict[str, object]:
        """Everything that decides, in an order that never changes, for the hash of a run's input."""
        return {
            "version": self.version,
            "weights": {criterion.value: self.weights.get(criterion, Weight.OFF).name for criterion in WEIGHED},
            "network_wide": self.network_wide,
            "local_councils": sorted(self.local_councils),
            "languages": sorted(self.languages),
            "language_level": self.language_level,
            "floor": self.floor,
            "waiting_points": self.waiting_points,
            "waiting_cap": self.waiting_cap,
        }
