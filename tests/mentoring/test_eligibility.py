"""The six rules: a table of cases, what holds for all answers, and the judging of an application."""

from dataclasses import replace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from allies.kit.scope import across
from mentoring import eligibility
from mentoring.eligibility import Answers, Rules, Verdict, judge, overall
from mentoring.models import EligibilityCheck, EligibilityRules, Employment, ResidenceStatus
from mentoring.services.eligibility import judged, override_eligibility, record_check
from mentoring.states import ApplicationState
from tests.factories import mentoring as make

YEAR = 2026
RULES = Rules(statuses=("citizen", "permanent"))
GOOD = Answers(
    status="permanent",
    is_job_ready=True,
    employment="unemployed",
    years=6,
    last_worked=2024,
    levels=(8, 8, 8, 7),
    has_time=True,
)
CASES = [
    # rule, what is different, verdict
    ("status", {"status": "citizen"}, "pass"),
    ("status", {"status": ""}, "unknown"),
    ("status", {"status": "other"}, "unknown"),
    ("status", {"status": "work_permit"}, "fail"),
    ("status", {"status": "claimant"}, "fail"),
    ("ready", {"is_job_ready": False}, "fail"),
    ("ready", {"is_job_ready": None}, "unknown"),
    ("employment", {"employment": "survival"}, "pass"),
    ("employment", {"employment": "below"}, "pass"),
    ("employment", {"employment": "in_field"}, "fail"),
    ("employment", {"employment": ""}, "unknown"),
    ("experience", {"years": 3}, "pass"),
    ("experience", {"years": 2}, "fail"),
    ("experience", {"years": None}, "unknown"),
    ("experience", {"last_worked": 2021}, "pass"),
    ("experience", {"last_worked": 2020}, "fail"),
    ("experience", {"last_worked": None}, "unknown"),
    ("experience", {"years": 2, "last_worked": None}, "fail"),
    ("experience", {"years": None, "last_worked": 2000}, "fail"),
    ("language", {"levels": (7, 7, 7, 7)}, "pass"),
    ("language", {"levels": (7,)}, "pass"),
    ("language", {"levels": (12, 12, 12, 6)}, "fail"),
    ("language", {"levels": (8, 8, None, 8)}, "unknown"),
    ("language", {"levels": (6, None, None, None)}, "fail"),
    ("language", {"levels": (None,)}, "unknown"),
    ("language", {"levels": ()}, "unknown"),
    ("time", {"has_time": False}, "fail"),
    ("time", {"has_time": None}, "unknown"),
]


def verdict_of(rule, answers, rules=RULES):
    return next(finding for finding in judge(answers, rules, year=YEAR) if finding.rule == rule)


@pytest.mark.parametrize(("rule", "changes", "verdict"), CASES)
def test_each_rule_judges_its_own_answer_and_no_other(rule, changes, verdict) -> None:
    findings = judge(replace(GOOD, **changes), RULES, year=YEAR)
    assert {f.rule: str(f.verdict) for f in findings} == {**dict.fromkeys(eligibility.LABELS, "pass"), rule: verdict}
    assert overall(findings) == verdict


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("rule", "changes", "verdict"), CASES)
def test_whoever_does_not_pass_reads_why_and_what_would_change_it(rule, changes, verdict, language) -> None:
    with override("en"):
        english = verdict_of(rule, replace(GOOD, **changes))
    with override(language):
        found = verdict_of(rule, replace(GOOD, **changes))
    assert found.reason
    assert bool(found.change) == (verdict != "pass")
    assert "%(" not in found.reason + found.change
    if language == "fr":
        assert found.reason != english.reason


def test_a_programme_may_ask_for_something_else() -> None:
    open_to_all = replace(RULES, statuses=("work_permit",), least_years=1, least_level=5, recent_years=30)
    answers = replace(GOOD, status="work_permit", years=1, last_worked=1999, levels=(5,))
    assert overall(judge(answers, open_to_all, year=YEAR)) == Verdict.PASS
    assert overall(judge(GOOD, open_to_all, year=YEAR)) == Verdict.FAIL


def test_a_failed_rule_outweighs_an_open_one() -> None:
    assert overall(judge(replace(GOOD, has_time=False, status=""), RULES, year=YEAR)) == Verdict.FAIL
    assert overall(judge(Answers(), RULES, year=YEAR)) == Verdict.UNKNOWN
    assert overall([]) == Verdict.PASS


def test_the_rules_know_every_answer_that_can_be_chosen() -> None:
    assert {*eligibility.NOT_IN_FIELD, eligibility.IN_FIELD} == set(Employment.values)
    assert eligibility.UNCLEAR_STATUS in ResidenceStatus.values


def test_french_mentoring_is_measured_on_the_french_scale() -> None:
    assert replace(RULES, language="fr").benchmark == "NCLC 7"
    assert RULES.benchmark == "CLB 7"


