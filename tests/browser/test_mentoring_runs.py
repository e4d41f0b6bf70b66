"""From a click on “Run matching” to a pair: the coordinator, the mentors and the mentees, in both languages."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit.models import Job
from allies.kit.scope import across
from mentoring.models import Exclusion, MatchingRun, Pair, Proposal
from mentoring.services import offers
from mentoring.tasks.runs import solve_run
from tests.browser.doing import said
from tests.mentoring.halls import hall

PHONE, DESK = 360, 1280
PROOF = "No other way of pairing places more people, or as many with a higher score. This is proven."
RECRUIT = {"en": "places 1 more person", "fr": "place 1 personne de plus"}


@pytest.fixture
def at(world):
    with across():
        made = hall(mentees=4, mentors=3, council=world.halifax, name_en="Bridges", name_fr="Passerelles")
        made.coordinator = world.people["coordinator"]
        for number, person in enumerate(one.person for one in (*made.mentees, *made.mentors)):
            person.name = f"Robin Person {number}"
            person.save()
    return made


def offer_of(at, number, **facts):
    with across():
        return Proposal.objects.select_related("mentor__person").get(application=at.mentees[number], **facts)


def solve():
    """Let the worker do its work."""
    with across():
        run = MatchingRun.objects.get(state="queued")
        solve_run(str(run.job_id), str(run.pk))


def watch_the_bar(coordinator) -> None:
    """See how far the worker is, and that it goes on by itself."""
    bar = coordinator.page.locator("#run progress")
    now = timezone.now()
    with across():
        MatchingRun.objects.update(state="solving")
        Job.objects.update(state="running", started_at=now, beat_at=now, total=4, done=3)
    coordinator.page.reload()
    expect(bar).to_have_attribute("value", "3")
    with across():
        MatchingRun.objects.update(state="queued")
        Job.objects.update(state="queued", started_at=None, beat_at=None, total=None, done=0)


def decide(coordinator, at) -> None:
    """Pin the first mentee's pair, set the second one's aside, and let matching run again with that."""
    page, (kept, parted) = coordinator.page, (one.person.name for one in at.mentees[:2])
    coordinator.button(f"{coordinator.say('Pin')} {kept}").click()
    expect(page.locator(".match-card", has_text=kept).locator(".tag")).to_have_text(coordinator.say("Pinned"))
    coordinator.link(f"{coordinator.say('Set aside')} {parted}").click()
    coordinator.field("Why should the two not be paired?").fill("They are neighbours.")
    coordinator.button("Set aside").click()
    said(coordinator, "The pair is set aside. Run again to find somebody else for both.")
    coordinator.button("Run again with your decisions").click()
    solve()
    page.reload()
    with across():
        assert Exclusion.objects.get().reason == "They are neighbours."
    expect(page.get_by_text(coordinator.say(PROOF))).to_be_visible()
    expect(page.locator(".match-card", has_text=kept).locator(".tag")).to_have_text(coordinator.say("Pinned"))


def look_at_who_is_left(coordinator) -> None:
    """See whom the run could not place and why, and which mentors would help."""
    main = coordinator.page.locator("main")
    coordinator.page.locator("main nav a", has_text=coordinator.say("Without a mentor")).click()
    expect(main.locator("article.person")).to_have_count(1)
    coordinator.page.locator("main nav a", has_text=coordinator.say("Whom to recruit")).click()
    expect(main).to_contain_text(RECRUIT[coordinator.language])
    coordinator.assert_sound(PHONE)
    coordinator.page.go_back()
    coordinator.page.go_back()


def say_no(visit, language, person, offer) -> None:
    """Decline an offer with a reason, as either of the two."""
    one = visit(width=PHONE, language=language).enter_as(person)
    one.open("mentoring:offer-show", pk=offer.pk)
    one.link("No, it doesn't fit").click()
    one.button("Decline").click()
    expect(one.page.locator(".errorlist").first).to_be_visible()
    one.field("Why does it not fit?").fill("Not my field.")
    one.button("Decline").click()
    said(one, "Thank you for telling us. The two of you will not be brought together again.")
    expect(one.page.locator("main")).to_contain_text(one.say("You declined this offer. Thank you for telling us."))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_run_is_asked_for_watched_reviewed_published_and_answered(at, visit, language) -> None:
    coordinator = visit(language=language).enter_as(at.coordinator)
    coordinator.open("mentoring:run-list", council=at.council.slug_en)
    coordinator.assert_sound(PHONE, DESK)
    coordinator.button("Run matching").first.click()
    expect(coordinator.page.locator("#run")).to_contain_text(coordinator.say("Waiting its turn"))
    coordinator.assert_sound(PHONE, DESK)
    watch_the_bar(coordinator)
    solve()
    expect(coordinator.page.get_by_text(coordinator.say(PROOF))).to_be_visible()
    coordinator.page.get_by_text(coordinator.say("Other mentors, and what they would cost")).first.click()
    costs = coordinator.say("Choosing this instead costs at least %(n)s point.").split("%")[0]
    expect(coordinator.page.get_by_text(costs).first).to_be_visible()
    coordinator.assert_sound(PHONE, DESK)
    decide(coordinator, at)
    look_at_who_is_left(coordinator)
    coordinator.page.locator("summary", has_text=coordinator.say("Publish and ask the mentors")).click()
    coordinator.page.locator("dialog[open] form button:not([type=button])").click()
    expect(coordinator.page.locator(".messages")).to_contain_text("3")
    coordinator.assert_sound(PHONE, DESK)

    offer = offer_of(at, 0, run__state="published")
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
        others = list(
            Proposal.objects.filter(state="to_mentor").select_related("mentor__person", "application__person")
        )
        offers.accept(others[0], by=others[0].mentor.person)
    say_no(visit, language, others[0].application.person, others[0])
    say_no(visit, language, others[1].mentor.person, others[1])
    with across():
        told = Proposal.objects.filter(state="declined").values_list("declined_by", "reason")
        assert sorted(told) == [("mentee", "Not my field."), ("mentor", "Not my field.")]


def test_without_javascript_a_run_is_reviewed_and_a_mentor_says_no(at, visit) -> None:
    coordinator = visit(javascript=False, width=PHONE).enter_as(at.coordinator)
    coordinator.open("mentoring:run-list", council=at.council.slug_en)
    coordinator.button("Run matching").first.click()
    solve()
    coordinator.link("Reload to see how far it is").click()
    coordinator.page.get_by_role("link", name="Set aside").first.click()
    coordinator.button("Set aside").click()
    expect(coordinator.page.locator(".errorlist").first).to_be_visible()
    coordinator.page.fill("[name=reason]", "They are neighbours.")
    coordinator.button("Set aside").click()
    expect(coordinator.page.locator("main")).to_contain_text("1 pair set aside")
    coordinator.button("Run again with your decisions").click()
    solve()
    coordinator.link("Reload to see how far it is").click()
    coordinator.page.locator("summary", has_text="Publish and ask the mentors").click()
    coordinator.page.locator("details.ask[open] form button").first.click()
    expect(coordinator.page.locator(".messages")).to_contain_text("3 mentors are asked")

    with across():
        offer = Proposal.objects.select_related("mentor__person").filter(state="to_mentor").first()
    mentor = visit(javascript=False, width=PHONE).enter_as(offer.mentor.person)
    mentor.open("mentoring:offer-show", pk=offer.pk)
    mentor.link("No, it doesn't fit").click()
    mentor.page.fill("[name=reason]", "Not my field.")
    mentor.button("Decline").click()
    expect(mentor.page.locator("main")).to_contain_text("You declined this offer.")
