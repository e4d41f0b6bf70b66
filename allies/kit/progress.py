"""How a running job says how far it is, and hears that it should stop."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog
from celery.exceptions import Ignore
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from allies.kit import logs
from allies.kit.models import Job, JobState
from allies.kit.refusals import Refused

logger = structlog.get_logger(__name__)
_LEAST_SECONDS = 0.25

_TELL = """
UPDATE kit_job SET done = %s, total = %s, doing = %s, doing_params = %s::jsonb, beat_at = now()
WHERE id = %s AND state = 'running' RETURNING cancel_asked
"""


class Cancelled(Exception):
    """The person who started the job asked for it to stop."""


class NotMine(Ignore):  # type: ignore[misc]
    """Another delivery of this task has the job, or it has ended: there is nothing to do."""


class Progress:
    """What a task tells about its job; call it between pieces of work."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._done = 0
        self._total: int | None = None
        self._doing, self._params = "", "{}"
        self._told = 0.0
        self._side: Any = None
        self._outer = connection.in_atomic_block

    def of(self, total: int) -> None:
        """Say how many steps there are in all."""
        self._total, self._done = total, 0
        self._tell()

    def step(self, doing: str = "", /, *, count: int = 1, **params: str | int) -> None:
        """Count steps as done and say what comes next; raises Cancelled when that was asked for.

        `doing` is a source text marked with gettext_noop, e.g. "Reading row %(row)s"; it is translated when shown.
        Called in a tight loop it writes at most four times a second.
        """
        self._done += count
        if doing:
            self._doing, self._params = doing, json.dumps(params)
        if time.monotonic() - self._told >= _LEAST_SECONDS or self._done == self._total:
            self._tell()

    def result(self, url: str) -> None:
        """Say where the result is, once the job has ended."""
        self.job.result_url = url

    def _tell(self) -> None:
        # Inside the task's transaction nobody would see the news before it ends, and the lock on the row would keep
        # the owner from cancelling: then it goes through a connection of its own.
        inside = connection.in_atomic_block and not self._outer
        if inside and self._side is None:
            self._side = connections.create_connection(DEFAULT_DB_ALIAS)
        with (self._side if inside else connection).cursor() as cursor:
            done = self._done if self._total is None else min(self._done, self._total)
            cursor.execute(_TELL, [done, self._total, self._doing, self._params, self.job.pk])
            row = cursor.fetchone()
        self._told = time.monotonic()
        if row is not None and row[0]:
            raise Cancelled

    def close(self) -> None:
        """Give back the extra connection, if there was one."""
        if self._side is not None:
            self._side.close()
            self._side = None


@contextmanager
def speaking_to(person: Any) -> Iterator[None]:
    """Speak the language that a person chose."""
    with translation.override(getattr(person, "language", "") or settings.LANGUAGE_CODE):
        yield


@contextmanager
def running(job_id: UUID | str) -> Iterator[Progress]:
    """Do a job's work: claim it, tell how it ends. Raises NotMine when it isn't waiting (any more).

    The work is done in the owner's language. A refusal becomes the reason shown to the owner; any other error becomes
    a general sentence with a number that the logs know, and goes on to the logs.
    """
    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, started_at=now, beat_at=now
    )
    if not claimed:
        raise NotMine
    job = Job.objects.select_related("owner").get(pk=job_id)
    logs.bind(job_id=job.pk, user_id=job.owner_id, **({"council_id": job.tenant_id} if job.tenant_id else {}))
    progress = Progress(job)
    try:
        with speaking_to(job.owner):
            yield progress
    except Cancelled:
        _end(job, JobState.CANCELLED)
    except Refused as refused:
        with speaking_to(job.owner):
            _end(job, JobState.FAILED, str(refused.reason))
    except BaseException:
        number = str(job.pk)[:8]
        with speaking_to(job.owner):
            sentence = _(
                "Something went wrong on our side. Please try again; "
                "if it happens again, tell us the number %(number)s."
            )
            _end(job, JobState.FAILED, sentence % {"number": number})
        logger.warning("job_failed", job_number=number)
        raise
    else:
        _end(job, JobState.DONE)
    finally:
        progress.close()


def _end(job: Job, state: JobState, reason: str = "") -> None:
    # A job that failed may have a result, too: the list of what is wrong with what it was given.
    changes: dict[str, Any] = {
        "state": state,
        "reason": reason[:500],
        "result_url": job.result_url,
        "finished_at": timezone.now(),
    }
    if state == JobState.DONE:
        changes["done"] = Coalesce(F("total"), F("done"))
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**changes)
