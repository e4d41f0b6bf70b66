"""Invitations: used once, for two weeks, by the invited address only, and never to raise oneself."""

import hashlib
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allies.kit import audit
from allies.kit.access import Denied
from allies.kit.mail import render
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Council, Invitation, Membership
from councils.roles import Role
from councils.services.invite import accept, invite, send_again, take_back
from councils.states import Stage
from tests import factories as make

DAY = timedelta(days=1)


def verified(person) -> None:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


@pytest.fixture
def newcomer(world):
    person = make.UserFactory(email="new@people.example", name="New Person")
    verified(person)
    return person


def invited(world, **facts) -> Invitation:
    facts = {"email": "new@people.example", "role": Role.COORDINATOR, "language": "en"} | facts
    return invite(world.halifax, by=world.people["director"], **facts)


def link(letter: Letter) -> str:
    return re.search(r"http://localhost:8000(/\S+)", render(letter).body)[1]


def roles_of(person) -> list[tuple[str, object]]:
    with across():
        return list(Membership.objects.filter(person=person).values_list("role", "council_id"))


# ------------------------------------------------------------------ inviting


def test_the_letter_holds_a_link_that_the_database_can_not_make_again(world) -> None:
    invitation = invited(world)
    token = link(Letter.objects.get()).rstrip("/").rpartition("/")[2]
    assert len(token) >= 43
    assert invitation.token_digest == hashlib.sha256(token.encode()).hexdigest()


@pytest.mark.parametrize(("language", "words"), [("en", "invites you to"), ("fr", "vous invite")])
def test_the_letter_speaks_the_language_chosen(world, language, words) -> None:
    invited(world, language=language)
    message = render(Letter.objects.get())
    assert words in message.body
    assert f"/{language}/" in message.body


def test_an_invitation_lasts_fourteen_days(world) -> None:
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        invitation = invited(world)
        assert invitation.expires_at == timezone.now() + 14 * DAY


def test_an_invitation_is_on_record_without_the_address(world) -> None:
    entry = audit.about(invited(world)).get()
    assert (entry.action, entry.fields, entry.tenant_id) == ("councils.invited", ["email", "role"], world.halifax.pk)


@pytest.mark.parametrize("actor", ["coordinator", "board", "rival", "coach", "stranger"])
def test_only_the_director_and_the_registry_invite(world, actor) -> None:
    with pytest.raises(Denied):
        invite(world.halifax, email="x@people.example", role=Role.BOARD, language="en", by=world.people[actor])


def test_nobody_is_invited_to_a_national_role_by_a_director(world) -> None:
    with pytest.raises(Denied, match="administrators"):
        invited(world, role=Role.COACH)


def test_nobody_invites_themselves_not_even_by_another_address(world) -> None:
    EmailAddress.objects.create(user=world.people["director"], email="second@people.example", verified=True)
    with pytest.raises(Refused, match="to themselves"):
        invited(world, email="Second@people.example")


def test_the_same_offer_is_not_made_twice(world) -> None:
    invited(world)
    with pytest.raises(Refused, match="already has an invitation"):
        invited(world, email="NEW@people.example")


def test_somebody_who_holds_the_role_is_not_invited_to_it(world) -> None:
    with pytest.raises(Refused, match="already holds"):
        invited(world, email="coordinator@people.example")


# ------------------------------------------------------------------ accepting


def test_accepting_gives_the_role_from_today_until_its_end(world, newcomer) -> None:
    until = timezone.localdate() + 90 * DAY
    membership = accept(invited(world, title_en="Lead", title_fr="Responsable", until=until), by=newcomer)
    assert (membership.starts_on, membership.ends_on) == (timezone.localdate(), until)
    assert (membership.title_en, membership.title_fr, membership.is_public) == ("Lead", "Responsable", False)
    assert roles_of(newcomer) == [(Role.COORDINATOR, world.halifax.pk)]


def test_an_invitation_works_once(world, newcomer) -> None:
    invitation = invited(world)
    accept(invitation, by=newcomer)
    with pytest.raises(Refused, match="already been accepted"):
        accept(again(invitation), by=newcomer)
    assert len(roles_of(newcomer)) == 1


def again(invitation: Invitation) -> Invitation:
    with across():
        return Invitation.objects.get(pk=invitation.pk)


def test_another_person_can_not_accept(world) -> None:
    verified(world.people["stranger"])
    with pytest.raises(Refused, match="another e-mail address"):
        accept(invited(world), by=world.people["stranger"])
    assert roles_of(world.people["stranger"]) == []


def test_an_address_that_is_not_confirmed_does_not_count(world) -> None:
    person = make.UserFactory(email="new@people.example")
    EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
    with pytest.raises(Refused, match="another e-mail address"):
        accept(invited(world), by=person)


def test_a_second_confirmed_address_counts(world) -> None:
    EmailAddress.objects.create(user=world.people["stranger"], email="New@people.example", verified=True)
    accept(invited(world), by=world.people["stranger"])
    assert roles_of(world.people["stranger"]) == [(Role.COORDINATOR, world.halifax.pk)]


@pytest.mark.parametrize("again", [False, True])
def test_nobody_takes_up_a_role_that_they_offered_to_an_address_before_it_was_theirs(world, again) -> None:
    director = world.people["director"]
    invitation = invited(world, email="private@elsewhere.example")
    EmailAddress.objects.create(user=director, email="private@elsewhere.example", verified=True)
    with pytest.raises(Refused, match="Nobody gives a role to themselves"):
        (send_again if again else accept)(invitation, by=director)


