"""Pulses: how each of the two feels about it, asked after the first meeting and at days 30, 60 and 90."""

from collections.abc import Container
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import User
from councils.services.editing import Faulty
from mentoring.models import Pair, Pulse, Session
from mentoring.queries.pairs import wave_due
from mentoring.services import pair_letters as letters
from mentoring.services.pairs import under_way
from mentoring.states import PairState, SessionState


@transaction.atomic
def answer(pair: Pair, *, wave: str, fit: str, rating: int, note: str = "", by: User) -> Pulse:
    """Keep one person's answer, once for each time of asking; "not a good fit" goes to the coordinators at once."""
    authorize(by, "mentoring.take_part", pair)
    standing = under_way(pair)
    if wave not in Pulse.Wave.values:
        raise Refused(_("This question is not asked any more."))
    if not 1 <= rating <= 5:
        raise Faulty({"rating": _("Choose from 1 to 5.")})
    try:
        with across(), transaction.atomic():
            pulse = Pulse.objects.create(pair=standing, person=by, wave=wave, fit=fit, rating=rating, note=note.strip())
    except IntegrityError as error:
        raise Refused(_("You have already answered this time. Thank you!")) from error
    if fit == Pulse.Fit.NOT_GOOD:
        letters.to_staff(standing, "not_good", about=by)
    audit.record("mentoring.pulse_answered", pulse, by=by, council=standing.programme.council)
    return pulse


def ask(today: date | None = None) -> int:
    """Write to everybody who has a pulse to answer, once for each time of asking; gives how many letters."""
    day = today or timezone.localdate()
    sent = 0
    with across():
        met = Session.objects.filter(pair=OuterRef("pk")).exclude(state=SessionState.WITHDRAWN)
        pairs = Pair.objects.filter(state=PairState.ACTIVE, started_on__gt=day - timedelta(days=365)).annotate(
            has_met=Exists(met)
        )
        pairs = pairs.select_related("programme__council", "mentee_person", "mentor_person").prefetch_related("pulses")
        for pair in pairs.order_by("pk").iterator(chunk_size=500):
            answers = {(pulse.person_id, pulse.wave) for pulse in pair.pulses.all()}
            for person in (pair.mentee_person, pair.mentor_person):
                sent += _ask_one(pair, person, answers, day)
    return sent


def _ask_one(pair: Pair, person: User, answers: Container[tuple[object, str]], day: date) -> int:
    wave = wave_due(pair, has_met=pair.has_met, today=day)  # type: ignore[attr-defined]
    if wave is None or (person.pk, wave) in answers:
        return 0
    key = f"pulse:{pair.pk}:{person.pk}:{wave}"
    if Letter.objects.filter(key=key).exists():
        return 0
    letters.to_person(pair, "pulse", person, key=key, page="pair-pulse")
    return 1
