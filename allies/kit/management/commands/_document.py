"""What commands share that make a document from the code."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class DocumentCommand(BaseCommand):
    """Print a document made from the code, or write it where it is kept."""

    requires_system_checks: list[str] = []
    place: ClassVar[str]
    make: ClassVar[Callable[[], str]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"Write {self.place} instead of printing.")

    def handle(self, *args: Any, write: bool = False, **options: Any) -> None:
        text = type(self).make()
        if write:
            Path(settings.BASE_DIR, self.place).write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
