"""The steps of a story: its photo, the consent, handing in, publishing, withdrawing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allies.kit.access import gate
from allies.kit.files import serve
from allies.kit.refusals import Refused
from councils.forms.workspace.story import ConsentForm, PhotoForm
from councils.models import Council, Story
from councils.services import stories as services
from councils.services.editing import Text
from councils.views.workspace.answers import acted, kept, to
from councils.views.workspace.stories import drawn, of_story


@gate("councils.enter", within="council")
@require_safe
@of_story
def story_photo(request: HttpRequest, council: Council, story: Story) -> HttpResponse | FileResponse:
    """Give the photo of a story to those who may see the story."""
    if story.photo is None:
        raise Http404
    return serve(story.photo)


@gate("councils.edit", within="council")
@require_POST
@of_story
def story_photo_add(request: HttpRequest, council: Council, story: Story) -> HttpResponse:
    """Take in a photo; a file that is no picture is refused next to its field."""
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.set_photo(story, upload=form.cleaned_data["photo"], by=request.user)
        except Refused as refusal:
            form.add_error("photo", str(refusal.reason))
        else:
            messages.success(request, _("The photo is added. Say what it shows, in both languages."))
            return to("workspace-story-edit", council, pk=story.pk)
    return drawn(request, council, story, photo=form)


@gate("councils.edit", within="council")
@require_POST
@of_story
def story_consent(request: HttpRequest, council: Council, story: Story) -> HttpResponse:
    """Record the person's consent."""
    form = ConsentForm(request.POST)
    if form.is_valid() and kept(
        form,
        lambda: services.record_consent(
            story,
            given_on=form.cleaned_data["given_on"],
            covers_photo=form.cleaned_data["covers_photo"],
            by=request.user,
        ),
    ):
        messages.success(request, _("The consent is on record."))
        return to("workspace-story-show", council, pk=story.pk)
    return drawn(request, council, story, consent=form)


def _step(request: HttpRequest, council: Council, story: Story, act: Callable[..., Any], done: Text) -> HttpResponse:
    acted(request, lambda: act(story, by=request.user), done)
    return to("workspace-story-show", council, pk=story.pk)


@gate("councils.edit", within="council")
@require_POST
@of_story
def story_photo_remove(request: HttpRequest, council: Council, story: Story) -> HttpResponse:
    """Forget the photo."""
    return _step(request, council, story, services.remove_photo, _("The photo is deleted."))


@gate("councils.edit", within="council")
@require_POST
@of_story
def story_submit(request: HttpRequest, council: Council, story: Story) -> HttpResponse:
    """Hand in a story."""
    return _step(request, council, story, services.submit_story, _("The story is handed in."))


@gate("councils.edit", within="council")
@require_POST
@of_story
def story_take_back(request: HttpRequest, council: Council, story: Story) -> HttpResponse:
    """Make a story a draft again."""
    return _step(request, council, story, services.take_back_story, _("The story is a draft again."))


@gate("councils.edit", within="council")
@require_POST
@of_story
def story_publish(request: HttpRequest, council: Council, story: Story) -> HttpResponse:
    """Show a story to the public."""
    return _step(request, council, story, services.publish_story, _("The story is public now."))


@gate("councils.edit", within="council")
@require_POST
@of_story
def story_withdraw(request: HttpRequest, council: Council, story: Story) -> HttpResponse:
    """Take a story down because consent was withdrawn."""
    return _step(
        request, council, story, services.withdraw_story, _("The story is withdrawn; its words and photo are deleted.")
    )
