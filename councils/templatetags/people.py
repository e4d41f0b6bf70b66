"""What the pages about accounts and people need: `{% load people %}`."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.audit import Entry
from councils.models import Membership, StaffSession, User
from councils.queries.people import demo_people as _demo_people
from councils.queries.staff_sessions import running_sessions

register = template.Library()

# The first that fits: most browsers also name the ones they descend from.
_BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
_SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]


@register.filter
def browser(user_agent: str) -> str:
    """Say in a few words which browser a session was opened in."""
    name = next((word for sign, word in _BROWSERS if sign in user_agent), _("A browser"))
    system = next((word for sign, word in _SYSTEMS if sign in user_agent), "")
    return _("%(browser)s on %(system)s") % {"browser": name, "system": system} if system else name


@register.simple_tag
def qr_picture(svg: str) -> SafeString:
    """Draw the picture that an authenticator app scans; made by the portal itself from nothing but squares."""
    drawing = re.sub(r"^.*?(?=<svg)", "", svg, flags=re.DOTALL)
    name = _("Picture for the authenticator app; the key below it says the same in letters")
    labelled = drawing.replace("<svg", f'<svg role="img" aria-label="{name}"', 1)
    return mark_safe(labelled)  # noqa: S308


@register.simple_tag
def demo_people() -> list[tuple[User, list[str]]]:
    """The accounts that the demonstration offers; none elsewhere."""
    return _demo_people()


@register.simple_tag(takes_context=True)
def staff_sessions(context: template.Context) -> list[StaffSession]:
    """The staff sessions that run for the person who is signed in."""
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User) or not user.keeps_registry:
        return []
    return running_sessions(user)


_ACTS = {
    "councils.role_given": gettext_lazy("Role given"),
    "councils.role_changed": gettext_lazy("Role changed"),
    "councils.role_ended": gettext_lazy("End of the role entered"),
    "councils.invitation_accepted": gettext_lazy("Invitation accepted"),
}


@register.filter
def act(entry: Entry) -> str:
    """Say in words what was done to a role."""
    return str(_ACTS.get(entry.action, entry.action))


@register.filter
def changed_fields(entry: Entry) -> str:
    """Name the changed fields of a role in words."""
    names = {column.name: str(column.verbose_name) for column in Membership._meta.fields}
    return ", ".join(names.get(name, name) for name in entry.fields)
