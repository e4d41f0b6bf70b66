"""A council's mentoring programme, the rules for who qualifies, and its intakes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual, both
from allies.kit.models import Row
from councils.models import Council, Organisation
from mentoring.states import IntakeState


class ResidenceStatus(models.TextChoices):
    """By what right a person lives in Canada."""

    CITIZEN = "citizen", _("Canadian citizen")
    PERMANENT = "permanent", _("Permanent resident")
    PROTECTED = "protected", _("Protected person")
    WORK_PERMIT = "work_permit", _("Work permit")
    STUDY_PERMIT = "study_permit", _("Study permit")
    CLAIMANT = "claimant", _("Refugee claimant")
    OTHER = "other", _("Something else")


def citizens_and_permanent_residents() -> list[str]:
    """The statuses that the network's own six criteria name."""
    return [ResidenceStatus.CITIZEN, ResidenceStatus.PERMANENT]


class Programme(Row):
    """A mentoring programme of a council, often delivered by a partner."""

    class Kind(models.TextChoices):
        ONE_TO_ONE = "one_to_one", _("One to one")
        GROUP = "group", _("In a group")
        EXECUTIVE = "executive", _("For executives")
        PEER = "peer", _("Among peers")

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        FRENCH = "fr", _("French")

    council = models.ForeignKey(Council, models.PROTECT, related_name="mentoring_programmes", verbose_name=_("council"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ONE_TO_ONE)
    slug = models.SlugField(_("address"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120)
    summary_en = models.TextField(_("summary in English"), max_length=800, blank=True)
    summary_fr = models.TextField(_("summary in French"), max_length=900, blank=True)
    language = models.CharField(_("language of the mentoring"), max_length=2, choices=Language.choices, default="en")
    delivered_by = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("delivery partner")
    )
    hours = models.PositiveSmallIntegerField(_("hours together"), default=24)
    weeks = models.PositiveSmallIntegerField(_("weeks"), default=17)
    group_least = models.PositiveSmallIntegerField(_("smallest group"), default=4)
    group_most = models.PositiveSmallIntegerField(_("largest group"), default=6)
    matches_network_wide = models.BooleanField(
        _("also matches with mentors of other councils, online"),
        default=False,
        help_text=_("Only with councils whose programmes allow it too."),
    )
    offer_days = models.PositiveSmallIntegerField(_("working days to answer an offer"), default=5)
    is_published = models.BooleanField(_("open to the public"), default=False)
    name = Bilingual("name")
    summary = Bilingual("summary")

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("mentoring programme")
        verbose_name_plural = _("mentoring programmes")
        constraints = [
            models.UniqueConstraint(name="a_mentoring_programme_has_one_address", fields=["council", "slug"]),
            models.CheckConstraint(
                name="a_public_mentoring_programme_speaks_both_languages",
                condition=Q(is_published=False) | both("name", "summary"),
            ),
            models.CheckConstraint(
                name="a_mentoring_group_has_a_size", condition=Q(group_least__gte=2, group_most__gte=F("group_least"))
            ),
            models.CheckConstraint(
                name="a_mentoring_programme_takes_time",
                condition=Q(hours__gte=1, hours__lte=200, weeks__gte=1, weeks__lte=104, offer_days__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EligibilityRules(Row):
    """One version of the rules for who qualifies; an application keeps the version that it was judged by."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="eligibility", verbose_name=_("mentoring programme")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    statuses = ArrayField(
        models.CharField(max_length=12, choices=ResidenceStatus.choices),
        verbose_name=_("statuses that qualify"),
        default=citizens_and_permanent_residents,
    )
    least_years = models.PositiveSmallIntegerField(_("years of experience at least"), default=3)
    recent_years = models.PositiveSmallIntegerField(_("worked in the field within so many years"), default=5)
    least_level = models.PositiveSmallIntegerField(_("language level (CLB or NCLC) at least"), default=7)
    created_at = models.DateTimeField(_("in force since"), auto_now_add=True)

    objects = ScopedManager(council="programme__council")

    class Meta:
        verbose_name = _("eligibility rules")
        verbose_name_plural = _("eligibility rules")
        constraints = [
            models.UniqueConstraint(name="eligibility_versions_are_numbered", fields=["programme", "version"]),
            models.CheckConstraint(
                name="an_eligibility_level_is_a_level", condition=Q(least_level__gte=1, least_level__lte=12)
            ),
            models.CheckConstraint(name="eligibility_names_a_status", condition=~Q(statuses=[])),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.version}"


class Intake(Row):
    """A cohort of a programme: when people apply, when they are matched and when they work together."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="intakes", verbose_name=_("mentoring programme")
    )
    name_en = models.CharField(_("name in English"), max_length=80)
    name_fr = models.CharField(_("name in French"), max_length=80)
    opens_on = models.DateField(_("applications open"))
    closes_on = models.DateField(_("applications close"))
    match_by = models.DateField(_("pairs known by"))
    starts_on = models.DateField(_("pairs start"))
    ends_on = models.DateField(_("pairs end"))
    places = models.PositiveSmallIntegerField(_("places"), help_text=_("How many mentees this intake can take."))
    state = models.CharField(
        _("state"), max_length=9, choices=IntakeState.choices, default=IntakeState.PLANNED, editable=False
    )
    name = Bilingual("name")

    objects = ScopedManager(council="programme__council")

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        constraints = [
            models.UniqueConstraint(name="an_intake_is_named_once_in_a_programme", fields=["programme", "name_en"]),
            models.CheckConstraint(
                name="an_intake_goes_forward",
                condition=Q(
                    closes_on__gte=F("opens_on"),
                    match_by__gte=F("closes_on"),
                    starts_on__gte=F("match_by"),
                    ends_on__gt=F("starts_on"),
                ),
            ),
            models.CheckConstraint(name="an_intake_has_places", condition=Q(places__gte=1)),
            models.CheckConstraint(name="an_intake_state_is_known", condition=Q(state__in=IntakeState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.name}"
