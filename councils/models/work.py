"""What a council does: its local programmes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual, both
from allies.kit.models import Row
from councils.models.council import Council, DatePrecision
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
