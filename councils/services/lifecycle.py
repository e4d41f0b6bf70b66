"""Move a council along its life: dated, with its reason in both languages, and never against the arrows."""

from datetime import date

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit import audit, states
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.dates import spoken
from councils.models import Council, DatePrecision, Invitation, Membership, StageChange, User
from councils.roles import Role
from councils.states import STAGES, Stage

# How many parts of a date (year, month, day) a source states.
_PARTS = {DatePrecision.YEAR: 1, DatePrecision.MONTH: 2, DatePrecision.DAY: 3}


def is_before(day: date, precision: str, other: date, other_precision: str) -> bool:
    """Tell whether a date lies before another, compared no more exactly than both are known."""
    parts = min(_PARTS[DatePrecision(precision)], _PARTS[DatePrecision(other_precision)])
    return day.timetuple()[:parts] < other.timetuple()[:parts]


@transaction.atomic
def change_stage(
    council: Council,
    *,
    to: str,
    on: date,
    precision: str,
    reason_en: str,
    reason_fr: str,
    by: User,
    seen: str | None = None,
) -> StageChange:
    """Move a council to another stage and keep the step; `seen` is the stage that the person acted upon.

    Raises Refused for an arrow that is not in the table, for a date before the last step, for a council that would
    operate without a coordinator, and when someone else was faster.
    """
    authorize(by, "network.keep", council)
    if to == Stage.MERGED:
        raise Refused(_("Name the successor on the page for mergers: a merged council leads there."))
    seen = seen or council.stage
    council = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    if seen != council.stage:
        raise Refused(_("Someone else was faster: please reload the page and look again."))
    change = take_step(council, to=to, on=on, precision=precision, reason_en=reason_en, reason_fr=reason_fr, by=by)
    if to == Stage.OPERATING and not _has_coordinator(council):
        raise Refused(_("An operating council needs a coordinator: give someone that role first."))
    if to == Stage.CLOSED:
        revoke_invitations(council)
        end_roles(council, by=by)
    audit.record("councils.stage_changed", council, by=by, council=council, fields=["stage"], reason=reason_en)
    return change


def take_step(
    council: Council,
    *,
    to: str,
    on: date,
    precision: str,
    reason_en: str,
    reason_fr: str,
    by: User,
    **columns: object,
) -> StageChange:
    """Write one step of a council whose row the service has locked."""
    if not (reason_en.strip() and reason_fr.strip()):
        raise Refused(_("Give the reason in both languages."))
    if on > timezone.localdate():
        raise Refused(_("This date is in the future: record the step once it has happened."))
    old = council.stage
    if to not in STAGES[Stage(old)]:
        raise Refused(
            _("A council can't go from “%(old)s” to “%(new)s”.") % {"old": Stage(old).label, "new": Stage(to).label}
        )
    last = last_change(council)
    if last is not None and is_before(on, precision, last.on, last.precision):
        raise Refused(
            _("This date lies before the last change of stage, %(date)s.") % {"date": spoken(last.on, last.precision)}
        )
    states.move(council, to, arrows=STAGES, field="stage", changed_at=timezone.now(), **columns)
    return StageChange.objects.create(
        council=council,
        from_stage=old,
        to_stage=to,
        on=on,
        precision=precision,
        reason_en=reason_en.strip(),
        reason_fr=reason_fr.strip(),
        by=by,
    )


def last_change(council: Council) -> StageChange | None:
    """The step that brought a council where it stands."""
    return council.stage_changes.order_by("-on", "-created_at").first()


def revoke_invitations(council: Council) -> int:
    """Take back the invitations to a council that nobody has answered yet; gives how many."""
    with across():
        unanswered = Invitation.objects.filter(council=council, accepted_at=None, revoked_at=None)
        return int(unanswered.update(revoked_at=timezone.now()))


def end_roles(council: Council, *, by: User) -> int:
    """End the roles held at a council today, keeping them as history; gives how many."""
    today = timezone.localdate()
    with across():
        held = list(
            Membership.objects.filter(council=council).exclude(ends_on__lte=today).select_for_update().order_by("pk")
        )
        Membership.objects.filter(pk__in=[role.pk for role in held]).update(ends_on=Greatest("starts_on", today))
    for role in held:
        audit.record("councils.role_ended", role, by=by, council=council, fields=["ends_on"])
    return len(held)


def _has_coordinator(council: Council) -> bool:
    with across():
        return bool(Membership.objects.current().filter(council=council, role=Role.COORDINATOR).exists())
