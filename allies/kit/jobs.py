"""Work that goes on after the answer: tasks enqueued by name, and jobs that people can follow.

A task takes identifiers and is enqueued when the transaction commits. A job is a task with a row that shows how far
it is: it gets its own id as the first argument and does its work inside `running`. Only one delivery of a job's task
gets through `running`, so a task that the broker delivers twice does its work once.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

import structlog
from celery import Task, current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from allies.kit.access import ALLOW, Decision, allow_if, policy
from allies.kit.models import ENDED, Job, JobState, Unsent
from allies.kit.progress import Cancelled, NotMine, Progress, running, speaking_to
from allies.kit.refusals import Refused

__all__ = ["Cancelled", "NotMine", "Progress", "ask_to_cancel", "enqueue", "run_again", "running", "start_job", "sweep"]

logger = structlog.get_logger(__name__)
LOST_AFTER = timedelta(seconds=60)
REMEMBERED_FOR = timedelta(days=90)


@policy("jobs.see")
def may_see(actor: Any, job: Job | None = None) -> Decision:
    """Each person follows what they started themselves."""
    if job is None:
        return ALLOW
    return allow_if(job.owner_id == actor.pk, _("Only the person who started this can see how far it is."))


@cache
def _tasks_are_loaded() -> bool:
    autodiscover_modules("tasks")
    current_app.finalize(auto=True)
    return True


def registered(name: str) -> Task[..., Any]:
    """Give the task of that name; LookupError when no app has it, so that a slip shows at once and not on commit."""
    _tasks_are_loaded()
    try:
        return current_app.tasks[name]
    except KeyError:
        raise LookupError(f"No task is called {name!r}.") from None


def _plain(value: object) -> str | int | bool:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (str, int, bool)):
        return value
    raise TypeError(f"A task takes identifiers, not {type(value).__name__}: it reads the rest from the database.")


def enqueue(name: str, *args: object, queue: str | None = None, countdown: float | None = None) -> None:
    """Send a task when the transaction commits; a broker that is down gets it later from `sweep`."""
    task, wire = registered(name), [_plain(arg) for arg in args]
    transaction.on_commit(partial(_send, task, wire, queue, countdown))


def _send(task: Task[..., Any], wire: list[Any], queue: str | None, countdown: float | None = None) -> None:
    try:
        task.apply_async(args=wire, queue=queue or task.queue, countdown=countdown)
    except OperationalError:
        logger.warning("broker_unavailable", task_name=task.name)
        Unsent.objects.create(name=task.name, args=wire, queue=queue or "")


def start_job(kind: str, owner: Any, *args: object, tenant_id: UUID | None = None) -> Job:
    """Create a job and hand it to the workers on commit; its task gets the job's id and then `args`."""
    task, wire = registered(kind), [_plain(arg) for arg in args]
    job = Job.objects.create(kind=kind, owner=owner, tenant_id=tenant_id, args=wire, sent_at=timezone.now())
    transaction.on_commit(partial(_send_job, task, job.pk, wire))
    return job


def _send_job(task: Task[..., Any], pk: UUID, wire: list[Any]) -> None:
    try:
        task.apply_async(args=[str(pk), *wire], queue=task.queue)
    except OperationalError:
        # The row stays queued and says so; the sweeper sends it again.
        logger.warning("broker_unavailable", task_name=task.name, job_id=str(pk))


def title(job: Job) -> str:
    """Give a job's title in the reader's language: its task's `title`."""
    try:
        return str(getattr(registered(job.kind), "title", "") or job.kind)
    except LookupError:
        return job.kind


def ask_to_cancel(job: Job) -> None:
    """Cancel a job that waits, and ask one that runs to stop at its next step; Refused when it has ended."""
    now = timezone.now()
    if Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(state=JobState.CANCELLED, finished_at=now):
        return
    if not Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_asked=True):
        raise Refused(_("This has already ended."))


def run_again(job: Job) -> Job:
    """Start a new job like one that failed or was cancelled; Refused for any other."""
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise Refused(_("Only something that failed or was cancelled can be run again."))
    return start_job(job.kind, job.owner, *job.args, tenant_id=job.tenant_id)


def time_limit(kind: str) -> float:
    """Give the seconds after which a worker kills a task of this kind."""
    try:
        own = registered(kind).time_limit
    except LookupError:
        own = None
    return float(own or settings.CELERY_TASK_TIME_LIMIT)


def sweep() -> dict[str, int]:
    """Send again what got lost on the way, and end jobs whose worker died; gives how many of each."""
    now = timezone.now()
    return {
        "unsent": _each(Unsent.objects.all(), _send_parked),
        "queued": _each(Job.objects.filter(state=JobState.QUEUED, sent_at__lt=now - LOST_AFTER), _resend),
        "died": _each(Job.objects.filter(state=JobState.RUNNING), _fail_if_dead),
    }


def _each(rows: Any, act: Callable[[Any], bool]) -> int:
    return sum(act(row) for row in rows.order_by("created_at")[:500])


def _send_parked(parked: Unsent) -> bool:
    try:
        task = registered(parked.name)
    except LookupError:
        logger.error("unsent_task_unknown", task_name=parked.name)
        return False
    with transaction.atomic():
        # Whoever deletes the row sends the task, so that two sweepers don't send it twice.
        if not Unsent.objects.filter(pk=parked.pk).delete()[0]:
            return False
        transaction.on_commit(partial(_send, task, parked.args, parked.queue or None))
    return True


def _resend(job: Job) -> bool:
    claimed = Job.objects.filter(pk=job.pk, state=JobState.QUEUED, sent_at=job.sent_at).update(sent_at=timezone.now())
    if not claimed:
        return False
    try:
        _send_job(registered(job.kind), job.pk, job.args)
    except LookupError:
        Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
            state=JobState.FAILED,
            finished_at=timezone.now(),
            reason=_in_language(job, _("This kind of job no longer exists.")),
        )
    return True


def _fail_if_dead(job: Job) -> bool:
    silent_since = timezone.now() - timedelta(seconds=time_limit(job.kind) + 30)
    return bool(
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING, beat_at__lt=silent_since).update(
            state=JobState.FAILED,
            finished_at=timezone.now(),
            reason=_in_language(job, _("It stopped unexpectedly. Nothing more will happen; you can run it again.")),
        )
    )


def _in_language(job: Job, sentence: Any) -> str:
    with speaking_to(job.owner):
        return str(sentence)


def forget_ended() -> int:
    """Delete jobs that ended long ago; gives how many."""
    return Job.objects.filter(state__in=ENDED, finished_at__lt=timezone.now() - REMEMBERED_FOR).delete()[0]
