"""A group, executives and two peers in both languages, from the coordinator's first click to what they share."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from allies.kit.scope import across
from mentoring import agreements
from mentoring.models import Application, Intake, MatchingRun, Mentor, Orientation, Pair, Programme, Proposal, Session
from mentoring.services import offers
from mentoring.states import IntakeState
from mentoring.tasks.runs import solve_run
from tests import factories
from tests.browser.conftest import Visit
from tests.browser.doing import said
from tests.factories import mentoring as make
from tests.mentoring.applying import days
from tests.mentoring.halls import occupations, solved
from tests.mentoring.kinds import ready_hall
from tests.world import World

PHONE, DESK = 360, 1280
LOGGED = {
    "en": "The meeting is logged for 3 mentees, each of whom confirms it.",
    "fr": "La rencontre est inscrite pour 3 personnes mentorées, et chacune la confirme.",
}
PRICE = {"en": "Choosing this instead costs at least", "fr": "Ce choix coûterait au moins"}
AS_EQUALS = {"en": "We meet as equals", "fr": "d'égal à égal"}
ALONE = {
    "en": "The coordinator orients you one to one before",
    "fr": "La coordination vous accueille individuellement avant",
}
in_both_languages = pytest.mark.parametrize("language", ["en", "fr"])


def set_up(visit: Visit, world: World, kind: str) -> Programme:
    """Add a programme of a kind, with its network's modules, as the coordinator does."""
    page = visit.open("mentoring:coordinate-programme-add", council=world.halifax.slug_en)
    page.locator("[name=kind]").select_option(kind)
    for language, words in (("en", "Bridges"), ("fr", "Passerelles")):
        page.locator(f"[name=name_{language}]").fill(words)
        page.locator(f"[name=summary_{language}]").fill(words)
    visit.button("Add as a draft").click()
    said(visit, "The programme is added as a draft. Write its eligibility rules next.")
    expect(page.locator("[aria-labelledby=modules] ol li")).to_have_count(8)
    visit.assert_sound(PHONE, DESK)
    with across():
        return Programme.objects.get(name_en="Bridges")


def people_for(programme: Programme, *, mentees: int, places: int) -> tuple[list[Any], Any]:
    """Let as many be ready as the test needs, and one mentor with room for them."""
    with across():
        code = occupations()[0]
        intake = make.IntakeFactory(programme=programme, state=IntakeState.CLOSED)
        ready = [
            make.ApplicationFactory(intake=intake, ready=True, occupation=code, person__name=f"Ana Person {number}")
            for number in range(mentees)
        ]
        mentor = make.MentorFactory(
            council=programme.council, available=True, kinds=[programme.kind], capacity=places, occupation=code
        )
    return ready, mentor


def run_and_publish(visit: Visit, world: World, *widths: int) -> None:
    """Run matching, see what was found, and publish it; look closely at each of the widths."""
    page = visit.open("mentoring:run-list", council=world.halifax.slug_en)
    if widths:
        visit.assert_sound(*widths)
    visit.button("Run matching").first.click()
    with across():
        run = MatchingRun.objects.get(state="queued")
        solve_run(str(run.job_id), str(run.pk))
    visit.open("mentoring:run-show", council=world.halifax.slug_en, pk=run.pk)
    if widths:
        visit.assert_sound(*widths)
    page.locator("summary", has_text=visit.say("Publish and ask the mentors")).click()
    page.locator("dialog[open] form button:not([type=button])").click()
    expect(page.locator(".messages")).to_be_visible()
    if widths:
        visit.assert_sound(*widths)


def sign(visit: Visit, pair: Pair, words: str = "You have signed the agreement.") -> None:
    """Sign the agreement of a pair."""
    visit.open("mentoring:pair-show", pk=pair.pk)
    visit.field("I have read this and I agree").check()
    visit.button("Sign").click()
    said(visit, words)


