"""The staff's pages about pairs: the list with what needs somebody first, and one pair with its whole history."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allies.kit.access import can, gate
from allies.kit.export import csv_response, xlsx_response
from councils.models import Council
from councils.services.staff_session import look_at
from councils.views.people.reasons import reason_first
from mentoring.filters.pairs import PairFilter
from mentoring.forms.pairs import CompleteForm, EndForm, HoldForm, ReplaceForm
from mentoring.models import Pair
from mentoring.queries import hours
from mentoring.queries.health import RULES, Level, health_of
from mentoring.queries.modules import checklist
from mentoring.queries.pair_history import history_of
from mentoring.queries.pairs import pair_keys, pairs_at, sessions_of
from mentoring.services import pair_health
from mentoring.services import pairs as services
from mentoring.services.certificates import MENTEE, MENTOR, Certificate
from mentoring.states import PairState
from mentoring.tables.pairs import PairTable, columns, with_level
from mentoring.views.answers import acted, kept, listed, shown, to

View = Callable[..., HttpResponse]


def _found(request: HttpRequest, council: Council, rows: QuerySet[Pair]) -> tuple[PairFilter, dict[UUID, Any]]:
    health = health_of(Pair.objects.filter(programme__council=council))
    rows = with_level(rows, health)
    return PairFilter(request.GET, queryset=rows, request=request, health=health), health


@gate("mentoring.read", within="council")
@require_safe
@reason_first
def pair_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the pairs, what needs somebody first."""
    found, health = _found(request, council, pair_keys(council))
    table = listed(request, PairTable(found.qs, council=council, health=health, order_by="level"), pairs_at(council))
    counts = [(level, sum(item.level == level for item in health.values())) for level in Level]
    return shown(request, "pairs/list", council, filter=found, table=table, counts=counts, rules=RULES)


@gate("mentoring.read", within="council")
@require_safe
@reason_first
def pair_export(request: HttpRequest, council: Council, kind: str) -> HttpResponse:
    """Download the list as it is filtered, for a spreadsheet."""
    found, health = _found(request, council, pairs_at(council))
    rows = found.qs.order_by("level", "mentee_person__name", "pk")
    answer: Callable[..., HttpResponse] = csv_response if kind == "csv" else xlsx_response
    return answer(rows, columns(health), f"pairs-{council.slug}.{kind}")


def of_pair(view: View) -> View:
    """Give the staff the pair in place of its key, once they may see people."""

    @wraps(view)
    def found(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
        pair = get_object_or_404(pairs_at(council), pk=pk)
        return view(request, council=council, pair=pair)

    return reason_first(found)


@gate("mentoring.read", within="council")
@require_safe
@of_pair
def pair_staff(request: HttpRequest, council: Council, pair: Pair) -> HttpResponse:
    """Show one pair to the staff, and note for each of the two that it was opened."""
    for person in (pair.mentee_person, pair.mentor_person):
        look_at(person, council, by=request.user)
    return drawn(request, council, pair)


def drawn(request: HttpRequest, council: Council, pair: Pair, *, form: Any = None, at: str = "") -> HttpResponse:
    """Draw a pair for the staff, with a form that was refused in its place."""
    is_open = pair.state in services.UNDER_WAY
    health = health_of(Pair.objects.filter(pk=pair.pk)).get(pair.pk) if is_open else None
    done = pair.state == PairState.COMPLETED
    facts = {
        "pair": pair,
        "is_open": is_open,
        "works": is_open and can(request.user, "mentoring.work_with_people", council),
        "health": health,
        "hours": hours.of(pair),
        "sessions": sessions_of(pair),
        "pulses": pair.pulses.select_related("person").order_by("-answered_at"),
        "modules": checklist(pair),
        "goals": pair.goals.order_by("added_at"),
        "history": history_of(pair),
        "certificates": [Certificate(pair, side) for side in (MENTEE, MENTOR)] if done else [],
        "complete_form": CompleteForm(),
        "end_form": EndForm(prefix="end"),
        "replace_form": ReplaceForm(prefix="replace"),
        "hold_form": HoldForm(),
        "crumbs": [(_("Pairs"), reverse("mentoring:pair-list", args=[council.slug])), (str(pair), None)],
        "at": at,
    }
    if form is not None and at:
        facts[f"{at}_form"] = form
    return shown(request, "pairs/staff", council, form=form, **facts)


def _form_step(
    request: HttpRequest, pair: Pair, form: Any, act: Callable[[], Any], *, council: Council, at: str, words: str
) -> HttpResponse:
    if form.is_valid() and kept(form, act):
        acted(request, lambda: None, words)
        return to("pair-staff", council, pk=pair.pk)
    return drawn(request, council, pair, form=form, at=at)


@gate("mentoring.manage", within="council")
@require_POST
@of_pair
def pair_staff_complete(request: HttpRequest, council: Council, pair: Pair) -> HttpResponse:
    """Count a pair as completed, with a note."""
    form, by = CompleteForm(request.POST), request.user

    def act() -> None:
        services.complete(pair, note=form.cleaned_data["note"], by=by)

    return _form_step(request, pair, form, act, council=council, at="complete", words=_("The pair is completed."))


@gate("mentoring.manage", within="council")
@require_POST
@of_pair
def pair_staff_end(request: HttpRequest, council: Council, pair: Pair) -> HttpResponse:
    """End a pair, with the reason."""
    form, by = EndForm(request.POST, prefix="end"), request.user

    def act() -> None:
        services.end_early(pair, **form.cleaned_data, by=by)

    return _form_step(request, pair, form, act, council=council, at="end", words=_("The pair has ended."))


@gate("mentoring.manage", within="council")
@require_POST
@of_pair
def pair_staff_replace(request: HttpRequest, council: Council, pair: Pair) -> HttpResponse:
    """Part the two, so that the mentee can be matched anew."""
    form, by = ReplaceForm(request.POST, prefix="replace"), request.user
    words = _("The pair has ended. The mentee is ready to be matched again; nobody else is affected.")

    def act() -> None:
        services.replace(pair, **form.cleaned_data, by=by)

    return _form_step(request, pair, form, act, council=council, at="replace", words=words)


@gate("mentoring.manage", within="council")
@require_POST
@of_pair
def pair_staff_pause(request: HttpRequest, council: Council, pair: Pair) -> HttpResponse:
    """Put a pair on hold."""
    form, by = HoldForm(request.POST), request.user

    def act() -> None:
        services.pause(pair, until=form.cleaned_data["until"], by=by)

    return _form_step(request, pair, form, act, council=council, at="hold", words=_("The pair is on hold."))


@gate("mentoring.manage", within="council")
@require_POST
@of_pair
def pair_staff_resume(request: HttpRequest, council: Council, pair: Pair) -> HttpResponse:
    """Let a pair go on after a pause."""
    acted(request, lambda: services.resume(pair, by=request.user), _("The pair goes on."))
    return to("pair-staff", council, pk=pair.pk)


@gate("mentoring.manage", within="council")
@require_POST
@of_pair
def pair_staff_helped(request: HttpRequest, council: Council, pair: Pair) -> HttpResponse:
    """Note that somebody got in touch."""
    acted(request, lambda: pair_health.helped(pair, by=request.user), _("Noted: somebody got in touch."))
    return to("pair-staff", council, pk=pair.pk)
