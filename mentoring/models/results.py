"""What is aimed at in a year, and results as they were written down for good on a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual
from allies.kit.models import Row
from allies.kit.ui import formats
from councils.models import Council
from mentoring.models.programme import Intake, Programme


class YearTarget(Row):
    """How many pairs a programme is to begin, and how many are to complete, in a calendar year."""

    YEARS = range(2000, 2101)

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="targets", verbose_name=_("mentoring programme")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    matches = models.PositiveSmallIntegerField(_("pairs that begin"))
    completed = models.PositiveSmallIntegerField(_("pairs that complete"))

    objects = ScopedManager(council="programme__council")

    class Meta:
        verbose_name = _("yearly target")
        verbose_name_plural = _("yearly targets")
        constraints = [
            models.UniqueConstraint(name="a_programme_has_one_target_a_year", fields=["programme", "year"]),
            models.CheckConstraint(name="a_target_is_for_a_year", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(name="a_target_can_be_reached", condition=Q(matches__lte=5000, completed__lte=5000)),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.year}"


class ResultReport(Row):
    """Results as they stood on a day: numbers of enough people only, never changed and never removed."""

    # Empty for the whole network.
    council = models.ForeignKey(
        Council, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("council")
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mentoring programme")
    )
    intake = models.ForeignKey(
        Intake, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("intake")
    )
    year = models.PositiveSmallIntegerField(_("year of completion"), null=True, blank=True)
    # What it is about, in words that stay when a programme is renamed.
    subject_en = models.CharField(_("about, in English"), max_length=400)
    subject_fr = models.CharField(_("about, in French"), max_length=400)
    until = models.DateField(_("counted until"))
    numbers = models.JSONField(_("numbers"))
    method = models.PositiveSmallIntegerField(_("version of the method"))
    rows_hash = models.CharField(_("SHA-256 of the rows it rests on"), max_length=64)
    reason = models.CharField(_("why it is written down"), max_length=300)
    frozen_at = models.DateTimeField(_("written down"), auto_now_add=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written down by")
    )
    subject = Bilingual("subject")

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("report of results")
        verbose_name_plural = _("reports of results")
        constraints = [
            models.CheckConstraint(
                name="a_report_narrows_within_a_council",
                condition=Q(council__isnull=False) | Q(programme=None, intake=None, year=None),
            ),
            models.CheckConstraint(
                name="a_report_names_its_rows", condition=Q(rows_hash__regex=r"^[0-9a-f]{64}$", method__gte=1)
            ),
            models.CheckConstraint(name="a_report_says_why_and_of_what", condition=~Q(reason="") & ~Q(subject_en="")),
        ]
        indexes = [models.Index(fields=["council", "-frozen_at"], name="reports_of_a_council")]

    def __str__(self) -> str:
        return f"{self.subject}, {formats.day(self.until)}"
