"""The form of a soft-skills module, in both languages side by side."""

from django import forms

from councils.forms.workspace.base import BilingualForm, ProseField
from mentoring.models import Module
from mentoring.services import modules


class ModuleForm(BilingualForm):
    """What a module is called, what the two do together, and where to read more."""

    own = modules.FIELDS
    rows = {"task": 5}

    task_en = ProseField(max_length=600, widget=forms.Textarea)
    task_fr = ProseField(max_length=700, widget=forms.Textarea)
    link_en = forms.URLField(required=False, max_length=200, assume_scheme="https")
    link_fr = forms.URLField(required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Module
        fields = modules.FIELDS
