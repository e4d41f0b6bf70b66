"""The people who mentor, and pairs that must not be made."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.folding import anywhere
from allies.kit.models import Row
from councils.models import Council, Occupation, Organisation, Place, Sector
from mentoring.models.profile import Mode, Seniority, availability_field, goals_field, languages_field
from mentoring.models.programme import Programme
from mentoring.states import MentorState

_PERSON = settings.AUTH_USER_MODEL


def one_to_one() -> list[str]:
    """The kind of mentoring that most mentors begin with."""
    return [Programme.Kind.ONE_TO_ONE]


class Mentor(Row):
    """A person who mentors for a council: in what, when, and how many mentees at a time."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="mentors", verbose_name=_("council"))
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="mentors", verbose_name=_("person"))
    state = models.CharField(
        _("state"), max_length=9, choices=MentorState.choices, default=MentorState.APPLIED, editable=False
    )
    kinds = ArrayField(
        models.CharField(max_length=10, choices=Programme.Kind.choices),
        verbose_name=_("kinds of mentoring"),
        default=one_to_one,
        size=4,
    )
    capacity = models.PositiveSmallIntegerField(_("mentees at a time"), default=1)
    # Kept by a trigger of the database: reserved, active and paused places. Nothing else writes it.
    active_load = models.PositiveSmallIntegerField(_("mentees now"), default=0, editable=False)
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="+", verbose_name=_("occupation"))
    industry = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("industry")
    )
    years = models.PositiveSmallIntegerField(_("years of experience"), default=0)
    languages = languages_field()
    goals = goals_field()
    availability = availability_field()
    mode = models.CharField(_("where to meet"), max_length=9, choices=Mode.choices, default=Mode.EITHER)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("city"))
    employer = models.CharField(_("employer"), max_length=120, blank=True)
    # Set where the mentor was invited by the employer's champion, or the council knows it.
    staff_of = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="mentors",
        verbose_name=_("employer at the table"),
    )
    invited_by = models.ForeignKey(
        _PERSON, models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("invited by")
    )
    position = models.CharField(_("position"), max_length=120, blank=True)
    seniority = models.CharField(_("level"), max_length=6, choices=Seniority.choices, blank=True)
    exception = models.CharField(_("why the employer's rules don't apply"), max_length=300, blank=True, editable=False)
    about = models.TextField(_("in your own words"), max_length=1500, blank=True)
    serves_network = models.BooleanField(_("also mentors people of other councils, online"), default=False)
    handbook_at = models.DateTimeField(_("handbook read"), null=True, blank=True, editable=False)
    oriented_on = models.DateField(_("orientation done"), null=True, blank=True, editable=False)
    paused_until = models.DateField(_("paused until"), null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(_("volunteered"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("mentor")
        verbose_name_plural = _("mentors")
        constraints = [
            models.UniqueConstraint(name="a_person_mentors_once_at_a_council", fields=["council", "person"]),
            models.CheckConstraint(
                name="a_mentor_has_at_most_as_many_mentees_as_places", condition=Q(active_load__lte=F("capacity"))
            ),
            models.CheckConstraint(name="a_mentor_has_a_sensible_capacity", condition=Q(capacity__lte=12)),
            models.CheckConstraint(name="a_mentor_state_is_known", condition=Q(state__in=MentorState.values)),
            models.CheckConstraint(name="a_mentor_mentors_in_some_way", condition=~Q(kinds=[])),
            models.CheckConstraint(
                name="a_mentor_is_oriented_before_being_available",
                condition=~Q(state__in=[MentorState.AVAILABLE, MentorState.PAUSED])
                | Q(oriented_on__isnull=False, handbook_at__isnull=False),
            ),
            models.CheckConstraint(name="a_mentor_counts_years_of_a_life", condition=Q(years__lte=70)),
        ]
        indexes = [
            models.Index(fields=["council", "state"], name="mentors_by_state"),
            anywhere("mentors_by_what_they_wrote", "employer", "position", "about"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Exclusion(Row):
    """Two people who must not be paired, and why."""

    class Kind(models.TextChoices):
        DECLINED = "declined", _("One of them declined")
        CONFLICT = "conflict", _("Conflict of interest")
        PAST = "past", _("They were paired before")
        STAFF = "staff", _("Decided by the coordinator")

    council = models.ForeignKey(Council, models.CASCADE, related_name="+", verbose_name=_("council"))
    mentee = models.ForeignKey(_PERSON, models.CASCADE, related_name="+", verbose_name=_("mentee"))
    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="exclusions", verbose_name=_("mentor"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("excluded pair")
        verbose_name_plural = _("excluded pairs")
        constraints = [
            models.UniqueConstraint(name="a_pair_is_excluded_once_for_a_reason", fields=["mentee", "mentor", "kind"])
        ]

    def __str__(self) -> str:
        return f"{self.mentee} – {self.mentor}"
