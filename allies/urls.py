"""Every door of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from allies.kit import health
from councils.admin.site import site
from councils.urls import machines
from councils.views import home

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *machines.urlpatterns,
    *i18n_patterns(
        path("", home.home, name="home"),
        # Early, because the administration resolves the address of each row it lists.
        path("admin/", site.urls),
        path(_("account/"), include("allauth.urls")),
        path("", include("councils.urls")),
        path("", include("mentoring.urls")),
        path("", include("allies.kit.urls")),
    ),
]

handler400 = "allies.kit.views.errors.bad_request"
handler403 = "allies.kit.views.errors.permission_denied"
handler404 = "allies.kit.views.errors.page_not_found"
handler429 = "allies.kit.views.errors.too_many_requests"
handler500 = "allies.kit.views.errors.server_error"
