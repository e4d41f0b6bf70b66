"""Small things of a coordinator's day: the narrowed list stays, the interviewer is told, and who sent people."""

import pytest
from django.urls import reverse

from allies.kit import scope
from allies.kit.models import Letter
from councils.models import StakeholderGroup
from mentoring.forms.apply_steps import WishForm
from mentoring.models import Application, Mentor
from mentoring.queries.heard import heard_of, senders
from mentoring.services import applications, screening
from mentoring.services.selection import Act
from tests import factories
from tests.councils.reading import text_of
from tests.factories import mentoring as make
from tests.mentoring.coordinating import applicant, place, slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(world):
    with scope.within(world.halifax):
        yield place(world)


@pytest.fixture
def browser(signed_in):
    return signed_in("coordinator")


def url(name, here, **more):
    return reverse(f"mentoring:{name}", kwargs={"council": here.council.slug_en, **more})


# ------------------------------------------------------------------ the worklist


def test_the_list_stays_narrowed_through_an_act_on_many(here, browser):
    person = applicant(here)
    narrowed = "?state=eligible&q=person"
    page = browser.get(url("application-list", here) + narrowed).content.decode()
    assert f'action="{url("application-act", here)}?state=eligible&amp;q=person"' in page
    chosen = {"chosen": str(person.pk), "act": Act.MESSAGE}
    asked = browser.post(url("application-act", here) + narrowed, chosen).content.decode()
    assert f'href="{url("application-list", here)}?state=eligible&amp;q=person"' in asked
    done = browser.post(url("application-act", here) + narrowed, {**chosen, "sure": "1", "words": "Hello."})
    assert done.url == url("application-list", here) + narrowed
    nothing = browser.post(url("application-act", here) + narrowed, {})
    assert nothing.url == url("application-list", here) + narrowed


def test_words_may_stand_in_a_name_an_address_an_occupation_or_an_employer(here, browser):
    clerk = factories.OccupationFactory(code="21399", title_en="General office clerks", title_fr="Commis de bureau")
    zoe = applicant(here, person__name="Zoé Côté", person__email="z@works.example")
    marc = applicant(here, person__name="Marc Roy", occupation=clerk, employer="Éclair logiciel")

    def found(words):
        rows = browser.get(url("application-list", here), {"q": words}).context["table"].rows
        return {row.record.person.name for row in rows}

    both = {zoe.person.name, marc.person.name}
    for words, people in {
        "cote zoe": {"Zoé Côté"},
        "WORKS.example": {"Zoé Côté"},
        "zoe ingenieurs": {"Zoé Côté"},
        "eclair": {"Marc Roy"},
        "roy eclair logiciel": {"Marc Roy"},
        "zoe clerks": set(),
        "o": both,
        "% roy": set(),
        # More words than are read in every way.
        "m o e clerks": {"Marc Roy"},
    }.items():
        assert found(words) & both == people, words


def test_a_partner_is_named_in_words(here, browser):
    who = applicant(here)
    for name in ("Centre Éclair", "Centre Éclair Nord"):
        factories.OrganisationFactory(council=here.council, name_en=name, name_fr=name, group="community")
    address = url("application-refer", here, pk=who.pk)
    for words, told in (("eclair", "Several organisations fit: "), ("Nulle part", "is called so")):
        refused = browser.post(address, {"referral-partner": words})
        assert refused.status_code == 422
        assert told in refused.content.decode()
    assert browser.post(address, {"referral-partner": "centre eclair"}).status_code == 302
    assert who.referrals.get().partner.name_en == "Centre Éclair"


# ------------------------------------------------------------------ an interview that does not take place


def told_that_it_is_free(here) -> list[str]:
    letters = Letter.objects.filter(template="mentoring/interviewer", person=here.by)
    return [letter.context["kind"] for letter in letters if letter.context["kind"] != "booked"]


def test_the_interviewer_hears_that_a_withdrawn_applicant_does_not_come(here):
    person, time = applicant(here), slot(here)
    screening.book(person, slot=time, by=person.person)
    applications.withdraw(person, "Found work.", by=person.person)
    assert told_that_it_is_free(here) == ["given_back"]
    other = applicant(here)
    screening.book(other, slot=time, by=other.person)


def test_the_interviewer_hears_of_a_cancelled_interview(here):
    person = applicant(here)
    interview = screening.book(person, slot=slot(here), by=person.person)
    screening.cancel_interview(interview, by=person.person)
    assert told_that_it_is_free(here) == ["given_back"]


# ------------------------------------------------------------------ who sent people


@pytest.fixture
def network(here):
    facts = {"council": here.council, "is_public": True, "group": StakeholderGroup.IMMIGRANT_NETWORK}
    return factories.OrganisationFactory(name_en="Filipino Engineers", name_fr="Ingénieurs philippins", **facts)


def test_applicants_choose_among_the_councils_own_public_senders(here, network, world):
    usual = {"is_public": True, "group": StakeholderGroup.COMMUNITY}
    for unlike in ({"is_public": False}, {"group": StakeholderGroup.EMPLOYER}, {"left_on": "2020-01-01"}):
        factories.OrganisationFactory(council=here.council, **usual | unlike)
    with scope.across():
        foreign = factories.OrganisationFactory(council=world.calgary, **usual)
    assert list(senders(here.council)) == [network]
    form = WishForm({"heard_org": str(foreign.pk)}, application=applicant(here))
    assert "heard_org" in form.errors


def test_naming_the_sender_says_how_one_heard_and_the_draft_keeps_it(here, network):
    draft = make.ApplicationFactory(intake=here.intake)
    form = WishForm({"heard_org": str(network.pk), "heard_from": "Maria"}, application=draft)
    assert form.is_valid(), form.errors
    applications.save_draft(draft, form.facts, by=draft.person)
    draft = Application.objects.get(pk=draft.pk)
    assert (draft.heard_by, draft.heard_org, draft.heard_from) == ("network", network, "Maria")


def test_the_intake_counts_how_people_heard_of_it(here, network, browser):
    for _number in range(2):
        applicant(here, heard_by="network", heard_org=network)
    applicant(here, heard_by="online")
    applicant(here)
    make.ApplicationFactory(intake=here.intake, heard_by="friend")
    found = [(way.label, way.count, way.senders) for way in heard_of(here.intake)]
    assert found == [
        ("From a professional immigrant network", 2, [("Filipino Engineers", 2)]),
        ("On the internet or in the media", 1, []),
        ("Not said", 1, []),
    ]
    page = text_of(browser, url("coordinate-intake-show", here, pk=here.intake.pk))
    assert "Filipino Engineers (2)" in page


# ------------------------------------------------------------------ a mentor's offer


def test_staff_change_a_mentors_offer_on_its_page(here, browser):
    mentor = make.MentorFactory(council=here.council, available=True)
    address = url("mentor-edit", here, pk=mentor.pk)
    assert address in browser.get(url("mentor-show", here, pk=mentor.pk)).content.decode()
    form = browser.get(address).context["form"]
    typed = {name: value for name in form.fields if (value := form[name].value()) not in (None, "", False)}
    refused = browser.post(address, typed | {"capacity": 4})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"reason"})
    browser.post(address, typed | {"capacity": 4, "kinds": ["peer"], "reason": "Told by phone."})
    mentor = Mentor.objects.get(pk=mentor.pk)
    assert (mentor.capacity, mentor.kinds) == (4, ["peer"])