@in_both_languages
def test_a_group_is_set_up_matched_accepted_once_and_meets(visit, world, language) -> None:
    coordinator = visit(language=language).enter_as(world.people["coordinator"])
    programme = set_up(coordinator, world, "group")
    coordinator.page.locator("[aria-labelledby=modules] a.button").click()
    coordinator.assert_sound(PHONE, DESK)
    ready, guide = people_for(programme, mentees=4, places=6)
    run_and_publish(coordinator, world, PHONE, DESK)
    coordinator.page.get_by_role("link", name=coordinator.say("Open the group")).click()
    expect(coordinator.page.locator("main .lede")).to_contain_text(
        coordinator.say("%(mentor)s answers once for the whole group. Then each mentee is asked.", mentor=guide.person)
    )
    coordinator.assert_sound(PHONE, DESK)

    mentor = visit(language=language, width=PHONE).enter_as(guide.person)
    mentor.open("mentoring:my-mentor", pk=guide.pk)
    mentor.page.locator("main .card a.button").first.click()
    expect(mentor.page.get_by_role("heading", level=1)).to_have_text(mentor.say("Would you mentor this group?"))
    expect(mentor.page.locator("main article.card")).to_have_count(4)
    mentor.assert_sound(PHONE, DESK)
    mentor.button("Yes, I would like to mentor them").click()
    so_far = "You said yes. So far %(yes)s said yes, %(asked)s still asked: you begin with %(least)s."
    expect(mentor.page.locator("main .note")).to_contain_text(mentor.say(so_far, yes=0, asked=4, least=4))

    mentees = []
    for application in ready[2:]:
        with across():
            offer = Proposal.objects.select_related("mentor__person").get(application=application)
            offers.accept(offer, by=application.person)
    for application in ready[:2]:
        mentee = visit(language=language, width=PHONE).enter_as(application.person)
        mentee.open("mentoring:my-mentoring")
        mentee.link("See the offer and answer").click()
        if not mentees:
            mentee.assert_sound(PHONE, DESK)
        mentee.button("Yes, I would like that").click()
        said(mentee, "Thank you. We write to you as soon as the group can begin.")
        mentees.append(mentee)
    mentees[0].open("mentoring:my-mentoring")
    expect(mentees[0].page.locator("main")).to_contain_text(mentor.say("Your group is under way"))
    with across():
        pairs = list(Pair.objects.filter(state="active").order_by("mentee_person__name"))
        assert len(pairs) == 4
        Pair.objects.update(started_on="2026-03-02", planned_end_on="2026-12-31")
    sign(mentor, pairs[0], "You have signed the agreement for your whole group.")
    for mentee, pair in zip(mentees, pairs, strict=False):
        sign(mentee, pair)

    page = mentor.open("mentoring:my-mentor", pk=guide.pk)
    mentor.assert_sound(PHONE, DESK)
    mentor.link("Log a meeting of the group").click()
    page.locator("[name=day]").fill("2026-04-02")
    page.locator("[name=present]").nth(3).uncheck()
    mentor.assert_sound(PHONE, DESK)
    mentor.button("Log the meeting").click()
    expect(page.locator(".messages")).to_contain_text(LOGGED[language])
    with across():
        assert Session.objects.count() == 3
    page.locator("#modules ~ ol button").first.click()
    said(mentor, "Ticked off for your whole group.")
    mentor.assert_sound(PHONE, DESK)

    page = mentees[0].open("mentoring:pair-show", pk=pairs[0].pk)
    mentees[0].page.locator("#to-answer button").first.click()
    said(mentees[0], "The meeting is confirmed.")
    expect(page.locator(".budget .paid b")).to_have_text(re.compile(r"1\sh"))
    expect(page.locator("button.tick[aria-pressed=true]")).to_have_count(1)
    mentees[0].assert_sound(PHONE, DESK)


def write_the_weights(visit: Visit) -> None:
    """Look at what usually counts for executives, ask for more of it, and write that down for the next run."""
    page = visit.page
    visit.link("Write the weights").click()
    for name, weight in (("occupation", "medium"), ("industry", "high"), ("seniority", "high")):
        expect(page.locator(f"[name={name}]")).to_have_value(weight)
    page.locator("[name=seniority]").select_option("must")
    visit.assert_sound(PHONE, DESK)
    visit.button("Write this version").click()
    said(visit, "The weights are written. The next calculation uses them.")
    expect(page.locator("[aria-labelledby=weights] dl")).to_contain_text(visit.say("Must"))


def orient_alone(visit: Visit, world: World, application: Any) -> None:
    """Find in the worklist whom the coordinator has to talk to, and record the talk."""
    page = visit.open("mentoring:application-list", council=world.halifax.slug_en)
    page.locator("[name=waits]").select_option("one_to_one")
    visit.link(application.person.name).click()
    visit.link("Orientation one to one").click()
    visit.assert_sound(PHONE, DESK)
    visit.field("What you talked about").fill("An hour at the club.")
    visit.button("Record the orientation").click()
    said(visit, "The orientation is recorded.")


