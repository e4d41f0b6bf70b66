"""The bilingual texts of mentoring, for the forms that show both languages side by side."""

from django.utils.translation import gettext_lazy as _

from councils.queries.translation import TEXTS, Texts
from mentoring.models import Intake, Module, OrientationSession, Programme

# The registry knows its own tables only: what lies above it says here what its texts are called.
TEXTS[Programme] = Texts({"name": _("name"), "summary": _("summary")}, ("name", "summary"))
TEXTS[Intake] = Texts({"name": _("name")}, ("name",))
TEXTS[Module] = Texts(
    {"title": _("title"), "task": _("what to do together"), "link": _("link to read more")}, ("title", "task")
)
TEXTS[OrientationSession] = Texts({}, ())
