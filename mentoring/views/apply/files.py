"""The CV: given to its owner and to the council's staff, as a download."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allies.kit import files
from allies.kit.access import gate
from councils.models import Council
from councils.services.staff_session import look_at
from councils.views.people.reasons import reason_first
from mentoring.models import Application
from mentoring.services import applications as services
from mentoring.states import ApplicationState
from mentoring.views.answers import acted
from mentoring.views.apply.finding import of_own


def _served(application: Application) -> FileResponse:
    if application.cv is None:
        raise Http404
    return files.serve(application.cv)


@gate("signed_in", across=True)
@require_safe
@of_own
def my_cv(request: HttpRequest, application: Application) -> FileResponse:
    """Give me my CV."""
    return _served(application)


@gate("signed_in", across=True)
@require_POST
@of_own
def my_cv_remove(request: HttpRequest, application: Application) -> HttpResponse:
    """Forget the CV of my draft."""
    acted(request, lambda: services.remove_cv(application, by=request.user), _("Your CV is removed."))
    return redirect("mentoring:apply-step", pk=application.pk, step=1)


@gate("mentoring.read", within="council")
@require_safe
@reason_first
def applicant_cv(request: HttpRequest, council: Council, pk: UUID) -> FileResponse:
    """Give the staff an applicant's CV, once the application was sent, and note that it was opened."""
    sent = Application.objects.exclude(state=ApplicationState.DRAFT).select_related("cv", "person")
    application = get_object_or_404(sent, pk=pk)
    served = _served(application)
    look_at(application.person, council, by=request.user)
    return served
