"""Help for a pair: asked for by one of the two, answered by the coordinator."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import User
from councils.services.editing import Faulty
from mentoring.models import Pair
from mentoring.services import pair_letters as letters
from mentoring.services.pairs import hold_row, under_way

LONGEST = 500


@transaction.atomic
def ask_for_help(pair: Pair, *, note: str, by: User) -> None:
    """Ask the coordinators for help in words that the other one of the two never sees."""
    authorize(by, "mentoring.take_part", pair)
    standing = under_way(pair)
    if not note.strip():
        raise Faulty({"note": _("Say in a few words what would help.")})
    words = f"{by.name}: {note.strip()}"
    if standing.help_asked_at and standing.help_note:
        words = f"{standing.help_note}\n{words}"
    standing.help_asked_at = standing.help_asked_at or timezone.now()
    standing.help_note = words[-LONGEST:]
    standing.save(update_fields=["help_asked_at", "help_note"])
    pair.help_asked_at, pair.help_note = standing.help_asked_at, standing.help_note
    letters.to_staff(standing, "help", about=by)
    audit.record("mentoring.help_asked", standing, by=by, council=standing.programme.council)


@transaction.atomic
def helped(pair: Pair, *, by: User) -> None:
    """Note that somebody of the staff has got in touch."""
    authorize(by, "mentoring.work_with_people", pair.programme.council)
    standing = hold_row(pair)
    if standing.help_asked_at is None:
        raise Refused(_("Nobody waits for help here."))
    standing.help_asked_at, standing.help_note = None, ""
    standing.save(update_fields=["help_asked_at", "help_note"])
    pair.help_asked_at, pair.help_note = None, ""
    audit.record("mentoring.help_given", standing, by=by, council=standing.programme.council)
