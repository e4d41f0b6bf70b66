"""The lists of whom a council convenes."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.bilingual import alphabetical
from allies.kit.ui.formats import day, moment
from allies.kit.ui.tables import Table
from councils.models import Body, Organisation
from councils.tables.workspace import OfCouncil, tag


class OrganisationTable(OfCouncil):
    """The organisations at a council's table."""

    show_name = "councils:organisation-show"
    caption = gettext_lazy("Organisations at the table")

    name = tables.Column(verbose_name=gettext_lazy("Organisation"), empty_values=())
    group = tables.Column(verbose_name=gettext_lazy("Group"))
    sector = tables.Column(verbose_name=gettext_lazy("Sector"), orderable=False)
    joined_on = tables.Column(verbose_name=gettext_lazy("Since"))
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Organisation
        fields = ("name", "group", "sector", "joined_on", "state")

    def order_name(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the name in the reader's language."""
        return rows.order_by(alphabetical("name", descending=descending), "pk"), True

    def render_name(self, record: Organisation) -> SafeString:
        """Link to the organisation."""
        link = self.link(record.pk, record.name)
        return format_html("{} {}", link, tag(_("Member agency"), "")) if record.is_member else link

    def render_joined_on(self, record: Organisation) -> str:
        """Write the day of joining."""
        return day(record.joined_on) if record.joined_on else ""

    def render_state(self, record: Organisation) -> SafeString:
        """Say whether it left, is public, or is known to the staff only."""
        if record.gone:  # type: ignore[attr-defined]
            return tag(_("Left"), "quiet")
        return tag(_("Public"), "good") if record.is_public else tag(_("Internal"), "quiet")


class BodyTable(OfCouncil):
    """The bodies that a council convenes."""

    show_name = "councils:body-show"
    caption = gettext_lazy("Bodies")

    name = tables.Column(verbose_name=gettext_lazy("Body"), empty_values=())
    kind = tables.Column(verbose_name=gettext_lazy("Kind"))
    seats_now = tables.Column(verbose_name=gettext_lazy("Seats"))
    next_meeting = tables.Column(verbose_name=gettext_lazy("Next meeting"), default="–")
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Body
        fields = ("name", "kind", "seats_now", "next_meeting", "state")

    def order_name(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the name in the reader's language."""
        return rows.order_by(alphabetical("name", descending=descending), "pk"), True

    def render_name(self, record: Body) -> SafeString:
        """Link to the body."""
        return self.link(record.pk, record.name)

    def render_next_meeting(self, value: Any) -> str:
        """Write day and hour."""
        return moment(value)

    def render_state(self, record: Body) -> SafeString:
        """Say whether it is public, a draft or over."""
        if record.over:  # type: ignore[attr-defined]
            return tag(_("Ended"), "quiet")
        return tag(_("Public"), "good") if record.is_published else tag(_("Draft"), "quiet")
