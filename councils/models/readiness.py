"""Whether a community is ready for a council."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from allies.kit.models import Row
from councils.models.council import Council
from councils.models.person import User


class Readiness(Row):
    """A scored look at whether a community is ready for a council: three roles and three conditions, each 0 to 3."""

    QUESTIONS = ("catalyst", "convener", "champion", "demand", "local_government", "local_agencies")

    class Score(models.IntegerChoices):
        ABSENT = 0, pgettext_lazy("readiness", "Not there")
        EMERGING = 1, _("Emerging")
        PRESENT = 2, pgettext_lazy("readiness", "Present")
        STRONG = 3, _("Strong")

    council = models.ForeignKey(Council, models.CASCADE, related_name="readiness", verbose_name=_("council"))
    on = models.DateField(_("date"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    catalyst = models.PositiveSmallIntegerField(_("a local catalyst organises support"), choices=Score.choices)
    convener = models.PositiveSmallIntegerField(_("a local convener can incubate the council"), choices=Score.choices)
    champion = models.PositiveSmallIntegerField(
        _("a recognised business leader is the champion"), choices=Score.choices
    )
    demand = models.PositiveSmallIntegerField(_("employers ask for talent"), choices=Score.choices)
    local_government = models.PositiveSmallIntegerField(_("local government is willing"), choices=Score.choices)
    local_agencies = models.PositiveSmallIntegerField(_("local agencies are willing"), choices=Score.choices)
    note = models.TextField(_("note"), max_length=1500, blank=True)

    objects = ScopedManager(council="council")

    class Meta:
        verbose_name = _("readiness checklist")
        verbose_name_plural = _("readiness checklists")
        constraints = [
            models.UniqueConstraint(name="one_readiness_checklist_a_day", fields=["council", "on"]),
            models.CheckConstraint(
                name="readiness_is_scored_0_to_3",
                condition=Q(
                    catalyst__lte=3,
                    convener__lte=3,
                    champion__lte=3,
                    demand__lte=3,
                    local_government__lte=3,
                    local_agencies__lte=3,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.on}"

    @property
    def total(self) -> int:
        """The sum of the scores, 0 to 18."""
        return sum(getattr(self, name) for name in self.QUESTIONS)
