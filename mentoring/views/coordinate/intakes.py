"""The intakes of a programme, each with its funnel."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from allies.kit.states import draw
from councils.models import Council
from councils.queries.translation import drift
from mentoring.forms.coordinate import IntakeForm
from mentoring.models import Intake, Programme
from mentoring.queries import worklists
from mentoring.queries.funnel import funnel
from mentoring.queries.heard import heard_of
from mentoring.queries.places import left
from mentoring.services import intakes as services
from mentoring.states import INTAKE, IntakeState
from mentoring.views.answers import acted, kept, shown, to
from mentoring.views.coordinate.programmes import EDIT, Crumbs, of_programme

S = IntakeState
PATH = (S.PLANNED, S.OPEN, S.CLOSED, S.MATCHING, S.RUNNING, S.FOLLOW_UP, S.ARCHIVED)
BUTTONS: dict[tuple[str, str], str | Promise] = {
    (S.PLANNED, S.OPEN): gettext_lazy("Open for applications"),
    (S.PLANNED, S.ARCHIVED): gettext_lazy("Give it up"),
    (S.OPEN, S.CLOSED): gettext_lazy("Close to applications"),
    (S.CLOSED, S.OPEN): gettext_lazy("Open again"),
    (S.CLOSED, S.MATCHING): gettext_lazy("Begin matching"),
    (S.CLOSED, S.ARCHIVED): gettext_lazy("Archive"),
    (S.MATCHING, S.CLOSED): gettext_lazy("Stop matching"),
    (S.MATCHING, S.RUNNING): gettext_lazy("The pairs begin"),
    (S.RUNNING, S.FOLLOW_UP): gettext_lazy("Begin the follow-up"),
    (S.FOLLOW_UP, S.ARCHIVED): gettext_lazy("Archive"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A button that moves an intake: where to, what it says, and why it can't be pressed now."""

    to: str
    label: str | Promise
    why_not: str | Promise
    forward: bool


def _ways(intake: Intake) -> list[Way]:
    here = PATH.index(S(intake.state))
    ways = (
        Way(state, BUTTONS[S(intake.state), state], services.why_not(intake, state), PATH.index(S(state)) == here + 1)
        for state in sorted(INTAKE[intake.state], key=lambda state: PATH.index(S(state)))
    )
    return sorted(ways, key=lambda way: not way.forward)


def _crumbs(council: Council, intake: Intake, *more: tuple[str, str | None]) -> Crumbs:
    return of_programme(council, intake.programme, (intake.name, None), *more)


@gate("mentoring.read", within="council")
@require_safe
def intake_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show how far the people of an intake have come, and what may be done with it."""
    intake = get_object_or_404(worklists.intakes(), pk=pk)
    edits = can(request.user, "mentoring.manage", council)
    return shown(
        request,
        "coordinate/intake",
        council,
        intake=intake,
        funnel=funnel(intake),
        heard=heard_of(intake),
        left=left(intake),
        steps=draw([(state.value, str(state.label)) for state in PATH], intake.state),
        edits=edits,
        writable=edits and intake.state in (*services.WRITABLE, *services.PLACES_ONLY),
        ways=_ways(intake) if edits else [],
        crumbs=_crumbs(council, intake),
    )


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def intake_add(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Plan an intake of a programme."""
    programme = get_object_or_404(Programme.objects.select_related("council"), pk=pk)
    form = IntakeForm(request.POST if request.method == "POST" else None, instance=Intake(programme=programme))
    added: list[Intake] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: added.append(services.add_intake(programme, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("The intake is planned. Open it when people may apply."))
        return to("coordinate-intake-show", council, pk=added[0].pk)
    crumbs = of_programme(council, programme, (_("New intake"), None))
    return shown(request, "coordinate/intake_form", council, form=form, programme=programme, crumbs=crumbs)


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def intake_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Change an intake while it is planned or open."""
    intake = get_object_or_404(worklists.intakes(), pk=pk)
    form = IntakeForm(
        request.POST if request.method == "POST" else None, instance=intake, since=drift([intake]).get(str(pk))
    )
    if not form.is_bound and intake.state not in (*services.WRITABLE, *services.PLACES_ONLY):
        messages.warning(request, _("An intake can be changed while it is planned or open only."))
        return to("coordinate-intake-show", council, pk=pk)
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.edit_intake(intake, facts=form.facts, seen=form.shown, by=request.user),
            lambda: Intake.objects.get(pk=pk),
        )
    ):
        messages.success(request, _("The intake is saved."))
        return to("coordinate-intake-show", council, pk=pk)
    crumbs = _crumbs(council, intake, (_("Edit"), None))
    return shown(
        request,
        "coordinate/intake_form",
        council,
        form=form,
        programme=intake.programme,
        intake=intake,
        crumbs=crumbs,
    )


@gate("mentoring.manage", within="council")
@require_POST
def intake_move(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Move an intake on."""
    intake = get_object_or_404(worklists.intakes(), pk=pk)
    wanted = request.POST.get("to", "")
    acted(
        request,
        lambda: services.move_intake(intake, to=wanted, by=request.user),
        _("The intake is now: %(state)s.") % {"state": dict(S.choices).get(wanted, wanted)},
    )
    return to("coordinate-intake-show", council, pk=pk)
