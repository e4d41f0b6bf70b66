"""Stories: written, handed in, published with the person's consent, and taken down the moment it is withdrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, files
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.states import move
from councils.models import Council, Story, User
from councils.services.editing import Faulty, merged, saying, write
from councils.services.languages import require_both_languages
from councils.states import STORY, StoryState

FIELDS = ("title_en", "title_fr", "body_en", "body_fr", "photo_alt_en", "photo_alt_fr", "subject")
PHOTO_KINDS = ("jpeg", "png")
WRITABLE = (StoryState.DRAFT, StoryState.SUBMITTED)
RULES = {"a_story_has_at_most_150_words": ("body_en", _("A story has at most 150 words in each language."))}


def _standing(story: Story) -> Story:
    standing = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if standing.state not in WRITABLE:
        raise Refused(_("This story can't be changed as it stands. Take it back to a draft first."))
    return standing


@transaction.atomic
def write_story(council: Council, *, facts: Mapping[str, Any], by: User) -> Story:
    """Begin a story as a draft."""
    authorize(by, "councils.edit", council)
    story = Story(council=council, told_by=by)
    write(story, facts, known=FIELDS)
    with saying(**RULES):
        story.save(force_insert=True)
    audit.record("councils.story_written", story, by=by, council=council, fields=[n for n in facts if facts[n]])
    return story


@transaction.atomic
def edit_story(story: Story, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed and give the names of the changed fields; Overtaken where a colleague was faster."""
    authorize(by, "councils.edit", story.council)
    standing = _standing(story)
    changes = merged(standing, facts, seen)
    write(standing, changes, known=FIELDS)
    if not changes:
        return []
    standing.changed_at = timezone.now()
    with saying(**RULES):
        standing.save(update_fields=[*changes, "changed_at"])
    audit.record("councils.story_changed", standing, by=by, council=standing.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def set_photo(story: Story, *, upload: "UploadedFile[Any]", by: User) -> None:
    """Keep a photo for the story in place of the one it had."""
    authorize(by, "councils.edit", story.council)
    standing = _standing(story)
    old = standing.photo
    standing.photo = files.store(upload, kinds=PHOTO_KINDS, by=by, tenant_id=standing.council_id)
    standing.save(update_fields=["photo", "changed_at"])
    if old:
        files.discard(old)
    audit.record("councils.story_photo_added", standing, by=by, council=standing.council_id, fields=["photo"])


@transaction.atomic
def remove_photo(story: Story, *, by: User) -> None:
    """Forget the story's photo."""
    authorize(by, "councils.edit", story.council)
    standing = _standing(story)
    if standing.photo is None:
        raise Refused(_("This story has no photo."))
    _forget_photo(standing)
    audit.record("councils.story_photo_removed", standing, by=by, council=standing.council_id, fields=["photo"])


def _forget_photo(story: Story) -> None:
    photo, story.photo = story.photo, None
    story.save(update_fields=["photo", "changed_at"])
    if photo:
        files.discard(photo)


@transaction.atomic
def record_consent(story: Story, *, given_on: date, covers_photo: bool, by: User) -> None:
    """Record that the person agreed to the story, on which day, and whether to the photo as well."""
    authorize(by, "councils.edit", story.council)
    standing = _standing(story)
    if given_on > timezone.localdate():
        raise Faulty({"given_on": _("This day is still to come: consent is recorded once it is given.")})
    standing.consent_given_on, standing.consent_covers_photo, standing.consent_recorded_by = given_on, covers_photo, by
    fields = ["consent_given_on", "consent_covers_photo", "consent_recorded_by"]
    standing.save(update_fields=[*fields, "changed_at"])
    audit.record("councils.story_consent_recorded", standing, by=by, council=standing.council_id, fields=fields)


@transaction.atomic
def submit_story(story: Story, *, by: User) -> None:
    """Hand a story to whoever publishes at the council."""
    authorize(by, "councils.edit", story.council)
    story.refresh_from_db()
    if not story.body:
        raise Faulty({"body_en": _("Write the story in at least one language before you hand it in.")})
    move(story, StoryState.SUBMITTED, arrows=STORY)
    audit.record("councils.story_submitted", story, by=by, council=story.council_id)


@transaction.atomic
def take_back_story(story: Story, *, by: User) -> None:
    """Make a story a draft again; a public one leaves the council's page."""
    authorize(by, "councils.edit", story.council)
    move(story, StoryState.DRAFT, arrows=STORY, published_at=None)
    audit.record("councils.story_taken_back", story, by=by, council=story.council_id)


@transaction.atomic
def publish_story(story: Story, *, by: User) -> None:
    """Show a story on the council's page: both languages, consent on record, a described photo it covers or none."""
    standing = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    authorize(by, "councils.publish_story", standing)
    require_both_languages(standing)
    if standing.photo_id and not standing.consent_covers_photo:
        raise Refused(_("The consent doesn't cover the photo: remove the photo, or record consent that covers it."))
    if standing.photo_id and not (standing.photo_alt_en and standing.photo_alt_fr):
        sentence = _("Say what the photo shows, for people who can't see it, in both languages.")
        raise Faulty({name: sentence for name in ("photo_alt_en", "photo_alt_fr") if not getattr(standing, name)})
    move(standing, StoryState.PUBLISHED, arrows=STORY, published_at=timezone.now())
    audit.record("councils.story_published", standing, by=by, council=standing.council_id)


@transaction.atomic
def withdraw_story(story: Story, *, by: User) -> None:
    """Take a story down for good, because the person withdrew consent or never gave it; words and photo are deleted.

    Whom it was about and when consent was given and withdrawn stay on record: they show that the council had the
    consent while it told the story.
    """
    authorize(by, "councils.edit", story.council)
    columns: dict[str, Any] = {name: "" for name in FIELDS if name != "subject"}
    if story.consent_given_on:
        columns["consent_withdrawn_on"] = timezone.localdate()
    move(story, StoryState.WITHDRAWN, arrows=STORY, **columns)
    standing = Story.objects.select_related("photo").get(pk=story.pk)
    _forget_photo(standing)
    audit.record("councils.story_withdrawn", standing, by=by, council=standing.council_id, fields=columns)
