"""Soft-skills modules: what the two of a pair do together, one short piece after the other."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.bilingual import Bilingual, both
from allies.kit.models import Row
from mentoring.models.mentorship import Pair
from mentoring.models.programme import Programme

_PERSON = settings.AUTH_USER_MODEL


class Module(Row):
    """A short module of a programme: what to do together, in the programme's order."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="modules", verbose_name=_("mentoring programme")
    )
    position = models.PositiveSmallIntegerField(_("place in the order"))
    title_en = models.CharField(_("title in English"), max_length=100)
    title_fr = models.CharField(_("title in French"), max_length=120)
    task_en = models.TextField(_("what to do together, in English"), max_length=600)
    task_fr = models.TextField(_("what to do together, in French"), max_length=700)
    link_en = models.URLField(_("link to read more, in English"), blank=True)
    link_fr = models.URLField(_("link to read more, in French"), blank=True)
    # A module that people have done stays on their pages, so it is retired and never deleted.
    is_retired = models.BooleanField(_("no longer offered"), default=False)
    title = Bilingual("title")
    task = Bilingual("task")
    link = Bilingual("link")

    objects = ScopedManager(council="programme__council")

    class Meta:
        verbose_name = _("soft-skills module")
        verbose_name_plural = _("soft-skills modules")
        constraints = [
            models.UniqueConstraint(
                name="modules_of_a_programme_stand_in_order",
                fields=["programme", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(name="a_module_is_named_once_in_a_programme", fields=["programme", "title_en"]),
            models.CheckConstraint(name="a_module_says_what_to_do_in_both_languages", condition=both("title", "task")),
        ]

    def __str__(self) -> str:
        return self.title


class ModuleDone(Row):
    """A module that a pair has done, ticked off by one of the two."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="modules_done", verbose_name=_("pair"))
    module = models.ForeignKey(Module, models.PROTECT, related_name="done", verbose_name=_("soft-skills module"))
    done_on = models.DateField(_("done"), default=timezone.localdate)
    ticked_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("ticked off by"))
    ticked_at = models.DateTimeField(_("ticked off"), auto_now_add=True)

    objects = ScopedManager(council="pair__programme__council")

    class Meta:
        verbose_name = _("module that a pair has done")
        verbose_name_plural = _("modules that pairs have done")
        constraints = [models.UniqueConstraint(name="a_pair_does_a_module_once", fields=["pair", "module"])]

    def __str__(self) -> str:
        return f"{self.pair}: {self.module}"
