"""What the tests of the kit make: tasks, jobs, letters, files."""

from datetime import timedelta

from celery import shared_task
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_noop

from allies.kit import jobs
from allies.kit.models import Job, Letter, StoredFile
from tests import factories as make

seen: list[tuple] = []


@shared_task(name="tests.note", queue="default", time_limit=60, soft_time_limit=50)
def note(*args):
    seen.append(args)


@shared_task(name="tests.work", queue="reports", time_limit=60, soft_time_limit=50, title="A piece of work")
def work(job_id, *args):
    with jobs.running(job_id) as progress:
        progress.of(3)
        for number in range(3):
            progress.step(gettext_noop("%(done)s of %(total)s"), done=number, total=3)
        progress.result("/result/")
        seen.append(args)


def queued(**facts):
    facts = {"kind": "tests.work", "owner": make.UserFactory(), "sent_at": timezone.now()} | facts
    return Job.objects.create(**facts)


def running_job(**facts):
    now = timezone.now()
    return queued(state="running", started_at=now, **({"beat_at": now} | facts))


def letter(person, days=0, **facts):
    made = Letter.objects.create(template="x", to=person.email, person=person, language="en", **facts)
    Letter.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days))
    return made


def stored(owner):
    row = StoredFile(name="plan.pdf", kind="pdf", size=1, sha256="0" * 64, owner=owner)
    row.file.save("plan.pdf", ContentFile(b"x"), save=False)
    row.save()
    return row
