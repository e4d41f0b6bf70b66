"""Lists of mentees from a file, into an open intake: entered on the word of the partner who sends them."""

import pytest

from allies.kit import scope
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from councils.models import Membership
from councils.roles import Role
from mentoring.models import Application, EligibilityCheck
from mentoring.services import mentor_lists as lists
from mentoring.services.people_sheet import MENTEE_NEEDED, MENTEE_OPTIONAL, MENTOR_NEEDED, MENTOR_OPTIONAL, SAY
from mentoring.states import ApplicationState, IntakeState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.test_mentor_lists import ADA, HEAD, faults, file

pytestmark = pytest.mark.django_db


@pytest.fixture
def halifax(world):
    factories.OccupationFactory(code="21231")
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def coordinator(world):
    return world.people["coordinator"]


@pytest.fixture
def intake(halifax):
    programme = make.ProgrammeFactory(council=halifax)
    return make.IntakeFactory(programme=programme, state=IntakeState.OPEN)


@pytest.fixture
def look(halifax, coordinator):
    def at(*lines, intake=None, name="list.csv"):
        return lists.look_at_people(halifax, file(*lines, name=name), by=coordinator, intake=intake)

    return at


@pytest.fixture
def take(halifax, coordinator, look):
    def in_(*lines, intake=None):
        kept = look(*lines, intake=intake)
        plan = lists.plan_of(halifax, kept, by=coordinator, intake=intake)
        return lists.take_in(halifax, kept, seal=plan.seal, by=coordinator, intake=intake)

    return in_


MENTEE_HEAD = f"{HEAD},heard_from"
MENTEE = f"{ADA},Settlement Centre"


def test_the_partner_is_recognised_by_its_name_at_the_table(take, intake, coordinator, halifax) -> None:
    partner = factories.OrganisationFactory(council=halifax, name_fr="settlement centre", group="community")
    take(MENTEE_HEAD, MENTEE, intake=intake)
    application = Application.objects.get()
    assert (application.heard_by, application.heard_org) == ("community", partner)


def test_a_mentee_is_entered_as_eligible_on_the_partners_word(take, intake, coordinator) -> None:
    assert take(MENTEE_HEAD, MENTEE, intake=intake) == 1
    application = Application.objects.get()
    assert (application.state, application.heard_from) == (ApplicationState.ELIGIBLE, "Settlement Centre")
    assert application.submitted_at == application.eligible_at
    verdict = EligibilityCheck.objects.filter(application=application).order_by("-at").first()
    assert (verdict.verdict, verdict.overridden_by, verdict.override_reason) == (
        "pass",
        coordinator,
        "Settlement Centre",
    )
    with scope.across():
        assert Membership.objects.get(person=application.person).role == Role.MENTEE
    assert Letter.objects.get(template="mentoring/entered").context["partner"] == "Settlement Centre"


def test_a_mentee_whom_the_partner_interviewed_goes_on_to_orientation(take, intake) -> None:
    take(f"{MENTEE_HEAD},interviewed", f"{MENTEE},yes", intake=intake)
    application = Application.objects.get()
    assert application.state == ApplicationState.SCREENED
    assert application.screened_at is not None
    assert application.oriented_at is None


def test_answers_that_satisfy_the_rules_need_nobodys_word(take, intake) -> None:
    columns = "status,is_job_ready,employment,years,last_worked,has_time," + ",".join(Application.LEVELS)
    take(
        f"{MENTEE_HEAD},{columns}",
        f"{MENTEE},permanent,yes,unemployed,6,2025,oui,8,8,8,8",
        intake=intake,
    )
    check = EligibilityCheck.objects.get()
    assert (check.verdict, check.overridden_by) == ("pass", None)


def test_an_application_that_somebody_sent_is_left_as_it_stands(take, look, intake, halifax, coordinator) -> None:
    sent = make.ApplicationFactory(
        intake=intake, person=factories.UserFactory(email="ada@people.example"), submitted=True, years=2
    )
    kept = look(f"{MENTEE_HEAD},years", f"{MENTEE},9", intake=intake)
    plan = lists.plan_of(halifax, kept, by=coordinator, intake=intake)
    assert (plan.added, plan.changed, plan.same) == (0, 0, 1)
    assert lists.take_in(halifax, kept, seal=plan.seal, by=coordinator, intake=intake) == 0
    sent.refresh_from_db()
    assert sent.years == 2


def test_a_closed_intake_takes_nobody(look, intake) -> None:
    intake.state = IntakeState.CLOSED
    with pytest.raises(Refused, match="not open"):
        look(MENTEE_HEAD, MENTEE, intake=intake)


def test_who_sends_a_mentee_is_needed(look, intake) -> None:
    assert faults(look, MENTEE_HEAD, f"{ADA},", intake=intake) == {(2, "heard_from")}


def test_each_column_has_a_sentence_for_its_fault() -> None:
    known = {*MENTOR_NEEDED, *MENTOR_OPTIONAL, *MENTEE_NEEDED, *MENTEE_OPTIONAL}
    assert known == set(SAY)
