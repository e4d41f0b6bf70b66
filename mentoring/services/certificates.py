"""Certificates: what a completed pair has earned, with a number that anybody can check."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from allies.kit import pdf
from allies.kit.access import authorize
from allies.kit.bilingual import current_language
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.ui.formats import day
from councils.addresses import whole
from councils.models import User
from mentoring.lengths import spell
from mentoring.models import Pair, Programme
from mentoring.queries.hours import of, with_hours
from mentoring.states import PairState

MENTEE, MENTOR = "mentee", "mentor"
TEMPLATE = "mentoring/pairs/certificate"
_NUMBER = re.compile(r"([0-9A-F]{8})-?([0-9A-F]{4})-?([0-9A-F]{4})-?([0-9A-F]{4})")


@dataclass(frozen=True, slots=True)
class Certificate:
    """One side's certificate of a completed pair (read with its hours)."""

    pair: Pair
    side: str

    @property
    def person(self) -> User:
        """Whom it is for."""
        person: User = self.pair.mentee_person if self.side == MENTEE else self.pair.mentor_person
        return person

    @property
    def number(self) -> str:
        """The first digits of the pair's key and a seal over all of it: nobody can make one up."""
        seal = salted_hmac("mentoring.certificate", f"{self.pair.pk}:{self.side}", algorithm="sha256").hexdigest()
        return "-".join((self.pair.pk.hex[:8], seal[:4], seal[4:8], seal[8:12])).upper()

    @property
    def minutes(self) -> int:
        """The time that both agreed on."""
        return of(self.pair).counted

    def values(self) -> dict[str, str]:
        """What the certificate says, in the reader's language."""
        pair, facts = self.pair, {"programme": self.pair.programme.name, "hours": spell(self.minutes)}
        span = {"start": day(pair.started_on), "end": day(pair.ended_on)}  # type: ignore[arg-type]
        check = whole(reverse("mentoring:certificate-show", args=[self.number]))
        return {
            "language": current_language(),
            "title": _("Certificate of mentoring"),
            "council": pair.programme.council.name,
            "lead": _("This certifies that"),
            "name": self.person.name,
            "deed": self._deed() % facts,
            "span": _("From %(start)s to %(end)s") % span,
            "issued": _("Issued by %(council)s") % {"council": pair.programme.council.name},
            "number": _("Number %(number)s") % {"number": self.number},
            "check": _("To check it: %(address)s") % {"address": check},
        }

    def _deed(self) -> str:
        """What the person has done, by the kind of mentoring and their side of it."""
        is_mentee, kind = self.side == MENTEE, self.pair.programme.kind
        if kind == Programme.Kind.PEER:
            return _("has completed the peer mentoring programme “%(programme)s”: %(hours)s with a peer, as equals.")
        if kind == Programme.Kind.GROUP and is_mentee:
            return _(
                "has completed the mentoring programme “%(programme)s”: %(hours)s in a group with a mentor of the "
                "profession."
            )
        if kind == Programme.Kind.GROUP:
            return _(
                "has given %(hours)s as a mentor to newcomers in a group of the programme “%(programme)s”, and opened "
                "doors."
            )
        if is_mentee:
            return _(
                "has completed the mentoring programme “%(programme)s”: %(hours)s with a mentor of the profession."
            )
        return _("has given %(hours)s as a mentor to a newcomer in the programme “%(programme)s”, and opened doors.")


def certificate_of(pair: Pair, person: User) -> Certificate | None:
    """The certificate that a person has earned in a pair (read with its hours), if it is completed."""
    if pair.state != PairState.COMPLETED:
        return None
    return Certificate(pair, MENTEE if person.pk == pair.mentee_person_id else MENTOR)


def write(pair: Pair, *, by: User) -> bytes:
    """Set the certificate of one of the two as a PDF in their language; Refused before the pair is completed."""
    authorize(by, "mentoring.take_part", pair)
    certificate = certificate_of(pair, by)
    if certificate is None:
        raise Refused(_("There is a certificate once the mentoring is completed."))
    return pdf.draw(TEMPLATE, certificate.values())


def find(number: str) -> Certificate | None:
    """The certificate with a number; none for one that this portal did not issue."""
    match = _NUMBER.fullmatch(number.strip().upper())
    if match is None:
        return None
    start = match[1].lower()
    first, last = (UUID(start + digit * 24) for digit in "0f")
    with across():
        pairs = with_hours(
            Pair.objects.filter(pk__range=(first, last), state=PairState.COMPLETED).select_related(
                "programme__council__place", "mentee_person", "mentor_person"
            )
        )
        found = [Certificate(pair, side) for pair in pairs for side in (MENTEE, MENTOR)]
    wanted = "-".join(match.groups())
    return next((item for item in found if constant_time_compare(item.number, wanted)), None)
