"""OR-Tools, where it is installed, changes how fast a result comes, not which."""

import pytest
from hypothesis import given, settings

from mentoring.matching import Policy, match, match_scores
from tests.mentoring.matching.brute import problems
from tests.mentoring.matching.invented import Crowd

flow = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def _ortools():
    pytest.importorskip("ortools", reason="OR-Tools is an extra")


@flow
@pytest.mark.usefixtures("_ortools")
@settings(max_examples=150, deadline=None)
@given(problems())
def test_the_result_is_the_same_as_with_scipy(brute):
    one, other = (
        match_scores(brute.score_list, brute.capacities, 1, backend=backend) for backend in ("scipy", "ortools")
    )

    assert one.pairs == other.pairs
    assert one.certificate == other.certificate


@flow
@pytest.mark.usefixtures("_ortools")
def test_people_are_matched_the_same():
    crowd = Crowd(3, councils=2)
    mentees, mentors = crowd.mentees(300), crowd.mentors(150)

    results = [match(mentees, mentors, policy=Policy(), backend=backend) for backend in ("scipy", "ortools")]

    assert results[0].csv() == results[1].csv()


def test_an_unknown_solver_is_refused():
    crowd = Crowd(1)

    with pytest.raises(ValueError, match="there is no solver called gurobi"):
        match(crowd.mentees(1), crowd.mentors(1), policy=Policy(), backend="gurobi")
