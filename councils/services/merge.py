"""Merge a council into another, or into a body outside the network; its pages lead there from then on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Council, StageChange, User
from councils.services.lifecycle import end_roles, revoke_invitations, take_step
from councils.states import Stage


@transaction.atomic
def merge_into_council(
    council: Council, *, successor: Council, on: date, precision: str, reason_en: str, reason_fr: str, by: User
) -> StageChange:
    """Merge a council into another one of the network.

    Raises Refused when it has already merged or closed, or when the successor itself has ended: a chain of mergers
    therefore always ends at a council that lives, and never leads in a circle.
    """
    authorize(by, "network.keep", council)
    if successor.pk == council.pk:
        raise Refused(_("A council can't merge into itself."))
    # Both rows, always in the same order: two mergers that cross wait for each other instead of locking up.
    rows = Council.objects.select_for_update(of=("self",)).filter(pk__in=[council.pk, successor.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    council, successor = locked[council.pk], locked[successor.pk]
    _refuse_if_ended(council)
    if successor.stage in (Stage.MERGED, Stage.CLOSED):
        raise Refused(_("%(name)s has itself ended: choose a council that goes on.") % {"name": successor.name})
    return _end(
        council,
        on=on,
        precision=precision,
        reason_en=reason_en,
        reason_fr=reason_fr,
        by=by,
        columns={"merged_into": successor},
    )


@transaction.atomic
def merge_into_body(
    council: Council,
    *,
    successor_en: str,
    successor_fr: str,
    on: date,
    precision: str,
    reason_en: str,
    reason_fr: str,
    by: User,
) -> StageChange:
    """Merge a council into a body outside the network, named in both languages."""
    authorize(by, "network.keep", council)
    if not (successor_en.strip() and successor_fr.strip()):
        raise Refused(_("Name the successor in both languages."))
    council = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    _refuse_if_ended(council)
    return _end(
        council,
        on=on,
        precision=precision,
        reason_en=reason_en,
        reason_fr=reason_fr,
        by=by,
        columns={"successor_en": successor_en.strip(), "successor_fr": successor_fr.strip()},
    )


def _refuse_if_ended(council: Council) -> None:
    if council.stage == Stage.MERGED:
        successor = council.merged_into.name if council.merged_into else council.successor
        raise Refused(
            _("%(name)s has already merged into %(successor)s.") % {"name": council.name, "successor": successor}
        )
    if council.stage == Stage.CLOSED:
        raise Refused(_("%(name)s is closed: it can't merge any more.") % {"name": council.name})


def _end(
    council: Council,
    *,
    on: date,
    precision: str,
    reason_en: str,
    reason_fr: str,
    by: User,
    columns: dict[str, object],
) -> StageChange:
    change = take_step(
        council,
        to=Stage.MERGED,
        on=on,
        precision=precision,
        reason_en=reason_en,
        reason_fr=reason_fr,
        by=by,
        **columns,
    )
    revoke_invitations(council)
    end_roles(council, by=by)
    audit.record("councils.merged", council, by=by, council=council, fields=["stage", *columns], reason=reason_en)
    return change
