"""What a council does and tells: programmes, yearly reflections, stories, events and readiness."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual, both
from allies.kit.models import Row, StoredFile
from councils.models.council import Council, DatePrecision
from councils.models.person import User
from councils.models.reference import Place
from councils.models.table import Organisation
from councils.states import ReflectionState, StoryState

STORY_WORDS = 150


class LocalProgramme(Row):
    """A programme that a council convenes; partners may deliver it."""

    class Kind(models.TextChoices):
        MENTORING = "mentoring", _("Mentoring")
        CONNECTOR = "connector", _("Connector")
        SPEED_NETWORKING = "speed_networking", _("Speed networking")
        INTERNSHIP = "internship", _("Internship")
        BRIDGING = "bridging", _("Bridging")
        LOANS = "loans", _("Loans")
        LANGUAGE = "language", _("Language training")
        ASSESSMENT = "assessment", _("Prior learning assessment")
        MATCHING = "matching", _("Job matching")
        EMPLOYER_OUTREACH = "employer_outreach", _("Employer outreach")
        AWARENESS = "awareness", _("Awareness campaign")
        RECOGNITION = "recognition", _("Employer recognition")
        INFORMATION = "information", _("Information for newcomers")

    council = models.ForeignKey(Council, models.CASCADE, related_name="programmes", verbose_name=_("council"))
    kind = models.CharField(_("kind"), max_length=18, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_fr = models.CharField(_("name in French"), max_length=160, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True)
    summary_fr = models.TextField(_("summary in French"), max_length=700, blank=True)
    delivered_by = models.ManyToManyField(
        Organisation, related_name="delivers", blank=True, verbose_name=_("delivered by")
    )
    started_on = models.DateField(_("started"), null=True, blank=True)
    started_precision = models.CharField(
        _("precision of the start"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.YEAR
    )
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    is_pilot = models.BooleanField(_("pilot"), default=False)
    website = models.URLField(_("website"), blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    name = Bilingual("name")
    summary = Bilingual("summary")

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("local programme")
        verbose_name_plural = _("local programmes")
        constraints = [
            models.UniqueConstraint(name="a_programme_is_named_once_at_a_council", fields=["council", "name_en"]),
            models.CheckConstraint(
                name="a_published_programme_speaks_both_languages",
                condition=Q(is_published=False) | both("name", "summary"),
            ),
            models.CheckConstraint(
                name="a_programme_ends_after_it_starts",
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


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
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
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
    state = models.CharField(
        _("state"), max_length=10, choices=ReflectionState.choices, default=ReflectionState.DRAFT
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

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
    changed_at = models.DateTimeField(auto_now=True)
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
                condition=~Q(state=StoryState.PUBLISHED)
                | Q(consent_given_on__isnull=False, consent_withdrawn_on=None),
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

    def __str__(self) -> str:
        return self.title


class Event(Row):
    """A gathering that a council, or the network where no council is named, announces or remembers."""

    class Kind(models.TextChoices):
        EXCHANGE = "exchange", _("Learning exchange")
        SUMMIT = "summit", _("Business leaders' summit")
        DIRECTORS = "directors", _("Executive directors' session")
        REGIONAL = "regional", _("Regional meeting")
        ROUNDTABLE = "roundtable", _("Roundtable")
        WEBINAR = "webinar", _("Webinar")
        WORKSHOP = "workshop", _("Workshop")
        CEREMONY = "ceremony", _("Ceremony")

    council = models.ForeignKey(
        Council, models.CASCADE, related_name="events", null=True, blank=True, verbose_name=_("council")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title_en = models.CharField(_("title in English"), max_length=160)
    title_fr = models.CharField(_("title in French"), max_length=160, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=800, blank=True)
    summary_fr = models.TextField(_("summary in French"), max_length=1000, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="events", null=True, blank=True, verbose_name=_("city")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    website = models.URLField(_("website"), blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    changed_at = models.DateTimeField(auto_now=True)
    title = Bilingual("title")
    summary = Bilingual("summary")

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                name="a_published_event_speaks_both_languages",
                condition=Q(is_published=False) | both("title", "summary"),
            ),
            models.CheckConstraint(
                name="an_event_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Readiness(Row):
    """A scored look at whether a community is ready for a council: three roles and three conditions, each 0 to 3."""

    QUESTIONS = ("catalyst", "convener", "champion", "demand", "local_government", "local_agencies")

    class Score(models.IntegerChoices):
        ABSENT = 0, _("Not there")
        EMERGING = 1, _("Emerging")
        PRESENT = 2, _("Present")
        STRONG = 3, _("Strong")

    council = models.ForeignKey(Council, models.CASCADE, related_name="readiness", verbose_name=_("council"))
    on = models.DateField(_("date"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    catalyst = models.PositiveSmallIntegerField(_("a local catalyst organises support"), choices=Score.choices)
    convener = models.PositiveSmallIntegerField(_("a local convener can incubate the council"), choices=Score.choices)
    champion = models.PositiveSmallIntegerField(
        _("a recognised business leader is the champion"), choices=Score.choices
    )
    demand = models.PositiveSmallIntegerField(_("employers ask for talent"), choices=Score.choices)
    local_government = models.PositiveSmallIntegerField(_("local government is willing"), choices=Score.choices)
    local_agencies = models.PositiveSmallIntegerField(_("local agencies are willing"), choices=Score.choices)
    note = models.TextField(_("note"), max_length=1500, blank=True)

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("readiness checklist")
        verbose_name_plural = _("readiness checklists")
        constraints = [
            models.UniqueConstraint(name="one_readiness_checklist_a_day", fields=["council", "on"]),
            models.CheckConstraint(
                name="readiness_is_scored_0_to_3",
                condition=Q(
                    catalyst__lte=3,
                    convener__lte=3,
                    champion__lte=3,
                    demand__lte=3,
                    local_government__lte=3,
                    local_agencies__lte=3,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.on}"

    @property
    def total(self) -> int:
        """The sum of the scores, 0 to 18."""
        return sum(getattr(self, name) for name in self.QUESTIONS)
