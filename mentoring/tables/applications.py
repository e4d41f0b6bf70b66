"""The worklist of applications."""

from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from allies.kit.bilingual import alphabetical
from allies.kit.ui.formats import moment
from allies.kit.ui.tables import Table
from councils.tables.workspace import OfCouncil, tag
from mentoring.models import Application
from mentoring.queries.heard import says_how
from mentoring.states import ApplicationState as S

LOOKS = {
    S.NEEDS_EVIDENCE: "wait",
    S.INELIGIBLE: "bad",
    S.WAITLISTED: "wait",
    S.READY: "good",
    S.MATCHED: "good",
    S.COMPLETED: "good",
    S.DECLINED: "quiet",
    S.ENDED: "quiet",
    S.WITHDRAWN: "quiet",
}
# What the list is exported with; the columns of the screen and the answers behind them.
COLUMNS = (
    (gettext_lazy("Name"), lambda row: row.person.name),
    (gettext_lazy("E-mail"), lambda row: row.person.email),
    (gettext_lazy("Language of messages"), lambda row: row.person.get_language_display()),
    (gettext_lazy("Programme"), lambda row: row.intake.programme.name),
    (gettext_lazy("Intake"), lambda row: row.intake.name),
    (gettext_lazy("State"), lambda row: row.get_state_display()),
    (gettext_lazy("Occupation"), lambda row: row.occupation.title if row.occupation else ""),
    (gettext_lazy("Years of experience"), "years"),
    (gettext_lazy("Heard of us"), says_how),
    (gettext_lazy("Applied"), "submitted_at"),
    (gettext_lazy("Accepted after the interview"), "screened_at"),
    (gettext_lazy("Orientation done"), "oriented_at"),
    (gettext_lazy("Ready to be matched"), "ready_at"),
    (gettext_lazy("Here since"), "since"),
)


class ApplicationTable(OfCouncil):
    """Applications, who waits longest first; `acts` adds a box to tick for each."""

    show_name = "mentoring:application-show"
    caption = gettext_lazy("Applications")

    chosen = tables.Column(verbose_name=gettext_lazy("Choose"), empty_values=(), orderable=False)
    name = tables.Column(verbose_name=gettext_lazy("Name"), empty_values=())
    occupation = tables.Column(verbose_name=gettext_lazy("Occupation"), empty_values=())
    intake = tables.Column(verbose_name=gettext_lazy("Intake"), empty_values=(), orderable=False)
    state = tables.Column(verbose_name=gettext_lazy("State"))
    since = tables.Column(verbose_name=gettext_lazy("Here since"))

    class Meta(Table.Meta):
        model = Application
        fields = ("chosen", "name", "occupation", "intake", "state", "since")

    def render_chosen(self, record: Application) -> SafeString:
        """Draw a box to tick."""
        label = _("Choose %(name)s") % {"name": record.person}
        return format_html(
            '<input type="checkbox" name="chosen" value="{}" form="act" aria-label="{}">', record.pk, label
        )

    def order_name(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the person's name."""
        return rows.order_by("-person__name" if descending else "person__name", "pk"), True

    def order_occupation(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the occupation in the reader's language."""
        return rows.order_by(alphabetical("occupation__title", descending=descending), "pk"), True

    def order_since(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the day since when they stand where they stand."""
        return rows.order_by("-since" if descending else "since", "pk"), True

    def render_name(self, record: Application) -> SafeString:
        """Link to the application."""
        return self.link(record.pk, record.person)

    def render_occupation(self, record: Application) -> str:
        """Name the occupation sought."""
        return record.occupation.title if record.occupation else "–"

    def render_intake(self, record: Application) -> str:
        """Name the intake."""
        return record.intake.name

    def render_state(self, record: Application) -> SafeString:
        """Say where it stands."""
        return tag(record.get_state_display(), LOOKS.get(S(record.state), ""))

    def render_since(self, value: Any) -> SafeString:
        """Count the days."""
        days = (timezone.now() - value).days
        words = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
        return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), moment(value), words)
