"""What a mentor does on their own page about the employer, and the thanks of past years."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allies.kit import pdf
from allies.kit.access import gate
from mentoring.models import Mentor, Thanks
from mentoring.services import employer_staff, thanks
from mentoring.views.answers import acted
from mentoring.views.mentors.own import own


@gate("signed_in", across=True)
@own
@require_POST
def my_mentor_employer(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """Say that one no longer works for the employer."""
    acted(
        request,
        lambda: employer_staff.leave(mentor, by=request.user),
        _("Noted: you mentor for yourself, and the employer sees you no more."),
    )
    return redirect(reverse("mentoring:my-mentor", args=[mentor.pk]))


@gate("signed_in", across=True)
@own
@require_safe
def my_mentor_thanks(request: HttpRequest, mentor: Mentor, year: int) -> HttpResponse:
    """Show the certificate of thanks of a year, a PDF; in the window, for the letter leads there past the sign-in."""
    found = Thanks.objects.filter(mentor=mentor, year=year).select_related("mentor__person", "mentor__council").first()
    if found is None:
        raise Http404
    response = HttpResponse(thanks.certificate(found, by=request.user), content_type=pdf.MEDIA_TYPE)
    name = _("with-thanks-%(year)s") % {"year": year}
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
