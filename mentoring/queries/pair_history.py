"""What happened to a pair, in words, from the trail that nobody can change."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.audit import Entry
from allies.kit.ui.formats import moment
from councils.models import User
from mentoring.models import Pair, Session

DEEDS: dict[str, str | Promise] = {
    "mentoring.pair_begun": gettext_lazy("Both agreed: the pair begins"),
    "mentoring.agreement_signed": gettext_lazy("Signed the agreement"),
    "mentoring.session_logged": gettext_lazy("Logged a meeting"),
    "mentoring.session_confirmed": gettext_lazy("Confirmed a meeting"),
    "mentoring.session_questioned": gettext_lazy("Questioned a meeting"),
    "mentoring.session_taken_back": gettext_lazy("Took a meeting back"),
    "mentoring.session_not_answered": gettext_lazy("A meeting counts after seven days without an answer"),
    "mentoring.help_asked": gettext_lazy("Asked for help"),
    "mentoring.help_given": gettext_lazy("Got in touch with the pair"),
    "mentoring.pair_paused": gettext_lazy("Put the pair on hold"),
    "mentoring.pair_resumed": gettext_lazy("The pair goes on"),
    "mentoring.pair_completed": gettext_lazy("Completed the mentoring"),
    "mentoring.pair_ended_early": gettext_lazy("Ended the mentoring early"),
    "mentoring.pair_replaced": gettext_lazy("Parted the two, to match the mentee anew"),
}
MOST = 100


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as the timeline draws it."""

    what: str
    at: datetime
    by: str
    detail: str

    @property
    def when(self) -> str:
        """When it happened, in words."""
        return moment(self.at)


def help_asked_by(pair: Pair, person: User) -> datetime | None:
    """Since when a person waits for help with a pair; none where it was the other one who asked."""
    if pair.help_asked_at is None:
        return None
    asked = Entry.objects.filter(
        target_type=Pair._meta.label_lower, target_id=str(pair.pk), action="mentoring.help_asked", actor=person.pk
    )
    latest = asked.order_by("-position").first()
    return latest.at if latest and latest.at >= pair.help_asked_at - timedelta(minutes=1) else None


def history_of(pair: Pair) -> list[Event]:
    """The latest events of a pair and its meetings, newest first."""
    meetings = Session.objects.filter(pair=pair.pk).values_list(Cast("pk", CharField()), flat=True)
    keys = [str(pair.pk), *meetings]
    entries = Entry.objects.filter(
        target_type__in=[Pair._meta.label_lower, Session._meta.label_lower], target_id__in=keys, action__in=DEEDS
    )
    return [
        Event(
            str(DEEDS[entry.action]),
            entry.at,
            str(entry.actor) if entry.actor else _("The portal"),
            entry.reason,
        )
        for entry in entries.select_related("actor").order_by("-position")[:MOST]
    ]
