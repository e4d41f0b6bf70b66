"""Invented people with the structure of real intakes: few common occupations and many rare ones, two languages."""

import csv
from pathlib import Path

import numpy as np

from mentoring.matching import Mentee, Mentees, Mentor, Mentors, Mode

REFERENCE = Path(__file__).resolve().parents[3] / "councils" / "data" / "reference"
with (REFERENCE / "occupations.csv").open(encoding="utf-8") as file:
    OCCUPATIONS = [row["code"] for row in csv.DictReader(file)]
with (REFERENCE / "sectors.csv").open(encoding="utf-8") as file:
    SECTORS = [row["code"] for row in csv.DictReader(file)]
GOALS = ("interviews", "licence", "network", "culture", "resume", "leadership", "business", "technology")
TIMES = ("mon-am", "mon-pm", "tue-am", "tue-pm", "wed-am", "wed-pm", "thu-eve", "sat-am", "sun-pm")
MODES = (Mode.VIRTUAL, Mode.IN_PERSON, Mode.EITHER, Mode.EITHER)


class Crowd:
    """People drawn from one seed, the same every time."""

    def __init__(self, seed=0, councils=1):
        self.draw = np.random.default_rng(seed)
        self.councils = councils
        # Heavy tails: of 516 occupations, a few are what most people do.
        shares = 1 / np.arange(1, len(OCCUPATIONS) + 1) ** 1.1
        self.shares = shares / shares.sum()
        self.occupations = [OCCUPATIONS[at] for at in self.draw.permutation(len(OCCUPATIONS))]

    def facts(self, number, *, years, employed):
        draw = self.draw
        council = int(draw.integers(self.councils))
        languages = {"en": int(draw.integers(6, 13)), "fr": int(draw.integers(1, 13)), "ar": 12, "es": 9, "tl": 12}
        known = ["en"] if draw.random() < 0.8 else ["fr"]
        known += [name for name in ("fr", "ar", "es", "tl") if draw.random() < 0.15]
        return {
            "id": f"{number:06d}",
            "council": f"council-{council:02d}",
            "occupation": self.occupations[int(draw.choice(len(self.shares), p=self.shares))],
            "industry": SECTORS[int(draw.integers(len(SECTORS)))],
            "years": int(draw.integers(*years)),
            "languages": {name: languages[name] for name in known},
            "goals": frozenset(draw.choice(GOALS, int(draw.integers(0, 4)), replace=False).tolist()),
            "availability": frozenset(draw.choice(TIMES, int(draw.integers(1, 5)), replace=False).tolist()),
            "mode": MODES[int(draw.integers(len(MODES)))],
            "city": f"city-{council:02d}-{draw.integers(3)}" if draw.random() < 0.9 else "",
            "employer": f"employer-{draw.integers(40)}" if draw.random() < employed else "",
        }

    def mentees(self, count):
        return Mentees.of(
            Mentee(**self.facts(at, years=(0, 20), employed=0.3), waiting=int(self.draw.choice((0, 0, 0, 1, 2))))
            for at in range(count)
        )

    def mentors(self, count, capacities=(1, 2, 3)):
        return Mentors.of(
            Mentor(**self.facts(at, years=(3, 35), employed=0.9), capacity=int(self.draw.choice(capacities)))
            for at in range(count)
        )
