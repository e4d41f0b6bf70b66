"""What the national pages share: a form that is shown again with what was typed, and lists as files."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from allies.kit.export import csv_response, xlsx_response
from allies.kit.refusals import Refused
from councils.models import Council

Crumbs = list[tuple[str, str | None]]
EXPORTS: dict[str, Callable[..., HttpResponse]] = {"csv": csv_response, "xlsx": xlsx_response}


def council_at(request: HttpRequest, slug: str) -> Council:
    """Find the council at an address of either language, and tell the language switch where its page is."""
    council = get_object_or_404(Council.objects.called(slug).select_related("place", "province", "merged_into"))
    name = request.resolver_match.view_name if request.resolver_match else ""
    request.alternates = {}  # type: ignore[attr-defined]
    for language in ("en", "fr"):
        with override(language):
            request.alternates[language] = reverse(name, args=[council.slug])  # type: ignore[attr-defined]
    return council


def crumbs(*steps: tuple[Any, str | None]) -> Crumbs:
    """Lead back to the network's home."""
    return [(_("Network"), reverse("councils:network-home")), *((str(label), url) for label, url in steps)]


def of_council(council: Council, here: Any) -> Crumbs:
    """Lead back to a council's record."""
    return crumbs(
        (_("All councils"), reverse("councils:network-councils")),
        (council.name, reverse("councils:network-council", args=[council.slug])),
        (here, None),
    )


def ask(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], HttpResponse],
    *,
    title: Any,
    way: Crumbs,
    button: Any,
    lede: Any = "",
    template: str = "councils/network/form.html",
    **more: Any,
) -> HttpResponse:
    """Show a form; when it is sent and good, act, and show it again with the reason when that is refused."""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return act(form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal.reason))
        status = 422
    context = {"form": form, "title": title, "crumbs": way, "button": button, "lede": lede, **more}
    return render(request, template, context, status=status)


def as_file(request: HttpRequest, rows: Any, columns: list[tuple[Any, Any]], name: str) -> HttpResponse | None:
    """Give a list as the file that the address asks for, or None."""
    kind = request.GET.get("format", "")
    return EXPORTS[kind](rows, columns, f"{name}.{kind}") if kind in EXPORTS else None
