"""What people do in several journeys: with a mouse on a phone, with the keyboard, with and without JavaScript."""

import re
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit import mail
from allies.kit.models import Letter
from councils.models import Council, User
from tests.browser.conftest import Visit

PASSWORD = "three quiet rivers"
SUMMARY = {
    "en": "Employers and newcomers find each other here.",
    "fr": "Ici, les employeurs et les personnes nouvellement arrivées se trouvent.",
}
PROGRAMME = {"en": "Evening circle", "fr": "Cercle du soir"}
STORY = {"en": "A door opens", "fr": "Une porte s'ouvre"}
OTHER = {"en": "fr", "fr": "en"}


def give_password(person: User) -> User:
    """Let a person of the world sign in through the form."""
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def link_in_letter(address: str) -> str:
    """Send the letter that waits for an address, as the worker does, and give the path of the link in it."""
    waiting = Letter.objects.get(to=address, state="queued")
    mail.deliver(waiting.pk)
    (url,) = re.findall(r"https?://\S+/(?:invitations|confirm-email|follow-up|suivi)/\S+", outbox.outbox[-1].body)
    return urlsplit(url).path


def show_once_more_who_it_is(person: Visit) -> None:
    """Give the password that is asked for before something that matters."""
    expect(person.page.get_by_role("heading", level=1)).to_have_text(person.say("Please confirm that it is you"))
    person.field("Password").fill(PASSWORD)
    person.button("Confirm").click()


def said(person: Visit, words: str, **facts: object) -> None:
    """Expect a message of the portal."""
    expect(person.page.locator(".messages")).to_contain_text(person.say(words, **facts))


def edit_the_profile_with_a_preview(person: Visit, council: Council) -> None:
    """Write a summary in both languages, look at it, go back to it, and save it."""
    person.link("Profile", ".subnav").click()
    person.field("summary in English").fill(SUMMARY["en"])
    person.field("summary in French").fill(SUMMARY["fr"])
    person.button("Preview").click()
    expect(person.page.locator("main .lede").first).to_have_text(SUMMARY[person.language])
    council.refresh_from_db()
    assert council.summary_en != SUMMARY["en"]
    person.page.get_by_role("button", name=person.say("Go on writing")).click()
    expect(person.field("summary in French")).to_have_value(SUMMARY["fr"])
    person.button("Save").click()
    said(person, "The profile is saved.")
    council.refresh_from_db()
    assert (council.summary_en, council.summary_fr) == (SUMMARY["en"], SUMMARY["fr"])


def publish_a_programme(person: Visit) -> None:
    """Add a programme in both languages as a draft, then publish it."""
    person.link("Programmes", ".subnav").click()
    person.link("Add a programme").click()
    person.page.locator("[name=kind]").select_option("mentoring")
    for language, name in (("en", "name in English"), ("fr", "name in French")):
        person.field(name).fill(PROGRAMME[language])
    person.field("summary in English").fill("One evening a month.")
    person.field("summary in French").fill("Un soir par mois.")
    person.button("Add as a draft").click()
    said(person, "The programme is added as a draft.")
    person.button("Publish").click()
    said(person, "The programme is public now.")


def tell_a_story(person: Visit) -> None:
    """Write a story in both languages, hand it in, record the consent it needs, and publish it."""
    person.link("Stories", ".subnav").click()
    person.link("Write a story").click()
    for language, name in (("en", "title in English"), ("fr", "title in French")):
        person.field(name).fill(STORY[language])
    person.page.locator("[name=body_en]").fill("She teaches again.")
    person.page.locator("[name=body_fr]").fill("Elle enseigne de nouveau.")
    person.field("Whom the story is about").fill("Amina")
    person.button("Keep as a draft").click()
    said(person, "The story is kept as a draft. Add a photo if there is one, and record consent.")
    person.button("Hand in").click()
    said(person, "The story is handed in.")
    expect(person.button("Publish")).to_be_disabled()
    person.field("Consent given on").fill(timezone.localdate().isoformat())
    person.page.locator("[name=confirmed]").check()
    person.button("Record the consent").click()
    said(person, "The consent is on record.")
    person.button("Publish").click()
    said(person, "The story is public now.")
