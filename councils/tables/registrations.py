"""The list of who is expected at an event, and who came; the same columns go into its file."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.export import Column
from allies.kit.ui.formats import day
from allies.kit.ui.tables import Table
from councils.models import Council, Registration
from councils.tables.workspace import tag

State = Registration.State
LOOKS = {State.SIGNED_UP: "wait", State.WITHDRAWN: "quiet", State.CAME: "good", State.ABSENT: "bad"}


class RegistrationTable(Table):
    """Who signed up for an event, and what became of them."""

    caption = gettext_lazy("Who signed up and who came")

    name = tables.Column(verbose_name=gettext_lazy("Name"), empty_values=())
    role = tables.Column(verbose_name=gettext_lazy("Comes as"))
    organisation = tables.Column(verbose_name=gettext_lazy("Organisation"), default="–")
    email = tables.Column(verbose_name=gettext_lazy("E-mail address"), orderable=False, default="–")
    signed_up_at = tables.Column(verbose_name=gettext_lazy("Signed up on"), default=gettext_lazy("unannounced"))
    state = tables.Column(verbose_name=gettext_lazy("State"))
    step = tables.Column(verbose_name=gettext_lazy("What you can do"), orderable=False, empty_values=())

    class Meta(Table.Meta):
        model = Registration
        fields = ("name", "role", "organisation", "email", "signed_up_at", "state", "step")

    def __init__(self, *args: Any, council: Council, gives_back: bool, **kwargs: Any) -> None:
        """Take whose event it is, and whether the reader may give places back, who else sees no column for it."""
        self.council = council
        super().__init__(*args, exclude=() if gives_back else ("step",), **kwargs)

    def render_name(self, record: Registration) -> str:
        """Write the name, or that it is erased."""
        return str(record)

    def render_email(self, value: str) -> SafeString:
        """Lead to a letter."""
        return format_html('<a href="mailto:{}">{}</a>', value, value)

    def render_signed_up_at(self, record: Registration) -> str:
        """Write the day, in the council's time zone."""
        return day(timezone.localdate(record.signed_up_at))

    def render_state(self, record: Registration) -> SafeString:
        """Say what became of them."""
        return tag(record.get_state_display(), LOOKS[State(record.state)])

    def render_step(self, record: Registration) -> str | SafeString:
        """Lead to giving a place back, where there is one."""
        if record.state != State.SIGNED_UP:
            return ""
        path = reverse("councils:workspace-event-withdraw", args=[self.council.slug, record.event_id, record.pk])
        words = format_html('{} <span class="vh">{}</span>', _("Give the place back"), record)
        return format_html('<a href="{}">{}</a>', path, words)


def columns() -> list[Column]:
    """What the file has of each."""
    return [
        (_("Name"), str),
        (_("Comes as"), lambda row: str(row.get_role_display())),
        (_("Organisation"), "organisation"),
        (_("E-mail address"), "email"),
        (_("Language"), lambda row: str(row.get_language_display())),
        (_("State"), lambda row: str(row.get_state_display())),
        (_("Signed up on"), "signed_up_at"),
    ]
