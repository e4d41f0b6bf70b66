"""The next best mentor for one mentee, from the same run, as people and places stand now; nobody else is moved."""

from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import override

from allies.kit import audit, mail
from allies.kit.scope import across
from councils.models import Council, Membership, User
from councils.roles import Role
from mentoring.matching.explain import parts_of
from mentoring.matching.problem import Problem
from mentoring.models import MatchingRun, Mentor, Programme, Proposal
from mentoring.services.found import components_of
from mentoring.services.obstacles import excluded, lock, obstacle, out_of_reach, placed_people
from mentoring.services.publish import offer
from mentoring.services.snapshot import Frozen
from mentoring.states import ApplicationState, MentorState, ProposalState, RunState

KIND = "mentoring.offer_next"
# Of the best mentors, so many are looked at more closely; with none of them free, a person decides.
MOST = 20


def offer_next(proposal_id: Any) -> Proposal | None:
    """Offer the next best mentor after an offer that came to nothing; without one, the coordinators are told."""
    with across():
        before = Proposal.objects.select_related("application__intake__programme__council__place").get(pk=proposal_id)
        application, programme = before.application, before.application.intake.programme
        if application.state != ApplicationState.READY:
            return None
        made = _offer(before, application.pk)
        if made is None:
            tell_coordinators(before, programme)
        return made


def _offer(before: Proposal, application_id: UUID) -> Proposal | None:
    run = (
        MatchingRun.objects.filter(state=RunState.PUBLISHED, proposals__application=application_id)
        .order_by("-published_at")
        .first()
    )
    if run is None or run.snapshot.get("kind") == Programme.Kind.GROUP:
        return None
    ranked = _ranked(run, str(application_id))
    asked = set(
        Proposal.objects.filter(application=application_id)
        .exclude(state__in=[ProposalState.DRAFTED, ProposalState.STALE])
        .values_list("mentor_id", flat=True)
    )
    free = set(
        Mentor.objects.filter(
            pk__in=[mentor for mentor, _score, _facts in ranked],
            state=MentorState.AVAILABLE,
            capacity__gt=F("active_load"),
        ).values_list("pk", flat=True)
    )
    best = [one for one in ranked if one[0] in free and one[0] not in asked][:MOST]
    with transaction.atomic():
        mentors, applications = lock([one[0] for one in best], [application_id])
        application = applications[application_id]
        barred = excluded([application], mentors)
        placed = placed_people(application.intake.programme, [application])
        away = out_of_reach(application.intake.programme, mentors.values())
        for mentor_id, score, facts in best:
            if mentor_id in mentors and not obstacle(application, mentors[mentor_id], barred, placed, away):
                made = Proposal.objects.create(
                    application=application, mentor_id=mentor_id, score=score, components=facts
                )
                offer(made, application, mentors[mentor_id], application.intake.programme)
                council = application.intake.programme.council_id
                audit.record("mentoring.offer_made", made, by=None, council=council, fields=["state"])
                return made
    return None


def _ranked(run: MatchingRun, mentee: str) -> list[tuple[UUID, int, dict[str, Any]]]:
    """The allowed mentors of a mentee as the run saw them, the best first; the run's lottery decides between equals."""
    frozen = Frozen.of(run.snapshot)
    problem = Problem(frozen.mentees, frozen.mentors, policy=frozen.policy, exclusions=frozen.exclusions)
    if mentee not in problem.mentees.id:
        return []
    row = problem.mentees.id.index(mentee)
    scores = problem.scorer.rows(np.array([row]))[0].astype(np.int64)
    draws = problem.lottery(int(run.seed)).keys(np.full(scores.size, row), np.arange(scores.size))
    order = [int(at) for at in np.lexsort((-draws, -scores)) if scores[at] >= 0][: 5 * MOST]
    return [(UUID(problem.mentors.id[at]), int(scores[at]), components_of(parts_of(problem, row, at))) for at in order]


def coordinators_of(council: Council) -> list[User]:
    """Who coordinates mentoring at a council."""
    terms = Membership.objects.current().filter(council=council, role=Role.COORDINATOR)
    return list(User.objects.filter(memberships__in=terms, is_active=True).distinct())


def tell_coordinators(proposal: Proposal, programme: Programme) -> None:
    """Write to the council's coordinators that a mentee waits for a decision of theirs."""
    council = programme.council
    for person in coordinators_of(council):
        with override(person.language):
            mail.send(
                "mentoring/offer",
                to=person,
                context={
                    "act": "offer_open",
                    "programme": programme.name,
                    "path": reverse("mentoring:run-list", args=[council.slug]),
                },
                key=f"mentoring.offer_open:{proposal.pk}:{person.pk}",
            )
