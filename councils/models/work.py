"""What a council does: its local programmes and its events."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual, both
from allies.kit.models import Row
from councils.models.council import Council, DatePrecision
from councils.models.reference import Place
from councils.models.table import Organisation


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
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
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
        indexes = [
            # Serve the calendar, by the first and by the last day, and the feeds.
            models.Index(
                name="published_events_latest_first", fields=["-starts_on", "id"], condition=Q(is_published=True)
            ),
            models.Index(
                Coalesce("ends_on", "starts_on"), name="published_events_by_their_end", condition=Q(is_published=True)
            ),
            models.Index(name="published_events_last_changed", fields=["-changed_at"], condition=Q(is_published=True)),
        ]

    def __str__(self) -> str:
        return self.title
