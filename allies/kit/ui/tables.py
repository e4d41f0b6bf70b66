"""The site's table: django-tables2 with our template, a caption and cards on a phone."""

from typing import Any

import django_tables2 as tables


class Table(tables.Table):
    """A list: `caption` says what it lists, `empty_text` what to do when there is nothing."""

    caption = ""

    class Meta:
        template_name = "ui/table.html"
        attrs: dict[str, Any] = {"class": "list"}
