"""Who sits at a council's table: organisations by stakeholder group, bodies, seats, meetings and attendance."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual, both
from allies.kit.folding import anywhere
from allies.kit.models import Row
from councils.models.council import Council
from councils.models.membership import TermQuerySet
from councils.models.person import User
from councils.models.reference import Sector


class StakeholderGroup(models.TextChoices):
    """The groups that a complete table brings together."""

    EMPLOYER = "employer", _("Employers")
    COMMUNITY = "community", _("Community organisations")
    POST_SECONDARY = "post_secondary", _("Colleges and universities")
    ASSESSMENT = "assessment", _("Assessment services")
    LABOUR = "labour", _("Labour")
    IMMIGRANT_NETWORK = "immigrant_network", _("Professional immigrant networks")
    REGULATOR = "regulator", _("Occupation regulators")
    MUNICIPAL = "municipal", _("Municipal government")
    PROVINCIAL = "provincial", _("Provincial government")
    FEDERAL = "federal", _("Federal government")


class Organisation(Row):
    """An organisation at a council's table."""

    class Focus(models.TextChoices):
        """What the members of a professional immigrant network share."""

        UNSAID = "", "---------"
        PROFESSION = "profession", _("A profession or field")
        ORIGIN = "origin", _("An origin, culture or language")
        BOTH = "both", _("A profession and an origin")

    council = models.ForeignKey(Council, models.CASCADE, related_name="organisations", verbose_name=_("council"))
    name_en = models.CharField(_("name in English"), max_length=160)
    name_fr = models.CharField(_("name in French"), max_length=160, help_text=_("Repeat the name if it has only one."))
    group = models.CharField(_("stakeholder group"), max_length=18, choices=StakeholderGroup.choices)
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("sector")
    )
    website = models.URLField(_("website"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact e-mail address"), blank=True)
    contact_is_public = models.BooleanField(_("the contact person agrees to be shown"), default=False)
    focus = models.CharField(_("what its members share"), max_length=10, choices=Focus.choices, blank=True)
    about_en = models.CharField(_("who it is for, in English"), max_length=300, blank=True)
    about_fr = models.CharField(_("who it is for, in French"), max_length=360, blank=True)
    is_member = models.BooleanField(_("member agency"), default=False)
    is_public = models.BooleanField(_("shown on the council's page"), default=False)
    joined_on = models.DateField(_("at the table since"), null=True, blank=True)
    left_on = models.DateField(_("left the table"), null=True, blank=True)
    note = models.TextField(_("note for the council's staff"), blank=True)
    name = Bilingual("name")
    about = Bilingual("about")

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(name="an_organisation_is_listed_once_at_a_council", fields=["council", "name_en"]),
            models.CheckConstraint(name="an_organisation_has_a_name_in_both_languages", condition=both("name")),
            models.CheckConstraint(
                name="an_organisation_leaves_after_it_joins",
                condition=Q(joined_on=None) | Q(left_on=None) | Q(left_on__gte=F("joined_on")),
            ),
        ]
        indexes = [
            # Serves the administration's search.
            anywhere("organisations_by_any_name", "name_en", "name_fr", "contact_name", "contact_email"),
            # Serves the public directory of networks.
            models.Index(
                name="immigrant_networks", fields=["council"], condition=Q(group="immigrant_network", is_public=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Body(Row):
    """A group that a council convenes: a board, champions, a sector working group, a roundtable."""

    class Kind(models.TextChoices):
        BOARD = "board", _("Board")
        STEERING = "steering", _("Steering committee")
        CHAMPIONS = "champions", _("Employer council of champions")
        AMBASSADORS = "ambassadors", _("Ambassadors")
        SECTOR = "sector", _("Sector working group")
        ROUNDTABLE = "roundtable", _("Intergovernmental roundtable")
        ADVISORY = "advisory", _("Advisory team")

    class Cadence(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")
        BIMONTHLY = "bimonthly", _("Every second month")
        QUARTERLY = "quarterly", _("Every quarter")
        YEARLY = "yearly", _("Every year")
        AS_NEEDED = "as_needed", _("As needed")

    council = models.ForeignKey(Council, models.CASCADE, related_name="bodies", verbose_name=_("council"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_fr = models.CharField(_("name in French"), max_length=160, blank=True)
    purpose_en = models.TextField(_("purpose in English"), max_length=600, blank=True)
    purpose_fr = models.TextField(_("purpose in French"), max_length=700, blank=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("sector")
    )
    cadence = models.CharField(_("meets"), max_length=10, choices=Cadence.choices, default=Cadence.AS_NEEDED)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    name = Bilingual("name")
    purpose = Bilingual("purpose")

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.UniqueConstraint(name="a_body_is_named_once_at_a_council", fields=["council", "name_en"]),
            models.CheckConstraint(
                name="a_published_body_speaks_both_languages",
                condition=Q(is_published=False) | both("name", "purpose"),
            ),
            models.CheckConstraint(
                name="a_body_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="a_sector_working_group_names_its_sector",
                condition=~Q(kind="sector") | Q(sector__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(Row):
    """A seat in a body for a term: held by a person of the portal, or by someone known by name only."""

    class Part(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice-chair")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats", verbose_name=_("body"))
    person = models.ForeignKey(
        User, models.PROTECT, related_name="seats", null=True, blank=True, verbose_name=_("person")
    )
    name = models.CharField(_("name of the holder"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address of the holder"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, related_name="seats", null=True, blank=True, verbose_name=_("organisation")
    )
    part = models.CharField(_("part"), max_length=10, choices=Part.choices, default=Part.MEMBER)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = ScopedManager(council="body__council", _manager_class=models.Manager.from_queryset(TermQuerySet))

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.CheckConstraint(
                name="a_seat_is_held_by_a_person_or_a_name",
                condition=Q(person__isnull=False, name="", email="") | (Q(person=None) & ~Q(name="")),
            ),
            models.CheckConstraint(
                name="a_seat_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person)


class Meeting(Row):
    """A meeting of a body, with its agenda and minutes; `sequence` counts changes for calendars."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="meetings", verbose_name=_("body"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place_en = models.CharField(_("place in English"), max_length=200, blank=True)
    place_fr = models.CharField(_("place in French"), max_length=200, blank=True)
    online_url = models.URLField(_("online link"), blank=True)
    agenda_en = models.TextField(_("agenda in English"), blank=True, help_text=_("One item a line"))
    agenda_fr = models.TextField(_("agenda in French"), blank=True, help_text=_("One item a line"))
    minutes_en = models.TextField(_("minutes in English"), blank=True, help_text=_("Markdown"))
    minutes_fr = models.TextField(_("minutes in French"), blank=True, help_text=_("Markdown"))
    minutes_approved_on = models.DateField(_("minutes approved"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    sequence = models.PositiveIntegerField(_("revision"), default=0)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    place = Bilingual("place")
    agenda = Bilingual("agenda")
    minutes = Bilingual("minutes")

    objects = ScopedManager(council="body__council")

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(name="a_meeting_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.UniqueConstraint(name="a_body_meets_once_at_a_time", fields=["body", "starts_at"]),
            models.CheckConstraint(
                name="approved_minutes_are_written",
                condition=Q(minutes_approved_on=None) | ~Q(minutes_en="", minutes_fr=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.starts_at:%Y-%m-%d}"


class Attendance(Row):
    """Whether the holder of a seat came to a meeting."""

    class Answer(models.TextChoices):
        PRESENT = "present", _("Present")
        REGRETS = "regrets", _("Regrets")
        ABSENT = "absent", _("Absent")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name=_("meeting"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances", verbose_name=_("seat"))
    answer = models.CharField(_("attendance"), max_length=8, choices=Answer.choices)

    objects = ScopedManager(council="meeting__body__council")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(name="a_seat_attends_a_meeting_once", fields=["meeting", "seat"])]

    def __str__(self) -> str:
        return self.get_answer_display()
