"""Rows written by COPY are those that `bulk_create` would write, whatever their cells hold, and rules hold."""

import gc
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from allies.kit.copying import copy_in
from allies.kit.memory import collecting_afterwards
from allies.kit.models import Letter
from tests import factories as make

# Postgres holds no NUL in a text.
TEXTS = st.text(st.characters(blacklist_characters="\x00", blacklist_categories=["Cs"]), max_size=40)
FACTS = st.dictionaries(TEXTS, st.one_of(st.none(), st.booleans(), st.integers(), TEXTS, st.lists(TEXTS, max_size=3)))


class TestCells(TestCase):
    @given(st.lists(st.tuples(TEXTS, FACTS, st.integers(0, 32767), st.booleans()), min_size=1, max_size=4))
    def test_what_is_copied_in_is_read_back(self, cells) -> None:
        Letter.objects.all().delete()
        now = timezone.now()
        rows = [
            {
                "template": f"kit/{number}",
                "to": "a@people.example",
                "language": "fr",
                "reason": reason,
                "context": context,
                "tries": tries,
                "state": Letter.State.SENT if sent else Letter.State.QUEUED,
                "sent_at": now if sent else None,
            }
            for number, (reason, context, tries, sent) in enumerate(cells)
        ]
        copy_in(Letter, rows)
        found = Letter.objects.order_by("template").values(*rows[0])
        assert list(found) == rows


@pytest.mark.django_db
def test_what_a_row_does_not_say_is_the_default() -> None:
    before, person = timezone.now(), make.UserFactory()
    facts = {"template": "kit/one", "to": "a@people.example", "language": "en"}
    copy_in(Letter, [facts, facts | {"person_id": person.pk}])
    other, one = Letter.objects.order_by("person")
    assert one.pk != other.pk
    assert (other.person, one.person, one.key, one.context, one.state) == (person, None, None, {}, "queued")
    assert before <= one.created_at <= before + timedelta(minutes=1)


@pytest.mark.django_db
def test_constraints_hold_and_nothing_is_written() -> None:
    facts = {"template": "kit/one", "to": "a@people.example", "language": "en"}
    with pytest.raises(IntegrityError, match="letter_state_is_known"), transaction.atomic():
        copy_in(Letter, [facts, facts | {"state": "lost"}])
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_a_column_that_is_not_there_is_an_error() -> None:
    with pytest.raises(OperationalError, match="ValueError Letter has no colour"), transaction.atomic():
        copy_in(Letter, [{"colour": "red"}])


def test_the_collector_waits_and_is_on_again_whatever_happens() -> None:
    assert gc.isenabled()
    with collecting_afterwards():
        with collecting_afterwards():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(KeyError), collecting_afterwards():
        raise KeyError
    assert gc.isenabled()
