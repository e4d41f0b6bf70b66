"""How an application is judged: by the newest rules, on record, and by a person where the rules don't fit."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, mail
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.states import move
from councils.addresses import in_both
from councils.models import User
from mentoring.eligibility import Finding, Verdict, overall
from mentoring.models import Application, EligibilityCheck, EligibilityRules, Programme
from mentoring.queries.eligibility import answers_of, judged
from mentoring.queries.programmes import newest_rules
from mentoring.queries.tracker import tracker_path
from mentoring.states import APPLICATION, ApplicationState

__all__ = ["answers_of", "judged", "override_eligibility", "record_check"]

_OPEN = (ApplicationState.NEEDS_EVIDENCE, ApplicationState.INELIGIBLE)
_DECIDED = {Verdict.PASS: ApplicationState.ELIGIBLE, Verdict.FAIL: ApplicationState.INELIGIBLE}


def record_check(application: Application) -> EligibilityCheck:
    """Judge an application by the newest rules and keep the verdicts; the caller holds the application's lock."""
    rules = _kept_rules(application.intake.programme)
    findings = judged(application, rules)
    return EligibilityCheck.objects.create(
        application=application, rules=rules, verdicts=_verdicts(findings), verdict=overall(findings)
    )


def _verdicts(findings: list[Finding]) -> dict[str, str]:
    return {finding.rule: str(finding.verdict) for finding in findings}


def _kept_rules(programme: Programme) -> EligibilityRules:
    rules = newest_rules(programme)
    if not rules._state.adding:
        return rules
    # The recommended rules become the programme's first ones as soon as somebody is judged by them.
    kept, _made = EligibilityRules.objects.get_or_create(programme=programme, version=1)
    return kept


@transaction.atomic
def override_eligibility(application: Application, verdict: str, reason: str, *, by: User) -> EligibilityCheck:
    """Decide in place of the rules, with the reason that the person is told; "pass" or "fail"."""
    council = application.intake.programme.council
    authorize(by, "mentoring.work_with_people", council)
    said = reason.strip()
    if verdict not in _DECIDED:
        raise Refused(_("Decide whether the person qualifies or not."))
    if not said:
        raise Refused(_("Write the reason: the person reads it, and your colleagues do."))
    standing = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if standing.state not in _OPEN:
        raise Refused(_("Only an application whose answers are being checked can be decided here."))
    columns: dict[str, Any] = {"decision_note": said[:500]}
    if verdict == Verdict.PASS:
        columns |= {"eligible_at": standing.eligible_at or timezone.now(), "languages": _with_language(standing)}
    move(standing, _DECIDED[Verdict(verdict)], arrows=APPLICATION, **columns)
    rules = _kept_rules(standing.intake.programme)
    check = EligibilityCheck.objects.create(
        application=standing,
        rules=rules,
        verdicts=_verdicts(judged(standing, rules)),
        verdict=verdict,
        overridden_by=by,
        override_reason=said[:500],
    )
    paths = in_both(tracker_path)
    facts = {"council": council.name, "passed": verdict == Verdict.PASS, "reason": said[:500]}
    mail.send("mentoring/decided", to=standing.person, context={**facts, "path": paths[standing.person.language]})
    for name in ("state", *columns):
        setattr(application, name, getattr(standing, name))
    audit.record("mentoring.eligibility_decided", standing, by=by, council=council, fields=["state"], reason=said)
    return check


def _with_language(application: Application) -> dict[str, int]:
    """The languages of an application; who is found eligible has the programme's language at the level asked for."""
    programme = application.intake.programme
    return {programme.language: newest_rules(programme).least_level, **application.languages}
