"""The two pictures in the README: their pages stand, with the real network; ALLIES_SCREENSHOTS=1 takes them anew."""

import os
import struct
from pathlib import Path

import pytest
from django.conf import settings as project
from playwright.sync_api import expect

from councils.models import Council, User
from councils.services.demo_data import load_demo
from councils.services.network_data import load_network
from councils.services.reference import load_reference

FOLDER = Path(project.BASE_DIR) / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 800}
MOST_BYTES = 400_000


@pytest.fixture
def demonstration(transactional_db, settings):
    settings.ALLIES_DEMO = True
    load_reference()
    load_network()
    load_demo()
    settings.ALLIES_DEMO = False  # the pictures show the portal, not the banner of a demonstration


def test_the_pages_in_the_pictures_stand(visit, demonstration) -> None:
    person = visit()
    page = person.open("home")
    expect(page.locator("svg.map a")).to_have_count(Council.objects.filter(is_published=True).count())
    expect(page.locator(".doors .door")).to_have_count(3)
    taken(person, "home")
    person.enter_as(User.objects.get(email="coordinator.halifax@demo.example"))
    person.open("councils:workspace-home", council="halifax")
    expect(page.locator(".tiles li")).not_to_have_count(0)
    taken(person, "workspace")


def taken(person, name) -> None:
    """Take the picture when asked to; otherwise see that it is there, of the right size."""
    path = FOLDER / f"{name}.png"
    if os.environ.get("ALLIES_SCREENSHOTS") == "1":
        FOLDER.mkdir(exist_ok=True)
        person.page.set_viewport_size(SIZE)
        person.page.wait_for_load_state("networkidle")
        person.page.screenshot(path=path)
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", head[16:]) == (SIZE["width"], SIZE["height"])
    assert path.stat().st_size < MOST_BYTES
    assert person.complaints == []
