"""From a click on “Run matching” to a pair: the coordinator, a mentor and a mentee, in both languages."""

import pytest
from playwright.sync_api import expect

from allies.kit.scope import across
from mentoring.models import MatchingRun, Pair, Proposal
from mentoring.tasks.runs import solve_run
from tests.mentoring.halls import hall

PHONE, DESK = 360, 1280


@pytest.fixture
def at(world):
    with across():
        made = hall(mentees=3, mentors=3, council=world.halifax, name_en="Bridges", name_fr="Passerelles")
        made.coordinator = world.people["coordinator"]
        for person in (made.mentees[0].person, made.mentors[0].person):
            type(person).objects.filter(pk=person.pk).update(name=f"Robin {person.pk.hex[:6]}")
    return made


def offer_of(at):
    with across():
        return Proposal.objects.select_related("mentor__person").get(application=at.mentees[0])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_run_is_asked_for_watched_reviewed_published_and_answered(at, visit, language) -> None:
    coordinator = visit(language=language).enter_as(at.coordinator)
    coordinator.open("mentoring:run-list", council=at.council.slug_en)
    coordinator.assert_sound(PHONE, DESK)
    coordinator.button("Run matching").first.click()
    expect(coordinator.page.locator("#run")).to_contain_text(coordinator.say("Waiting its turn"))
    coordinator.assert_sound(PHONE, DESK)
    # The worker does its work, and the page notices.
    with across():
        run = MatchingRun.objects.get()
        solve_run(str(run.job_id), str(run.pk))
    proof = "No other way of pairing places more people, or as many with a higher score. This is proven."
    expect(coordinator.page.get_by_text(coordinator.say(proof))).to_be_visible()
    coordinator.page.get_by_text(coordinator.say("Other mentors, and what they would cost")).first.click()
    costs = coordinator.say("Choosing this instead costs at least %(n)s point.").split("%")[0]
    expect(coordinator.page.get_by_text(costs).first).to_be_visible()
    coordinator.assert_sound(PHONE, DESK)
    coordinator.page.locator("summary", has_text=coordinator.say("Publish and ask the mentors")).click()
    coordinator.page.locator("dialog[open] form button:not([type=button])").click()
    expect(coordinator.page.locator(".messages")).to_contain_text("3")
    coordinator.assert_sound(PHONE, DESK)

    offer = offer_of(at)
    mentor = visit(width=PHONE, language=language).enter_as(offer.mentor.person)
    mentor.open("mentoring:offer-show", pk=offer.pk)
    expect(mentor.page.get_by_role("heading", level=1)).to_have_text(mentor.say("Would you mentor this person?"))
    mentor.assert_sound(PHONE, DESK)
    mentor.button("Yes, I would like that").click()
    expect(mentor.page.locator("main")).to_contain_text(
        mentor.say("You said yes. We are waiting for the mentee's answer.")
    )

    mentee = visit(width=PHONE, language=language).enter_as(at.mentees[0].person)
    mentee.open("mentoring:my-mentoring")
    mentee.link("See the offer and answer").click()
    mentee.assert_sound(PHONE, DESK)
    mentee.button("Yes, I would like that").click()
    expect(mentee.page.locator("main")).to_contain_text(mentee.say("You both said yes."))
    with across():
        assert Pair.objects.get(proposal=offer).state == "active"


def test_without_javascript_a_run_is_reviewed_and_a_mentor_says_no(at, visit) -> None:
    coordinator = visit(javascript=False, width=PHONE).enter_as(at.coordinator)
    coordinator.open("mentoring:run-list", council=at.council.slug_en)
    coordinator.button("Run matching").first.click()
    with across():
        run = MatchingRun.objects.get()
        solve_run(str(run.job_id), str(run.pk))
    coordinator.link("Reload to see how far it is").click()
    coordinator.page.get_by_role("link", name="Set aside").first.click()
    coordinator.button("Set aside").click()
    expect(coordinator.page.locator(".errorlist").first).to_be_visible()
    coordinator.page.fill("[name=reason]", "They are neighbours.")
    coordinator.button("Set aside").click()
    expect(coordinator.page.locator("main")).to_contain_text("1 pair set aside")
    coordinator.button("Run again with your decisions").click()
    with across():
        run = MatchingRun.objects.get(state="queued")
        solve_run(str(run.job_id), str(run.pk))
    coordinator.link("Reload to see how far it is").click()
    coordinator.page.locator("summary", has_text="Publish and ask the mentors").click()
    coordinator.page.locator("details.ask[open] form button").first.click()
    expect(coordinator.page.locator(".messages")).to_contain_text("3 mentors are asked")

    with across():
        offer = Proposal.objects.select_related("mentor__person").get(application=at.mentees[0], state="to_mentor")
    mentor = visit(javascript=False, width=PHONE).enter_as(offer.mentor.person)
    mentor.open("mentoring:offer-show", pk=offer.pk)
    mentor.link("No, it doesn't fit").click()
    mentor.page.fill("[name=reason]", "Not my field.")
    mentor.button("Decline").click()
    expect(mentor.page.locator("main")).to_contain_text("You declined this offer.")
