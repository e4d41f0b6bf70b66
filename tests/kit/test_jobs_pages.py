"""The page of a job, for the person who started it."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allies.kit import jobs
from allies.kit.models import Job
from tests import factories as make
from tests.kit.making import queued, running_job


def pages(job, client):
    return [
        client.get(reverse("kit:job-show", args=[job.pk])).status_code,
        client.get(reverse("kit:job-fragment", args=[job.pk])).status_code,
        client.post(reverse("kit:job-cancel", args=[job.pk])).status_code,
        client.post(reverse("kit:job-again", args=[job.pk])).status_code,
    ]


def test_only_its_owner_finds_a_job(db, eager):
    job, stranger, owner = running_job(), Client(), Client()
    stranger.force_login(make.UserFactory())
    owner.force_login(job.owner)
    assert pages(job, Client()) == [302, 302, 302, 302]
    assert pages(job, stranger) == [404, 404, 404, 404]
    assert pages(job, owner) == [200, 200, 302, 302]


def test_acts_on_a_job_are_posted(db):
    job, owner = running_job(), Client()
    owner.force_login(job.owner)
    assert owner.get(reverse("kit:job-cancel", args=[job.pk])).status_code == 405
    assert owner.get(reverse("kit:job-again", args=[job.pk])).status_code == 405


def test_the_fragment_asks_again_only_until_the_end(db):
    job, owner = running_job(done=1, total=4, doing="Counting"), Client()
    owner.force_login(job.owner)
    address = reverse("kit:job-fragment", args=[job.pk])
    page = owner.get(address).content.decode()
    assert f'hx-get="{address}"' in page
    assert '<progress value="1" max="4"' in page
    assert "Counting" in page
    Job.objects.update(state="failed", finished_at=timezone.now(), reason="The file is empty.")
    page = owner.get(address).content.decode()
    assert "hx-get" not in page
    assert "The file is empty." in page
    assert reverse("kit:job-again", args=[job.pk]) in page


def test_run_again_leads_to_the_new_job(db, eager, django_capture_on_commit_callbacks):
    job, owner = queued(state="failed", finished_at=timezone.now()), Client()
    owner.force_login(job.owner)
    with django_capture_on_commit_callbacks(execute=True):
        answer = owner.post(reverse("kit:job-again", args=[job.pk]))
    new = Job.objects.exclude(pk=job.pk).get()
    assert (answer.url, new.state) == (new.get_absolute_url(), "done")


def test_a_job_is_called_by_its_tasks_title(db):
    assert [jobs.title(queued()), jobs.title(queued(kind="tests.gone"))] == ["A piece of work", "tests.gone"]
