"""Matching in the background: runs are solved, what got lost is found, offers end."""

from celery import shared_task
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from allies.kit.jobs import running
from allies.kit.scope import across
from mentoring.models import MatchingRun
from mentoring.services import expiry, next_offer, runs, solving

_BRIEF = {"queue": "default", "time_limit": 300, "soft_time_limit": 280}


@shared_task(
    name=runs.KIND, queue="reports", time_limit=1800, soft_time_limit=1740, title=_("Matching mentees and mentors")
)
def solve_run(job_id: str, run_id: str) -> None:
    """Solve a run; the job's result is the page of the run, however it ended."""
    with running(job_id) as progress, across():
        council = (
            MatchingRun.objects.select_related("intake__programme__council").get(pk=run_id).intake.programme.council
        )
        progress.result(reverse("mentoring:run-show", args=[council.slug, run_id]))
        solving.solve(run_id, progress)


@shared_task(name="mentoring.sweep_runs", **_BRIEF)
def sweep_runs() -> None:
    """Give runs to another worker whose worker has died."""
    solving.sweep()


@shared_task(name="mentoring.end_offers", **_BRIEF)
def end_offers() -> None:
    """End offers that nobody answered in time, or that have become impossible."""
    expiry.end_due()


@shared_task(name=next_offer.KIND, **_BRIEF)
def offer_next(proposal_id: str) -> None:
    """Offer a mentee the next best mentor after an offer that came to nothing."""
    next_offer.offer_next(proposal_id)
