"""What a council tells: its look back on a year, and stories of at most 150 words."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual, both
from allies.kit.models import Row, StoredFile
from councils.models.council import Council
from councils.models.person import User
from councils.states import ReflectionState, StoryState

STORY_WORDS = 150


class Reflection(Row):
    """A council's look back on one year: success and challenge for its page, the rest for the network."""

    QUESTIONS = (
        "biggest_success",
        "biggest_challenge",
        "what_works",
        "value",
        "recommendations",
        "start_again",
        "favourite_story",
    )

    council = models.ForeignKey(Council, models.CASCADE, related_name="reflections", verbose_name=_("council"))
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    biggest_success_en = models.TextField(_("biggest success, in English"), max_length=1200, blank=True)
    biggest_success_fr = models.TextField(_("biggest success, in French"), max_length=1400, blank=True)
    biggest_challenge_en = models.TextField(_("biggest challenge, in English"), max_length=1200, blank=True)
    biggest_challenge_fr = models.TextField(_("biggest challenge, in French"), max_length=1400, blank=True)
    what_works_en = models.TextField(_("what works, in English"), max_length=2000, blank=True)
    what_works_fr = models.TextField(_("what works, in French"), max_length=2400, blank=True)
    value_en = models.TextField(_("value of the network, in English"), max_length=2000, blank=True)
    value_fr = models.TextField(_("value of the network, in French"), max_length=2400, blank=True)
    recommendations_en = models.TextField(_("recommendations, in English"), max_length=2000, blank=True)
    recommendations_fr = models.TextField(_("recommendations, in French"), max_length=2400, blank=True)
    start_again_en = models.TextField(_("if we started again, in English"), max_length=2000, blank=True)
    start_again_fr = models.TextField(_("if we started again, in French"), max_length=2400, blank=True)
    favourite_story_en = models.TextField(_("favourite story, in English"), max_length=2000, blank=True)
    favourite_story_fr = models.TextField(_("favourite story, in French"), max_length=2400, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ReflectionState.choices, default=ReflectionState.DRAFT)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    biggest_success = Bilingual("biggest_success")
    biggest_challenge = Bilingual("biggest_challenge")
    what_works = Bilingual("what_works")
    value = Bilingual("value")
    recommendations = Bilingual("recommendations")
    start_again = Bilingual("start_again")
    favourite_story = Bilingual("favourite_story")

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("yearly reflection")
        verbose_name_plural = _("yearly reflections")
        constraints = [
            models.UniqueConstraint(name="a_council_reflects_once_a_year", fields=["council", "year"]),
            models.CheckConstraint(
                name="a_published_reflection_speaks_both_languages",
                condition=~Q(state=ReflectionState.PUBLISHED) | both("biggest_success", "biggest_challenge"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.year}"


class Words(Func):
    """The number of words in a text, counted by the database."""

    template = r"coalesce(array_length(regexp_split_to_array(btrim(%(expressions)s), '\s+'), 1), 0)"
    output_field = models.IntegerField()


def at_most_150_words(text: str) -> None:
    """Refuse a story longer than its limit, saying by how much."""
    over = len(text.split()) - STORY_WORDS
    if over > 0:
        raise ValidationError(
            ngettext(
                "A story has at most 150 words: please shorten it by %(over)d word.",
                "A story has at most 150 words: please shorten it by %(over)d words.",
                over,
            )
            % {"over": over}
        )


class Story(Row):
    """A story of at most 150 words, told with the consent of the person it is about."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="stories", verbose_name=_("council"))
    title_en = models.CharField(_("title in English"), max_length=120)
    title_fr = models.CharField(_("title in French"), max_length=140, blank=True)
    body_en = models.TextField(_("story in English"), blank=True, validators=[at_most_150_words])
    body_fr = models.TextField(_("story in French"), blank=True, validators=[at_most_150_words])
    photo = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("photo")
    )
    photo_alt_en = models.CharField(_("what the photo shows, in English"), max_length=200, blank=True)
    photo_alt_fr = models.CharField(_("what the photo shows, in French"), max_length=200, blank=True)
    subject = models.CharField(_("whom the story is about"), max_length=120)
    consent_given_on = models.DateField(_("consent given"), null=True, blank=True)
    consent_recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("consent recorded by")
    )
    consent_covers_photo = models.BooleanField(_("the consent covers the photo"), default=False)
    consent_withdrawn_on = models.DateField(_("consent withdrawn"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=StoryState.choices, default=StoryState.DRAFT)
    told_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("written by")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    title = Bilingual("title")
    body = Bilingual("body")
    photo_alt = Bilingual("photo_alt")

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.CheckConstraint(
                name="a_published_story_speaks_both_languages",
                condition=~Q(state=StoryState.PUBLISHED) | both("title", "body"),
            ),
            models.CheckConstraint(
                name="a_published_story_has_consent",
                condition=~Q(state=StoryState.PUBLISHED) | Q(consent_given_on__isnull=False, consent_withdrawn_on=None),
            ),
            models.CheckConstraint(
                name="a_published_photo_has_consent_and_a_description",
                condition=~Q(state=StoryState.PUBLISHED)
                | Q(photo=None)
                | (Q(consent_covers_photo=True) & both("photo_alt")),
            ),
            models.CheckConstraint(
                name="a_published_story_says_since_when",
                condition=~Q(state=StoryState.PUBLISHED) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_to_a_story_names_who_recorded_it",
                condition=Q(consent_given_on=None) | Q(consent_recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_story_has_at_most_150_words",
                condition=Q(
                    Q(
                        models.lookups.LessThanOrEqual(Words("body_en"), Value(STORY_WORDS)),
                    ),
                    Q(
                        models.lookups.LessThanOrEqual(Words("body_fr"), Value(STORY_WORDS)),
                    ),
                ),
            ),
        ]
        indexes = [
            # Serve the pages of stories and the feeds.
            models.Index(
                name="published_stories_newest_first",
                fields=["-published_at", "id"],
                condition=Q(state=StoryState.PUBLISHED),
            ),
            models.Index(
                name="published_stories_last_changed", fields=["-changed_at"], condition=Q(state=StoryState.PUBLISHED)
            ),
        ]

    def __str__(self) -> str:
        return self.title
