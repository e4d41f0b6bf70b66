"""Runs: asked for once, solved by the worker with the newest lease, written whole, and never lost."""

import pytest

from allies.kit.access import Denied
from allies.kit.models import Job, JobState
from allies.kit.refusals import Refused
from allies.kit.scope import across
from mentoring.models import Intake, MatchingRun, Proposal
from mentoring.services import findings, runs, solving
from mentoring.states import IntakeState, RunState
from mentoring.tasks.runs import solve_run
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.halls import hall, solved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def again(run):
    return MatchingRun.objects.get(pk=run.pk)


def test_a_run_is_solved_proven_and_explained() -> None:
    at = hall(mentees=4, mentors=3)
    run = solved(at)
    assert (run.state, run.matched, run.certificate["ok"]) == (RunState.SOLVED, 3, True)
    proposals = list(run.proposals.all())
    assert run.total == sum(proposal.score for proposal in proposals)
    assert run.worst == min(proposal.score for proposal in proposals)
    for proposal in proposals:
        assert proposal.score == sum(part["points"] for part in proposal.components.values())
        assert proposal.rank_for_mentee >= 1
        assert proposal.rank_for_mentor >= 1
    (left,) = run.findings["unmatched"]
    assert (left["allowed"], left["rivals"], left["places"]) == (3, 4, 3)
    assert run.findings["recruiting"][0]["people"] == 1


def test_asking_moves_the_intake_on_and_leaves_a_job_to_follow() -> None:
    at = hall()
    run = runs.ask(at.intake, by=at.coordinator)
    assert Intake.objects.get(pk=at.intake.pk).state == IntakeState.MATCHING
    assert (run.job.kind, run.job.owner, run.job.args) == ("mentoring.solve_run", at.coordinator, [str(run.pk)])


def test_asking_again_with_the_same_people_gives_the_same_run() -> None:
    at = hall()
    one, other = (runs.ask(at.intake, by=at.coordinator) for _ in range(2))
    assert one == other
    assert MatchingRun.objects.count() == Job.objects.count() == 1
    solving.solve(one.pk)
    assert runs.ask(at.intake, by=at.coordinator) == one


def test_asking_with_other_people_waits_for_a_run_under_way_and_overtakes_one_under_review() -> None:
    at = hall()
    run = runs.ask(at.intake, by=at.coordinator)
    make.ApplicationFactory(intake=at.intake, ready=True, occupation=at.mentees[0].occupation)
    with pytest.raises(Refused, match="under way"):
        runs.ask(at.intake, by=at.coordinator)
    solving.solve(run.pk)
    newer = runs.ask(at.intake, by=at.coordinator)
    assert newer != run
    assert again(run).state == RunState.SUPERSEDED


@pytest.mark.parametrize("state", [IntakeState.PLANNED, IntakeState.OPEN, IntakeState.FOLLOW_UP, IntakeState.ARCHIVED])
def test_an_intake_is_matched_once_it_is_closed_to_applications(state) -> None:
    at = hall()
    Intake.objects.filter(pk=at.intake.pk).update(state=state)
    with pytest.raises(Refused, match="Close the intake"):
        runs.ask(at.intake, by=at.coordinator)


def test_nothing_is_asked_where_one_side_is_empty() -> None:
    for sizes, why in (({"mentees": 0}, "Nobody is ready"), ({"mentors": 0}, "No mentor")):
        at = hall(**sizes)
        with pytest.raises(Refused, match=why):
            runs.ask(at.intake, by=at.coordinator)


def test_only_the_councils_staff_asks_and_cancels() -> None:
    at = hall()
    stranger = factories.UserFactory()
    with pytest.raises(Denied):
        runs.ask(at.intake, by=stranger)
    run = runs.ask(at.intake, by=at.coordinator)
    with pytest.raises(Denied):
        runs.cancel(run, by=stranger)


def test_the_task_leads_to_the_page_of_the_run_and_says_how_far_it_is() -> None:
    at = hall()
    run = runs.ask(at.intake, by=at.coordinator)
    solve_run(str(run.job.pk), str(run.pk))
    job = Job.objects.get(pk=run.job.pk)
    assert (job.state, job.done) == (JobState.DONE, job.total)
    assert job.result_url.endswith(f"/{run.pk}/")
    assert again(run).state == RunState.SOLVED


def test_every_stage_of_the_engine_is_told_in_words() -> None:
    at = hall()
    run, heard = runs.ask(at.intake, by=at.coordinator), []
    findings.find(solving.Frozen.of(run.snapshot), 1, heard.append)
    assert set(heard) <= set(solving.STAGES)
    assert heard == sorted(heard, key=list(solving.STAGES).index)


def test_a_group_programme_makes_groups_of_its_sizes() -> None:
    at = hall(mentees=9, mentors=2, capacity=6, kind="group")
    for mentor in at.mentors:
        mentor.kinds = ["group"]
        mentor.save()
    run = solved(at)
    sizes = sorted(Proposal.objects.filter(run=run, mentor=mentor).count() for mentor in at.mentors)
    assert (run.matched, sizes, run.certificate["ok"]) == (9, [4, 5], True)


def test_the_stored_pairs_are_proven_again_without_the_solver() -> None:
    run = solved(hall(mentees=4, mentors=4))
    pairs = {str(p.application_id): str(p.mentor_id) for p in run.proposals.all()}
    frozen = solving.Frozen.of(run.snapshot)
    assert findings.still_proven(frozen, int(run.seed), pairs, run.total)
    one, other = list(pairs)[:2]
    swapped = pairs | {one: pairs[other], other: pairs[one]}
    assert not findings.still_proven(frozen, int(run.seed), swapped, run.total)
    assert not findings.still_proven(frozen, int(run.seed), pairs, run.total + 1)
    del pairs[one]
    assert not findings.still_proven(frozen, int(run.seed), pairs, run.total)
