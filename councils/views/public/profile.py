"""A council's public pages: profile, history, where to start, contacts and feed."""

from itertools import groupby
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allies.kit.access import can, gate
from councils import structured_data, vcard
from councils.addresses import council_page, whole
from councils.feeds import MOST_ENTRIES, council_feed
from councils.models import Council, StakeholderGroup
from councils.queries.profile import (
    Profile,
    former_names,
    joined,
    public_members,
    stage_changes,
    stage_path,
    successor_of,
)
from councils.queries.published import public_contacts, published_events, published_stories
from councils.views.public.answers import asked_again, kept_shortly, moved
from councils.views.public.finding import of_council
from councils.views.public.labour import drawn

ORGANISATIONS = 200
CARD = "text/vcard; charset=utf-8"


def crumbs(council: Council, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of a council, from the directory on."""
    return [(_("Councils"), reverse("councils:council-list")), (council.name, council.get_absolute_url()), *more]


@gate("public", across=True)
@require_safe
@asked_again
@of_council
def council_show(request: HttpRequest, council: Council) -> HttpResponse:
    """Show a council; one that was merged into another council leads there."""
    successor = successor_of(council)
    if successor:
        return moved(f"{successor.get_absolute_url()}?from={council.slug}")
    profile = Profile(council)
    request.alternates = council_page("councils:council-show", council)  # type: ignore[attr-defined]
    context = {
        "council": council,
        "profile": profile,
        "labour": drawn(profile.labour),
        "came_from": next((c for c in profile.joined if c.slug == request.GET.get("from")), None),
        "sees_conflicts": can(request.user, "network.keep"),
        "crumbs": crumbs(council)[:-1],
        "data_blocks": [
            structured_data.data_block(structured_data.council_facts(council, profile.contacts)),
            structured_data.data_block(structured_data.breadcrumbs(*crumbs(council))),
        ],
    }
    return render(request, "councils/public/profile.html", context)


@gate("public", across=True)
@require_safe
@asked_again
@of_council
def council_history(request: HttpRequest, council: Council) -> HttpResponse:
    """Tell a council's history; that of a merged council stays here."""
    changes = stage_changes(council)
    here = (_("History"), reverse("councils:council-history", args=[council.slug]))
    request.alternates = council_page("councils:council-history", council)  # type: ignore[attr-defined]
    context = {
        "council": council,
        "changes": changes,
        "names": former_names(council),
        "steps": stage_path(council, changes),
        "successor": successor_of(council),
        "joined": joined(council),
        "crumbs": crumbs(council),
        "data_blocks": [structured_data.data_block(structured_data.breadcrumbs(*crumbs(council, here)))],
    }
    return render(request, "councils/public/history.html", context)


@gate("public", across=True)
@require_safe
@asked_again
@of_council
def council_organisations(request: HttpRequest, council: Council) -> HttpResponse:
    """Name all the organisations at the table that may be named, by group."""
    page = Paginator(public_members(council), ORGANISATIONS).get_page(request.GET.get("page"))
    groups = [
        {"code": code, "label": StakeholderGroup(code).label, "organisations": list(organisations)}
        for code, organisations in groupby(page.object_list, key=lambda organisation: organisation.group)
    ]
    request.alternates = council_page("councils:council-organisations", council)  # type: ignore[attr-defined]
    context = {"council": council, "page": page, "groups": groups, "crumbs": crumbs(council)}
    return render(request, "councils/public/organisations.html", context)


@gate("public", across=True)
@require_safe
@asked_again
@of_council
def council_start(request: HttpRequest, council: Council) -> HttpResponse:
    """Tell a newcomer to the city where to begin, on one page to print."""
    successor = successor_of(council)
    if successor:
        return moved(reverse("councils:council-start", args=[successor.slug]))
    here = (_("Start here"), reverse("councils:council-start", args=[council.slug]))
    request.alternates = council_page("councils:council-start", council)  # type: ignore[attr-defined]
    context = {
        "council": council,
        "profile": Profile(council),
        "page_address": whole(here[1]),
        "crumbs": crumbs(council),
        "data_blocks": [structured_data.data_block(structured_data.breadcrumbs(*crumbs(council, here)))],
    }
    return render(request, "councils/public/start.html", context)


def _download(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CARD)
    response["Content-Disposition"] = f'attachment; filename="{name}.vcf"'
    response["X-Robots-Tag"] = "noindex"
    return response


@gate("public", across=True)
@require_safe
@asked_again
@of_council
def council_cards(request: HttpRequest, council: Council) -> HttpResponse:
    """Give the cards of all the people who agreed to be contacted."""
    terms = list(public_contacts(council))
    if not terms:
        raise Http404
    return _download(vcard.cards(terms), council.slug)


@gate("public", across=True)
@require_safe
@asked_again
@of_council
def council_card(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Give the card of one of them."""
    term = get_object_or_404(public_contacts(council), pk=pk)
    return _download(vcard.card(term), f"{council.slug}-contact")


@gate("public", across=True)
@require_safe
@kept_shortly
@of_council
def council_feed_show(request: HttpRequest, council: Council) -> HttpResponse:
    """Give the council's feed in the language of the address."""
    stories = published_stories(council).order_by("-changed_at")[:MOST_ENTRIES]
    events = published_events(council).order_by("-changed_at")[:MOST_ENTRIES]
    return HttpResponse(council_feed(council, stories, events), content_type="application/atom+xml; charset=utf-8")
