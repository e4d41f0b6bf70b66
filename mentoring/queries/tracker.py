"""Where a newcomer's applications stand: the way so far, what comes next and when, and what can be done now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit.ui.formats import day, moment
from councils.models import User
from mentoring.eligibility import Finding, Verdict
from mentoring.models import Application, EligibilityCheck, Pair, Programme, Referral
from mentoring.queries.eligibility import judged
from mentoring.queries.programmes import is_open
from mentoring.queries.tracker_words import (
    CHECKED,
    DONE_AT,
    EXPECTED,
    EXPECTED_OF,
    HAPPENED,
    HAPPENED_OF,
    HEADLINES,
    HEADLINES_OF,
    NOW,
    REACHED,
    WAY,
    WAY_OF,
)
from mentoring.states import APPLICATION, ApplicationState, PairState

S = ApplicationState
OVER = (S.DECLINED, S.COMPLETED, S.ENDED, S.WITHDRAWN)
CAN_WITHDRAW = frozenset(state for state in APPLICATION if S.WITHDRAWN in APPLICATION[state])
UNDER_WAY = (PairState.ACTIVE, PairState.ON_HOLD)


def tracker_path() -> str:
    """The address of the page where a person sees their applications, in the current language."""
    return reverse("mentoring:my-mentoring")


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of the way, as the stepper draws it."""

    value: str
    label: str
    standing: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as the timeline draws it."""

    at: datetime
    what: str
    detail: str = ""

    @property
    def when(self) -> str:
        """The date and time in words."""
        return moment(self.at)


@dataclass(slots=True)
class Standing:
    """One application as its person sees it."""

    application: Application
    today: date
    findings: list[Finding] = field(init=False)

    def __post_init__(self) -> None:
        asked = self.application.state in (S.INELIGIBLE, S.NEEDS_EVIDENCE)
        self.findings = [f for f in judged(self.application) if f.verdict != Verdict.PASS] if asked else []

    @property
    def is_open(self) -> bool:
        """Whether the intake still takes applications."""
        return is_open(self.application.intake, self.today)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return self.application.state in OVER

    @property
    def is_paused(self) -> bool:
        """Whether the person asked to wait, up to and including today."""
        until = self.application.paused_until
        return until is not None and until >= self.today

    @property
    def steps(self) -> list[Stop]:
        """The way from the application to the work with a mentor."""
        application = self.application
        names, ways = [value for value, _label in WAY], WAY_OF.get(self.kind, {})
        finished = application.state == S.COMPLETED
        now = NOW.get(S(application.state)) or next((step for step, at in REACHED if getattr(application, at)), "sent")
        here = len(names) if finished else names.index(now)
        return [
            Stop(
                value,
                str(ways.get(value, label)),
                "done" if i < here else "now" if i == here else "ahead",
                self._note(value, i < here),
            )
            for i, (value, label) in enumerate(WAY)
        ]

    def _note(self, step: str, is_done: bool) -> str:
        at = getattr(self.application, DONE_AT.get(step, ""), None) if is_done else None
        return day(timezone.localdate(at)) if at else ""

    @property
    def headline(self) -> str:
        """Where it stands, in a sentence."""
        if self.is_paused and self.application.paused_until:
            return _("Paused until %(date)s") % {"date": day(self.application.paused_until)}
        if self.application.state == S.DRAFT and not self.is_open:
            return _("This intake has closed, and your draft was not sent")
        state = S(self.application.state)
        return str(HEADLINES_OF.get(self.kind, {}).get(state, HEADLINES[state]))

    @property
    def kind(self) -> Programme.Kind:
        """The kind of mentoring that it is about."""
        return Programme.Kind(self.application.intake.programme.kind)

    @property
    def due_on(self) -> date | None:
        """The day by which the next step is expected."""
        intake, state = self.application.intake, self.application.state
        if state == S.DRAFT or (state == S.INELIGIBLE and self.is_open):
            return intake.closes_on
        if state in (S.NEEDS_EVIDENCE, S.ELIGIBLE, S.BOOKED, S.SCREENED, S.READY, S.PROPOSED):
            return intake.match_by
        return intake.ends_on if state == S.MATCHED else None

    @property
    def is_late(self) -> bool:
        """Whether the portal promised something for a day that has passed."""
        promised = self.application.state not in (S.DRAFT, S.INELIGIBLE, S.MATCHED)
        return promised and not self.is_paused and self.due_on is not None and self.due_on < self.today

    @property
    def expected(self) -> str:
        """What comes next, and when."""
        application, intake = self.application, self.application.intake
        facts = {
            "date": day(self.due_on) if self.due_on else "",
            "council": intake.programme.council.name,
            "starts": day(intake.starts_on),
            "days": intake.programme.offer_days,
            "least": intake.programme.group_least,
        }
        if self.is_late:
            return (
                _(
                    "You should have heard from us by %(date)s. It takes longer than planned; you keep your place. "
                    "%(council)s can tell you more."
                )
                % facts
            )
        if application.state == S.DRAFT and not self.is_open:
            return _("There are several intakes a year: look which one opens next.")
        if application.state == S.INELIGIBLE and not self.is_open:
            return _("There are several intakes a year. Once something has changed, apply again.")
        state = S(application.state)
        return str(EXPECTED_OF.get(self.kind, {}).get(state, EXPECTED[state])) % facts

    # What the person can do now.
    @property
    def can_edit(self) -> bool:
        """Whether the draft can be written on."""
        return self.application.state == S.DRAFT and self.is_open

    @property
    def can_answer_again(self) -> bool:
        """Whether the person may open the application for new answers."""
        return self.application.state == S.INELIGIBLE and self.is_open

    @property
    def can_be_referred(self) -> bool:
        """Whether an introduction to a helping service makes sense."""
        return self.application.state in (S.DRAFT, S.INELIGIBLE, S.DECLINED)

    @property
    def can_withdraw(self) -> bool:
        """Whether the person may leave here."""
        # Once two people meet, their own page ends the work together.
        meets = getattr(self.application, "meets_mentor", False)
        return self.application.state in CAN_WITHDRAW and not meets

    @property
    def can_pause(self) -> bool:
        """Whether the person may wait without losing the place."""
        pausing = (S.NEEDS_EVIDENCE, S.ELIGIBLE, S.SCREENED, S.READY, S.WAITLISTED)
        return self.application.state in pausing and not self.is_paused

    @property
    def history(self) -> list[Event]:
        """What happened, the latest first."""
        application = self.application
        said = dict(HAPPENED) | dict(HAPPENED_OF.get(self.kind, {}))
        found = [
            Event(at, str(words)) for name, words in said.items() if (at := getattr(application, name)) is not None
        ]
        for check in application.checks.all():
            if check.overridden_by_id:
                words = {"pass": _("A coordinator decided: you qualify"), "fail": _("A coordinator decided: not yet")}
                found.append(Event(check.at, words[str(check.verdict)], check.override_reason))
            else:
                found.append(Event(check.at, str(CHECKED[str(check.verdict)])))
        introduced = _("Introduced to %(service)s")
        found += [Event(r.made_at, introduced % {"service": r.service}) for r in application.referrals.all()]
        if application.closed_at:
            found.append(Event(application.closed_at, str(HEADLINES[S(application.state)])))
        return sorted(found, key=lambda event: event.at, reverse=True)


def my_applications(person: User) -> list[Application]:
    """A person's applications with all that the tracker shows, what is under way first."""
    found: Iterable[Application] = (
        Application.objects.filter(person=person)
        .select_related("intake__programme__council__place", "occupation", "cv")
        .prefetch_related(
            Prefetch("checks", EligibilityCheck.objects.order_by("at")),
            Prefetch("referrals", Referral.objects.select_related("partner").order_by("made_at")),
        )
        .annotate(meets_mentor=Exists(Pair.objects.filter(application=OuterRef("pk"), state__in=UNDER_WAY)))
        .order_by("-started_at", "pk")
    )
    return sorted(found, key=lambda application: application.state in OVER)


def standings(person: User) -> list[Standing]:
    """Where each of a person's applications stands."""
    today = timezone.localdate()
    return [Standing(application, today) for application in my_applications(person)]
