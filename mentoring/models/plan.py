"""What somebody plans after a mentorship: the next steps of a career, for nobody else to read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from allies.kit.models import Row
from mentoring.models.mentorship import Pair


class PlanStep(Row):
    """One step of a mentee's own plan after the mentorship, and by when."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="plan", verbose_name=_("pair"))
    text = models.CharField(_("next step"), max_length=200)
    by_when = models.DateField(_("by when"), null=True, blank=True)
    added_on = models.DateField(_("added"), auto_now_add=True)
    done_on = models.DateField(_("done"), null=True, blank=True, editable=False)

    objects = ScopedManager(council="pair__programme__council")

    class Meta:
        verbose_name = _("step of a plan")
        verbose_name_plural = _("steps of plans")
        constraints = [
            models.CheckConstraint(name="a_step_of_a_plan_says_what", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.pair}, {self.added_on:%Y-%m-%d}"
