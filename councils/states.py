"""The tables of arrows of the registry: a council's stages, a story's and a reflection's states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a council stands in its life."""

    ENQUIRY = "enquiry", _("Enquiry")
    EXPLORING = "exploring", _("Exploring")
    START_UP = "start_up", _("Start-up")
    OPERATING = "operating", _("Operating")
    STALLED = "stalled", _("Stalled")
    MERGED = "merged", _("Merged")
    CLOSED = "closed", _("Closed")


STAGES: dict[str, frozenset[str]] = {
    Stage.ENQUIRY: frozenset({Stage.EXPLORING, Stage.STALLED, Stage.CLOSED}),
    Stage.EXPLORING: frozenset({Stage.START_UP, Stage.STALLED, Stage.CLOSED}),
    Stage.START_UP: frozenset({Stage.OPERATING, Stage.STALLED, Stage.MERGED, Stage.CLOSED}),
    Stage.OPERATING: frozenset({Stage.STALLED, Stage.MERGED, Stage.CLOSED}),
    Stage.STALLED: frozenset({Stage.EXPLORING, Stage.START_UP, Stage.OPERATING, Stage.MERGED, Stage.CLOSED}),
    Stage.MERGED: frozenset(),
    Stage.CLOSED: frozenset(),
}


class StoryState(models.TextChoices):
    """Where a story stands between the person who tells it and the public."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


STORY: dict[str, frozenset[str]] = {
    StoryState.DRAFT: frozenset({StoryState.SUBMITTED, StoryState.WITHDRAWN}),
    StoryState.SUBMITTED: frozenset({StoryState.DRAFT, StoryState.PUBLISHED, StoryState.WITHDRAWN}),
    StoryState.PUBLISHED: frozenset({StoryState.DRAFT, StoryState.WITHDRAWN}),
    StoryState.WITHDRAWN: frozenset(),
}


class ReflectionState(models.TextChoices):
    """Where a yearly reflection stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    PUBLISHED = "published", _("Published")


REFLECTION: dict[str, frozenset[str]] = {
    ReflectionState.DRAFT: frozenset({ReflectionState.SUBMITTED}),
    ReflectionState.SUBMITTED: frozenset({ReflectionState.DRAFT, ReflectionState.PUBLISHED}),
    ReflectionState.PUBLISHED: frozenset(),
}
