"""The mentee's own plan for after the mentorship."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allies.kit.access import can, gate
from mentoring.forms.followups import PlanForm
from mentoring.models import Pair, PlanStep
from mentoring.services import plan
from mentoring.views.answers import acted, kept, shown
from mentoring.views.pairs.own import of_pair


def _own(request: HttpRequest, pair: Pair) -> None:
    """For the mentor there is no plan: whether there is one is the mentee's to tell."""
    if not can(request.user, "mentoring.keep_plan", pair):
        raise Http404


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_pair
def plan_show(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Show the plan, and add a step to it."""
    _own(request, pair)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and kept(form, lambda: plan.plan_step(pair, by=request.user, **form.cleaned_data)):
        return redirect("mentoring:plan-show", pair.pk)
    steps = list(PlanStep.objects.filter(pair=pair).order_by("by_when", "added_on", "pk"))
    return shown(
        request,
        "followups/plan",
        form=form,
        pair=pair,
        steps=[step for step in steps if not step.done_on],
        done=[step for step in steps if step.done_on],
        today=timezone.localdate(),
    )


@gate("signed_in", across=True)
@require_POST
@of_pair
def plan_act(request: HttpRequest, pair: Pair, step: UUID, how: str) -> HttpResponse:
    """Tick a step off, or take it away."""
    _own(request, pair)
    found = get_object_or_404(PlanStep.objects.select_related("pair"), pk=step, pair=pair)
    if how == "done":
        acted(request, lambda: plan.tick_step(found, by=request.user), _("Well done: this step is done."))
    else:
        acted(request, lambda: plan.drop_step(found, by=request.user), _("The step is gone."))
    return redirect("mentoring:plan-show", pair.pk)
