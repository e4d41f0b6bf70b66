"""When a session was last used: noted at once from a new place, and otherwise every five minutes."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allies.kit import middleware
from tests import factories as make

LONG_AGO = timedelta(hours=2)


@pytest.fixture
def browser(db) -> Client:
    client = Client(headers={"User-Agent": "Firefox"})
    client.force_login(make.UserFactory())
    client.get(reverse("home"))
    UserSession.objects.update(last_seen_at=timezone.now() - LONG_AGO)
    return client


def is_fresh() -> bool:
    return UserSession.objects.get().last_seen_at > timezone.now() - LONG_AGO / 2


def test_the_next_page_writes_nothing(browser) -> None:
    browser.get(reverse("home"))
    assert not is_fresh()


def test_the_session_is_noted_again_when_its_time_is_over(db, monkeypatch) -> None:
    monkeypatch.setattr(middleware.LastSeenMiddleware, "EVERY_SECONDS", 1)
    client = Client()
    client.force_login(make.UserFactory())
    client.get(reverse("home"))
    UserSession.objects.update(last_seen_at=timezone.now() - LONG_AGO)
    time.sleep(1.1)
    client.get(reverse("home"))
    assert is_fresh()


@pytest.mark.parametrize("elsewhere", [{"REMOTE_ADDR": "203.0.113.9"}, {"headers": {"User-Agent": "Safari"}}])
def test_a_session_used_from_elsewhere_is_noted_at_once(browser, elsewhere) -> None:
    browser.get(reverse("home"), **elsewhere)
    assert is_fresh()
