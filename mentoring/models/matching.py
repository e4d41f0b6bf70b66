"""Matching: the policy, the runs of the engine, and the pairs that it proposes."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.models import Job, Row
from mentoring.models.application import Application
from mentoring.models.mentor import Mentor
from mentoring.models.programme import Intake, Programme
from mentoring.states import PROPOSAL_OFFERED, RUN_UNDER_WAY, ProposalState, RunState

_PERSON = settings.AUTH_USER_MODEL


class MatchPolicy(Row):
    """One version of how a programme weighs what speaks for a pair; runs keep the version that they used."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="policies", verbose_name=_("mentoring programme")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    weights = models.JSONField(_("weights"), help_text=_("From each criterion to must, high, medium, low or off."))
    floor = models.PositiveSmallIntegerField(
        _("least score"), default=0, help_text=_("A weaker pair is never proposed: the mentee waits instead.")
    )
    created_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("in force since"), auto_now_add=True)

    objects = ScopedManager(council="programme__council")

    class Meta:
        verbose_name = _("matching policy")
        verbose_name_plural = _("matching policies")
        constraints = [
            models.UniqueConstraint(name="matching_policies_are_numbered", fields=["programme", "version"]),
            models.CheckConstraint(name="a_least_score_is_a_score", condition=Q(floor__lte=1000)),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.version}"


class MatchingRun(Row):
    """One run of the engine for one intake, on a frozen picture of who takes part."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="runs", verbose_name=_("intake"))
    policy = models.ForeignKey(MatchPolicy, models.PROTECT, related_name="runs", verbose_name=_("matching policy"))
    state = models.CharField(
        _("state"), max_length=10, choices=RunState.choices, default=RunState.QUEUED, editable=False
    )
    # What the engine saw: people and rules as text, so that anybody can run it again and compare.
    snapshot: "models.JSONField[Any, Any]" = models.JSONField(_("who and what the engine saw"), editable=False)
    input_hash = models.CharField(_("hash of the input"), max_length=64, editable=False)
    seed = models.CharField(_("seed of the lottery"), max_length=64, editable=False)
    asked_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("job"), editable=False
    )
    # Only the worker that holds the newest token may write a result.
    lease_token = models.PositiveIntegerField(_("lease"), default=0, editable=False)
    lease_until = models.DateTimeField(_("lease ends"), null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    matched = models.PositiveIntegerField(_("people placed"), null=True, blank=True, editable=False)
    total = models.BigIntegerField(_("total score"), null=True, blank=True, editable=False)
    worst = models.PositiveIntegerField(_("weakest pair"), null=True, blank=True, editable=False)
    certificate = models.JSONField(_("proof that no better result exists"), null=True, blank=True, editable=False)
    # The unmatched with their reasons, and which mentors would help most.
    findings = models.JSONField(_("findings"), default=dict, blank=True, editable=False)
    pairs_hash = models.CharField(_("hash of the pairs"), max_length=64, blank=True, editable=False)
    failure = models.CharField(_("why it failed"), max_length=500, blank=True, editable=False)
    solved_at = models.DateTimeField(_("solved"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by"), editable=False
    )

    objects = ScopedManager(council="intake__programme__council")

    class Meta:
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        constraints = [
            models.UniqueConstraint(
                name="a_run_with_the_same_input_exists_once",
                fields=["intake", "policy", "input_hash"],
                condition=~Q(state__in=[RunState.CANCELLED, RunState.FAILED, RunState.SUPERSEDED]),
            ),
            models.UniqueConstraint(
                name="an_intake_has_one_run_under_way",
                fields=["intake"],
                condition=Q(state__in=RUN_UNDER_WAY),
            ),
            models.CheckConstraint(
                name="a_result_of_matching_is_proven",
                condition=~Q(state__in=[RunState.SOLVED, RunState.PUBLISHED])
                | Q(certificate__ok=True, matched__isnull=False, total__isnull=False, solved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_published_run_says_who_and_when",
                condition=~Q(state=RunState.PUBLISHED) | Q(published_at__isnull=False, published_by__isnull=False),
            ),
            models.CheckConstraint(name="a_run_state_is_known", condition=Q(state__in=RunState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.intake}, {self.asked_at:%Y-%m-%d}"


class Proposal(Row):
    """A mentee and a mentor whom the engine, or a coordinator, would bring together, and why."""

    class Origin(models.TextChoices):
        ENGINE = "engine", _("The engine")
        HAND = "hand", _("The coordinator")

    run = models.ForeignKey(
        MatchingRun, models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("run")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="proposals", verbose_name=_("application")
    )
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="proposals", verbose_name=_("mentor"))
    # The same mark on all proposals whose mentees make one group; empty where two people work alone.
    group = models.UUIDField(_("group"), null=True, blank=True, editable=False, db_index=True)
    origin = models.CharField(_("proposed by"), max_length=6, choices=Origin.choices, default=Origin.ENGINE)
    state = models.CharField(
        _("state"), max_length=9, choices=ProposalState.choices, default=ProposalState.DRAFTED, editable=False
    )
    is_pinned = models.BooleanField(_("pinned"), default=False)
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    # From each criterion to its points and the facts behind them; the next best with what they would cost.
    components = models.JSONField(_("reasons"), default=dict, blank=True)
    alternatives = models.JSONField(_("alternatives"), default=list, blank=True)
    rank_for_mentee = models.PositiveIntegerField(_("rank for the mentee"), null=True, blank=True)
    rank_for_mentor = models.PositiveIntegerField(_("rank for the mentor"), null=True, blank=True)
    expires_at = models.DateTimeField(_("answer by"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    declined_by = models.CharField(
        _("declined by"),
        max_length=6,
        choices=[("mentee", _("mentee")), ("mentor", _("mentor"))],
        blank=True,
        editable=False,
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = ScopedManager(council="application__intake__programme__council")

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                name="a_run_proposes_once_for_a_mentee", fields=["run", "application"], condition=Q(run__isnull=False)
            ),
            models.UniqueConstraint(
                name="a_mentee_has_one_open_offer",
                fields=["application"],
                # A confirmed one has become a pair, and the pair keeps the mentee from a second place until it ends.
                condition=Q(state__in=PROPOSAL_OFFERED),
            ),
            models.CheckConstraint(name="a_proposal_scores_at_most_1000", condition=Q(score__lte=1000)),
            models.CheckConstraint(
                name="an_offer_of_a_pair_expires",
                condition=~Q(state__in=PROPOSAL_OFFERED) | Q(expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_declined_pair_says_by_whom_and_why",
                condition=~Q(state=ProposalState.DECLINED) | (~Q(declined_by="") & ~Q(reason="")),
            ),
            models.CheckConstraint(name="a_proposal_state_is_known", condition=Q(state__in=ProposalState.values)),
        ]
        indexes = [models.Index(F("mentor"), F("state"), name="proposals_of_a_mentor")]

    def __str__(self) -> str:
        return f"{self.application} – {self.mentor}"
