"""The audit trail as the database keeps it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from allies.kit.rows import Row


class Entry(Row):
    """One act that somebody did, sealed by the database so that it can't be changed unseen.

    The columns with a database default are filled in by the trigger that seals the row, whatever Python gives.
    """

    position = models.BigIntegerField(_("position"), unique=True, db_default=0, editable=False)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        # The index on a person's entries in their order serves this too.
        db_index=False,
        help_text=_("Empty when the system itself acted."),
    )
    action = models.CharField(_("what was done"), max_length=80)
    target_type = models.CharField(_("kind of record"), max_length=80, blank=True)
    target_id = models.CharField(_("identifier of the record"), max_length=64, blank=True)
    tenant_id = models.UUIDField(_("council"), null=True, blank=True)
    fields = ArrayField(
        models.CharField(max_length=64),
        verbose_name=_("names of the changed fields"),
        default=list,
        blank=True,
        help_text=_("Names only, never what was written in them."),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    previous_hash = models.CharField(_("seal of the entry before"), max_length=64, db_default="", editable=False)
    hash = models.CharField(_("seal"), max_length=64, db_default="", editable=False)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["target_id", "-position"], name="entries_about_a_record"),
            models.Index(fields=["actor", "-position"], name="entries_by_a_person"),
            models.Index(fields=["tenant_id", "-position"], name="entries_of_a_council"),
            # The rest serve the administration's list: its filters, its years and its search.
            models.Index(fields=["action", "-position"], name="entries_about_an_act"),
            models.Index(fields=["target_type", "-position"], name="entries_about_a_kind"),
            models.Index(fields=["at"], name="entries_by_their_moment"),
            models.Index(fields=["request_id"], name="entries_of_a_request"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.action}"
