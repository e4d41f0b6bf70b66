"""Invent people for the demonstration: who they are, what they do, when they have time; the same ones every time."""

from collections.abc import Mapping
from random import Random
from typing import Any
from uuid import UUID, uuid5

from councils.models import Council, User
from mentoring.models import Application, Employment, Goal, Mentor, Mode, Programme, ResidenceStatus, Slot

NAMESPACE = UUID("6d3d3c1e-58f1-4f6c-9a83-4f1a3f0f7c52")


class Inventor:
    """Somebody who invents people by chance, from a seed, so that two demonstrations show the same ones."""

    def __init__(self, content: Mapping[str, Any], seed: int) -> None:
        self.content = content
        # Chance that anybody may foresee is what a demonstration needs.
        self.chance = Random(seed)  # noqa: S311
        self.made: list[User] = []

    def person(self, kind: str, number: int) -> User:
        """Invent a person who can't sign in."""
        first, last = ("mentor_first_names", "mentor_last_names") if kind == "mentor" else ("first_names", "last_names")
        mark = f"{kind}-{number}"
        user = User(
            pk=uuid5(NAMESPACE, mark),
            email=f"{mark}@people.demo.example",
            name=f"{self.chance.choice(self.content[first])} {self.chance.choice(self.content[last])}",
            language="fr" if self.chance.random() < 0.15 else "en",
        )
        user.set_unusable_password()
        self.made.append(user)
        return user

    def occupation(self, side: str) -> Mapping[str, Any]:
        """Choose an occupation as common as it is on that side."""
        known = self.content["occupations"]
        found: Mapping[str, Any] = self.chance.choices(known, [entry[side] for entry in known])[0]
        return found

    def some(self, values: list[str], least: int, most: int) -> list[str]:
        """Choose a few, in their own order."""
        chosen = set(self.chance.sample(values, self.chance.randint(least, most)))
        return [value for value in values if value in chosen]

    def application(self, council: Council, *, lacks: str = "") -> dict[str, Any]:
        """Invent what an applicant tells, who qualifies but for what is lacking: a status, years or the language."""
        work = self.occupation("mentees")
        level = self.chance.randint(3, 6) if lacks == "level" else self.chance.randint(7, 10)
        status = self.chance.choice([ResidenceStatus.PERMANENT] * 3 + [ResidenceStatus.CITIZEN])
        return {
            "status": ResidenceStatus.WORK_PERMIT if lacks == "status" else status,
            "is_job_ready": True,
            "employment": self.chance.choice([Employment.UNEMPLOYED, Employment.SURVIVAL, Employment.BELOW]),
            "years": self.chance.randint(0, 2) if lacks == "years" else self.chance.randint(3, 18),
            "last_worked": 2026 - self.chance.randint(0, 3),
            "has_time": True,
            **dict.fromkeys(Application.LEVELS, level),
            "level_evidence": self.chance.choice(["test", "assessment"]),
            "occupation_id": work["code"],
            "industry_id": work["industry"],
            "languages": {"en": level} | ({"fr": self.chance.randint(3, 12)} if self.chance.random() < 0.3 else {}),
            "goals": self.some(Goal.values, 2, 4),
            "availability": self.some(Slot.values, 1, 4),
            "mode": self.chance.choices([Mode.EITHER, Mode.IN_PERSON, Mode.ONLINE], [6, 2, 2])[0],
            "place_id": council.place_id,
            "countries": [self.chance.choice(self.content["countries"])],
        }

    def mentor(self, council: Council, number: int) -> Mentor:
        """Invent a mentor of a council."""
        work = self.occupation("mentors")
        person = self.person("mentor", number)
        return Mentor(
            pk=uuid5(NAMESPACE, f"mentor/{number}"),
            council=council,
            person=person,
            kinds=[Programme.Kind.ONE_TO_ONE],
            capacity=self.chance.choices([1, 2, 3], [6, 3, 1])[0],
            occupation_id=work["code"],
            industry_id=work["industry"],
            years=self.chance.randint(6, 30),
            languages={"en": 12} | ({"fr": self.chance.randint(6, 12)} if self.chance.random() < 0.35 else {}),
            goals=self.some(Goal.values, 3, 6),
            availability=self.some(Slot.values, 2, 4),
            mode=self.chance.choices([Mode.EITHER, Mode.IN_PERSON, Mode.ONLINE], [7, 2, 1])[0],
            place_id=council.place_id,
            employer=self.chance.choice(self.content["employers"]),
        )
