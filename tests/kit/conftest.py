"""What the tests of the kit share."""

import signal

import pytest
from celery import current_app

from allies.kit import privacy
from allies.kit.models import Letter, StoredFile
from allies.kit.privacy import Blank, DeleteRow, Keep, Personal, Replace, Retention, months, personal
from councils.models import User
from tests.kit import making


@pytest.fixture(autouse=True, scope="session")
def signals_as_in_a_terminal():
    """Let processes that tests start hear Ctrl-C and hang-ups, which a shell makes its background jobs ignore."""
    heard = {signal.SIGINT: signal.default_int_handler, signal.SIGHUP: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in heard.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def eager():
    """Run tasks at once, where they are sent."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.fixture(autouse=True)
def nothing_seen():
    making.seen.clear()


@pytest.fixture
def empty_register(monkeypatch):
    """Start with no declarations, so that a test says all that matters to it."""
    monkeypatch.setattr(privacy, "_declared", {})
    monkeypatch.setattr(privacy, "_hooks", [])


@pytest.fixture
def small_register(empty_register):
    personal(
        User,
        {
            "email": Personal(purpose="To write.", keep="While open.", erase=Replace("erased-{id}@erased.invalid")),
            "name": Personal(purpose="To address.", keep="While open.", erase=Replace("Erased")),
            "phone": Personal(purpose="To call.", keep=months(24, after="last_login")),
            "joined_at": Personal(purpose="To count.", keep="Always.", erase=Keep("It is history.")),
        },
        owner="self",
    )
    personal(
        Letter,
        {"to": Personal(purpose="To send.", keep=Retention(30, "created_at"), erase=DeleteRow())},
        owner="person",
    )
    personal(StoredFile, {"file": Personal(purpose="Handed in.", keep="A while.", erase=Blank())}, owner="owner")
