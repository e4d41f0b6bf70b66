"""The checklist of modules on the page of a pair: ticked off by either of the two, and taken back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from allies.kit.access import gate
from mentoring.models import Module, Pair
from mentoring.services import modules as services
from mentoring.views.answers import acted
from mentoring.views.pairs.own import of_pair


def _module(pair: Pair, module: UUID) -> Module:
    found: Module = get_object_or_404(Module.objects.filter(programme=pair.programme_id), pk=module)
    return found


def _back(pair: Pair) -> HttpResponse:
    return redirect(reverse("mentoring:pair-show", args=[pair.pk]) + "#modules")


@gate("signed_in", across=True)
@require_POST
@of_pair
def module_tick(request: HttpRequest, pair: Pair, module: UUID) -> HttpResponse:
    """Note that the two have done a module."""
    found = _module(pair, module)
    for_all = pair.group is not None and request.user.pk == pair.mentor_person_id
    words = _("Ticked off for your whole group.") if for_all else _("Ticked off: well done!")
    acted(request, lambda: services.tick(pair, module=found, by=request.user), words)
    return _back(pair)


@gate("signed_in", across=True)
@require_POST
@of_pair
def module_untick(request: HttpRequest, pair: Pair, module: UUID) -> HttpResponse:
    """Take a tick back."""
    found = _module(pair, module)
    acted(request, lambda: services.untick(pair, module=found, by=request.user), _("The module is to be done again."))
    return _back(pair)
