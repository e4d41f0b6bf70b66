"""Employers whose staff mentor, in numbers: nothing here says who a mentee is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from allies.kit.bilingual import alphabetical
from allies.kit.scope import across
from councils.models import Organisation, StakeholderGroup, User
from councils.queries.people import OPEN, standing_of
from mentoring.models import (
    Champion,
    EmployerInvitation,
    EmployerTerms,
    Mentor,
    Orientation,
    OrientationSession,
    Pair,
    Seniority,
    Session,
)
from mentoring.queries.giving import Given, given
from mentoring.states import MentorState, PairState

Kind = EmployerInvitation.Kind
UNDER_WAY = (PairState.ACTIVE, PairState.ON_HOLD)
_OPEN = Q(accepted_at=None, revoked_at=None)
# So long after an invitation has expired, it no longer waits for an answer.
FORGOTTEN_AFTER = timedelta(days=90)


def year_begins() -> datetime:
    """The first moment of this year, where the reader's council is."""
    return timezone.localtime().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer at a council's table, with what its staff do in mentoring."""

    organisation: Organisation
    champion: Champion | None
    asked: EmployerInvitation | None
    invited: int
    volunteered: int
    available: int
    paused: int
    places: int
    pairs: int
    completed: int
    minutes_this_year: int
    minutes: int

    @property
    def pk(self) -> UUID:
        """The key of the organisation."""
        return self.organisation.pk

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.organisation.name

    @property
    def speaker(self) -> str:
        """Who speaks for it, to sort by."""
        return self.champion.person.name if self.champion else ""


def organisations() -> QuerySet[Organisation]:
    """The employers in scope that sit at the table, and those that once took part in mentoring; by name."""
    takes_part = Q(pk__in=Mentor.objects.exclude(staff_of=None).values("staff_of")) | Q(
        pk__in=EmployerInvitation.objects.values("organisation")
    )
    return (
        Organisation.objects.filter(Q(group=StakeholderGroup.EMPLOYER, left_on=None) | takes_part)
        .select_related("council")
        .order_by(alphabetical("name"), "pk")
    )


def employers(only: Sequence[Organisation] | None = None) -> list[Employer]:
    """Each employer in scope with its numbers, in the same number of queries however many there are."""
    known = list(organisations()) if only is None else list(only)
    champions = {row.organisation_id: row for row in champions_now().filter(organisation__in=known)}
    invitations = EmployerInvitation.objects.filter(_OPEN, organisation__in=known)
    asked = {row.organisation_id: row for row in invitations.filter(kind=Kind.CHAMPION)}
    invited = dict(
        waiting(invitations.filter(kind=Kind.MENTOR))
        .order_by()
        .values("organisation")
        .annotate(n=Count("pk"))
        .values_list("organisation", "n")
    )
    staff = Mentor.objects.filter(staff_of__in=known)
    states: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = staff.order_by().values("staff_of", "state").annotate(n=Count("pk"), places=Sum("capacity"))
    for row in rows:
        states[row["staff_of"]][row["state"]] = row["n"]
        if row["state"] == MentorState.AVAILABLE:
            states[row["staff_of"]]["places"] = row["places"]
    pairs = _pairs_by("mentor__staff_of", mentor__staff_of__in=known)
    employer_of = dict(staff.values_list("pk", "staff_of"))
    hours: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    sessions = Session.objects.filter(pair__mentor__staff_of__in=known)
    for mentor, gift in given(sessions, since=year_begins()).items():
        if mentor in employer_of:
            hours[employer_of[mentor]][0] += gift.minutes_lately
            hours[employer_of[mentor]][1] += gift.minutes
    return [
        Employer(
            organisation=organisation,
            champion=champions.get(organisation.pk),
            asked=asked.get(organisation.pk),
            invited=invited.get(organisation.pk, 0),
            volunteered=states[organisation.pk][MentorState.APPLIED],
            available=states[organisation.pk][MentorState.AVAILABLE],
            paused=states[organisation.pk][MentorState.PAUSED],
            places=states[organisation.pk]["places"],
            pairs=pairs[organisation.pk][0],
            completed=pairs[organisation.pk][1],
            minutes_this_year=hours[organisation.pk][0],
            minutes=hours[organisation.pk][1],
        )
        for organisation in known
    ]


def _pairs_by(path: str, **which: Any) -> dict[UUID, tuple[int, int]]:
    """How many pairs are under way and completed, by whatever is at the end of a path."""
    rows = (
        Pair.objects.filter(**which)
        .order_by()
        .values_list(path)
        .annotate(
            going=Count("pk", filter=Q(state__in=UNDER_WAY)), done=Count("pk", filter=Q(state=PairState.COMPLETED))
        )
    )
    return defaultdict(lambda: (0, 0), {key: (going, done) for key, going, done in rows})


def champions_now() -> QuerySet[Champion]:
    """Who speaks for an employer today."""
    return Champion.objects.filter(ended_at=None).select_related("person", "organisation__council")


