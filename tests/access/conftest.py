"""One world and one session for each actor, made once for a file; what a test does to them is undone after it."""

import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.db import transaction
from django.test import Client, override_settings

from allies.kit.middleware import LastSeenMiddleware
from tests.mentoring_world import build_with_mentoring
from tests.world import ACTORS, World

# A session in the cookie needs neither the database nor the cache: a tenth of the time.
IN_THE_COOKIE = "django.contrib.sessions.backends.signed_cookies"


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Give the pickled world and the session keys of its actors, in a transaction around all tests of the file."""
    with override_settings(SESSION_ENGINE=IN_THE_COOKIE), django_db_blocker.unblock(), transaction.atomic():
        world = build_with_mentoring()
        keys = {}
        for actor in set(ACTORS) - {"anon"}:
            client = Client()
            client.force_login(world.people[actor])
            keys[actor] = client.cookies[project.SESSION_COOKIE_NAME].value
        yield pickle.dumps(world), keys
        transaction.set_rollback(True)


@pytest.fixture
def world(standing: tuple[bytes, dict[str, str]], db: None) -> World:
    """The world, as if it were new: tests may change its objects."""
    world: World = pickle.loads(standing[0])
    return world


@pytest.fixture(autouse=True)
def nobody_watches(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the list of one's own sessions, which asks as much of the database as most pages do."""
    settings.USERSESSIONS_TRACK_ACTIVITY = False
    settings.SESSION_ENGINE = IN_THE_COOKIE
    monkeypatch.setattr(LastSeenMiddleware, "_is_due", lambda *_anybody: False)


@pytest.fixture
def browser_of(standing: tuple[bytes, dict[str, str]]) -> Callable[[str], Client]:
    """Give a browser in which an actor is signed in; "anon" is nobody."""

    def open_browser(actor: str) -> Client:
        client = Client()
        if actor != "anon":
            client.cookies[project.SESSION_COOKIE_NAME] = standing[1][actor]
        return client

    return open_browser
