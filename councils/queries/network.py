"""The state of the whole network: all councils, what stands out, and what changed lately."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allies.kit.audit import Entry
from allies.kit.bilingual import alphabetical
from councils.models import (
    Body,
    Council,
    Event,
    Fact,
    Invitation,
    LocalProgramme,
    Membership,
    Reflection,
    RetiredSlug,
    Story,
)
from councils.models.council import CouncilQuerySet
from councils.queries.facts_register import disputed
from councils.roles import Role
from councils.states import ReflectionState, Stage

ALIVE = (Stage.OPERATING, Stage.START_UP, Stage.EXPLORING, Stage.ENQUIRY)

# What councils write in both languages, by model: one language without the other is behind.
BILINGUAL: dict[type, tuple[str, ...]] = {
    Council: ("region", "host", "partnership", "summary", "history"),
    LocalProgramme: ("name", "summary"),
    Body: ("name", "purpose"),
    Event: ("title", "summary"),
    Story: ("title", "body"),
    Reflection: Reflection.QUESTIONS,
}

# Acts worth telling across the network, in plain words; who did them stays in the audit trail.
WORDS: dict[str, str | Promise] = {
    "councils.added": _("was taken into the registry"),
    "councils.stage_changed": _("moved to another stage"),
    "councils.merged": _("merged"),
    "councils.renamed": _("has a new name or address"),
    "councils.readiness_scored": _("was scored for readiness"),
    "councils.figure_added": _("has a new figure"),
    "councils.figure_edited": _("has a corrected figure"),
    "councils.figure_published": _("has a published figure"),
    "councils.figure_taken_back": _("has a figure taken back from publication"),
    "councils.value_added": _("has another source for a figure"),
    "councils.value_edited": _("has a corrected value of a figure"),
    "councils.value_shown": _("shows another value of a figure"),
}


def half(*names: str) -> Q:
    """State that a bilingual field is filled in one language only."""
    found = Q()
    for name in names:
        found |= Q(**{f"{name}_en": ""}) ^ Q(**{f"{name}_fr": ""})
    return found


def is_behind() -> Q:
    """State that something of a council is written in one language only."""
    found = half(*BILINGUAL[Council])
    for model, names in BILINGUAL.items():
        if model is not Council:
            rows = model._default_manager.filter(council=OuterRef("pk"))  # type: ignore[attr-defined]
            found |= Q(Exists(rows.filter(half(*names))))
    return found


def without_staff() -> Q:
    """State that a council operates although nobody is its coordinator today."""
    staff = Membership.objects.current().filter(council=OuterRef("pk"), role=Role.COORDINATOR)
    return Q(stage=Stage.OPERATING, kind=Council.Kind.COUNCIL) & ~Q(Exists(staff))


def without_reflection(year: int | None = None) -> Q:
    """State that an operating council has handed in no reflection for the year, this one if none is given."""
    handed_in = Reflection.objects.filter(council=OuterRef("pk"), year=year or timezone.localdate().year).exclude(
        state=ReflectionState.DRAFT
    )
    return Q(stage=Stage.OPERATING, kind=Council.Kind.COUNCIL) & ~Q(Exists(handed_in))


EXCEPTIONS: dict[str, tuple[str | Promise, Callable[[], Q]]] = {
    "stalled": (_("stalled"), lambda: Q(stage=Stage.STALLED)),
    "no_staff": (_("operating without a coordinator"), without_staff),
    "behind": (_("with a translation behind"), is_behind),
    "no_reflection": (_("without a reflection this year"), without_reflection),
    "unpublished": (_("not published"), lambda: Q(is_published=False)),
}


def all_councils() -> CouncilQuerySet:
    """Every council with what the national list shows; `staff_count` counts directors and coordinators of today."""
    staff = Membership.objects.current().staff().filter(council=OuterRef("pk")).order_by().values("council")
    counted = Coalesce(Subquery(staff.annotate(n=Count("*")).values("n")), 0)
    return Council.objects.select_related("place", "province").annotate(staff_count=counted).by_name()


@dataclass(frozen=True, slots=True)
class Share:
    """How many councils share a fact; on screen the number leads to them."""

    value: str
    label: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """The network at a glance."""

    stages: list[Share]
    provinces: list[Share]
    councils: int
    places: int
    exceptions: list[Share]
    disputed_figures: int


def pulse() -> Pulse:
    """Count the network in a fixed number of queries."""
    councils = list(Council.objects.select_related("province").order_by(alphabetical("province__name")))
    stages = Counter(council.stage for council in councils)
    provinces = Counter(council.province for council in councils)
    numbers = Council.objects.aggregate(
        **{name: Count("pk", filter=condition()) for name, (_label, condition) in EXCEPTIONS.items()}
    )
    return Pulse(
        stages=[Share(stage.value, stage.label, stages[stage]) for stage in Stage if stages[stage]],
        provinces=[Share(province.code, province.name, count) for province, count in provinces.items()],
        councils=sum(council.kind == Council.Kind.COUNCIL for council in councils),
        places=sum(council.kind == Council.Kind.SUPPORTED for council in councils),
        exceptions=[Share(name, label, numbers[name]) for name, (label, _condition) in EXCEPTIONS.items()],
        disputed_figures=disputed(Fact.objects.all()).count(),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One act, told in plain words."""

    entry: Entry
    council: Council | None
    words: str | Promise


def recent_changes(limit: int = 12, council: Council | None = None) -> list[Change]:
    """The latest acts across the network or at one council, newest first."""
    entries = Entry.objects.filter(action__in=WORDS)
    entries = entries.filter(tenant_id=council.pk) if council else entries.exclude(tenant_id=None)
    found = list(entries.order_by("-position")[:limit])
    councils = Council.objects.in_bulk([entry.tenant_id for entry in found])
    return [Change(entry, councils.get(entry.tenant_id), WORDS[entry.action]) for entry in found]


def peers(council: Council) -> list[Council]:
    """The living councils of the same population band, those that operate first."""
    if not council.population:
        return []
    found = Council.objects.filter(population=council.population, kind=council.kind, stage__in=ALIVE)
    listed = found.exclude(pk=council.pk).select_related("place", "province").by_name()
    return sorted(listed, key=lambda peer: peer.stage != Stage.OPERATING)


def living(but: Council | None = None) -> CouncilQuerySet:
    """The councils that have not ended, by name; `but` leaves one out."""
    found = Council.objects.exclude(stage__in=[Stage.MERGED, Stage.CLOSED]).by_name()
    return found.exclude(pk=but.pk) if but else found


def retired_addresses(council: Council) -> list[RetiredSlug]:
    """The addresses that still lead to a council."""
    return list(council.retired_slugs.order_by("slug"))


def count_staff(council: Council) -> int:
    """How many people work for a council today."""
    return int(Membership.objects.filter(council=council).current().staff().count())


def ended_by_a_merger(council: Council) -> dict[str, int]:
    """Count the roles and open invitations that a merger ends."""
    return {
        "roles": Membership.objects.filter(council=council).current().count(),
        "invitations": Invitation.objects.filter(council=council, accepted_at=None, revoked_at=None).count(),
    }
