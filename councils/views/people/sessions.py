"""Open and end the session in which national staff may see a council's personal data."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allies.kit.access import gate
from allies.kit.refusals import Refused, shown_as_message
from councils.forms.people import SessionForm
from councils.models import Council
from councils.queries.staff_sessions import running_session
from councils.services.staff_session import end_session, open_session


def _next(request: HttpRequest, council: Council, asked: str) -> str:
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return reverse("councils:people-list", args=[council.slug])


@gate("councils.open_session", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def session_open(request: HttpRequest, council: Council) -> HttpResponse:
    """Ask national staff why they need to see personal data."""
    form = SessionForm(
        request.POST if request.method == "POST" else None, initial={"next": request.GET.get("next", "")}
    )
    if form.is_valid():
        facts = form.cleaned_data
        try:
            open_session(council, reason=facts["reason"], minutes=facts["minutes"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return redirect(_next(request, council, facts["next"]))
    status = 422 if form.is_bound else 200
    return render(request, "councils/people/session.html", {"council": council, "form": form}, status=status)


@gate("councils.open_session", within="council")
@require_POST
def session_end(request: HttpRequest, council: Council) -> HttpResponse:
    """End one's session before its time."""
    session = running_session(request.user, council)
    with shown_as_message(request, Refused):
        if session:
            end_session(session, by=request.user)
        messages.success(request, _("Your session has ended: the people of this council are closed to you again."))
    return redirect("councils:people-list", council.slug)
