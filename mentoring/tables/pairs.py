"""The list of a council's pairs, and the same as columns of a file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.export import Column
from allies.kit.ui.formats import number
from allies.kit.ui.tables import Table
from councils.dates import spoken
from councils.tables.workspace import OfCouncil, tag
from mentoring.models import Pair
from mentoring.queries.health import Health, Level
from mentoring.queries.hours import Hours, of
from mentoring.states import PairState

LOOKS = {
    PairState.ACTIVE: "",
    PairState.ON_HOLD: "wait",
    PairState.COMPLETED: "good",
    PairState.ENDED_EARLY: "quiet",
}


def with_level(rows: "QuerySet[Pair]", health: Mapping[UUID, Health]) -> "QuerySet[Pair]":
    """Give each row the rank of its level; those that have ended come last."""
    keys = {level: [pk for pk, found in health.items() if found.level == level] for level in Level}
    levels = [When(pk__in=found, then=Value(int(level))) for level, found in keys.items() if found]
    return rows.alias(level=Case(*levels, default=Value(len(Level)), output_field=IntegerField()))


def hours_in_words(hours: Hours) -> str:
    """Say how many of the programme's hours are there."""
    facts = {"n": _decimal(hours.counted), "all": hours.needed // 60}
    return (_("%(n)s of %(all)s h") % facts).replace(" h", "\u00a0h")


def modules_in_words(pair: Any) -> str:
    """Say how many of the programme's modules a pair (read with them) has done."""
    if not pair.modules_total:
        return "–"
    return _("%(n)s of %(all)s") % {"n": number(pair.modules_ticked), "all": number(pair.modules_total)}


def _decimal(minutes: int) -> str:
    return number(round(minutes / 60, 1))


class PairTable(OfCouncil):
    """A council's pairs, what needs somebody first."""

    show_name = "mentoring:pair-staff"

    mentee = tables.Column(verbose_name=gettext_lazy("Mentee"), accessor="mentee_person")
    mentor = tables.Column(verbose_name=gettext_lazy("Mentor"), accessor="mentor_person")
    level = tables.Column(verbose_name=gettext_lazy("How it goes"), empty_values=())
    hours = tables.Column(verbose_name=gettext_lazy("Hours"), empty_values=())
    modules = tables.Column(verbose_name=gettext_lazy("Modules"), empty_values=(), orderable=False)
    last_met = tables.Column(verbose_name=gettext_lazy("Last meeting"))
    planned_end_on = tables.Column(verbose_name=gettext_lazy("Planned end"))
    programme = tables.Column(verbose_name=gettext_lazy("Programme"), orderable=False)

    class Meta(Table.Meta):
        model = Pair
        fields = ("mentee", "mentor", "level", "hours", "modules", "last_met", "planned_end_on", "programme")

    def __init__(self, *args: Any, health: Mapping[UUID, Health], **kwargs: Any) -> None:
        self.health = health
        super().__init__(*args, **kwargs)

    def order_mentee(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the mentee's name."""
        return _by_name(rows, "mentee_person", descending), True

    def order_mentor(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the mentor's name."""
        return _by_name(rows, "mentor_person", descending), True

    def order_level(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by urgency, then by what was silent longest; of those that have ended, the latest comes first."""
        first = F("level").desc() if descending else F("level").asc()
        return rows.order_by(first, F("quiet_since").asc(nulls_first=True), F("ended_on").desc(), "pk"), True

    def order_hours(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the confirmed hours."""
        time = F("time_confirmed")
        return rows.order_by(time.desc(nulls_last=True) if descending else time.asc(nulls_first=True), "pk"), True

    def render_mentee(self, record: Pair) -> SafeString:
        """Link to the pair."""
        return self.link(record.pk, record.mentee_person)

    def render_level(self, record: Pair) -> SafeString:
        """Draw the level with its reasons, or how it ended."""
        health = self.health.get(record.pk)
        if health is None:
            return tag(record.get_state_display(), LOOKS[PairState(record.state)])
        label = tag(health.label, health.look)
        held = format_html(" {}", tag(record.get_state_display(), "wait")) if record.state == PairState.ON_HOLD else ""
        reasons = format_html_join("", "<br><small>{}</small>", ((reason,) for reason in health.reasons[:3]))
        return format_html("<div>{}{}{}</div>", label, held, reasons)

    def render_hours(self, record: Pair) -> str:
        """Say how many hours are there."""
        return hours_in_words(of(record))

    def render_modules(self, record: Pair) -> str:
        """Say how many soft-skills modules are done."""
        return modules_in_words(record)

    def render_last_met(self, value: Any) -> str:
        """Write the day."""
        return spoken(timezone.localdate(value))

    def render_planned_end_on(self, value: Any) -> str:
        """Write the day."""
        return spoken(value)


def _by_name(rows: Any, name: str, descending: bool) -> Any:
    words = Lower(f"{name}__name")
    return rows.order_by(words.desc() if descending else words.asc(), "pk")


def columns(health: Mapping[UUID, Health]) -> list[Column]:
    """What a file of pairs holds."""

    def judged(pair: Any) -> Health | None:
        return health.get(pair.pk)

    def met(pair: Any) -> Any:
        return timezone.localdate(pair.last_met) if pair.last_met else None

    return [
        (_("Mentee"), lambda pair: str(pair.mentee_person)),
        (_("Mentor"), lambda pair: str(pair.mentor_person)),
        (_("Programme"), lambda pair: pair.programme.name),
        (_("State"), lambda pair: pair.get_state_display()),
        (_("How it goes"), lambda pair: found.label if (found := judged(pair)) else ""),
        (_("Reasons"), lambda pair: "; ".join(found.reasons) if (found := judged(pair)) else ""),
        (_("Hours counted"), lambda pair: round(of(pair).counted / 60, 2)),
        (_("Hours needed"), lambda pair: pair.programme.hours),
        (_("Modules done"), "modules_ticked"),
        (_("Modules to do"), "modules_total"),
        (_("Confirmed by silence, in per cent"), lambda pair: of(pair).silent_share),
        (_("Last meeting"), met),
        (_("Started"), "started_on"),
        (_("Planned end"), "planned_end_on"),
        (_("Ended"), "ended_on"),
        (_("Why it ended"), lambda pair: pair.get_end_reason_display() if pair.end_reason else ""),
    ]
