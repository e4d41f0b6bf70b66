"""Import a labour-market table that somebody handed in, and keep a list of what is wrong with it."""

import csv
import io
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allies.kit import files
from allies.kit.access import authorize
from allies.kit.export import neutralise
from allies.kit.jobs import Progress, start_job
from allies.kit.models import Job, JobState, StoredFile
from allies.kit.refusals import Refused
from councils.models import LabourTable, User
from councils.services.labour import import_labour_table
from councils.services.sheets import RowError, RowErrors

KIND = "councils.import_labour_upload"


class Faulty(Refused):
    """Refused because of faulty rows; `faults` is the file that lists them."""

    def __init__(self, reason: str, faults: StoredFile) -> None:
        super().__init__(reason)
        self.faults = faults


def hand_in(upload: StoredFile, *, product: str, title_en: str, title_fr: str, by: User) -> Job:
    """Start the import of a stored file."""
    authorize(by, "network.keep")
    return start_job(KIND, by, upload.pk, product, title_en, title_fr)


def import_upload(
    upload_id: UUID | str, *, product: str, title_en: str, title_fr: str, by: User, progress: Progress
) -> LabourTable:
    """Import a stored file, all of it or nothing; Faulty with a list of the faults, by row and column."""
    upload = StoredFile.objects.filter(pk=upload_id).first()
    if upload is None:
        raise Refused(_("The file is no longer kept: hand it in again."))
    try:
        with upload.file.open("rb") as content:
            return import_labour_table(
                content,
                name=upload.name,
                product=product,
                title_en=title_en,
                title_fr=title_fr,
                by=by,
                progress=progress,
            )
    except RowErrors as refusal:
        faults = [fault for fault in refusal.errors if isinstance(fault, RowError)]
        raise Faulty(_summary(len(faults)), _keep(faults, upload, by)) from refusal


def _summary(count: int) -> str:
    return ngettext(
        "Nothing was changed: there is %(count)d fault. The list says in which row and column.",
        "Nothing was changed: there are %(count)d faults. The list says in which rows and columns.",
        count,
    ) % {"count": count}


def _keep(faults: list[RowError], upload: StoredFile, by: User) -> StoredFile:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Row"), _("Column"), _("What to do")])
    for fault in faults:
        writer.writerow([fault.row, neutralise(fault.column), neutralise(str(fault.message))])
    name = _("faults-%(name)s") % {"name": upload.name}
    return files.keep(("\ufeff" + out.getvalue()).encode(), kind="csv", name=name, by=by)


def own_imports(person: User) -> "QuerySet[Job]":
    """A person's latest imports, the newest first."""
    return Job.objects.filter(kind=KIND, owner=person).order_by("-created_at")[:10]


def faults_of_an_import(pk: UUID) -> StoredFile | None:
    """Find a list of faults by its number; no other file is one, whoever keeps it."""
    left_by_an_import = Job.objects.filter(kind=KIND, state=JobState.FAILED, result_url__contains=str(pk))
    return StoredFile.objects.filter(pk=pk).first() if left_by_an_import.exists() else None


def read_faults(faults: StoredFile) -> list[list[str]]:
    """Give the rows of a list of faults, headings first."""
    with faults.file.open("rb") as content:
        return list(csv.reader(io.StringIO(content.read().decode("utf-8-sig"), newline="")))
