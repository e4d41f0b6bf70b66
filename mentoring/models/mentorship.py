"""Two people working together: the place, the agreement, goals, hours, how it goes, and how it ended."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from allies.kit.models import Row
from mentoring.models.application import Application
from mentoring.models.matching import Proposal
from mentoring.models.mentor import Mentor
from mentoring.models.profile import Goal
from mentoring.models.programme import Programme
from mentoring.states import PAIR_HOLDS_A_PLACE, PairState, SessionState

_PERSON = settings.AUTH_USER_MODEL


class Pair(Row):
    """One mentee's place with one mentor; the mentees of a group are pairs with the same mentor."""

    class EndReason(models.TextChoices):
        NONE = "", "---------"
        GOALS_REACHED = "goals_reached", _("The goals were reached early")
        FOUND_WORK = "found_work", _("Found work in the field")
        NO_FIT = "no_fit", _("The two don't fit")
        NO_TIME = "no_time", _("No time any more")
        MOVED = "moved", _("Moved away")
        SILENT = "silent", _("No contact any more")
        OTHER = "other", pgettext_lazy("end reason", "Another reason")

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="pairs", verbose_name=_("mentoring programme")
    )
    application = models.ForeignKey(Application, models.PROTECT, related_name="pairs", verbose_name=_("application"))
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="pair", verbose_name=_("proposal")
    )
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="pairs", verbose_name=_("mentor"))
    group = models.UUIDField(_("group"), null=True, blank=True, editable=False, db_index=True)
    # Who they are, once more, so that the database can refuse a person twice or with themselves.
    mentee_person = models.ForeignKey(
        _PERSON, models.PROTECT, related_name="pairs_as_mentee", verbose_name=_("mentee"), editable=False
    )
    mentor_person = models.ForeignKey(
        _PERSON, models.PROTECT, related_name="pairs_as_mentor", verbose_name=_("mentor's person"), editable=False
    )
    state = models.CharField(
        _("state"), max_length=11, choices=PairState.choices, default=PairState.RESERVED, editable=False
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    started_on = models.DateField(_("started"), null=True, blank=True, editable=False)
    planned_end_on = models.DateField(_("planned end"), null=True, blank=True, editable=False)
    hold_until = models.DateField(_("on hold until"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("ended"), null=True, blank=True, editable=False)
    end_reason = models.CharField(
        _("why it ended"), max_length=13, choices=EndReason.choices, blank=True, editable=False
    )
    end_note = models.CharField(_("note on the end"), max_length=500, blank=True, editable=False)
    mentee_signed_at = models.DateTimeField(_("signed by the mentee"), null=True, blank=True, editable=False)
    mentor_signed_at = models.DateTimeField(_("signed by the mentor"), null=True, blank=True, editable=False)
    agreement_version = models.CharField(_("agreement"), max_length=20, blank=True, editable=False)
    help_asked_at = models.DateTimeField(_("help asked for"), null=True, blank=True, editable=False)
    help_note = models.CharField(_("what help is asked for"), max_length=500, blank=True, editable=False)

    objects = ScopedManager(council="programme__council")

    class Meta:
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")
        constraints = [
            models.UniqueConstraint(
                name="a_mentee_has_one_place_at_a_time_in_a_programme",
                fields=["mentee_person", "programme"],
                condition=Q(state__in=PAIR_HOLDS_A_PLACE),
            ),
            models.CheckConstraint(name="nobody_mentors_themselves", condition=~Q(mentee_person=F("mentor_person"))),
            models.CheckConstraint(
                name="a_pair_under_way_has_started",
                condition=~Q(state__in=[PairState.ACTIVE, PairState.ON_HOLD, PairState.COMPLETED])
                | Q(started_on__isnull=False, planned_end_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_pair_that_ended_says_when",
                condition=~Q(state__in=[PairState.COMPLETED, PairState.ENDED_EARLY]) | Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_pair_that_ended_early_says_why", condition=~Q(state=PairState.ENDED_EARLY) | ~Q(end_reason="")
            ),
            models.CheckConstraint(
                name="a_pair_on_hold_says_until_when",
                condition=~Q(state=PairState.ON_HOLD) | Q(hold_until__isnull=False),
            ),
            models.CheckConstraint(name="a_pair_state_is_known", condition=Q(state__in=PairState.values)),
        ]
        indexes = [
            models.Index(fields=["mentor", "state"], name="pairs_of_a_mentor"),
            models.Index(fields=["-made_at", "id"], name="pairs_last_made_first"),
        ]

    def __str__(self) -> str:
        return f"{self.mentee_person} – {self.mentor_person}"

    def other_of(self, person: Any) -> Any:
        """The other one of the two."""
        return self.mentor_person if person.pk == self.mentee_person_id else self.mentee_person


class PairGoal(Row):
    """A goal that the two agreed on, and how far it is."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="goals", verbose_name=_("pair"))
    kind = models.CharField(_("kind"), max_length=12, choices=Goal.choices)
    target = models.CharField(_("what will be reached"), max_length=300)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    added_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    reached_on = models.DateField(_("reached"), null=True, blank=True)

    objects = ScopedManager(council="pair__programme__council")

    class Meta:
        verbose_name = _("goal of a pair")
        verbose_name_plural = _("goals of pairs")
        constraints = [
            models.CheckConstraint(name="progress_is_0_to_100", condition=Q(progress__lte=100)),
            models.CheckConstraint(name="a_reached_goal_is_complete", condition=Q(reached_on=None) | Q(progress=100)),
        ]

    def __str__(self) -> str:
        return self.target


class Session(Row):
    """A meeting of the two: one logs it, the other confirms it."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIDEO = "video", _("By video")
        PHONE = "phone", _("By phone")
        WRITING = "writing", _("In writing")

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="sessions", verbose_name=_("pair"))
    # Given by the browser, so that a form sent twice logs one meeting.
    token = models.UUIDField(_("mark of the form"), unique=True, default=uuid.uuid4)
    # The same mark on what one meeting of a group counts for each of its mentees.
    gathering = models.UUIDField(_("meeting of a group"), null=True, blank=True, editable=False, db_index=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    how = models.CharField(_("how"), max_length=9, choices=How.choices)
    topic = models.CharField(_("what it was about"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=SessionState.choices, default=SessionState.LOGGED, editable=False
    )
    logged_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("logged by"))
    logged_at = models.DateTimeField(_("logged"), auto_now_add=True)
    # Empty on a confirmed meeting: seven days passed without a word from the other side.
    confirmed_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    objection = models.CharField(_("what is questioned"), max_length=300, blank=True)

    objects = ScopedManager(council="pair__programme__council")

    class Meta:
        verbose_name = _("meeting of a pair")
        verbose_name_plural = _("meetings of pairs")
        constraints = [
            models.CheckConstraint(name="a_session_takes_time", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="nobody_confirms_their_own_session",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("logged_by")),
            ),
            models.CheckConstraint(
                name="a_settled_session_says_when",
                condition=Q(state=SessionState.LOGGED) | Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_questioned_session_says_why",
                condition=~Q(state=SessionState.DISPUTED) | ~Q(objection=""),
            ),
            ExclusionConstraint(
                name="sessions_of_a_pair_do_not_overlap",
                expressions=[
                    (Func(F("starts_at"), F("ends_at"), Value("[)"), function="TSTZRANGE"), RangeOperators.OVERLAPS),
                    (F("pair"), RangeOperators.EQUAL),
                ],
                condition=~Q(state=SessionState.WITHDRAWN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair}, {self.starts_at:%Y-%m-%d}"


class Pulse(Row):
    """How one of the two feels about it: after the first meeting and at days 30, 60 and 90."""

    class Fit(models.TextChoices):
        GOOD = "good", _("A good fit")
        DECIDING = "deciding", _("Too early to say")
        NOT_GOOD = "not_good", _("Not a good fit")

    class Wave(models.TextChoices):
        FIRST = "first", _("After the first meeting")
        DAY_30 = "day_30", _("After a month")
        DAY_60 = "day_60", _("After two months")
        DAY_90 = "day_90", _("After three months")

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="pulses", verbose_name=_("pair"))
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("person"))
    wave = models.CharField(_("when"), max_length=6, choices=Wave.choices)
    fit = models.CharField(_("fit"), max_length=8, choices=Fit.choices)
    rating = models.PositiveSmallIntegerField(_("how helpful, from 1 to 5"))
    note = models.CharField(_("a word to the coordinator"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), auto_now_add=True)

    objects = ScopedManager(council="pair__programme__council")

    class Meta:
        verbose_name = _("pulse answer")
        verbose_name_plural = _("pulse answers")
        constraints = [
            models.UniqueConstraint(name="a_pulse_is_answered_once", fields=["pair", "person", "wave"]),
            models.CheckConstraint(name="a_pulse_rates_1_to_5", condition=Q(rating__gte=1, rating__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.pair}, {self.get_wave_display()}"
