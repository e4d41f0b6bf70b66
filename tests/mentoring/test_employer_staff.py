"""An employer's staff: invited by name or by list, reminded now and then, held to the employer's rules, free to go."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from allies.kit import scope
from allies.kit.access import Denied
from allies.kit.audit import Entry
from allies.kit.mail import render
from allies.kit.refusals import Refused
from councils.models import User
from councils.services.editing import Faulty
from mentoring.forms.employers import InviteForm, addresses_in
from mentoring.forms.mentors import ApproveForm, OfferForm
from mentoring.models import EmployerInvitation, EmployerTerms, Mentor
from mentoring.queries import employers as queries
from mentoring.services import employer_invitations, employer_staff, employer_terms, mentors
from mentoring.states import MentorState
from tests import factories
from tests.factories import employers as make
from tests.factories import mentoring as people
from tests.mentoring.employing import CHOSEN, bank, letters, mentor_of, noon, person, token_in
from tests.mentoring.pairing import browser
from tests.mentoring.test_mentors import facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def all_councils():
    with scope.across():
        yield


@pytest.fixture
def at(db):
    return bank()


def invited(at, *addresses):
    return employer_staff.invite(at.organisation, addresses=addresses, by=at.ada, **CHOSEN)


# ------------------------------------------------------------------ inviting


def test_addresses_are_taken_from_lines_commas_and_address_books() -> None:
    text = "Marta Roy <Marta@Bank.example>\n\na@bank.example, b@bank.example; c@bank.example\nno address"
    assert addresses_in(text) == [
        (1, "marta@bank.example"),
        *((3, f"{letter}@bank.example") for letter in "abc"),
        *((4, "no"), (4, "address")),
    ]


def test_each_fault_is_told_by_its_line_and_nothing_that_was_typed_is_lost(at) -> None:
    invited(at, "known@bank.example")
    User.objects.filter(pk=mentor_of(at).person_id).update(email="marta@bank.example")
    ada = browser(at.ada)
    page = f"/en/my-mentoring/employer/{at.organisation.pk}/invite/"
    typed = {
        "addresses": "good@bank.example\nbad@\ngood@bank.example\nKNOWN@bank.example",
        "word": "Please join!",
        "language": "fr",
    }
    answer = ada.post(page, typed)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2: “bad@” is not an e-mail address." in said
    assert "Line 3: good@bank.example stands in line 1 already." in said
    assert "Line 4: known@bank.example is invited already." in said
    assert typed["addresses"] in said
    assert "Please join!" in said
    typed["addresses"] = "good@bank.example\nmarta@bank.example"
    assert "Line 2: marta@bank.example mentors for you already." in ada.post(page, typed).content.decode()
    assert EmployerInvitation.objects.filter(organisation=at.organisation).count() == 1
    typed["addresses"] = "good@bank.example, better@bank.example"
    assert ada.post(page, typed).status_code == 302
    assert {letter.language for letter in letters("employer_invitation")[1:]} == {"fr"}


def test_more_than_fifty_at_once_are_refused(at) -> None:
    many = {"addresses": "\n".join(f"a{n}@bank.example" for n in range(51)), "language": "en"}
    form = InviteForm(many, organisation=at.organisation)
    assert "at most 50 at once" in form.errors["addresses"][0]


def test_nobody_learns_from_an_invitation_who_mentors_without_their_employer(at) -> None:
    people.MentorFactory(council=at.council, person=person("quiet@bank.example"), available=True)
    assert employer_staff.why_not_invited(at.organisation, ["quiet@bank.example"]) == {}


def test_only_the_champion_invites_staff(at) -> None:
    other = make.ChampionFactory(organisation=factories.OrganisationFactory(council=at.council)).person
    for somebody in (at.by, other):
        with pytest.raises(Denied):
            employer_staff.invite(at.organisation, addresses=["a@bank.example"], by=somebody, **CHOSEN)


@pytest.mark.parametrize(("language", "words"), [("en", "invites you to join the mentors of"), ("fr", "vous invite à")])
def test_the_letter_begins_with_the_champions_word(at, language, words) -> None:
    employer_staff.invite(
        at.organisation, addresses=["a@bank.example"], language=language, word="<b>You</b> would be great", by=at.ada
    )
    message = render(letters("employer_invitation")[0])
    assert words in message.body
    assert "<b>You</b> would be great\n— Ada Champion" in message.body
    assert "&lt;b&gt;You" in message.alternatives[0][0]


# ------------------------------------------------------------------ reminding and taking back


def test_a_reminder_comes_once_a_week_with_a_new_link_that_voids_the_old_one(at, client) -> None:
    (invitation,) = invited(at, "a@bank.example")
    with pytest.raises(Refused, match="one letter a week is enough"):
        employer_invitations.remind(invitation, by=at.ada)
    week_ago = timezone.now() - timedelta(days=7)
    EmployerInvitation.objects.update(sent_at=week_ago, expires_at=week_ago + timedelta(days=1))
    employer_invitations.remind(invitation, by=at.by)
    first, second = (token_in(letter) for letter in letters("employer_invitation"))
    assert client.get(f"/en/my-mentoring/invitations/{first}/").status_code == 404
    page = client.get(f"/en/my-mentoring/invitations/{second}/")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Join the mentors of Fundy Bank" in page.content.decode()
    assert queries.invitations_of(at.organisation)[0][1] == "open"


def test_what_is_taken_back_opens_nothing_and_can_be_offered_anew(at, client) -> None:
    (invitation,) = invited(at, "a@bank.example")
    employer_invitations.take_back(invitation, by=at.ada)
    page = client.get(f"/en/my-mentoring/invitations/{token_in(letters('employer_invitation')[0])}/")
    assert "It has been taken back." in page.content.decode()
    for act in (employer_invitations.take_back, employer_invitations.remind):
        EmployerInvitation.objects.update(sent_at=timezone.now() - timedelta(days=8))
        with pytest.raises(Refused, match="has been taken back"):
            act(invitation, by=at.ada)
    assert invited(at, "a@bank.example")
    with pytest.raises(Denied):
        employer_invitations.take_back(invitation, by=person("a@bank.example"))


def test_what_expired_long_ago_is_forgotten_and_gives_way_to_a_new_invitation(at) -> None:
    long_ago = timezone.now() - timedelta(days=91)
    (old,) = invited(at, "a@bank.example")
    EmployerInvitation.objects.update(sent_at=long_ago - timedelta(days=14), expires_at=long_ago)
    assert queries.invitations_of(at.organisation) == []
    assert queries.employers([at.organisation])[0].invited == 0
    (new,) = invited(at, "a@bank.example")
    assert [row for row, _standing in queries.invitations_of(at.organisation)] == [new]
    assert EmployerInvitation.objects.get(pk=old.pk).revoked_at is not None


# ------------------------------------------------------------------ mentoring in the employer's name


def test_the_offer_keeps_the_employer_as_it_was_invited_and_who_invited(at) -> None:
    (invitation,), colleague = invited(at, "a@bank.example"), person("a@bank.example")
    form = OfferForm({"employer": "Another Bank"}, employer=at.organisation)
    form.is_valid()
    assert form.cleaned_data["employer"] == "Fundy Bank"
    mentor = employer_staff.volunteer(invitation, facts=facts(employer="Another Bank"), by=colleague)
    assert (mentor.staff_of, mentor.invited_by, mentor.employer) == (at.organisation, at.ada, "Fundy Bank")
    assert mentor.state == MentorState.APPLIED
    with override("fr"):
        assert OfferForm(mentor=mentor).initial["employer"] == "Fundy Bank"
    with pytest.raises(Refused, match="already been accepted"):
        employer_staff.volunteer(invitation, facts=facts(), by=colleague)


def test_an_invitation_is_used_up_only_with_a_good_offer_and_only_by_its_owner(at) -> None:
    (invitation,), colleague = invited(at, "a@bank.example"), person("a@bank.example")
    with pytest.raises(Refused, match="another e-mail address"):
        employer_staff.volunteer(invitation, facts=facts(), by=at.by)
    people.MentorFactory(council=at.council, person=colleague)
    with pytest.raises(Refused, match="already"):
        employer_staff.volunteer(invitation, facts=facts(), by=colleague)
    assert EmployerInvitation.objects.get().accepted_at is None


def test_who_mentors_here_already_joins_and_leaves_without_losing_anything(at) -> None:
    colleague = person("a@bank.example")
    mentor = people.MentorFactory(council=at.council, person=colleague, available=True)
    (invitation,) = invited(at, "a@bank.example")
    assert employer_staff.join(invitation, by=colleague) == mentor
    (seen,) = queries.staff_of(at.organisation)
    assert (seen.mentor, seen.mentor.invited_by) == (mentor, at.ada)
    with pytest.raises(Denied):
        employer_staff.leave(seen.mentor, by=at.ada)
    employer_staff.leave(seen.mentor, by=colleague)
    assert queries.staff_of(at.organisation) == []
    mentor.refresh_from_db()
    assert (mentor.state, mentor.employer, mentor.invited_by) == (MentorState.AVAILABLE, "", None)
    with pytest.raises(Refused, match="for yourself already"):
        employer_staff.leave(mentor, by=colleague)


def test_the_council_notes_for_whom_a_mentor_works_but_no_employer_of_another_council(at) -> None:
    mentor = people.MentorFactory(council=at.council, available=True)
    employer_staff.place(mentor, at.organisation, by=at.by)
    employer_staff.place(mentor, at.organisation, by=at.by)
    assert Entry.objects.filter(action="mentoring.staff_joined").count() == 1
    with pytest.raises(Refused, match="another council's table"):
        employer_staff.place(mentor, factories.OrganisationFactory(), by=at.by)
    employer_staff.place(mentor, None, by=at.by)
    mentor.refresh_from_db()
    assert mentor.staff_of is None


# ------------------------------------------------------------------ the employer's rules


def test_all_levels_are_no_rule_and_rules_are_said_in_words(at) -> None:
    levels = ["upper", "middle", "junior"]
    terms = employer_terms.set_rules(at.organisation, seniority=levels, least_years=0, by=at.ada)
    assert (terms.seniority, queries.in_words(terms)) == ([], [])
    terms = employer_terms.set_rules(at.organisation, seniority=["upper", "middle"], least_years=1, by=at.ada)
    assert queries.in_words(terms) == ["level: Middle, Upper", "at least 1 year of experience"]
    assert EmployerTerms.objects.filter(organisation=at.organisation).count() == 1
    with pytest.raises(Denied):
        employer_terms.set_rules(at.organisation, seniority=[], least_years=0, by=at.by)


@pytest.mark.parametrize(
    ("seniority", "years", "missed"),
    [("middle", 5, []), ("", 5, ["seniority"]), ("junior", 9, ["seniority"]), ("upper", 4, ["years"])],
)
def test_a_rule_is_met_or_named(at, seniority, years, missed) -> None:
    terms = EmployerTerms(organisation=at.organisation, seniority=["middle", "upper"], least_years=5)
    assert queries.unmet(terms, seniority, years) == missed


def test_whoever_does_not_meet_the_rules_is_approved_only_with_a_reason(at) -> None:
    make.EmployerTermsFactory(organisation=at.organisation, least_years=10)
    ready = {"handbook_at": people.NOW, "oriented_on": people.NOW.date(), "staff_of": at.organisation}
    junior, senior = (people.MentorFactory(council=at.council, years=years, **ready) for years in (3, 12))
    mentors.approve(senior, by=at.by)
    with pytest.raises(Faulty, match="Fundy Bank asks of its mentors: at least 10 years of experience") as refused:
        mentors.approve(junior, by=at.by)
    assert list(refused.value.errors) == ["exception"]
    mentors.approve(junior, by=at.by, exception="Leads a large project")
    junior.refresh_from_db()
    assert (junior.state, junior.exception) == (MentorState.AVAILABLE, "Leads a large project")
    shown = [("exception" in ApproveForm(mentor=one, sessions=None).fields) for one in (junior, senior)]
    assert shown == [True, False]
    assert [colleague.is_exception for colleague in queries.staff_of(at.organisation)] == [True, False]


def test_a_colleague_outside_the_rules_is_told_that_the_council_decides(at) -> None:
    make.EmployerTermsFactory(organisation=at.organisation, seniority=["upper"], least_years=20)
    occupation = factories.OccupationFactory()
    colleague = person("a@bank.example")
    (invitation,) = invited(at, "a@bank.example")
    page, visitor = f"/en/my-mentoring/invitations/{invitation.pk}/offer/", browser(colleague)
    assert "At least 20 years of experience" in visitor.get(page).content.decode()
    offer = {"occupation": occupation.pk, "occupation_words": occupation.title, "years": "3", "seniority": "junior"}
    offer |= {"level_en": "12", "kinds": ["one_to_one"], "goals": ["network"], "availability": ["saturday"]}
    said = visitor.post(page, offer | {"mode": "either", "capacity": "1"}, follow=True).content.decode()
    assert "The council decides whether there is an exception." in said
    assert Mentor.objects.get(person=colleague).staff_of == at.organisation


# ------------------------------------------------------------------ orientations


def test_an_offer_to_host_reaches_the_coordinators_once_and_can_be_taken_back(at) -> None:
    for _twice in range(2):
        employer_terms.offer_to_host(at.organisation, words="A room for 30", by=at.ada)
    (letter,) = letters("employer")
    assert letter.to == at.by.email
    assert "A room for 30" in render(letter).body
    with scope.within(at.council):
        assert [terms.hosting for terms in queries.offers_to_host()] == ["A room for 30"]
    employer_terms.offer_to_host(at.organisation, words="", by=at.ada)
    assert EmployerTerms.objects.get(organisation=at.organisation).hosting_at is None
    assert queries.offers_to_host() == []


def test_the_champion_sees_the_day_the_seats_taken_and_only_the_own_mentors(at) -> None:
    intake = people.IntakeFactory(programme=people.ProgrammeFactory(council=at.council))
    session = people.OrientationSessionFactory(
        intake=intake, starts_at=noon(days=5), ends_at=noon(days=6), host_organisation=at.organisation
    )
    people.OrientationFactory(session=session, application__person__name="Amara Hidden")
    for mentor in (mentor_of(at, "Marta"), people.MentorFactory(council=at.council, person__name="Otto Other")):
        people.OrientationFactory(session=session, application=None, mentor=mentor)
    (hosted,) = queries.hosted_by(at.organisation)
    assert (hosted.session, hosted.taken, hosted.own) == (session, 3, ["Marta"])
    page = browser(at.ada).get(f"/en/my-mentoring/employer/{at.organisation.pk}/").content.decode()
    assert "3 of 30 seats are taken." in page
    assert "Amara" not in page
    assert "Otto" not in page
