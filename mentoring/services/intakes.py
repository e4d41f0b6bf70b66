"""Intakes of a programme: planned, opened to applicants, and moved on step by step."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.states import move
from councils.models import User
from councils.services.editing import Faulty, Text, merged, saying, write
from mentoring.models import Intake, Programme
from mentoring.queries import texts  # noqa: F401  (says what the texts are called)
from mentoring.states import INTAKE, ApplicationState, IntakeState

FIELDS = ("name_en", "name_fr", "opens_on", "closes_on", "match_by", "starts_on", "ends_on", "places")
WRITABLE = (IntakeState.PLANNED, IntakeState.OPEN)
# What was promised to applicants stands; how many are taken may still grow or shrink.
PLACES_ONLY = (IntakeState.CLOSED, IntakeState.MATCHING, IntakeState.RUNNING)
RULES = {
    "an_intake_is_named_once_in_a_programme": ("name_en", _("The programme has an intake of this name already.")),
    "an_intake_has_places": ("places", _("An intake has at least one place.")),
}
# Each date with the one that it may not lie before, and the sentence where it does.
ORDER: tuple[tuple[str, str, Text], ...] = (
    ("closes_on", "opens_on", _("Applications can't close before they open.")),
    ("match_by", "closes_on", _("Pairs can't be known before applications close.")),
    ("starts_on", "match_by", _("Pairs can't start before they are known.")),
)
STILL_UNDECIDED = (
    ApplicationState.NEEDS_EVIDENCE,
    ApplicationState.ELIGIBLE,
    ApplicationState.BOOKED,
    ApplicationState.SCREENED,
    ApplicationState.READY,
    ApplicationState.PROPOSED,
    ApplicationState.MATCHED,
)


@transaction.atomic
def add_intake(programme: Programme, *, facts: Mapping[str, Any], by: User) -> Intake:
    """Plan an intake."""
    authorize(by, "mentoring.manage", programme.council)
    intake = Intake(programme=programme)
    write(intake, facts, known=FIELDS)
    _require_order(intake)
    with saying(**RULES):
        intake.save(force_insert=True)
    audit.record("mentoring.intake_added", intake, by=by, council=programme.council_id, fields=list(facts))
    return intake


@transaction.atomic
def edit_intake(intake: Intake, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed while people have not begun to be matched; Overtaken where a colleague was faster."""
    council = intake.programme.council
    authorize(by, "mentoring.manage", council)
    standing = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    if standing.state not in (*WRITABLE, *PLACES_ONLY):
        raise Refused(_("An intake can be changed while it is planned or open only."))
    changes = merged(standing, facts, seen)
    if standing.state in PLACES_ONLY and set(changes) - {"places"}:
        raise Refused(_("Once an intake is closed to applications, only its places can be changed."))
    write(standing, changes, known=FIELDS)
    if not changes:
        return []
    _require_order(standing)
    with saying(**RULES):
        standing.save(update_fields=list(changes))
    audit.record("mentoring.intake_changed", standing, by=by, council=council, fields=changes)
    return sorted(changes)


def _require_order(intake: Intake) -> None:
    errors: dict[str, Text] = {
        name: sentence for name, before, sentence in ORDER if getattr(intake, name) < getattr(intake, before)
    }
    if intake.ends_on <= intake.starts_on:
        errors["ends_on"] = _("Pairs end after they start.")
    if errors:
        raise Faulty(errors)


@transaction.atomic
def move_intake(intake: Intake, *, to: str, by: User) -> None:
    """Move an intake on; it opens only where the public sees the programme and knows who qualifies."""
    council = intake.programme.council
    authorize(by, "mentoring.manage", council)
    if why := why_not(intake, to):
        raise Refused(why)
    move(intake, to, arrows=INTAKE)
    audit.record(f"mentoring.intake_{to}", intake, by=by, council=council)


def why_not(intake: Intake, to: str) -> Text:
    """Say why an intake can't be moved there now; nothing where it can."""
    if to not in INTAKE[intake.state]:
        return _("This step is not possible from where it stands now.")
    if to == IntakeState.OPEN:
        return _why_not_open(intake)
    if to == IntakeState.ARCHIVED:
        waiting = intake.applications.filter(state__in=STILL_UNDECIDED).count()
        if waiting:
            return ngettext(
                "%(n)s person of this intake is still under way: decide about them first.",
                "%(n)s people of this intake are still under way: decide about them first.",
                waiting,
            ) % {"n": waiting}
    return ""


def _why_not_open(intake: Intake) -> Text:
    if not intake.programme.is_published:
        return _("Publish the programme first: people must be able to read what they apply for.")
    if not intake.programme.eligibility.exists():
        return _("Write the eligibility rules first: people must be able to see whether they qualify.")
    if intake.state == IntakeState.PLANNED and intake.closes_on < timezone.localdate():
        return _("The day on which applications close has passed: change the dates first.")
    return ""
