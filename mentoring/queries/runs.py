"""What the pages of matching show: intakes with their runs, a run with its pairs, and who was left."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from allies.kit.scope import across
from councils.models import Council, Occupation
from mentoring.models import Application, Intake, MatchingRun, Mentor, Programme, Proposal
from mentoring.queries.match_words import taken, why_nobody
from mentoring.queries.places import taken as taken_places
from mentoring.states import (
    RUN_UNDER_WAY,
    ApplicationState,
    IntakeState,
    MentorState,
    PairState,
    ProposalState,
)

MATCHED_NOW = (IntakeState.CLOSED, IntakeState.MATCHING, IntakeState.RUNNING)
PEOPLE = (
    "application__person",
    "application__occupation",
    "mentor__person",
    "mentor__occupation",
    "mentor__council",
)


@dataclass(frozen=True, slots=True)
class ToMatch:
    """An intake on the list: who waits, what places there are, and its runs."""

    intake: Intake
    mentors: int
    places: int
    left: int
    runs: list[MatchingRun]

    @property
    def too_many(self) -> bool:
        """Whether more people are ready than the intake can still take."""
        return self.intake.ready > self.left  # type: ignore[attr-defined,no-any-return]

    @property
    def current(self) -> MatchingRun | None:
        """The run that is under way or under review."""
        return next((run for run in self.runs if run.state in RUN_UNDER_WAY), None)


def intakes_to_match(council: Council) -> list[ToMatch]:
    """The intakes that are matched now or were, the newest first."""
    intakes = (
        Intake.objects.select_related("programme")
        .filter(Q(state__in=MATCHED_NOW) | Exists(MatchingRun.objects.filter(intake=OuterRef("pk"))))
        .annotate(
            ready=Count("applications", filter=Q(applications__state=ApplicationState.READY), distinct=True),
        )
        .prefetch_related(
            Prefetch("runs", MatchingRun.objects.defer("snapshot", "findings", "certificate").order_by("-asked_at"))
        )
        .order_by("-starts_on", "pk")
    )
    mentors, places = _places(council)
    given = taken_places([intake.pk for intake in intakes])
    return [
        ToMatch(
            intake,
            mentors[intake.programme.kind],
            places[intake.programme.kind],
            max(0, intake.places - given.get(intake.pk, 0)),
            list(intake.runs.all()),
        )
        for intake in intakes
    ]


def _places(council: Council) -> tuple[Counter[str], Counter[str]]:
    """The council's own mentors with free places, and the places, by kind of mentoring."""
    mentors: Counter[str] = Counter()
    places: Counter[str] = Counter()
    found = Mentor.objects.filter(council=council, state=MentorState.AVAILABLE, capacity__gt=F("active_load"))
    for kinds, free in found.values_list("kinds", F("capacity") - F("active_load")):
        for kind in kinds:
            mentors[kind] += 1
            places[kind] += free
    return mentors, places


def run_with_all(council: Council) -> "QuerySet[MatchingRun]":
    """Runs with what their pages need, without the picture of the people."""
    return MatchingRun.objects.select_related(
        "intake__programme__council", "policy", "asked_by", "published_by", "job"
    ).defer("snapshot")


def _proposed(run: MatchingRun) -> "QuerySet[Proposal]":
    """The pairs of a run, and those that were offered after it where one of its offers came to nothing."""
    found = Q(run=run)
    if run.published_at is not None:
        mentees = Proposal.objects.filter(run=run).values("application")
        found |= Q(run=None, origin=Proposal.Origin.ENGINE, made_at__gte=run.published_at, application__in=mentees)
    return Proposal.objects.filter(found)


def pairs_of(run: MatchingRun) -> "QuerySet[Proposal]":
    """The pairs of a run, the weakest first: they are what a person should look at."""
    return _proposed(run).select_related(*PEOPLE).order_by("score", "pk")


