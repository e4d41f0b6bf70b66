"""A real Chromium on the real portal: what the console, the security policy or axe complain of fails the test."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, Locator, Page, Response, sync_playwright

from tests.browser.furnishing import furnish
from tests.mentoring_world import build_with_mentoring
from tests.world import World, build

# Playwright runs an event loop in the test's thread; the database is used from that thread all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The shell without a window first: it opens a page for each person in half the time.
CHROMIUM = [Path("/usr/bin") / name for name in ("chromium-headless-shell", "chromium", "chromium-browser")]
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"),
    # Each worker has a browser of its own, so a browser's own threads would only stand in each other's way.
    *("--in-process-gpu", "--js-flags=--single-threaded"),
]
WIDTHS = (320, 768, 1280)
THOROUGH = os.environ.get("ALLIES_THOROUGH") == "1"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
    # Nothing that a page asks for comes from elsewhere, so there is nothing to fetch before looking.
    "preload": False,
}
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Half of what axe has to do.
ALL_BUT_COLOURS = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
FIND = """async (rules) => (await axe.run(document, rules)).violations.map(
    (found) => `${found.id}: ${found.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(" | ")}`)"""
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    installed = next((str(path) for path in CHROMIUM if path.exists()), None)
    # While its event loop runs, Django keeps other connections than before and after, and none may outlive its time:
    # a database that somebody is connected to can't be removed.
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def world(transactional_db: None) -> World:
    """The small world, committed, so that the server's threads see it."""
    return build()


@pytest.fixture
def full_world(transactional_db: None) -> World:
    """The small world with something in every part of every page."""
    world = build_with_mentoring()
    furnish(world)
    return world


class Visit:
    """One person's browser: a page with its complaints collected, and the portal's words in one language."""

    def __init__(
        self,
        browser: Browser,
        base: str,
        *,
        width: int = 1280,
        javascript: bool = True,
        language: str = "en",
        inspects_each_page: bool = False,
    ) -> None:
        self.base, self.language = base, language
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale=f"{language}-CA",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(10_000)
        if inspects_each_page:
            # Sent once instead of for each page.
            self.context.add_init_script(AXE_SCRIPT)
        self.page: Page = self.context.new_page()
        self.answer: Response | None = None
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: Any) -> None:
        # An expected refusal (404, 422 …) is logged by the browser as an error of the network, not of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def go(self, path: str) -> Page:
        """Open a page of the portal."""
        self.answer = self.page.goto(self.base + path)
        return self.page

    def path(self, name: str, **facts: Any) -> str:
        """The path of a page of the portal in this visit's language."""
        with translation.override(self.language):
            return reverse(name, kwargs=facts)

    def open(self, name: str, **facts: Any) -> Page:
        """Open a page of the portal by the name of its URL."""
        return self.go(self.path(name, **facts))

    def say(self, words: str, **facts: Any) -> str:
        """The portal's words in this visit's language."""
        with translation.override(self.language):
            return str(translation.gettext(words)) % facts if facts else str(translation.gettext(words))

    def link(self, words: str, within: str = "main", **facts: Any) -> Locator:
        """The link that says this."""
        return self.page.locator(within).get_by_role("link", name=self.say(words, **facts), exact=True)

    def button(self, words: str, within: str = "main", **facts: Any) -> Locator:
        """The button that says this."""
        return self.page.locator(within).get_by_role("button", name=self.say(words, **facts), exact=True)

    def field(self, words: str) -> Locator:
        """The field with this label."""
        return self.page.locator("main").get_by_label(self.say(words))

    def enter_as(self, user: Any) -> "Visit":
        """Carry the session of a person who has signed in."""
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.base}])
        return self

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in through the form, as a person does."""
        self.open("account_login")
        self.page.fill("#sign-in [name=login]", email)
        self.page.fill("#sign-in [name=password]", password)
        with self.page.expect_navigation():
            self.page.click("#sign-in button")
        return self.page

    def complaints_of_axe(self, rules: Mapping[str, Any] = RULES) -> list[str]:
        """What axe finds on the page as it stands."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found: list[str] = self.page.evaluate(FIND, rules)
        return found

    def faults(self, *widths: int, rules: Mapping[str, Any] | None = RULES) -> list[str]:
        """Any complaint, anything wider than the window and what axe finds by these rules, at each of the widths."""
        # After a click the next page may just be coming.
        self.page.wait_for_load_state()
        found, self.complaints[:] = list(self.complaints), []
        for width in widths or (None,):
            if width:
                self.page.set_viewport_size({"width": width, "height": 900})
            if self.page.evaluate(TOO_WIDE):
                found.append("wider than the window")
            if rules:
                found += self.complaints_of_axe(rules)
        return [f"{self.page.url}: {fault}" for fault in dict.fromkeys(found)]

    def assert_sound(self, *widths: int) -> None:
        """Fail on any fault.

        Axe looks at the first of the widths in English and at the last in French, where colours are as in English.
        """
        at, rules = (0, RULES) if self.language == "en" else (-1, ALL_BUT_COLOURS)
        closely = widths[at] if widths else None
        found = [
            fault
            for width in widths or (None,)
            for fault in self.faults(
                *([width] if width else []), rules=RULES if THOROUGH else rules if width == closely else None
            )
        ]
        assert found == []


@pytest.fixture
def visit(chromium: Browser, live_server: Any, settings: Any) -> Iterator[Callable[..., Visit]]:
    """Give a function that opens a browser of its own: `width`, `javascript` and `language` can be chosen."""
    # Letters lead to the portal's own address, which is this server's here.
    settings.ALLIES_BASE_URL = live_server.url
    open_visits: list[Visit] = []

    def start(**options: Any) -> Visit:
        visit = Visit(chromium, live_server.url, **options)
        open_visits.append(visit)
        return visit

    yield start
    for visit in open_visits:
        visit.context.close()
