"""A council's mentoring at a glance, and its programmes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from councils.models import Council
from councils.queries.translation import drift, missing
from mentoring.forms.coordinate import CRITERIA, WEIGHTS, ProgrammeForm, RulesForm, WeightsForm
from mentoring.matching.policy import WEIGHED, Weight
from mentoring.models import EligibilityRules, MatchPolicy, Programme, ResidenceStatus
from mentoring.queries import funnel, targets, worklists
from mentoring.queries.programmes import newest_rules
from mentoring.services import programmes as services
from mentoring.views.answers import acted, kept, shown, to

EDIT = ["GET", "HEAD", "POST"]
Crumbs = list[tuple[str, str | None]]


def crumbs_of(council: Council, *more: tuple[str, str | None]) -> Crumbs:
    """The way to a page of the council's mentoring."""
    return [(_("Mentoring"), reverse("mentoring:coordinate-home", args=[council.slug])), *more]


def of_programme(council: Council, programme: Programme, *more: tuple[str, str | None]) -> Crumbs:
    """The way to a page of a programme."""
    url = reverse("mentoring:coordinate-programme-show", args=[council.slug, programme.pk])
    return crumbs_of(council, (programme.name, url if more else None), *more)


@gate("mentoring.read", within="council")
@require_safe
def home(request: HttpRequest, council: Council) -> HttpResponse:
    """Show the programmes with their intakes, what waits for the coordinator, and the year against its targets."""
    year = timezone.localdate().year
    return shown(
        request,
        "coordinate/home",
        council,
        programmes=worklists.programmes(),
        waits=funnel.waiting_for_us(),
        year=year,
        aims=targets.by_programme(year),
        edits=can(request.user, "mentoring.manage", council),
    )


@gate("mentoring.read", within="council")
@require_safe
def programme_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show one programme: its words, its rules, its weights and its intakes."""
    programme = get_object_or_404(worklists.programmes(), pk=pk)
    edits = can(request.user, "mentoring.manage", council)
    policy = programme.policies.order_by("-version").first()
    rules, words = newest_rules(programme), dict(ResidenceStatus.choices)
    return shown(
        request,
        "coordinate/programme",
        council,
        programme=programme,
        rules=rules,
        statuses=[words.get(status, status) for status in rules.statuses],
        policy=policy,
        weights=_in_words(policy),
        modules=programme.modules.filter(is_retired=False).order_by("position"),
        edits=edits,
        missing=missing(programme) if edits else {},
        crumbs=of_programme(council, programme),
    )


def _in_words(policy: MatchPolicy | None) -> list[tuple[object, object]]:
    if policy is None:
        return []
    words = {weight.name.lower(): label for weight, label in WEIGHTS.items()}
    off = Weight.OFF.name.lower()
    return [(CRITERIA[c][0], words[str(policy.weights.get(c.value, off))]) for c in WEIGHED]


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def programme_add(request: HttpRequest, council: Council) -> HttpResponse:
    """Add a programme as a draft."""
    form = ProgrammeForm(request.POST if request.method == "POST" else None, instance=Programme(council=council))
    added: list[Programme] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: added.append(services.add_programme(council, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("The programme is added as a draft. Write its eligibility rules next."))
        return to("coordinate-programme-show", council, pk=added[0].pk)
    crumbs = crumbs_of(council, (_("New programme"), None))
    return shown(request, "coordinate/programme_form", council, form=form, crumbs=crumbs)


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def programme_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Edit a programme in both languages."""
    programme = get_object_or_404(Programme.objects, pk=pk)
    crumbs = of_programme(council, programme, (_("Edit"), None))
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, instance=programme, since=drift([programme]).get(str(pk))
    )
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.edit_programme(programme, facts=form.facts, seen=form.shown, by=request.user),
            lambda: Programme.objects.get(pk=pk),
        )
    ):
        messages.success(request, _("The programme is saved."))
        return to("coordinate-programme-show", council, pk=pk)
    return shown(request, "coordinate/programme_form", council, form=form, programme=programme, crumbs=crumbs)


@gate("mentoring.manage", within="council")
@require_POST
def programme_publish(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show a programme to the public; what is missing is shown in its form."""
    programme = get_object_or_404(Programme.objects, pk=pk)
    done = acted(
        request, lambda: services.publish_programme(programme, by=request.user), _("The programme is public now.")
    )
    return to(
        "coordinate-programme-show" if done or not missing(programme) else "coordinate-programme-edit", council, pk=pk
    )


@gate("mentoring.manage", within="council")
@require_POST
def programme_unpublish(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Take a programme off the public site."""
    programme = get_object_or_404(Programme.objects, pk=pk)
    acted(
        request,
        lambda: services.unpublish_programme(programme, by=request.user),
        _("The programme is no longer public."),
    )
    return to("coordinate-programme-show", council, pk=pk)


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def programme_rules(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Write a new version of the eligibility rules."""
    programme = get_object_or_404(Programme.objects, pk=pk)
    latest = newest_rules(programme)
    initial = {name: getattr(latest, name) for name in services.RULE_FIELDS}
    form = RulesForm(
        request.POST if request.method == "POST" else None,
        instance=EligibilityRules(programme=programme),
        initial=initial,
    )
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: services.write_rules(programme, facts=form.cleaned_data, by=request.user))
    ):
        messages.success(request, _("The rules are written. They count for everybody who applies from now on."))
        return to("coordinate-programme-show", council, pk=pk)
    crumbs = of_programme(council, programme, (_("Eligibility rules"), None))
    versions = programme.eligibility.order_by("-version")
    return shown(
        request, "coordinate/rules_form", council, form=form, programme=programme, versions=versions, crumbs=crumbs
    )


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def programme_weights(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Write a new version of what counts in a match."""
    programme = get_object_or_404(Programme.objects, pk=pk)
    latest = programme.policies.order_by("-version").first()
    form = WeightsForm(request.POST if request.method == "POST" else None, kind=programme.kind, latest=latest)
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.write_policy(
                programme, weights=form.weights, floor=form.cleaned_data["floor"], by=request.user
            ),
        )
    ):
        messages.success(request, _("The weights are written. The next calculation uses them."))
        return to("coordinate-programme-show", council, pk=pk)
    crumbs = of_programme(council, programme, (_("Weights of matching"), None))
    return shown(
        request, "coordinate/weights_form", council, form=form, programme=programme, latest=latest, crumbs=crumbs
    )
