"""Yearly reflections side by side."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from councils.filters.network import ReflectionFilter
from councils.queries.network import peers
from councils.queries.reflections import QUESTIONS, answers, comparable, years
from councils.views.network.pages import as_file, crumbs

PAGE = 20


@gate("network.compare", across=True)
@require_safe
def reflections(request: HttpRequest) -> HttpResponse:
    """Compare what councils answered to one question in one year."""
    known = years() or [timezone.localdate().year]
    narrowed = ReflectionFilter(request.GET, queryset=comparable(), years=known)
    chosen = narrowed.form.cleaned_data if narrowed.form.is_valid() or narrowed.form.errors else {}
    year, question = int(chosen.get("year") or known[0]), chosen.get("question") or next(iter(QUESTIONS))
    listed = list(narrowed.qs)
    like = next((council for council in comparable() if council.slug == request.GET.get("like")), None)
    if like is not None:
        wanted = {like.pk, *(peer.pk for peer in peers(like))}
        listed = [council for council in listed if council.pk in wanted]
    rows = answers(listed, year=year, question=question)
    columns = [
        (_("Council"), "council.name"),
        (_("Year"), lambda _row: year),
        (_("Question"), lambda _row: str(QUESTIONS[question])),
        (_("Answer in English"), "text_en"),
        (_("Answer in French"), "text_fr"),
    ]
    if (file := as_file(request, rows, columns, _("reflections-%(year)d") % {"year": year})) is not None:
        return file
    context = {
        "filter": narrowed,
        "page": Paginator([row for row in rows if not row.is_empty], PAGE).get_page(request.GET.get("page")),
        "silent": [row for row in rows if row.is_empty],
        "year": year,
        "question": QUESTIONS[question],
        "like": like,
        "crumbs": crumbs((_("Reflections"), None)),
    }
    return render(request, "councils/network/reflections.html", context)
