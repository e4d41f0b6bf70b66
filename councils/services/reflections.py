"""The yearly reflection: written as a draft, handed in to the network, published in part."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.states import move
from councils.models import Council, Reflection, User
from councils.services.editing import Faulty, Text, merged, write
from councils.services.languages import require_both_languages
from councils.states import REFLECTION, ReflectionState

FIELDS = tuple(f"{question}_{language}" for question in Reflection.QUESTIONS for language in ("en", "fr"))


@transaction.atomic
def keep_reflection(
    council: Council, *, year: int, facts: Mapping[str, Any], seen: Mapping[str, str], by: User
) -> Reflection:
    """Keep what is written so far as the year's draft, beginning it where there is none."""
    authorize(by, "councils.write_reflection", council)
    reflection, begun = Reflection.objects.select_for_update().get_or_create(council=council, year=year)
    if reflection.state != ReflectionState.DRAFT:
        raise Refused(_("This reflection is handed in. Take it back first, then change it."))
    changes = merged(reflection, facts, seen)
    write(reflection, changes, known=FIELDS)
    if changes:
        reflection.changed_at = timezone.now()
        reflection.save(update_fields=[*changes, "changed_at"])
    if begun or changes:
        action = "councils.reflection_begun" if begun else "councils.reflection_changed"
        audit.record(action, reflection, by=by, council=council, fields=changes)
    return reflection


@transaction.atomic
def submit_reflection(reflection: Reflection, *, by: User) -> None:
    """Hand in a reflection: the network's staff, coaches and committee read it from now on."""
    authorize(by, "councils.file_reflection", reflection.council)
    reflection.refresh_from_db()
    errors: dict[str, Text] = {}
    if not reflection.biggest_success:
        errors["biggest_success_en"] = _("Name the year's biggest success, in either language, before you hand it in.")
    if not reflection.biggest_challenge:
        errors["biggest_challenge_en"] = _(
            "Name the year's biggest challenge, in either language, before you hand it in."
        )
    if errors:
        raise Faulty(errors)
    move(reflection, ReflectionState.SUBMITTED, arrows=REFLECTION, submitted_at=timezone.now())
    audit.record("councils.reflection_submitted", reflection, by=by, council=reflection.council_id)


@transaction.atomic
def reopen_reflection(reflection: Reflection, *, by: User) -> None:
    """Take a reflection back to change it."""
    authorize(by, "councils.file_reflection", reflection.council)
    move(reflection, ReflectionState.DRAFT, arrows=REFLECTION, submitted_at=None)
    audit.record("councils.reflection_reopened", reflection, by=by, council=reflection.council_id)


@transaction.atomic
def publish_reflection(reflection: Reflection, *, by: User) -> None:
    """Show the year's success and challenge on the council's page; the other answers stay within the network."""
    authorize(by, "councils.file_reflection", reflection.council)
    reflection.refresh_from_db()
    require_both_languages(reflection)
    move(reflection, ReflectionState.PUBLISHED, arrows=REFLECTION)
    audit.record("councils.reflection_published", reflection, by=by, council=reflection.council_id)
