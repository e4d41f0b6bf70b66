"""Erase what has been kept as long as it was meant to be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from allies.kit import retention


class Command(BaseCommand):
    """Apply the retention rules now, or show what they would erase."""

    help = "Apply the retention rules; --dry-run only counts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Count the rows and change nothing.")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        outcomes = retention.apply(dry_run=dry_run)
        for outcome in outcomes:
            fields = ", ".join(outcome.fields)
            self.stdout.write(f"{outcome.model._meta.label} ({fields}): {outcome.rows}")
        if not outcomes:
            self.stdout.write("Nothing is due.")
