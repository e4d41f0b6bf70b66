"""A job and how far it is, for the person who started it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from allies.kit import jobs
from allies.kit.access import gate
from allies.kit.models import Job
from allies.kit.refusals import Refused, shown_as_message


def _own(request: HttpRequest, pk: UUID) -> Job:
    return get_object_or_404(Job.objects.select_related("owner"), pk=pk, owner_id=request.user.pk)


@gate("jobs.see")
@require_safe
def job_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a job on a page of its own, which survives a reload."""
    job = _own(request, pk)
    return render(request, "kit/job.html", {"job": job, "title": jobs.title(job)})


@gate("jobs.see")
@require_safe
def job_fragment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the part of the page that changes; the page asks for it until the job has ended."""
    return render(request, "kit/_job.html", {"job": _own(request, pk)})


@gate("jobs.see")
@require_POST
def job_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a job to stop."""
    job = _own(request, pk)
    with shown_as_message(request, Refused):
        jobs.ask_to_cancel(job)
    return redirect(job)


@gate("jobs.see")
@require_POST
def job_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start the same work anew."""
    job = _own(request, pk)
    with shown_as_message(request, Refused):
        job = jobs.run_again(job)
    return redirect(job)
