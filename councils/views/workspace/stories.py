"""A council's stories: read and written here, their steps and files in the modules beside."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import can, gate
from allies.kit.states import draw
from councils.filters.workspace import StoryFilter
from councils.forms.workspace.story import ConsentForm, PhotoForm, StoryForm
from councils.models import Council, Story
from councils.queries.translation import drift, missing
from councils.queries.work import stories
from councils.services import stories as services
from councils.states import StoryState
from councils.tables.workspace import StoryTable
from councils.views.people.reasons import reason_first
from councils.views.workspace.answers import kept, listed, shown, to

PATH = (StoryState.DRAFT, StoryState.SUBMITTED, StoryState.PUBLISHED)


def _crumbs(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Stories"), reverse("councils:workspace-story-list", args=[council.slug])), *more]


def of_story(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the story in place of its key; one that is not public is personal data."""

    @wraps(view)
    def found(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
        story = get_object_or_404(stories(for_staff=True), pk=pk)
        if story.state == StoryState.PUBLISHED:
            return view(request, council=council, story=story)
        return reason_first(view)(request, council=council, story=story)

    return found


@gate("councils.enter", within="council")
@require_safe
def story_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the stories, what waits first; those who may not see personal data see the published ones."""
    sees = bool(can(request.user, "councils.see_people", council))
    found = StoryFilter(request.GET, queryset=stories(for_staff=sees))
    table = listed(request, StoryTable(found.qs, council=council, exclude=() if sees else ("consent",)))
    return shown(
        request,
        "stories",
        council,
        filter=found,
        table=table,
        asks_reason=not sees and can(request.user, "councils.open_session", council),
    )


@gate("councils.enter", within="council")
@require_safe
@of_story
def story_show(request: HttpRequest, council: Council, story: Story) -> HttpResponse:
    """Show one story, what is still missing and what may be done with it."""
    return drawn(request, council, story)


def drawn(
    request: HttpRequest,
    council: Council,
    story: Story,
    *,
    photo: PhotoForm | None = None,
    consent: ConsentForm | None = None,
) -> HttpResponse:
    """Draw a story's page, with a form that was refused in its place."""
    edits = can(request.user, "councils.edit", council)
    path = PATH if story.state in PATH else (*PATH[:1], StoryState.WITHDRAWN)
    return shown(
        request,
        "story",
        council,
        form=next((form for form in (photo, consent) if form is not None), None),
        story=story,
        edits=edits,
        sees_people=can(request.user, "councils.see_people", council),
        writable=edits and story.state in services.WRITABLE,
        steps=draw([(state.value, str(state.label)) for state in path], story.state),
        still=_still(story) if edits else [],
        publishable=can(request.user, "councils.publish_story", story),
        photo_form=photo or PhotoForm(),
        consent_form=consent or ConsentForm(initial={"covers_photo": story.consent_covers_photo}),
        crumbs=_crumbs(council, (story.title or _("Withdrawn story"), None)),
    )


def _still(story: Story) -> list[str]:
    """What is missing before the story can be published, in words."""
    if story.state not in services.WRITABLE:
        return []
    names = {"en": _("in English"), "fr": _("in French")}
    still = [f"{label}, {names[column[-2:]]}" for column, label in missing(story).items()]
    if not story.consent_given_on:
        still.append(_("The person's consent"))
    if story.photo_id and not story.consent_covers_photo:
        still.append(_("Consent that covers the photo"))
    if story.photo_id and not (story.photo_alt_en or story.photo_alt_fr):
        still.append(_("What the photo shows, in both languages"))
    return still


@gate("councils.edit", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def story_add(request: HttpRequest, council: Council) -> HttpResponse:
    """Begin a story."""
    form = StoryForm(request.POST if request.method == "POST" else None, instance=Story(council=council))
    told: list[Story] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: told.append(services.write_story(council, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("The story is kept as a draft. Add a photo if there is one, and record consent."))
        return to("workspace-story-show", council, pk=told[0].pk)
    return shown(request, "story_form", council, form=form, crumbs=_crumbs(council, (_("New story"), None)))


@gate("councils.edit", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
@of_story
def story_edit(request: HttpRequest, council: Council, story: Story) -> HttpResponse:
    """Edit a story in both languages."""
    pk = story.pk
    url = reverse("councils:workspace-story-show", args=[council.slug, pk])
    crumbs = _crumbs(council, (story.title or _("Withdrawn story"), url), (_("Edit"), None))
    form = StoryForm(
        request.POST if request.method == "POST" else None, instance=story, since=drift([story]).get(str(pk))
    )
    if not form.is_bound and story.state not in services.WRITABLE:
        messages.warning(request, _("This story can't be changed as it stands. Take it back to a draft first."))
        return to("workspace-story-show", council, pk=pk)
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.edit_story(story, facts=form.facts, seen=form.shown, by=request.user),
            lambda: Story.objects.get(pk=pk),
        )
    ):
        messages.success(request, _("The story is saved."))
        return to("workspace-story-show", council, pk=pk)
    return shown(request, "story_form", council, form=form, story=story, crumbs=crumbs)
