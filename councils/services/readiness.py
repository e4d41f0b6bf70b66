"""Score whether a community is ready for a council."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Council, Readiness, User


@transaction.atomic
def score_readiness(council: Council, *, on: date, scores: Mapping[str, int], note: str, by: User) -> Readiness:
    """Keep one filled-in checklist: a score from 0 to 3 for each of `Readiness.QUESTIONS`.

    Raises Refused for a date in the future and for a second checklist on the same day.
    """
    authorize(by, "network.score_readiness", council)
    if on > timezone.localdate():
        raise Refused(_("This date is in the future: score what you see today."))
    answers = {question: scores[question] for question in Readiness.QUESTIONS}
    try:
        with transaction.atomic(), across():
            checklist: Readiness = Readiness.objects.create(council=council, on=on, by=by, note=note.strip(), **answers)
    except IntegrityError as error:
        if "one_readiness_checklist_a_day" not in str(error):
            raise
        raise Refused(_("A checklist of that day exists already: choose another date.")) from None
    audit.record("councils.readiness_scored", checklist, by=by, council=council, fields=Readiness.QUESTIONS)
    return checklist
