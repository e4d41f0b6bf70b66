"""The network's programmes as models for others: what each is, where it stands, and what honestly came of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from allies.kit.bilingual import alphabetical
from allies.kit.scope import across
from councils.models import Province
from mentoring.models import FollowUp, Intake, Pair, Programme
from mentoring.outcomes import Share
from mentoring.queries.counted import kept
from mentoring.queries.measures import LABELS, MEASURES
from mentoring.queries.programmes import GONE, published_programmes
from mentoring.queries.results import Chosen, share_of
from mentoring.queries.tallies import WAVES, Choice, ledgers
from mentoring.states import IntakeState, PairState

_UNDER_WAY = (IntakeState.CLOSED, IntakeState.MATCHING, IntakeState.RUNNING)
# What is told of a model.
SHOWN = ("at_work", "full_time", "in_field")
Shares = dict[str, list[Share | None]]


class Standing(StrEnum):
    """Where a programme stands, by its intakes."""

    OPEN = "open"
    RUNNING = "running"
    BETWEEN = "between"
    SETTING_UP = "setting_up"


STANDINGS: dict[Standing, str | Promise] = {
    Standing.OPEN: _("Takes applications"),
    Standing.RUNNING: pgettext_lazy("programme", "Under way"),
    Standing.BETWEEN: _("Between intakes"),
    Standing.SETTING_UP: _("Being set up"),
}
LOOKS = {Standing.OPEN: "good", Standing.RUNNING: "", Standing.BETWEEN: "quiet", Standing.SETTING_UP: "wait"}


@dataclass(frozen=True, slots=True)
class Told:
    """One indicator of a programme: at the start, and at the last wave that may be told."""

    label: str | Promise
    shares: Sequence[tuple[str | Promise, Share]]


@dataclass(frozen=True, slots=True)
class Model:
    """A published programme with what another council wants to know before it does the same."""

    programme: Programme
    standing: Standing
    ended: int
    completed: int
    told: list[Told]
    # When the results were counted, where that may be minutes ago.
    at: datetime | None = None

    @property
    def words(self) -> str | Promise:
        """Where it stands, in words."""
        return STANDINGS[self.standing]

    @property
    def look(self) -> str:
        """The look of where it stands."""
        return LOOKS[self.standing]

    @property
    def rate(self) -> float:
        """The share of the pairs that ended which were completed."""
        return self.completed / self.ended if self.ended else 0.0

    @property
    def has_results(self) -> bool:
        """Whether any indicator may be told."""
        return any(told.shares for told in self.told)


@dataclass(frozen=True, slots=True)
class Region:
    """How many programmes of a province stand where."""

    province: Province
    counts: list[int]


def models(*, kind: str = "", language: str = "", partner: str = "") -> list[Model]:
    """The published programmes of the network by council and name; four queries however many there are.

    `partner` is a group of stakeholders, or "council" for programmes that a council delivers itself.
    """
    with across():
        found = published_programmes()
        if kind:
            found = found.filter(kind=kind)
        if language:
            found = found.filter(language=language)
        if partner:
            alone = partner == "council"
            found = found.filter(delivered_by=None) if alone else found.filter(delivered_by__group=partner)
        programmes = list(found.order_by(alphabetical("council__name"), alphabetical("name"), "pk"))
        shares, at = kept(f"models:{timezone.localdate()}", _shares)
        standings, ends = _standings(programmes), _ends(programmes)
    return [
        Model(programme, standings[programme.pk], *ends.get(programme.pk, (0, 0)), _told(shares.get(programme.pk)), at)
        for programme in programmes
    ]


def model(key: UUID) -> Programme | None:
    """One published programme, with its council."""
    with across():
        return published_programmes().filter(pk=key).first()


def regions() -> list[Region]:
    """The programmes of councils that still work by province, those being set up among them; two queries."""
    with across():
        found = Programme.objects.exclude(council__stage__in=GONE).select_related("council__province")
        programmes = list(found.order_by(alphabetical("council__province__name")))
        standings = _standings(programmes)
    counts: dict[Province, Counter[Standing]] = {}
    for programme in programmes:
        counts.setdefault(programme.council.province, Counter())[standings[programme.pk]] += 1
    return [Region(province, [found[standing] for standing in Standing]) for province, found in counts.items()]


def _standings(programmes: Sequence[Programme]) -> dict[UUID, Standing]:
    today = timezone.localdate()
    is_open = Q(state=IntakeState.OPEN, opens_on__lte=today, closes_on__gte=today)
    rows = Intake.objects.filter(programme__in=programmes).order_by().values_list("programme")
    found = {
        key: (opened, running, begun)
        for key, opened, running, begun in rows.annotate(
            a=Count("pk", filter=is_open),
            b=Count("pk", filter=Q(state__in=_UNDER_WAY)),
            c=Count("pk", filter=~Q(state=IntakeState.PLANNED)),
        )
    }
    return {programme.pk: _standing(programme, *found.get(programme.pk, (0, 0, 0))) for programme in programmes}


def _standing(programme: Programme, opened: int, running: int, begun: int) -> Standing:
    if not programme.is_published or not begun:
        return Standing.SETTING_UP
    return Standing.OPEN if opened else Standing.RUNNING if running else Standing.BETWEEN


def _ends(programmes: Iterable[Programme]) -> dict[UUID, tuple[int, int]]:
    ended = Pair.objects.filter(programme__in=programmes, state__in=[PairState.COMPLETED, PairState.ENDED_EARLY])
    counts = ended.order_by().values_list("programme")
    completed = Count("pk", filter=Q(state=PairState.COMPLETED))
    return {key: (n, done) for key, n, done in counts.annotate(a=Count("pk"), b=completed)}


def _shares() -> tuple[dict[UUID, Shares], int]:
    """What may be told of each programme at each wave, by indicator; and how many follow-ups that took."""
    councils = published_programmes().values("council")
    known = ledgers(FollowUp.objects.filter(pair__programme__council__in=councils), timezone.localdate())
    found: dict[UUID, Shares] = {}
    for ledger in known.values():
        for key in {atom.programme for atom in ledger.atoms}:
            source = Chosen(ledger, Choice(programme=key))
            found[key] = {
                measure.name: [share_of(source.told(wave, measure.number), measure) for wave in WAVES]
                for measure in MEASURES
                if measure.name in SHOWN
            }
    return found, sum(ledger.rows for ledger in known.values())


def _told(shares: Shares | None) -> list[Told]:
    found = []
    for measure in MEASURES:
        if shares and measure.name in SHOWN:
            told = [(LABELS[wave], share) for wave, share in zip(WAVES, shares[measure.name], strict=True) if share]
            found.append(Told(measure.label, [*told[:1], *told[-1:]] if len(told) > 1 else told))
    return found
