"""A result laid beside its problem again, to be asked for reasons: everything in the order of identifiers."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.people import Mentees, Mentors
from mentoring.matching.policy import Policy
from mentoring.matching.problem import IdPairs, Problem
from mentoring.matching.result import Result


@dataclass(frozen=True)
class Cost:
    """What something costs, or brings: so many people matched, and so many points of the total besides."""

    people: int
    points: int

    @classmethod
    def of(cls, weight: int, person: int) -> Self:
        """Take a sum of weights apart: whole people, and the points that remain, which may be negative."""
        people = (2 * weight + person) // (2 * person)
        return cls(people, weight - people * person)


@dataclass(frozen=True)
class Standing:
    """A problem and its solution: each mentee's mentor (-1 for none), the prices u and v, the weight of a person."""

    problem: Problem
    mate: Ints
    u: Ints
    v: Ints
    person: int
    policy: Policy
    exclusions: tuple[tuple[str, str], ...]
    pins: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls,
        result: Result,
        mentees: Mentees,
        mentors: Mentors,
        *,
        policy: Policy,
        exclusions: IdPairs = (),
        pins: IdPairs = (),
    ) -> Self:
        """Lay a result beside the input that it came from."""
        exclusions, pins = tuple(exclusions), tuple(pins)
        problem = Problem(mentees, mentors, policy=policy, exclusions=exclusions, pins=pins)
        whose = np.full(len(mentees), NOBODY, dtype=np.int64)
        place = np.empty(len(mentors), dtype=np.int64)
        place[problem.mentor_order] = np.arange(len(mentors))
        whose[result.rows] = place[result.columns]
        return cls(
            problem,
            whose[problem.mentee_order],
            result.u[problem.mentee_order],
            result.v[problem.mentor_order],
            result.certificate.person,
            policy,
            exclusions,
            pins,
        )

    def mentee(self, name: str) -> int:
        """The place of a mentee; raises ValueError where there is none of that name."""
        return self.problem.mentees.id.index(name)

    def mentor(self, name: str) -> int:
        """The place of a mentor; raises ValueError where there is none of that name."""
        return self.problem.mentors.id.index(name)

    @property
    def total(self) -> Cost:
        """People matched, and the sum of their scores."""
        rows = np.flatnonzero(self.mate != NOBODY)
        return Cost(rows.size, int(self.problem.scorer.components(rows, self.mate[rows]).sum()))
