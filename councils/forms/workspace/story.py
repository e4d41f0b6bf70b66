"""The forms of a story: its words, its photo, the consent it stands on."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.forms.workspace.base import BilingualForm, DayInput, ProseField
from councils.models import Story
from councils.models.telling import STORY_WORDS, at_most_150_words
from councils.services.stories import FIELDS


class StoryForm(BilingualForm):
    """A story in both languages, at most 150 words in each."""

    own = FIELDS
    rows = {"body": 11}

    body_en = ProseField(required=False, max_length=2000, widget=forms.Textarea, validators=[at_most_150_words])
    body_fr = ProseField(required=False, max_length=2000, widget=forms.Textarea, validators=[at_most_150_words])

    class Meta:
        model = Story
        fields = FIELDS
        labels = {"subject": _("Whom the story is about")}
        help_texts = {"subject": _("For the record of consent. Only the council's staff see it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body_en", "body_fr"):
            self.fields[name].widget.attrs["data-words"] = STORY_WORDS


class PhotoForm(forms.Form):
    """A photo to hand in; its content is checked by the store."""

    photo = forms.FileField(
        label=_("Picture file"),
        help_text=_("JPEG or PNG, at most 10 MB. Place and camera data are removed."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )


class ConsentForm(forms.Form):
    """The record of a person's consent."""

    given_on = forms.DateField(label=_("Consent given on"), widget=DayInput)
    covers_photo = forms.BooleanField(label=_("The consent covers the photo as well"), required=False)
    confirmed = forms.BooleanField(
        label=_("The person read the form or had it read to them, in a language they understand, and agreed"),
        error_messages={"required": _("Confirm this first: without it there is no consent to record.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].widget.attrs["max"] = timezone.localdate().isoformat()
