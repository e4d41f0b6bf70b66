"""The registry of councils and all that convenes them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    """Wire the registry to the kit when Django starts."""

    name = "councils"
    verbose_name = _("Councils")

    def ready(self) -> None:
        from allies.kit import scope
        from councils import navigation, policies  # noqa: F401
        from councils.queries.tenants import council_for

        scope.set_tenant_resolver(council_for)
        navigation.register()
