"""Around every request: its number, its headers, its language, its line in the log."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from structlog.contextvars import get_contextvars
from structlog.testing import capture_logs

from allies.kit import middleware
from tests import factories as make


def request(path="/", *, user=None, cookie=False, **headers):
    made = RequestFactory().get(path, headers=headers)
    made.session, made.user = SessionStore(), user or AnonymousUser()
    if cookie:
        made.COOKIES["allies_session"] = "x"
    return made


def answer(kind, asked, view=None):
    return kind(view or (lambda _: HttpResponse("fine")))(asked)


def test_each_answer_carries_its_requests_number():
    numbers = {answer(middleware.RequestIdMiddleware, request())["X-Request-ID"] for _ in range(2)}
    assert len(numbers) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", number) for number in numbers)


@pytest.mark.parametrize(
    ("proxies", "given", "believed"),
    [
        (1, "abc-12345678", True),
        (0, "abc-12345678", False),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "a b c d e", False),
    ],
)
def test_a_number_is_believed_only_from_our_own_proxy_and_if_it_is_one(settings, proxies, given, believed):
    settings.TRUSTED_PROXY_COUNT = proxies
    number = answer(middleware.RequestIdMiddleware, request(**{"X-Request-ID": given}))["X-Request-ID"]
    assert (number == given) is believed


def test_the_number_is_bound_while_the_request_lasts_and_no_longer():
    bound = []
    asked = request()
    answer(middleware.RequestIdMiddleware, asked, lambda _: bound.append(get_contextvars()) or HttpResponse())
    assert bound == [{"request_id": asked.request_id}]
    assert get_contextvars() == {}


def test_the_log_line_names_the_route_and_not_the_path():
    with capture_logs() as lines:
        answer(middleware.RequestIdMiddleware, request("/en/invitations/secret-token/"))
    (line,) = lines
    assert (line["event"], line["method"], line["status"]) == ("request", "GET", 200)
    assert "secret-token" not in str(line)


def test_an_error_leaves_no_number_behind():
    def fail(_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answer(middleware.RequestIdMiddleware, request(), fail)
    assert get_contextvars() == {}


def test_no_page_may_use_the_camera_or_the_place():
    policy = answer(middleware.PermissionsPolicyMiddleware, request())["Permissions-Policy"]
    assert {"camera=()", "geolocation=()", "microphone=()", "publickey-credentials-get=(self)"} <= set(
        policy.split(", ")
    )


def test_what_a_signed_in_person_sees_is_kept_nowhere(db):
    response = answer(middleware.PrivatePagesMiddleware, request(user=make.UserFactory(), cookie=True))
    assert response["Cache-Control"] == "no-store, private"


def test_a_public_page_may_be_kept_and_opens_no_session(db, django_assert_num_queries):
    asked = request()
    with django_assert_num_queries(0):
        response = answer(middleware.PrivatePagesMiddleware, asked)
    assert "Cache-Control" not in response
    assert asked.session.accessed is False


def test_a_stale_cookie_makes_nobody_signed_in(db):
    assert "Cache-Control" not in answer(middleware.PrivatePagesMiddleware, request(cookie=True))


def test_signing_out_empties_the_browsers_cache(db):
    asked = request(user=make.UserFactory(), cookie=True)

    def sign_out(given):
        given.user = AnonymousUser()
        return HttpResponse()

    response = answer(middleware.PrivatePagesMiddleware, asked, sign_out)
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response["Cache-Control"] == "no-store, private"


def test_the_persons_number_is_bound_for_the_logs(db):
    user, bound = make.UserFactory(), []
    asked = request(user=user, cookie=True)
    answer(middleware.PrivatePagesMiddleware, asked, lambda _: bound.append(get_contextvars()) or HttpResponse())
    assert bound == [{"user_id": str(user.pk)}]


@pytest.mark.parametrize(
    ("path", "cookie", "spoken"),
    [("/", True, "fr"), ("/en/x/", True, "en"), ("/fr/x/", True, "en"), ("/", False, "en")],
)
def test_a_persons_language_is_spoken_where_the_address_names_none(db, path, cookie, spoken):
    asked, heard = request(path, user=make.UserFactory(language="fr"), cookie=cookie), []
    with translation.override("en"):
        answer(
            middleware.LanguageMiddleware, asked, lambda _: heard.append(translation.get_language()) or HttpResponse()
        )
    assert heard == [spoken]


@pytest.mark.django_db
def test_a_body_larger_than_any_file_is_refused_before_it_is_read(client, settings):
    most = settings.REQUEST_MOST_BYTES
    refused = client.post(reverse("account_login"), data={}, CONTENT_LENGTH=str(most + 1))
    assert (refused.status_code, "at most 60 MB" in refused.text) == (413, True)
    assert client.post("/fr/compte/login/", CONTENT_LENGTH="x").status_code != 413
    french = client.post("/fr/compte/login/", data={}, CONTENT_LENGTH=str(most + 1))
    assert "au plus 60 Mo" in french.text


@pytest.mark.django_db
def test_a_form_with_more_text_than_a_form_can_hold_is_refused_with_the_same_sentence(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    refused = client.post(
        reverse("account_login"), data="login=" + "x" * 200, content_type="application/x-www-form-urlencoded"
    )
    assert (refused.status_code, "shorten the text" in refused.text) == (413, True)


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_and_says_what_to_do():
    refused = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "ana@people.example"})
    assert (refused.status_code, "reload it, and send the form again" in refused.text) == (403, True)
