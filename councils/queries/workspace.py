"""What waits at a council, counted: the first thing its staff see in the morning."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
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
from councils.queries.translation import Side, drift, sides_behind
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


def items(council: Council, *, for_staff: bool = True) -> Iterator[Item]:
    """Every item of a council that is public or may become so, with the sides that are behind; six queries.

    People who don't work there see no story before the person it is about agreed to be public.
    """
    stories = Story.objects.exclude(state=StoryState.WITHDRAWN)
    if not for_staff:
        stories = stories.filter(state=StoryState.PUBLISHED)
    rows: list[tuple[str, Any, bool]] = [("profile", council, council.is_published)]
    rows += [
        ("programme", row, row.is_published) for row in LocalProgramme.objects.order_by(alphabetical("name"), "pk")
    ]
    rows += [("event", row, row.is_published) for row in Event.objects.order_by("-starts_on", "pk")]
    rows += [("story", row, row.state == StoryState.PUBLISHED) for row in stories.order_by(alphabetical("title"), "pk")]
    rows += [
        ("reflection", row, row.state == ReflectionState.PUBLISHED)
        for row in Reflection.objects.select_related("council").order_by("-year")
    ]
    rows += [("body", row, row.is_published) for row in Body.objects.order_by(alphabetical("name"), "pk")]
    since = drift([row for _kind, row, _published in rows])
    for kind, row, published in rows:
        yield Item(
            kind=kind,
            pk=row.pk,
            title=str(row.year) if kind == "reflection" else str(row),
            is_published=published,
            sides=list(sides_behind(row, since.get(str(row.pk)))),
            year=getattr(row, "year", None),
            is_draft=getattr(row, "state", None) in (StoryState.DRAFT, ReflectionState.DRAFT),
        )


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
        behind=sum(bool(item.sides) for item in items(council)),
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
