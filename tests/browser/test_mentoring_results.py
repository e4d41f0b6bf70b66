"""From a cohort's results to a report that stays, a target, and a new programme after another's model."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit.scope import across
from mentoring.models import Programme
from tests.factories import mentoring as make
from tests.mentoring.cohorts import answers, mentored

PHONE, DESK = 360, 1280


@pytest.fixture
def cohort(world):
    day = timezone.localdate() - timedelta(days=30)
    with across():
        both = [
            make.ProgrammeFactory(council=council, is_published=True, name_en=name, name_fr=name)
            for council, name in ((world.halifax, "Harbour"), (world.calgary, "Rockies"))
        ]
        intake = make.IntakeFactory(programme=both[0], name_en="Spring", name_fr="Printemps")
        mentored(intake, answers(yes=12, no=8, silent=10), on=day, before=["unemployed", "survival"] * 15)
        mentored(intake, answers(yes=4, no=16), wave="start", on=day)
        mentored(make.IntakeFactory(programme=both[1]), answers(yes=15, no=6), on=day)
    return intake


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_cohorts_results_are_written_down_and_another_councils_model_taken_over(
    cohort, world, visit, language
) -> None:
    staff = visit(language=language).enter_as(world.people["coordinator"])
    council = world.halifax.slug_fr if language == "fr" else world.halifax.slug_en
    staff.open("mentoring:result-list", council=council)
    staff.field("Intake").select_option(str(cohort.pk))
    expect(staff.page.locator("#results table").first).to_be_visible()
    expect(staff.page).to_have_url(re.compile(str(cohort.pk)))
    expect(staff.page.locator("#results")).to_contain_text(staff.say("Who is missing"))
    staff.assert_sound(PHONE, DESK)
    staff.link("Write these results down").click()
    expect(staff.page.locator("main")).to_contain_text("Spring" if language == "en" else "Printemps")
    staff.field("What is it for?").fill("Annual report")
    staff.button("Write it down for good").click()
    expect(staff.page.locator("main")).to_contain_text(staff.say("verified"))
    staff.assert_sound(PHONE)

    staff.open("mentoring:target-list", council=council)
    staff.page.locator("main table a").first.click()
    staff.field("Pairs that begin").fill("40")
    staff.field("Pairs that complete").fill("30")
    staff.button("Save").click()
    expect(staff.page.locator("main table meter").first).to_be_visible()
    staff.assert_sound()

    staff.open("mentoring:model-list", council=council)
    staff.assert_sound(PHONE)
    staff.page.locator("li", has_text="Rockies").get_by_role("link").click()
    staff.button("Add as a draft").click()
    expect(staff.page.get_by_role("heading", level=1)).to_have_text("Rockies")
    with across():
        assert Programme.objects.filter(council=world.halifax, name_en="Rockies", is_published=False).count() == 1
