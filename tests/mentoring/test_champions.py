"""Champions: asked by the council, named by their own yes, ended by either side; and nothing of mentees in sight."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from allies.kit import scope
from allies.kit.access import Denied
from allies.kit.mail import render
from allies.kit.privacy import erase
from allies.kit.refusals import Refused
from councils.models import Council, Membership, Organisation
from councils.roles import Role
from councils.services.editing import Faulty
from councils.states import Stage
from mentoring.models import Champion, EmployerInvitation
from mentoring.queries import employers as queries
from mentoring.services import champions
from tests import factories
from tests.factories import employers as make
from tests.factories import mentoring as people
from tests.mentoring.employing import bank, letters, mentor_of, met, noon, pair_of, person, token_in
from tests.mentoring.pairing import browser

pytestmark = pytest.mark.django_db
OWN, LISTED = 25, 20


@pytest.fixture(autouse=True)
def all_councils():
    with scope.across():
        yield


@pytest.fixture
def at(db):
    return bank()


@pytest.fixture
def shop(at):
    """An employer for which nobody speaks yet."""
    return factories.OrganisationFactory(council=at.council, name_en="Tide Works", name_fr="Chantiers Tide")


def asked(shop, by, **facts):
    return champions.ask(shop, **{"email": "new@works.example", "language": "en", "by": by} | facts)


# ------------------------------------------------------------------ asking


@pytest.mark.parametrize(("language", "words"), [("en", "speak for Tide Works"), ("fr", "représenter Chantiers Tide")])
def test_the_letter_speaks_the_chosen_language_and_its_link_stands_nowhere_else(at, shop, language, words) -> None:
    invitation = asked(shop, at.by, language=language, word="Please do!")
    (letter,) = letters("employer_invitation")
    body = render(letter).body
    assert words in body
    assert "Please do!" in body
    assert invitation.token_digest == hashlib.sha256(token_in(letter).encode()).hexdigest()
    assert (invitation.expires_at - invitation.sent_at).days == 14


@pytest.mark.parametrize("name", ["board", "rival", "national"])
def test_only_the_councils_own_staff_ask_and_national_staff_after_stating_a_reason(world, name) -> None:
    employer = factories.OrganisationFactory(council=world.halifax)
    with pytest.raises(Denied):
        asked(employer, world.people[name])


def test_nobody_is_asked_twice_besides_a_champion_or_by_themselves(at, shop) -> None:
    asked(shop, at.by)
    with pytest.raises(Faulty, match="asked to speak for this employer already"):
        asked(shop, at.by, email="other@works.example")
    with pytest.raises(Refused, match="Ada Champion speaks for this employer now"):
        asked(at.organisation, at.by)
    person("self@works.example")
    EmployerInvitation.objects.all().delete()
    own = person("boss@works.example")
    factories.MembershipFactory(person=own, role=Role.COORDINATOR, council=at.council)
    with pytest.raises(Faulty, match="Nobody names themselves"):
        asked(shop, own, email="BOSS@works.example ")


# ------------------------------------------------------------------ accepting


def test_whoever_owns_the_address_becomes_champion_once_and_the_coordinators_hear_of_it(at, shop) -> None:
    invitation, new = asked(shop, at.by), person("new@works.example", name="New Voice")
    champion = champions.accept(invitation, by=new)
    assert (champion.organisation, champion.person, champion.named_by) == (shop, new, at.by)
    assert list(Membership.objects.filter(person=new).values_list("role", "council")) == [(Role.EMPLOYER, None)]
    (letter,) = letters("employer")
    assert letter.to == at.by.email
    assert "New Voice speaks for Tide Works now" in render(letter).subject
    with pytest.raises(Refused, match="already been accepted"):
        champions.accept(invitation, by=new)


def test_an_invitation_is_of_no_use_to_others_or_later_or_after_what_it_rests_on_is_gone(at, shop) -> None:
    invitation, new = asked(shop, at.by), person("new@works.example")
    with pytest.raises(Refused, match="another e-mail address"):
        champions.accept(invitation, by=at.ada)
    now = timezone.now()
    expired = {"sent_at": now - timedelta(days=20), "expires_at": now - timedelta(days=1)}
    EmployerInvitation.objects.filter(pk=invitation.pk).update(**expired)
    with pytest.raises(Refused, match="has expired"):
        champions.accept(invitation, by=new)
    EmployerInvitation.objects.filter(pk=invitation.pk).update(expires_at=now + timedelta(days=1))
    Council.objects.filter(pk=at.council.pk).update(stage=Stage.CLOSED)
    with pytest.raises(Refused, match="has ended in the meantime"):
        champions.accept(invitation, by=new)
    Council.objects.filter(pk=at.council.pk).update(stage=Stage.OPERATING)
    Membership.objects.filter(person=at.by).update(ends_on=timezone.localdate())
    del at.by.held_roles
    with pytest.raises(Refused, match="may no longer do so"):
        champions.accept(EmployerInvitation.objects.get(), by=new)
    assert Champion.objects.count() == 1


# ------------------------------------------------------------------ ending


@pytest.mark.parametrize("who", ["by", "ada"])
def test_the_council_and_the_champion_end_it_and_the_role_ends_with_the_last_employer(at, shop, who) -> None:
    factories.MembershipFactory(person=at.ada, role=Role.EMPLOYER, council=None)
    second = make.ChampionFactory(organisation=shop, person=at.ada)
    held = Membership.objects.current().filter(person=at.ada)
    champions.end(at.champion, by=getattr(at, who))
    assert held.exists()
    champions.end(second, by=getattr(at, who))
    assert not held.exists()
    with pytest.raises(Refused, match="has ended already"):
        champions.end(at.champion, by=getattr(at, who))
    with pytest.raises(Denied):
        champions.end(make.ChampionFactory(organisation=shop), by=at.ada)


def test_an_erased_champion_speaks_for_nobody_and_their_open_invitations_are_void(at) -> None:
    invitation = make.EmployerInvitationFactory(organisation=at.organisation, invited_by=at.ada)
    erase(at.ada, by=at.ada)
    at.champion.refresh_from_db()
    invitation.refresh_from_db()
    assert at.champion.ended_at is not None
    assert invitation.revoked_at is not None


# ------------------------------------------------------------------ what a champion sees


@pytest.fixture
def busy(at):
    """Marta has two mentees and 5 hours this year and one of last year; Tom has just volunteered."""
    at.marta = mentor_of(at)
    at.tom = people.MentorFactory(
        council=at.council, person=factories.UserFactory(name="Tom"), staff_of=at.organisation
    )
    at.pair = pair_of(at.marta)
    group = pair_of(at.marta, "Bilal Secret")
    done = pair_of(at.marta, "Chidi Quiet", state="completed", ended_on=timezone.localdate())
    today = queries.year_begins() + timedelta(days=3)
    met(at.pair, on=today, minutes=120)
    # The same hour with both of them, half of it with one of them alone.
    met(at.pair, on=today + timedelta(hours=5), minutes=60)
    met(group, on=today + timedelta(hours=5), minutes=90)
    met(done, on=today + timedelta(hours=9), minutes=90)
    met(done, on=queries.year_begins() - timedelta(days=30), minutes=60)
    met(group, on=noon(), state="logged", settled_at=None)
    met(pair_of(at.marta, "Dalia Unsigned", signed=False), on=today + timedelta(hours=12))
    make.EmployerInvitationFactory(organisation=at.organisation)
    make.EmployerInvitationFactory(organisation=at.organisation, revoked_at=timezone.now())
    return at


def test_an_employer_is_counted_with_each_hour_once(busy) -> None:
    row = queries.employers([busy.organisation])[0]
    assert (row.champion.person, row.invited, row.volunteered, row.available, row.paused) == (busy.ada, 1, 1, 1, 0)
    assert (row.places, row.pairs, row.completed) == (6, 3, 1)
    assert (row.minutes_this_year, row.minutes) == (120 + 90 + 90, 360)
    marta, tom = queries.staff_of(busy.organisation)
    assert (marta.mentor, marta.pairs, marta.completed, marta.gift.minutes_lately) == (busy.marta, 3, 1, 300)
    assert (tom.mentor, tom.pairs, tom.gift.minutes) == (busy.tom, 0, 0)


def test_the_champion_sees_numbers_and_nothing_of_any_mentee(busy) -> None:
    page = browser(busy.ada).get(f"/en/my-mentoring/employer/{busy.organisation.pk}/").content.decode()
    assert "Marta" in page
    assert "5 h" in page
    for told in ("Amara", "Bilal", "Chidi", "Dalia", "hidden.example", "Hidden Harbour", str(busy.pair.pk)):
        assert told not in page
    for hidden in (busy.pair.application.pk, busy.pair.mentee_person_id):
        assert str(hidden) not in page


def test_another_employer_and_one_that_was_given_up_are_not_found(busy, shop) -> None:
    ada = browser(busy.ada)
    assert ada.get(f"/en/my-mentoring/employer/{shop.pk}/").status_code == 404
    assert ada.get("/en/my-mentoring/employer/").status_code == 302
    assert ada.get("/en/my-mentoring/").url == "/en/my-mentoring/employer/"
    champions.end(busy.champion, by=busy.by)
    assert ada.get(f"/en/my-mentoring/employer/{busy.organisation.pk}/").status_code == 404
    assert "You speak for no employer now" in ada.get("/en/my-mentoring/employer/").content.decode()


@pytest.mark.parametrize("number", [1, 3, 12])
def test_the_pages_take_the_same_queries_however_many_there_are(at, number, django_assert_num_queries) -> None:
    for n in range(number):
        mentor = mentor_of(at, f"Mentor {n}")
        met(pair_of(mentor, f"Mentee{n} X"), on=noon(days=-9))
        make.EmployerInvitationFactory(organisation=at.organisation)
        factories.OrganisationFactory(council=at.council)
    ada, desk = browser(at.ada), browser(at.by)
    own, listed = f"/en/my-mentoring/employer/{at.organisation.pk}/", "/en/workspace/fundy/mentoring/employers/"
    with django_assert_num_queries(OWN):
        assert ada.get(own).status_code == 200
    with django_assert_num_queries(LISTED):
        assert desk.get(listed).status_code == 200


def test_the_list_names_the_employers_at_the_table_and_those_that_once_took_part(busy, shop) -> None:
    community = factories.OrganisationFactory(council=busy.council, group="community")
    left = factories.OrganisationFactory(council=busy.council, left_on="2026-01-01")
    gone = factories.OrganisationFactory(council=busy.council, left_on="2026-01-01")
    mentor_of(busy).staff_of = gone
    people.MentorFactory(council=busy.council, staff_of=gone)
    with scope.within(busy.council):
        listed = set(queries.organisations())
    assert {busy.organisation, shop, gone} <= listed
    assert not {community, left, *Organisation.objects.exclude(council=busy.council)} & listed
