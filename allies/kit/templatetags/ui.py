"""The parts of a page as tags. Each draws one template of `templates/ui/`.

{% load ui %}
{{ form }}                                     a whole form, with its error summary
{{ form.name.as_field_group }}                 one field
{% pair form "title" %}                        title_en and title_fr side by side
{% tag label kind %}                           kind: "", wait, bad, good, quiet
{% chips filter %}                             what narrows a list, each with a link that takes it away
{% stepper steps %}                            kit.states.draw(…)
{% timeline items %}                           (when, what, detail, by) rows
{% figure value label %} details {% endfigure %}
{% empty title %} what to do {% endempty %}
{% confirm id label title action %} what is lost {% endconfirm %}
{% budget budget %}                            kit.ui.budget.Budget
{% match one other score reasons %} what to do {% endmatch %}
{% person name lines url %} more {% endperson %}
{% panels "councils.profile" council %}         what other apps put there: kit.ui.panels
{% tabs links %}                               (label, address, is current) rows
{% explain term %} what it means {% endexplain %}
{% spoken "fr" %} words in one language {% endspoken %}
{% map councils %}
{{ date|day:"month" }} {{ datetime|moment }} {{ n|number }} {{ amount|money }} {{ text|markdown }}
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zlib import crc32

from django import forms, template
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from allies.kit.access import can as may
from allies.kit.bilingual import current_language
from allies.kit.text import render_markdown
from allies.kit.ui import formats, geo
from allies.kit.ui import panels as guests
from allies.kit.ui.atlas import atlas
from allies.kit.ui.budget import Budget
from allies.kit.ui.filters import chosen

register = template.Library()


@register.filter
def day(value: date | None, precision: str = "day") -> str:
    """Write a date as exactly as it is known."""
    return formats.day(value, precision) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write a date and time."""
    return formats.moment(value) if value else ""


@register.filter
def number(value: Any) -> str:
    """Write a number."""
    return "" if value is None else formats.number(value)


@register.filter
def percent(value: Any) -> str:
    """Write a share of one in percent."""
    return "" if value is None else formats.percent(value)


@register.filter
def money(value: Any) -> str:
    """Write an amount of money."""
    return "" if value is None else formats.money(value)


@register.filter
def breakable(value: Any) -> SafeString:
    """Let a line of plain text break behind a slash, as in the titles of occupations; markup stays as it is."""
    text = conditional_escape(value)
    return text if hasattr(value, "__html__") else SafeString(text.replace("/", "/<wbr>"))


@register.filter
def markdown(text: str) -> SafeString:
    """Draw Markdown, made safe."""
    return render_markdown(text)


@register.simple_tag(takes_context=True)
def can(context: template.Context, name: str, obj: Any = None) -> Any:
    """Ask a policy for the current person: {% can "councils.edit" council as editing %}."""
    return may(context["request"].user, name, obj)


@register.simple_tag(takes_context=True)
def panels(context: template.Context, place: str, subject: Any) -> SafeString:
    """Draw what other apps put on a page about its subject."""
    return format_html_join("\n", "{}", ((panel,) for panel in guests.drawn(place, context["request"], subject)))


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Give the page's query string with some parameters changed; None removes one."""
    params: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = str(value)
    return "?" + params.urlencode()


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, number: int, field: str = "") -> str:
    """Give the query string of another page of a list; `field` where two lists share an address."""
    return query(context, **{field or "page": number})


@register.inclusion_tag("ui/pair.html")
def pair(form: forms.BaseForm, name: str) -> dict[str, Any]:
    """Draw the English and the French field of a bilingual pair side by side."""
    english, french = form[f"{name}_en"], form[f"{name}_fr"]
    english.field.widget.attrs["lang"], french.field.widget.attrs["lang"] = "en-CA", "fr-CA"
    filled = bool(english.value()), bool(french.value())
    behind = {(True, False): "fr", (False, True): "en"}.get(filled, "")
    return {"english": english, "french": french, "legend": _legend(form, name), "behind": behind}


def _legend(form: forms.BaseForm, name: str) -> str:
    """Take the pair's legend from the form's `pairs`, otherwise the label up to its language."""
    legends = getattr(form, "pairs", {})
    if name in legends:
        return str(legends[name])
    label = str(form[f"{name}_en"].label)
    for ending in (" in English", ", in English", " en anglais", ", en anglais"):
        label = label.removesuffix(ending)
    return label


@register.inclusion_tag("ui/tag.html")
def tag(label: Any, kind: str = "") -> dict[str, Any]:
    """Draw a small label; its words carry the meaning, colour only helps."""
    return {"label": label, "kind": kind}


