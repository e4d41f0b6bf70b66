"""Lists of a council's people and invitations."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.ui.formats import day
from allies.kit.ui.tables import Table
from councils.models import Membership
from councils.queries.people import COMING, PAST

_DASH = "—"


class PeopleTable(Table):
    """The roles at a council."""

    caption = gettext_lazy("People and their roles")

    person = tables.Column(
        verbose_name=gettext_lazy("Person"),
        order_by=("person__name", "pk"),
        linkify=("councils:person-show", {"council": tables.A("council__slug"), "pk": tables.A("person_id")}),
    )
    role = tables.Column(verbose_name=gettext_lazy("Role"))
    job = tables.Column(accessor="title", verbose_name=gettext_lazy("Job title"), orderable=False)
    starts_on = tables.Column(verbose_name=gettext_lazy("From"))
    ends_on = tables.Column(verbose_name=gettext_lazy("Until"))
    marks = tables.Column(accessor="pk", verbose_name=gettext_lazy("Marks"), orderable=False)

    class Meta(Table.Meta):
        empty_text = gettext_lazy("Nobody fits. Choose other filters, or invite somebody.")

    def render_starts_on(self, value: Any) -> str:
        """Write the date in the reader's language."""
        return day(value)

    def render_ends_on(self, value: Any) -> str:
        """Write the date in the reader's language."""
        return day(value)

    def render_marks(self, record: Membership) -> SafeString | str:
        """Say whether the role runs, and what else is known of it."""
        words = []
        standing = record.standing  # type: ignore[attr-defined]
        if standing == PAST:
            words.append(("quiet", _("Past")))
        if standing == COMING:
            words.append(("wait", _("Not begun")))
        if record.is_founder:
            words.append(("", _("Founder")))
        if record.is_public:
            words.append(("good", _("On the council's page")))
        if not words:
            return _DASH
        return SafeString(" ".join(format_html('<span class="tag {}">{}</span>', kind, word) for kind, word in words))
