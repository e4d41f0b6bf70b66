"""What a person may know about the data kept on them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit import audit
from allies.kit.privacy import Declaration, Keep, declarations
from allies.kit.scope import across
from councils.consents import CURRENT, current_wording, wording
from councils.models import Consent, Council, Membership, User
from councils.roles import AT_A_COUNCIL, NATIONAL, Role

# The sign-in package names its tables and fields in its own words, partly in English only.
_MODELS: dict[str, str | Promise] = {
    "account.emailaddress": gettext_lazy("e-mail addresses for signing in"),
    "mfa.authenticator": gettext_lazy("second steps at sign-in"),
    "usersessions.usersession": gettext_lazy("sessions"),
}
_FIELDS: dict[str, str | Promise] = {
    "email": gettext_lazy("e-mail address"),
    "type": gettext_lazy("kind"),
    "created_at": gettext_lazy("when it began"),
    "last_used_at": gettext_lazy("last used"),
    "last_seen_at": gettext_lazy("last seen"),
    "ip": gettext_lazy("network address"),
    "user_agent": gettext_lazy("browser"),
}


def _model_words(model: type[Model]) -> str:
    return str(_MODELS.get(model._meta.label_lower) or model._meta.verbose_name_plural)


def _field_words(model: type[Model], name: str) -> str:
    if model._meta.label_lower in _MODELS:
        return str(_FIELDS[name])
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Opening:
    """One time that somebody opened a person's record."""

    at: datetime
    who: str
    roles: tuple[str, ...]
    council: Council | None
    reason: str


def opening_entries(person: User) -> QuerySet[audit.Entry]:
    """The times that somebody opened a person's record, newest first, as the audit trail keeps them."""
    return audit.about(person).filter(action="people.opened")


def openings(entries: Iterable[audit.Entry]) -> list[Opening]:
    """Say of each opening who it was, with the roles held on that day; three queries for any number."""
    found = list(entries)
    councils = Council.objects.in_bulk({entry.tenant_id for entry in found if entry.tenant_id})
    with across():
        terms = list(Membership.objects.filter(person__in={entry.actor_id for entry in found}))
    return [
        Opening(
            entry.at,
            str(entry.actor),
            tuple(sorted({t.get_role_display() for t in terms if _held(t, entry)})),
            councils.get(entry.tenant_id),
            entry.reason,
        )
        for entry in found
    ]


def _held(term: Membership, entry: audit.Entry) -> bool:
    day = timezone.localdate(entry.at)
    if term.person_id != entry.actor_id or term.council_id not in (None, entry.tenant_id):
        return False
    return term.starts_on <= day and (term.ends_on is None or day < term.ends_on)


def opening_facts(opening: Opening) -> dict[str, Any]:
    """One opening as plain values, for an export."""
    return {
        "at": opening.at.isoformat(),
        "who": opening.who,
        "roles": list(opening.roles),
        "council": opening.council.name if opening.council else "",
        "reason": opening.reason,
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """One purpose, the words in which it is asked for, and where the person stands."""

    purpose: str
    label: str
    words: str | Promise
    given: Consent | None
    given_words: str | Promise
    is_current: bool
    earlier: tuple[Consent, ...]


def consents_of(person: User) -> list[Asked]:
    """Every purpose with what the person agreed to, now and before."""
    rows = list(Consent.objects.filter(person=person).order_by("-given_at"))
    found = []
    for purpose in Consent.Purpose:
        given = next((row for row in rows if row.purpose == purpose and row.withdrawn_at is None), None)
        found.append(
            Asked(
                purpose.value,
                str(purpose.label),
                current_wording(purpose),
                given,
                wording(purpose, given.wording) if given else "",
                given is not None and given.wording == CURRENT[purpose],
                tuple(row for row in rows if row.purpose == purpose and row.withdrawn_at is not None),
            )
        )
    return found


def handover_reasons(person: User) -> list[str]:
    """The roles, in words, that a person has to hand over before their data can be erased."""
    with across():
        held = (
            Membership.objects.filter(person=person, role__in=sorted(AT_A_COUNCIL | NATIONAL))
            .exclude(ends_on__lte=timezone.localdate())
            .select_related("council")
        )
        return [
            _("%(role)s at %(council)s") % {"role": Role(m.role).label, "council": m.council.name}
            if m.council
            else str(Role(m.role).label)
            for m in held
        ]


def erased_on_request() -> list[tuple[str, list[str]]]:
    """What an erasure removes: the kind of record and the names of its fields."""
    return [
        (
            _model_words(declaration.model),
            [
                _field_words(declaration.model, name)
                for name, rule in declaration.personal.items()
                if not isinstance(rule.erase, Keep)
            ],
        )
        for declaration in declarations()
        if declaration.owner and any(not isinstance(rule.erase, Keep) for rule in declaration.personal.values())
    ]


def kept_after_erasure() -> list[tuple[str, str]]:
    """What stays after an erasure, and why: the kind of record and the reason, each pair once."""
    pairs: dict[tuple[str, str], None] = {}
    for declaration in declarations():
        if declaration.owner:
            for rule in declaration.personal.values():
                if isinstance(rule.erase, Keep):
                    pairs[_model_words(declaration.model), str(rule.erase.reason)] = None
    return list(pairs)


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of record in words: its name, the names of its fields, and its rows."""

    name: str
    columns: list[str]
    rows: list[list[Any]]


def in_words(data: dict[str, Any]) -> Iterator[Table]:
    """Turn an export into tables with the names that people know."""
    known: dict[str, Declaration] = {d.model._meta.label_lower: d for d in declarations()}
    for label, rows in data["records"].items():
        model, names = apps.get_model(label), list(known[label].personal)
        yield Table(
            _model_words(model),
            [_field_words(model, name) for name in names],
            [[_cell(row[name]) for name in names] for row in rows],
        )


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
