"""Send again what got lost on the way to the workers."""

from typing import Any

from django.core.management.base import BaseCommand

from allies.kit import jobs, mail


class Command(BaseCommand):
    """Do at once what the workers' timetable does every minute."""

    help = "Send lost jobs, tasks and e-mails again, and end jobs whose worker died."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in {**jobs.sweep(), "letters": mail.sweep()}.items():
            self.stdout.write(f"{what}: {count}")
