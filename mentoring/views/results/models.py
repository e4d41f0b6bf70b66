"""The network's programmes side by side, and a new one that begins with what another council has learned."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import gate
from councils.models import Council
from mentoring.forms.coordinate import ProgrammeForm
from mentoring.forms.results import ModelChoice
from mentoring.models import Programme
from mentoring.queries import catalogue
from mentoring.services.models import begin_with, settings_of
from mentoring.views.answers import kept, shown, to

KINDS = {str(kind): number for number, kind in enumerate(Programme.Kind)}


def _way(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    home = reverse("mentoring:coordinate-home", args=[council.slug])
    here = reverse("mentoring:model-list", args=[council.slug])
    return [(_("Mentoring"), home), (_("Models"), here if more else None), *more]


@gate("mentoring.manage", within="council")
@require_safe
def model_list(request: HttpRequest, council: Council) -> HttpResponse:
    """Show the network's programmes by kind, with what came of them."""
    narrowing = ModelChoice(request.GET)
    wanted = {name: narrowing.value(name) for name in narrowing.fields}
    found = sorted(catalogue.models(**wanted), key=lambda model: KINDS[model.programme.kind])
    kinds = [
        (Programme.Kind(kind).label, list(rows)) for kind, rows in groupby(found, lambda model: model.programme.kind)
    ]
    return shown(
        request,
        "results/models",
        council,
        filter=narrowing,
        kinds=kinds,
        counted_at=next((model.at for model in found), None),
        regions=catalogue.regions(),
        standings=list(catalogue.STANDINGS.values()),
        crumbs=_way(council),
    )


@gate("mentoring.manage", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def model_begin(request: HttpRequest, council: Council, model: UUID) -> HttpResponse:
    """Add a programme that begins with the settings of another."""
    found = catalogue.model(model)
    if found is None:
        raise Http404
    bound = request.POST if request.method == "POST" else None
    form = ProgrammeForm(bound, instance=Programme(council=council), initial=settings_of(found))
    made: list[Programme] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: made.append(begin_with(council, model=found, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("The programme is added as a draft, with the rules and weights of its model."))
        return to("coordinate-programme-show", council, pk=made[0].pk)
    crumbs = _way(council, (found.name, None))
    return shown(request, "results/model_form", council, form=form, model=found, crumbs=crumbs)
