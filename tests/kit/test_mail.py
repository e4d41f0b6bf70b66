"""E-mail: in the reader's language, with the change or not at all, through a real mail server that may refuse."""

import contextlib
import email.policy
import socket
from datetime import timedelta
from email.parser import BytesParser

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as outbox
from django.core.mail import get_connection
from django.db import IntegrityError, transaction
from django.template import engines
from django.template.loaders.locmem import Loader
from django.utils import timezone

from allies.kit import mail
from allies.kit.models import Letter
from tests import factories as make

TEMPLATES = {
    "mail/test.subject.txt": "{% load i18n %}{% get_current_language as code %}{{ code }}: l'{{ thing }}\n",
    "mail/test.txt": "{% extends 'mail/base.txt' %}{% block body %}l'{{ thing }} & {{ url }}{% endblock %}",
    "mail/test.html": "{% extends 'mail/base.html' %}{% block body %}<p>Hello {{ thing }}</p>{% endblock %}",
}


@pytest.fixture(autouse=True)
def templates(monkeypatch):
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "template_loaders", [Loader(engine, TEMPLATES), *engine.template_loaders])


class Server:
    """A mail server that answers as it is told and keeps what it took."""

    def __init__(self):
        self.answer, self.taken = "250 OK", []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(BytesParser(policy=email.policy.default).parsebytes(envelope.content))
        return "250 OK"


@pytest.fixture
def server(settings):
    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield handler
    controller.stop()


def letter(**facts):
    return mail.send("test", **({"to": make.UserFactory(language="fr"), "context": {"thing": "été"}} | facts))


def test_a_letter_speaks_its_readers_language_and_escapes_only_html(db):
    message = mail.render(letter(context={"thing": "a<b", "url": "https://x.example/?a=1&b=2"}))
    assert message.subject == "fr: l'a<b"
    assert "l'a<b & https://x.example/?a=1&b=2" in message.body
    html, kind = message.alternatives[0]
    assert (kind, "<p>Hello a&lt;b</p>" in html, '<html lang="fr">' in html) == ("text/html", True, True)


@pytest.mark.parametrize(("asked", "spoken"), [(None, "fr"), ("en", "en")])
def test_a_language_that_is_asked_for_comes_first(db, asked, spoken):
    assert letter(language=asked).language == spoken


def test_an_address_without_an_account_is_written_to_as_well(db):
    sent = letter(to="new@people.example", language="fr")
    assert (sent.to, sent.person, sent.language) == ("new@people.example", None, "fr")


def test_a_subject_stays_on_one_line(db):
    assert (
        mail.render(letter(context={"thing": "x\nBcc: all@people.example"})).subject
        == "fr: l'x Bcc: all@people.example"
    )


def test_a_letter_goes_with_the_change_that_caused_it_or_not_at_all(db, eager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        kept = letter()
        with contextlib.suppress(RuntimeError), transaction.atomic():
            letter()
            raise RuntimeError
        assert outbox.outbox == []
    assert [message.to for message in outbox.outbox] == [[kept.to]]
    assert Letter.objects.count() == 1


def test_what_was_filled_in_is_forgotten_once_it_is_sent(db):
    sent = letter()
    assert mail.deliver(sent.pk)
    sent.refresh_from_db()
    assert (sent.state, sent.context, sent.sent_at is None) == ("sent", {}, False)


def test_the_same_key_is_sent_once(db, eager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = letter(key="welcome-1"), letter(key="welcome-1")
    assert (first.pk == second.pk, len(outbox.outbox)) == (True, 1)


def test_a_second_delivery_sends_nothing(db):
    sent = letter()
    assert [mail.deliver(sent.pk), mail.deliver(sent.pk), len(outbox.outbox)] == [True, False, 1]


@pytest.mark.parametrize(("address", "headers"), [("", 0), ("https://portal.example/en/account/news/", 2)])
def test_only_news_can_be_unsubscribed_from(db, address, headers):
    message = mail.render(letter(unsubscribe_url=address))
    assert sum(name.startswith("List-Unsubscribe") for name in message.extra_headers) == headers
    assert (address in message.body) is True


@pytest.mark.services
def test_a_real_server_gets_both_parts(db, server):
    assert mail.deliver(letter().pk)
    (message,) = server.taken
    assert message["Subject"] == "fr: l'été"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "fr"
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert "l'été" in message.get_body("plain").get_content()


@pytest.mark.services
def test_a_lasting_refusal_is_final_and_keeps_no_address(db, server):
    server.answer = "550 no such person ana@people.example"
    refused = letter()
    assert mail.deliver(refused.pk) is False
    refused.refresh_from_db()
    assert (refused.state, refused.reason) == ("refused", "550")


@pytest.mark.services
def test_a_passing_refusal_is_tried_again_with_growing_waits_and_then_given_up(db, server):
    server.answer = "451 try later"
    waiting, waits = letter(), []
    for _ in range(mail.MOST_TRIES - 1):
        with pytest.raises(mail.Later) as later:
            mail.deliver(waiting.pk)
        waits.append(later.value.wait)
    assert waits == [30, 60, 120, 240, 480, 960, 1920]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("queued", "451")
    assert mail.deliver(waiting.pk) is False
    waiting.refresh_from_db()
    assert waiting.state == "refused"


@pytest.mark.services
def test_a_server_that_comes_back_gets_the_letter(db, server):
    server.answer = "451 try later"
    sent = letter()
    with pytest.raises(mail.Later):
        mail.deliver(sent.pk)
    server.answer = "250 OK"
    assert mail.deliver(sent.pk)
    assert len(server.taken) == 1


def test_a_server_that_is_away_delays_the_letter(db, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1
    with pytest.raises(mail.Later):
        mail.deliver(letter().pk)
    assert Letter.objects.get().state == "queued"


def test_a_letter_that_cannot_be_written_is_not_tried_again_and_is_heard_of(db, monkeypatch):
    monkeypatch.setitem(TEMPLATES, "mail/test.txt", "{% nonsense %}")
    broken = letter()
    with pytest.raises(Exception, match="nonsense"):
        mail.deliver(broken.pk)
    broken.refresh_from_db()
    assert broken.state == "refused"


def test_the_sweeper_queues_again_what_a_dead_worker_was_sending(db, eager, django_capture_on_commit_callbacks):
    old = timezone.now() - timedelta(hours=5)
    dead, fresh = letter(), letter()
    Letter.objects.filter(pk=dead.pk).update(state="sending", tried_at=old, created_at=old, tries=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert mail.sweep() == 1
    dead.refresh_from_db()
    fresh.refresh_from_db()
    assert (dead.state, fresh.state) == ("sent", "queued")


@pytest.mark.parametrize(
    ("facts", "rule"),
    [({"state": "lost"}, "letter_state_is_known"), ({"state": "sent"}, "letter_has_a_sending_date_once_sent")],
)
def test_the_database_refuses_an_impossible_letter(db, facts, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Letter.objects.create(template="test", to="a@people.example", language="en", **facts)


def test_the_tests_send_nothing_outside():
    assert type(get_connection()).__module__ == "django.core.mail.backends.locmem"
