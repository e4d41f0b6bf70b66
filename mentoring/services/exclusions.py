"""Pairs that must not be made: put on record with a reason, and lifted."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import User
from councils.services.editing import Faulty, saying
from mentoring.models import Exclusion, Mentor, Pair
from mentoring.states import PAIR_HOLDS_A_PLACE

# Whoever declines says so by declining; the others are a coordinator's word.
BY_STAFF = (Exclusion.Kind.CONFLICT, Exclusion.Kind.PAST, Exclusion.Kind.STAFF)


@transaction.atomic
def exclude(mentor: Mentor, mentee: User, *, kind: str, reason: str, by: User) -> Exclusion:
    """Keep two people from being paired; refused while they are a pair."""
    authorize(by, "mentoring.work_with_people", mentor.council)
    if mentee.pk == mentor.person_id:
        raise Faulty({"mentee": _("Nobody is paired with themselves anyway.")})
    if not reason:
        raise Faulty({"reason": _("Give the reason: a colleague will want to know it.")})
    # Publishing a run holds the mentor too: either it sees the exclusion, or this sees the pair.
    Mentor.objects.select_for_update(of=("self",)).get(pk=mentor.pk)
    if Pair.objects.filter(mentor=mentor, mentee_person=mentee, state__in=PAIR_HOLDS_A_PLACE).exists():
        raise Refused(_("The two are a pair now: end the pair first."))
    with saying(
        a_pair_is_excluded_once_for_a_reason=("mentee", _("These two are kept apart for this reason already.")),
    ):
        exclusion = Exclusion.objects.create(
            council_id=mentor.council_id, mentor=mentor, mentee=mentee, kind=kind, reason=reason, made_by=by
        )
    audit.record("mentoring.pair_excluded", exclusion, by=by, council=mentor.council_id, fields=["kind", "reason"])
    return exclusion


@transaction.atomic
def lift(exclusion: Exclusion, *, by: User) -> None:
    """Let two people be paired again."""
    authorize(by, "mentoring.work_with_people", exclusion.council)
    if not Exclusion.objects.select_for_update(of=("self",)).filter(pk=exclusion.pk).exists():
        raise Refused(_("This is lifted already."))
    audited = Exclusion(pk=exclusion.pk)
    exclusion.delete()
    audit.record("mentoring.exclusion_lifted", audited, by=by, council=exclusion.council_id)
