"""What councils tell the public: stories with consent, events, and people who agreed to be contacted."""

from datetime import date, timedelta

from django.db.models import Case, DateField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from allies.kit.bilingual import alphabetical
from councils.models import Consent, Council, DatePrecision, Event, Membership, Organisation, StakeholderGroup, Story
from councils.states import StoryState


def published_stories(council: Council | None = None) -> "QuerySet[Story]":
    """The stories that may be read, newest first: published, of a published council, with consent that still holds."""
    stories = Story.objects.filter(
        state=StoryState.PUBLISHED,
        council__is_published=True,
        consent_given_on__isnull=False,
        consent_withdrawn_on=None,
    )
    if council is not None:
        stories = stories.filter(council=council)
    return stories.select_related("council", "photo").order_by("-published_at", "pk")


def published_events(council: Council | None = None) -> "QuerySet[Event]":
    """The events that may be announced: the network's own and those of published councils."""
    events = Event.objects.filter(Q(council=None) | Q(council__is_published=True), is_published=True)
    if council is not None:
        events = events.filter(council=council)
    return events.select_related("council__place", "place__province")


def immigrant_networks() -> "QuerySet[Organisation]":
    """The professional immigrant networks that published councils show, by city and name."""
    found = Organisation.objects.filter(
        Q(left_on=None) | Q(left_on__gt=timezone.localdate()),
        group=StakeholderGroup.IMMIGRANT_NETWORK,
        is_public=True,
        council__is_published=True,
    )
    return found.select_related("council__place", "sector").order_by(
        alphabetical("council__place__name"), alphabetical("name"), "pk"
    )


# An event known to the month or the year only may be on any of its days.
_STRETCH = Case(
    When(precision=DatePrecision.YEAR, then=Value(timedelta(days=365))),
    When(precision=DatePrecision.MONTH, then=Value(timedelta(days=30))),
    default=Value(timedelta(0)),
)
_LAST_DAY = Coalesce("ends_on", "starts_on")
_OVER_ON = Cast(_LAST_DAY + _STRETCH, DateField())
_LONGEST_STRETCH = timedelta(days=365)


def upcoming(events: "QuerySet[Event]", today: date | None = None) -> "QuerySet[Event]":
    """The events that may not be over yet, the next one first."""
    day = today or timezone.localdate()
    # The last day alone says less, but an index knows it.
    recent = events.annotate(last_day=_LAST_DAY).filter(last_day__gte=day - _LONGEST_STRETCH)
    ahead = recent.annotate(over_on=_OVER_ON).filter(over_on__gte=day)
    return ahead.order_by("starts_on", "pk")


def past(events: "QuerySet[Event]", today: date | None = None) -> "QuerySet[Event]":
    """The events that are over, the latest first."""
    over = events.annotate(over_on=_OVER_ON).filter(over_on__lt=today or timezone.localdate())
    return over.order_by("-starts_on", "pk")


def agreed_to_contact(person: str) -> Exists:
    """State that a person agreed, and still agrees, to be shown as a contact; `person` is the path to them."""
    return Exists(
        Consent.objects.filter(person=OuterRef(person), purpose=Consent.Purpose.PUBLIC_CONTACT, withdrawn_at=None)
    )


def public_contacts(council: Council) -> "QuerySet[Membership]":
    """The people to turn to at a council: in office today, chosen for its page, and in agreement."""
    people: QuerySet[Membership] = (
        Membership.objects.current()
        .filter(
            agreed_to_contact("person"),
            council=council,
            council__is_published=True,
            is_public=True,
            person__is_active=True,
            person__erased_at=None,
        )
        .select_related("person", "council__place", "council__province")
        .order_by("person__name", "pk")
    )
    return people
