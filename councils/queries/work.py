"""What a council does and tells, as its workspace lists it."""

from django.db.models import Case, IntegerField, Model, QuerySet, Value, When

from allies.kit import audit
from allies.kit.bilingual import alphabetical
from councils.models import Event, LocalProgramme, Reflection, Story
from councils.states import StoryState

SHOWN = ("published", "unpublished")


def has_been_public(item: Model) -> bool:
    """Tell whether the public has ever seen an item, as the audit trail says."""
    actions = [f"councils.{kind}_{act}" for kind in ("programme", "event") for act in SHOWN]
    return audit.about(item).filter(action__in=actions).exists()


def programmes() -> "QuerySet[LocalProgramme]":
    """The council's programmes with their partners: those that run before those that ended."""
    return (
        LocalProgramme.objects.prefetch_related("delivered_by")
        .annotate(over=_over("ended_on__isnull"))
        .order_by("over", alphabetical("name"), "pk")
    )


def _over(lookup: str) -> Case:
    return Case(When(**{lookup: True}, then=Value(0)), default=Value(1), output_field=IntegerField())


def events() -> "QuerySet[Event]":
    """The council's events, the latest first."""
    return Event.objects.select_related("place", "council__place").order_by("-starts_on", "pk")


def stories(*, for_staff: bool) -> "QuerySet[Story]":
    """The council's stories, what waits first; people who don't work there see the published ones."""
    rank = Case(
        When(state=StoryState.SUBMITTED, then=Value(0)),
        When(state=StoryState.DRAFT, then=Value(1)),
        When(state=StoryState.PUBLISHED, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = Story.objects.select_related("photo", "told_by", "consent_recorded_by").annotate(rank=rank)
    if not for_staff:
        found = found.filter(state=StoryState.PUBLISHED)
    return found.order_by("rank", "-changed_at", "pk")


def reflections() -> "QuerySet[Reflection]":
    """The council's reflections, the latest year first."""
    return Reflection.objects.select_related("council").order_by("-year")
