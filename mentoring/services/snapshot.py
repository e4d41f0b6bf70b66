"""The frozen picture that a run is made of: who takes part, at one moment, by number and without names.

It is kept with the run as it was hashed, so that anybody can give it to the engine again and compare. The seed of the
lottery follows from the hash: whoever asks again with the same people draws the same lots.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from allies.kit.scope import across
from mentoring.matching import Criterion, Mentees, Mentors, Mode, Policy, Weight
from mentoring.matching.openings import Sizes
from mentoring.matching.people import NUMBERS, People
from mentoring.matching.policy import USUAL
from mentoring.models import Application, EligibilityRules, Exclusion, Intake, MatchPolicy, Pair, Programme, Proposal
from mentoring.models import Mentor as MentorRow
from mentoring.states import ApplicationState, MentorState, PairState, ProposalState

FORMAT = 1
_PERSON = (
    "occupation_id",
    "industry_id",
    "years",
    "languages",
    "goals",
    "availability",
    "mode",
    "place_id",
    "employer",
)
# As text, which is what is kept: making a UUID of each takes as long as reading the row.
_PK = Cast("pk", TextField())
_MODES = {"in_person": Mode.IN_PERSON, "online": Mode.VIRTUAL, "either": Mode.EITHER, "": Mode.EITHER}
Ids = tuple[str, str]


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything inside as of one moment; within a transaction that has begun, as that transaction sees it."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def candidates(intake: Intake, today: date) -> "Any":
    """The applications to be matched: the intake's own, and those that earlier intakes carried over."""
    carried = Q(intake__programme=intake.programme_id, intake__opens_on__lt=intake.opens_on, waiting_intakes__gt=0)
    return Application.objects.filter(Q(intake=intake) | carried, state=ApplicationState.READY).exclude(
        paused_until__gte=today
    )


def available(programme: Programme) -> "Any":
    """The mentors who can be given somebody: the council's own, and the network's where both sides want that."""
    near = Q(council=programme.council_id)
    if programme.matches_network_wide:
        willing = Programme.objects.filter(matches_network_wide=True).values("council")
        near |= Q(serves_network=True, council__in=willing)
    # The mentor of a group has room for the smallest.
    room = programme.group_least if programme.kind == Programme.Kind.GROUP else 1
    return MentorRow.objects.filter(
        near, state=MentorState.AVAILABLE, kinds__contains=[programme.kind], capacity__gte=F("active_load") + room
    )


def take(intake: Intake, policy: MatchPolicy, *, pins: Iterable[Ids] = (), today: date) -> dict[str, Any]:
    """Read who takes part into plain rows sorted by identifier."""
    programme = intake.programme
    with across():
        rows = candidates(intake, today).values_list(_PK, "person_id", *_PERSON, "waiting_intakes").order_by("pk")
        # Who was carried over and has applied again is matched once.
        mentees = list({row[1]: row for row in rows}.values())
        mentors = list(
            available(programme)
            .values_list(_PK, "person_id", "council_id", *_PERSON, "capacity", "active_load")
            .order_by("pk")
        )
        barred = _barred(intake, today, {row[1]: row[0] for row in mentees}, {row[0]: row[1] for row in mentors})
        level = (
            EligibilityRules.objects.filter(programme=programme)
            .order_by("-version")
            .values_list("least_level", flat=True)
            .first()
        )
    known = {row[0] for row in mentees}, {row[0] for row in mentors}
    own = str(programme.council_id)
    return {
        "format": FORMAT,
        "kind": programme.kind,
        "sizes": [programme.group_least, programme.group_most],
        "policy": {
            "version": policy.version,
            "weights": {name: policy.weights[name] for name in sorted(policy.weights)},
            "floor": policy.floor,
            "network_wide": programme.matches_network_wide,
            "languages": [programme.language],
            "language_level": level or 7,
        },
        "mentees": [[row[0], own, *_plain(row[2:11]), row[11]] for row in mentees],
        "mentors": [[row[0], str(row[2]), *_plain(row[3:12]), row[12] - row[13]] for row in mentors],
        "exclusions": sorted(map(list, barred)),
        "pins": sorted([mentee, mentor] for mentee, mentor in pins if mentee in known[0] and mentor in known[1]),
    }


