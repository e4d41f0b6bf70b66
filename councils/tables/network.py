"""The national lists: all councils, their readiness, and the register of facts."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.bilingual import alphabetical
from allies.kit.ui.formats import day
from allies.kit.ui.tables import Table
from councils.models import Council, Fact
from councils.queries.readiness import MOST, Standing

ABSENT = "–"


def _link(address: str, text: object) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, text)


def _record(council: Council) -> SafeString:
    return _link(reverse("councils:network-council", args=[council.slug]), council.name)


class NetworkTable(Table):
    """All councils, without personal data."""

    name = tables.Column(verbose_name=gettext_lazy("Council"), empty_values=())
    stage = tables.Column(verbose_name=gettext_lazy("Stage"))
    province = tables.Column(verbose_name=gettext_lazy("Province"))
    population = tables.Column(verbose_name=gettext_lazy("Population"), empty_values=())
    host_type = tables.Column(verbose_name=gettext_lazy("Type of host"), empty_values=())
    staff_count = tables.Column(verbose_name=gettext_lazy("Director and coordinators"))
    changed_at = tables.Column(verbose_name=gettext_lazy("Last change"))

    caption = gettext_lazy("All councils and supported places")
    empty_text = gettext_lazy("No council fits. Take a filter away to see more.")

    class Meta(Table.Meta):
        model = Council
        fields = ("name", "stage", "province", "population", "host_type", "staff_count", "changed_at")
        order_by = "name"

    def render_name(self, record: Council) -> SafeString:
        """Lead to the record."""
        mark = "" if record.is_published else format_html(' <span class="tag wait">{}</span>', _("not published"))
        return format_html("{}{}", _record(record), mark)

    def order_name(self, councils: Any, is_descending: bool) -> tuple[Any, bool]:
        """Order by the name in the reader's language."""
        return councils.order_by(alphabetical("name", descending=is_descending), "pk"), True

    def order_province(self, councils: Any, is_descending: bool) -> tuple[Any, bool]:
        """Order by the province's name in the reader's language."""
        return councils.order_by(alphabetical("province__name", descending=is_descending), alphabetical("name")), True

    def render_population(self, record: Council) -> str:
        """Say it in words."""
        return str(record.get_population_display()) if record.population else ABSENT

    def render_host_type(self, record: Council) -> str:
        """Say it in words."""
        return str(record.get_host_type_display()) if record.host_type else ABSENT

    def render_changed_at(self, record: Council) -> str:
        """Say on which day."""
        return day(timezone.localdate(record.changed_at))


class ReadinessTable(Table):
    """Councils by their latest readiness score."""

    council = tables.Column(verbose_name=gettext_lazy("Council"), orderable=False)
    stage = tables.Column(verbose_name=gettext_lazy("Stage"), empty_values=(), orderable=False)
    total = tables.Column(verbose_name=gettext_lazy("Score"), empty_values=(), orderable=False)
    on = tables.Column(verbose_name=gettext_lazy("Scored"), empty_values=(), orderable=False)
    missing = tables.Column(verbose_name=gettext_lazy("What is missing"), empty_values=(), orderable=False)

    caption = gettext_lazy("Councils by readiness, the readiest first")
    empty_text = gettext_lazy("There is no council yet.")

    class Meta(Table.Meta):
        pass

    def render_council(self, record: Standing) -> SafeString:
        """Lead to the checklists."""
        return _link(reverse("councils:readiness", args=[record.council.slug]), record.council.name)

    def render_stage(self, record: Standing) -> str:
        """Say it in words."""
        return str(record.council.get_stage_display())

    def render_total(self, record: Standing) -> str:
        """Say it out of the most that there is."""
        if record.total is None:
            return _("Not scored yet")
        return _("%(score)d of %(most)d") % {"score": record.total, "most": MOST}

    def render_on(self, record: Standing) -> str:
        """Say when."""
        return day(record.latest.on) if record.latest else ABSENT

    def render_missing(self, record: Standing) -> SafeString | str:
        """Name the roles and conditions that are absent or only emerging."""
        if not record.latest:
            return ABSENT
        if not record.missing:
            return _("Nothing: all six are present")
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((a.label,) for a in record.missing)))


class FigureTable(Table):
    """The register of facts."""

    label = tables.Column(verbose_name=gettext_lazy("Figure"), empty_values=())
    council = tables.Column(verbose_name=gettext_lazy("Council"), empty_values=(), orderable=False)
    shown = tables.Column(verbose_name=gettext_lazy("Shown value"), empty_values=(), orderable=False)
    value_count = tables.Column(verbose_name=gettext_lazy("Sources"))
    is_published = tables.Column(verbose_name=gettext_lazy("State"))

    caption = gettext_lazy("Figures, their values and their sources")
    empty_text = gettext_lazy("No figure fits. Take a filter away, or add a figure.")

    class Meta(Table.Meta):
        model = Fact
        fields = ("label", "council", "shown", "value_count", "is_published")

    def render_label(self, record: Fact) -> SafeString:
        """Lead to the figure."""
        return _link(reverse("councils:network-figure", args=[record.pk]), record.label)

    def order_label(self, figures: Any, is_descending: bool) -> tuple[Any, bool]:
        """Order by the label in the reader's language."""
        return figures.order_by(alphabetical("label", descending=is_descending), "pk"), True

    def render_council(self, record: Fact) -> str:
        """Name the council, or the network."""
        return record.council.name if record.council else _("The whole network")

    def render_shown(self, record: Fact) -> SafeString | str:
        """Give the chosen value, and say where others differ."""
        shown = record.shown_values[0].text if record.shown_values else ABSENT  # type: ignore[attr-defined]
        if record.different > 1:  # type: ignore[attr-defined]
            return format_html('{} <span class="tag wait">{}</span>', shown, _("sources disagree"))
        return str(shown)

    def render_is_published(self, record: Fact) -> str:
        """Say it in words."""
        return _("Published") if record.is_published else _("Not published")
