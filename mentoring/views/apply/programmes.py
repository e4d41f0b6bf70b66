"""What anybody may read: the programmes that one can apply to."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from councils.views.public.answers import asked_again
from mentoring.eligibility import LABELS
from mentoring.models import Application, ResidenceStatus
from mentoring.queries.programmes import Offer, as_rules, newest_rules, offers_by_council
from mentoring.states import ApplicationState
from mentoring.views.apply.answers import offered
from mentoring.views.apply.finding import of_offer


@gate("public", across=True)
@require_safe
@asked_again
def open_programmes(request: HttpRequest) -> HttpResponse:
    """List what is offered, councils with an open intake first."""
    places = offers_by_council()
    return offered(request, "programmes", places=places, any_open=any(o.open for p in places for o in p.offers))


@gate("public", across=True)
@require_safe
@of_offer
def open_programme(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Say what a programme is, whom it is for, and when one can apply."""
    programme = offer.programme
    rules = as_rules(newest_rules(programme), programme)
    crumbs = [
        (_("Mentoring"), reverse("mentoring:open-programmes")),
        (programme.council.name, programme.council.get_absolute_url()),
    ]
    mine = None
    if request.user.is_authenticated:
        own = Application.objects.filter(person=request.user, intake__programme=programme)
        mine = own.exclude(state=ApplicationState.WITHDRAWN).order_by("-started_at").first()
    return offered(
        request,
        "programme",
        offer,
        rules=rules,
        statuses=[ResidenceStatus(status).label for status in rules.statuses],
        labels=LABELS,
        crumbs=crumbs,
        mine=mine,
    )
