"""The list of a council's mentors."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.bilingual import alphabetical
from allies.kit.ui.formats import day
from allies.kit.ui.tables import Table
from councils.tables.workspace import OfCouncil, tag
from mentoring.models import Mentor
from mentoring.queries.tongues import name_of
from mentoring.states import MentorState

LOOKS = {
    MentorState.APPLIED: "wait",
    MentorState.AVAILABLE: "good",
    MentorState.PAUSED: "",
    MentorState.RETIRED: "quiet",
}


class MentorTable(OfCouncil):
    """A council's mentors: in what, in which languages, with how many places."""

    show_name = "mentoring:mentor-show"
    caption = gettext_lazy("Mentors")

    person = tables.Column(verbose_name=gettext_lazy("Mentor"), order_by=("person__name", "pk"))
    occupation = tables.Column(verbose_name=gettext_lazy("Occupation"))
    languages = tables.Column(verbose_name=gettext_lazy("Languages"), orderable=False)
    places = tables.Column(
        verbose_name=gettext_lazy("Mentees and places"), accessor="capacity", order_by=("free", "capacity", "pk")
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "person__name", "pk"))
    joined_at = tables.Column(verbose_name=gettext_lazy("Since"), order_by=("joined_at", "pk"))

    class Meta(Table.Meta):
        model = Mentor
        fields = ("person", "occupation", "languages", "places", "state", "joined_at")

    def order_occupation(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the title in the reader's language."""
        return rows.order_by(alphabetical("occupation__title", descending=descending), "pk"), True

    def render_person(self, record: Mentor) -> SafeString:
        """Link to the mentor, with where they work."""
        link = self.link(record.pk, record.person.name)
        work = ", ".join(part for part in (record.position, record.employer) if part)
        return format_html('{}<br><small class="soft">{}</small>', link, work) if work else link

    def render_occupation(self, record: Mentor) -> str:
        """Write the title without its code."""
        return record.occupation.title

    def render_languages(self, record: Mentor) -> str:
        """Name the languages, best first."""
        ordered = sorted(record.languages.items(), key=lambda pair: (-pair[1], pair[0]))
        return ", ".join(name_of(code) for code, _level in ordered)

    def render_places(self, record: Mentor) -> str:
        """Say how many mentees there are for how many places."""
        return _("%(load)d of %(places)d") % {"load": record.active_load, "places": record.capacity}

    def render_state(self, record: Mentor) -> SafeString:
        """Say whether the mentor can be given somebody, and until when not."""
        label = tag(record.get_state_display(), LOOKS[MentorState(record.state)])
        if record.state == MentorState.PAUSED and record.paused_until:
            return format_html("{} {}", label, _("until %(day)s") % {"day": day(record.paused_until)})
        return label

    def render_joined_at(self, record: Mentor) -> str:
        """Write the day of volunteering."""
        return day(record.joined_at.date())
