"""Load programmes, intakes and a year of history, so that a demonstration shows mentoring at work."""

import tomllib
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit import audit
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Council, Organisation, StakeholderGroup, User
from councils.services.network_data import council_id
from mentoring.kinds import usual_weights
from mentoring.models import (
    Application,
    EligibilityRules,
    Heard,
    Intake,
    MatchPolicy,
    Mentor,
    Mode,
    Programme,
    Slot,
    YearTarget,
)
from mentoring.queries.heard import HOW, senders
from mentoring.services.demo_employers import load_employers
from mentoring.services.demo_history import History
from mentoring.services.demo_people import NAMESPACE, Inventor
from mentoring.services.modules import write_usual
from mentoring.states import ApplicationState, MentorState

FILE = Path(settings.BASE_DIR) / "mentoring" / "data" / "demo.toml"
SEED = 20_110_318
# Which moments lie behind somebody who stands there.
PASSED = {
    ApplicationState.NEEDS_EVIDENCE: 1,
    ApplicationState.INELIGIBLE: 1,
    ApplicationState.ELIGIBLE: 2,
    ApplicationState.BOOKED: 2,
    ApplicationState.DECLINED: 2,
    ApplicationState.WITHDRAWN: 2,
    ApplicationState.WAITLISTED: 2,
    ApplicationState.SCREENED: 3,
    ApplicationState.READY: 5,
    ApplicationState.MATCHED: 7,
    ApplicationState.COMPLETED: 7,
    ApplicationState.ENDED: 7,
}
MOMENTS = ("submitted_at", "eligible_at", "screened_at", "oriented_at", "ready_at", "proposed_at", "matched_at")
PAIRED = (ApplicationState.MATCHED, ApplicationState.COMPLETED, ApplicationState.ENDED)
CLOSED = (
    *(ApplicationState.COMPLETED, ApplicationState.ENDED),
    *(ApplicationState.DECLINED, ApplicationState.WITHDRAWN),
)


def load_demo() -> Counter[str]:
    """Load invented mentoring, once; gives how many rows of each kind there are now."""
    if not settings.ALLIES_DEMO:
        raise Refused(_("Invented people belong to a demonstration: set ALLIES_DEMO=1, and never on a real portal."))
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    with across(), transaction.atomic():
        if not Programme.objects.filter(pk=_key("programme", content["programmes"][0])).exists():
            Demo(content).load()
            load_employers(content, timezone.localdate())
            audit.record("mentoring.load_demo", by=None)
        return Counter(
            programmes=Programme.objects.count(),
            applications=Application.objects.count(),
            mentors=Mentor.objects.count(),
        )


def _key(kind: str, entry: dict[str, Any], *more: str) -> Any:
    return uuid5(NAMESPACE, "/".join([kind, entry.get("council", ""), entry.get("slug", ""), *more]))


