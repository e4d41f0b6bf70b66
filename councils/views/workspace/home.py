"""The first page of a workspace: what waits, what comes next, what changed."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from allies.kit.access import can, gate
from councils.models import Council
from councils.queries.changes import entries_of, in_words
from councils.queries.profile import stage_changes, stage_path
from councils.queries.workspace import Waiting, waiting
from councils.views.workspace.answers import PER_PAGE, shown

LATEST = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A count that is a link."""

    count: int
    label: str
    url: str


def _tiles(council: Council, found: Waiting) -> list[Tile]:
    def at(name: str, query: str = "") -> str:
        return reverse(f"councils:{name}", args=[council.slug]) + query

    tiles = [
        Tile(
            found.stories_submitted,
            ngettext("story handed in, to publish", "stories handed in, to publish", found.stories_submitted),
            at("workspace-story-list", "?state=submitted"),
        ),
        Tile(
            found.behind,
            ngettext("item behind in one language", "items behind in one language", found.behind),
            at("translation-list"),
        ),
        Tile(
            found.drafts["story"],
            ngettext("story in draft", "stories in draft", found.drafts["story"]),
            at("workspace-story-list", "?state=draft"),
        ),
        Tile(
            found.drafts["programme"],
            ngettext("programme in draft", "programmes in draft", found.drafts["programme"]),
            at("programme-list", "?state=draft"),
        ),
        Tile(
            found.drafts["event"],
            ngettext("event in draft", "events in draft", found.drafts["event"]),
            at("workspace-event-list", "?state=draft"),
        ),
    ]
    return [tile for tile in tiles if tile.count]


@gate("councils.enter", within="council")
@require_safe
def home(request: HttpRequest, council: Council) -> HttpResponse:
    """Show what waits at a council and what changed there."""
    edits = can(request.user, "councils.edit", council)
    found = waiting(council)
    changes = stage_changes(council)
    return shown(
        request,
        "home",
        council,
        edits=edits,
        tiles=_tiles(council, found) if edits else [],
        waiting=found,
        sees_people=can(request.user, "councils.see_people", council),
        steps=stage_path(council, changes),
        last_step=changes[-1] if changes else None,
        recent=_in_words(request, council, entries_of(council)[:LATEST]) if edits else [],
    )


def _in_words(request: HttpRequest, council: Council, entries: object) -> object:
    return in_words(entries, with_people=bool(can(request.user, "councils.see_people", council)))  # type: ignore[arg-type]


@gate("councils.edit", within="council")
@require_safe
def change_list(request: HttpRequest, council: Council) -> HttpResponse:
    """Tell all that changed at a council, newest first."""
    page = Paginator(entries_of(council), PER_PAGE).get_page(request.GET.get("page"))
    return shown(
        request,
        "changes",
        council,
        page=page,
        changes=_in_words(request, council, page.object_list),
        crumbs=[(_("Overview"), reverse("councils:workspace-home", args=[council.slug])), (_("Changes"), None)],
    )