maybe = st.none() | st.integers(-5, 100)
answers_of_anybody = st.builds(
    Answers,
    status=st.text(max_size=12) | st.sampled_from(ResidenceStatus.values),
    is_job_ready=st.none() | st.booleans(),
    employment=st.text(max_size=10) | st.sampled_from(Employment.values),
    years=maybe,
    last_worked=st.none() | st.integers(1900, 2100),
    levels=st.lists(maybe, max_size=4).map(tuple),
    has_time=st.none() | st.booleans(),
)
any_rules = st.builds(
    Rules,
    statuses=st.lists(st.sampled_from(ResidenceStatus.values), min_size=1).map(tuple),
    least_years=st.integers(0, 40),
    recent_years=st.integers(0, 40),
    least_level=st.integers(1, 12),
    language=st.sampled_from(["en", "fr"]),
)


@given(answers_of_anybody, any_rules, st.integers(1990, 2100))
def test_judging_never_fails_and_each_rule_answers_once(answers, rules, year) -> None:
    findings = judge(answers, rules, year=year)
    assert [finding.rule for finding in findings] == list(eligibility.LABELS)
    assert all(finding.reason for finding in findings)
    assert overall(findings) in Verdict


@given(answers_of_anybody, any_rules, st.integers(0, 40), st.integers(0, 5))
def test_more_of_anything_never_turns_a_pass_into_less(answers, rules, years, levels) -> None:
    more = replace(
        answers,
        years=None if answers.years is None else answers.years + years,
        last_worked=None if answers.last_worked is None else answers.last_worked + years,
        levels=tuple(level if level is None else level + levels for level in answers.levels),
    )
    before = {f.rule: f.verdict for f in judge(answers, rules, year=YEAR)}
    after = {f.rule: f.verdict for f in judge(more, rules, year=YEAR)}
    assert all(after[rule] == Verdict.PASS for rule, verdict in before.items() if verdict == Verdict.PASS)


# ------------------------------------------------------------------ on record


@pytest.fixture
def application(db):
    with across():
        yield make.ApplicationFactory()


@pytest.fixture
def coordinator(application):
    from tests.factories import MembershipFactory

    return MembershipFactory(council=application.intake.programme.council).person


def test_a_check_keeps_the_verdicts_and_the_newest_rules(application) -> None:
    programme = application.intake.programme
    make.EligibilityRulesFactory(programme=programme, version=1)
    newest = make.EligibilityRulesFactory(programme=programme, version=2, least_years=10)
    check = record_check(application)
    assert (check.rules, check.verdict, check.verdicts["experience"]) == (newest, "fail", "fail")
    assert check.verdicts["language"] == "pass"


def test_a_programme_without_rules_gets_the_networks_as_its_first(application) -> None:
    assert {str(finding.verdict) for finding in judged(application)} == {"pass"}
    assert not EligibilityRules.objects.exists()
    check = record_check(application)
    assert (check.rules.version, check.rules.programme) == (1, application.intake.programme)
    assert record_check(application).rules == check.rules


@pytest.mark.parametrize(
    ("before", "verdict", "after"),
    [
        (ApplicationState.NEEDS_EVIDENCE, "pass", ApplicationState.ELIGIBLE),
        (ApplicationState.NEEDS_EVIDENCE, "fail", ApplicationState.INELIGIBLE),
        (ApplicationState.INELIGIBLE, "pass", ApplicationState.ELIGIBLE),
    ],
)
def test_a_coordinator_decides_in_place_of_the_rules(application, coordinator, before, verdict, after) -> None:
    application = make.ApplicationFactory(intake=application.intake, state=before, submitted_at=make.NOW, languages={})
    check = override_eligibility(application, verdict, " Twenty years as a nurse. ", by=coordinator)
    application.refresh_from_db()
    assert (application.state, check.overridden_by) == (after, coordinator)
    assert check.override_reason == application.decision_note == "Twenty years as a nurse."
    assert bool(application.eligible_at) == (verdict == "pass")
    # Somebody who may be matched has at least the language of the mentoring.
    assert application.languages == ({"en": 7} if verdict == "pass" else {})
    assert Letter.objects.get(person=application.person).template == "mentoring/decided"


def test_a_decision_has_a_reason_a_direction_and_a_person_who_may(application, coordinator) -> None:
    waiting = make.ApplicationFactory(state=ApplicationState.NEEDS_EVIDENCE, submitted_at=make.NOW)
    with pytest.raises(Denied):
        override_eligibility(waiting, "pass", "Because.", by=coordinator)
    mine = make.ApplicationFactory(
        intake=application.intake, state=ApplicationState.NEEDS_EVIDENCE, submitted_at=make.NOW
    )
    for verdict, reason in (("pass", "  "), ("unknown", "Because."), ("", "Because.")):
        with pytest.raises(Refused):
            override_eligibility(mine, verdict, reason, by=coordinator)
    with pytest.raises(Refused):
        override_eligibility(application, "pass", "A draft has not been sent.", by=coordinator)
    assert not EligibilityCheck.objects.exists()
