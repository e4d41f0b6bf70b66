"""The site's table: django-tables2 with our template, a caption and cards on a phone."""

from typing import Any

import django_tables2 as tables
from django.utils.functional import Promise


class Table(tables.Table):
    """A list: `caption` says what it lists, `empty_text` what to do when there is nothing."""

    caption: str | Promise = ""
    empty_text: str | Promise = ""

    class Meta:
        template_name = "ui/table.html"
        attrs: dict[str, Any] = {"class": "list"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The package looks for the text in Meta only, and would forget ours.
        kwargs.setdefault("empty_text", type(self).empty_text or None)
        super().__init__(*args, **kwargs)
