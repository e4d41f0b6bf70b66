"""Load the demonstration of mentoring."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allies.kit.refusals import Refused
from mentoring.services.demo_data import load_demo


class Command(BaseCommand):
    """Load invented mentoring; refuses unless this is a demonstration."""

    help = "Load the demonstration's programmes, intakes, applicants, mentors and pairs (only with ALLIES_DEMO=1)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then say what is there."""
        try:
            count = load_demo()
        except Refused as refused:
            raise CommandError(str(refused.reason)) from None
        self.stdout.write(", ".join(f"{number} {kind}" for kind, number in count.items()))
