"""How somebody is doing at the start and three, six and twelve months after the end of a mentorship."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from allies.kit.models import Row
from mentoring.models.mentorship import Pair
from mentoring.states import FollowUpState

_PERSON = settings.AUTH_USER_MODEL


class FollowUp(Row):
    """Five questions to one mentee at one moment, and the answers; asked the same way each time."""

    class Wave(models.TextChoices):
        START = "start", _("At the start")
        MONTH_3 = "m3", _("After 3 months")
        MONTH_6 = "m6", _("After 6 months")
        MONTH_12 = "m12", _("After 12 months")

    class Work(models.TextChoices):
        EMPLOYED = "employed", _("I have a job")
        SELF = "self", _("I work for myself")
        LOOKING = "looking", _("I am looking for work")
        STUDYING = "studying", _("I am in school or training")
        NOT_LOOKING = "not_looking", _("I am not looking for work now")

    class Earnings(models.TextChoices):
        NOT_SAID = "", pgettext_lazy("earnings", "I would rather not say")
        UNDER_20 = "0-20", _("Less than $20,000")
        UNDER_40 = "20-40", _("$20,000 to $39,999")
        UNDER_60 = "40-60", _("$40,000 to $59,999")
        UNDER_80 = "60-80", _("$60,000 to $79,999")
        UNDER_100 = "80-100", _("$80,000 to $99,999")
        MORE = "100-", _("$100,000 or more")

    class Employer(models.TextChoices):
        SAME = "same", _("Yes, the same")
        OTHER = "other", _("No, another one")
        NONE_THEN = "none_then", _("I had no work then")

    class Way(models.TextChoices):
        LINK = "link", _("by the link")
        PHONE = "phone", _("by phone")

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="follow_ups", verbose_name=_("pair"))
    wave = models.CharField(_("when"), max_length=5, choices=Wave.choices)
    due_on = models.DateField(_("due"))
    opens_on = models.DateField(_("counts from"))
    closes_on = models.DateField(_("counts until"))
    state = models.CharField(
        _("state"), max_length=11, choices=FollowUpState.choices, default=FollowUpState.SCHEDULED, editable=False
    )
    asked = models.PositiveSmallIntegerField(_("letters sent"), default=0, editable=False)
    asked_on = models.DateField(_("last letter"), null=True, blank=True, editable=False)
    # The second version asks those who work, after six and twelve months, whether it is for the same employer.
    version = models.PositiveSmallIntegerField(_("version of the questions"), default=1, editable=False)
    work = models.CharField(_("work"), max_length=11, choices=Work.choices, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    in_field = models.BooleanField(_("in the field"), null=True, blank=True)
    earnings = models.CharField(_("yearly earnings before tax"), max_length=6, choices=Earnings.choices, blank=True)
    contacts = models.PositiveSmallIntegerField(_("new contacts in the profession"), null=True, blank=True)
    employer = models.CharField(_("same employer"), max_length=9, choices=Employer.choices, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True, editable=False)
    way = models.CharField(_("how it was answered"), max_length=5, choices=Way.choices, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by"), editable=False
    )

    objects = ScopedManager(council="pair__programme__council")

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.UniqueConstraint(name="a_follow_up_comes_once", fields=["pair", "wave"]),
            models.CheckConstraint(
                name="a_follow_up_has_a_window", condition=Q(opens_on__lte=F("due_on"), closes_on__gte=F("due_on"))
            ),
            models.CheckConstraint(
                name="an_answered_follow_up_says_when_and_how",
                condition=~Q(state=FollowUpState.ANSWERED) | (Q(answered_on__isnull=False) & ~Q(work="") & ~Q(way="")),
            ),
            models.CheckConstraint(
                name="hours_are_asked_of_those_who_work",
                condition=Q(hours=None) | Q(work__in=["employed", "self"], hours__gte=1, hours__lte=100),
            ),
            models.CheckConstraint(
                name="who_works_is_asked_later_whether_it_is_the_same_employer",
                condition=Q(employer="") | Q(work__in=["employed", "self"], wave__in=["m6", "m12"]),
            ),
            models.CheckConstraint(
                name="a_follow_up_by_phone_says_who_called", condition=~Q(way="phone") | Q(recorded_by__isnull=False)
            ),
            models.CheckConstraint(name="a_follow_up_state_is_known", condition=Q(state__in=FollowUpState.values)),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="follow_ups_due"),
            models.Index(fields=["-due_on", "id"], name="follow_ups_last_due_first"),
        ]

    def __str__(self) -> str:
        return f"{self.pair}, {self.get_wave_display()}"
