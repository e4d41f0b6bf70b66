"""Mentoring, from an online application to a job, a year later."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MentoringConfig(AppConfig):
    """Wire mentoring to the kit when Django starts."""

    name = "mentoring"
    verbose_name = _("Mentoring")

    def ready(self) -> None:
        from mentoring import at_council, navigation, policies, sitemaps  # noqa: F401

        navigation.register()
        sitemaps.register()