STAGE_KINDS = {"operating": "good", "start_up": "", "stalled": "wait", "merged": "quiet", "closed": "quiet"}


@register.filter
def stage_kind(stage: str) -> str:
    """Choose the look of a stage's label."""
    return STAGE_KINDS.get(stage, "quiet")


@register.inclusion_tag("ui/stepper.html")
def stepper(steps: Iterable[Any]) -> dict[str, Any]:
    """Draw where something stands in its process."""
    return {"steps": steps}


@register.inclusion_tag("ui/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, Any]:
    """Draw what happened: each item has `what`, and may have `when`, `detail`, `by` and `url`."""
    return {"items": items}


@register.simple_block_tag
def figure(content: str, value: Any, label: Any, disputed: bool = False) -> SafeString:
    """Draw a figure; the block is its source, shown on demand."""
    facts = {"value": value, "label": label, "details": content, "disputed": disputed}
    return render_to_string("ui/figure.html", facts)


@register.simple_block_tag
def empty(content: str, title: Any) -> SafeString:
    """Draw what stands where there is nothing yet, and how to make the first one."""
    return render_to_string("ui/empty.html", {"title": title, "content": content})


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context,
    content: str,
    *,
    id: str,  # noqa: A002  (it is the attribute's name)
    label: Any,
    title: Any,
    action: str,
    kind: str = "danger",
) -> SafeString:
    """Draw a button that asks before it posts to an address; the block names what is lost, and may hold fields."""
    facts = {"id": id, "label": label, "title": title, "action": action, "kind": kind, "content": content}
    return render_to_string("ui/confirm.html", facts, request=context["request"])


@register.inclusion_tag("ui/map.html")
def map(councils: Iterable[Any]) -> dict[str, Any]:  # noqa: A001
    """Draw the map of Canada with a linked marker for each council (needs `place` loaded)."""
    return {"atlas": atlas(councils), "width": geo.WIDTH, "height": geo.HEIGHT}


@register.inclusion_tag("ui/chips.html", takes_context=True)
def chips(context: template.Context, filter: Any) -> dict[str, Any]:  # noqa: A002
    """Draw what narrows a list as chips; following one takes it away."""
    request = context["request"]
    return {"chosen": chosen(filter, request.GET), "path": request.path}


@register.inclusion_tag("ui/budget.html")
def budget(budget: Budget) -> dict[str, Any]:
    """Draw what is spent, promised, asked for and left of a sum."""
    return {"budget": budget}


@register.simple_block_tag
def match(content: str, one: Any, other: Any, score: int, reasons: Iterable[Any], *, note: Any = "") -> SafeString:
    """Draw why two people: each has `name` and `lines`; a reason has `label`, `points` and `most`."""
    facts = {"one": one, "other": other, "score": score, "reasons": reasons, "note": note, "content": content}
    return render_to_string("ui/match.html", facts)


@register.simple_block_tag
def person(content: str, name: Any, lines: Iterable[Any] = (), url: str = "") -> SafeString:
    """Draw a person in words; nobody is a picture here."""
    return render_to_string("ui/person.html", {"name": name, "lines": lines, "url": url, "content": content})


@register.inclusion_tag("ui/tabs.html")
def tabs(links: Iterable[tuple[Any, str, bool]], label: Any = "") -> dict[str, Any]:
    """Draw pages that belong together as links, the current one marked."""
    return {"links": links, "label": label}


@register.simple_block_tag
def explain(content: str, term: Any) -> SafeString:
    """Draw a term whose meaning opens on demand, by mouse, finger or keyboard."""
    key = f"term-{crc32(f'{term}{content}'.encode()):08x}"
    return render_to_string("ui/explain.html", {"id": key, "term": term, "content": content})


@register.simple_block_tag
def spoken(content: str, language: str) -> SafeString:
    """Mark words in a language, where it is not that of the page."""
    if language == current_language():
        return mark_safe(content)  # noqa: S308  (the template escaped it)
    return format_html('<span lang="{}-CA">{}</span>', language, mark_safe(content))  # noqa: S308


@register.filter
def widget_kind(field: forms.BoundField) -> str:
    """Name the kind of control a field has, for its template."""
    widget = field.field.widget
    kinds: list[tuple[type | tuple[type, ...], str]] = [
        (forms.CheckboxSelectMultiple, "checks"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "check"),
        ((forms.Select, forms.SelectMultiple), "select"),
        (forms.Textarea, "text"),
        (forms.FileInput, "file"),
    ]
    return next((name for kind, name in kinds if isinstance(widget, kind)), "input")
