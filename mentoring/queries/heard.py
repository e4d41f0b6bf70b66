"""How people hear of a programme: who sends them, and how many."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit.bilingual import alphabetical
from councils.models import Council, Organisation, StakeholderGroup
from mentoring.models import Application, Heard, Intake
from mentoring.states import ApplicationState

# Organisations of the table that send people: which of them is asked for.
SENDERS = (StakeholderGroup.COMMUNITY, StakeholderGroup.IMMIGRANT_NETWORK)
HOW = {
    StakeholderGroup.COMMUNITY: Heard.COMMUNITY,
    StakeholderGroup.IMMIGRANT_NETWORK: Heard.NETWORK,
    StakeholderGroup.EMPLOYER: Heard.EMPLOYER,
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which people heard of an intake, with the organisations that sent them."""

    label: str
    count: int
    senders: list[tuple[str, int]]


def senders(council: Council) -> "QuerySet[Organisation]":
    """The community organisations and immigrant networks that a council shows to the public."""
    today = timezone.localdate()
    found = Organisation.objects.filter(council=council, group__in=SENDERS, is_public=True)
    return found.exclude(left_on__lte=today).order_by(alphabetical("name"), "pk")


def heard_of(intake: Intake) -> list[Way]:
    """How those who applied to an intake heard of it, the most frequent way first; drafts are not counted."""
    rows = intake.applications.exclude(state=ApplicationState.DRAFT).exclude(submitted_at=None)
    told: list[tuple[str, Any]] = list(rows.values_list("heard_by", "heard_org"))
    names = {row.pk: row.name for row in Organisation.objects.filter(pk__in={org for _way, org in told if org})}
    ways, labels = Counter(way for way, _org in told), dict(Heard.choices)
    by_way = {way: Counter(names[org] for of, org in told if of == way and org in names) for way in ways}
    return [
        Way(
            str(labels[way]) if way else _("Not said"),
            count,
            sorted(by_way[way].items(), key=lambda one: (-one[1], one[0])),
        )
        for way, count in sorted(ways.items(), key=lambda one: (not one[0], -one[1], one[0]))
    ]


def says_how(application: Application) -> str:
    """How one person heard of the programme: the way, the organisation and the person's own words."""
    parts = [
        application.get_heard_by_display() if application.heard_by else "",
        application.heard_org.name if application.heard_org else "",
        application.heard_from,
    ]
    return " · ".join(str(part) for part in parts if part)