def test_an_expired_invitation_opens_nothing(world, newcomer) -> None:
    invitation = invited(world)
    with time_machine.travel(timezone.now() + 14 * DAY + timedelta(seconds=1)), pytest.raises(Refused, match="expired"):
        accept(invitation, by=newcomer)
    assert roles_of(newcomer) == []


def test_an_invitation_taken_back_opens_nothing(world, newcomer) -> None:
    invitation = invited(world)
    take_back(invitation, by=world.people["director"])
    with pytest.raises(Refused, match="taken back"):
        accept(invitation, by=newcomer)
    assert roles_of(newcomer) == []


def test_an_invitation_of_somebody_who_may_no_longer_invite_opens_nothing(world, newcomer) -> None:
    invitation = invited(world)
    with across():
        Membership.objects.filter(person=world.people["director"]).update(ends_on=timezone.localdate())
    with pytest.raises(Refused, match="may no longer"):
        accept(again(invitation), by=newcomer)
    assert roles_of(newcomer) == []


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.MERGED])
def test_a_council_that_has_ended_takes_nobody_on(world, newcomer, stage) -> None:
    invitation = invited(world)
    successor = {"successor_en": "X", "successor_fr": "X"} if stage == Stage.MERGED else {}
    Council.objects.filter(pk=world.halifax.pk).update(stage=stage, **successor)
    with pytest.raises(Refused, match="has ended"):
        accept(again(invitation), by=newcomer)


def test_a_refused_acceptance_leaves_the_invitation_open(world, newcomer) -> None:
    invitation = invited(world)
    make.MembershipFactory(person=newcomer, council=world.halifax)
    with pytest.raises(Refused, match="already hold"):
        accept(invitation, by=newcomer)
    assert again(invitation).accepted_at is None


# ------------------------------------------------------------------ again, and back


def test_sending_again_makes_the_earlier_letter_void(world) -> None:
    invitation = invited(world)
    first = link(Letter.objects.get())
    send_again(invitation, by=world.people["director"])
    second = link(Letter.objects.latest("created_at"))
    client = Client()
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


def test_sending_again_revives_an_expired_invitation(world, newcomer) -> None:
    invitation = invited(world)
    with time_machine.travel(timezone.now() + 20 * DAY):
        send_again(invitation, by=world.people["director"])
        accept(invitation, by=newcomer)
    assert len(roles_of(newcomer)) == 1


def test_what_was_accepted_is_neither_sent_again_nor_taken_back(world, newcomer) -> None:
    invitation = invited(world)
    accept(invitation, by=newcomer)
    for act in (send_again, take_back):
        with pytest.raises(Refused, match="already been accepted"):
            act(invitation, by=world.people["director"])


# ------------------------------------------------------------------ the page


def page(world, **facts) -> str:
    invited(world, **facts)
    return link(Letter.objects.latest("created_at"))


def test_a_visitor_is_told_to_sign_in_or_sign_up_and_comes_back(world) -> None:
    url = page(world)
    html = Client().get(url).content.decode()
    assert f"{reverse('account_signup')}?email=new%40people.example&amp;next=" in html
    assert f"{reverse('account_login')}?next=" in html
    assert "/accept/" not in html


def test_somebody_signed_in_with_another_address_is_told_so_and_gets_no_button(world, signed_in) -> None:
    html = signed_in("stranger").get(page(world)).content.decode()
    assert "You are signed in as stranger@people.example. This invitation is for new@people.example" in html
    assert "/accept/" not in html


def test_the_invited_person_accepts_with_a_click(world, newcomer) -> None:
    client = Client()
    client.force_login(newcomer)
    html = client.get(page(world)).content.decode()
    action = re.search(r'action="([^"]+/accept/)"', html)[1]
    answer = client.post(action)
    assert (answer.status_code, answer["Location"]) == (302, reverse("councils:my-start"))
    assert roles_of(newcomer) == [(Role.COORDINATOR, world.halifax.pk)]


def test_somebody_else_can_not_post_the_acceptance(world, signed_in) -> None:
    verified(world.people["stranger"])
    invitation = invited(world)
    signed_in("stranger").post(reverse("councils:invitation-accept", args=[invitation.pk]))
    assert roles_of(world.people["stranger"]) == []


def test_an_unknown_link_is_not_found(db) -> None:
    assert Client().get(reverse("councils:invitation-show", args=["x" * 43])).status_code == 404


def test_the_page_is_kept_by_no_browser_and_told_to_no_other_site(world) -> None:
    answer = Client().get(page(world))
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")


def test_guessing_links_is_slowed_down(world) -> None:
    client = Client(REMOTE_ADDR="198.51.100.77")
    url = reverse("councils:invitation-show", args=["x" * 43])
    answers = [client.get(url).status_code for _ in range(61)]
    assert answers == [404] * 60 + [429]


def test_an_open_invitation_waits_on_the_start_page(world, newcomer) -> None:
    invited(world)
    client = Client()
    client.force_login(newcomer)
    assert "Halifax Council invites you: Coordinator" in client.get(reverse("councils:my-start")).content.decode()


def test_an_invitation_for_another_address_does_not(world, signed_in) -> None:
    verified(world.people["stranger"])
    invited(world)
    assert "invites you" not in signed_in("stranger").get(reverse("councils:my-start")).content.decode()
