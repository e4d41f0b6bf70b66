"""Reference tables: provinces, places, sectors, occupations and language levels, from official classifications."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import Bilingual


class Province(models.Model):
    """One of the thirteen provinces and territories."""

    code = models.CharField(_("postal code letters"), max_length=2, primary_key=True)
    iso = models.CharField(_("ISO 3166-2 code"), max_length=5, unique=True)
    sgc = models.CharField(_("SGC code"), max_length=2, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60)
    name_fr = models.CharField(_("name in French"), max_length=60)
    is_territory = models.BooleanField(_("territory"), default=False)
    name = Bilingual("name")

    class Meta:
        verbose_name = _("province or territory")
        verbose_name_plural = _("provinces and territories")

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A city or region where a council sits; `cma` is set for the 41 census metropolitan areas of 2021."""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    cma = models.CharField(_("CMA code"), max_length=3, blank=True)
    name_en = models.CharField(_("name in English"), max_length=80)
    name_fr = models.CharField(_("name in French"), max_length=80)
    province = models.ForeignKey(Province, models.PROTECT, related_name="places", verbose_name=_("province"))
    timezone = models.CharField(_("time zone"), max_length=40)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5)
    name = Bilingual("name")

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(name="a_cma_code_names_one_place", fields=["cma"], condition=~Q(cma="")),
            models.CheckConstraint(
                name="a_place_lies_in_canada",
                condition=Q(latitude__range=(41, 84), longitude__range=(-142, -52)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sector(models.Model):
    """One of the twenty sectors of NAICS Canada 2022; `code` may be a range such as 31-33."""

    code = models.CharField(_("NAICS code"), max_length=5, primary_key=True)
    title_en = models.CharField(_("title in English"), max_length=120)
    title_fr = models.CharField(_("title in French"), max_length=120)
    title = Bilingual("title")

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")

    def __str__(self) -> str:
        return self.title


class LanguageLevel(models.Model):
    """One of the twelve levels shared by the CLB (English) and the NCLC (French)."""

    level = models.PositiveSmallIntegerField(_("level"), primary_key=True)
    stage_en = models.CharField(_("stage in English"), max_length=20)
    stage_fr = models.CharField(_("stage in French"), max_length=20)
    ielts_listening = models.DecimalField(_("IELTS listening"), max_digits=2, decimal_places=1, null=True, blank=True)
    ielts_reading = models.DecimalField(_("IELTS reading"), max_digits=2, decimal_places=1, null=True, blank=True)
    ielts_writing = models.DecimalField(_("IELTS writing"), max_digits=2, decimal_places=1, null=True, blank=True)
    ielts_speaking = models.DecimalField(_("IELTS speaking"), max_digits=2, decimal_places=1, null=True, blank=True)
    stage = Bilingual("stage")

    class Meta:
        verbose_name = _("language level")
        verbose_name_plural = _("language levels")
        constraints = [models.CheckConstraint(name="a_language_level_is_1_to_12", condition=Q(level__range=(1, 12)))]

    def __str__(self) -> str:
        return f"{self.level} ({self.stage})"


class OccupationGroup(models.Model):
    """A broad occupational category of NOC 2021: the first digit of a code."""

    code = models.CharField(_("code"), max_length=1, primary_key=True)
    title_en = models.CharField(_("title in English"), max_length=160)
    title_fr = models.CharField(_("title in French"), max_length=160)
    title = Bilingual("title")

    class Meta:
        verbose_name = _("broad occupational category")
        verbose_name_plural = _("broad occupational categories")

    def __str__(self) -> str:
        return self.title


class Teer(models.Model):
    """A category of training, education, experience and responsibilities: the second digit of a NOC code."""

    code = models.PositiveSmallIntegerField(_("category"), primary_key=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_fr = models.CharField(_("title in French"), max_length=200)
    title = Bilingual("title")

    class Meta:
        verbose_name = _("TEER category")
        verbose_name_plural = _("TEER categories")

    def __str__(self) -> str:
        return self.title


class Occupation(models.Model):
    """One of the 516 unit groups of NOC 2021; the first digits of its code give its place in the hierarchy."""

    code = models.CharField(_("NOC 2021 code"), max_length=5, primary_key=True)
    group = models.ForeignKey(OccupationGroup, models.PROTECT, related_name="occupations", verbose_name=_("category"))
    teer = models.ForeignKey(Teer, models.PROTECT, related_name="occupations", verbose_name=_("TEER category"))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_fr = models.CharField(_("title in French"), max_length=250)
    title = Bilingual("title")

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        constraints = [
            models.CheckConstraint(name="an_occupation_code_has_five_digits", condition=Q(code__regex=r"^[0-9]{5}$")),
            models.CheckConstraint(
                name="an_occupation_code_begins_with_its_group", condition=Q(code__startswith=models.F("group_id"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class OccupationTitle(models.Model):
    """A job title that people use for an occupation, in one language, folded for search."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="titles", verbose_name=_("occupation"))
    language = models.CharField(_("language"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))])
    title = models.CharField(_("title"), max_length=250)
    folded = models.CharField(_("title without accents, in lower case"), max_length=250)

    class Meta:
        verbose_name = _("job title")
        verbose_name_plural = _("job titles")
        constraints = [
            models.UniqueConstraint(name="a_job_title_is_listed_once", fields=["occupation", "language", "title"])
        ]
        indexes = [
            # Serves the type-ahead over titles: words anywhere in the folded title.
            GinIndex(name="job_title_trigrams", fields=["folded"], opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.title
