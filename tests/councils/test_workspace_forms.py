"""The forms of a workspace: nothing typed is lost, nothing of another council is taken in."""

import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from allies.kit import audit, scope
from allies.kit.models import StoredFile
from councils.models import LocalProgramme, Reflection, Story
from councils.services import profile
from councils.services.editing import fingerprints
from councils.states import StoryState
from tests import factories as make

in_2026 = time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=True)


def url(name, world, **more):
    return reverse(f"councils:{name}", kwargs={"council": world.halifax.slug_en, **more})


def typed(form):
    """What a browser would send if nothing were changed."""
    data = {}
    for bound in form:
        value = bound.value()
        if value is True:
            data[bound.html_name] = "on"
        elif value not in (None, False):
            data[bound.html_name] = [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
    return data


@pytest.fixture
def coordinator(signed_in):
    return signed_in("coordinator")


def test_the_profile_form_saves_what_was_changed_and_nothing_else(world, coordinator):
    page = coordinator.get(url("profile-edit", world))
    sent = {**typed(page.context["form"]), "acronym": "HIC", "started": "2009-06"}
    assert coordinator.post(url("profile-edit", world), sent).status_code == 302
    assert audit.about(world.halifax).get().fields == ["acronym", "started_on", "started_precision"]
    world.halifax.refresh_from_db()
    assert (world.halifax.started_on, world.halifax.started_precision) == (date(2009, 6, 1), "month")


@pytest.mark.parametrize("wrong", ["June 2009", "2009-13", "2009-02-30", "0000"])
def test_a_date_that_is_none_is_refused_and_kept(world, coordinator, wrong):
    page = coordinator.get(url("profile-edit", world))
    answer = coordinator.post(
        url("profile-edit", world), {**typed(page.context["form"]), "started": wrong, "acronym": "KEPT"}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"started"}
    assert 'value="KEPT"' in answer.content.decode()


def test_a_colleagues_text_is_shown_and_the_next_save_goes_through(world, coordinator):
    page = coordinator.get(url("profile-edit", world))
    sent = {**typed(page.context["form"]), "summary_en": "Mine."}
    seen = fingerprints(world.halifax, profile.FIELDS)
    profile.edit_profile(world.halifax, facts={"summary_en": "Theirs."}, seen=seen, by=world.people["director"])
    answer = coordinator.post(url("profile-edit", world), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Theirs." in text
    assert ">\nMine.</textarea>" in text
    again = {**sent, "seen": answer.context["form"]["seen"].value()}
    assert coordinator.post(url("profile-edit", world), again).status_code == 302
    world.halifax.refresh_from_db()
    assert world.halifax.summary_en == "Mine."


def test_a_spoilt_record_of_what_was_shown_overwrites_nothing(world, coordinator):
    page = coordinator.get(url("profile-edit", world))
    for spoilt in ("", "{", "[]", json.dumps({"summary_en": 1})):
        sent = {**typed(page.context["form"]), "summary_en": "Mine.", "seen": spoilt}
        assert coordinator.post(url("profile-edit", world), sent).status_code == 422
    assert not audit.about(world.halifax).exists()


def test_all_faults_of_a_public_profile_are_told_at_once(world, coordinator):
    page = coordinator.get(url("profile-edit", world))
    sent = {**typed(page.context["form"]), "summary_fr": "", "accent": "#eda43b"}
    answer = coordinator.post(url("profile-edit", world), sent)
    assert set(answer.context["form"].errors) == {"summary_fr", "accent"}


def test_the_preview_shows_what_is_typed_and_saves_nothing(world, coordinator):
    page = coordinator.get(url("profile-edit", world))
    sent = {**typed(page.context["form"]), "summary_en": "Only typed.", "history_en": "## Early days"}
    preview = coordinator.post(url("profile-preview", world), sent)
    text = preview.content.decode()
    assert "Only typed." in text
    assert "Early days</h" in text
    assert "Nothing is saved yet" in text
    assert not audit.about(world.halifax).exists()
    back = coordinator.post(url("profile-edit", world), {**dict(preview.context["typed"]), "resume": "1"})
    assert back.status_code == 200
    assert ">\nOnly typed.</textarea>" in back.content.decode()


def test_a_programme_can_not_be_delivered_by_another_councils_organisation(world, coordinator):
    sent = {"kind": "mentoring", "name_en": "New", "delivered_by": [str(world.foreign["Organisation"].pk)]}
    answer = coordinator.post(url("programme-add", world), sent)
    assert answer.status_code == 422
    assert "is not one of the available choices" in str(answer.context["form"].errors["delivered_by"])


def test_a_programme_is_added_published_in_both_languages_and_ended(world, coordinator):
    sent = {"kind": "loans", "name_en": "Loans", "started": "2011"}
    added = coordinator.post(url("programme-add", world), sent)
    assert added.status_code == 302
    with scope.within(world.halifax):
        programme = LocalProgramme.objects.get(name_en="Loans")
    held_back = coordinator.post(url("programme-publish", world, pk=programme.pk))
    assert held_back.url == url("programme-edit", world, pk=programme.pk)
    page = coordinator.get(held_back.url)
    assert [field.name for field in page.context["form"].before_publishing] == ["name_fr", "summary_en", "summary_fr"]
    filled = {**typed(page.context["form"]), "name_fr": "Prêts", "summary_en": "Small.", "summary_fr": "Petits."}
    assert coordinator.post(held_back.url, filled).status_code == 302
    assert coordinator.post(url("programme-publish", world, pk=programme.pk)).url == url(
        "programme-show", world, pk=programme.pk
    )
    early = coordinator.post(url("programme-end", world, pk=programme.pk), {"ended_on": "2010-01-01"})
    assert early.status_code == 422
    assert 'value="2010-01-01"' in early.content.decode()
    assert coordinator.post(url("programme-end", world, pk=programme.pk), {"ended_on": "2012-01-01"}).status_code == 302


def test_a_story_of_151_words_comes_back_whole_with_how_much_to_cut(world, coordinator):
    text = "word " * 150 + "last"
    answer = coordinator.post(
        url("workspace-story-add", world), {"title_en": "Long", "body_en": text, "subject": "A. B."}
    )
    assert answer.status_code == 422
    assert "shorten it by 1 word." in str(answer.context["form"].errors["body_en"])
    assert text in answer.content.decode()


def _photo():
    out = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(out, "PNG")
    return SimpleUploadedFile("face.png", out.getvalue(), content_type="image/png")


def test_a_storys_photo_is_seen_by_staff_and_no_longer_served_once_withdrawn(world, signed_in):
    staff, public = signed_in("coordinator"), signed_in("anon")
    by, day = world.people["coordinator"], timezone.localdate()
    story = make.StoryFactory(council=world.halifax, photo_alt_en="A face.", photo_alt_fr="Un visage.")
    assert staff.post(url("workspace-story-photo-add", world, pk=story.pk), {"photo": _photo()}).status_code == 302
    shown = staff.get(url("workspace-story-photo", world, pk=story.pk))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert shown.getvalue().startswith(b"\x89PNG")
    assert signed_in("board").get(url("workspace-story-photo", world, pk=story.pk)).status_code == 403
    agreed = {"given_on": day.isoformat(), "covers_photo": "on", "confirmed": "on"}
    assert staff.post(url("workspace-story-consent", world, pk=story.pk), agreed).status_code == 302
    staff.post(url("workspace-story-submit", world, pk=story.pk))
    staff.post(url("workspace-story-publish", world, pk=story.pk))
    with scope.within(world.halifax):
        assert Story.objects.get(pk=story.pk).state == StoryState.PUBLISHED
    open_at = reverse("councils:story-photo", args=[world.halifax.slug_en, story.pk])
    seen = public.get(open_at)
    assert (seen.status_code, seen.getvalue()[:4]) == (200, b"\x89PNG")
    staff.post(url("workspace-story-withdraw", world, pk=story.pk))
    assert public.get(open_at).status_code == 404
    assert staff.get(url("workspace-story-photo", world, pk=story.pk)).status_code == 404
    assert not StoredFile.objects.exists()
    with scope.within(world.halifax):
        assert Story.objects.get(pk=story.pk).consent_recorded_by == by


def test_a_story_that_is_not_public_is_personal_data(world, signed_in):
    story = make.StoryFactory(council=world.halifax, title_en="Not agreed yet")
    address = url("workspace-story-show", world, pk=story.pk)
    assert signed_in("board").get(address).status_code == 403
    asked = signed_in("national").get(address)
    assert asked.url.startswith(url("session-open", world))
    listed = signed_in("national").get(url("workspace-story-list", world)).content.decode()
    assert "Not agreed yet" not in listed
    assert "State your reason to see them" in listed
    world.people["national"].staff_sessions.create(
        council=world.halifax, reason="Editing help", ends_at=timezone.now() + timedelta(hours=1)
    )
    assert "Not agreed yet" in signed_in("national").get(address).content.decode()


def test_a_file_that_is_no_picture_is_refused_next_to_its_field(world, coordinator):
    story = make.StoryFactory(council=world.halifax)
    answer = coordinator.post(
        url("workspace-story-photo-add", world, pk=story.pk), {"photo": SimpleUploadedFile("x.png", b"<svg>")}
    )
    assert answer.status_code == 422
    assert "content is something else" in answer.content.decode()


def test_consent_needs_the_confirmation(world, coordinator):
    story = make.StoryFactory(council=world.halifax)
    answer = coordinator.post(url("workspace-story-consent", world, pk=story.pk), {"given_on": "2026-01-01"})
    assert answer.status_code == 422
    assert 'value="2026-01-01"' in answer.content.decode()
    assert "without it there is no consent" in answer.content.decode()


@in_2026
def test_last_years_answers_stand_beside_this_years_questions(world, signed_in):
    with scope.within(world.halifax):
        Reflection.objects.filter(year=2025).update(what_works_en="Breakfast at nine.")
    page = signed_in("director").get(url("reflection-edit", world, year=2026))
    assert "Breakfast at nine." in page.content.decode()
    assert "What you wrote in 2025" in page.content.decode()


@in_2026
def test_a_year_to_come_is_not_found(world, signed_in):
    assert signed_in("director").get(url("reflection-edit", world, year=2027)).status_code == 404
    assert signed_in("director").get(url("reflection-edit", world, year=1999)).status_code == 404


@in_2026
def test_opening_a_year_begins_nothing(world, signed_in):
    signed_in("director").get(url("reflection-edit", world, year=2026))
    with scope.within(world.halifax):
        assert not Reflection.objects.filter(year=2026).exists()
