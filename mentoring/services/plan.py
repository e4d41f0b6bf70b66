"""One's own plan after a mentorship: a few next steps, for nobody else to read."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import User
from councils.services.editing import Faulty
from mentoring.models import Pair, PlanStep

MOST = 12


@transaction.atomic
def plan_step(pair: Pair, *, text: str, by_when: date | None, by: User) -> PlanStep:
    """Add a step to the mentee's plan."""
    authorize(by, "mentoring.keep_plan", pair)
    if not text.strip():
        raise Faulty({"text": _("Write what you want to do next.")})
    # Two forms sent at once take turns.
    Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if PlanStep.objects.filter(pair=pair, done_on=None).count() >= MOST:
        raise Refused(_("Twelve steps are enough: tick one off first, or take one away."))
    step = PlanStep.objects.create(pair=pair, text=text.strip(), by_when=by_when)
    audit.record("mentoring.step_planned", step, by=by)
    return step


@transaction.atomic
def tick_step(step: PlanStep, *, by: User) -> None:
    """Note that a step is done; doing so twice keeps the first day."""
    authorize(by, "mentoring.keep_plan", step.pair)
    if PlanStep.objects.filter(pk=step.pk, done_on=None).update(done_on=timezone.localdate()):
        audit.record("mentoring.step_done", step, by=by)


@transaction.atomic
def drop_step(step: PlanStep, *, by: User) -> None:
    """Take a step out of the plan."""
    authorize(by, "mentoring.keep_plan", step.pair)
    audit.record("mentoring.step_dropped", step, by=by)
    step.delete()
