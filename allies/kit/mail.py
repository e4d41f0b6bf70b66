"""E-mail in the language of the person who gets it, queued with the change that caused it.

A letter is a row written in the caller's transaction: no change without its letter, no letter without its change, and
a mail server or broker that is down delays it but does not lose it. What was filled in is forgotten once it is sent.
"""

import json
import smtplib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation

from allies.kit.bilingual import LANGUAGES, current_language
from allies.kit.jobs import enqueue
from allies.kit.models import Letter, LetterState

__all__ = ["Later", "deliver", "render", "send", "sweep"]

logger = structlog.get_logger(__name__)
MOST_TRIES = 8
# After this a worker that was sending has died; sending twice is better than not at all.
GIVEN_UP_AFTER = timedelta(minutes=10)


class Later(Exception):
    """The mail server can't take the letter now; `wait` is the time in seconds after which to try again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"Try again in {wait} seconds.")
        self.wait = wait


def send(
    name: str,
    *,
    to: Any,
    language: str | None = None,
    context: Mapping[str, Any] | None = None,
    key: str | None = None,
    unsubscribe_url: str = "",
) -> Letter:
    """Queue a letter made from templates/mail/<name>.subject.txt, .txt and .html.

    `to` is a user or an address; a user's own language is spoken unless `language` says otherwise. `context` holds
    plain values (it is kept as JSON until the letter is sent); the templates also get `person`, `base_url` and
    `unsubscribe_url`. A second letter with the same `key` is not sent. Give `unsubscribe_url` to news only, never to
    letters that somebody's own act caused.
    """
    person = None if isinstance(to, str) else to
    spoken = language or getattr(person, "language", "") or current_language()
    facts = {
        "template": name,
        "to": to if isinstance(to, str) else person.email,  # type: ignore[union-attr]
        "person": person,
        "language": spoken if spoken in LANGUAGES else "en",
        "context": _plain(context or {}),
        "unsubscribe_url": unsubscribe_url,
    }
    with transaction.atomic():
        if key is None:
            letter, new = Letter.objects.create(**facts), True
        else:
            letter, new = Letter.objects.get_or_create(key=key, defaults=facts)
        if new:
            enqueue("kit.send_mail", letter.pk)
    return letter


def _plain(context: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(context), cls=DjangoJSONEncoder))
    return plain


def render(letter: Letter) -> EmailMultiAlternatives:
    """Write the letter in its language, as plain text and as HTML."""
    with translation.override(letter.language):
        context = {
            **letter.context,
            "person": letter.person,
            "base_url": settings.ALLIES_BASE_URL,
            "language": letter.language,
            "unsubscribe_url": letter.unsubscribe_url,
        }
        subject = " ".join(_text(f"mail/{letter.template}.subject.txt", context).split())
        body = _text(f"mail/{letter.template}.txt", context).strip() + "\n"
        html = get_template(f"mail/{letter.template}.html").render({**context, "subject": subject})
    headers = {"Content-Language": letter.language, "Auto-Submitted": "auto-generated", "X-Letter": str(letter.pk)}
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(subject, body, to=[letter.to], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def _text(template: str, context: dict[str, Any]) -> str:
    engine_template: Any = get_template(template)
    # Plain text has nothing to escape: an apostrophe stays an apostrophe.
    return str(engine_template.template.render(Context(context, autoescape=False)))


def deliver(letter_id: str) -> bool:
    """Send a letter that waits; gives whether it went out. Raises Later when the server can't take it now."""
    claimed = Letter.objects.filter(pk=letter_id, state=LetterState.QUEUED).update(
        state=LetterState.SENDING, tries=F("tries") + 1, tried_at=timezone.now()
    )
    if not claimed:
        return False
    letter = Letter.objects.select_related("person").get(pk=letter_id)
    try:
        render(letter).send()
    except (smtplib.SMTPException, OSError) as error:
        code, lasting = _verdict(error)
        if lasting or letter.tries >= MOST_TRIES:
            _settle(letter, LetterState.REFUSED, reason=code)
            logger.warning("letter_refused", letter_id=letter.pk, answer=code)
            return False
        _settle(letter, LetterState.QUEUED, reason=code)
        raise Later(30 * 2 ** (letter.tries - 1)) from error
    except Exception:
        # A template or a value is wrong: no other try would help, and the logs must hear of it.
        _settle(letter, LetterState.REFUSED, reason="not written")
        raise
    _settle(letter, LetterState.SENT, sent_at=timezone.now(), context={}, reason="")
    return True


def _settle(letter: Letter, state: LetterState, **changes: Any) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state, **changes)


def _verdict(error: Exception) -> tuple[str, bool]:
    """Give the server's code (its words may repeat the address) and whether it will say the same again."""
    codes: list[int] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    if not codes:
        return type(error).__name__, False
    # A refused sign-in is our own mistake, which will be mended.
    lasting = min(codes) >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
    return str(codes[0]), lasting


def sweep() -> int:
    """Queue again what waits too long or was being sent by a worker that died; gives how many."""
    now = timezone.now()
    Letter.objects.filter(state=LetterState.SENDING, tried_at__lt=now - GIVEN_UP_AFTER).update(state=LetterState.QUEUED)
    # The longest wait between two tries is an hour; anything older was lost on the way.
    waiting = Letter.objects.filter(state=LetterState.QUEUED, created_at__lt=now - GIVEN_UP_AFTER).exclude(
        tried_at__gt=now - timedelta(seconds=30 * 2**MOST_TRIES)
    )
    stale = list(waiting.order_by("created_at").values_list("pk", flat=True)[:500])
    with transaction.atomic():
        for pk in stale:
            enqueue("kit.send_mail", pk)
    return len(stale)
