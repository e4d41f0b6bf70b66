"""A result laid beside its problem again, to be asked for reasons: everything in the order of identifiers."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np

from mentoring.matching.arrays import NOBODY, Bits, Ints
from mentoring.matching.problem import Problem
from mentoring.matching.result import Result


class Cost(NamedTuple):
    """What something costs, or brings: so many people matched, and so many points of the total besides."""

    people: int
    points: int

    @classmethod
    def of(cls, weight: int, person: int) -> Self:
        """Take a sum of weights apart: whole people, and the points that remain, which may be negative."""
        people = (2 * weight + person) // (2 * person)
        return cls(people, weight - people * person)


@dataclass(frozen=True)
class Reach:
    """Bits, a row per person: mentors with places whom a mentee may have, and whom any of a mentor's mentees may."""

    of_mentees: Bits
    of_mentors: Bits


@dataclass(frozen=True)
class Standing:
    """A problem and its solution: each mentee's mentor (-1 for none), the prices u and v, the weight of a person."""

    problem: Problem
    mate: Ints
    u: Ints
    v: Ints
    person: int

    @classmethod
    def of(cls, result: Result, problem: Problem) -> Self:
        """Lay a result beside the problem that it solves."""
        whose = np.full(len(problem.mentees), NOBODY, dtype=np.int64)
        place = np.empty(len(problem.mentors), dtype=np.int64)
        place[problem.mentor_order] = np.arange(place.size)
        whose[result.rows] = place[result.columns]
        return cls(
            problem,
            whose[problem.mentee_order],
            result.u[problem.mentee_order],
            result.v[problem.mentor_order],
            result.certificate.person,
        )

    def mentee(self, name: str) -> int:
        """The place of a mentee; raises KeyError where there is none of that name."""
        return self.problem.mentee_place[name]

    def mentor(self, name: str) -> int:
        """The place of a mentor; raises KeyError where there is none of that name."""
        return self.problem.mentor_place[name]

    @property
    def total(self) -> Cost:
        """People matched, and the sum of their scores."""
        rows = np.flatnonzero(self.mate != NOBODY)
        return Cost(rows.size, int(self.problem.scorer.components(rows, self.mate[rows]).sum()))

    @cached_property
    def reach(self) -> Reach:
        """Whom everybody may have; worked out once, a bit a pair."""
        problem, n, m = self.problem, len(self.problem.mentees), len(self.problem.mentors)
        of_mentees = np.zeros((n, -(-m // 8)), dtype=np.uint8)
        for rows, columns, scores in problem.scorer.blocks():
            allowed = np.zeros((rows.size, m), dtype=np.bool_)
            allowed[:, columns] = (scores >= 0) & (problem.capacity[columns] > 0)
            of_mentees[rows] = np.packbits(allowed, axis=1)
        of_mentors = np.zeros((m, of_mentees.shape[1]), dtype=np.uint8)
        matched = np.flatnonzero((self.mate != NOBODY) & ~problem.pinned)
        np.bitwise_or.at(of_mentors, self.mate[matched], of_mentees[matched])
        return Reach(of_mentees, of_mentors)
