"""Thanks: what each mentor gave in a year, as the letter of that year said it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.models import Row
from mentoring.models.mentor import Mentor


class Thanks(Row):
    """One mentor's thanks for one year; the hours stay as they were told."""

    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="thanks", verbose_name=_("mentor"))
    year = models.PositiveSmallIntegerField(_("year"))
    minutes = models.PositiveIntegerField(_("time given, in minutes"))
    people = models.PositiveSmallIntegerField(_("people supported"))
    thanked_at = models.DateTimeField(_("thanked"), default=timezone.now)

    objects = ScopedManager(council="mentor__council")

    class Meta:
        verbose_name = _("thanks to a mentor")
        verbose_name_plural = _("thanks to mentors")
        constraints = [
            models.UniqueConstraint(name="a_mentor_is_thanked_once_a_year", fields=["mentor", "year"]),
            models.CheckConstraint(
                name="thanks_are_for_time_given_to_somebody", condition=Q(minutes__gte=1, people__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor}, {self.year}"
