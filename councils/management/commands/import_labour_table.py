"""Import a labour-market table of Statistics Canada."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allies.kit.refusals import Refused
from councils.services.labour import import_labour_table

_NUMBER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")


class Command(BaseCommand):
    """Import a full-table CSV file in English or French; importing it again replaces it."""

    help = "Import a full-table CSV file of Statistics Canada (English or French); all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the arguments."""
        parser.add_argument("file", type=Path, help="the CSV file, as downloaded (14100083.csv)")
        parser.add_argument("--product", help="the table number (14-10-0083-01); by default read from the file's name")
        parser.add_argument("--title-en", default="", help="the table's title in English; needed the first time")
        parser.add_argument("--title-fr", default="", help="the table's title in French; needed the first time")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, then say how many rows."""
        path: Path = options["file"]
        found = _NUMBER.match(path.name)
        product = options["product"] or ("-".join([*found.groups(), "01"]) if found else "")
        if not product:
            raise CommandError("Name the table with --product, for example --product 14-10-0083-01.")
        try:
            with path.open("rb") as file:
                table = import_labour_table(
                    file, name=path.name, product=product, title_en=options["title_en"], title_fr=options["title_fr"]
                )
        except OSError as fault:
            raise CommandError(f"{path} cannot be read: {fault.strerror}.") from None
        except Refused as refused:
            raise CommandError(str(refused.reason)) from None
        self.stdout.write(f"{table.product}: {table.rows} rows")
