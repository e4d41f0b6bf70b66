"""A council's public page: the address it is found at, and everything that may be read there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical, current_language, other_language
from allies.kit.states import Step, draw
from councils.models import (
    Body,
    Council,
    Event,
    FormerName,
    LocalProgramme,
    Membership,
    Organisation,
    Reflection,
    Seat,
    StageChange,
    StakeholderGroup,
    Story,
)
from councils.queries.figures import Figure, as_figures, figures_of
from councils.queries.labour import CityTable, city_tables
from councils.queries.published import (
    agreed_to_contact,
    past,
    public_contacts,
    published_events,
    published_stories,
    upcoming,
)
from councils.states import ReflectionState, Stage

LATEST = 3
IN_A_GROUP = 12
WAY = (Stage.ENQUIRY, Stage.EXPLORING, Stage.START_UP, Stage.OPERATING)
ROLES = (
    (_("Catalyst"), _("Starts programmes and finds who can run them.")),
    (_("Clearinghouse and referral"), _("Gathers what there is and sends people to the right place.")),
    (_("Awareness"), _("Tells employers and the public what newcomers bring.")),
    (_("Facilitator"), _("Brings partners together so that they solve problems jointly.")),
)
STAYS_OUT = (
    _("It does not take part in the national Mentor Match: its mentoring data stays with it."),
    _("It does not take part in national campaigns."),
    _("It does not take part in national advocacy."),
)
FOR_NEWCOMERS = (
    LocalProgramme.Kind.MENTORING,
    LocalProgramme.Kind.CONNECTOR,
    LocalProgramme.Kind.SPEED_NETWORKING,
    LocalProgramme.Kind.INTERNSHIP,
    LocalProgramme.Kind.BRIDGING,
    LocalProgramme.Kind.LOANS,
    LocalProgramme.Kind.LANGUAGE,
    LocalProgramme.Kind.ASSESSMENT,
    LocalProgramme.Kind.MATCHING,
    LocalProgramme.Kind.INFORMATION,
)


def at_address(slug: str) -> Council | None:
    """The published council at an address: of this language, else of the other one, else one that it left behind."""
    councils = Council.objects.published().select_related("place", "province", "merged_into")
    here, there = current_language(), other_language(current_language())
    found = {council.pk: council for council in councils.called(slug)}.values()
    return (
        next((council for council in found if getattr(council, f"slug_{here}") == slug), None)
        or next((council for council in found if getattr(council, f"slug_{there}") == slug), None)
        or councils.filter(retired_slugs__slug=slug).first()
    )


def successor_of(council: Council) -> Council | None:
    """The published council at the end of the chain of mergers, if a council was merged into another one."""
    passed, now = {council.pk}, council
    while now.stage == Stage.MERGED and now.merged_into is not None and now.merged_into_id not in passed:
        now = now.merged_into
        passed.add(now.pk)
    return now if now.pk != council.pk and now.is_published and now.stage != Stage.MERGED else None


def joined(council: Council) -> list[Council]:
    """The published councils that were merged into a council, by name."""
    return list(Council.objects.published().filter(merged_into=council).by_name())


def stage_path(council: Council, changes: Iterable[StageChange]) -> list[Step]:
    """Draw the way from enquiry to operating; a halt or an end stands after the furthest step that was reached."""
    path = list(WAY)
    if council.stage not in path:
        reached = [path.index(Stage(change.to_stage)) for change in changes if change.to_stage in path]
        path = [*path[: max(reached, default=-1) + 1], Stage(council.stage)]
    return draw([(stage.value, str(stage.label)) for stage in path], council.stage)


def stage_changes(council: Council) -> list[StageChange]:
    """The steps of a council's life, the first one first."""
    return list(council.stage_changes.order_by("on", "created_at", "pk"))


def former_names(council: Council) -> list[FormerName]:
    """The names that a council bore, the oldest first."""
    return list(council.former_names.order_by("ends_on", "pk"))


def public_programmes(council: Council) -> list[LocalProgramme]:
    """The published programmes, by kind, each with the partners whose names may be shown in `partners`."""
    partners = Organisation.objects.filter(is_public=True).order_by(alphabetical("name"))
    return list(
        LocalProgramme.objects.filter(council=council, is_published=True)
        .prefetch_related(Prefetch("delivered_by", partners, to_attr="partners"))
        .order_by("ended_on", "kind", alphabetical("name"))
    )


