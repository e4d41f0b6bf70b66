"""What people are asked to agree to, word for word and by version, so that a proof can be read years later.

A wording never changes: a new one gets a new version, and the old one stays.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from councils.models import Consent

Purpose = Consent.Purpose

CURRENT: dict[str, str] = {Purpose.PUBLIC_CONTACT: "2026-11", Purpose.NEWS: "2026-11"}

WORDINGS: dict[tuple[str, str], str | Promise] = {
    (Purpose.PUBLIC_CONTACT, "2026-11"): _(
        "I agree that my council's public page shows my e-mail address and phone number next to my name and job "
        "title, and offers them as a contact card. I can withdraw this at any time; the page then stops showing them."
    ),
    (Purpose.NEWS, "2026-11"): _(
        "I agree to receive the network's news by e-mail, at most once a month. I can withdraw this at any time, "
        "also with the link in each message."
    ),
}


def current_wording(purpose: str) -> str | Promise:
    """The words in which a purpose is asked for today."""
    return WORDINGS[purpose, CURRENT[purpose]]


def wording(purpose: str, version: str) -> str | Promise:
    """The words of an earlier version; empty for one that was recorded elsewhere."""
    return WORDINGS.get((purpose, version), "")
