"""Files that people hand in: checked by content, kept privately, given out only as downloads."""

import hashlib
import re
import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit.file_kinds import KINDS, checked
from allies.kit.models import StoredFile
from allies.kit.refusals import Refused
from allies.kit.scope import across

__all__ = ["discard", "serve", "store", "sweep", "unreferenced"]

# Long enough for an abandoned form, and for somebody to fetch what a job made for them.
KEPT_UNREFERENCED = timedelta(days=7)

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def store(
    upload: "UploadedFile[Any]",
    *,
    kinds: Collection[str] = ("pdf", "docx", "png", "jpeg"),
    by: Any,
    tenant_id: UUID | None = None,
) -> StoredFile:
    """Check a file and keep it; Refused, with what to do, when it is too large or not what it claims to be."""
    kind = _claimed_kind(upload.name or "")
    if kind not in kinds:
        wanted = ", ".join(str(KINDS[name].label) for name in kinds)
        raise Refused(
            _("This kind of file can't be taken. Please hand in one of these: %(kinds)s.") % {"kinds": wanted}
        )
    most = KINDS[kind].most_bytes
    if not upload.size:
        raise Refused(_("This file is empty."))
    if upload.size > most:
        raise Refused(_("This file is too large: at most %(size)s MB.") % {"size": most // 1_000_000})
    return keep(checked(kind, upload.read()), kind=kind, name=upload.name or "", by=by, tenant_id=tenant_id)


def keep(content: bytes, *, kind: str, name: str, by: Any, tenant_id: UUID | None = None) -> StoredFile:
    """Keep content that the portal made or checked itself; removed again when the transaction fails."""
    suffix = KINDS[kind].suffixes[0]
    stored = StoredFile(
        name=clean_name(name, suffix),
        kind=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        owner_id=getattr(by, "pk", None),
        tenant_id=tenant_id,
    )
    place = f"{uuid.uuid4()}{suffix}"
    stored.file.save(f"{place[:2]}/{place}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
    except BaseException:
        stored.file.delete(save=False)
        raise
    return stored


def clean_name(name: str, suffix: str) -> str:
    """Make the name that somebody's computer gave a file fit to be shown and offered again."""
    base = _CONTROL.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    stem = base.rpartition(".")[0] if "." in base else base
    return (stem[: 150 - len(suffix)].strip(" .") or "file") + suffix


def _claimed_kind(name: str) -> str:
    lower = name.lower()
    return next((kind for kind, facts in KINDS.items() if lower.endswith(facts.suffixes)), "")


def serve(stored: StoredFile) -> FileResponse:
    """Give a file as a download that no browser runs or shows inside the portal; the calling view authorizes."""
    response = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=KINDS[stored.kind].media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store, private"
    return response


def discard(stored: StoredFile) -> None:
    """Forget a file: the row now, the content once that is certain."""
    name, storage = str(stored.file.name), stored.file.storage
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name))


def unreferenced() -> models.QuerySet[StoredFile]:
    """Files that no row of any table points to."""
    found = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.is_relation and relation.related_model and hasattr(relation, "field"):
            rows: Any = relation.related_model._base_manager
            found = found.exclude(Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
    return found


def sweep() -> int:
    """Discard files that nothing has pointed to for a while; gives how many."""
    count = 0
    with across():
        for stored in unreferenced().filter(created_at__lt=timezone.now() - KEPT_UNREFERENCED).iterator():
            with transaction.atomic():
                discard(stored)
            count += 1
    return count
