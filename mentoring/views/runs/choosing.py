"""Which pairs of a run are offered, where the intake has fewer places than the run has pairs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from allies.kit.access import gate
from allies.kit.ui.formats import number
from councils.models import Council
from mentoring.forms.runs import ChoiceForm
from mentoring.models import MatchingRun, Proposal
from mentoring.queries.places import left
from mentoring.queries.runs import pairs_of
from mentoring.services.publish import best_within, units
from mentoring.states import ProposalState, RunState
from mentoring.views.answers import shown, to
from mentoring.views.runs.acts import published
from mentoring.views.runs.pages import crumbs, of_run


@gate("mentoring.manage", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
@of_run
def run_pick(request: HttpRequest, council: Council, run: MatchingRun) -> HttpResponse:
    """Choose whom to ask, the best first, and publish."""
    if run.state != RunState.SOLVED:
        messages.warning(request, _("This run is no longer under review."))
        return to("run-show", council, pk=run.pk)
    drafts = [one for one in pairs_of(run) if one.state == ProposalState.DRAFTED]
    places, in_order = left(run.intake), units(drafts)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        choices=[(str(one.pk), _label(one)) for unit in in_order for one in unit],
        chosen=[str(one.pk) for one in best_within(in_order, places)],
    )
    if form.is_bound and form.is_valid():
        chosen = [UUID(key) for key in form.cleaned_data["pairs"]]
        if len(chosen) <= places:
            return published(request, council, run, only=chosen)
        words = ngettext(
            "You chose %(n)s, and there is %(places)s place: take some away.",
            "You chose %(n)s, and there are %(places)s places: take some away.",
            places,
        )
        form.add_error("pairs", words % {"n": number(len(chosen)), "places": number(places)})
    return shown(
        request,
        "runs/pick",
        council,
        form=form,
        run=run,
        places=places,
        wanted=len(drafts),
        crumbs=crumbs(council, (run.intake.name, None)),
    )


def _label(proposal: Proposal) -> str:
    return _("%(mentee)s with %(mentor)s, %(score)s points") % {
        "mentee": proposal.application.person,
        "mentor": proposal.mentor.person,
        "score": number(proposal.score),
    }
