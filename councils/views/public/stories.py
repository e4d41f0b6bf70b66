"""Stories told with consent, and their photos."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from allies.kit.file_kinds import KINDS
from allies.kit.files import serve
from councils import structured_data
from councils.addresses import council_page, whole
from councils.models import Council, Story
from councils.queries.published import published_stories
from councils.views.public.answers import asked_again
from councils.views.public.finding import of_council
from councils.views.public.profile import crumbs

PAGE = 12
PICTURES = ("png", "jpeg")
PHOTO_KEPT = 300


@gate("public", across=True)
@require_safe
@asked_again
def stories(request: HttpRequest) -> HttpResponse:
    """List the stories of the whole network, newest first."""
    context = {
        "page": Paginator(published_stories(), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "councils/public/stories.html", context)


@gate("public", across=True)
@require_safe
@asked_again
@of_council
def council_stories(request: HttpRequest, council: Council) -> HttpResponse:
    """List the stories of one council, newest first."""
    request.alternates = council_page("councils:council-stories", council)  # type: ignore[attr-defined]
    context = {
        "council": council,
        "page": Paginator(published_stories(council), PAGE).get_page(request.GET.get("page")),
        "crumbs": crumbs(council),
    }
    return render(request, "councils/public/stories.html", context)


def shows_photo(story: Story) -> bool:
    """Whether the photo of a story may be seen: the consent must cover it."""
    return story.photo_id is not None and story.consent_covers_photo


@gate("public", across=True)
@require_safe
@asked_again
@of_council
def story_read(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Tell one story."""
    story = get_object_or_404(published_stories(council), pk=pk)
    photo = reverse("councils:story-photo", args=[council.slug, pk]) if shows_photo(story) else ""
    here = (story.title, reverse("councils:story-read", args=[council.slug, pk]))
    way = crumbs(council, (_("Stories"), reverse("councils:council-stories", args=[council.slug])))
    request.alternates = council_page("councils:story-read", council, pk)  # type: ignore[attr-defined]
    context = {
        "council": council,
        "story": story,
        "photo": photo,
        "crumbs": way,
        "data_blocks": [
            structured_data.data_block(structured_data.story_facts(story, whole(photo) if photo else "")),
            structured_data.data_block(structured_data.breadcrumbs(*way, here)),
        ],
    }
    return render(request, "councils/public/story.html", context)


@gate("public", across=True)
@require_safe
@of_council
def story_photo(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse | FileResponse:
    """Show the photo of a published story inside a page; anything but a picture is a download."""
    story = get_object_or_404(published_stories(council), pk=pk)
    if not shows_photo(story) or story.photo is None:
        raise Http404
    response = serve(story.photo)
    if story.photo.kind in PICTURES:
        response["Content-Disposition"] = "inline"
        response["Content-Type"] = KINDS[story.photo.kind].media_type
        # Short, so that a photo is gone soon after its consent is withdrawn.
        del response["Cache-Control"]
        patch_cache_control(response, private=True, max_age=PHOTO_KEPT)
    return response
