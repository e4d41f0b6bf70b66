"""Two clicks at the same moment: an application is begun once and sent once, and a control shows the race."""

import pytest

from allies.kit.models import Letter
from allies.kit.scope import across
from mentoring.models import Application, EligibilityCheck
from mentoring.services import applications as services
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.applying import days
from tests.races.racing import at_once, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft():
    with across():
        programme = make.ProgrammeFactory(is_published=True, council__is_published=True)
        intake = make.IntakeFactory(programme=programme, state="open", **days())
        return make.ApplicationFactory(intake=intake, place=factories.PlaceFactory())


def send(draft):
    with across():
        mine = Application.objects.select_related("intake__programme__council").get(pk=draft.pk)
        services.submit(mine, by=mine.person)


def test_a_double_click_sends_once(draft, monkeypatch) -> None:
    monkeypatch.setattr(services, "record_check", slowly(services.record_check))
    answers = at_once(lambda: send(draft), lambda: send(draft))
    assert sorted(answers) == ["This application has been sent already.", "done"]
    with across():
        assert EligibilityCheck.objects.count() == Letter.objects.count() == 1


def test_control_without_the_lock_and_the_guarded_move_it_is_sent_twice(draft, monkeypatch) -> None:
    def plain_move(instance, to, *, arrows, **columns):
        Application.objects.filter(pk=instance.pk).update(state=to, **columns)
        instance.state = to

    monkeypatch.setattr(services, "record_check", slowly(services.record_check))
    monkeypatch.setattr(services, "_own", lambda application, by: Application.objects.get(pk=application.pk))
    monkeypatch.setattr(services, "move", plain_move)
    assert at_once(lambda: send(draft), lambda: send(draft)) == ["done", "done"]
    with across():
        assert EligibilityCheck.objects.count() == 2


def test_two_windows_begin_one_application(draft) -> None:
    person = factories.UserFactory()

    def begin():
        with across():
            services.begin(draft.intake, by=person)

    assert at_once(begin, begin, begin) == ["done"] * 3
    with across():
        assert Application.objects.filter(person=person).count() == 1
