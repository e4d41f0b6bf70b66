"""The kit as a Django app: what every other app stands on."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    """Register the system checks and every app's declarations of personal data once all models are loaded."""

    name = "allies.kit"
    label = "kit"
    verbose_name = _("Shared parts")

    def ready(self) -> None:
        for module in ("checks", "job_checks", "privacy_checks", "privacy_own", "task_logs"):
            import_module(f"allies.kit.{module}")
        autodiscover_modules("privacy")
