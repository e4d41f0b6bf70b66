"""Logs: one line an event, with numbers for people, never their names or addresses."""

import io
import json
import logging

import pytest
import structlog
from django.core.exceptions import PermissionDenied
from structlog.contextvars import bound_contextvars

from allies.kit import logs


@pytest.fixture
def lines(monkeypatch):
    """Write as in production, into a list."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    logs.configure(level="INFO", json=True)
    stream = io.StringIO()
    root.handlers[0].setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_an_event_is_one_line_with_the_requests_number(lines):
    with bound_contextvars(request_id="r1", user_id="u1", council_id="c1"):
        structlog.get_logger("portal").info("paired", pairs=3)
    (line,) = lines()
    assert {key: line[key] for key in ("event", "pairs", "request_id", "user_id", "council_id", "level", "logger")} == {
        "event": "paired",
        "pairs": 3,
        "request_id": "r1",
        "user_id": "u1",
        "council_id": "c1",
        "level": "info",
        "logger": "portal",
    }


def test_the_standard_librarys_lines_look_the_same(lines):
    with bound_contextvars(request_id="r1"):
        logging.getLogger("elsewhere").warning("Mail to %s failed", "ana@people.example")
    (line,) = lines()
    assert (line["event"], line["request_id"], line["logger"]) == ("Mail to [hidden] failed", "r1", "elsewhere")


@pytest.mark.parametrize(
    "key", ["email", "user_email", "name", "password", "token", "phone", "authorization", "ip", "to"]
)
def test_a_personal_or_secret_value_is_hidden_by_its_key(lines, key):
    structlog.get_logger().info("seen", **{key: "Ana"}, nested={key: "Ana"})
    (line,) = lines()
    assert (line[key], line["nested"]) == ("[hidden]", {key: "[hidden]"})


@pytest.mark.parametrize("key", ["user_id", "task_name", "route", "count"])
def test_other_values_stay(lines, key):
    structlog.get_logger().info("seen", **{key: "kit.x"})
    assert lines()[0][key] == "kit.x"


def test_addresses_in_a_traceback_are_hidden(lines):
    try:
        raise ValueError("duplicate key: Key (email)=(ana silva@people) exists; ana@people.example")
    except ValueError:
        structlog.get_logger().exception("failed")
    text = lines()[0]["exception"]
    assert "ana" not in text.rpartition("ValueError")[2]
    assert "Key (email)=([hidden])" in text


def test_a_line_below_the_level_is_not_written(lines):
    structlog.get_logger().debug("detail")
    assert lines() == []


@pytest.mark.parametrize(
    "said", ["Not Found", "Forbidden (CSRF cookie not set.)", "Method Not Allowed (POST)", "Internal Server Error"]
)
def test_the_path_of_what_went_wrong_is_left_out(lines, said):
    logging.getLogger("django.request").error("%s: %s", said, "/en/invitation/a-token/")
    assert lines()[0]["event"] == said


@pytest.mark.parametrize(("error", "told"), [(PermissionDenied("no"), False), (ValueError("broken"), True)])
def test_a_refusal_is_one_line_and_a_fault_says_where(lines, error, told):
    try:
        raise error
    except Exception:
        logging.getLogger("django.request").warning("Forbidden", exc_info=True)
    (line,) = lines()
    assert ("exception" in line) == told
