"""Labour-market tables: what is imported, handing a table in, and what was wrong with one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit import files
from allies.kit.access import gate
from councils.forms.register import LabourForm
from councils.queries.labour import imported_tables
from councils.services.labour_upload import faults_of_an_import, hand_in, own_imports, read_faults
from councils.views.network.pages import ask, crumbs

MOST_SHOWN = 200


@gate("network.keep", across=True)
@require_safe
def labour(request: HttpRequest) -> HttpResponse:
    """List the imported tables, and how one's own imports went."""
    context = {
        "tables": imported_tables(),
        "jobs": own_imports(request.user),
        "crumbs": crumbs((_("Labour-market tables"), None)),
    }
    return render(request, "councils/network/labour.html", context)


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def labour_new(request: HttpRequest) -> HttpResponse:
    """Take a table in, and lead to its progress bar."""

    def act(facts: dict[str, Any]) -> HttpResponse:
        upload = files.store(facts.pop("upload"), kinds=("csv",), by=request.user)
        return redirect(hand_in(upload, by=request.user, **facts))

    return ask(
        request,
        LabourForm(request.POST or None, request.FILES or None),
        act,
        title=_("Import a table of Statistics Canada"),
        lede=_("Either every row is good and the table is replaced, or nothing changes and you see what to mend."),
        way=crumbs((_("Labour-market tables"), reverse("councils:network-labour")), (_("Import a table"), None)),
        button=_("Import the table"),
        with_file=True,
    )


@gate("network.keep", across=True)
@require_safe
def labour_faults(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is wrong with a table, or give the list as a file."""
    found = faults_of_an_import(pk)
    if found is None:
        raise Http404
    if "file" in request.GET:
        return files.serve(found)
    rows = read_faults(found)
    context = {
        "head": rows[0],
        "faults": rows[1 : MOST_SHOWN + 1],
        "count": len(rows) - 1,
        "crumbs": crumbs((_("Labour-market tables"), reverse("councils:network-labour")), (_("What is wrong"), None)),
    }
    return render(request, "councils/network/labour_faults.html", context)
