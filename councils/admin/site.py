"""The door of the administration: administrators enter, for everybody else who is signed in it does not exist."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from allies.kit.access import can
from allies.kit.scope import across

View = Callable[..., HttpResponse]
# Signing in and out, and passwords, have their pages outside the administration.
ELSEWHERE = {"logout", "password_change", "password_change_done"}


class Site(AdminSite):
    """An administration over all councils, behind the portal's own sign-in."""

    site_header = _("ALLIES portal: administration")
    site_title = _("Administration of the ALLIES portal")
    index_title = _("All records")
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let administrators in."""
        return bool(can(request.user, "admin.open"))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Lead to sign-in who is nobody yet, hide from everybody else but administrators, and see all councils."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise Http404
            with across():
                response = inner(request, *args, **kwargs)
                # A template response renders late: that, too, must happen while all councils can be seen.
                if isinstance(response, SimpleTemplateResponse):
                    response.render()
                return response

        return guarded

    def get_urls(self) -> list[Any]:
        """Leave out what has its page elsewhere."""
        return [url for url in super().get_urls() if getattr(url, "name", None) not in ELSEWHERE]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the portal's own sign-in; who is signed in already finds nothing here."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(reverse("admin:index"))

    login.gate = "public"  # type: ignore[attr-defined]


site = Site(name="admin")
