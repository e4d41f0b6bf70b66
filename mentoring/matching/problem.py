"""One matching problem of people: sorted, freed of what pins decide, and ready to be solved and explained."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.assign import Assignment, OnStage, assign, unobserved
from mentoring.matching.lottery import Lottery
from mentoring.matching.pairs import MOST_KEPT, Listed, Pairs, Scored, listed
from mentoring.matching.people import Mentees, Mentors
from mentoring.matching.policy import Policy
from mentoring.matching.score import Excluded, Scorer
from mentoring.matching.solve import Solver

IdPairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Pins:
    """Pairs that stand whatever else happens: places of mentees and mentors, sorted by mentee."""

    rows: Ints
    columns: Ints


class Problem:
    """People sorted by identifier, the pairs among those whom no pin has placed, and the places that pins leave.

    Raises ValueError where a pin or an exclusion names nobody, where pins contradict each other or an exclusion, and
    where they take more places than there are. A pin may join a pair that breaks a rule: somebody has decided.
    """

    def __init__(
        self,
        mentees: Mentees,
        mentors: Mentors,
        *,
        policy: Policy,
        exclusions: IdPairs = (),
        pins: IdPairs = (),
        most_kept: int = MOST_KEPT,
    ) -> None:
        self.given = mentees.id, mentors.id
        self.exclusions, self.pin_names = sorted(set(exclusions)), sorted(set(pins))
        self.mentee_order, self.mentor_order = mentees.order(), mentors.order()
        self.mentees, self.mentors = mentees.take(self.mentee_order), mentors.take(self.mentor_order)
        self.policy, self.most_kept = policy, most_kept
        excluded = self._places(self.exclusions, "an exclusion")
        pinned = self._places(self.pin_names, "a pin")
        if both := excluded & pinned:
            mentee, mentor = min(both)
            raise ValueError(f"{self.mentees.id[mentee]} and {self.mentors.id[mentor]} are excluded and pinned")
        self.excluded = Excluded.of(list(excluded))
        table = np.array(sorted(pinned), dtype=np.int64).reshape(-1, 2)
        self.pins = Pins(table[:, 0], table[:, 1])
        taken = np.bincount(self.pins.columns, minlength=len(mentors))
        if np.unique(self.pins.rows).size < self.pins.rows.size:
            raise ValueError("a mentee is pinned twice")
        self.capacity = self.mentors.capacity - taken
        if (self.capacity < 0).any():
            raise ValueError(f"{self.mentors.id[int(self.capacity.argmin())]} is pinned beyond their capacity")
        self.free = np.setdiff1d(np.arange(len(mentees)), self.pins.rows)
        self.pinned = np.isin(np.arange(len(mentees)), self.pins.rows)

    def _places(self, pairs: IdPairs, what: str) -> set[tuple[int, int]]:
        try:
            return {(self.mentee_place[one], self.mentor_place[other]) for one, other in pairs}
        except KeyError as unknown:
            raise ValueError(f"{what} names {unknown}, who is not there") from None

    @cached_property
    def mentee_place(self) -> dict[str, int]:
        """The place of each mentee by identifier."""
        return {name: place for place, name in enumerate(self.mentees.id)}

    @cached_property
    def mentor_place(self) -> dict[str, int]:
        """The place of each mentor by identifier."""
        return {name: place for place, name in enumerate(self.mentors.id)}

    @cached_property
    def scorer(self) -> Scorer:
        """Scores every mentee, pinned or not."""
        return Scorer(self.mentees, self.mentors, self.policy, self.excluded, self.most_kept)

    @cached_property
    def pairs(self) -> Pairs:
        """The allowed pairs of those whom no pin has placed, kept if they are few enough."""
        scorer = self.scorer if self.free.size == len(self.mentees) else self.scorer.only(self.free)
        return Scored(scorer) if scorer.compared > self.most_kept else Listed(listed(scorer))

    def lottery(self, seed: int) -> Lottery:
        """The draws of those whom no pin has placed."""
        return Lottery(seed, [self.mentees.id[place] for place in self.free.tolist()], self.mentors.id)

    def solve(self, seed: int, solver: Solver | None = None, on_stage: OnStage = unobserved) -> Assignment:
        """Place those whom no pin has placed."""
        on_stage("score")
        return assign(self.pairs, self.capacity, self.lottery(seed), solver, on_stage)

    def mates(self, assignment: Assignment) -> Ints:
        """Every mentee's mentor, pins included; -1 for none."""
        mate = np.full(len(self.mentees), NOBODY, dtype=np.int64)
        mate[self.free] = assignment.mate
        mate[self.pins.rows] = self.pins.columns
        return mate
