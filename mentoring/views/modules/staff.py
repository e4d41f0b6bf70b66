"""A programme's soft-skills modules: the list in its order, and the form of each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from councils.models import Council
from councils.queries.translation import drift
from mentoring.forms.modules import ModuleForm
from mentoring.models import Module, Programme
from mentoring.queries.modules import modules_of
from mentoring.services import modules as services
from mentoring.views.answers import acted, kept, shown, to
from mentoring.views.coordinate.programmes import EDIT, Crumbs, of_programme


def _crumbs(council: Council, programme: Programme, here: str = "") -> Crumbs:
    label = _("Soft-skills modules")
    if not here:
        return of_programme(council, programme, (label, None))
    url = reverse("mentoring:module-list", args=[council.slug, programme.pk])
    return of_programme(council, programme, (label, url), (here, None))


def _module(pk: UUID) -> Module:
    found: Module = get_object_or_404(Module.objects.select_related("programme"), pk=pk)
    return found


@gate("mentoring.read", within="council")
@require_safe
def module_list(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """List a programme's modules, those on offer in their order."""
    programme = get_object_or_404(Programme.objects, pk=pk)
    found = list(modules_of(programme))
    return shown(
        request,
        "modules/list",
        council,
        programme=programme,
        offered=[module for module in found if not module.is_retired],
        retired=[module for module in found if module.is_retired],
        usual=len(services.usual()),
        edits=can(request.user, "mentoring.manage", council),
        crumbs=_crumbs(council, programme),
    )


@gate("mentoring.manage", within="council")
@require_POST
def module_usual(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Give a programme the usual modules."""
    programme = get_object_or_404(Programme.objects, pk=pk)
    number = len(services.usual())
    words = ngettext("%(n)s module is on the list.", "%(n)s modules are on the list.", number) % {"n": number}
    acted(request, lambda: services.take_usual(programme, by=request.user), words)
    return to("module-list", council, pk=pk)


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def module_add(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Add a module at the end of a programme's list."""
    programme = get_object_or_404(Programme.objects, pk=pk)
    form = ModuleForm(request.POST if request.method == "POST" else None, instance=Module(programme=programme))
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: services.add(programme, facts=form.facts, by=request.user))
    ):
        messages.success(request, _("The module is added."))
        return to("module-list", council, pk=pk)
    crumbs = _crumbs(council, programme, _("New module"))
    return shown(request, "modules/form", council, form=form, programme=programme, crumbs=crumbs)


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def module_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Edit a module in both languages."""
    module = _module(pk)
    form = ModuleForm(
        request.POST if request.method == "POST" else None, instance=module, since=drift([module]).get(str(pk))
    )
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.edit(module, facts=form.facts, seen=form.shown, by=request.user),
            lambda: Module.objects.get(pk=pk),
        )
    ):
        messages.success(request, _("The module is saved."))
        return to("module-list", council, pk=module.programme_id)
    crumbs = _crumbs(council, module.programme, _("Edit"))
    return shown(request, "modules/form", council, form=form, programme=module.programme, module=module, crumbs=crumbs)


def _done(request: HttpRequest, council: Council, module: Module, act: Any, words: str) -> HttpResponse:
    acted(request, act, words)
    return to("module-list", council, pk=module.programme_id)


@gate("mentoring.manage", within="council")
@require_POST
def module_move(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Let a module change places with the one before or after it."""
    module, up = _module(pk), request.POST.get("to") == "up"
    words = _("The order is changed.")
    return _done(request, council, module, lambda: services.move(module, up=up, by=request.user), words)


@gate("mentoring.manage", within="council")
@require_POST
def module_retire(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Offer a module no more."""
    module = _module(pk)
    words = _("The module is no longer offered. Whoever has done it keeps it on their page.")
    return _done(request, council, module, lambda: services.retire(module, by=request.user), words)


@gate("mentoring.manage", within="council")
@require_POST
def module_restore(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Offer a retired module again."""
    module = _module(pk)
    words = _("The module is offered again, at the end of the list.")
    return _done(request, council, module, lambda: services.restore(module, by=request.user), words)
