"""What is counted of follow-ups, and when a number may be told.

Definitions, version 1 (METHOD): at work is a job or one's own business; unemployed is without work and looking for it;
full time is 30 hours a week or more; in the field is what the person says; with the same employer is where they worked
three months before (asked after six) or six months before (asked after twelve); earnings are the median class among
those who work full time and said theirs. Everybody counts who was mentored, also those whose mentorship ended early.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.models import FollowUp
from mentoring.outcomes import LEAST_ANSWERS, is_large
from mentoring.queries.tallies import WAVES, Number, Tally, safe_share

METHOD = 1
LABELS = {str(wave): wave.label for wave in FollowUp.Wave}
BANDS = {str(band): band.label for band in FollowUp.Earnings if band is not FollowUp.Earnings.NOT_SAID}


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator in words."""

    number: Number
    label: str | Promise
    help: str | Promise
    of: str = "answered"
    waves: tuple[str, ...] = WAVES

    @property
    def name(self) -> str:
        """What is counted."""
        return self.number.name


_FULL_TIME = safe_share("full_time", lambda tally: tally.at_work)
MEASURES = (
    Measure(
        Number("unemployed", safe_share("unemployed", lambda tally: tally.answered - tally.at_work)),
        _("Unemployed"),
        _("They have no work and are looking for it."),
    ),
    Measure(Number("at_work", safe_share("at_work")), _("At work"), _("They have a job or work for themselves.")),
    Measure(Number("full_time", _FULL_TIME), _("Full time"), _("They work 30 hours a week or more.")),
    Measure(
        Number("in_field", safe_share("in_field", lambda tally: tally.at_work)),
        _("In their field"),
        _("They say that their work is in their field."),
    ),
    Measure(
        Number("retained", safe_share("retained", lambda tally: tally.at_work, "asked_retained")),
        _("With the same employer"),
        _("They work where they worked when they were asked before."),
        of="asked_retained",
        waves=WAVES[2:],
    ),
)


def _earnings(tally: Tally) -> bool:
    """Ten or more said theirs, and full time may be told too."""
    return not tally.earnings or (tally.earnings.total() >= LEAST_ANSWERS and _FULL_TIME(tally))


def _contacts(tally: Tally) -> bool:
    return not tally.contacts or tally.contacts.total() >= LEAST_ANSWERS


def _lean(tally: Tally) -> bool:
    """Those who answered and those who did not are both many, and so are both situations among them."""
    silent, out = tally.known - tally.told, tally.known_out - tally.told_out
    return (not tally.told or is_large(tally.told_out, tally.told)) and (not silent or is_large(out, silent))


EARNINGS, CONTACTS, LEAN = Number("earnings", _earnings), Number("contacts", _contacts), Number("lean", _lean, True)
