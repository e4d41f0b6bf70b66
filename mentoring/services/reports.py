"""Results written down for good: what may be told on a day, sealed, with who did it and why."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.bilingual import LANGUAGES
from allies.kit.refusals import Refused
from councils.models import Council, User
from councils.services.editing import Faulty
from mentoring.models import Intake, Programme, ResultReport
from mentoring.queries import reports
from mentoring.queries.measures import METHOD
from mentoring.queries.results import results
from mentoring.queries.tallies import Choice


def last_whole_day() -> date:
    """The last day that is over: what came in until then stays countable for ever."""
    return timezone.localdate() - timedelta(days=1)


@transaction.atomic
def write_report(council: Council | None, *, choice: Choice, reason: str, by: User) -> ResultReport:
    """Write down the results of a choice within a council, or of the whole network where none is given.

    Numbers that rest on too few answers are left out, and so is each that, together with those of earlier reports,
    would tell of a few who answered between.
    """
    authorize(by, "mentoring.write_report", council)
    if not reason.strip():
        raise Faulty({"reason": gettext_lazy("Say what the report is for.")})
    if council is not None:
        # Two who write at once would not see each other's report.
        Council.objects.select_for_update().get(pk=council.pk)
    until = last_whole_day()
    key = council.pk if council else None
    found = results(reports.source_of(key, choice, until, apart=True))
    if found.is_empty:
        raise Refused(_("Nobody has answered yet: there is nothing to write down."))
    sealed = reports.seal(reports.rows_of(choice), until)
    same = ResultReport.objects.filter(
        council=council, programme=choice.programme, intake=choice.intake, year=choice.year
    )
    if same.filter(rows_hash=sealed, method=METHOD).exists():
        raise Refused(_("A report with these very rows exists: nothing came in since it was written."))
    report = ResultReport.objects.create(
        council=council,
        programme_id=choice.programme,
        intake_id=choice.intake,
        year=choice.year,
        until=until,
        numbers=reports.as_numbers(found, reports.pairs_of(choice, until)),
        method=METHOD,
        rows_hash=sealed,
        reason=reason.strip(),
        frozen_by=by,
        **_subject(council, choice),
    )
    audit.record("mentoring.report_frozen", report, by=by, council=council, reason=report.reason)
    return report


def _subject(council: Council | None, choice: Choice) -> dict[str, str]:
    """Say in both languages what a report is about."""
    programme = Programme.objects.get(pk=choice.programme) if choice.programme else None
    intake = Intake.objects.select_related("programme").get(pk=choice.intake) if choice.intake else None
    if intake and programme and intake.programme_id != programme.pk:
        raise Refused(_("This intake belongs to another programme."))
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            if council is None:
                found[f"subject_{language}"] = _("The whole network")
                continue
            of = programme or (intake.programme if intake else None)
            words = [of.name if of else _("All programmes")]
            if intake:
                words.append(intake.name)
            if choice.year:
                words.append(_("completed in %(year)s") % {"year": choice.year})
            found[f"subject_{language}"] = " · ".join(words)
    return found
