"""Whether a programme is for somebody: six rules over six answers, each with its reason and what would change it.

Pure functions of plain values: no database, no clock. A sentence speaks the language in which it is read.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

IN_FIELD = "in_field"
NOT_IN_FIELD = ("unemployed", "survival", "below")
# "Something else" says nothing yet: somebody has to ask.
UNCLEAR_STATUS = "other"
# French calls both scales NCLC.
BENCHMARKS = {"en": gettext_lazy("CLB"), "fr": "NCLC"}
LANGUAGE_NAMES = {
    "en": pgettext_lazy("language within a sentence", "English"),
    "fr": pgettext_lazy("language within a sentence", "French"),
}


class Verdict(StrEnum):
    """What one rule, or all of them, say."""

    PASS = "pass"  # noqa: S105  (no password)
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody told; None and "" where they did not, or do not know."""

    status: str = ""
    is_job_ready: bool | None = None
    employment: str = ""
    years: int | None = None
    last_worked: int | None = None
    levels: Collection[int | None] = field(default=(None,))
    has_time: bool | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a programme asks for."""

    statuses: Collection[str]
    least_years: int = 3
    recent_years: int = 5
    least_level: int = 7
    language: str = "en"
    hours: int = 24
    weeks: int = 17

    @property
    def benchmark(self) -> str:
        """The scale of language levels, and the level asked for."""
        return f"{BENCHMARKS.get(self.language, 'CLB')} {self.least_level}"

    @property
    def language_name(self) -> str:
        """The language of the mentoring, as it stands within a sentence."""
        return str(LANGUAGE_NAMES.get(self.language, self.language))


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of somebody: the verdict, why, and what would make it a pass."""

    rule: str
    verdict: Verdict
    reason: str
    change: str = ""

    @property
    def label(self) -> str | Promise:
        """What the rule is about."""
        return LABELS[self.rule]


LABELS = {
    "status": gettext_lazy("Your status in Canada"),
    "ready": gettext_lazy("Ready to start in your field"),
    "employment": gettext_lazy("Your work today"),
    "experience": gettext_lazy("Your experience"),
    "language": gettext_lazy("Your language level"),
    "time": gettext_lazy("Your time"),
}


def judge(answers: Answers, rules: Rules, *, year: int) -> list[Finding]:
    """Ask each rule, in the order of the questions; `year` is the year in which this is asked."""
    return [
        Finding(name, verdict, reason, change)
        for name, rule in _RULES.items()
        for verdict, reason, change in (rule(answers, rules, year),)
    ]


def overall(findings: Iterable[Finding]) -> Verdict:
    """One failed rule fails all; otherwise one open rule leaves all open."""
    verdicts = {finding.verdict for finding in findings}
    if Verdict.FAIL in verdicts:
        return Verdict.FAIL
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.PASS


_Answer = tuple[Verdict, str, str]


def _pass(reason: str) -> _Answer:
    return Verdict.PASS, reason, ""


def _status(answers: Answers, rules: Rules, year: int) -> _Answer:
    if answers.status in rules.statuses:
        return _pass(_("With your status you can take part."))
    if not answers.status:
        reason = _("You have not told us your status yet.")
        return (
            Verdict.UNKNOWN,
            reason,
            _("Your immigration papers name it; a settlement agency can help you read them."),
        )
    if answers.status == UNCLEAR_STATUS:
        reason = _("Your status is not on our list.")
        return Verdict.UNKNOWN, reason, _("A coordinator looks at your papers with you.")
    reason = _("The programme's funding does not cover your status yet.")
    return Verdict.FAIL, reason, _("Once your status changes, for example to permanent resident, you can take part.")


def _ready(answers: Answers, rules: Rules, year: int) -> _Answer:
    if answers.is_job_ready is None:
        reason = _("It is not clear yet whether you could start a job in your field now.")
        return Verdict.UNKNOWN, reason, _("In the interview we find out together what is still missing.")
    if answers.is_job_ready:
        return _pass(_("You are ready to start a job in your field."))
    reason = _("Mentoring works best when you could start a job in your field soon.")
    change = _("A licence, a course or a translated diploma may come first: a partner service helps with that.")
    return Verdict.FAIL, reason, change


def _employment(answers: Answers, rules: Rules, year: int) -> _Answer:
    if answers.employment in NOT_IN_FIELD:
        return _pass(_("You look for work that fits what you have learned."))
    if answers.employment == IN_FIELD:
        reason = _("You already work in your field at your level.")
        change = _("The places are for people who don't yet. With your experience you could be a mentor yourself.")
        return Verdict.FAIL, reason, change
    return Verdict.UNKNOWN, _("You have not told us about your work yet."), _("Tell us whether you work, and at what.")


def _experience(answers: Answers, rules: Rules, year: int) -> _Answer:
    if answers.years is not None and answers.years < rules.least_years:
        reason = _("The programme asks for at least %(least)s years of experience in your field; you have %(years)s.")
        facts = {"least": rules.least_years, "years": answers.years}
        return (
            Verdict.FAIL,
            reason % facts,
            _("Years in other countries count. An internship or a bridging course adds."),
        )
    since = year - rules.recent_years
    if answers.last_worked is not None and answers.last_worked < since:
        reason = _("Your last work in the field was before %(since)s.") % {"since": since}
        return (
            Verdict.FAIL,
            reason,
            _("An internship, a bridging course or volunteering in your field makes it recent."),
        )
    if answers.years is None or answers.last_worked is None:
        reason = _("We don't know yet how long, or until when, you worked in your field.")
        return Verdict.UNKNOWN, reason, _("An estimate is enough: how many years in all, and the last year.")
    reason = _("You have at least %(least)s years of experience, and it is recent.")
    return _pass(reason % {"least": rules.least_years})


def _language(answers: Answers, rules: Rules, year: int) -> _Answer:
    told = [level for level in answers.levels if level is not None]
    facts = {"language": rules.language_name, "level": rules.benchmark}
    if told and min(told) < rules.least_level:
        reason = _("Mentoring in %(language)s asks for %(level)s in listening, speaking, reading and writing.") % facts
        change = _("Free language classes for newcomers bring you there, also beside a job; many are online.")
        return Verdict.FAIL, reason, change
    if not told or len(told) < len(answers.levels):
        reason = _("We don't know yet whether your %(language)s reaches %(level)s.") % facts
        change = _("A language centre tests you for free. Many people find that they know more than they thought.")
        return Verdict.UNKNOWN, reason, change
    return _pass(_("Your %(language)s reaches %(level)s.") % facts)


def _time(answers: Answers, rules: Rules, year: int) -> _Answer:
    facts = {"hours": rules.hours, "weeks": rules.weeks}
    if answers.has_time is None:
        reason = _("You are not sure that you have %(hours)s hours within %(weeks)s weeks.") % facts
        return Verdict.UNKNOWN, reason, _("That is an hour or two a week; you and your mentor choose when.")
    if answers.has_time:
        return _pass(_("You have time for %(hours)s hours within %(weeks)s weeks.") % facts)
    reason = _("The programme takes %(hours)s hours within %(weeks)s weeks.") % facts
    return Verdict.FAIL, reason, _("Come back when you have an hour or two a week: there are several intakes a year.")


_RULES: dict[str, Callable[[Answers, Rules, int], _Answer]] = {
    "status": _status,
    "ready": _ready,
    "employment": _employment,
    "experience": _experience,
    "language": _language,
    "time": _time,
}