def counts_of(run: MatchingRun) -> Counter[str]:
    """How many pairs of a run stand where."""
    return Counter(dict(_proposed(run).values_list("state").annotate(n=Count("pk")).order_by()))


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody without a mentor: why, and which rules took whom away."""

    application: Application
    why: str
    taken: list[str]
    mentors: int
    allowed: int


def left_of(run: MatchingRun) -> list[Left]:
    """Who was left without a mentor, by name."""
    found = {one["application"]: one for one in run.findings.get("unmatched", [])}
    people = Application.objects.filter(pk__in=found).select_related("person", "occupation")
    return [
        Left(
            application,
            why_nobody(found[str(application.pk)]),
            taken(found[str(application.pk)]["taken"]),
            found[str(application.pk)]["mentors"],
            found[str(application.pk)]["allowed"],
        )
        for application in sorted(people, key=lambda one: str(one.person).casefold())
    ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A group of occupations in which one more mentor would help."""

    title: str
    council: str
    waiting: int
    mentors: int
    people: int
    points: int


def wanted_of(run: MatchingRun) -> list[Wanted]:
    """Whom to recruit, the most helpful first."""
    rows: list[dict[str, Any]] = run.findings.get("recruiting", [])
    titles = {o.code: o.title for o in Occupation.objects.filter(code__in={row["example"] for row in rows})}
    with across():
        councils = {str(c.pk): c.name for c in Council.objects.filter(pk__in={row["council"] for row in rows})}
    return [
        Wanted(
            titles.get(row["example"], row["example"]),
            councils.get(row["council"], ""),
            row["waiting"],
            row["mentors"],
            row["people"],
            row["points"],
        )
        for row in rows
    ]


def ready_people(intake: Intake) -> "QuerySet[Application]":
    """The applications of an intake's programme that wait for a mentor."""
    return (
        Application.objects.filter(intake__programme=intake.programme_id, state=ApplicationState.READY)
        .filter(Q(intake=intake) | Q(waiting_intakes__gt=0))
        .select_related("person")
        .order_by("person__name", "pk")
    )


def waiting_in(programme: Programme) -> "QuerySet[Application]":
    """The applications to a programme that wait for a mentor."""
    found = Application.objects.filter(intake__programme=programme, state=ApplicationState.READY)
    return found.select_related("person").order_by("person__name", "pk")


def free_mentors(intake: Intake) -> "QuerySet[Mentor]":
    """The council's mentors with a free place for an intake's kind of mentoring."""
    return (
        Mentor.objects.filter(
            council=intake.programme.council_id,
            state=MentorState.AVAILABLE,
            kinds__contains=[intake.programme.kind],
            capacity__gt=F("active_load"),
        )
        .select_related("person")
        .order_by("person__name", "pk")
    )


# ------------------------------------------------------------------ offers, for the two who are asked


def offer_for(user: Any, pk: Any) -> Proposal | None:
    """An offer as one of its two may see it; the mentee hears of it once the mentor has agreed."""
    with across():
        proposal = (
            Proposal.objects.select_related(
                *PEOPLE, "application__intake__programme__council__place", "application__place", "mentor__place"
            )
            .filter(pk=pk)
            .exclude(state__in=[ProposalState.DRAFTED, ProposalState.REJECTED])
            .first()
        )
    if proposal is None:
        return None
    if proposal.mentor.person_id == user.pk:
        # What became stale before anybody was asked was never an offer.
        return proposal if proposal.expires_at else None
    if proposal.application.person_id == user.pk and proposal.answered_at and proposal.declined_by != "mentor":
        return proposal
    return None


def open_offers_of_mentor(mentor: Mentor) -> list[list[Proposal]]:
    """What waits for a mentor's answer, the most urgent first: the mentees of a group stand together."""
    with across():
        rows = (
            Proposal.objects.filter(mentor=mentor, state=ProposalState.TO_MENTOR)
            .select_related(*PEOPLE, "application__intake__programme__council__place")
            .order_by("expires_at", "application__person__name", "pk")
        )
        found: dict[Any, list[Proposal]] = {}
        for proposal in rows:
            found.setdefault(proposal.group or proposal.pk, []).append(proposal)
        return list(found.values())


def open_offer_of_mentee(application: Application) -> Proposal | None:
    """The mentor who waits for a mentee's answer, or the group that the mentee waits for, if there is one."""
    waits = Q(state=ProposalState.CONFIRMED, group__isnull=False, pair__state=PairState.RESERVED)
    with across():
        return (
            Proposal.objects.filter(Q(state=ProposalState.TO_MENTEE) | waits, application=application)
            .select_related(*PEOPLE, "application__intake__programme__council__place")
            .first()
        )
