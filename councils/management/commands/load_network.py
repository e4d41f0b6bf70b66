"""Load the real network."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allies.kit.refusals import Refused
from councils.services.network_data import load_network


class Command(BaseCommand):
    """Load councils, sources, figures and events; what people edited since stays, unless asked otherwise."""

    help = "Load the network's councils, sources, figures and events from the project's data files."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the options."""
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="put back the texts of the data files where people edited them; stages and addresses stay",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then say what was done."""
        try:
            count = load_network(overwrite=options["overwrite"])
        except Refused as refused:
            raise CommandError(str(refused.reason)) from None
        self.stdout.write(
            f"{count['created']} created, {count['overwritten']} overwritten, {count['left']} left as they were"
        )