def employers_of(person: User) -> list[Champion]:
    """The employers for which a person speaks, by name."""
    return list(champions_now().filter(person=person).order_by(alphabetical("organisation__name"), "pk"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """A mentor of the staff as the champion sees them: what they give, and never to whom."""

    mentor: Mentor
    pairs: int
    completed: int
    gift: Given
    is_exception: bool


def staff_of(organisation: Organisation) -> list[Colleague]:
    """The staff who mentor or offered to, by name; those who stopped stand at the end."""
    mentors = list(
        Mentor.objects.filter(staff_of=organisation).select_related("person", "occupation").order_by("person__name")
    )
    pairs = _pairs_by("mentor", mentor__in=mentors)
    gifts = given(Session.objects.filter(pair__mentor__in=mentors), since=year_begins())
    terms = terms_of(organisation)
    return [
        Colleague(
            mentor=mentor,
            pairs=pairs[mentor.pk][0],
            completed=pairs[mentor.pk][1],
            gift=gifts.get(mentor.pk, Given()),
            is_exception=bool(unmet(terms, mentor.seniority, mentor.years)),
        )
        for mentor in sorted(mentors, key=lambda one: one.state == MentorState.RETIRED)
    ]


def terms_of(organisation: Organisation) -> EmployerTerms:
    """What an employer says of its part; nothing in particular where it said nothing yet."""
    return EmployerTerms.objects.filter(organisation=organisation).first() or EmployerTerms(organisation=organisation)


def in_words(terms: EmployerTerms, *, only: Sequence[str] = ("seniority", "years")) -> list[str]:
    """An employer's rules as its staff read them; nothing where everybody may mentor."""
    said = []
    if terms.seniority and "seniority" in only:
        levels = [str(Seniority(level).label) for level in Seniority.values if level in terms.seniority]
        said.append(gettext("level: %(levels)s") % {"levels": ", ".join(levels)})
    if terms.least_years and "years" in only:
        words = ngettext("at least %(n)d year of experience", "at least %(n)d years of experience", terms.least_years)
        said.append(words % {"n": terms.least_years})
    return said


def unmet(terms: EmployerTerms, seniority: str, years: int) -> list[str]:
    """The names of the rules of an employer that somebody does not meet."""
    missed = []
    if terms.seniority and seniority not in terms.seniority:
        missed.append("seniority")
    if years < terms.least_years:
        missed.append("years")
    return missed


def says_unmet(organisation: Organisation, missed: Sequence[str]) -> str:
    """Say in a sentence what an employer asks for that somebody does not meet."""
    rules = "; ".join(in_words(terms_of(organisation), only=missed))
    sentence = gettext("%(employer)s asks of its mentors: %(rules)s. Say why an exception is made.")
    return sentence % {"employer": organisation.name, "rules": rules}


def offers_to_host() -> list[EmployerTerms]:
    """The employers in scope that would host an orientation, those who wait longest first."""
    return list(EmployerTerms.objects.exclude(hosting="").select_related("organisation").order_by("hosting_at", "pk"))


def invitations_of(organisation: Organisation) -> list[tuple[EmployerInvitation, str]]:
    """Whom an employer invited to mentor and who has not taken it up, with where it stands; the latest first."""
    rows = waiting(EmployerInvitation.objects.filter(organisation=organisation, kind=Kind.MENTOR))
    return [(row, standing_of(row)) for row in rows.select_related("invited_by").order_by("-sent_at", "email")]


def waiting(invitations: QuerySet[EmployerInvitation]) -> QuerySet[EmployerInvitation]:
    """Those that wait for an answer, or did until not long ago and may be sent again."""
    return invitations.filter(_OPEN, expires_at__gt=timezone.now() - FORGOTTEN_AFTER)


def invitation_by_digest(token_digest: str) -> EmployerInvitation | None:
    """The invitation that a token opens."""
    with across():
        found = EmployerInvitation.objects.select_related("organisation__council__place", "invited_by")
        return found.filter(token_digest=token_digest).first()


def open_invitations_for(addresses: set[str]) -> list[EmployerInvitation]:
    """The invitations that wait for the owner of some addresses."""
    with across():
        rows = EmployerInvitation.objects.filter(_OPEN, email__in=addresses)
        found = rows.select_related("organisation__council", "invited_by").order_by("made_at")
        return [row for row in found if standing_of(row) == OPEN]


@dataclass(frozen=True, slots=True)
class Hosted:
    """An orientation that an employer hosts: how many seats are taken, and which of its mentors come."""

    session: OrientationSession
    taken: int
    own: list[str]


def hosted_by(organisation: Organisation) -> list[Hosted]:
    """The orientations that an employer hosts from this year on, the latest first."""
    sessions = (
        OrientationSession.objects.filter(host_organisation=organisation, starts_at__gte=year_begins())
        .annotate(taken=Count("people"))
        .order_by("-starts_at", "pk")
    )
    own: dict[UUID, list[str]] = defaultdict(list)
    seats = Orientation.objects.filter(session__in=sessions, mentor__staff_of=organisation)
    for session, name in seats.order_by("mentor__person__name").values_list("session", "mentor__person__name"):
        if session is not None:
            own[session].append(name)
    return [Hosted(session, session.taken, own[session.pk]) for session in sessions]
