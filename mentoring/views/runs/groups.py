"""A group after the run is published: who has answered, and what the coordinator does where too few say yes."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allies.kit.access import gate
from councils.models import Council
from councils.views.people.reasons import reason_first
from mentoring.forms.runs import InviteForm, ReasonForm
from mentoring.models import Proposal
from mentoring.queries.groups import Group, Standing, group
from mentoring.services import groups as services
from mentoring.views.answers import kept, shown, to
from mentoring.views.runs.pages import crumbs

View = Callable[..., HttpResponse]
BEFORE_IT_BEGINS = (Standing.ASKED, Standing.FORMING, Standing.SHORT)


def of_group(view: View) -> View:
    """Give the view the group in place of its mark, once the staff may see people."""

    @wraps(view)
    @reason_first
    def found(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
        # Scoped: a group of another council is not there.
        get_object_or_404(Proposal.objects.filter(group=pk).values("group").distinct())
        loaded = group(pk)
        if loaded is None:
            raise Http404
        return view(request, council=council, group=loaded)

    return found


def _drawn(request: HttpRequest, council: Council, group: Group, *, form: Any = None, at: str = "") -> HttpResponse:
    standing = group.standing
    run = next((one.run_id for one in group.proposals if one.run_id), None)
    way = [(str(group.programme), reverse("mentoring:run-show", args=[council.slug, run]))] if run else []
    facts = {
        "group": group,
        "before": standing in BEFORE_IT_BEGINS,
        "has_room": standing not in (Standing.DRAFTED, Standing.OVER, Standing.FINISHED) and group.room > 0,
        "begin_form": _reason("begin"),
        "give_up_form": _reason("give_up"),
        "invite_form": InviteForm(programme=group.programme),
        "crumbs": crumbs(council, *way, (_("The group of %(name)s") % {"name": group.mentor.person}, None)),
        "at": at,
    }
    if form is not None:
        facts[f"{at}_form"] = form
    return shown(request, "runs/group", council, form=form, **facts)


def _reason(prefix: str, data: Any = None) -> ReasonForm:
    return ReasonForm(
        data, prefix=prefix, label=_("Why?"), help_text=_("Your colleagues read this; the group does not.")
    )


@gate("mentoring.manage", within="council")
@require_safe
@of_group
def group_show(request: HttpRequest, council: Council, group: Group) -> HttpResponse:
    """Show a group with everybody's answer."""
    return _drawn(request, council, group)


def _step(
    request: HttpRequest, group: Group, form: Any, act: Callable[[], Any], *, council: Council, at: str, words: str
) -> HttpResponse:
    if form.is_valid() and kept(form, act):
        messages.success(request, words)
        return to("group-show", council, pk=group.mark)
    return _drawn(request, council, group, form=form, at=at)


@gate("mentoring.manage", within="council")
@require_POST
@of_group
def group_begin(request: HttpRequest, council: Council, group: Group) -> HttpResponse:
    """Let those begin who said yes."""
    form, by = _reason("begin", request.POST), request.user

    def act() -> None:
        services.begin_small(group.mark, reason=form.cleaned_data["reason"], by=by)

    words = _("The group has begun with those who said yes.")
    return _step(request, group, form, act, council=council, at="begin", words=words)


@gate("mentoring.manage", within="council")
@require_POST
@of_group
def group_give_up(request: HttpRequest, council: Council, group: Group) -> HttpResponse:
    """Give the group up."""
    form, by = _reason("give_up", request.POST), request.user

    def act() -> None:
        services.give_up(group.mark, reason=form.cleaned_data["reason"], by=by)

    words = _("The group is given up. Its mentees are ready to be matched again, and everybody is told.")
    return _step(request, group, form, act, council=council, at="give_up", words=words)


@gate("mentoring.manage", within="council")
@require_POST
@of_group
def group_invite(request: HttpRequest, council: Council, group: Group) -> HttpResponse:
    """Ask one more mentee into the group."""
    form, by = InviteForm(request.POST, programme=group.programme), request.user

    def act() -> None:
        services.invite(group.mark, application=form.cleaned_data["application"], by=by)

    words = _("The mentor is asked about one more mentee.")
    return _step(request, group, form, act, council=council, at="invite", words=words)
