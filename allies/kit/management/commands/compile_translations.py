"""`manage.py compile_translations`: make the translations ready without GNU gettext."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from allies.kit.translations import compile_catalogues


class Command(BaseCommand):
    """Compile each catalogue that changed."""

    help = "Compile the catalogues of translations that changed; needs no gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile and tell."""
        for catalogue in compile_catalogues([Path(folder) for folder in settings.LOCALE_PATHS]):
            self.stdout.write(f"Compiled {catalogue.parent.parent.name}/{catalogue.name}")
