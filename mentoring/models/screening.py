"""Interviews before a match, and the orientation that mentees and mentors take part in."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.models import Row
from councils.models import Organisation
from mentoring.models.application import Application
from mentoring.models.mentor import Mentor
from mentoring.models.programme import Intake, Programme
from mentoring.states import InterviewState

_PERSON = settings.AUTH_USER_MODEL


class InterviewSlot(Row):
    """A time that an interviewer offers; applicants book it themselves."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="slots", verbose_name=_("mentoring programme")
    )
    interviewer = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("interviewer"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    where = models.CharField(_("where, or the link"), max_length=300)

    objects = ScopedManager(council="programme__council")

    class Meta:
        verbose_name = _("interview time")
        verbose_name_plural = _("interview times")
        constraints = [
            models.CheckConstraint(name="an_interview_time_takes_time", condition=Q(ends_at__gt=F("starts_at"))),
            ExclusionConstraint(
                name="an_interviewer_is_in_one_place_at_a_time",
                expressions=[
                    (
                        Func(F("starts_at"), F("ends_at"), Value("[)"), function="TSTZRANGE"),
                        RangeOperators.OVERLAPS,
                    ),
                    (F("interviewer"), RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.starts_at:%Y-%m-%d %H:%M}"


class Interview(Row):
    """A screening interview: booked, held, and what the interviewer recommends."""

    class Recommendation(models.TextChoices):
        NONE = "", "---------"
        ACCEPT = "accept", _("Accept")
        WAIT = "wait", _("Put on the waiting list")
        DECLINE = "decline", _("Decline")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="interviews", verbose_name=_("application")
    )
    # None where the coordinator and the applicant agreed on a time by themselves.
    slot = models.ForeignKey(
        InterviewSlot, models.PROTECT, null=True, blank=True, related_name="interviews", verbose_name=_("time")
    )
    state = models.CharField(
        _("state"), max_length=9, choices=InterviewState.choices, default=InterviewState.BOOKED, editable=False
    )
    held_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("interviewer")
    )
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    goals_clear = models.PositiveSmallIntegerField(_("clear about goals"), null=True, blank=True)
    field_ready = models.PositiveSmallIntegerField(_("ready for the field"), null=True, blank=True)
    communication = models.PositiveSmallIntegerField(_("communication"), null=True, blank=True)
    commitment = models.PositiveSmallIntegerField(_("commitment"), null=True, blank=True)
    note = models.TextField(_("notes"), max_length=2000, blank=True)
    recommendation = models.CharField(_("recommendation"), max_length=7, choices=Recommendation.choices, blank=True)

    objects = ScopedManager(council="application__intake__programme__council")

    SCORES = ("goals_clear", "field_ready", "communication", "commitment")

    class Meta:
        verbose_name = _("screening interview")
        verbose_name_plural = _("screening interviews")
        constraints = [
            models.UniqueConstraint(
                name="an_application_has_one_booked_interview",
                fields=["application"],
                condition=Q(state=InterviewState.BOOKED),
            ),
            models.UniqueConstraint(
                name="an_interview_time_is_booked_once",
                fields=["slot"],
                condition=~Q(state=InterviewState.CANCELLED) & Q(slot__isnull=False),
            ),
            models.CheckConstraint(
                name="a_held_interview_says_what_came_of_it",
                condition=~Q(state=InterviewState.HELD)
                | (
                    Q(held_at__isnull=False, held_by__isnull=False)
                    & ~Q(recommendation="")
                    & Q(goals_clear__isnull=False, field_ready__isnull=False)
                    & Q(communication__isnull=False, commitment__isnull=False)
                ),
            ),
            *(
                models.CheckConstraint(
                    name=f"an_interview_scores_{score}_1_to_4",
                    condition=Q(**{score: None}) | Q(**{f"{score}__gte": 1, f"{score}__lte": 4}),
                )
                for score in ("goals_clear", "field_ready", "communication", "commitment")
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)


class OrientationSession(Row):
    """An orientation of about two and a half hours that people sign up for; an employer may host it."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="orientations", verbose_name=_("intake"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    where = models.CharField(_("where, or the link"), max_length=300)
    host = models.CharField(_("host"), max_length=120, blank=True)
    host_organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted_orientations",
        verbose_name=_("hosting employer"),
    )
    seats = models.PositiveSmallIntegerField(_("seats"), default=30)

    objects = ScopedManager(council="intake__programme__council")

    class Meta:
        verbose_name = _("orientation session")
        verbose_name_plural = _("orientation sessions")
        constraints = [
            models.CheckConstraint(name="an_orientation_takes_time", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="an_orientation_has_seats", condition=Q(seats__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.intake}, {self.starts_at:%Y-%m-%d}"

    @property
    def hosted_by(self) -> str:
        """Who welcomes the people: the employer at the table, or whoever was written down."""
        return self.host_organisation.name if self.host_organisation else self.host


class Orientation(Row):
    """One person's orientation: a seat in a session, or a talk one to one, and whether the person came."""

    session = models.ForeignKey(
        OrientationSession, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("session")
    )
    application = models.ForeignKey(
        Application, models.CASCADE, null=True, blank=True, related_name="orientations", verbose_name=_("application")
    )
    mentor = models.ForeignKey(
        Mentor, models.CASCADE, null=True, blank=True, related_name="orientations", verbose_name=_("mentor")
    )
    came = models.BooleanField(_("came"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    signed_up_at = models.DateTimeField(_("signed up"), auto_now_add=True)

    # A mentor may serve without an intake: the council is that of whichever side is there.
    objects = ScopedManager(council="council")
    council = models.ForeignKey("councils.Council", models.PROTECT, related_name="+", verbose_name=_("council"))

    class Meta:
        verbose_name = _("orientation")
        verbose_name_plural = _("orientations")
        constraints = [
            models.CheckConstraint(
                name="an_orientation_is_of_a_mentee_or_a_mentor",
                condition=Q(application__isnull=False, mentor=None) | Q(application=None, mentor__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_mentee_has_one_seat_in_an_orientation",
                fields=["session", "application"],
                condition=Q(application__isnull=False, session__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_mentor_has_one_seat_in_an_orientation",
                fields=["session", "mentor"],
                condition=Q(mentor__isnull=False, session__isnull=False),
            ),
            models.CheckConstraint(
                name="an_orientation_one_to_one_says_who_and_why",
                condition=Q(session__isnull=False) | (Q(recorded_by__isnull=False, came=True) & ~Q(note="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.application or self.mentor)
