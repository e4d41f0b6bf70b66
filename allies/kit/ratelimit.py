"""Rate limits for public forms: a token bucket in Redis, so that all processes count together."""

import hashlib
import hmac
import ipaddress
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

import redis
import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = structlog.get_logger(__name__)

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

# One round trip and atomic: refill by the time passed (by Redis's own clock), then take one token if there is one.
_TAKE = """
local capacity, per_token = tonumber(ARGV[1]), tonumber(ARGV[2])
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(bucket[1]) or capacity
tokens = math.min(capacity, tokens + math.max(0, now - (tonumber(bucket[2]) or now)) / per_token)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = (1 - tokens) * per_token end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], math.ceil(capacity * per_token) + 1)
return tostring(wait)
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times within so many seconds."""

    times: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> "Rate":
        """Read "10/h", "5/m", "100/d", "3/10m"; ValueError for anything else."""
        times, _, period = text.partition("/")
        if not times.isdigit() or int(times) < 1 or period[-1:] not in _SECONDS or not period:
            raise ValueError(f"A rate looks like 10/h, not {text!r}.")
        return cls(int(times), int(period[:-1] or 1) * _SECONDS[period[-1]])


@lru_cache(maxsize=1)
def _client() -> "redis.Redis":
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def take(name: str, key: str, rate: str | Rate) -> float:
    """Take one token; gives 0 when there was one, otherwise the seconds to wait.

    Without Redis everything is let through: a lost cache should not close the portal.
    """
    limit_ = Rate.parse(rate) if isinstance(rate, str) else rate
    # Redis never holds an address or an identifier in the clear.
    digest = hmac.new(settings.SECRET_KEY.encode(), key.encode(), hashlib.sha256).hexdigest()[:32]
    try:
        wait: Any = _client().eval(
            _TAKE, 1, cache.make_key(f"rate:{name}:{digest}"), limit_.times, limit_.seconds / limit_.times
        )
    except redis.RedisError:
        logger.warning("rate_limit_unavailable", limit=name)
        return 0.0
    return float(wait)


def client_address(request: HttpRequest) -> str:
    """Give the visitor's address: the one that the outermost of our own proxies saw.

    Each proxy appends the address it was called from, so only the last TRUSTED_PROXY_COUNT entries can be believed.
    An IPv6 visitor has a whole /64 to choose from, so the network counts as one address.
    """
    address = request.META.get("REMOTE_ADDR", "")
    trusted: int = settings.TRUSTED_PROXY_COUNT
    if trusted:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(chain) >= trusted:
            address = chain[-trusted]
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


def by_person(request: HttpRequest) -> str:
    """Count by account, and by address for people who are not signed in."""
    return str(request.user.pk) if request.user.is_authenticated else client_address(request)


View = Callable[..., HttpResponse]


def limit(
    name: str,
    *,
    rate: str,
    key: Callable[[HttpRequest], str] = client_address,
    methods: Collection[str] = ("POST",),
) -> Callable[[View], View]:
    """Let a view be asked only so often, e.g. `@limit("contact", rate="10/h")` below its gate; otherwise answer 429."""
    parsed = Rate.parse(rate)

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods and (wait := take(name, key(request), parsed)):
                return too_many(request, wait)
            return view(request, *args, **kwargs)

        return limited

    return decorate


def too_many(request: HttpRequest, wait: float) -> HttpResponse:
    """Answer 429 with the time to wait."""
    seconds = max(1, int(wait) + 1)
    response = render(request, "429.html", {"minutes": -(-seconds // 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return response
