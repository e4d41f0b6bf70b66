"""Parts of a council's workspace: `{% load workspace %}`."""

from typing import Any

from django import forms, template

from allies.kit.ui import navigation

register = template.Library()


@register.inclusion_tag("councils/workspace/_sections.html", takes_context=True)
def workspace_sections(context: template.Context, council: Any) -> dict[str, Any]:
    """Draw the links to the parts of a council's workspace that the person may open."""
    return {"council": council, "sections": navigation.sections(context["request"], council)}


@register.inclusion_tag("councils/workspace/_pair.html")
def side_by_side(form: forms.Form, text: str) -> dict[str, Any]:
    """Draw one text in both languages, with a mark on the side that is behind."""
    return {"pair": form.pair(text), "council": form.instance}  # type: ignore[attr-defined]


@register.inclusion_tag("councils/network/_sections.html", takes_context=True)
def network_sections(context: template.Context) -> dict[str, Any]:
    """Draw the links to the parts of the network's pages that the person may open."""
    return {"links": navigation.network(context["request"])}


@register.inclusion_tag("councils/workspace/_pair.html")
def both_sides(pair: Any) -> dict[str, Any]:
    """Draw a pair that the form has made."""
    return {"pair": pair}