@in_both_languages
def test_an_executive_is_oriented_alone_and_introduced_to_somebody_above(visit, world, language) -> None:
    coordinator = visit(language=language).enter_as(world.people["coordinator"])
    programme = set_up(coordinator, world, "executive")
    write_the_weights(coordinator)
    # The mentor of the same occupation stands below, and the other manager mentors in other ways.
    (waiting,), _below = people_for(programme, mentees=1, places=1)
    with across():
        Application.objects.update(state="screened", oriented_at=None, ready_at=None, years=20)
        Intake.objects.update(**days())
        management, top = factories.OccupationGroupFactory(code="0"), factories.TeerFactory(code=0)
        manager = factories.OccupationFactory(code="00012", group=management, teer=top)
        facts = {"council": programme.council, "available": True, "occupation": manager, "years": 20}
        above = make.MentorFactory(kinds=["executive"], **facts)
        make.MentorFactory(kinds=["one_to_one", "group"], **facts)
    mentee = visit(language=language, width=PHONE).enter_as(waiting.person)
    page = mentee.open("mentoring:my-mentoring")
    expect(page.locator(".next")).to_contain_text(ALONE[language])
    expect(mentee.link("Choose a session")).to_have_count(0)
    mentee.assert_sound(PHONE, DESK)
    orient_alone(coordinator, world, waiting)
    run_and_publish(coordinator, world)
    with across():
        alone = Orientation.objects.get()
        offer = Proposal.objects.get()
        assert (alone.session, alone.came, alone.note) == (None, True, "An hour at the club.")
        assert offer.run.policy.weights["seniority"] == "must"
        assert offer.mentor == above
    mentor = visit(language=language, width=PHONE).enter_as(above.person)
    mentor.open("mentoring:my-mentor", pk=above.pk)
    mentor.page.locator("main .card a.button").first.click()
    expect(mentor.page.get_by_role("heading", level=1)).to_have_text(mentor.say("Would you mentor this person?"))
    mentor.button("Yes, I would like that").click()
    page.reload()
    mentee.link("See the offer and answer").click()
    mentee.button("Yes, I would like that").click()
    said(mentee, "You have a mentor. Look at the page of your mentorship for what comes next.")
    with across():
        pair = Pair.objects.get(state="active")
    for person in (mentor, mentee):
        sign(person, pair)
    expect(page.locator("main aside")).to_contain_text(mentee.say("Your mentor"))
    with across():
        pair.refresh_from_db()
        assert (pair.mentor_person, pair.agreement_version) == (above.person, agreements.current("executive"))
        assert None not in (pair.mentee_signed_at, pair.mentor_signed_at)


@in_both_languages
def test_two_peers_meet_as_equals(visit, world, language) -> None:
    coordinator = visit(language=language).enter_as(world.people["coordinator"])
    programme = set_up(coordinator, world, "peer")
    (waiting,), peer = people_for(programme, mentees=1, places=1)
    run_and_publish(coordinator, world)
    with across():
        offer = Proposal.objects.get(application=waiting)
    one = visit(language=language, width=PHONE).enter_as(peer.person)
    one.open("mentoring:offer-show", pk=offer.pk)
    expect(one.page.get_by_role("heading", level=1)).to_have_text(one.say("Would you like to work with this peer?"))
    one.assert_sound(PHONE, DESK)
    one.button("Yes, I would like that").click()
    other = visit(language=language, width=PHONE).enter_as(waiting.person)
    other.open("mentoring:my-mentoring")
    expect(other.page.locator("main")).to_contain_text(other.say("A peer waits for your answer"))
    other.link("See the offer and answer").click()
    other.button("Yes, I would like that").click()
    said(other, "The two of you can begin. Look at your common page for what comes next.")
    with across():
        pair = Pair.objects.get(state="active")
        assert Mentor.objects.get(pk=peer.pk).active_load == 1
    for person in (one, other):
        sign(person, pair)
        expect(person.page.locator("main aside")).to_contain_text(person.say("Your peer"))
        expect(person.page.locator("main .agreement")).to_contain_text(AS_EQUALS[language])
        expect(person.page.locator("main")).not_to_contain_text(person.say("Your mentor"))
    other.assert_sound(PHONE, DESK)


@in_both_languages
def test_the_cards_of_two_groups_name_the_other_group_and_its_price(visit, world, language) -> None:
    with across():
        at = ready_hall("group", mentees=10, mentors=2, capacity=6, council=world.halifax)
        run = solved(at)
    coordinator = visit(language=language).enter_as(world.people["coordinator"])
    page = coordinator.open("mentoring:run-show", council=world.halifax.slug_en, pk=run.pk)
    other = coordinator.say("Other mentors, and what they would cost")
    expect(page.locator("summary", has_text=other)).to_have_count(10)
    priced = page.locator("details", has_text=PRICE[language]).first
    priced.locator("summary").click()
    expect(priced.get_by_text(PRICE[language])).to_be_visible()
    coordinator.assert_sound(PHONE, DESK)
