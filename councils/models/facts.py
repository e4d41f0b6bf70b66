"""Published figures with their sources, conflicting values included; and imported labour-market tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import Bilingual, both
from allies.kit.models import Row
from councils.models.council import Council, DatePrecision
from councils.models.reference import Place


class Source(Row):
    """A document that figures come from."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    title_en = models.CharField(_("title in English"), max_length=250)
    title_fr = models.CharField(_("title in French"), max_length=250)
    publisher = models.CharField(_("publisher"), max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    title = Bilingual("title")

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [models.CheckConstraint(name="a_source_has_a_title_in_both_languages", condition=both("title"))]

    def __str__(self) -> str:
        return self.title


class Fact(Row):
    """A published figure: what it measures; its values, one for each thing that a source says, stand beside it."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    council = models.ForeignKey(
        Council, models.CASCADE, related_name="facts", null=True, blank=True, verbose_name=_("council")
    )
    label_en = models.CharField(_("what it counts, in English"), max_length=200)
    label_fr = models.CharField(_("what it counts, in French"), max_length=240)
    definition_en = models.TextField(_("definition and limits, in English"), max_length=600, blank=True)
    definition_fr = models.TextField(_("definition and limits, in French"), max_length=700, blank=True)
    on_home = models.BooleanField(_("shown on the home page"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    is_published = models.BooleanField(_("published"), default=False)
    label = Bilingual("label")
    definition = Bilingual("definition")

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.CheckConstraint(name="a_figure_says_what_it_counts_in_both_languages", condition=both("label"))
        ]

    def __str__(self) -> str:
        return self.label


class FactValue(Row):
    """What one source says about a figure; the shown one is marked, the others are kept."""

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="values", verbose_name=_("figure"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="values", verbose_name=_("source"))
    locator = models.CharField(_("where in the source"), max_length=80, blank=True)
    text_en = models.CharField(_("value in English"), max_length=80)
    text_fr = models.CharField(_("value in French"), max_length=80)
    number = models.DecimalField(_("number"), max_digits=16, decimal_places=4, null=True, blank=True)
    base = models.PositiveIntegerField(_("out of how many (n)"), null=True, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    precision = models.CharField(
        _("precision"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.YEAR
    )
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)
    note_fr = models.CharField(_("note in French"), max_length=340, blank=True)
    is_shown = models.BooleanField(_("shown"), default=False)
    text = Bilingual("text")
    note = Bilingual("note")

    class Meta:
        verbose_name = _("value of a figure")
        verbose_name_plural = _("values of figures")
        constraints = [
            models.UniqueConstraint(name="one_value_of_a_figure_is_shown", fields=["fact"], condition=Q(is_shown=True)),
            models.UniqueConstraint(
                name="a_source_states_a_value_once_in_a_place", fields=["fact", "source", "locator", "text_en"]
            ),
            models.CheckConstraint(name="a_value_is_written_in_both_languages", condition=both("text")),
        ]

    def __str__(self) -> str:
        return self.text


class LabourTable(Row):
    """A labour-market table of Statistics Canada, as last imported."""

    product = models.CharField(_("table number"), max_length=20, unique=True)
    title_en = models.CharField(_("title in English"), max_length=250)
    title_fr = models.CharField(_("title in French"), max_length=280)
    imported_at = models.DateTimeField(_("imported"))
    rows = models.PositiveIntegerField(_("rows"))
    sha256 = models.CharField(_("checksum of the file"), max_length=64)
    title = Bilingual("title")

    class Meta:
        verbose_name = _("labour-market table")
        verbose_name_plural = _("labour-market tables")

    def __str__(self) -> str:
        return self.title


class LabourFigure(models.Model):
    """One cell of a labour-market table: place, period, categories counted, and the value or why there is none."""

    table = models.ForeignKey(LabourTable, models.CASCADE, related_name="figures", verbose_name=_("table"))
    place = models.ForeignKey(
        Place, models.CASCADE, related_name="labour_figures", null=True, blank=True, verbose_name=_("place")
    )
    geography = models.CharField(_("geography as published"), max_length=120)
    period = models.DateField(_("reference period"))
    categories = ArrayField(models.CharField(max_length=160), verbose_name=_("categories"))
    unit = models.CharField(_("unit"), max_length=60)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, blank=True)

    class Meta:
        verbose_name = _("labour-market figure")
        verbose_name_plural = _("labour-market figures")
        constraints = [
            models.UniqueConstraint(
                name="a_labour_figure_is_stated_once", fields=["table", "geography", "period", "categories", "unit"]
            ),
            models.CheckConstraint(
                name="a_labour_figure_has_a_value_or_says_why_not",
                condition=Q(value__isnull=False) | ~Q(status=""),
            ),
        ]
        indexes = [
            # Serves a city's page: all periods of its tables.
            models.Index(name="labour_figures_of_a_place", fields=["place", "table", "period"])
        ]

    def __str__(self) -> str:
        return f"{self.geography}, {self.period}"
