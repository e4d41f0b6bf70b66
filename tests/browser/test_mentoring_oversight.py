"""Who looks on, in both languages: the network in numbers, people for a reason only, an employer's hours."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit.scope import across
from councils.models import StaffSession
from mentoring.models import Application
from tests import factories
from tests.factories import employers as staff
from tests.factories import mentoring as make
from tests.mentoring.employing import mentor_of, met, pair_of

pytestmark = pytest.mark.parametrize("language", ["en", "fr"])
PHONE, DESK = 360, 1280
FIELD = {"en": "Natural and applied sciences", "fr": "Sciences naturelles et appliquées"}
REASON = "A funder asks who waits longest."
NUMBERS = {
    "en": ("1 mentee at present", "2 h in all"),
    "fr": ("1 personne mentorée actuellement", "2 h en tout"),
}


@pytest.fixture
def network(world):
    """Two who are ready in Halifax where one place is free, and nobody in Calgary, where three are."""
    group = factories.OccupationGroupFactory(code="2", title_en=FIELD["en"], title_fr=FIELD["fr"])
    code = factories.OccupationFactory(code="21231", group=group)
    with across():
        for council, names, places in ((world.halifax, ("Amina Haddad", "Bilal Haddad"), 1), (world.calgary, (), 3)):
            intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=council, is_published=True))
            for name in names:
                make.ApplicationFactory(intake=intake, ready=True, person__name=name, occupation=code)
            make.MentorFactory(council=council, available=True, capacity=places, occupation=code)
    return world


def test_national_staff_compare_numbers_and_see_people_for_a_reason_that_these_can_read(
    visit, network, language
) -> None:
    person = visit(language=language).enter_as(network.people["national"])
    page = person.open("mentoring:network")
    halifax, calgary = (getattr(council, f"name_{language}") for council in (network.halifax, network.calgary))
    rows = page.locator("[aria-labelledby=programmes] tbody tr")
    for council, ready, free in ((halifax, "2", "1"), (calgary, "0", "3")):
        cells = rows.filter(has_text=council).locator("td")
        expect(cells.nth(3)).to_have_text(ready)
        expect(cells.nth(4)).to_have_text(free)
    field = page.locator("[aria-labelledby=fields] tbody tr", has_text=FIELD[language]).locator("td")
    expect(field.nth(2)).to_have_text("4")
    expect(field.nth(3)).to_have_text("2")
    expect(page.locator("body")).not_to_contain_text("Haddad")
    person.assert_sound(PHONE, DESK)

    rows.get_by_role("link", name=halifax).click()
    expect(page.locator("body")).not_to_contain_text("Haddad")
    person.open("mentoring:application-list", council=getattr(network.halifax, f"slug_{language}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(person.say("State your reason"))
    person.assert_sound(PHONE, DESK)
    person.field("Reason").fill("Because")
    person.button("Open the session").click()
    expect(page.locator("[name=reason]:invalid")).to_have_count(1)
    assert not StaffSession.objects.exists()
    person.field("Reason").fill(REASON)
    person.button("Open the session").click()
    person.link("Amina Haddad").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amina Haddad")
    assert StaffSession.objects.get().reason == REASON

    with across():
        amina = Application.objects.get(person__name="Amina Haddad").person
    mentee = visit(language=language, width=PHONE).enter_as(amina)
    mentee.open("councils:my-openings")
    expect(mentee.page.locator("main")).to_contain_text(REASON)
    expect(mentee.page.locator("main")).to_contain_text(network.people["national"].name)


def test_a_champion_sees_counts_and_hours_and_nobody_who_is_mentored(visit, world, language) -> None:
    bank, ada = world.things["Organisation"], factories.UserFactory(name="Ada Champion")
    with across():
        staff.ChampionFactory(organisation=bank, person=ada)
        at = SimpleNamespace(council=world.halifax, organisation=bank)
        pair = pair_of(mentor_of(at, "Marta Roy"), "Amara Hidden")
        met(pair, on=timezone.now() - timedelta(hours=30), minutes=120, settled_at=timezone.now())
    champion = visit(language=language, width=PHONE).enter_as(ada)
    page = champion.open("mentoring:my-employers")
    for words in NUMBERS[language]:
        expect(page.locator("main .sums")).to_contain_text(words)
    expect(page.locator("[aria-labelledby=staff]")).to_contain_text("Marta Roy")
    champion.assert_sound(PHONE, DESK)
    for secret in ("Amara", "hidden.example", "Hidden Harbour"):
        assert secret not in page.content()
