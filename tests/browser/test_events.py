"""From a phone without an account to the report: sign up, withdraw by the letter, tick who came, tell the public."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail as outbox
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit import mail
from allies.kit.models import Letter
from councils.models import Event, Registration
from tests import factories as make
from tests.browser.doing import said
from tests.factories.events import RegistrationFactory

PHONE, DESK = 360, 1280


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_newcomer_signs_up_on_a_phone_and_withdraws_and_the_coordinator_reports_who_came(
    world, visit, language
) -> None:
    event = world.things["Event"]
    event.hosts.add(make.OrganisationFactory(council=world.halifax, name_en="Harbour Bank"))
    guest = visit(language=language, width=PHONE, javascript=False)
    guest.open("councils:event-read", pk=event.pk)
    expect(guest.page.locator("main")).to_contain_text("Harbour Bank")
    guest.link("Sign up for this event").click()
    guest.field("Your name").fill("Amina Okoye")
    guest.page.locator("[name=email]").fill("amina@people.example")
    guest.button("Sign up").click()
    expect(guest.page.locator("[name=name]")).to_have_value("Amina Okoye")
    guest.page.locator("[name=role]").select_option("newcomer")
    guest.button("Sign up").click()
    expect(guest.page.get_by_role("heading", level=1)).to_have_text(guest.say("A letter is on its way"))
    mail.deliver(Letter.objects.get(to="amina@people.example").pk)
    body = outbox.outbox[-1].body
    (own,) = (link for link in re.findall(r"https?://\S+", body) if link.endswith("/"))
    guest.go(urlsplit(own).path)
    expect(guest.page.locator("main")).to_contain_text(event.where_fr if language == "fr" else event.where_en)
    guest.button("Give my place back").click()
    expect(guest.page.locator("main")).to_contain_text(
        guest.say("You have withdrawn: your place is free for somebody else.")
    )

    looks = visit(language=language, width=PHONE)
    looks.open("councils:event-sign-up", pk=event.pk)
    looks.assert_sound()
    looks.go(urlsplit(own).path)
    looks.assert_sound()
    _coordinate(world, event, visit(language=language).enter_as(world.people["coordinator"]))


def _coordinate(world, event, staff) -> None:
    council = world.halifax.slug_fr if staff.language == "fr" else world.halifax.slug_en
    for number in range(5):
        RegistrationFactory(event=event, role="employer", name=f"Host {number}", organisation="Harbour Bank")
    Event._base_manager.filter(pk=event.pk).update(starts_on=timezone.localdate() - timedelta(days=1))
    staff.open("councils:workspace-event-show", council=council, pk=event.pk)
    staff.link("See who is coming").click()
    expect(staff.page.locator("main")).to_contain_text("Amina Okoye")
    staff.assert_sound(PHONE, DESK)
    staff.link("Tick who came").click()
    for number in range(5):
        staff.page.get_by_label(f"Host {number}").check()
    staff.assert_sound(PHONE)
    staff.button("Save").click()
    expect(staff.page.locator("main table").first).to_contain_text(staff.say("Employer"))
    expect(staff.page.locator("main table").last).to_contain_text("Harbour Bank")
    staff.assert_sound(PHONE, DESK)
    staff.button("Say it on the public page").click()
    said(staff, "The public page says how many came.")
    assert Registration._base_manager.filter(event=event, state="came").count() == 5
    staff.open("councils:event-read", pk=event.pk)
    expect(staff.page.locator("main")).to_contain_text(
        staff.say("%(people)s people came, most of them employers.", people=5)
    )
    staff.assert_sound(PHONE)
