"""More in the small world: something in every part of every page, so that what axe looks at is there."""

from datetime import timedelta

from django.utils import timezone

from allies.kit.scope import across
from councils.models import Council, LabourFigure, LabourTable
from councils.states import ReflectionState, Stage, StoryState
from tests import factories as make
from tests.world import World

REASON = {"reason_en": "A host came forward.", "reason_fr": "Un organisme hôte s'est proposé."}
SPOKEN = {"value_en": "It opens doors.", "value_fr": "Il ouvre des portes."}


def furnish(world: World) -> None:
    """Fill Halifax, and the network around it."""
    with across():
        _profile(world.halifax)
        _figures(world.halifax)
        _labour(world.halifax)
        _work(world)
        _network(world)


def _profile(halifax: Council) -> None:
    Council.objects.filter(pk=halifax.pk).update(
        acronym="GHP",
        history_en="It **began** in 2007.\n\n## Later\n\n- One\n- Two",
        history_fr="Tout a **commencé** en 2007.\n\n## Ensuite\n\n- Un\n- Deux",
        host_en="The Partnership",
        host_fr="Le Partenariat",
        region_en="Halifax Regional Municipality",
        region_fr="Municipalité régionale de Halifax",
        works_in_french=True,
        joins_campaigns=False,
        is_catalyst=True,
        contact_email="info@halifax.example",
        website="https://halifax.example/",
    )
    halifax.stage_changes.create(to_stage=Stage.EXPLORING, on="2007-01-01", precision="year", **REASON)
    halifax.stage_changes.create(
        from_stage=Stage.EXPLORING, to_stage=Stage.OPERATING, on="2009-06-01", precision="month", **REASON
    )
    halifax.former_names.create(name_en="Task Force", name_fr="Groupe de travail")
    halifax.retired_slugs.create(slug="task-force")


def _figures(halifax: Council) -> None:
    disputed = make.FactFactory(
        council=halifax, label_en="Delegates", label_fr="Personnes déléguées", is_published=True
    )
    make.FactValueFactory(fact=disputed, text_en="150", text_fr="150", base=200, as_of="2024-03-31", is_shown=True)
    make.FactValueFactory(fact=disputed, text_en="130", text_fr="130", note_en="Counted twice.", note_fr="Compté.")
    make.FactValueFactory(fact=make.FactFactory(is_published=True, on_home=True), is_shown=True)


def _labour(halifax: Council) -> None:
    table = LabourTable.objects.create(
        product="14100083/en",
        title_en="Labour force",
        title_fr="Population active",
        imported_at=timezone.now(),
        rows=2,
        sha256="0",
    )
    for year, value in ((2010, 11), (2011, 9)):
        LabourFigure.objects.create(
            table=table,
            place=halifax.place,
            geography="Halifax",
            period=f"{year}-01-01",
            categories=["Unemployment rate"],
            unit="Percentage",
            value=value,
        )


def _work(world: World) -> None:
    halifax, soon = world.halifax, timezone.localdate() + timedelta(days=20)
    make.BodyFactory(council=halifax, is_published=True, kind="champions", name_en="Champions", name_fr="Champions")
    make.LocalProgrammeFactory(council=halifax, name_en="Bridging", name_fr="", summary_fr="")
    make.StoryFactory(council=halifax, state=StoryState.SUBMITTED)
    make.StoryFactory(council=halifax, title_en="Half told", title_fr="", body_fr="")
    make.EventFactory(council=halifax, starts_on=soon, is_published=True)
    make.MeetingFactory(body=world.things["Body"], starts_at=timezone.now() + timedelta(days=9))
    make.MembershipFactory(council=halifax, role="board", ends_on=soon)
    world.things["Organisation"].is_public = True
    world.things["Organisation"].save()


def _network(world: World) -> None:
    for council in (world.halifax, world.calgary):
        make.ReflectionFactory(council=council, year=2024, state=ReflectionState.SUBMITTED, **SPOKEN)
    make.CouncilFactory(stage=Stage.STALLED, name_en="Sleepy Council", slug_en="sleepy", is_published=False)
    make.ReadinessFactory(council=world.halifax, champion=0)
