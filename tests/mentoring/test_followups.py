"""Follow-up: when it is due, how it is asked, answered once, refused for good, and what the results say."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from allies.kit.states import check_table
from councils.services.editing import Faulty
from mentoring.models import FollowUp
from mentoring.services import followups
from mentoring.states import FOLLOW_UP, FollowUpState, PairState
from tests.factories import mentoring as make

Wave = FollowUp.Wave
WORKS = {"work": "employed", "hours": 37, "in_field": True, "earnings": "40-60", "contacts": 6}


@pytest.fixture
def everywhere(db):
    with scope.across():
        yield


def ended(on, **facts):
    facts = {"state": PairState.COMPLETED, "started_on": on - timedelta(days=119), "planned_end_on": on} | facts
    return make.PairFactory(ended_on=on, **facts)


def asked(day, **facts):
    return make.FollowUpFactory(due_on=day, **facts)


def test_every_state_can_be_reached_and_ends() -> None:
    assert check_table(FOLLOW_UP, FollowUpState.SCHEDULED, FollowUpState.values) == []


@pytest.mark.parametrize(
    ("end", "due"),
    [
        (date(2026, 6, 30), [date(2026, 9, 30), date(2026, 12, 30), date(2027, 6, 30)]),
        # A leap day and the ends of short months.
        (date(2027, 8, 31), [date(2027, 11, 30), date(2028, 2, 29), date(2028, 8, 31)]),
        (date(2028, 2, 29), [date(2028, 5, 29), date(2028, 8, 29), date(2029, 2, 28)]),
        # The nights on which clocks are changed in Canada.
        (date(2026, 3, 8), [date(2026, 6, 8), date(2026, 9, 8), date(2027, 3, 8)]),
        (date(2026, 11, 1), [date(2027, 2, 1), date(2027, 5, 1), date(2027, 11, 1)]),
    ],
)
def test_it_is_due_three_six_and_twelve_months_after_the_end(everywhere, end, due) -> None:
    found = followups.windows(ended(end))
    assert [found[wave][0] for wave in (Wave.MONTH_3, Wave.MONTH_6, Wave.MONTH_12)] == due
    for wave, first, last in ((Wave.MONTH_3, 75, 120), (Wave.MONTH_6, 165, 210), (Wave.MONTH_12, 335, 400)):
        day, opens, closes = found[wave]
        assert (opens - end, closes - end) == (timedelta(days=first), timedelta(days=last))
        assert opens <= day <= closes


def test_what_is_missing_is_scheduled_once(everywhere) -> None:
    ended(date(2026, 6, 30))
    make.PairFactory(active=True)
    make.PairFactory()
    assert followups.schedule_missing() == 5
    assert followups.schedule_missing() == 0


def test_somebody_whose_account_is_closed_is_not_asked(everywhere) -> None:
    pair = ended(date(2026, 6, 30))
    pair.mentee_person.is_active = False
    pair.mentee_person.save()
    assert followups.schedule_missing() == 0


def test_a_letter_and_three_reminders_then_a_call_then_too_late(everywhere) -> None:
    follow_up = asked(date(2026, 9, 1))
    seen = []
    for day in range(32):
        followups.ask_due(date(2026, 9, 1) + timedelta(days=day))
        follow_up.refresh_from_db()
        if not seen or seen[-1][1:] != (follow_up.state, follow_up.asked):
            seen.append((day, follow_up.state, follow_up.asked))
    assert seen == [
        (0, "invited", 1),
        (7, "invited", 2),
        (14, "invited", 3),
        (21, "invited", 4),
        (28, "to_call", 4),
        (31, "lapsed", 4),
    ]
    assert Letter.objects.count() == 4


def test_asking_twice_on_a_day_sends_one_letter(everywhere) -> None:
    asked(date(2026, 9, 1))
    assert followups.ask_due(date(2026, 9, 1))["letters"] == 1
    assert followups.ask_due(date(2026, 9, 1))["letters"] == 0


def test_the_letter_speaks_the_persons_language_and_leads_to_the_questions(everywhere, client) -> None:
    follow_up = asked(timezone.localdate())
    follow_up.pair.mentee_person.language = "fr"
    follow_up.pair.mentee_person.save()
    followups.ask_due(timezone.localdate())
    path = Letter.objects.get().context["path"]
    assert path.startswith("/fr/suivi/")
    page = client.get(path)
    assert page.status_code == 200
    assert "Comment allez-vous" in page.text
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store, private", "same-origin")


def test_the_answers_are_kept_once_without_signing_in(everywhere, client) -> None:
    follow_up = asked(timezone.localdate())
    path = reverse("mentoring:follow-up", args=[followups.token_of(follow_up)])
    assert client.post(path, {**WORKS, "in_field": "yes"}).status_code == 302
    assert "Thank you" in client.get(path).text
    assert client.post(path, {**WORKS, "work": "looking"}).status_code == 200
    follow_up.refresh_from_db()
    kept = [getattr(follow_up, name) for name in followups.ANSWERS]
    assert (kept, follow_up.way, follow_up.answered_on) == ([*WORKS.values(), ""], "link", timezone.localdate())


def test_a_refused_form_keeps_what_was_chosen_and_says_what_is_missing(everywhere, client) -> None:
    path = reverse("mentoring:follow-up", args=[followups.token_of(asked(timezone.localdate()))])
    page = client.post(path, {"work": "employed", "contacts": "6"})
    assert page.status_code == 422
    assert "Write how many hours a week you work, about." in page.text
    assert 'value="6"' in page.text


def test_what_only_those_at_work_are_asked_is_not_kept_of_others(everywhere) -> None:
    follow_up = asked(timezone.localdate())
    followups.answer(follow_up, facts={**WORKS, "work": "studying"})
    assert (follow_up.hours, follow_up.in_field) == (None, None)
    with pytest.raises(Faulty) as refusal:
        followups.answer(asked(timezone.localdate()), facts={**WORKS, "in_field": None})
    assert set(refusal.value.errors) == {"in_field"}


def test_whether_it_is_the_same_employer_is_asked_of_those_at_work_from_six_months_on(everywhere, client) -> None:
    early, late, idle = (asked(timezone.localdate(), wave=wave) for wave in (Wave.MONTH_3, Wave.MONTH_6, Wave.MONTH_12))
    pages = [client.get(reverse("mentoring:follow-up", args=[followups.token_of(row)])) for row in (early, late, idle)]
    assert ["employer" in page.context["form"].fields for page in pages] == [False, True, True]
    assert "as 3 months ago?" in pages[1].text
    with pytest.raises(Faulty) as refusal:
        followups.answer(late, facts=WORKS)
    assert set(refusal.value.errors) == {"employer"}
    followups.answer(late, facts=WORKS | {"employer": "same"})
    followups.answer(idle, facts=WORKS | {"work": "looking", "employer": "same"})
    assert [(row.employer, row.version) for row in (late, idle)] == [("same", 2), ("", 2)]


@pytest.mark.parametrize("token", ["nonsense", "", "x:y:z"])
def test_a_link_that_is_not_ours_leads_nowhere(everywhere, client, token) -> None:
    follow_up = asked(timezone.localdate())
    good = followups.token_of(follow_up)
    for mark in (token or "a", good[:-1] + ("A" if good[-1] != "A" else "B")):
        assert client.get(f"/en/follow-up/{mark}/").status_code == 404


def test_whoever_wants_to_be_asked_no_more_is_not_asked_later_either(everywhere, client) -> None:
    pair = ended(date(2026, 6, 30))
    followups.schedule_missing()
    first = FollowUp.objects.get(pair=pair, wave=Wave.MONTH_3)
    path = reverse("mentoring:follow-up-refuse", args=[followups.token_of(first)])
    client.post(path)
    assert set(FollowUp.objects.filter(pair=pair).values_list("state", flat=True)) == {"refused"}
    assert client.post(path).status_code == 302
    assert "We ask you no more" in client.get(path.replace("no-more/", "")).text


def test_a_late_answer_counts_as_one_with_its_own_day(everywhere) -> None:
    follow_up = asked(date(2026, 1, 5), state=FollowUpState.LAPSED)
    followups.answer(follow_up, facts=WORKS)
    assert follow_up.answered_on == timezone.localdate() > follow_up.closes_on


def test_staff_write_down_what_was_said_on_the_phone(world) -> None:
    with scope.across():
        programme = make.ProgrammeFactory(council=world.halifax)
        pair = make.PairFactory(active=True, application__intake__programme=programme)
        follow_up = asked(timezone.localdate(), pair=pair, state=FollowUpState.TO_CALL)
        with pytest.raises(Denied):
            followups.answer(follow_up, facts=WORKS, by=world.people["rival"])
        followups.answer(follow_up, facts=WORKS, by=world.people["coordinator"])
        assert (follow_up.way, follow_up.recorded_by) == ("phone", world.people["coordinator"])
        assert audit.about(follow_up).first().action == "mentoring.follow_up_answered"


def test_only_who_was_to_be_called_can_be_out_of_reach(world) -> None:
    with scope.across():
        programme = make.ProgrammeFactory(council=world.halifax)
        pair = make.PairFactory(active=True, application__intake__programme=programme)
        follow_up = asked(timezone.localdate(), pair=pair)
        with pytest.raises(Refused, match="to be called"):
            followups.give_up(follow_up, by=world.people["coordinator"])
        follow_up.state = FollowUpState.TO_CALL
        follow_up.save()
        followups.give_up(follow_up, by=world.people["coordinator"])
        assert follow_up.state == FollowUpState.UNREACHABLE


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_pages_ask_the_same_number_of_queries_however_many(
    world, signed_in, count, django_assert_num_queries
) -> None:
    with scope.across():
        programme = make.ProgrammeFactory(council=world.halifax)
        for _number in range(count):
            pair = make.PairFactory(active=True, application__intake__programme=programme)
            asked(timezone.localdate(), pair=pair, state=FollowUpState.TO_CALL)
    coordinator = signed_in("coordinator")
    with translation.override("en"):
        path = reverse("mentoring:follow-up-list", args=["halifax"])
        with django_assert_num_queries(12):
            assert coordinator.get(path).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_networks_page_counts_each_programme_and_asks_no_more_for_many(
    world, signed_in, count, django_assert_num_queries
) -> None:
    with scope.across():
        for _number in range(count):
            programme = make.ProgrammeFactory(council=world.halifax)
            intake = make.IntakeFactory(programme=programme)
            make.ApplicationFactory(intake=intake, ready=True)
            make.PairFactory(active=True, application__intake=intake)
            make.MentorFactory(council=world.halifax, available=True, capacity=2)
    committee = signed_in("committee")
    committee.get("/en/network/")
    with django_assert_num_queries(20):
        page = committee.get("/en/network/mentoring/")
    with django_assert_num_queries(6):
        cities = committee.get("/en/network/mentoring/places/")
    assert [(row.ready, row.free, row.missing) for row in cities.context["cities"]] == [(2 * count, 2 * count, 0)]
    rows = page.context["programmes"]
    assert len(rows) == count
    assert {(row.ready, row.active, row.completed) for row in rows} == {(2, 1, 0)}
    assert {row.free for row in rows} == {2 * count}
