"""What waits at a council, counted: the first thing its staff see in the morning."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from allies.kit.bilingual import alphabetical
from councils.models import (
    Body,
    Council,
    Event,
    Invitation,
    LocalProgramme,
    Meeting,
    Membership,
    Organisation,
    Reflection,
    StakeholderGroup,
    Story,
)
from councils.queries.network import half
from councils.queries.translation import TEXTS, Side, Since, drift_of, sides_behind
from councils.states import ReflectionState, Stage, StoryState

ENDING_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Item:
    """One public item of a council and the sides on which it is behind."""

    kind: str
    pk: UUID
    title: str
    is_published: bool
    sides: list[Side] = field(default_factory=list)
    year: int | None = None
    is_draft: bool = False

    def is_behind(self, language: str) -> bool:
        """Whether some text waits for this language."""
        return any(side.language == language for side in self.sides)


Key = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Translations:
    """The items of a council: those that are behind, and of the others the kind and the identifier."""

    behind: list[Item]
    complete: list[Key]


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits at a council."""

    drafts: dict[str, int]
    stories_submitted: int
    behind: int
    meetings: list[Meeting]
    roles_ending: list[Membership]
    invitations: int
    invitations_expired: int
    reflection: Reflection | None
    reflection_year: int
    reflection_due: bool
    missing_groups: list[str]

    @property
    def drafts_total(self) -> int:
        """The drafts of every kind together."""
        return sum(self.drafts.values())


def _kinds(*, for_staff: bool) -> dict[str, "QuerySet[Any]"]:
    stories = Story.objects.exclude(state=StoryState.WITHDRAWN)
    if not for_staff:
        stories = stories.filter(state=StoryState.PUBLISHED)
    return {
        "programme": LocalProgramme.objects.order_by(alphabetical("name"), "pk"),
        "event": Event.objects.order_by("-starts_on", "pk"),
        "story": stories.order_by(alphabetical("title"), "pk"),
        "reflection": Reflection.objects.select_related("council").order_by("-year"),
        "body": Body.objects.order_by(alphabetical("name"), "pk"),
    }


def _item(kind: str, row: Any, since: Since | None = None) -> Item:
    state = getattr(row, "state", None)
    return Item(
        kind=kind,
        pk=row.pk,
        title=str(row.year) if kind == "reflection" else str(row),
        is_published=state in (StoryState.PUBLISHED, ReflectionState.PUBLISHED) if state else row.is_published,
        sides=list(sides_behind(row, since)),
        year=getattr(row, "year", None),
        is_draft=state in (StoryState.DRAFT, ReflectionState.DRAFT),
    )


def translations(council: Council, *, for_staff: bool = True) -> Translations:
    """Every item of a council that is public or may become so; only those that are behind are read in full.

    People who don't work there see no story before the person it is about agreed to be public.
    """
    kinds = _kinds(for_staff=for_staff)
    keys = [(kind, pk) for kind, rows in kinds.items() for pk in rows.values_list("pk", flat=True)]
    since = drift_of([(Council, council.pk), *((kinds[kind].model, pk) for kind, pk in keys)])
    profile = _item("profile", council, since.get(str(council.pk)))
    behind = [profile] if profile.sides else []
    for kind, rows in kinds.items():
        drifted = [pk for name, pk in keys if name == kind and since.get(str(pk))]
        late = rows.filter(half(*TEXTS[rows.model].labels) | Q(pk__in=drifted))
        behind += [_item(kind, row, since.get(str(row.pk))) for row in late]
    told = {(item.kind, item.pk) for item in behind}
    return Translations(behind, [key for key in [("profile", council.pk), *keys] if key not in told])


def in_full(council: Council, entries: Iterable[Item | Key]) -> list[Item]:
    """Read the items of which only the kind and the identifier are known."""
    entries = list(entries)
    found: dict[Key, Item] = {("profile", council.pk): _item("profile", council)}
    for kind, rows in _kinds(for_staff=True).items():
        if pks := [entry[1] for entry in entries if not isinstance(entry, Item) and entry[0] == kind]:
            found |= {(kind, row.pk): _item(kind, row) for row in rows.filter(pk__in=pks)}
    return [entry if isinstance(entry, Item) else found[entry] for entry in entries]


def waiting(council: Council) -> Waiting:
    """Count what waits, within the council's scope."""
    now, today = timezone.now(), timezone.localdate()
    open_invitations = Invitation.objects.filter(accepted_at=None, revoked_at=None)
    found = {
        str(group)
        for group in Organisation.objects.filter(Q(left_on=None) | Q(left_on__gt=today)).values_list("group", flat=True)
    }
    reflection = Reflection.objects.filter(year=today.year).first()
    return Waiting(
        drafts={
            "programme": LocalProgramme.objects.filter(is_published=False, ended_on=None).count(),
            "event": Event.objects.filter(is_published=False).count(),
            "story": Story.objects.filter(state=StoryState.DRAFT).count(),
        },
        stories_submitted=Story.objects.filter(state=StoryState.SUBMITTED).count(),
        behind=len(translations(council).behind),
        meetings=list(
            Meeting.objects.filter(ends_at__gte=now, cancelled_at=None)
            .select_related("body")
            .order_by("starts_at", "pk")[:3]
        ),
        roles_ending=list(
            Membership.objects.current(today)
            .filter(ends_on__lte=today + ENDING_WITHIN)
            .select_related("person")
            .order_by("ends_on", "pk")
        ),
        invitations=open_invitations.filter(expires_at__gt=now).count(),
        invitations_expired=open_invitations.filter(expires_at__lte=now).count(),
        reflection=reflection,
        reflection_year=today.year,
        reflection_due=council.kind == Council.Kind.COUNCIL
        and council.stage in (Stage.START_UP, Stage.OPERATING)
        and (reflection is None or reflection.state == ReflectionState.DRAFT),
        missing_groups=[str(group.label) for group in StakeholderGroup if group.value not in found],
    )
