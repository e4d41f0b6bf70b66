"""What a newcomer tells when applying, how the rules judge it, and where a person is sent who does not qualify."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from allies.kit.folding import anywhere
from allies.kit.models import Row, StoredFile
from councils.models import Occupation, Organisation, Place, Sector
from mentoring.models.profile import Mode, availability_field, goals_field, languages_field
from mentoring.models.programme import EligibilityRules, Intake, ResidenceStatus
from mentoring.states import TO_BE_MATCHED, ApplicationState

_PERSON = settings.AUTH_USER_MODEL


class Employment(models.TextChoices):
    """Whether somebody works, and at what."""

    UNEMPLOYED = "unemployed", _("I am looking for work")
    SURVIVAL = "survival", _("I work, but not in my field")
    BELOW = "below", _("I work in my field, below my qualifications or too few hours")
    IN_FIELD = "in_field", _("I work in my field, at my level")


class Heard(models.TextChoices):
    """How somebody came to hear of the programme."""

    COMMUNITY = "community", _("From a community organisation")
    NETWORK = "network", _("From a professional immigrant network")
    SERVICE = "service", _("From a settlement or employment service")
    EMPLOYER = "employer", _("From an employer")
    FRIEND = "friend", _("From friends, family or colleagues")
    ONLINE = "online", _("On the internet or in the media")
    EVENT = "event", _("At an event")
    OTHER = "other", pgettext_lazy("heard", "In another way")


class Application(Row):
    """One person's application to one intake."""

    class Evidence(models.TextChoices):
        NONE = "", "---------"
        TEST = "test", _("An official test")
        ASSESSMENT = "assessment", _("An assessment by a language centre")
        SELF = "self", _("My own estimate")

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="applications", verbose_name=_("intake"))
    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="applications", verbose_name=_("person"))
    state = models.CharField(
        _("state"), max_length=14, choices=ApplicationState.choices, default=ApplicationState.DRAFT, editable=False
    )
    # The six questions.
    status = models.CharField(_("status in Canada"), max_length=12, choices=ResidenceStatus.choices, blank=True)
    is_job_ready = models.BooleanField(_("ready to start a job in the field"), null=True, blank=True)
    employment = models.CharField(_("employment"), max_length=10, choices=Employment.choices, blank=True)
    years = models.PositiveSmallIntegerField(_("years of experience in the field"), null=True, blank=True)
    last_worked = models.PositiveSmallIntegerField(_("last year of work in the field"), null=True, blank=True)
    has_time = models.BooleanField(_("time for the programme"), null=True, blank=True)
    level_listening = models.PositiveSmallIntegerField(_("listening"), null=True, blank=True)
    level_speaking = models.PositiveSmallIntegerField(_("speaking"), null=True, blank=True)
    level_reading = models.PositiveSmallIntegerField(_("reading"), null=True, blank=True)
    level_writing = models.PositiveSmallIntegerField(_("writing"), null=True, blank=True)
    level_evidence = models.CharField(
        _("how the language level is known"), max_length=10, choices=Evidence.choices, blank=True
    )
    # What a pair is made of.
    occupation = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("occupation sought")
    )
    industry = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("industry")
    )
    languages = languages_field()
    goals = goals_field()
    availability = availability_field()
    mode = models.CharField(_("where to meet"), max_length=9, choices=Mode.choices, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("city"))
    employer = models.CharField(_("employer today"), max_length=120, blank=True)
    countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("countries worked in"), default=list, blank=True, size=10
    )
    about = models.TextField(_("in your own words"), max_length=1500, blank=True)
    cv = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("CV"))
    heard_by = models.CharField(_("how the person heard of us"), max_length=9, choices=Heard.choices, blank=True)
    heard_org = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("referred by")
    )
    heard_from = models.CharField(_("who told you about us"), max_length=120, blank=True)
    # How it went.
    waiting_intakes = models.PositiveSmallIntegerField(_("intakes waited for"), default=0, editable=False)
    handbook_at = models.DateTimeField(_("handbook read"), null=True, blank=True, editable=False)
    paused_until = models.DateField(_("paused until"), null=True, blank=True, editable=False)
    decision_note = models.CharField(_("reason told to the person"), max_length=500, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True, editable=False)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    # When each step was first reached: the funnel counts these.
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    eligible_at = models.DateTimeField(_("found eligible"), null=True, blank=True, editable=False)
    screened_at = models.DateTimeField(_("accepted after the interview"), null=True, blank=True, editable=False)
    oriented_at = models.DateTimeField(_("orientation done"), null=True, blank=True, editable=False)
    ready_at = models.DateTimeField(_("ready to be matched"), null=True, blank=True, editable=False)
    proposed_at = models.DateTimeField(_("mentor proposed"), null=True, blank=True, editable=False)
    matched_at = models.DateTimeField(_("matched"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = ScopedManager(council="intake__programme__council")

    LEVELS = ("level_listening", "level_speaking", "level_reading", "level_writing")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                name="a_person_applies_once_to_an_intake",
                fields=["person", "intake"],
                condition=~Q(state=ApplicationState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="an_application_comes_from_a_known_place",
                condition=Q(heard_by="") | Q(heard_by__in=Heard.values),
            ),
            models.CheckConstraint(
                name="an_application_state_is_known", condition=Q(state__in=ApplicationState.values)
            ),
            models.CheckConstraint(
                name="an_application_beyond_a_draft_was_submitted",
                condition=Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
                | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_is_matched_before_screening_and_orientation",
                condition=~Q(
                    state__in=[
                        ApplicationState.READY,
                        ApplicationState.PROPOSED,
                        ApplicationState.MATCHED,
                        ApplicationState.COMPLETED,
                        ApplicationState.ENDED,
                    ]
                )
                | Q(screened_at__isnull=False, oriented_at__isnull=False, handbook_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_application_to_be_matched_says_in_what",
                condition=~Q(state__in=[ApplicationState.READY, ApplicationState.PROPOSED, ApplicationState.MATCHED])
                | (Q(occupation__isnull=False) & ~Q(languages={})),
            ),
            models.CheckConstraint(
                name="an_application_counts_years_of_a_life", condition=Q(years=None) | Q(years__lte=60)
            ),
            *(
                models.CheckConstraint(
                    name=f"an_application_{level}_is_1_to_12",
                    condition=Q(**{level: None}) | Q(**{f"{level}__gte": 1, f"{level}__lte": 12}),
                )
                for level in ("level_listening", "level_speaking", "level_reading", "level_writing")
            ),
        ]
        indexes = [
            # With what is counted beside the state, so that counting does not read the applications themselves.
            models.Index(fields=["intake", "state"], include=["submitted_at", "id"], name="applications_of_an_intake"),
            models.Index(
                fields=["occupation", "state"],
                include=["id"],
                condition=Q(state__in=[*TO_BE_MATCHED]),
                name="applications_on_the_way",
            ),
            models.Index(fields=["-saved_at", "id"], name="applications_last_saved_first"),
            models.Index(fields=["submitted_at"], name="applications_by_submission"),
            anywhere("applications_by_employer", "employer"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class EligibilityCheck(Row):
    """How the rules judged an application at one moment; a new look makes a new row."""

    class Verdict(models.TextChoices):
        PASS = "pass", _("Eligible")
        FAIL = "fail", _("Not eligible yet")
        UNKNOWN = "unknown", _("Something is still to be shown")

    application = models.ForeignKey(Application, models.CASCADE, related_name="checks", verbose_name=_("application"))
    rules = models.ForeignKey(EligibilityRules, models.PROTECT, related_name="+", verbose_name=_("rules"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    verdicts = models.JSONField(_("verdict of each rule"), help_text=_("From the rule's name to its verdict."))
    verdict = models.CharField(_("verdict"), max_length=7, choices=Verdict.choices)
    overridden_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by a person")
    )
    override_reason = models.CharField(_("reason for deciding otherwise"), max_length=500, blank=True)

    objects = ScopedManager(council="application__intake__programme__council")

    class Meta:
        verbose_name = _("eligibility check")
        verbose_name_plural = _("eligibility checks")
        constraints = [
            models.CheckConstraint(
                name="an_eligibility_override_has_a_reason",
                condition=(Q(overridden_by=None, override_reason=""))
                | (~Q(overridden_by=None) & ~Q(override_reason="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_verdict_display()}"


class Referral(Row):
    """A person who does not qualify is handed to a service that helps, and somebody asks how it went."""

    class Outcome(models.TextChoices):
        SENT = "sent", pgettext_lazy("referral", "Introduced")
        CONTACTED = "contacted", _("In contact")
        ENROLLED = "enrolled", _("Takes part there")
        LOST = "lost", _("No contact came about")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="referrals", verbose_name=_("application")
    )
    partner = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    service = models.CharField(_("service"), max_length=160)
    note = models.CharField(_("note for the person"), max_length=500, blank=True)
    outcome = models.CharField(
        _("what came of it"), max_length=9, choices=Outcome.choices, default=Outcome.SENT, editable=False
    )
    made_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    followed_at = models.DateTimeField(_("asked again"), null=True, blank=True, editable=False)

    objects = ScopedManager(council="application__intake__programme__council")

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")

    def __str__(self) -> str:
        return self.service
