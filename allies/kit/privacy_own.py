"""What the kit's own tables hold about people."""

from django.utils.translation import gettext_lazy as _

from allies.kit.models import Entry, Erasure, Job, Letter, StoredFile, Unsent
from allies.kit.privacy import DeleteRow, Keep, Personal, Replace, Retention, not_personal, personal

_PROOF = _("Shows who did what; the database seals it, so nobody can change it.")
_PROOF_KEPT = _(
    "The record of who did what has to stay whole; it holds identifiers and names of fields, not what was written."
)

personal(
    Entry,
    {
        name: Personal(purpose=_PROOF, keep=_("As long as the portal runs."), erase=Keep(_PROOF_KEPT))
        for name in ("at", "action", "target_type", "target_id", "reason")
    },
    owner="actor",
)
not_personal(Entry, ["fields", "request_id", "previous_hash", "hash"])

personal(
    Letter,
    {
        "to": Personal(purpose=_("To send you the e-mail."), keep=Retention(30, "created_at"), erase=DeleteRow()),
        "context": Personal(
            purpose=_("What is filled in in the e-mail; emptied once it is sent."),
            keep=Retention(30, "created_at"),
            erase=DeleteRow(),
        ),
    },
    owner="person",
)
not_personal(
    Letter,
    ["template", "language", "key", "unsubscribe_url", "state", "reason", "created_at", "tried_at", "sent_at"],
)

personal(
    StoredFile,
    {
        "name": Personal(
            purpose=_("To offer the file under the name you gave it."),
            keep=_("As long as the record that the file belongs to."),
            erase=Replace("file"),
        ),
        "file": Personal(
            purpose=_("What you handed in."),
            keep=_("As long as the record that the file belongs to."),
            erase=Keep(_("The file belongs to the record it was handed in for and is erased with it.")),
        ),
    },
    owner="owner",
)
not_personal(StoredFile, ["kind", "sha256", "created_at"])

not_personal(
    Job,
    [
        *("kind", "args", "state", "doing", "doing_params", "reason", "result_url"),
        *("created_at", "sent_at", "started_at", "beat_at", "finished_at"),
    ],
)
not_personal(Unsent, ["name", "args", "queue", "created_at"])
not_personal(Erasure, ["at", "reason"])
