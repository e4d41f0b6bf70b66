"""What is enqueued exists, and every task has its bounds."""

import ast
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings

from allies.kit import job_checks, jobs


def enqueued_names():
    packages = {app.name.split(".")[0] for app in apps.get_app_configs()}
    folders = [
        folder for folder in (Path(settings.BASE_DIR) / package for package in sorted(packages)) if folder.exists()
    ]
    for path in (path for folder in folders for path in folder.glob("**/*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                if name in ("enqueue", "start_job"):
                    yield call.args[0].value


def test_each_enqueued_name_is_a_task():
    names = set(enqueued_names())
    assert "kit.send_mail" in names
    for name in names:
        assert jobs.registered(name).name == name


def test_each_task_has_a_queue_and_limits_below_the_brokers_patience():
    assert job_checks.every_task_is_bounded() == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"queue": "nowhere", "time_limit": 60, "soft_time_limit": 50}, "kit.E021"),
        ({"queue": "default", "time_limit": 60, "soft_time_limit": 60}, "kit.E022"),
        ({"queue": "default", "time_limit": 7200, "soft_time_limit": 50}, "kit.E022"),
    ],
)
def test_the_check_finds_a_task_without_bounds(options, code):
    def task():
        """Do nothing, without bounds."""

    task = current_app.task(name="tests.unbounded", **options)(task)
    try:
        assert [fault.id for fault in job_checks.every_task_is_bounded() if "tests.unbounded" in fault.msg] == [code]
    finally:
        current_app.tasks.pop(task.name, None)


def test_the_check_finds_a_timetable_that_names_no_task(settings):
    settings.CELERY_BEAT_SCHEDULE = {"x": {"task": "tests.nope"}}
    assert [fault.id for fault in job_checks.every_task_is_bounded()] == ["kit.E020"]
