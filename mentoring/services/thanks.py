"""Thanks to mentors, once a year on 5 December, the International Volunteer Day of the United Nations.

A year of thanks runs from one 5 December to the day before the next, and counts an hour on the day on which it was
confirmed: each hour is in exactly one year, also one that was confirmed late.
"""

from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allies.kit import audit, mail, pdf
from allies.kit.access import authorize
from allies.kit.bilingual import current_language
from allies.kit.scope import across
from allies.kit.ui.formats import day
from councils.models import User
from mentoring.lengths import told
from mentoring.models import Mentor, Session, Thanks
from mentoring.queries.giving import Given, given

MONTH, DAY = 12, 5
TEMPLATE = "mentoring/thanks/certificate"


def first_day(year: int) -> date:
    """The first day that counts for the thanks of a year."""
    return date(year - 1, MONTH, DAY)


def last_day(year: int) -> date:
    """The last day that counts for the thanks of a year."""
    return date(year, MONTH, DAY - 1)


def due(year: int) -> dict[UUID, Given]:
    """What each mentor gave in a year of thanks who has not been thanked for it yet and has an account to write to."""
    begins, ends = (timezone.make_aware(datetime.combine(first_day(one), time.min)) for one in (year, year + 1))
    with across():
        thanked = Thanks.objects.filter(year=year).values("mentor")
        sessions = Session.objects.filter(
            settled_at__gte=begins, settled_at__lt=ends, pair__mentor__person__is_active=True
        ).exclude(pair__mentor__in=thanked)
        return {mentor: gift for mentor, gift in given(sessions).items() if gift.minutes}


def thank_everybody(today: date) -> int:
    """Thank whoever gave time in the year that is over, from 5 December to its end; gives how many letters went out."""
    if (today.month, today.day) < (MONTH, DAY):
        return 0
    gifts = due(today.year)
    with across():
        mentors = list(Mentor.objects.filter(pk__in=gifts).select_related("person", "council").order_by("pk"))
        return sum(_thank(mentor, today.year, gifts[mentor.pk]) for mentor in mentors)


def _thank(mentor: Mentor, year: int, gift: Given) -> bool:
    try:
        with transaction.atomic():
            thanks = Thanks.objects.create(mentor=mentor, year=year, minutes=gift.minutes, people=len(gift.people))
            _write(thanks)
            audit.record("mentoring.mentor_thanked", thanks, by=None, council=mentor.council_id)
    except IntegrityError:
        # Another worker thanked this mentor a moment ago.
        return False
    return True


def _write(thanks: Thanks) -> None:
    mentor = thanks.mentor
    with translation.override(mentor.person.language):
        facts = {
            "year": thanks.year,
            "council": mentor.council.name,
            "hours": told(thanks.minutes),
            "people": thanks.people,
            "path": reverse("mentoring:my-mentor-thanks", args=[mentor.pk, thanks.year]),
        }
    mail.send("mentoring/thanks", to=mentor.person, context=facts, key=f"thanks/{mentor.pk}/{thanks.year}")


def certificate(thanks: Thanks, *, by: User) -> bytes:
    """Set the certificate of thanks of a year as a PDF in the reader's language."""
    authorize(by, "mentoring.own_mentor", thanks.mentor)
    return pdf.draw(TEMPLATE, values(thanks))


def values(thanks: Thanks) -> dict[str, str]:
    """What the certificate says, in the reader's language."""
    council = thanks.mentor.council.name
    deed = ngettext(
        "who gave %(hours)s as a mentor and helped %(n)s newcomer find their way into the profession.",
        "who gave %(hours)s as a mentor and helped %(n)s newcomers find their way into the profession.",
        thanks.people,
    )
    span = {"start": day(first_day(thanks.year)), "end": day(last_day(thanks.year))}
    issued = {"council": council, "day": day(timezone.localtime(thanks.thanked_at).date())}
    return {
        "language": current_language(),
        "title": _("With thanks"),
        "council": council,
        "year": str(thanks.year),
        "lead": _("%(council)s thanks") % {"council": council},
        "name": thanks.mentor.person.name,
        "deed": deed % {"hours": told(thanks.minutes), "n": thanks.people},
        "span": _("From %(start)s to %(end)s") % span,
        "issued": _("%(council)s, %(day)s") % issued,
    }
