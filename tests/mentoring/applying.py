"""What the tests of applications share."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories import mentoring as make


def days(opens=-5, **facts):
    today = timezone.localdate()
    names = ("opens_on", "closes_on", "match_by", "starts_on", "ends_on")
    ahead = (opens, opens + 30, opens + 60, opens + 70, opens + 190)
    return {name: today + timedelta(days=day) for name, day in zip(names, ahead, strict=True)} | facts


def open_intake(**programme):
    """An intake of a published programme that takes applications today."""
    made = make.ProgrammeFactory(is_published=True, council__is_published=True, **programme)
    return make.IntakeFactory(programme=made, state="open", **days())


def pdf(name="cv.pdf", content=b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"):
    return SimpleUploadedFile(name, content)


def at(state, intake, **facts):
    stamps = dict.fromkeys(("submitted_at", "eligible_at", "screened_at", "oriented_at", "handbook_at"), make.NOW)
    return make.ApplicationFactory(intake=intake, state=state, **{**stamps, **facts})
