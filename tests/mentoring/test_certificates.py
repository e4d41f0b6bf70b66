"""Certificates: a tagged page in the reader's language, for a completed pair only, with a number to check."""

import re

import pytest
import time_machine
from django.utils.translation import override

from allies.kit import scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from mentoring.models import Pair
from mentoring.queries.hours import with_hours
from mentoring.services import certificates, pairs
from tests.mentoring.pairing import NOW, confirmed, two

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_spring():
    with time_machine.travel(NOW, tick=True), scope.across():
        yield


@pytest.fixture
def at():
    at = two()
    confirmed(at, 24 * 60)
    pairs.complete(at.pair, by=at.mentee)
    at.pair = with_hours(Pair.objects.filter(pk=at.pair.pk)).get()
    return at


def test_the_certificate_is_one_tagged_page_in_the_language_of_the_reader(at):
    for language in ("en", "fr"):
        with override(language):
            content = certificates.write(at.pair, by=at.mentee)
        assert content.startswith(b"%PDF-1.7")
        assert b"/StructTreeRoot" in content
        assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
        assert re.search(rb"/Lang\s*\(%s" % language.encode(), content)


@pytest.mark.parametrize(
    ("language", "title", "span"),
    [
        ("en", "Certificate of mentoring", "From March 16, 2026 to April 27, 2026"),
        ("fr", "Attestation de mentorat", "Du 16 mars 2026 au 27 avril 2026"),
    ],
)
def test_the_words_name_the_person_the_programme_the_hours_and_the_days(at, language, title, span):
    with override(language):
        said = certificates.certificate_of(at.pair, at.mentee).values()
    assert (said["title"], said["span"], said["name"]) == (title, span, "Amara Diallo")
    assert "24 h" in said["deed"]
    assert {"en": "Halifax Mentoring", "fr": "Mentorat Halifax"}[language] in said["deed"]
    assert at.mentor.name not in "".join(said.values())


def test_the_mentor_has_a_certificate_of_their_own(at):
    mentee, mentor = (certificates.certificate_of(at.pair, person) for person in (at.mentee, at.mentor))
    assert mentor.person == at.mentor
    assert mentor.number != mentee.number
    assert mentor.values()["deed"] != mentee.values()["deed"]


def test_a_name_is_never_a_command(at):
    at.mentee.name = '#panic("no") $x$ *bold* @nobody'
    at.mentee.save()
    at.pair = with_hours(Pair.objects.filter(pk=at.pair.pk)).get()
    assert certificates.write(at.pair, by=at.mentee).startswith(b"%PDF")


def test_there_is_no_certificate_before_the_end_or_for_others(at):
    with pytest.raises(Denied):
        certificates.write(at.pair, by=at.coordinator)
    going = two()
    with pytest.raises(Refused, match="once the mentoring is completed"):
        certificates.write(with_hours(Pair.objects.filter(pk=going.pair.pk)).get(), by=going.mentee)


def test_a_number_is_checked_as_it_is_printed_and_in_small_letters(at):
    number = certificates.certificate_of(at.pair, at.mentee).number
    assert re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}", number)
    for written in (number, number.lower(), number.replace("-", "")):
        assert certificates.find(written).person == at.mentee


def test_a_number_that_was_made_up_finds_nothing(at):
    number = certificates.certificate_of(at.pair, at.mentee).number
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    for written in (wrong, "", "x", "00000000-0000-0000-0000", number + "0"):
        assert certificates.find(written) is None


def test_anybody_checks_a_certificate(at, client):
    number = certificates.certificate_of(at.pair, at.mentee).number
    page = client.get(f"/fr/attestations/{number}/").content.decode()
    assert "Amara Diallo" in page
    assert at.mentor.name not in page
    assert "Amara" not in client.get("/en/certificates/00000000-0000-0000-0000/").content.decode()


def test_a_pair_that_ended_early_has_no_certificate_to_check(at):
    number = certificates.certificate_of(at.pair, at.mentee).number
    Pair.objects.filter(pk=at.pair.pk).update(state="ended_early", end_reason="moved")
    assert certificates.find(number) is None
