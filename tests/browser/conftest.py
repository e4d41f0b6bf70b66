"""A real Chromium on the real portal: errors on the console, refused by the security policy or found by axe fail the test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.world import World, build

# Playwright runs an event loop in the test's thread; the database is used from that thread all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = [Path("/usr/bin/chromium"), Path("/usr/bin/chromium-browser")]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
WIDTHS = (320, 768, 1280)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here; one worker drives the browser, so that two of them never starve each other."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    installed = next((str(path) for path in CHROMIUM if path.exists()), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def world(transactional_db: None) -> World:
    """The small world, committed, so that the server's threads see it."""
    return build()


class Visit:
    """One person's browser: a page with its complaints collected."""

    def __init__(self, browser: Browser, base: str, *, width: int = 1280, javascript: bool = True) -> None:
        self.base = base
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="en-CA",
            reduced_motion="reduce",
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)

    def _listen(self, message: Any) -> None:
        # An expected refusal (404, 422 …) is logged by the browser as an error of the network, not of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.base, "blob:", "data:")):
            self.complaints.append(f"a request left the site: {request.url}")

    def go(self, path: str) -> Page:
        """Open a page of the portal."""
        self.page.goto(self.base + path)
        return self.page

    def enter_as(self, user: Any) -> "Visit":
        """Carry the session of a person who has signed in."""
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.base}])
        return self

    def assert_sound(self) -> None:
        """Fail on any complaint, on anything wider than the window and on what axe finds."""
        assert self.complaints == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{self.page.url} is wider than the window"
        )
        found = Axe().run(self.page, options=RULES).response["violations"]
        assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found] == []


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Visit]]:
    """Give a function that opens a browser of its own, with `width` and `javascript` to choose."""
    open_visits: list[Visit] = []

    def start(**options: Any) -> Visit:
        visit = Visit(chromium, live_server.url, **options)
        open_visits.append(visit)
        return visit

    yield start
    for visit in open_visits:
        visit.context.close()
