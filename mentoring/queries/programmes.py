"""The mentoring programmes that the public may see, their open intakes, and what they ask for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from allies.kit.bilingual import alphabetical
from councils.models import Council, Organisation, StakeholderGroup
from councils.states import Stage
from mentoring.eligibility import Rules
from mentoring.models import EligibilityRules, Intake, Programme
from mentoring.states import IntakeState

# Who helps somebody for whom the programme is too early: settlement, training, assessment.
HELPING_GROUPS = (StakeholderGroup.COMMUNITY, StakeholderGroup.POST_SECONDARY, StakeholderGroup.ASSESSMENT)
GONE = (Stage.MERGED, Stage.CLOSED)


def published_programmes() -> "QuerySet[Programme]":
    """The programmes that may be shown: published ones of published councils that still work."""
    found: QuerySet[Programme] = (
        Programme.objects.filter(is_published=True, council__is_published=True)
        .exclude(council__stage__in=GONE)
        .select_related("council__place", "council__province", "delivered_by")
    )
    return found


def taking_applications(today: date | None = None) -> "QuerySet[Intake]":
    """The intakes to which one can apply today, the one that closes first first."""
    day = today or timezone.localdate()
    found: QuerySet[Intake] = Intake.objects.filter(state=IntakeState.OPEN, closes_on__gte=day, opens_on__lte=day)
    return found.order_by("closes_on", "pk")


def upcoming_intakes(today: date | None = None) -> "QuerySet[Intake]":
    """The intakes that open later, the next one first."""
    day = today or timezone.localdate()
    found: QuerySet[Intake] = Intake.objects.filter(
        Q(state=IntakeState.PLANNED, closes_on__gte=day) | Q(state=IntakeState.OPEN, opens_on__gt=day)
    )
    return found.order_by("opens_on", "pk")


def is_open(intake: Intake, today: date | None = None) -> bool:
    """Whether one can apply to an intake today."""
    day = today or timezone.localdate()
    return intake.state == IntakeState.OPEN and intake.opens_on <= day <= intake.closes_on


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme as the public sees it: with the intakes that take applications, and the next one to come."""

    programme: Programme
    open: list[Intake]
    next: Intake | None

    @property
    def intake(self) -> Intake | None:
        """The intake to apply to."""
        return self.open[0] if self.open else None


@dataclass(frozen=True, slots=True)
class AtCouncil:
    """A council with what it offers."""

    council: Council
    offers: list[Offer]


def offers_by_council() -> list[AtCouncil]:
    """All that newcomers can apply to, by council: what is open first, then by the place's name."""
    found: dict[Council, list[Offer]] = {}
    programmes = _with_intakes().order_by(alphabetical("council__place__name"), "kind", alphabetical("name"), "pk")
    for programme in programmes:
        found.setdefault(programme.council, []).append(_offer(programme))
    for offers in found.values():
        offers.sort(key=lambda offer: not offer.open)
    places = [AtCouncil(council, offers) for council, offers in found.items()]
    return sorted(places, key=lambda place: not place.offers[0].open)


def open_at(council: Council) -> list[Offer]:
    """What newcomers can apply to at one council, what is open first."""
    programmes = _with_intakes().filter(council=council).order_by("kind", alphabetical("name"), "pk")
    return sorted((_offer(programme) for programme in programmes), key=lambda offer: not offer.open)


def _with_intakes() -> "QuerySet[Programme]":
    return published_programmes().prefetch_related(
        Prefetch("intakes", taking_applications(), to_attr="open_now"),
        Prefetch("intakes", upcoming_intakes(), to_attr="to_come"),
    )


def _offer(programme: Programme) -> Offer:
    to_come: list[Intake] = programme.to_come  # type: ignore[attr-defined]
    return Offer(programme, programme.open_now, to_come[0] if to_come else None)  # type: ignore[attr-defined]


def offer_at(council: Council, slug: str) -> Offer | None:
    """What a council offers at an address, if the public may see it."""
    programme = published_programmes().filter(council=council, slug=slug).first()
    if programme is None:
        return None
    own = {"programme": programme}
    return Offer(programme, list(taking_applications().filter(**own)), upcoming_intakes().filter(**own).first())


def newest_rules(programme: Programme) -> EligibilityRules:
    """The rules in force; those that the network recommends, not yet kept, where a programme wrote none."""
    rules: EligibilityRules | None = EligibilityRules.objects.filter(programme=programme).order_by("-version").first()
    return rules or EligibilityRules(programme=programme)


def as_rules(rules: EligibilityRules, programme: Programme) -> Rules:
    """The rules as the judging sees them."""
    return Rules(
        statuses=tuple(rules.statuses),
        least_years=rules.least_years,
        recent_years=rules.recent_years,
        least_level=rules.least_level,
        language=programme.language,
        hours=programme.hours,
        weeks=programme.weeks,
    )


def helping_services(council: Council) -> "QuerySet[Organisation]":
    """The public organisations at a council's table that help people get ready, by name."""
    found: QuerySet[Organisation] = Organisation.objects.filter(
        council=council, is_public=True, left_on=None, group__in=HELPING_GROUPS
    )
    return found.order_by(alphabetical("name"), "pk")
