"""Send national staff to state a reason before they see personal data."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from allies.kit.access import Denied, can
from councils.models import Council

View = Callable[..., HttpResponse]


def reason_first(view: View) -> View:
    """Open a page with personal data only to those who may see it; lead national staff to state their reason."""

    @wraps(view)
    def asked(request: HttpRequest, council: Council, **kwargs: Any) -> HttpResponse:
        decision = can(request.user, "councils.see_people", council)
        if decision:
            return view(request, council=council, **kwargs)
        if not can(request.user, "councils.open_session", council):
            raise Denied(decision.reason)
        where = reverse("councils:session-open", args=[council.slug])
        if request.method in ("GET", "HEAD"):
            where += "?" + urlencode({"next": request.get_full_path()})
        else:
            messages.warning(request, _("Your session ended before this was sent, so nothing was changed."))
        return redirect(where)

    return asked
