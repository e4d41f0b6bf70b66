"""Lists of mentors and of mentees as files: an import that shows first what it would do, and an export of mentors.

A file whose rows are all good is kept until somebody takes it in: what was looked at is what is taken in.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from allies.kit import audit, files
from allies.kit.access import authorize
from allies.kit.export import Column
from allies.kit.models import StoredFile
from allies.kit.refusals import Refused
from councils.models import Council, User
from councils.services.editing import fingerprint
from councils.services.organisation_sheet import Sheet, as_csv, lines_of, read, sheet
from councils.services.sheets import RowError, RowErrors
from mentoring.models import Application, Intake, Mentor
from mentoring.queries.tongues import in_words
from mentoring.services import people_sheet as columns
from mentoring.services.entering import enter_applicant, enter_mentor, enter_person
from mentoring.states import ApplicationState, IntakeState, MentorState

MOST = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """What an import does with one row: whom it is about, whether they are known, and what is written."""

    row: int
    person: User | None
    standing: Mentor | Application | None
    about_person: Mapping[str, Any]
    facts: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The person's name: their own where they are known, else as the file has it."""
        return self.person.name if self.person else str(self.about_person["name"])

    @property
    def email(self) -> str:
        """The address in the file."""
        return str(self.about_person["email"])

    @property
    def changes(self) -> list[str]:
        """The fields that the row writes; an application that somebody sent is left as it stands."""
        if self.standing is None:
            return list(self.facts)
        if isinstance(self.standing, Application):
            return []
        return [name for name, value in self.facts.items() if getattr(self.standing, name) != value]

    @property
    def changes_in_words(self) -> str:
        """What the changed fields are called."""
        names = [Mentor._meta.get_field(name.removesuffix("_id")) for name in self.changes]
        return ", ".join(capfirst(str(getattr(field, "verbose_name", ""))) for field in names)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, row by row, and the headings that it leaves out."""

    rows: list[Planned]
    unknown: list[str]

    @property
    def changing(self) -> list[Planned]:
        """The rows that do something."""
        return [planned for planned in self.rows if planned.changes]

    @property
    def added(self) -> int:
        """How many mentors or applications are new."""
        return sum(planned.standing is None for planned in self.rows)

    @property
    def changed(self) -> int:
        """How many get new facts."""
        return len(self.changing) - self.added

    @property
    def same(self) -> int:
        """How many rows change nothing."""
        return len(self.rows) - len(self.changing)

    @property
    def newcomers(self) -> int:
        """How many people get an account."""
        return sum(planned.person is None for planned in self.changing)

    @property
    def seal(self) -> str:
        """A few characters that differ as soon as the import would do something else."""
        parts = []
        for planned in self.rows:
            standing = planned.standing
            parts += [str(getattr(planned.person, "pk", "")), str(getattr(standing, "pk", "")), planned.email]
            parts += [
                fingerprint(str(facts[name]))
                for facts in (planned.about_person, planned.facts)
                for name in sorted(facts)
            ]
            if isinstance(standing, Mentor):
                parts += [fingerprint(str(getattr(standing, name))) for name in sorted(planned.facts)]
        return hashlib.sha256("/".join(parts).encode()).hexdigest()[:20]


def needed(intake: Intake | None) -> tuple[str, ...]:
    """The columns that a list must have: of mentees for an intake, of mentors without one."""
    return columns.MENTEE_NEEDED if intake else columns.MENTOR_NEEDED


def optional(intake: Intake | None) -> tuple[str, ...]:
    """The columns that a list may have."""
    return columns.MENTEE_OPTIONAL if intake else columns.MENTOR_OPTIONAL


def _allowed(council: Council, intake: Intake | None, by: User) -> None:
    authorize(by, "mentoring.work_with_people", council)
    if intake is not None and intake.state != IntakeState.OPEN:
        raise Refused(_("This intake is not open to applications."))


@transaction.atomic
def look_at_people(
    council: Council, upload: "UploadedFile[Any]", *, by: User, intake: Intake | None = None
) -> StoredFile:
    """Check every row of a file and keep it for taking in; RowErrors tells row and column of each fault."""
    _allowed(council, intake, by)
    found = read(upload, needed=needed(intake), optional=optional(intake), most=MOST)
    _plan(council, intake, found)
    return files.keep(as_csv(found), kind="csv", name=found.name, by=by, tenant_id=council.pk)


def kept_people(council: Council, pk: UUID, *, by: User) -> StoredFile | None:
    """The list that this person looked at, while it is kept."""
    return StoredFile.objects.filter(pk=pk, kind="csv", tenant_id=council.pk, owner=by).first()


def plan_of(council: Council, kept: StoredFile, *, by: User, intake: Intake | None = None) -> Plan:
    """Work out anew what taking in a kept list would do as things stand now."""
    _allowed(council, intake, by)
    found = sheet(kept.name, lines_of(kept), needed=needed(intake), optional=optional(intake), most=MOST)
    return _plan(council, intake, found)


@transaction.atomic
def take_in(council: Council, kept: StoredFile, *, seal: str, by: User, intake: Intake | None = None) -> int:
    """Take in all rows of a kept list and forget it; Refused when it would do something else than was shown."""
    _allowed(council, intake, by)
    if not StoredFile.objects.select_for_update(of=("self",)).filter(pk=kept.pk):
        raise Refused(_("This list is imported already."))
    # Nobody changes them, and nobody else imports, between the look and the writing.
    Council.objects.select_for_update().filter(pk=council.pk).first()
    list(Mentor.objects.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    plan = plan_of(council, kept, by=by, intake=intake)
    if plan.seal != seal:
        raise Refused(_("Meanwhile something changed here. Look at the list again, then import it."))
    done: list[tuple[Mentor | Application, Planned]] = []
    for planned in plan.changing:
        person = planned.person or enter_person(**planned.about_person)
        if intake is not None:
            done.append((enter_applicant(intake, person, planned.facts, by=by), planned))
        else:
            done.append((enter_mentor(council, person, planned.standing, planned.facts, planned.changes), planned))
    files.discard(kept)
    kind = "application" if intake else "mentor"
    for row, planned in done:
        verb = "changed" if planned.standing else "entered"
        fields = [name.removesuffix("_id") for name in planned.changes]
        audit.record(f"mentoring.{kind}_{verb}", row, by=by, council=council, fields=fields, reason="list")
    return len(done)


def forget_list(kept: StoredFile, *, by: User) -> None:
    """Forget a list that is not taken in."""
    authorize(by, "councils.own_record", kept.owner)
    files.discard(kept)


def _plan(council: Council, intake: Intake | None, found: Sheet) -> Plan:
    known = columns.meanings(found.rows)
    addresses = {cells["email"].lower() for _row, cells in found.rows}
    people = {person.email.lower(): person for person in User.objects.filter(email__in=addresses)}
    for address in EmailAddress.objects.filter(email__in=addresses, verified=True).select_related("user"):
        people.setdefault(address.email.lower(), address.user)
    standing = _standing(council, intake, {person.pk for person in people.values()})
    rows, faults = [], []
    seen: dict[Any, int] = {}
    for row, cells in found.rows:
        facts, wrong = columns.facts_of(found.name, row, cells, known, needed=needed(intake))
        person = people.get(cells["email"].lower())
        one = standing.get(person.pk) if person else None
        wrong += _faults(found.name, row, facts, person, one)
        key = person.pk if person else cells["email"].lower()
        if key in seen:
            sentence = _("This person stands in row %(row)d already.") % {"row": seen[key]}
            wrong.append(RowError(found.name, row, "email", sentence))
        seen.setdefault(key, row)
        faults += wrong
        about = {name: facts.pop(name) for name in columns.PERSON if name in facts}
        rows.append(Planned(row, person, one, about, facts))
    if faults:
        raise RowErrors(faults)
    return Plan(rows, found.unknown)


def _standing(council: Council, intake: Intake | None, people: set[UUID]) -> Mapping[Any, Mentor | Application]:
    if intake is None:
        return {mentor.person_id: mentor for mentor in Mentor.objects.filter(council=council, person__in=people)}
    sent = Application.objects.filter(intake=intake, person__in=people).exclude(state=ApplicationState.WITHDRAWN)
    return {application.person_id: application for application in sent}


def _faults(
    file: str, row: int, facts: Mapping[str, Any], person: User | None, standing: Mentor | Application | None
) -> Iterator[RowError]:
    if person is not None and not person.is_active:
        yield RowError(file, row, "email", _("The account with this address is closed."))
    if not isinstance(standing, Mentor):
        return
    if standing.state == MentorState.RETIRED:
        sentence = _("This person stopped mentoring here: to begin anew, they volunteer themselves.")
        yield RowError(file, row, "email", sentence)
    if facts.get("capacity", standing.capacity) < standing.active_load:
        sentence = _("There are %(count)d mentees now: write at least that many places.")
        yield RowError(file, row, "capacity", sentence % {"count": standing.active_load})


def export_columns() -> list[Column]:
    """The columns of an export of mentors; headings are the names that an import reads, then what it leaves out."""
    return [
        ("email", "person.email"),
        ("name", "person.name"),
        ("language", "person.language"),
        ("occupation", "occupation_id"),
        ("languages", lambda row: "; ".join(f"{code}:{level}" for code, level in row.languages.items())),
        ("industry", lambda row: row.industry_id or ""),
        ("years", "years"),
        *((name, lambda row, name=name: "; ".join(getattr(row, name))) for name in ("goals", "availability")),
        ("mode", "mode"),
        ("city", lambda row: row.place_id or ""),
        ("employer", "employer"),
        ("position", "position"),
        ("kinds", lambda row: "; ".join(row.kinds)),
        ("capacity", "capacity"),
        ("about", "about"),
        ("state", "state"),
        ("mentees", "active_load"),
        ("occupation_title", "occupation.title"),
        ("languages_in_words", lambda row: in_words(row.languages)),
        ("oriented_on", "oriented_on"),
        ("paused_until", "paused_until"),
        ("volunteered", "joined_at"),
    ]


def note_export(council: Council, *, count: int, by: User) -> None:
    """Note who took a list of people along."""
    authorize(by, "mentoring.see_people", council)
    audit.record("mentoring.mentors_exported", by=by, council=council, reason=f"{count}")
