"""What a programme aims at in a year."""

from django.db import transaction

from allies.kit import audit
from allies.kit.access import authorize
from councils.models import User
from mentoring.models import Programme, YearTarget


@transaction.atomic
def set_target(programme: Programme, *, year: int, matches: int, completed: int, by: User) -> YearTarget:
    """Set how many pairs a programme is to begin and to complete in a year, in place of what was set before."""
    authorize(by, "mentoring.manage", programme.council)
    # Two who set it at once take turns.
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    wanted = {"matches": matches, "completed": completed}
    target = YearTarget.objects.filter(programme=programme, year=year).first()
    if target and all(getattr(target, name) == value for name, value in wanted.items()):
        return target
    changed = [name for name, value in wanted.items() if target is None or getattr(target, name) != value]
    target, _created = YearTarget.objects.update_or_create(programme=programme, year=year, defaults=wanted)
    audit.record("mentoring.target_set", target, by=by, council=programme.council_id, fields=changed)
    return target