def _plain(facts: tuple[Any, ...]) -> list[Any]:
    occupation, industry, years, languages, goals, availability, mode, place, employer = facts
    return [
        occupation,
        industry or "",
        years or 0,
        {name: languages[name] for name in sorted(languages)},
        sorted(set(goals)),
        sorted(set(availability)),
        mode,
        place or "",
        _mark(employer),
    ]


def _mark(employer: str) -> str:
    """Give something to compare employers by that doesn't name them."""
    folded = " ".join(employer.casefold().split())
    return hashlib.sha256(folded.encode()).hexdigest()[:16] if folded else ""


def _barred(intake: Intake, today: date, mentees: dict[UUID, str], mentors: dict[str, UUID]) -> set[Ids]:
    """Pairs that may not meet: excluded, asked in vain, together before, or one person on both sides."""
    people = candidates(intake, today).order_by().values("person")
    hosts = available(intake.programme).order_by().values("pk")
    met = Pair.objects.filter(mentee_person__in=people, mentor__in=hosts).exclude(state=PairState.RELEASED)
    asked = Proposal.objects.filter(state=ProposalState.EXPIRED, application__person__in=people, mentor__in=hosts)
    barred = {
        (mentees[person], str(mentor))
        for person, mentor in [
            *Exclusion.objects.filter(mentee__in=people, mentor__in=hosts).values_list("mentee", "mentor"),
            *asked.values_list("application__person", "mentor"),
            *met.values_list("mentee_person", "mentor"),
        ]
    }
    return barred | {(mentees[person], mentor) for mentor, person in mentors.items() if person in mentees}


def fingerprint(snapshot: dict[str, Any]) -> str:
    """The SHA-256 of a snapshot as compact JSON with sorted keys."""
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def seed_of(input_hash: str) -> str:
    """The seed of the lottery: it follows from the input, so that nobody draws again until they like the result."""
    return str(int(hashlib.sha256(f"lottery {input_hash}".encode()).hexdigest()[:15], 16))


@dataclass(frozen=True)
class Frozen:
    """A snapshot as the engine takes it."""

    mentees: Mentees
    mentors: Mentors
    policy: Policy
    exclusions: tuple[Ids, ...]
    pins: tuple[Ids, ...]
    sizes: Sizes | None

    @classmethod
    def of(cls, snapshot: dict[str, Any]) -> Self:
        """Read a snapshot; raises ValueError where it holds what the engine can't weigh."""
        rules = snapshot["policy"]
        least, most = snapshot["sizes"]
        grouped = snapshot["kind"] == Programme.Kind.GROUP
        return cls(
            Mentees(**_columns(Mentees, snapshot["mentees"])),
            Mentors(**_columns(Mentors, snapshot["mentors"])),
            Policy(
                version=rules["version"],
                weights=weights_of(rules["weights"]),
                network_wide=rules["network_wide"],
                languages=frozenset(rules["languages"]),
                language_level=rules["language_level"],
                floor=rules["floor"],
            ),
            tuple((mentee, mentor) for mentee, mentor in snapshot["exclusions"]),
            tuple((mentee, mentor) for mentee, mentor in snapshot["pins"]),
            Sizes(least, most) if grouped else None,
        )


def weights_of(words: dict[str, str]) -> dict[Criterion, Weight]:
    """Turn words into weights; a criterion that a policy leaves out counts as usual."""
    return dict(USUAL) | {Criterion(name): Weight[word.upper()] for name, word in words.items()}


def _columns(people: type[People], rows: list[list[Any]]) -> dict[str, Any]:
    """Turn rows, whose cells are in the order of the columns, into columns; by way of `Person`s it takes longer."""
    names = [column.name for column in fields(people)]
    cells: dict[str, Any] = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    cells["mode"] = [_MODES[mode] for mode in cells["mode"]]
    sets = {name: tuple(map(frozenset, cells[name])) for name in ("goals", "availability")}
    return cells | sets | {name: np.array(cells[name], dtype=np.int64) for name in NUMBERS & cells.keys()}
