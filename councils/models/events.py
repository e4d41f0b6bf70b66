"""A council's events, and who signs up for them and comes."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual, both
from allies.kit.models import Row
from councils.models.council import Council, DatePrecision
from councils.models.person import User
from councils.models.reference import Place
from councils.models.table import Organisation


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
        NETWORKING = "networking", _("Networking event")
        COACHING = "coaching", _("Coaching event")
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
    where_en = models.CharField(_("address or link in English"), max_length=300, blank=True)
    where_fr = models.CharField(_("address or link in French"), max_length=300, blank=True)
    hosts = models.ManyToManyField(Organisation, related_name="hosted_events", blank=True, verbose_name=_("hosts"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    precision = models.CharField(
        _("precision of the date"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    starts_at = models.DateTimeField(_("begins at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    takes_signups = models.BooleanField(_("people sign up here"), default=False)
    places = models.PositiveSmallIntegerField(_("number of places"), null=True, blank=True)
    signup_until = models.DateField(_("last day to sign up"), null=True, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    tells_who_came = models.BooleanField(_("the public reads how many came"), default=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    title = Bilingual("title")
    summary = Bilingual("summary")
    where = Bilingual("where")

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
            models.CheckConstraint(
                name="an_event_ends_at_an_hour_after_it_begins",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(name="an_event_has_at_least_one_place", condition=Q(places=None) | Q(places__gte=1)),
            models.CheckConstraint(
                name="people_sign_up_for_a_councils_event_on_a_known_day",
                condition=Q(takes_signups=False) | Q(council__isnull=False, precision=DatePrecision.DAY),
            ),
            models.CheckConstraint(
                name="people_sign_up_before_the_event",
                condition=Q(signup_until=None) | Q(signup_until__lte=F("starts_on")),
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


class Registration(Row):
    """Somebody who signed up for an event, with an account or without, or who came unannounced."""

    class Role(models.TextChoices):
        NEWCOMER = "newcomer", _("Newcomer looking for work")
        MENTOR = "mentor", _("Mentor or professional")
        EMPLOYER = "employer", _("Employer")
        AGENCY = "agency", _("Community organisation or agency")
        PUBLIC = "public", _("Government or college")
        COUNCIL = "council", _("Council")

    class State(models.TextChoices):
        SIGNED_UP = "signed_up", pgettext_lazy("one person", "Signed up")
        WITHDRAWN = "withdrawn", _("Withdrew")
        CAME = "came", pgettext_lazy("one person", "Came")
        ABSENT = "absent", pgettext_lazy("one person", "Did not come")

    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations", verbose_name=_("event"))
    person = models.ForeignKey(
        User, models.PROTECT, related_name="registrations", null=True, blank=True, verbose_name=_("account")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language of messages"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))], default="en"
    )
    role = models.CharField(_("comes as"), max_length=8, choices=Role.choices)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.SIGNED_UP)
    signed_up_at = models.DateTimeField(
        _("signed up"), default=timezone.now, null=True, blank=True, help_text=_("Empty for who came unannounced.")
    )
    withdrawn_at = models.DateTimeField(_("place given back"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("attendance recorded"), null=True, blank=True)

    objects = ScopedManager(council="event__council")

    class Meta:
        verbose_name = _("registration for an event")
        verbose_name_plural = _("registrations for events")
        constraints = [
            models.UniqueConstraint(
                "event", Lower("email"), name="an_address_is_registered_once_for_an_event", condition=~Q(email="")
            ),
            models.CheckConstraint(
                name="a_registration_has_a_known_role",
                condition=Q(role__in=("newcomer", "mentor", "employer", "agency", "public", "council")),
            ),
            models.CheckConstraint(
                name="a_registration_has_a_known_state",
                condition=Q(state__in=("signed_up", "withdrawn", "came", "absent")),
            ),
            models.CheckConstraint(
                name="a_withdrawn_registration_says_since_when",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
            ),
            models.CheckConstraint(
                name="who_came_unannounced_came",
                condition=Q(signed_up_at__isnull=False) | Q(state__in=("came", "absent")),
            ),
        ]
        indexes = [
            # Serves the report, and the count of places that each sign-up makes.
            models.Index(name="registrations_by_event", fields=["event", "state", "role"]),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Erased name"))
