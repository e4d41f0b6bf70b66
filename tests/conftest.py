"""What every test shares: a cache of its own, a small world, and clients who are signed in."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import translation
from structlog.contextvars import clear_contextvars

from tests.emptying import empty_only_what_is_full
from tests.world import World, build

if os.environ.get("ALLIES_ENV") != "test":
    pytest.exit('Run the tests with `make test` (ARGS="-k words" for some), or set ALLIES_ENV=test.', returncode=2)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take longest, so that no core waits for the last of them."""
    items.sort(key=lambda item: (not item.get_closest_marker("services"), not item.get_closest_marker("browser")))


def pytest_collection_finish() -> None:
    """Let the collector of rubbish leave alone what stays until the end: it took an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Make the database of the tests, and choose how those that commit empty it."""
    with django_db_blocker.unblock():
        empty_only_what_is_full()


@pytest.fixture(autouse=True)
def cache_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests that run at the same time out of each other's cache."""
    prefix = f"test-{uuid4()}"
    monkeypatch.setattr(caches["default"], "key_prefix", prefix)
    # The threads of a live server open caches of their own.
    monkeypatch.setitem(caches.settings["default"], "KEY_PREFIX", prefix)


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """Let staff in with the password alone; the tests of the second factor ask for it again."""
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture(autouse=True)
def nothing_said_of_the_last_test() -> None:
    """Forget what a task that ran here bound for its log lines: a worker does so after each."""
    clear_contextvars()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start every test in English, whatever language the one before it spoke."""
    with translation.override("en"):
        yield


@pytest.fixture
def world(db: None) -> World:
    """Two councils with one of everything each, and one person for each role."""
    return build()


@pytest.fixture
def signed_in(world: World) -> Callable[[str], Client]:
    """Give a browser in which the named person of the world is signed in; "anon" is nobody."""

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "anon":
            client.force_login(world.people[name])
        return client

    return sign_in