def public_bodies(council: Council) -> list[Body]:
    """The published bodies with the number of seats held today; `open_seats` are those of people who agreed."""
    term = Q(seats__starts_on__lte=timezone.localdate()) & (
        Q(seats__ends_on=None) | Q(seats__ends_on__gt=timezone.localdate())
    )
    chosen = Membership.objects.current().filter(person=OuterRef("person"), council=council, is_public=True)
    open_seats = (
        Seat.objects.current()
        .filter(Exists(chosen), agreed_to_contact("person"), person__is_active=True, person__erased_at=None)
        .select_related("person", "organisation")
        .order_by("person__name", "pk")
    )
    return list(
        Body.objects.filter(council=council, is_published=True)
        .select_related("sector")
        .annotate(seats_held=Count("seats", filter=term))
        .prefetch_related(Prefetch("seats", open_seats, to_attr="open_seats"))
        .order_by("ends_on", "kind", alphabetical("name"))
    )


def latest_reflection(council: Council) -> Reflection | None:
    """The latest published look back."""
    return (
        Reflection.objects.filter(council=council, state=ReflectionState.PUBLISHED)
        .only("year", *(f"biggest_{what}_{lang}" for what in ("success", "challenge") for lang in ("en", "fr")))
        .order_by("-year")
        .first()
    )


def public_members(council: Council) -> "QuerySet[Organisation]":
    """The organisations at the table whose names may be shown, by group."""
    members = Organisation.objects.filter(council=council, is_public=True, left_on=None)
    return members.order_by("group", alphabetical("name"), "pk")


@dataclass(frozen=True, slots=True)
class Group:
    """A stakeholder group at the table: its first organisations, and how many it has."""

    label: str
    count: int
    organisations: list[Organisation]


def groups_at_the_table(council: Council) -> list[Group]:
    """The groups at the table, each with as many organisations as the council's page has room for."""
    in_order = [alphabetical("name"), F("pk").asc()]
    first = public_members(council).annotate(
        turn=Window(RowNumber(), partition_by="group", order_by=in_order), of=Window(Count("pk"), partition_by="group")
    )
    found: dict[str, list[Any]] = {}
    for organisation in first.filter(turn__lte=IN_A_GROUP):
        found.setdefault(organisation.group, []).append(organisation)
    return [Group(str(StakeholderGroup(group).label), rows[0].of, rows) for group, rows in found.items()]


@dataclass(slots=True)
class Profile:
    """Everything that a council's page shows, read in a fixed number of queries."""

    council: Council
    steps: list[Step] = field(init=False)
    changes: list[StageChange] = field(init=False)
    names: list[FormerName] = field(init=False)
    bodies: list[Body] = field(init=False)
    programmes: list[LocalProgramme] = field(init=False)
    table: list[Group] = field(init=False)
    figures: list[Figure] = field(init=False)
    reflection: Reflection | None = field(init=False)
    stories: list[Story] = field(init=False)
    next_events: list[Event] = field(init=False)
    past_events: list[Event] = field(init=False)
    contacts: list[Membership] = field(init=False)
    joined: list[Council] = field(init=False)
    labour: list[CityTable] = field(init=False)

    def __post_init__(self) -> None:
        council = self.council
        self.changes = stage_changes(council)
        self.steps = stage_path(council, self.changes)
        self.names = former_names(council)
        self.bodies = public_bodies(council)
        self.programmes = public_programmes(council)
        self.table = groups_at_the_table(council)
        self.figures = [figure for figure in as_figures(figures_of(council)) if figure.is_number]
        self.reflection = latest_reflection(council)
        self.stories = list(published_stories(council)[:LATEST])
        self.next_events = list(upcoming(published_events(council))[:LATEST])
        self.past_events = list(past(published_events(council))[:LATEST])
        self.contacts = list(public_contacts(council))
        self.joined = joined(council)
        self.labour = city_tables(council.place)

    @property
    def has_ended(self) -> bool:
        """Whether the council no longer works under its name."""
        return self.council.stage in (Stage.MERGED, Stage.CLOSED)

    @property
    def roles(self) -> list[tuple[str | Promise, str | Promise]]:
        """The parts that the council plays in its region, with what each means."""
        council = self.council
        played = (council.is_catalyst, council.is_clearinghouse, council.raises_awareness, council.is_facilitator)
        return [words for words, plays in zip(ROLES, played, strict=True) if plays]

    @property
    def stays_out(self) -> list[str | Promise]:
        """What the network does together without this council."""
        council = self.council
        takes_part = (council.joins_national_match, council.joins_campaigns, council.joins_advocacy)
        return [words for words, joins in zip(STAYS_OUT, takes_part, strict=True) if not joins]

    @property
    def folded_away(self) -> int:
        """How many organisations sit at the table if the page has room for some of them only, otherwise none."""
        listed, seated = sum(len(group.organisations) for group in self.table), sum(group.count for group in self.table)
        return seated if listed < seated else 0

    @property
    def newcomer_programmes(self) -> list[LocalProgramme]:
        """The programmes that still run and are meant for newcomers themselves."""
        return [p for p in self.programmes if p.kind in FOR_NEWCOMERS and p.ended_on is None]
