"""Load the reference tables."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allies.kit.refusals import Refused
from councils.services.reference import load_reference


class Command(BaseCommand):
    """Load provinces, places, sectors, language levels and occupations; safe to run again."""

    help = "Load the reference tables that the project ships, or the official files in a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the options."""
        parser.add_argument("--from", dest="folder", type=Path, help="a folder with the official files, as published")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then say what was done."""
        try:
            done = load_reference(options["folder"])
        except Refused as refused:
            raise CommandError(str(refused.reason)) from None
        for name, count in done.items():
            done_to_it = (
                f"{count.created} created, {count.updated} updated, {count.unchanged} unchanged, {count.kept} kept"
            )
            self.stdout.write(f"{name}: {done_to_it}")
