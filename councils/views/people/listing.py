"""The people of a council, and one person's record."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from allies.kit.access import can, gate
from councils.filters.people import people_filter
from councils.models import Consent, Council
from councils.queries import people
from councils.services.staff_session import look_at
from councils.tables.people import PeopleTable
from councils.views.people.reasons import reason_first

PER_PAGE = 25


@gate("councils.count_people", within="council")
@require_safe
def people_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List who holds which role; without a stated reason, national staff see how many only."""
    facts = {
        "council": council,
        "counts": people.count_by_role(council),
        "gap": people.without_coordinator_from(council),
        "may_manage": can(request.user, "councils.manage_roles", council),
        "may_see": can(request.user, "councils.see_people", council),
    }
    if facts["may_see"]:
        found = people_filter(request.GET, people.memberships_at(council))
        table = PeopleTable(found.qs, request=request)
        RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
        facts |= {"filter": found, "table": table}
    return render(request, "councils/people/list.html", facts)


@gate("councils.count_people", within="council")
@require_safe
@reason_first
def person_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show a person's record at a council, and write down that it was opened."""
    person = get_object_or_404(people.everybody_at(council), pk=pk)
    memberships = list(people.memberships_at(council).filter(person=person).order_by("-starts_on"))
    look_at(person, council, by=request.user)
    return render(
        request,
        "councils/people/person.html",
        {
            "council": council,
            "person": person,
            "memberships": memberships,
            "history": people.history_of(memberships),
            "agrees": people.agrees_to(person, Consent.Purpose.PUBLIC_CONTACT),
            "may_manage": can(request.user, "councils.manage_roles", council),
        },
    )
