"""Signing up for an event: one place for one address, in time, while there are any; who came, told in numbers."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from allies.kit import audit, mail, privacy, retention, scope
from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from councils.models import Event, Registration
from councils.queries import registrations as queries
from councils.services import events, registrations
from councils.services.editing import Faulty, fingerprints
from tests import factories as make
from tests.factories.events import RegistrationFactory, SignUpEventFactory

State, Standing = Registration.State, queries.Standing
FACTS = {"name": "Amina Okoye", "email": "amina@people.example", "role": "newcomer", "organisation": ""}


@pytest.fixture(autouse=True)
def everywhere(db):
    """Look across the councils, as the public pages do."""
    with scope.across():
        yield


@pytest.fixture
def event(halifax):
    return SignUpEventFactory(council=halifax, signing_up=True, places=2)


@pytest.fixture
def over(halifax):
    return SignUpEventFactory(council=halifax, over=True)


@pytest.fixture
def staff(halifax):
    return make.MembershipFactory(council=halifax).person


def sign_up(event, language="en", by=None, **facts):
    registrations.sign_up(event, facts=FACTS | facts, language=language, by=by)


# ---------------------------------------------------------------- signing up


def test_who_signs_up_has_a_place_and_a_letter_with_the_address_a_calendar_and_a_link_back(event) -> None:
    sign_up(event, language="fr")
    (found,) = Registration.objects.all()
    assert (found.name, found.state, found.language, found.person) == ("Amina Okoye", "signed_up", "fr", None)
    letter = Letter.objects.get()
    mail.deliver(letter.pk)
    body = outbox.outbox[-1].body
    assert letter.to == "amina@people.example"
    assert "12, rue du Havre" in body
    assert letter.context["path"] in body
    assert letter.context["calendar"] in body
    assert "Amina" not in body
    entry = audit.about(found).get()
    assert (entry.action, entry.actor, entry.tenant_id) == ("councils.event_signed_up", None, event.council_id)


def test_the_same_address_twice_is_one_place_and_changes_nothing_that_stands_there(event) -> None:
    sign_up(event)
    sign_up(event, email="AMINA@people.example", name="Somebody else", role="employer")
    found = Registration.objects.get()
    assert (found.name, found.role) == ("Amina Okoye", "newcomer")
    assert [letter.to for letter in Letter.objects.all()] == ["amina@people.example"] * 2
    assert audit.about(found).count() == 1


def test_an_account_is_noted_for_its_own_verified_address_only(event) -> None:
    person = make.UserFactory(email="amina@people.example")
    sign_up(event, by=person)
    assert Registration.objects.get().person is None
    Registration.objects.all().delete()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    sign_up(event, by=person)
    assert Registration.objects.get().person == person


def test_no_more_than_there_are_places_whether_the_address_is_known_or_not(event) -> None:
    sign_up(event)
    sign_up(event, email="second@people.example")
    for address in ("third@people.example", "amina@people.example"):
        with pytest.raises(Refused, match="Every place is taken"):
            sign_up(event, email=address)
    assert Letter.objects.count() == 2


def test_a_place_given_back_is_free_and_may_be_taken_again(event) -> None:
    Event.objects.filter(pk=event.pk).update(places=1)
    sign_up(event)
    first = Registration.objects.get()
    registrations.withdraw(first)
    registrations.withdraw(first)
    assert [entry.action for entry in audit.about(first)] == ["councils.event_withdrawn", "councils.event_signed_up"]
    sign_up(event, email="second@people.example")
    with pytest.raises(Refused, match="Every place is taken"):
        sign_up(event)
    registrations.withdraw(Registration.objects.get(email="second@people.example"))
    sign_up(event, name="Amina O.", role="mentor")
    first.refresh_from_db()
    assert (first.state, first.withdrawn_at, first.name, first.role) == ("signed_up", None, "Amina O.", "mentor")


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({}, Standing.OPEN),
        ({"places": 1}, Standing.FULL),
        ({"takes_signups": False}, Standing.ELSEWHERE),
        ({"signup_until": timedelta(days=-1)}, Standing.OVER),
        ({"signup_until": timedelta(0)}, Standing.OPEN),
        ({"starts_on": timedelta(0)}, Standing.BEGUN),
        ({"starts_on": timedelta(0), "starts_at": timedelta(hours=1)}, Standing.OPEN),
        ({"starts_at": timedelta(minutes=-1)}, Standing.BEGUN),
    ],
)
def test_an_event_is_open_full_or_closed(event, facts, standing) -> None:
    now = timezone.localtime(timezone=queries.zone_of(event))
    for name, value in facts.items():
        if isinstance(value, timedelta):
            facts = facts | {name: now + value if name == "starts_at" else now.date() + value}
    Event.objects.filter(pk=event.pk).update(**facts)
    RegistrationFactory(event=event)
    event.refresh_from_db()
    assert queries.standing_of(event) == standing
    if standing in (Standing.OVER, Standing.BEGUN, Standing.ELSEWHERE):
        with pytest.raises(registrations.Closed, match=registrations.why_closed(standing)):
            sign_up(event)
        assert Registration.objects.count() == 1


def test_nobody_withdraws_once_the_event_has_begun(over) -> None:
    found = RegistrationFactory(event=over)
    with pytest.raises(registrations.Closed):
        registrations.withdraw(found)
    found.refresh_from_db()
    assert found.state == State.SIGNED_UP


def test_a_link_that_is_not_ours_names_nobody(event) -> None:
    found = RegistrationFactory(event=event)
    token = registrations.token_of(found)
    assert registrations.named_by(token) == found
    assert registrations.named_by(token[:-1] + ("a" if token[-1] != "a" else "b")) is None


# ---------------------------------------------------------------- the event itself


def test_hours_and_hosts_are_written_with_the_event_and_places_are_not_taken_back(event, staff) -> None:
    bank = make.OrganisationFactory(council=event.council)
    seen = fingerprints(event, events.FIELDS)
    assert events.edit_event(event, facts={"hosts": [bank]}, seen=seen, by=staff) == ["hosts"]
    assert list(event.hosts.all()) == [bank]
    sign_up(event)
    sign_up(event, email="second@people.example")
    with pytest.raises(Faulty) as caught:
        events.edit_event(event, facts={"places": 1}, seen=seen, by=staff)
    assert set(caught.value.errors) == {"places"}


def test_who_has_a_place_is_written_to_when_the_event_moves_and_not_for_another_word(event, over, staff) -> None:
    RegistrationFactory(event=event, state=State.WITHDRAWN, withdrawn_at=timezone.now())
    there = RegistrationFactory(event=event, language="fr")
    RegistrationFactory(event=over)
    for one in (event, over):
        for facts in ({"summary_en": "Other words."}, {"where_en": "Upstairs", "where_fr": "En haut"}):
            seen = fingerprints(Event.objects.get(pk=one.pk), events.FIELDS)
            events.edit_event(one, facts=facts, seen=seen, by=staff)
    letter = Letter.objects.get()
    assert (letter.to, letter.language, letter.context["where"]) == (there.email, "fr", "En haut")
    assert letter.context["changed"]


def test_who_has_a_place_hears_that_an_event_is_off_and_on_again_and_nobody_signs_up_meanwhile(event, staff) -> None:
    coming, gone = RegistrationFactory(event=event, language="fr"), RegistrationFactory(event=event)
    registrations.withdraw(gone)
    events.unpublish_event(event, by=staff)
    letter = Letter.objects.get()
    mail.deliver(letter.pk)
    sent = outbox.outbox[-1]
    assert (letter.to, sent.subject) == (coming.email, f"N’a pas lieu : {event.title_fr}")
    assert "de ne pas vous déplacer" in sent.body
    event.refresh_from_db()
    events.edit_event(event, facts={"where_en": "Elsewhere"}, seen=fingerprints(event, events.FIELDS), by=staff)
    with pytest.raises(registrations.Closed, match="taken this event off its page"):
        sign_up(event)
    assert Letter.objects.count() == 1
    events.publish_event(event, by=staff)
    again = Letter.objects.exclude(pk=letter.pk).get()
    mail.deliver(again.pk)
    sent = outbox.outbox[-1]
    assert (again.to, sent.subject) == (coming.email, f"A lieu malgré tout : {event.title_fr}")
    assert "votre place vous est gardée" in sent.body


def test_an_event_that_is_over_is_taken_off_without_a_letter(over, staff) -> None:
    Event.objects.filter(pk=over.pk).update(is_published=True)
    RegistrationFactory(event=over)
    events.unpublish_event(over, by=staff)
    assert not Letter.objects.exists()


def test_staff_give_back_the_place_of_who_asks_them_to_and_a_letter_says_so(event, staff, halifax) -> None:
    found = RegistrationFactory(event=event)
    for stranger in (make.MembershipFactory().person, make.UserFactory()):
        with pytest.raises(Denied):
            registrations.withdraw(found, by=stranger)
    registrations.withdraw(found, by=staff)
    registrations.withdraw(found, by=staff)
    found.refresh_from_db()
    assert found.state == State.WITHDRAWN
    letter = Letter.objects.get()
    mail.deliver(letter.pk)
    assert (letter.to, outbox.outbox[-1].subject) == (found.email, f"You are off the list: {event.title_en}")
    assert halifax.name in outbox.outbox[-1].body
    assert audit.about(found).get().actor == staff


def test_employers_stand_first_among_the_hosts(event) -> None:
    for name, group in (("Alpha College", "post_secondary"), ("Zed Bank", "employer"), ("Ample Foods", "employer")):
        event.hosts.add(make.OrganisationFactory(council=event.council, name_en=name, group=group))
    assert [host.name for host in queries.hosts_of(event)] == ["Ample Foods", "Zed Bank", "Alpha College"]


# ---------------------------------------------------------------- what is kept of people


def test_a_year_after_the_event_the_count_names_nobody(event, over) -> None:
    Event.objects.filter(pk=over.pk).update(starts_on=timezone.localdate() - timedelta(days=400))
    person = make.UserFactory()
    facts = {"role": "employer", "organisation": "Prairie Bank", "language": "fr"}
    old = RegistrationFactory(event=over, state=State.CAME, person=person, **facts)
    kept = RegistrationFactory(event=event)
    retention.apply()
    old.refresh_from_db()
    assert (old.name, old.email, old.organisation, old.person, old.language) == ("", "", "", None, "en")
    assert queries.by_role(over)[0].came == 1
    assert Registration.objects.get(pk=kept.pk).name


def test_an_erased_person_is_erased_from_events_also_by_their_address(event, over) -> None:
    person = make.UserFactory(email="amina@people.example")
    RegistrationFactory(event=event, person=person)
    RegistrationFactory(event=over, email="Amina@people.example")
    assert len(privacy.export(person)["records"]["councils.registration"]) == 1
    privacy.erase(person, by=None)
    assert set(Registration.objects.values_list("name", "email", "person")) == {("", "", None)}
