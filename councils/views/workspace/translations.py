"""Which texts of a council wait for the other language."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from allies.kit.access import can, gate
from allies.kit.bilingual import LANGUAGES
from councils.models import Body, Council, Event, LocalProgramme, Reflection, Story
from councils.queries.translation import TEXTS
from councils.queries.workspace import Item, in_full, translations
from councils.services.profile import check_translation
from councils.views.workspace.answers import PER_PAGE, acted, shown, to

KINDS = {
    "profile": gettext_lazy("Profile"),
    "programme": gettext_lazy("Programme"),
    "event": gettext_lazy("Event"),
    "story": gettext_lazy("Story"),
    "reflection": gettext_lazy("Reflection"),
    "body": gettext_lazy("Body"),
}
MODELS: dict[str, Any] = {
    "programme": LocalProgramme,
    "event": Event,
    "story": Story,
    "reflection": Reflection,
    "body": Body,
}


def _url(council: Council, item: Item) -> str:
    """Where an item's texts are written; what can't be edited as it stands has a page that says what to do first."""
    if item.kind == "profile":
        return reverse("councils:profile-edit", args=[council.slug])
    if item.kind == "reflection":
        name = "reflection-edit" if item.is_draft else "reflection-show"
        return reverse(f"councils:{name}", args=[council.slug, item.year])
    if item.kind == "story":
        name = "workspace-story-show" if item.is_published else "workspace-story-edit"
    else:
        name = {"programme": "programme-edit", "event": "workspace-event-edit", "body": "body-edit"}[item.kind]
    return reverse(f"councils:{name}", args=[council.slug, item.pk])


@gate("councils.enter", within="council")
@require_safe
def translation_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the council's items with the sides that are behind, those that are behind first."""
    wanted = request.GET.get("side", "")
    edits = can(request.user, "councils.edit", council)
    found = translations(council, for_staff=bool(can(request.user, "councils.see_people", council)))
    behind = {language: [item for item in found.behind if item.is_behind(language)] for language in LANGUAGES}
    entries = behind.get(wanted, [*found.behind, *found.complete])
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "item": item,
            "kind": KINDS[item.kind],
            "en": [side for side in item.sides if side.language == "en"],
            "fr": [side for side in item.sides if side.language == "fr"],
            "url": _url(council, item) if edits else "",
        }
        for item in in_full(council, page.object_list)
    ]
    return shown(
        request,
        "translations",
        council,
        rows=rows,
        page=page,
        counts={language: len(behind[language]) for language in LANGUAGES},
        complete=len(found.complete),
        wanted=wanted if wanted in LANGUAGES else "",
        ignored=bool(wanted) and wanted not in LANGUAGES,
        edits=edits,
    )


@gate("councils.edit", within="council")
@require_POST
def translation_check(request: HttpRequest, council: Council) -> HttpResponse:
    """Record that both languages of one text were compared."""
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
    item = council if kind == "profile" else _item(kind, request.POST.get("pk", ""))
    if text not in TEXTS[type(item)].labels:
        raise Http404
    acted(
        request,
        lambda: check_translation(item, council=council, text=text, by=request.user),
        _("Thank you: both languages count as up to date."),
    )
    return to("translation-list", council)


def _item(kind: str, pk: str) -> Any:
    if kind not in MODELS:
        raise Http404
    try:
        key = UUID(pk)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(MODELS[kind].objects, pk=key)
