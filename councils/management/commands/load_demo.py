"""Load the demonstration's people."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allies.kit.refusals import Refused
from councils.services.demo_data import load_demo


class Command(BaseCommand):
    """Load invented people and their work; refuses unless this is a demonstration."""

    help = "Load the demonstration's accounts, people, meetings and stories (only with ALLIES_DEMO=1)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then say what was done."""
        try:
            count = load_demo()
        except Refused as refused:
            raise CommandError(str(refused.reason)) from None
        self.stdout.write(f"{count['created']} created, {count['left']} left as they were")
