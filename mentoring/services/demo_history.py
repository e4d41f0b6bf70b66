"""What became of the demonstration's applicants: verdicts, interviews, pairs with their meetings, goals and pulses."""

from datetime import date, datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from councils.models import Membership, User
from councils.roles import Role
from mentoring.eligibility import overall
from mentoring.models import (
    Application,
    EligibilityCheck,
    EligibilityRules,
    FollowUp,
    Intake,
    Interview,
    Mentor,
    ModuleDone,
    Pair,
    PairGoal,
    Programme,
    Pulse,
    Session,
)
from mentoring.queries.tallies import FULL_TIME
from mentoring.services.demo_people import Inventor
from mentoring.services.eligibility import judged
from mentoring.services.followups import LATER_ON, VERSION, windows
from mentoring.states import ApplicationState, FollowUpState, InterviewState, PairState, SessionState

LENGTH = timedelta(minutes=90)
OUTCOME = {
    ApplicationState.MATCHED: PairState.ACTIVE,
    ApplicationState.COMPLETED: PairState.COMPLETED,
    ApplicationState.ENDED: PairState.ENDED_EARLY,
}


class History:
    """The past of one programme's intakes, written one after the other, the oldest first."""

    def __init__(self, inventor: Inventor, programme: Programme, mentors: list[Mentor]) -> None:
        self.inventor, self.programme, self.mentors = inventor, programme, mentors
        self.today = timezone.localdate()
        self.coordinator = self._coordinator()

    def _coordinator(self) -> User | None:
        held = Membership.objects.filter(council=self.programme.council, role=Role.COORDINATOR).current()
        first = held.select_related("person").order_by("starts_on").first()
        return first.person if first else None

    def write(self, intake: Intake, applications: list[Application], rules: EligibilityRules) -> None:
        """Write what happened to the people of an intake."""
        self._verdicts(applications, rules)
        self._interviews(applications)
        pairs = self._pairs(intake, applications)
        self._work(pairs)
        self._follow_ups(pairs)

    def _follow_ups(self, pairs: list[Pair]) -> None:
        """Ask everybody at each time that has come; about two in three answer, and more of them work each time."""
        made = []
        for pair in pairs:
            for number, (wave, (due, opens, closes)) in enumerate(windows(pair).items()):
                days = {"due_on": due, "opens_on": opens, "closes_on": closes}
                row = FollowUp(pair=pair, wave=wave, **days)
                if due <= self.today:
                    self._ask(row, at_work=(0.3, 0.6, 0.75, 0.85)[number])
                made.append(row)
        FollowUp.objects.bulk_create(made)

    def _ask(self, row: FollowUp, *, at_work: float) -> None:
        chance = self.inventor.chance
        row.asked, row.asked_on = chance.randint(1, 4), row.due_on
        if chance.random() > 0.68:
            is_open = row.closes_on >= self.today
            row.state = FollowUpState.TO_CALL if is_open else FollowUpState.LAPSED
            return
        row.state, row.way, row.answered_on = FollowUpState.ANSWERED, FollowUp.Way.LINK, row.due_on
        works = chance.random() < at_work
        row.work = FollowUp.Work.EMPLOYED if works else FollowUp.Work.LOOKING
        if works:
            row.hours, row.in_field = chance.choice([20, 30, 35, 37, 40]), chance.random() < at_work
            if row.wave in LATER_ON:
                # Whoever works few hours has just begun somewhere else.
                row.version, same = VERSION, row.hours >= FULL_TIME
                row.employer = FollowUp.Employer.SAME if same else FollowUp.Employer.OTHER
        bands = [str(band) for band in FollowUp.Earnings]
        row.earnings = chance.choice(bands[3:6] if works else bands[:3])
        row.contacts = chance.randint(0, 4) if row.wave == FollowUp.Wave.START else chance.randint(2, 12)

    def _verdicts(self, applications: list[Application], rules: EligibilityRules) -> None:
        made = []
        for row in applications:
            if row.submitted_at:
                findings = judged(row, rules)
                verdicts = {finding.rule: str(finding.verdict) for finding in findings}
                made.append(
                    EligibilityCheck(application=row, rules=rules, verdicts=verdicts, verdict=overall(findings))
                )
        EligibilityCheck.objects.bulk_create(made)

    def _interviews(self, applications: list[Application]) -> None:
        if self.coordinator is None:
            return
        made = []
        for row in applications:
            if row.screened_at:
                scores = {name: self.inventor.chance.randint(2, 4) for name in Interview.SCORES}
                made.append(
                    Interview(
                        application=row,
                        state=InterviewState.HELD,
                        held_by=self.coordinator,
                        held_at=row.screened_at,
                        recommendation=Interview.Recommendation.ACCEPT,
                        **scores,
                    )
                )
            elif row.state == ApplicationState.BOOKED:
                made.append(Interview(application=row))
        Interview.objects.bulk_create(made)

    def _pairs(self, intake: Intake, applications: list[Application]) -> list[Pair]:
        free = self._free_places()
        made = []
        for row in applications:
            if row.state not in OUTCOME or not free:
                continue
            # Somebody of the same profession if there is one, otherwise whoever has a place.
            near = [mentor for mentor in free if mentor.occupation_id == row.occupation_id] or free
            mentor = near[0]
            free.remove(mentor)
            made.append(self._pair(intake, row, mentor))
        Pair.objects.bulk_create(made)
        return made

    def _free_places(self) -> list[Mentor]:
        """Each mentor as often as there are places; the demonstration's own mentor first, keeping one free."""
        rows = Mentor.objects.filter(pk__in=[mentor.pk for mentor in self.mentors])
        room = dict(rows.values_list("pk", F("capacity") - F("active_load")))
        places = [mentor for mentor in self.mentors for _place in range(room[mentor.pk])]
        self.inventor.chance.shuffle(places)
        known = [mentor for mentor in places if mentor.person.email.startswith("mentor@")]
        return known[:1] + [mentor for mentor in places if mentor not in known]

    def _pair(self, intake: Intake, row: Application, mentor: Mentor) -> Pair:
        signed = row.matched_at
        pair = Pair(
            programme=self.programme,
            application=row,
            mentor=mentor,
            mentee_person=row.person,
            mentor_person=mentor.person,
            state=OUTCOME[ApplicationState(row.state)],
            started_on=intake.starts_on,
            planned_end_on=intake.starts_on + timedelta(weeks=self.programme.weeks),
            mentee_signed_at=signed,
            mentor_signed_at=signed,
        )
        if pair.state != PairState.ACTIVE:
            pair.ended_on = min(pair.planned_end_on or intake.ends_on, self.today)
        if pair.state == PairState.ENDED_EARLY:
            pair.ended_on = intake.starts_on + timedelta(days=self.inventor.chance.randint(20, 60))
            reasons = [Pair.EndReason.FOUND_WORK, Pair.EndReason.NO_TIME, Pair.EndReason.MOVED]
            pair.end_reason = self.inventor.chance.choice(reasons)
        return pair

    def _work(self, pairs: list[Pair]) -> None:
        sessions: list[Session] = []
        goals, pulses, done = [], [], []
        modules = list(self.programme.modules.order_by("position"))
        for pair in pairs:
            held = self._sessions(pair)
            sessions += held
            # About every second meeting a module is done, ticked off by one and the other in turn.
            for number, (module, met) in enumerate(zip(modules, held[1::2], strict=False)):
                by = pair.mentor_person if number % 2 else pair.mentee_person
                done.append(ModuleDone(pair=pair, module=module, done_on=met.starts_at.date(), ticked_by=by))
            for kind, target in zip(pair.application.goals[:2], self.inventor.content["targets"], strict=False):
                progress = 100 if pair.state == PairState.COMPLETED else self.inventor.chance.choice([0, 25, 50, 75])
                reached = pair.ended_on if progress == 100 else None
                facts = {"kind": kind, "target": target, "progress": progress, "reached_on": reached}
                goals.append(PairGoal(pair=pair, added_by=pair.mentee_person, **facts))
            if held:
                fit = self.inventor.chance.choices(Pulse.Fit.values, [7, 2, 1])[0]
                rating = 5 if fit == Pulse.Fit.GOOD else 3
                first = Pulse.Wave.FIRST
                pulses.append(Pulse(pair=pair, person=pair.mentee_person, wave=first, fit=fit, rating=rating))
        Session.objects.bulk_create(sessions)
        PairGoal.objects.bulk_create(goals)
        ModuleDone.objects.bulk_create(done)
        Pulse.objects.bulk_create(pulses)

    def _sessions(self, pair: Pair) -> list[Session]:
        """Meetings about once a week until the end or today; some pairs are slower, a few have fallen silent."""
        pace = self.inventor.chance.choices([7, 9, 14, 25], [6, 3, 2, 1])[0]
        if pair.state == PairState.COMPLETED:
            # Whoever completed has met for all of the hours.
            pace = 7
        until = min(pair.ended_on or self.today, self.today - timedelta(days=1))
        most = self.programme.hours * 60 // 90
        day = (pair.started_on or self.today) + timedelta(days=3)
        found: list[Session] = []
        while day <= until and len(found) < most:
            found.append(self._session(pair, day, len(found)))
            day += timedelta(days=pace)
        return found

    def _session(self, pair: Pair, day: date, number: int) -> Session:
        begins = timezone.make_aware(datetime.combine(day, time(17 + number % 3)))
        is_fresh = (self.today - day).days < 7
        topics = self.inventor.content["topics"]
        return Session(
            pair=pair,
            starts_at=begins,
            ends_at=begins + LENGTH,
            how=self.inventor.chance.choice([Session.How.IN_PERSON, Session.How.VIDEO]),
            topic=topics[number % len(topics)],
            state=SessionState.LOGGED if is_fresh else SessionState.CONFIRMED,
            logged_by=pair.mentor_person,
            confirmed_by=None if is_fresh else pair.mentee_person,
            settled_at=None if is_fresh else begins + timedelta(days=1),
        )
