"""What a run found, as data that pages put in words: pairs with their reasons, who is left and why, whom to recruit."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

import numpy as np

from mentoring.matching import match
from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.cards import cards
from mentoring.matching.certify import Certificate, certify, person_weight
from mentoring.matching.explain import Card, Part, parts_of
from mentoring.matching.groups import match_groups
from mentoring.matching.pairs import Listed
from mentoring.matching.problem import Problem
from mentoring.matching.record import bytes_sha256, pairs_csv
from mentoring.matching.recruiting import recruiting_list
from mentoring.matching.standing import Standing
from mentoring.matching.unmatched import Unmatched, all_unmatched
from mentoring.services.snapshot import Frozen

# Told the name of each stage as it begins; it may raise to stop.
OnStage = Callable[[str], None]
# Reasons for so many people are worked out between two signs of life.
_BATCH = 100


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


def find(frozen: Frozen, seed: int, on_stage: OnStage) -> Found:
    """Match the people of a snapshot, prove the result and explain it."""
    if frozen.sizes is not None:
        return _find_groups(frozen, seed, on_stage)
    result = match(
        frozen.mentees,
        frozen.mentors,
        policy=frozen.policy,
        exclusions=frozen.exclusions,
        pins=frozen.pins,
        seed=seed,
        on_stage=on_stage,
    )
    standing = Standing.of(
        result,
        frozen.mentees,
        frozen.mentors,
        policy=frozen.policy,
        exclusions=frozen.exclusions,
        pins=frozen.pins,
    )
    on_stage("explain")
    pairs, counts = [], {}
    for card in cards(standing):
        pairs.append(FoundPair(card.mentee, card.mentor, card.score, _columns(card)))
        counts[card.mentee] = [card.allowed_mentors, card.allowed_mentees]
    left = []
    for number, why in enumerate(all_unmatched(standing)):
        if number % _BATCH == 0:
            on_stage("explain")
        left.append(_unmatched(why))
    on_stage("recruit")
    return Found(
        pairs,
        result.total,
        _proof(result.certificate),
        {
            "mentees": len(frozen.mentees),
            "mentors": len(frozen.mentors),
            "places": result.places,
            "of": counts,
            "unmatched": left,
            "recruiting": [
                {
                    "council": wanted.council,
                    "group": wanted.group,
                    "example": wanted.example,
                    "waiting": wanted.waiting,
                    "mentors": wanted.mentors,
                    "people": wanted.adds.people,
                    "points": wanted.adds.points,
                }
                for wanted in recruiting_list(standing)
            ],
        },
        result.pairs_sha256,
    )


def _proof(certificate: Certificate) -> dict[str, Any]:
    """The certificate as JSON; sums that 53 bits may not hold are written as text."""
    facts = asdict(certificate)
    return facts | {name: str(facts[name]) for name in ("person", "sum_u", "sum_cv", "total")}


def _columns(why: Card) -> dict[str, Any]:
    return {
        "is_pinned": why.pinned,
        "components": components_of(why.parts),
        "alternatives": [
            {
                "mentor": other.mentor,
                "score": other.score,
                "people": other.costs_at_least.people,
                "points": other.costs_at_least.points,
            }
            for other in why.alternatives
        ],
        "rank_for_mentee": why.rank_of_mentor,
        "rank_for_mentor": why.rank_of_mentee,
    }


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


def _unmatched(why: Unmatched) -> dict[str, Any]:
    short = why.deficiency
    return {
        "application": why.mentee,
        "mentors": why.mentors,
        "taken": {rule.value: count for rule, count in why.taken.items() if count},
        "allowed": why.allowed,
        "rivals": short.rivals,
        "reach": int(short.columns.size),
        "places": short.places,
    }


def _find_groups(frozen: Frozen, seed: int, on_stage: OnStage) -> Found:
    """Make groups: their proof is that no other choice of open groups places more people or scores higher."""
    on_stage("solve")
    groups = match_groups(
        frozen.mentees,
        frozen.mentors,
        policy=frozen.policy,
        sizes=frozen.sizes,
        exclusions=frozen.exclusions,
        pins=frozen.pins,
        seed=seed,
    )
    on_stage("explain")
    problem = Problem(frozen.mentees, frozen.mentors, policy=frozen.policy, exclusions=frozen.exclusions)
    place = {name: at for at, name in enumerate(frozen.mentees.id)}
    host = {name: at for at, name in enumerate(problem.mentors.id)}
    mate = [
        host[frozen.mentors.id[at]] if (at := int(groups.mate[place[name]])) != NOBODY else NOBODY
        for name in problem.mentees.id
    ]
    rows = [row for row, column in enumerate(mate) if column != NOBODY]
    pinned = set(frozen.pins)
    marks: dict[tuple[str, int], UUID] = defaultdict(uuid4)
    pairs = []
    for row in rows:
        mentee, mentor = problem.mentees.id[row], problem.mentors.id[mate[row]]
        parts = parts_of(problem, row, mate[row])
        facts = {
            "components": components_of(parts),
            "is_pinned": (mentee, mentor) in pinned,
            "group": marks[mentor, int(groups.group[place[mentee]])],
        }
        pairs.append(FoundPair(mentee, mentor, sum(part.points for part in parts), facts))
    alone = np.array([row for row, column in enumerate(mate) if column == NOBODY], dtype=np.int64)
    taken = problem.scorer.waterfalls(alone)
    left = []
    for number, row in enumerate(alone):
        counts = {rule.value: int(each[number]) for rule, each in taken.items() if each[number]}
        left.append(
            {
                "application": problem.mentees.id[row],
                "mentors": len(problem.mentors),
                "taken": counts,
                "allowed": len(problem.mentors) - sum(counts.values()),
            }
        )
    return Found(
        pairs,
        sum(pair.score for pair in pairs),
        _proof(groups.certificate) | {"ok": groups.ok, "bound": str(groups.bound), "groups": int(groups.opened.sum())},
        {
            "mentees": len(frozen.mentees),
            "mentors": len(frozen.mentors),
            "places": int(frozen.mentors.capacity.sum()) * (frozen.sizes.largest if frozen.sizes else 1),
            "unmatched": left,
            "recruiting": [],
        },
        _hash(pairs),
    )


def _hash(pairs: Iterable[FoundPair]) -> str:
    return bytes_sha256(pairs_csv([(pair.mentee, pair.mentor, pair.score) for pair in pairs]))


def still_proven(frozen: Frozen, seed: int, pairs: dict[str, str], total: int) -> bool:
    """Check stored pairs (mentor by mentee) against the stored snapshot: nothing places more people or scores higher.

    The pairs are priced and proved anew, without the solver; where they are too many to keep, solved anew.
    """
    if frozen.sizes is not None:
        again = _find_groups(frozen, seed, lambda _stage: None)
        return bool(again.certificate["ok"]) and {pair.mentee: pair.mentor for pair in again.pairs} == pairs
    problem = Problem(
        frozen.mentees, frozen.mentors, policy=frozen.policy, exclusions=frozen.exclusions, pins=frozen.pins
    )
    column = {name: at for at, name in enumerate(problem.mentors.id)}
    mate = np.array([column[pairs[name]] if name in pairs else NOBODY for name in problem.mentees.id], dtype=np.int64)
    if not (mate[problem.pins.rows] == problem.pins.columns).all() or total != _total(problem, mate):
        return False
    among = problem.pairs
    if not isinstance(among, Listed):
        anew = match(
            frozen.mentees,
            frozen.mentors,
            policy=frozen.policy,
            exclusions=frozen.exclusions,
            pins=frozen.pins,
            seed=seed,
        )
        return anew.certificate.ok and {mentee: mentor for mentee, mentor, _score in anew.pairs} == pairs
    person = person_weight(among.n, problem.capacity, among.highest)
    proof, _prices = certify(among, among.graph, problem.capacity, mate[problem.free], person)
    return proof.ok


def _total(problem: Problem, mate: Ints) -> int:
    rows = np.flatnonzero(mate != NOBODY)
    return int(problem.scorer.components(rows, mate[rows]).sum())
