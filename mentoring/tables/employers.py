"""The list of the employers at a council's table, as mentoring sees them."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from allies.kit.ui.tables import Table
from councils.tables.workspace import OfCouncil, tag
from mentoring.lengths import whole
from mentoring.queries.employers import Employer

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class EmployerTable(OfCouncil):
    """Employers with their champion, what became of their invitations, and what their staff give."""

    show_name = "mentoring:employer-show"
    caption = gettext_lazy("Employers")

    name = tables.Column(verbose_name=gettext_lazy("Employer"))
    speaker = tables.Column(verbose_name=gettext_lazy("Champion"), empty_values=())
    invited = tables.Column(verbose_name=pgettext_lazy("column", "Invited"), attrs=NUMBER)
    volunteered = tables.Column(verbose_name=pgettext_lazy("column", "Volunteered"), attrs=NUMBER)
    available = tables.Column(verbose_name=pgettext_lazy("column", "Available"), attrs=NUMBER)
    places = tables.Column(verbose_name=gettext_lazy("Places"), attrs=NUMBER)
    pairs = tables.Column(verbose_name=gettext_lazy("Pairs now"), attrs=NUMBER)
    minutes_this_year = tables.Column(verbose_name=gettext_lazy("Hours this year"), attrs=NUMBER)
    minutes = tables.Column(verbose_name=gettext_lazy("Hours in all"), attrs=NUMBER)

    class Meta(Table.Meta):
        fields = (
            *("name", "speaker", "invited", "volunteered", "available", "places", "pairs"),
            *("minutes_this_year", "minutes"),
        )

    def render_name(self, record: Employer) -> SafeString:
        """Link to the employer's page."""
        return self.link(record.pk, record.name)

    def render_speaker(self, record: Employer) -> SafeString | str:
        """Name the champion, or say that somebody is asked."""
        if record.champion:
            return record.champion.person.name
        if record.asked:
            return format_html('{}<br><small class="soft">{}</small>', tag(_("Asked"), "wait"), record.asked.email)
        return "–"

    def render_available(self, record: Employer) -> str:
        """Say how many can be given somebody, and how many are on a pause."""
        if record.paused:
            return _("%(n)s (+ %(paused)s paused)") % {"n": record.available, "paused": record.paused}
        return str(record.available)

    def render_minutes_this_year(self, value: int) -> str:
        """Write minutes as whole hours."""
        return whole(value)

    def render_minutes(self, value: int) -> str:
        """Write minutes as whole hours."""
        return whole(value)
