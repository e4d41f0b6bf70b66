"""Erase again after a backup was restored."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from allies.kit.erasure import reapply
from allies.kit.models import Erasure


class Command(BaseCommand):
    """Erase the people on a list once more: a restored backup has brought them back."""

    help = "Print the list of erased people (--list, to keep with the backups), or erase those on a list again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="A list made with --list.")
        parser.add_argument("--since", type=datetime.fromisoformat, help="Only erasures since this date (ISO).")
        parser.add_argument("--list", action="store_true", help="Print the list and erase nothing.")

    def handle(
        self,
        *args: Any,
        file: Path | None = None,
        since: datetime | None = None,
        list: bool = False,  # noqa: A002 - the name of the option
        **options: Any,
    ) -> None:
        if file is not None:
            subjects = [self._identifier(line) for line in file.read_text().splitlines() if line.strip()]
        else:
            noted = Erasure.objects.order_by("at", "pk")
            if since is not None:
                noted = noted.filter(at__gte=timezone.make_aware(since) if timezone.is_naive(since) else since)
            subjects = [erasure.subject_id for erasure in noted]
        if list:
            self.stdout.write("\n".join(map(str, subjects)))
            return
        self.stdout.write(f"{reapply(subjects)} of {len(subjects)} people were there and are erased again.")

    @staticmethod
    def _identifier(line: str) -> UUID:
        try:
            return UUID(line.strip())
        except ValueError:
            raise CommandError(f"{line.strip()!r} is no identifier of a person.") from None
