"""The same people and rules given to the library mentor-match and to the engine."""

import importlib.util
import operator
import time
from dataclasses import dataclass

import numpy as np

from mentoring.matching import ScoreList, match_scores
from tests.benchmarks.table import Table

SIZES = (100, 200, 300, 400, 500)
GRADES, PROFESSIONS, ORGANISATIONS = 8, 15, 40
# What the library's own website scores: a mentor one or two grades above, best of the same profession.
ONE_ABOVE, TWO_ABOVE, SAME_PROFESSION = 9, 12, 4


@dataclass(frozen=True)
class Side:
    """People as the library knows them."""

    grade: np.ndarray
    profession: np.ndarray
    organisation: np.ndarray

    @classmethod
    def drawn(cls, draw: np.random.Generator, count: int, lowest: int) -> "Side":
        """Draw people of a grade from `lowest` up."""
        return cls(
            draw.integers(lowest, lowest + GRADES, count),
            draw.integers(PROFESSIONS, size=count),
            draw.integers(ORGANISATIONS, size=count),
        )

    def people(self, kind: type, who: str) -> list:
        """The same people as objects of the library."""
        table = zip(self.grade.tolist(), self.profession.tolist(), self.organisation.tolist(), strict=True)
        return [
            kind(grade=grade, profession=str(profession), organisation=str(organisation), email=f"{who}{at}")
            for at, (grade, profession, organisation) in enumerate(table)
        ]


def measure() -> Table:
    """Match as many mentees as mentors, one to one, by both."""
    rows = []
    if importlib.util.find_spec("munkres") is None:
        rows.append(("mentor-match is not installed: `make bench` installs it", *("",) * 6))
    else:
        rows += [_row(size) for size in SIZES]
    return Table(
        name="Matching beside mentor-match",
        meaning=(
            "mentor-match 7 of PyPI and the engine on the same invented people under the library's own rules (a mentor "
            "one or two grades above, of another organisation; points for grade and profession), one to one, once. "
            "Seconds of processor time with scoring; the engine's with the proof. The library puts the score first and "
            "drops forbidden pairs afterwards; the engine puts people first, which can cost points."
        ),
        headings=(
            "people a side",
            "mentor-match: pairs",
            "score",
            "seconds",
            "engine: pairs",
            "score",
            "seconds",
            "ratio",
        ),
        rows=rows,
    )


def _row(size: int) -> tuple[str, ...]:
    draw = np.random.default_rng(size)
    mentees, mentors = Side.drawn(draw, size, 0), Side.drawn(draw, size, 1)
    theirs, ours = _library(mentees, mentors), _engine(mentees, mentors)
    told = [
        f"{count:,}" if at < 2 else f"{count:.3f}" for count_of in (theirs, ours) for at, count in enumerate(count_of)
    ]
    return (str(size), *told, f"{theirs[2] / ours[2]:.0f}")


def _library(mentees: Side, mentors: Side) -> tuple[int, int, float]:
    from matching import process
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.rules import rule

    rules = [
        rule.Disqualify(lambda pair: pair.mentee.organisation == pair.mentor.organisation),
        rule.Disqualify(rule.Grade(2, operator.gt, {True: 1, False: 0}).evaluate),
        rule.Disqualify(rule.Grade(1, operator.lt, {True: 1, False: 0}).evaluate),
        rule.Grade(1, operator.eq, {True: ONE_ABOVE, False: 0}),
        rule.Grade(2, operator.eq, {True: TWO_ABOVE, False: 0}),
        rule.Equivalent("profession", {True: SAME_PROFESSION, False: 0}),
    ]
    people = mentors.people(Mentor, "mentor"), mentees.people(Mentee, "mentee")
    started = time.process_time()
    found, _ = process.process_data(*people, [rules])
    seconds = time.process_time() - started
    pairs = [(int(one.email[6:]), int(mentor.email[6:])) for mentor in found for one in mentor.mentees]
    scores = _scores(mentees, mentors)
    return len(pairs), sum(int(scores[pair]) for pair in pairs), seconds


def _engine(mentees: Side, mentors: Side) -> tuple[int, int, float]:
    started = time.process_time()
    scores = _scores(mentees, mentors)
    rows, columns = np.nonzero(scores >= 0)
    names = tuple(f"{at:04d}" for at in range(len(scores)))
    listed = ScoreList(names, names, rows, columns, scores[rows, columns].astype(np.int64))
    result = match_scores(listed, dict.fromkeys(names, 1))
    seconds = time.process_time() - started
    if not result.certificate.ok:
        raise SystemExit(f"No proof: {result.certificate.reason}.")
    return result.matched, result.total, seconds


def _scores(mentees: Side, mentors: Side) -> np.ndarray:
    """All scores by the same rules, -1 where one disqualifies."""
    above = mentors.grade - mentees.grade[:, np.newaxis]
    same = mentees.profession[:, np.newaxis] == mentors.profession
    scores = ONE_ABOVE * (above == 1) + TWO_ABOVE * (above == 2) + SAME_PROFESSION * same
    colleagues = mentees.organisation[:, np.newaxis] == mentors.organisation
    return np.where(colleagues | (above > 2) | (above < 1), -1, scores)
