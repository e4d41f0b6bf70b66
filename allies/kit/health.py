"""Tell machines how the portal is: whether the process lives, and whether all it needs is there."""

import time
from collections.abc import Callable

import redis
import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from allies.kit.access import gate

HEARTBEAT_KEY = "allies:heartbeat"
# Three beats of thirty seconds: one may be late, two may not.
HEARTBEAT_LASTS = 90
_PATIENCE = 2

logger = structlog.get_logger(__name__)


@gate("public")
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that this process lives."""
    return JsonResponse({"status": "ok"})


@gate("public")
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether the database, its migrations, Redis and the workers are there; 503 when one is not."""
    checks = {name: _passes(name, check) for name, check in CHECKS.items()}
    ready = all(checks.values())
    return JsonResponse({"status": "ok" if ready else "unavailable", "checks": checks}, status=200 if ready else 503)


def beat() -> None:
    """Leave a sign of life that fades by itself."""
    with _redis() as client:
        client.set(HEARTBEAT_KEY, int(time.time()), ex=HEARTBEAT_LASTS)


def workers_alive() -> bool:
    """Tell whether beat and a worker left a sign of life of late."""
    with _redis() as client:
        return bool(client.exists(HEARTBEAT_KEY))


def _passes(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, redis.exceptions.RedisError, OSError) as error:
        logger.warning("health_check_failed", check=name, error=type(error).__name__)
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


_migrated = False


def _migrations_applied() -> bool:
    """Compare the code's migrations with the database's; once they agree they agree for the life of the process."""
    global _migrated  # noqa: PLW0603 - reading every migration file at each question costs a tenth of a second
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _redis_answers() -> bool:
    with _redis() as client:
        return bool(client.ping())


def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_applied,
    "redis": _redis_answers,
    "worker": workers_alive,
}
