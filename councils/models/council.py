"""The council: who it is, where it serves, who hosts it, and where it stands in its life."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import Bilingual, alphabetical, both
from allies.kit.models import Row
from councils.models.reference import Place, Province
from councils.states import Stage


class DatePrecision(models.TextChoices):
    """How exactly a source states a date."""

    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")


class HostType(models.TextChoices):
    """The kinds of organisation that host a council."""

    CHAMBER = "chamber", _("Chamber of commerce")
    UNITED_WAY = "united_way", _("United Way")
    FOUNDATION = "foundation", _("Foundation")
    ECONOMIC = "economic", _("Economic partnership or development agency")
    MULTICULTURAL = "multicultural", _("Multicultural council")
    ELECTED = "elected", _("Conference of elected officials")
    INDEPENDENT = "independent", _("Independent organisation")
    OTHER = "other", _("Other organisation")


class CouncilQuerySet(models.QuerySet["Council"]):
    """Questions about councils."""

    def published(self) -> "CouncilQuerySet":
        """The councils that the public may see."""
        return self.filter(is_published=True)

    def called(self, slug: str) -> "CouncilQuerySet":
        """The council whose address in either language is this one."""
        return self.filter(Q(slug_en=slug) | Q(slug_fr=slug))

    def by_name(self) -> "CouncilQuerySet":
        """In the alphabetical order of the current language."""
        return self.order_by(alphabetical("name"), "pk")


class Council(Row):
    """An Immigrant Employment Council, or a place that the network supports."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Council")
        SUPPORTED = "supported", _("Supported place")

    class LegalForm(models.TextChoices):
        HOSTED = "hosted", _("Project of its host")
        INCORPORATED = "incorporated", _("Legal entity of its own")
        PARTNERSHIP = "partnership", _("Partnership without legal personality")
        UNKNOWN = "", _("Not recorded")

    class Population(models.TextChoices):
        SMALL = "under_100k", _("Under 100,000")
        MEDIUM = "100k_500k", _("100,000 to 500,000")
        LARGE = "500k_1m", _("500,000 to 1 million")
        METROPOLIS = "over_1m", _("Over 1 million")
        UNKNOWN = "", _("Not recorded")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.COUNCIL)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_fr = models.CharField(_("name in French"), max_length=160)
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    slug_en = models.SlugField(_("address in English"), max_length=60, unique=True)
    slug_fr = models.SlugField(_("address in French"), max_length=60, unique=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="councils", verbose_name=_("province"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="councils", verbose_name=_("seat"))
    region_en = models.CharField(_("region served, in English"), max_length=200, blank=True)
    region_fr = models.CharField(_("region served, in French"), max_length=200, blank=True)
    population = models.CharField(_("population"), max_length=12, choices=Population.choices, blank=True)
    works_in_english = models.BooleanField(_("works in English"), default=True)
    works_in_french = models.BooleanField(_("works in French"), default=False)

    host_en = models.CharField(_("host organisation, in English"), max_length=160, blank=True)
    host_fr = models.CharField(_("host organisation, in French"), max_length=160, blank=True)
    host_type = models.CharField(_("type of host"), max_length=16, choices=HostType.choices, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=14, choices=LegalForm.choices, blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    started_precision = models.CharField(
        _("precision of the start"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.YEAR
    )
    partnership_en = models.CharField(_("local immigration partnership, in English"), max_length=160, blank=True)
    partnership_fr = models.CharField(_("local immigration partnership, in French"), max_length=160, blank=True)

    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True)
    summary_fr = models.TextField(_("summary in French"), max_length=700, blank=True)
    history_en = models.TextField(_("history in English"), blank=True, help_text=_("Markdown"))
    history_fr = models.TextField(_("history in French"), blank=True, help_text=_("Markdown"))
    website = models.URLField(_("website"), blank=True)
    contact_email = models.EmailField(_("public e-mail address"), blank=True)
    contact_phone = models.CharField(_("public phone number"), max_length=40, blank=True)
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#0b5a60",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("Write a colour like #0b5a60."))],
    )

    is_catalyst = models.BooleanField(_("catalyst"), default=False)
    is_clearinghouse = models.BooleanField(_("clearinghouse and referral"), default=False)
    raises_awareness = models.BooleanField(_("awareness"), default=False)
    is_facilitator = models.BooleanField(_("facilitator"), default=False)
    joins_national_match = models.BooleanField(_("takes part in the national Mentor Match"), default=True)
    joins_campaigns = models.BooleanField(_("takes part in national campaigns"), default=True)
    joins_advocacy = models.BooleanField(_("takes part in national advocacy"), default=True)

    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.ENQUIRY)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="merged_councils", null=True, blank=True, verbose_name=_("merged into")
    )
    successor_en = models.CharField(_("successor outside the network, in English"), max_length=160, blank=True)
    successor_fr = models.CharField(_("successor outside the network, in French"), max_length=160, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    name = Bilingual("name")
    slug = Bilingual("slug")
    region = Bilingual("region")
    host = Bilingual("host")
    partnership = Bilingual("partnership")
    summary = Bilingual("summary")
    history = Bilingual("history")
    successor = Bilingual("successor")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = _("council")
        verbose_name_plural = _("councils")
        constraints = [
            models.CheckConstraint(
                name="a_published_council_speaks_both_languages",
                condition=Q(is_published=False) | both("name", "summary"),
            ),
            models.CheckConstraint(
                name="a_merged_council_names_its_successor",
                condition=~Q(stage=Stage.MERGED) | Q(merged_into__isnull=False) | both("successor"),
            ),
            models.CheckConstraint(
                name="only_a_merged_council_has_a_successor",
                condition=Q(stage=Stage.MERGED) | Q(merged_into=None, successor_en="", successor_fr=""),
            ),
            models.CheckConstraint(name="a_council_is_not_merged_into_itself", condition=~Q(merged_into=F("pk"))),
            models.CheckConstraint(
                name="a_council_works_in_a_language", condition=Q(works_in_english=True) | Q(works_in_french=True)
            ),
            models.CheckConstraint(name="an_accent_is_a_colour", condition=Q(accent__regex=r"^#[0-9a-f]{6}$")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def timezone(self) -> str:
        """The time zone of the council's seat."""
        return self.place.timezone

    def get_absolute_url(self) -> str:
        """The public page, at the address of the current language."""
        return reverse("councils:council-show", args=[self.slug])


class FormerName(Row):
    """A name that a council bore, with its dates as far as they are known."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="former_names", verbose_name=_("council"))
    name_en = models.CharField(_("name in English"), max_length=160)
    name_fr = models.CharField(_("name in French"), max_length=160)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    precision = models.CharField(
        _("precision"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.YEAR
    )
    name = Bilingual("name")

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            models.CheckConstraint(
                name="a_former_name_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="a_former_name_speaks_both_languages", condition=both("name")),
        ]

    def __str__(self) -> str:
        return self.name


class RetiredSlug(Row):
    """An address that a council once had; it redirects to the council for ever."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="retired_slugs", verbose_name=_("council"))
    slug = models.SlugField(_("address"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("retired address")
        verbose_name_plural = _("retired addresses")

    def __str__(self) -> str:
        return self.slug


class StageChange(Row):
    """A step in a council's life: from where, to where, when and why."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="stage_changes", verbose_name=_("council"))
    from_stage = models.CharField(_("from"), max_length=10, choices=Stage.choices, blank=True)
    to_stage = models.CharField(_("to"), max_length=10, choices=Stage.choices)
    on = models.DateField(_("date"))
    precision = models.CharField(_("precision"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)
    reason_en = models.TextField(_("reason in English"), max_length=500)
    reason_fr = models.TextField(_("reason in French"), max_length=600)
    by = models.ForeignKey(
        "councils.User", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    reason = Bilingual("reason")

    class Meta:
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")
        constraints = [
            models.CheckConstraint(name="a_change_of_stage_leads_elsewhere", condition=~Q(from_stage=F("to_stage"))),
            models.CheckConstraint(
                name="a_change_of_stage_gives_its_reason_in_both_languages", condition=both("reason")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_to_stage_display()} ({self.on})"
