"""Rate limits: so many and no more, counted together, by an address that can't be made up."""

import threading
import time
from uuid import uuid4

import pytest
import redis
from django.http import HttpResponse
from django.test import RequestFactory

from allies.kit import ratelimit
from allies.kit.ratelimit import Rate, client_address, limit, take


@pytest.fixture
def name():
    return f"test-{uuid4()}"


def request(method="post", **meta):
    return getattr(RequestFactory(), method)("/", **meta)


def test_the_first_few_pass_and_the_next_one_waits(name):
    assert [take(name, "a", "3/h") for _ in range(3)] == [0, 0, 0]
    assert 1190 < take(name, "a", "3/h") <= 1200


def test_each_key_counts_for_itself(name):
    assert [take(name, "a", "1/h"), take(name, "b", "1/h")] == [0, 0]
    assert take(name, "a", "1/h") > 0


def test_time_brings_tokens_back(name):
    assert [take(name, "a", "2/s"), take(name, "a", "2/s")] == [0, 0]
    assert 0 < take(name, "a", "2/s") <= 0.5
    time.sleep(0.6)
    assert take(name, "a", "2/s") == 0


def test_many_at_once_get_no_more_than_there_is(name):
    start, passed = threading.Barrier(10), []

    def ask():
        start.wait()
        passed.append(take(name, "a", "4/h") == 0)

    threads = [threading.Thread(target=ask) for _ in range(10)]
    [thread.start() for thread in threads]
    [thread.join(10) for thread in threads]
    assert sum(passed) == 4


def test_redis_holds_no_key_in_the_clear(name):
    take(name, "203.0.113.9", "1/h")
    keys = [key.decode() for key in ratelimit._client().scan_iter(match=f"*{name}*")]
    assert len(keys) == 1
    assert "203.0.113.9" not in keys[0]


def test_without_redis_everything_passes(name, monkeypatch):
    away = redis.Redis.from_url("redis://127.0.0.1:1/0", socket_connect_timeout=0.2)
    monkeypatch.setattr(ratelimit, "_client", lambda: away)
    assert [take(name, "a", "1/h") for _ in range(3)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "rate"),
    [("10/h", Rate(10, 3600)), ("5/m", Rate(5, 60)), ("3/10m", Rate(3, 600)), ("1/2d", Rate(1, 172800))],
)
def test_rates_read(text, rate):
    assert Rate.parse(text) == rate


@pytest.mark.parametrize("text", ["", "10", "0/h", "x/h", "10/", "10/y", "-1/h"])
def test_a_rate_that_is_none_is_refused_at_the_start(text):
    with pytest.raises(ValueError, match="10/h"):
        limit("x", rate=text)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "198.51.100.1", "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.1", "10.0.0.1", "198.51.100.1"),
        (1, "made-up, 1.1.1.1, 198.51.100.1", "10.0.0.1", "198.51.100.1"),
        (2, "1.1.1.1, 198.51.100.1, 10.0.0.9", "10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.1", "10.0.0.1"),
        (1, "not an address", "10.0.0.1", "unknown"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_the_visitors_address_is_what_our_own_proxy_saw(settings, proxies, forwarded, remote, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    assert client_address(request(HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=remote)) == address


def test_a_view_asked_too_often_answers_429_and_says_how_long(name, monkeypatch):
    monkeypatch.setattr(ratelimit, "render", lambda r, t, c, status: HttpResponse(f"{t} {c}", status=status))
    view = limit(name, rate="1/h", key=lambda r: "a")(lambda r: HttpResponse("fine"))
    assert [view(request()).status_code, view(request("get")).status_code] == [200, 200]
    refused = view(request())
    assert (refused.status_code, refused.content) == (429, b"429.html {'minutes': 60}")
    assert 3590 < int(refused["Retry-After"]) <= 3600
