"""What a run found, as data: pairs with their reasons in numbers, and the proof."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from mentoring.matching.certify import Certificate
from mentoring.matching.explain import Alternative, Card, Part
from mentoring.matching.recruiting import Wanted

# Told the name of each stage as it begins; it may raise to stop.
OnStage = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FoundPair:
    """One pair with its reasons in numbers; `facts` are columns of a proposal."""

    mentee: str
    mentor: str
    score: int
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a run, ready to be written."""

    pairs: list[FoundPair]
    total: int
    certificate: dict[str, Any]
    findings: dict[str, Any]
    pairs_hash: str

    @property
    def worst(self) -> int | None:
        """The score of the weakest pair."""
        return min((pair.score for pair in self.pairs), default=None)


def proof(certificate: Certificate) -> dict[str, Any]:
    """The certificate as JSON; sums that 53 bits may not hold are written as text."""
    facts = asdict(certificate)
    return facts | {name: str(facts[name]) for name in ("person", "sum_u", "sum_cv", "total")}


def columns_of(why: Card) -> dict[str, Any]:
    """The columns of a proposal that explain it."""
    return {
        "is_pinned": why.pinned,
        "components": components_of(why.parts),
        "alternatives": [_other(other) for other in why.alternatives],
        "rank_for_mentee": why.rank_of_mentor,
        "rank_for_mentor": why.rank_of_mentee,
    }


def _other(other: Alternative) -> dict[str, Any]:
    cost = other.costs_at_least
    facts = {"mentor": other.mentor, "score": other.score, "people": cost.people, "points": cost.points}
    return facts | ({"too_small": True} if other.too_small else {})


def components_of(parts: Iterable[Part]) -> dict[str, Any]:
    """The points of a pair with the facts behind them, from each criterion."""
    return {
        part.criterion.value: {
            "points": part.points,
            "most": part.most,
            "mentee": part.mentee,
            "mentor": part.mentor,
            "shared": list(part.shared),
        }
        for part in parts
    }


def recruiting_of(wanted: Wanted) -> dict[str, Any]:
    """A kind of mentor to recruit, and what one of them adds."""
    return {
        "council": wanted.council,
        "group": wanted.group,
        "example": wanted.example,
        "waiting": wanted.waiting,
        "mentors": wanted.mentors,
        "people": wanted.adds.people,
        "points": wanted.adds.points,
    }
