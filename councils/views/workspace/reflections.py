"""A council's yearly reflections."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import authorize, can, gate
from allies.kit.states import draw
from councils.forms.workspace.reflection import ReflectionForm
from councils.models import Council, Reflection
from councils.queries.reflections import QUESTIONS
from councils.queries.translation import missing
from councils.queries.work import reflections
from councils.services import reflections as services
from councils.services.editing import Text
from councils.states import ReflectionState
from councils.tables.workspace import ReflectionTable
from councils.views.workspace.answers import acted, kept, listed, shown, to

FIRST_YEAR = 2000


def _crumbs(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Reflections"), reverse("councils:reflection-list", args=[council.slug])), *more]


@gate("councils.enter", within="council")
@require_safe
def reflection_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the reflections, the latest year first, and the year that is due."""
    year = timezone.localdate().year
    found = reflections()
    table = listed(request, ReflectionTable(found, council=council))
    return shown(
        request,
        "reflections",
        council,
        table=table,
        year=year,
        begun=found.filter(year=year).exists(),
        writes=can(request.user, "councils.write_reflection", council),
    )


@gate("councils.enter", within="council")
@require_safe
def reflection_show(request: HttpRequest, council: Council, year: int) -> HttpResponse:
    """Show the answers of a year to those who may read them."""
    reflection = get_object_or_404(reflections(), year=year)
    authorize(request.user, "councils.read_reflection", reflection)
    answers = [
        {
            "label": label,
            "en": getattr(reflection, f"{question}_en"),
            "fr": getattr(reflection, f"{question}_fr"),
            "published": question in ("biggest_success", "biggest_challenge"),
        }
        for question, label in QUESTIONS.items()
    ]
    return shown(
        request,
        "reflection",
        council,
        reflection=reflection,
        answers=answers,
        steps=draw(ReflectionState.choices, reflection.state),
        missing=missing(reflection),
        writes=can(request.user, "councils.write_reflection", council),
        files=can(request.user, "councils.file_reflection", council),
        crumbs=_crumbs(council, (str(year), None)),
    )


@gate("councils.edit", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def reflection_edit(request: HttpRequest, council: Council, year: int) -> HttpResponse:
    """Write the year's answers, with last year's beside them."""
    authorize(request.user, "councils.write_reflection", council)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    reflection = reflections().filter(year=year).first() or Reflection(council=council, year=year)
    if request.method != "POST" and reflection.state != ReflectionState.DRAFT:
        messages.warning(request, _("This reflection is handed in. Take it back first, then change it."))
        return to("reflection-show", council, year=year)
    form = ReflectionForm(request.POST if request.method == "POST" else None, instance=reflection)
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.keep_reflection(council, year=year, facts=form.facts, seen=form.shown, by=request.user),
            lambda: Reflection.objects.get(year=year),
        )
    ):
        messages.success(request, _("The draft is saved."))
        return to("reflection-show" if "done" in request.POST else "reflection-edit", council, year=year)
    before = reflections().filter(year__lt=year).first()
    return shown(
        request,
        "reflection_form",
        council,
        form=form,
        year=year,
        before=before,
        questions=[(pair, asked, public, _said(before, pair.text)) for pair, asked, public in form.questions()],
        crumbs=_crumbs(council, (str(year), None)),
    )


def _said(before: Reflection | None, question: str) -> str:
    """What the council answered the last time, in the reader's language where it can."""
    return str(getattr(before, question)) if before else ""


def _step(request: HttpRequest, council: Council, year: int, act: Callable[..., Any], done: Text) -> HttpResponse:
    reflection = get_object_or_404(reflections(), year=year)
    acted(request, lambda: act(reflection, by=request.user), done)
    return to("reflection-show", council, year=year)


@gate("councils.edit", within="council")
@require_POST
def reflection_submit(request: HttpRequest, council: Council, year: int) -> HttpResponse:
    """Hand in the reflection."""
    return _step(request, council, year, services.submit_reflection, _("The reflection is handed in. Thank you."))


@gate("councils.edit", within="council")
@require_POST
def reflection_reopen(request: HttpRequest, council: Council, year: int) -> HttpResponse:
    """Take the reflection back."""
    return _step(request, council, year, services.reopen_reflection, _("The reflection is a draft again."))


@gate("councils.edit", within="council")
@require_POST
def reflection_publish(request: HttpRequest, council: Council, year: int) -> HttpResponse:
    """Show the year's success and challenge on the council's page."""
    return _step(
        request, council, year, services.publish_reflection, _("The success and the challenge are public now.")
    )
