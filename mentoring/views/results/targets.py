"""What a council's programmes aim at in a year, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import can, gate
from councils.models import Council
from mentoring.forms.results import TargetForm
from mentoring.models import Programme, YearTarget
from mentoring.queries import targets
from mentoring.services.targets import set_target
from mentoring.views.answers import kept, shown


def chosen_year(request: HttpRequest, years: list[int]) -> int:
    """The year that the address names, this one where it names none that there is."""
    wanted = request.GET.get("year", "")
    return int(wanted) if wanted in map(str, years) else timezone.localdate().year


@gate("mentoring.read", within="council")
@require_safe
def target_list(request: HttpRequest, council: Council) -> HttpResponse:
    """Hold what a year brought against what it was to bring, by programme and by who delivers it."""
    years = targets.years()
    year = chosen_year(request, years)
    rows = targets.by_programme(year)
    return shown(
        request,
        "results/targets",
        council,
        years=years,
        year=year,
        rows=rows,
        total=targets.total(rows),
        partners=targets.by_partner(rows),
        edits=can(request.user, "mentoring.manage", council),
        crumbs=_way(council),
    )


def _way(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    home = reverse("mentoring:coordinate-home", args=[council.slug])
    here = reverse("mentoring:target-list", args=[council.slug])
    return [(_("Mentoring"), home), (_("Targets"), here if more else None), *more]


@gate("mentoring.manage", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: HttpRequest, council: Council, year: int, pk: UUID) -> HttpResponse:
    """Set what one programme aims at in one year."""
    if year not in YearTarget.YEARS:
        raise Http404
    programme = get_object_or_404(Programme.objects.select_related("council"), pk=pk)
    target = YearTarget.objects.filter(programme=programme, year=year).first()
    initial = {"begun": target.matches, "completed": target.completed} if target else {}
    form = TargetForm(request.POST if request.method == "POST" else None, initial=initial)

    def save() -> None:
        begun, completed = form.cleaned_data["begun"], form.cleaned_data["completed"]
        set_target(programme, year=year, matches=begun, completed=completed, by=request.user)

    if form.is_bound and form.is_valid() and kept(form, save):
        messages.success(request, _("The target is set."))
        return redirect(f"{reverse('mentoring:target-list', args=[council.slug])}?year={year}")
    facts = {"programme": programme, "year": year, "crumbs": _way(council, (f"{programme.name}, {year}", None))}
    return shown(request, "results/target_form", council, form=form, **facts)
