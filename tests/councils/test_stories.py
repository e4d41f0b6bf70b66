"""Stories: at most 150 words, with consent, in both languages; down at once when consent is withdrawn."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.models import StoredFile
from allies.kit.refusals import Refused
from councils.models import Story
from councils.services import stories
from councils.services.editing import Faulty, fingerprints
from councils.states import StoryState

FACTS = {
    "title_en": "From Lagos to the lab",
    "title_fr": "De Lagos au laboratoire",
    "body_en": "A mentor opened a door.",
    "body_fr": "Une personne mentore a ouvert une porte.",
    "photo_alt_en": "",
    "photo_alt_fr": "",
    "subject": "Amara N.",
}
ALT = {"photo_alt_en": "Two people at a bench.", "photo_alt_fr": "Deux personnes à une paillasse."}


def picture(name="photo.png"):
    out = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


@pytest.fixture
def council(world):
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def by(world):
    return world.people["coordinator"]


@pytest.fixture
def story(council, by):
    return stories.write_story(council, facts=FACTS, by=by)


def opened(story):
    return fingerprints(story, stories.FIELDS)


def agreed(story, by, *, photo=False):
    stories.record_consent(story, given_on=timezone.localdate(), covers_photo=photo, by=by)
    stories.submit_story(story, by=by)


def test_a_new_story_is_a_draft_told_by_its_writer(story, by):
    assert (story.state, story.told_by) == (StoryState.DRAFT, by)


def test_150_words_fit_and_151_do_not(story, by):
    stories.edit_story(story, facts={"body_en": "word " * 150}, seen=opened(story), by=by)
    story.refresh_from_db()
    with pytest.raises(Faulty):
        stories.edit_story(story, facts={"body_en": "word " * 151}, seen=opened(story), by=by)
    story.refresh_from_db()
    assert len(story.body_en.split()) == 150


def test_nothing_is_published_without_consent(story, by):
    stories.submit_story(story, by=by)
    with pytest.raises(Denied, match="consent"):
        stories.publish_story(story, by=by)


def test_consent_is_not_recorded_before_it_is_given(story, by):
    with pytest.raises(Faulty):
        stories.record_consent(story, given_on=timezone.localdate() + timedelta(days=1), covers_photo=False, by=by)


def test_consent_says_who_recorded_it(story, by):
    agreed(story, by)
    story.refresh_from_db()
    assert (story.consent_given_on, story.consent_recorded_by) == (timezone.localdate(), by)


def test_a_story_is_published_with_consent_and_both_languages(story, by):
    agreed(story, by)
    stories.publish_story(story, by=by)
    story.refresh_from_db()
    assert story.state == StoryState.PUBLISHED
    assert story.published_at is not None


def test_one_language_is_not_enough(story, by):
    stories.edit_story(story, facts={"body_fr": ""}, seen=opened(story), by=by)
    agreed(story, by)
    with pytest.raises(Faulty) as caught:
        stories.publish_story(story, by=by)
    assert set(caught.value.errors) == {"body_fr"}


def test_an_empty_story_is_not_handed_in(council, by):
    empty = stories.write_story(council, facts={**FACTS, "body_en": "", "body_fr": ""}, by=by)
    with pytest.raises(Faulty):
        stories.submit_story(empty, by=by)


def test_a_photo_needs_consent_of_its_own(story, by):
    stories.edit_story(story, facts=ALT, seen=opened(story), by=by)
    stories.set_photo(story, upload=picture(), by=by)
    agreed(story, by, photo=False)
    with pytest.raises(Refused, match="doesn't cover the photo"):
        stories.publish_story(story, by=by)
    stories.record_consent(story, given_on=timezone.localdate(), covers_photo=True, by=by)
    stories.publish_story(story, by=by)


def test_a_photo_is_described_in_both_languages(story, by):
    stories.set_photo(story, upload=picture(), by=by)
    agreed(story, by, photo=True)
    with pytest.raises(Faulty) as caught:
        stories.publish_story(story, by=by)
    assert set(caught.value.errors) == {"photo_alt_en", "photo_alt_fr"}


def test_a_file_that_is_no_picture_is_refused(story, by):
    with pytest.raises(Refused):
        stories.set_photo(story, upload=SimpleUploadedFile("photo.png", b"<script>"), by=by)
    assert not StoredFile.objects.exists()


def test_a_new_photo_takes_the_place_of_the_old_one(story, by, django_capture_on_commit_callbacks):
    stories.set_photo(story, upload=picture(), by=by)
    story.refresh_from_db()
    old = story.photo
    with django_capture_on_commit_callbacks(execute=True):
        stories.set_photo(story, upload=picture(), by=by)
    assert StoredFile.objects.count() == 1
    assert not old.file.storage.exists(old.file.name)


def test_a_removed_photo_is_gone(story, by):
    stories.set_photo(story, upload=picture(), by=by)
    stories.remove_photo(story, by=by)
    assert not StoredFile.objects.exists()
    with pytest.raises(Refused, match="no photo"):
        stories.remove_photo(story, by=by)


def test_withdrawn_consent_takes_the_story_down_and_deletes_words_and_photo(
    story, by, django_capture_on_commit_callbacks
):
    stories.edit_story(story, facts=ALT, seen=opened(story), by=by)
    stories.set_photo(story, upload=picture(), by=by)
    agreed(story, by, photo=True)
    stories.publish_story(story, by=by)
    story.refresh_from_db()
    photo = story.photo
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw_story(story, by=by)
    story.refresh_from_db()
    assert (story.state, story.consent_withdrawn_on) == (StoryState.WITHDRAWN, timezone.localdate())
    assert [getattr(story, name) for name in FACTS if name != "subject"] == [""] * 6
    assert story.consent_given_on == timezone.localdate()
    assert story.photo is None
    assert not photo.file.storage.exists(photo.file.name)


def test_a_withdrawn_story_stays_withdrawn(story, by):
    stories.withdraw_story(story, by=by)
    for act in (stories.submit_story, stories.take_back_story, stories.withdraw_story):
        with pytest.raises(Refused):
            act(story, by=by)
    with pytest.raises(Refused, match="can't be changed"):
        stories.edit_story(story, facts={"title_en": "Again"}, seen={}, by=by)


def test_a_public_story_is_not_edited_in_place(story, by):
    agreed(story, by)
    stories.publish_story(story, by=by)
    with pytest.raises(Refused, match="Take it back"):
        stories.edit_story(story, facts={"title_en": "New"}, seen=opened(story), by=by)
    story.refresh_from_db()
    stories.take_back_story(story, by=by)
    stories.edit_story(story, facts={"title_en": "New"}, seen=opened(story), by=by)
    assert Story.objects.get(pk=story.pk).title_en == "New"


@pytest.mark.parametrize("who", ["board", "partner", "rival", "coach", "funder"])
def test_readers_change_nothing(story, world, who):
    with pytest.raises(Denied):
        stories.submit_story(story, by=world.people[who])
    assert audit.about(story).count() == 1