class Demo:
    """One run over the demonstration's file."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.inventor = Inventor(content, SEED)
        self.today = timezone.localdate()
        self.number = 0
        self.known: Mentor | None = None
        self.senders: dict[Any, list[Organisation]] = {}

    def load(self) -> None:
        """Load each programme with its mentors, and each of its intakes with its people."""
        for entry in self.content["programmes"]:
            council = Council.objects.filter(pk=council_id(entry["council"])).first()
            if council is None:
                raise Refused(_("Load the network first: manage.py load_reference, then manage.py load_network."))
            programme = self.programme(entry, council)
            mentors = self.mentors(entry, council)
            history = History(self.inventor, programme, mentors)
            for intake in entry["intakes"]:
                self.intake(entry, intake, programme, history)

    def programme(self, entry: dict[str, Any], council: Council) -> Programme:
        """Load a programme with its rules and its way of weighing pairs."""
        names = ("kind", "slug", "name_en", "name_fr", "summary_en", "summary_fr")
        programme = Programme.objects.create(
            pk=_key("programme", entry),
            council=council,
            is_published=True,
            **{name: entry[name] for name in names},
        )
        write_usual(programme)
        self.rules = EligibilityRules.objects.create(pk=_key("rules", entry), programme=programme)
        weights = {str(criterion): weight.name.lower() for criterion, weight in usual_weights(programme.kind).items()}
        MatchPolicy.objects.create(pk=_key("policy", entry), programme=programme, weights=weights)
        matches, completed = entry["aims"]
        year = self.today.year
        YearTarget.objects.create(programme=programme, year=year, matches=matches, completed=completed)
        return programme

    def mentors(self, entry: dict[str, Any], council: Council) -> list[Mentor]:
        """Load a council's mentors: most are available, a few have only just volunteered or take a rest."""
        made = []
        first = self.number
        for self.number in range(first + 1, first + 1 + entry["mentors"]):
            mentor = self.inventor.mentor(council, self.number)
            if entry["kind"] == Programme.Kind.GROUP:
                # Whoever has room for a whole group, whenever it can meet.
                mentor.kinds, mentor.capacity = [Programme.Kind.GROUP], Programme._meta.get_field("group_most").default
                mentor.availability, mentor.mode = list(Slot.values), Mode.EITHER
            if self.number % 19 or entry["kind"] == Programme.Kind.GROUP:
                rests = self.number % 23 == 0 and entry["kind"] != Programme.Kind.GROUP
                mentor.state = MentorState.PAUSED if rests else MentorState.AVAILABLE
                mentor.oriented_on = self.today - timedelta(days=200 + self.number)
                mentor.handbook_at = self.at(mentor.oriented_on)
            made.append(mentor)
        if entry["council"] == "halifax":
            self.known_mentor(made[0])
        User.objects.bulk_create([mentor.person for mentor in made if not mentor.person.has_usable_password()])
        Mentor.objects.bulk_create(made)
        self.inventor.made.clear()
        return [mentor for mentor in made if mentor.state == MentorState.AVAILABLE]

    def known_mentor(self, mentor: Mentor) -> None:
        """Let the demonstration's own mentor be one of them, with a place to give."""
        known = User.objects.filter(email="mentor@demo.example").first()
        if known:
            mentor.person, mentor.capacity, self.known = known, 2, mentor
            mentor.state, mentor.oriented_on = MentorState.AVAILABLE, self.today - timedelta(days=250)
            mentor.handbook_at = self.at(mentor.oriented_on)

    def intake(self, of: dict[str, Any], entry: dict[str, Any], programme: Programme, history: History) -> None:
        """Load an intake with everybody who applied to it, and what became of them."""
        opens, closes, match_by, starts, ends = (self.today + timedelta(days=days) for days in entry["days"])
        intake = Intake.objects.create(
            pk=_key("intake", of, entry["name_en"]),
            programme=programme,
            name_en=entry["name_en"],
            name_fr=entry["name_fr"],
            opens_on=opens,
            closes_on=closes,
            match_by=match_by,
            starts_on=starts,
            ends_on=ends,
            places=entry["places"],
            state=entry["state"],
        )
        made = [
            self.application(intake, ApplicationState(state))
            for state, count in entry["fates"].items()
            for _number in range(count)
        ]
        if of["council"] == "halifax" and entry["state"] == "running":
            self.known_mentee(made)
        if of["council"] == "halifax" and entry["state"] == "matching":
            self.known_newcomer(made)
        User.objects.bulk_create([row.person for row in made if not row.person.has_usable_password()])
        Application.objects.bulk_create(made)
        history.write(intake, made, self.rules)

    def known_mentee(self, made: list[Application]) -> None:
        """Let the demonstration's own mentee be one of those who are matched, in the profession of its mentor."""
        known = User.objects.filter(email="mentee@demo.example").first()
        matched = next(row for row in made if row.state == ApplicationState.MATCHED)
        if known and self.known:
            matched.person = known
            matched.occupation_id, matched.industry_id = self.known.occupation_id, self.known.industry_id

    def known_newcomer(self, made: list[Application]) -> None:
        """Let the demonstration's own newcomer wait for exactly what its mentor offers: nobody fits better.

        So whoever runs matching as the coordinator finds a pair whose two sides can both be played.
        """
        known = User.objects.filter(email="newcomer@demo.example").first()
        if known is None or self.known is None:
            return
        mentor, row = self.known, next(row for row in made if row.state == ApplicationState.READY)
        row.person, row.years, row.waiting_intakes = known, max(3, mentor.years - 8), 1
        for name in ("occupation_id", "industry_id", "availability", "mode", "place_id"):
            setattr(row, name, getattr(mentor, name))
        row.goals, row.languages = mentor.goals[:3], {"en": 10}
        for name in Application.LEVELS:
            setattr(row, name, 10)

    def application(self, intake: Intake, state: ApplicationState) -> Application:
        """Invent somebody's application that stands at a point."""
        self.number += 1
        person = self.inventor.person("person", self.number)
        lacks = ("level", "years", "status")[self.number % 3] if state == ApplicationState.INELIGIBLE else ""
        told = self.inventor.application(intake.programme.council, lacks=lacks)
        pk = _key("application", {}, str(self.number))
        row = Application(pk=pk, intake=intake, person=person, state=state, **told)
        self.heard(row, intake.programme.council)
        if state == ApplicationState.DRAFT:
            row.level_evidence, row.has_time = "", None
        if state == ApplicationState.NEEDS_EVIDENCE:
            row.level_listening = row.level_speaking = None
        self.walk(row, intake)
        return row

    def heard(self, row: Application, council: Council) -> None:
        """Let people have heard of the programme in one way and another; every fifth does not say."""
        ways = ("", Heard.NETWORK, Heard.SERVICE, Heard.FRIEND, Heard.COMMUNITY)
        row.heard_by = ways[self.number % len(ways)]
        if council.pk not in self.senders:
            self.senders[council.pk] = list(senders(council))
        sent = [one for one in self.senders[council.pk] if HOW[StakeholderGroup(one.group)] == row.heard_by]
        row.heard_org = sent[self.number // len(ways) % len(sent)] if sent else None

    def walk(self, row: Application, intake: Intake) -> None:
        """Give an application the moments that lie behind it, between the day it was sent and today."""
        window = (intake.closes_on - intake.opens_on).days
        begun = intake.opens_on + timedelta(days=self.inventor.chance.randint(0, window))
        begun = min(begun, self.today - timedelta(days=1))
        last = min(intake.starts_on, self.today)
        passed = PASSED.get(ApplicationState(row.state), 0)
        for place, name in enumerate(MOMENTS[:passed]):
            on = begun + (max(last, begun) - begun) * place // max(passed, 1)
            setattr(row, name, self.at(on))
        if row.oriented_at:
            row.handbook_at = row.oriented_at
        if row.state in CLOSED:
            ended = intake.ends_on if row.state in PAIRED else max(begun, min(intake.match_by, self.today))
            row.closed_at = self.at(min(ended, self.today))

    def at(self, on: date) -> datetime:
        """A moment in the working hours of a day, never one to come."""
        hour = time(9 + self.inventor.chance.randint(0, 7), 15)
        return min(timezone.make_aware(datetime.combine(on, hour)), timezone.now())
