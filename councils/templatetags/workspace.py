"""Parts of a council's workspace: `{% load workspace %}`."""

from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allies.kit.access import can

register = template.Library()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the workspace: where its link leads, whose pages belong to it, and who sees it."""

    label: str | Promise
    url_name: str
    starts: tuple[str, ...]
    policy: str = "councils.enter"


SECTIONS = (
    Section(_("Overview"), "workspace-home", ("workspace-home", "change-")),
    Section(_("Profile"), "profile-edit", ("profile-",), "councils.edit"),
    Section(_("Organisations"), "organisation-list", ("organisation-",)),
    Section(_("Bodies"), "body-list", ("body-", "seat-", "meeting-", "minutes-", "attendance-")),
    Section(
        _("People"), "people-list", ("people-", "person-", "role-", "invitation-", "session-"), "councils.count_people"
    ),
    Section(_("Programmes"), "programme-list", ("programme-",)),
    Section(_("Stories"), "workspace-story-list", ("workspace-story-",)),
    Section(_("Events"), "workspace-event-list", ("workspace-event-",)),
    Section(_("Reflections"), "reflection-list", ("reflection-",)),
    Section(_("Readiness"), "readiness", ("readiness",), "councils.read_readiness"),
    Section(_("Translations"), "translation-list", ("translation-",)),
)


@register.inclusion_tag("councils/workspace/_sections.html", takes_context=True)
def workspace_sections(context: template.Context, council: Any) -> dict[str, Any]:
    """Draw the links to the parts of a council's workspace that the person may open."""
    request: HttpRequest = context["request"]
    here = request.resolver_match.url_name or "" if request.resolver_match else ""
    links = []
    for section in SECTIONS:
        if can(request.user, section.policy, council):
            url = reverse(f"councils:{section.url_name}", args=[council.slug])
            links.append((section.label, url, here.startswith(section.starts)))
    return {"council": council, "sections": links}


@register.inclusion_tag("councils/workspace/_pair.html")
def side_by_side(form: forms.Form, text: str) -> dict[str, Any]:
    """Draw one text in both languages, with a mark on the side that is behind."""
    return {"pair": form.pair(text), "council": form.instance}  # type: ignore[attr-defined]


@register.inclusion_tag("councils/workspace/_pair.html")
def both_sides(pair: Any) -> dict[str, Any]:
    """Draw a pair that the form has made."""
    return {"pair": pair}
