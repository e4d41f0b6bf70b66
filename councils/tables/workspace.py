"""The lists of a council's workspace."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.bilingual import alphabetical
from allies.kit.ui.tables import Table
from councils.dates import spoken, spoken_span
from councils.models import Council, Event, LocalProgramme, Reflection, Story
from councils.queries.translation import sides_behind
from councils.states import ReflectionState, StoryState

LOOKS = {"draft": "quiet", "submitted": "wait", "published": "good", "withdrawn": "bad", "ended": "quiet"}


def tag(label: Any, look: str) -> SafeString:
    """Draw a small label."""
    return SafeString(render_to_string("ui/tag.html", {"label": label, "kind": look}))


def languages(item: Any) -> SafeString:
    """Say which languages an item is missing texts in."""
    missing = {side.language for side in sides_behind(item)}
    if not missing:
        return tag(_("Both"), "good")
    words = {"en": _("English is missing"), "fr": _("French is missing")}
    return format_html_join(" ", "{}", ((tag(words[language], "wait"),) for language in sorted(missing)))


class OfCouncil(Table):
    """A list in one council's workspace, with the item's page behind its name."""

    show_name = ""

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        self.council = council
        super().__init__(*args, **kwargs)

    def link(self, key: Any, text: Any) -> SafeString:
        """Link to the page of an item."""
        return format_html('<a href="{}">{}</a>', reverse(self.show_name, args=[self.council.slug, key]), text)

    def render_languages(self, record: Any) -> SafeString:
        """Draw what is missing."""
        return languages(record)


class ProgrammeTable(OfCouncil):
    """A council's local programmes."""

    show_name = "councils:programme-show"

    name = tables.Column(verbose_name=gettext_lazy("Programme"), empty_values=())
    kind = tables.Column(verbose_name=gettext_lazy("Kind"))
    partners = tables.Column(verbose_name=gettext_lazy("Delivery partners"), empty_values=(), orderable=False)
    started_on = tables.Column(verbose_name=gettext_lazy("Since"))
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)
    languages = tables.Column(verbose_name=gettext_lazy("Languages"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = LocalProgramme
        fields = ("name", "kind", "partners", "started_on", "state", "languages")

    def order_name(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the name in the reader's language."""
        return rows.order_by(alphabetical("name", descending=descending), "pk"), True

    def render_name(self, record: LocalProgramme) -> SafeString:
        """Link to the programme."""
        link = self.link(record.pk, record.name)
        return format_html("{} {}", link, tag(_("Pilot"), "")) if record.is_pilot else link

    def render_partners(self, record: LocalProgramme) -> str:
        """Name the partners, or the council where there are none."""
        return ", ".join(str(partner) for partner in record.delivered_by.all()) or _("The council itself")

    def render_started_on(self, record: LocalProgramme) -> str:
        """Write the start as exactly as it is known."""
        return spoken(record.started_on, record.started_precision)

    def render_state(self, record: LocalProgramme) -> SafeString:
        """Say whether it is public, a draft or over."""
        if record.ended_on:
            return tag(_("Ended"), "quiet")
        return tag(_("Public"), "good") if record.is_published else tag(_("Draft"), "quiet")


class EventTable(OfCouncil):
    """A council's events."""

    show_name = "councils:workspace-event-show"

    title = tables.Column(verbose_name=gettext_lazy("Event"), empty_values=())
    kind = tables.Column(verbose_name=gettext_lazy("Kind"))
    starts_on = tables.Column(verbose_name=gettext_lazy("When"))
    place = tables.Column(verbose_name=gettext_lazy("City"), orderable=False)
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)
    languages = tables.Column(verbose_name=gettext_lazy("Languages"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Event
        fields = ("title", "kind", "starts_on", "place", "state", "languages")

    def order_title(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the title in the reader's language."""
        return rows.order_by(alphabetical("title", descending=descending), "pk"), True

    def render_title(self, record: Event) -> SafeString:
        """Link to the event."""
        return self.link(record.pk, record.title)

    def render_starts_on(self, record: Event) -> str:
        """Write the days as exactly as they are known."""
        return spoken_span(record.starts_on, record.ends_on, record.precision)

    def render_state(self, record: Event) -> SafeString:
        """Say whether it is public."""
        return tag(_("Public"), "good") if record.is_published else tag(_("Draft"), "quiet")


class StoryTable(OfCouncil):
    """A council's stories."""

    show_name = "councils:workspace-story-show"

    title = tables.Column(verbose_name=gettext_lazy("Story"), empty_values=())
    state = tables.Column(verbose_name=gettext_lazy("State"))
    consent = tables.Column(verbose_name=gettext_lazy("Consent"), empty_values=(), orderable=False)
    photo = tables.Column(verbose_name=gettext_lazy("Photo"), empty_values=(), orderable=False)
    changed_at = tables.DateColumn(verbose_name=gettext_lazy("Changed"))
    languages = tables.Column(verbose_name=gettext_lazy("Languages"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Story
        fields = ("title", "state", "consent", "photo", "changed_at", "languages")

    def order_title(self, rows: Any, descending: bool) -> tuple[Any, bool]:
        """Sort by the title in the reader's language."""
        return rows.order_by(alphabetical("title", descending=descending), "pk"), True

    def render_title(self, record: Story) -> SafeString:
        """Link to the story; a withdrawn one has no title any more."""
        return self.link(record.pk, record.title or _("Withdrawn story"))

    def render_state(self, record: Story) -> SafeString:
        """Say where it stands."""
        return tag(record.get_state_display(), LOOKS[record.state])

    def render_consent(self, record: Story) -> SafeString | str:
        """Say whether consent is on record."""
        if record.state == StoryState.WITHDRAWN:
            return _("Withdrawn %(day)s") % {"day": spoken(record.consent_withdrawn_on)}
        return spoken(record.consent_given_on) if record.consent_given_on else tag(_("Not recorded"), "wait")

    def render_photo(self, record: Story) -> str:
        """Say whether there is a photo."""
        return _("yes") if record.photo_id else _("no")

    def render_changed_at(self, record: Story) -> str:
        """Write the day of the last change."""
        return spoken(record.changed_at.date())

    def render_languages(self, record: Story) -> SafeString:
        """Draw what is missing; nothing for a withdrawn story."""
        return SafeString("") if record.state == StoryState.WITHDRAWN else languages(record)


class ReflectionTable(OfCouncil):
    """A council's yearly reflections."""

    show_name = "councils:reflection-show"

    year = tables.Column(verbose_name=gettext_lazy("Year"))
    state = tables.Column(verbose_name=gettext_lazy("State"))
    answers = tables.Column(verbose_name=gettext_lazy("Answers"), empty_values=(), orderable=False)
    languages = tables.Column(verbose_name=gettext_lazy("Languages"), empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = Reflection
        fields = ("year", "state", "answers", "languages")

    def render_year(self, record: Reflection) -> SafeString:
        """Link to the reflection."""
        return self.link(record.year, str(record.year))

    def render_state(self, record: Reflection) -> SafeString:
        """Say where it stands."""
        return tag(ReflectionState(record.state).label, LOOKS[record.state])

    def render_answers(self, record: Reflection) -> str:
        """Count the questions that are answered in some language."""
        answered = sum(bool(getattr(record, question)) for question in Reflection.QUESTIONS)
        return _("%(answered)s of %(all)s") % {"answered": answered, "all": len(Reflection.QUESTIONS)}
