"""The two doors of the engine: people to be scored and matched, or bare scores to be matched.

Both are pure functions: the same people, policy, exclusions, pins and seed give the same result, in whatever order
they come and on whatever machine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from mentoring.matching import record
from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.assign import OnStage, assign, unobserved
from mentoring.matching.flow import solver_called
from mentoring.matching.graph import Graph
from mentoring.matching.lottery import Lottery
from mentoring.matching.pairs import MOST_KEPT, Listed, listed
from mentoring.matching.people import Mentees, Mentors
from mentoring.matching.policy import Criterion, Policy
from mentoring.matching.problem import IdPairs, Problem
from mentoring.matching.result import Result

HIGHEST_BARE_SCORE = (1 << 31) - 1


@dataclass(frozen=True)
class ScoreList:
    """Allowed pairs with bare scores: places in `mentees` and `mentors`, and scores from 0 to 2**31 - 1."""

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    rows: Ints
    columns: Ints
    scores: Ints

    @classmethod
    def of(cls, triples: Iterable[tuple[str, str, int]]) -> Self:
        """Turn rows of mentee, mentor, score into columns."""
        mentees: dict[str, int] = {}
        mentors: dict[str, int] = {}
        table = np.array(
            [
                (mentees.setdefault(mentee, len(mentees)), mentors.setdefault(mentor, len(mentors)), score)
                for mentee, mentor, score in triples
            ],
            dtype=np.int64,
        ).reshape(-1, 3)
        return cls(tuple(mentees), tuple(mentors), table[:, 0], table[:, 1], table[:, 2])


def match(
    mentees: Mentees,
    mentors: Mentors,
    *,
    policy: Policy,
    exclusions: IdPairs = (),
    pins: IdPairs = (),
    seed: int = 0,
    backend: str = "scipy",
    on_stage: OnStage = unobserved,
    most_kept: int = MOST_KEPT,
) -> Result:
    """Score people and match them: most mentees, then best total, then best worst pair, then the seed's lottery.

    `exclusions` and `pins` are pairs of identifiers (mentee, mentor); a pin takes a place and a mentee before the
    rest is matched. `on_stage` hears the name of each stage as it begins and may raise to cancel. Above `most_kept`
    pairs, scores are worked out again rather than kept. Raises ValueError where the input contradicts itself.
    """
    on_stage("prepare")
    problem = Problem(mentees, mentors, policy=policy, exclusions=exclusions, pins=pins, most_kept=most_kept)
    return match_problem(problem, seed=seed, backend=backend, on_stage=on_stage)


def match_problem(problem: Problem, *, seed: int = 0, backend: str = "scipy", on_stage: OnStage = unobserved) -> Result:
    """Match the people of a problem, as `match` does."""
    found = problem.solve(seed, solver_called(backend), on_stage)
    on_stage("record")
    mate = problem.mates(found)
    rows = np.flatnonzero(mate != NOBODY)
    components = problem.scorer.components(rows, mate[rows])
    scores = components.sum(axis=1)
    return Result(
        mentees=problem.given[0],
        mentors=problem.given[1],
        rows=problem.mentee_order[rows],
        columns=problem.mentor_order[mate[rows]],
        scores=scores,
        components=components,
        pinned=np.isin(rows, problem.pins.rows),
        places=int(problem.mentors.capacity.sum()),
        u=_scattered(found.u, problem.mentee_order[problem.free], len(mate)),
        v=_scattered(found.v, problem.mentor_order, len(problem.mentors)),
        certificate=found.certificate,
        unmatched=problem.mentee_order[mate == NOBODY],
        seed=seed,
        input_sha256=record.sha256(
            *(record.facts(people) for people in (problem.mentees, problem.mentors)),
            problem.policy.facts(),
            problem.exclusions,
            problem.pin_names,
            seed,
        ),
        pairs_sha256=pairs_sha256(problem.mentees.id, problem.mentors.id, mate, scores, components),
    )


def score_list(mentees: Mentees, mentors: Mentors, *, policy: Policy, exclusions: IdPairs = ()) -> ScoreList:
    """Score people without matching them: all allowed pairs, by identifier, which `match_scores` takes."""
    problem = Problem(mentees, mentors, policy=policy, exclusions=exclusions)
    graph = listed(problem.scorer)
    rows, columns = graph.rows.astype(np.int64), graph.mentor.astype(np.int64)
    return ScoreList(problem.mentees.id, problem.mentors.id, rows, columns, graph.weight)


def match_scores(
    edges: ScoreList,
    capacities: Mapping[str, int],
    seed: int = 0,
    *,
    backend: str = "scipy",
    on_stage: OnStage = unobserved,
) -> Result:
    """Match bare scores under capacities, as `match` does; the result's mentors are those of `capacities`, sorted.

    Raises ValueError where a score or a capacity is out of range, a pair comes twice or a mentor has no capacity given.
    """
    on_stage("prepare")
    mentees, mentors = tuple(sorted(edges.mentees)), tuple(sorted(capacities))
    if unknown := set(edges.mentors) - capacities.keys():
        raise ValueError(f"no capacity is given for {min(unknown)}")
    capacity = np.array([capacities[mentor] for mentor in mentors], dtype=np.int64)
    if capacity.size and capacity.min() < 0:
        raise ValueError("no mentor has fewer than no places")
    if edges.scores.size and not 0 <= edges.scores.min() <= edges.scores.max() <= HIGHEST_BARE_SCORE:
        raise ValueError(f"scores are 0 to {HIGHEST_BARE_SCORE}")
    rows, columns = _places(edges.mentees, mentees)[edges.rows], _places(edges.mentors, mentors)[edges.columns]
    graph = Graph.of(len(mentees), len(mentors), rows, columns, edges.scores)
    found = assign(Listed(graph), capacity, Lottery(seed, mentees, mentors), solver_called(backend), on_stage)
    on_stage("record")
    matched = np.flatnonzero(found.mate != NOBODY)
    scores = graph.held(found.mate)[0][matched]
    return Result(
        mentees=mentees,
        mentors=mentors,
        rows=matched,
        columns=found.mate[matched],
        scores=scores,
        components=None,
        pinned=np.zeros(matched.size, dtype=np.bool_),
        places=sum(capacity.tolist()),
        u=found.u,
        v=found.v,
        certificate=found.certificate,
        unmatched=np.flatnonzero(found.mate == NOBODY),
        seed=seed,
        input_sha256=record.sha256(mentees, mentors, capacity, graph.start, graph.mentor, graph.weight, seed),
        pairs_sha256=pairs_sha256(mentees, mentors, found.mate, scores, None),
    )


def _places(names: tuple[str, ...], among: tuple[str, ...]) -> Ints:
    place = {name: at for at, name in enumerate(among)}
    return np.array([place[name] for name in names], dtype=np.int64)


def _scattered(values: Ints, places: Ints, size: int) -> Ints:
    whole = np.zeros(size, dtype=np.int64)
    whole[places] = values
    return whole


def pairs_sha256(
    mentees: tuple[str, ...], mentors: tuple[str, ...], mate: Ints, scores: Ints, components: Ints | None
) -> str:
    """The SHA-256 of the pairs as they are written: people in the order of `mate`, scores of those matched."""
    rows = np.flatnonzero(mate != NOBODY).tolist()
    pairs = [(mentees[row], mentors[int(mate[row])], score) for row, score in zip(rows, scores.tolist(), strict=True)]
    return record.bytes_sha256(record.pairs_csv(pairs, components, tuple(Criterion)))
