"""How the pages of a workspace answer: at an address in each language, with what was typed when a form is refused."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from django_tables2 import RequestConfig

from allies.kit.refusals import Refused
from allies.kit.ui.tables import Table
from councils.addresses import in_both
from councils.forms.workspace.base import BilingualForm
from councils.models import Council
from councils.services.editing import Faulty, Overtaken, Text

PER_PAGE = 25


def shown(
    request: HttpRequest, template: str, council: Council, *, form: Any = None, part: str = "workspace", **context: Any
) -> HttpResponse:
    """Draw a page of a council's workspace; 422 when it shows a form that was refused."""
    match = request.resolver_match
    if isinstance(match, ResolverMatch):
        arguments = {name: value for name, value in match.kwargs.items() if name != "council"}
        request.alternates = in_both(  # type: ignore[attr-defined]
            lambda: reverse(match.view_name, kwargs={"council": council.slug, **arguments})
        )
    refused = form is not None and form.is_bound and bool(form.errors)
    facts = {"council": council, "form": form, **context}
    return render(request, f"councils/{part}/{template}.html", facts, status=422 if refused else 200)


def listed(request: HttpRequest, table: Table, whole: QuerySet[Any] | None = None) -> Table:
    """Sort and page a table as the address asks.

    A long list gives the table rows with their keys alone, and in `whole` the query for all that is shown of a row:
    what thousands of rows are sorted by is then not read together with what only one page of them needs.
    """
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    if whole is not None:
        rows = table.page.object_list
        keys = [row.pk for row in rows.data]
        found = {row.pk: row for row in whole.filter(pk__in=keys)} if keys else {}
        rows.data = [found[key] for key in keys if key in found]
    return table


def kept(form: BaseForm, act: Callable[[], Any], standing: Callable[[], Model] | None = None) -> bool:
    """Let a service do its work with a valid form; its refusals are shown next to the fields."""
    try:
        act()
    except Faulty as refusal:
        take(form, refusal.errors)
    except Overtaken as refusal:
        if not isinstance(form, BilingualForm) or standing is None:
            raise
        form.compare(refusal.theirs, standing())
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
    else:
        return True
    return False


def take(form: BaseForm, errors: Mapping[str, Text]) -> None:
    """Show a service's sentences next to their fields, or above the form where it has no such field."""
    stands_for = getattr(form, "stands_for", {})
    for name, sentence in errors.items():
        field = stands_for.get(name, name)
        form.add_error(field if field in form.fields else None, str(sentence))


def acted(request: HttpRequest, act: Callable[[], Any], done: Text) -> bool:
    """Let a service do its work and say on the next page that it is done, or why not."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return False
    messages.success(request, str(done))
    return True


def to(name: str, council: Council, **arguments: Any) -> HttpResponseRedirect:
    """Lead to a page of the council's workspace."""
    return redirect(reverse(f"councils:{name}", kwargs={"council": council.slug, **arguments}))
