"""`manage.py heartbeat`: tell whether beat and the workers live, for the health checks of their containers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allies.kit.health import HEARTBEAT_LASTS, workers_alive


class Command(BaseCommand):
    """Fail when no worker left a sign of life of late."""

    help = "Fail when beat and the workers have been silent for too long."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Look for the sign of life."""
        if not workers_alive():
            raise CommandError(f"No worker has answered beat for {HEARTBEAT_LASTS} seconds.")
        self.stdout.write("Beat and a worker are alive.")
