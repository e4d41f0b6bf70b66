"""The tables that every app shares."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from allies.kit.audit.models import Entry
from allies.kit.rows import Row

__all__ = ["Entry", "Erasure", "Job", "Letter", "Row", "StoredFile", "Unsent"]


class JobState(models.TextChoices):
    """Where a long piece of work stands."""

    QUEUED = "queued", _("Waiting its turn")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Job(Row):
    """A long piece of work that somebody started and can follow."""

    State = JobState

    kind = models.CharField(_("kind"), max_length=80, help_text=_("Name of the task that does the work."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("started by"), on_delete=models.PROTECT, related_name="+"
    )
    tenant_id = models.UUIDField(_("council"), null=True, blank=True)
    args = models.JSONField(_("identifiers it works on"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("steps in all"), null=True, blank=True)
    doing = models.CharField(
        _("what it is doing"), max_length=200, blank=True, help_text=_("Source text, translated when shown.")
    )
    doing_params = models.JSONField(_("numbers in that text"), default=dict, blank=True)
    reason = models.CharField(_("why it failed"), max_length=500, blank=True)
    result_url = models.CharField(_("address of the result"), max_length=300, blank=True)
    cancel_asked = models.BooleanField(_("cancel was asked"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("last handed to the workers"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_is_known"),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=F("total")), name="job_does_no_more_than_its_total"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, finished_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(finished_at__isnull=True)),
                name="job_is_finished_only_at_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(started_at__isnull=False, beat_at__isnull=False),
                name="job_running_has_started",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="jobs_of_a_person"),
            models.Index(fields=["state"], condition=Q(state__in=["queued", "running"]), name="jobs_not_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("kit:job-show", args=[self.pk])

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED

    @property
    def percent(self) -> int | None:
        """Share done in whole percent, None while the amount of work is unknown."""
        if not self.total:
            return None
        return self.done * 100 // self.total

    @property
    def doing_text(self) -> str:
        """What it is doing, in the reader's language."""
        return gettext(self.doing) % self.doing_params if self.doing else ""


class Unsent(Row):
    """A task that the broker could not take, kept until it can."""

    name = models.CharField(_("task"), max_length=80)
    args = models.JSONField(_("identifiers it works on"), default=list)
    queue = models.CharField(_("queue"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("unsent task")
        verbose_name_plural = _("unsent tasks")

    def __str__(self) -> str:
        return self.name


class FileKind(models.TextChoices):
    """The kinds of file that people may hand in."""

    PDF = "pdf", _("PDF document")
    DOCX = "docx", _("Word document")
    PNG = "png", _("PNG picture")
    JPEG = "jpeg", _("JPEG picture")
    CSV = "csv", _("CSV table")


class StoredFile(Row):
    """A file kept privately, known by its checked content."""

    Kind = FileKind

    file = models.FileField(_("place in the store"), upload_to="files", max_length=120)
    name = models.CharField(_("original name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=5, choices=FileKind)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handed in by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    tenant_id = models.UUIDField(_("council"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="file_kind_is_known"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class LetterState(models.TextChoices):
    """Where an e-mail stands."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the mail server")


class Letter(Row):
    """One e-mail to one person, kept until it is sent and for a short while after."""

    State = LetterState

    template = models.CharField(_("template"), max_length=80)
    to = models.EmailField(_("address"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    language = models.CharField(_("language"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))])
    context = models.JSONField(_("what is filled in"), default=dict, blank=True)
    key = models.CharField(
        _("key"), max_length=120, null=True, blank=True, unique=True, help_text=_("The same key is never sent twice.")
    )
    unsubscribe_url = models.CharField(_("address to unsubscribe"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=LetterState, default=LetterState.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    reason = models.CharField(_("answer of the mail server"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    tried_at = models.DateTimeField(_("last tried"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~Q(state=LetterState.SENT) & Q(sent_at__isnull=True)),
                name="letter_has_a_sending_date_once_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["state"], condition=Q(state__in=["queued", "sending"]), name="letters_not_sent")
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.state}"


class Erasure(Row):
    """A person whose data was erased, kept so that it is erased again after a restore."""

    subject_id = models.UUIDField(_("identifier of the person"), unique=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return str(self.subject_id)
