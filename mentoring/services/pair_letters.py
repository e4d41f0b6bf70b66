"""Letters about a pair, to its people and to the coordinators, each in the reader's own language."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from allies.kit import mail
from allies.kit.scope import across
from allies.kit.ui.formats import day
from councils.models import Membership, User
from councils.roles import COUNCIL_STAFF
from mentoring.models import Pair, Programme


def _send(
    pair: Pair, act: str, *, to: User, other: User, path: tuple[str, dict[str, Any]], key: str = "", **facts: Any
) -> None:
    if not to.is_active:
        return
    with override(to.language):
        said = {name: day(value) if isinstance(value, date) else value for name, value in facts.items()}
        context = {
            "act": act,
            "is_peer": pair.programme.kind == Programme.Kind.PEER,
            "other": other.name,
            "hours": pair.programme.hours,
            "programme": pair.programme.name,
            "council": pair.programme.council.name,
            "path": reverse(path[0], kwargs=path[1]),
            **said,
        }
    mail.send("mentoring/pair", to=to, language=to.language, context=context, key=key or None)


def to_person(pair: Pair, act: str, to: User, *, key: str = "", page: str = "pair-show", **facts: Any) -> None:
    """Write to one of the two."""
    path = (f"mentoring:{page}", {"pk": pair.pk})
    _send(pair, act, to=to, other=pair.other_of(to), path=path, key=key, **facts)


def to_mentee(pair: Pair, act: str, **facts: Any) -> None:
    """Write to the mentee."""
    to_person(pair, act, pair.mentee_person, **facts)


def to_mentor(pair: Pair, act: str, **facts: Any) -> None:
    """Write to the mentor."""
    to_person(pair, act, pair.mentor_person, **facts)


def to_both(pair: Pair, act: str, *, but: User | None = None, **facts: Any) -> None:
    """Write to the two people, leaving out whoever did it."""
    for person in (pair.mentee_person, pair.mentor_person):
        if but is None or person.pk != but.pk:
            to_person(pair, act, person, **facts)


def to_staff(pair: Pair, act: str, *, about: User) -> None:
    """Write to the staff of the council whose programme it is; what was said stays in the portal."""
    council = pair.programme.council
    with across():
        staff = User.objects.filter(
            pk__in=Membership.objects.current().filter(council=council, role__in=COUNCIL_STAFF).values("person")
        ).order_by("pk")
        people = list(staff)
    for person in people:
        with override(person.language):
            slug = council.slug
        path = ("mentoring:pair-staff", {"council": slug, "pk": pair.pk})
        _send(pair, act, to=person, other=about, path=path)
