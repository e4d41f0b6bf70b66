"""What changed at a council lately, in words that need no manual."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.audit import Entry
from councils.models import Attendance, Council, Invitation, Membership, Registration, Seat, StaffSession, Story, User

DEEDS: dict[str, str | Promise] = {
    "councils.profile_changed": gettext_lazy("changed the profile"),
    "councils.profile_published": gettext_lazy("published the profile"),
    "councils.profile_unpublished": gettext_lazy("took the profile off the public site"),
    "councils.translation_checked": gettext_lazy("checked a translation"),
    "councils.programme_added": gettext_lazy("added a programme"),
    "councils.programme_changed": gettext_lazy("changed a programme"),
    "councils.programme_published": gettext_lazy("published a programme"),
    "councils.programme_unpublished": gettext_lazy("took a programme off the public site"),
    "councils.programme_ended": gettext_lazy("recorded the end of a programme"),
    "councils.programme_deleted": gettext_lazy("deleted the draft of a programme"),
    "councils.event_added": gettext_lazy("added an event"),
    "councils.event_changed": gettext_lazy("changed an event"),
    "councils.event_published": gettext_lazy("published an event"),
    "councils.event_unpublished": gettext_lazy("took an event off the public site"),
    "councils.event_deleted": gettext_lazy("deleted the draft of an event"),
    "councils.event_signed_up": gettext_lazy("signed up for an event"),
    "councils.event_withdrawn": gettext_lazy("withdrew from an event"),
    "councils.event_walked_in": gettext_lazy("noted somebody who came unannounced"),
    "councils.event_attended": gettext_lazy("recorded who came to an event"),
    "councils.event_told": gettext_lazy("let the public read how many came to an event"),
    "councils.event_not_told": gettext_lazy("took how many came to an event off the public site"),
    "councils.reflection_begun": gettext_lazy("began a yearly reflection"),
    "councils.reflection_changed": gettext_lazy("worked on a yearly reflection"),
    "councils.reflection_submitted": gettext_lazy("handed in a yearly reflection"),
    "councils.reflection_reopened": gettext_lazy("took a yearly reflection back"),
    "councils.reflection_published": gettext_lazy("published a yearly reflection"),
    "councils.story_written": gettext_lazy("began a story"),
    "councils.story_changed": gettext_lazy("changed a story"),
    "councils.story_photo_added": gettext_lazy("added a photo to a story"),
    "councils.story_photo_removed": gettext_lazy("removed the photo of a story"),
    "councils.story_consent_recorded": gettext_lazy("recorded consent to a story"),
    "councils.story_submitted": gettext_lazy("handed in a story"),
    "councils.story_taken_back": gettext_lazy("made a story a draft again"),
    "councils.story_published": gettext_lazy("published a story"),
    "councils.story_withdrawn": gettext_lazy("withdrew a story"),
    "councils.added": gettext_lazy("added the council to the registry"),
    "councils.renamed": gettext_lazy("renamed the council"),
    "councils.merged": gettext_lazy("merged the council"),
    "councils.stage_changed": gettext_lazy("changed the council's stage"),
    "councils.readiness_scored": gettext_lazy("filled in the readiness checklist"),
    "councils.organisation_added": gettext_lazy("added an organisation"),
    "councils.organisation_changed": gettext_lazy("changed an organisation"),
    "councils.organisation_left": gettext_lazy("recorded that an organisation left the table"),
    "councils.organisation_returned": gettext_lazy("recorded that an organisation came back to the table"),
    "councils.body_added": gettext_lazy("added a body"),
    "councils.body_changed": gettext_lazy("changed a body"),
    "councils.body_published": gettext_lazy("published a body"),
    "councils.body_unpublished": gettext_lazy("took a body off the public site"),
    "councils.seat_given": gettext_lazy("gave a seat"),
    "councils.seat_changed": gettext_lazy("changed a seat"),
    "councils.seat_ended": gettext_lazy("ended the term of a seat"),
    "councils.meeting_scheduled": gettext_lazy("scheduled a meeting"),
    "councils.meeting_changed": gettext_lazy("changed a meeting"),
    "councils.meeting_cancelled": gettext_lazy("cancelled a meeting"),
    "councils.minutes_written": gettext_lazy("wrote minutes"),
    "councils.minutes_approved": gettext_lazy("recorded the approval of minutes"),
    "councils.minutes_reopened": gettext_lazy("opened approved minutes again"),
    "councils.attendance_recorded": gettext_lazy("recorded attendance"),
    "councils.invited": gettext_lazy("invited somebody to a role"),
    "councils.invited_again": gettext_lazy("sent an invitation again"),
    "councils.invitation_taken_back": gettext_lazy("took an invitation back"),
    "councils.invitation_accepted": gettext_lazy("accepted an invitation"),
    "councils.role_given": gettext_lazy("gave a role"),
    "councils.role_changed": gettext_lazy("changed a role"),
    "councils.role_ended": gettext_lazy("ended a role"),
    "councils.session_opened": gettext_lazy("opened a staff session"),
    "councils.session_ended": gettext_lazy("ended a staff session"),
    "councils.figure_added": gettext_lazy("added a figure"),
    "councils.figure_edited": gettext_lazy("changed a figure"),
    "councils.figure_deleted": gettext_lazy("deleted a figure"),
    "councils.figure_published": gettext_lazy("published a figure"),
    "councils.figure_taken_back": gettext_lazy("took a figure off the public site"),
    "councils.value_added": gettext_lazy("added the value of a figure"),
    "councils.value_edited": gettext_lazy("changed the value of a figure"),
    "councils.value_shown": gettext_lazy("chose which value of a figure is shown"),
    "councils.source_added": gettext_lazy("added a source"),
    "councils.source_edited": gettext_lazy("changed a source"),
    "people.opened": gettext_lazy("opened a person's record"),
    "people.changed": gettext_lazy("changed their own record"),
    "people.consented": gettext_lazy("gave consent"),
    "people.consent_withdrawn": gettext_lazy("withdrew consent"),
    "people.exported": gettext_lazy("took their data along"),
    "network.load_data": gettext_lazy("loaded the network's data"),
    "network.load_demo": gettext_lazy("loaded the demonstration"),
    "network.import_table": gettext_lazy("imported a labour-market table"),
}
# Rows whose name is or may hold a person's: shown only to those who may see the council's personal data.
ABOUT_PEOPLE: set[type[Model]] = {Attendance, Invitation, Membership, Registration, Seat, StaffSession, Story, User}
# The rows that a row's name is made of.
_NAMED_BY = ("person", "body", "council", "programme", "intake__programme", "application__person", "mentor__person")


@dataclass(frozen=True, slots=True)
class Change:
    """One act: who did what to which record, when, and which fields it touched."""

    at: datetime
    who: str
    deed: str
    what: str
    fields: tuple[str, ...]
    reason: str


def entries_of(council: Council) -> "QuerySet[Entry]":
    """The audit entries about a council and what belongs to it, newest first."""
    return Entry.objects.filter(tenant_id=council.pk).select_related("actor").order_by("-position")


def in_words(entries: Iterable[Entry], *, with_people: bool) -> list[Change]:
    """Say entries in words; one query for each kind of record they touch."""
    entries = list(entries)
    names = _names(entries, with_people=with_people)
    return [
        Change(
            at=entry.at,
            who=str(entry.actor) if entry.actor else _("The portal"),
            deed=str(DEEDS.get(entry.action, entry.action.partition(".")[2].replace("_", " "))),
            what=names.get((entry.target_type, entry.target_id), ""),
            fields=_labels(entry),
            reason=entry.reason,
        )
        for entry in entries
    ]


def _names(entries: list[Entry], *, with_people: bool) -> Mapping[tuple[str, str], str]:
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        if entry.target_type:
            wanted.setdefault(entry.target_type, set()).add(entry.target_id)
    names: dict[tuple[str, str], str] = {}
    for kind, ids in wanted.items():
        model = _model(kind)
        if model is None or model is Council or (model in ABOUT_PEOPLE and not with_people):
            continue
        rows: Any = model._default_manager
        for row in rows.filter(pk__in=[UUID(pk) for pk in ids]).select_related(*_relations(model)):
            names[kind, str(row.pk)] = str(row)
    return names


def _relations(model: type[Model]) -> tuple[str, ...]:
    """The rows that a row's name is made of."""
    own = {field.name for field in model._meta.fields}
    return tuple(path for path in _NAMED_BY if path.partition("__")[0] in own)


def _model(kind: str) -> type[Model] | None:
    try:
        return apps.get_model(kind)
    except LookupError:
        return None


def _labels(entry: Entry) -> tuple[str, ...]:
    model = _model(entry.target_type) if entry.target_type else None
    if model is None:
        return ()
    known = {field.name: str(getattr(field, "verbose_name", "")) for field in model._meta.get_fields()}
    return tuple(known[name] for name in entry.fields if known.get(name))
