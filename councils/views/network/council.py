"""A council's record: where it stands, its life, its names, and its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import gate
from councils.forms.network import CouncilForm, MergeForm, RenameForm, StageForm
from councils.queries.network import count_staff, ended_by_a_merger, peers, recent_changes, retired_addresses
from councils.queries.profile import former_names, stage_changes, stage_path
from councils.queries.readiness import history, missing
from councils.services.council_new import add_council
from councils.services.lifecycle import change_stage
from councils.services.merge import merge_into_body, merge_into_council
from councils.services.rename import rename
from councils.states import STAGES, Stage
from councils.views.network.pages import ask, council_at, crumbs, of_council


@gate("network.read", across=True)
@require_safe
def council(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a council's record without personal data."""
    found = council_at(request, slug)
    latest, changes = history(found).first(), stage_changes(found)
    context = {
        "council": found,
        "steps": stage_path(found, changes),
        "changes": changes,
        "names": former_names(found),
        "retired": retired_addresses(found),
        "staff_count": count_staff(found),
        "peers": peers(found),
        "readiness": latest,
        "missing": missing(latest) if latest else [],
        "acts": recent_changes(8, found),
        "is_alive": bool(STAGES[Stage(found.stage)]),
        "may_merge": Stage.MERGED in STAGES[Stage(found.stage)],
        "crumbs": crumbs((_("All councils"), reverse("councils:network-councils")), (found.name, None)),
    }
    return render(request, "councils/network/council.html", context)


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def council_new(request: HttpRequest) -> HttpResponse:
    """Take a council into the registry."""

    def act(facts: dict[str, Any]) -> HttpResponse:
        added = add_council(by=request.user, **facts)
        messages.success(request, _("%(name)s is in the registry, not yet published.") % {"name": added.name})
        return redirect("councils:network-council", added.slug)

    return ask(
        request,
        CouncilForm(request.POST or None),
        act,
        title=_("Add a council"),
        lede=_("It begins as an enquiry and is not published until its profile is complete in both languages."),
        way=crumbs((_("All councils"), reverse("councils:network-councils")), (_("Add a council"), None)),
        button=_("Add the council"),
    )


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: HttpRequest, slug: str) -> HttpResponse:
    """Move a council to another stage."""
    found = council_at(request, slug)

    def act(facts: dict[str, Any]) -> HttpResponse:
        change = change_stage(found, by=request.user, **facts)
        messages.success(
            request,
            _("%(name)s is now at this stage: %(stage)s.")
            % {"name": found.name, "stage": change.get_to_stage_display()},
        )
        return redirect("councils:network-council", found.slug)

    return ask(
        request,
        StageForm(request.POST or None, council=found),
        act,
        title=_("Change the stage of %(name)s") % {"name": found.name},
        lede=_("The step is kept with its date and reason, and anybody can read it in the council's history."),
        way=of_council(found, _("Change the stage")),
        button=_("Record the change"),
        template="councils/network/stage.html",
        council=found,
        steps=stage_path(found, stage_changes(found)),
        may_merge=Stage.MERGED in STAGES[Stage(found.stage)],
    )


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def council_rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a council another name or address."""
    found = council_at(request, slug)

    def act(facts: dict[str, Any]) -> HttpResponse:
        renamed = rename(found, by=request.user, **facts)
        messages.success(
            request, _("The council is now called %(name)s. Its old address leads here.") % {"name": renamed.name}
        )
        return redirect("councils:network-council", renamed.slug)

    now = {name: getattr(found, name) for name in ("name_en", "name_fr", "acronym", "slug_en", "slug_fr")}
    return ask(
        request,
        RenameForm(request.POST or None, initial=now),
        act,
        title=_("Rename %(name)s") % {"name": found.name},
        lede=_("The present name is kept among the former names, and its address leads to the council for ever."),
        way=of_council(found, _("Rename")),
        button=_("Rename the council"),
    )


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Merge a council into another one or into an outside body."""
    found = council_at(request, slug)

    def act(facts: dict[str, Any]) -> HttpResponse:
        successor = facts.pop("successor")
        names = {name: facts.pop(name) for name in ("successor_en", "successor_fr")}
        if successor:
            merge_into_council(found, successor=successor, by=request.user, **facts)
        else:
            merge_into_body(found, by=request.user, **names, **facts)
        messages.success(request, _("%(name)s has merged. Its pages lead to its successor.") % {"name": found.name})
        return redirect("councils:network-council", found.slug)

    return ask(
        request,
        MergeForm(request.POST or None, council=found),
        act,
        title=_("Merge %(name)s") % {"name": found.name},
        way=of_council(found, _("Merge")),
        button=_("Merge the council for good"),
        template="councils/network/merge.html",
        council=found,
        losses=ended_by_a_merger(found),
    )
