"""Mentoring over the whole network, for those who read its state; numbers only."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from mentoring.models import FollowUp
from mentoring.queries.mentors import balances
from mentoring.queries.network import programmes
from mentoring.queries.results import results
from mentoring.views.answers import shown


@gate("network.read", across=True)
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show programmes side by side, places against people by field, and results of everybody together."""
    return shown(
        request,
        "network",
        programmes=programmes(),
        fields=balances(),
        results=results(FollowUp.objects.all()),
    )
