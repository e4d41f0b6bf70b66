"""Check that nobody changed the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allies.kit.audit.chain import Broken, Head, verify


class Command(BaseCommand):
    """Recompute every seal; exit 1 at the first entry that does not hold."""

    help = "Recompute the audit chain, name the first broken entry, and print its head to keep elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect-head",
            metavar="POSITION:HASH",
            help="A head printed earlier, which must still be part of the chain.",
        )

    def handle(self, *args: Any, expect_head: str | None = None, **options: Any) -> None:
        try:
            expected = Head.parse(expect_head) if expect_head else None
        except ValueError:
            raise CommandError("A head looks like 1042:9f86d0…, as this command prints it.", returncode=2) from None
        try:
            head = verify(expected)
        except Broken as broken:
            raise CommandError(str(broken)) from None
        self.stdout.write(f"{head.position} entries hold.")
        self.stdout.write(f"head {head}")
