from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from allies.embedded.ports import free_port
from allies.kit import health
from allies.kit.tasks import heartbeat


@pytest.fixture(autouse=True)
def own_sign_of_life(monkeypatch):
    """Keep the signs of life of other tests' workers out."""
    monkeypatch.setattr(health, "HEARTBEAT_KEY", f"tests:heartbeat:{uuid4()}")
    monkeypatch.setattr(health, "_migrated", False)


@pytest.fixture
def without_redis(settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"


def test_the_process_answers_without_asking_anybody(client, without_redis):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_with_everything_there_the_portal_is_ready(client):
    heartbeat()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"database": True, "migrations": True, "redis": True, "worker": True},
    }


@pytest.mark.django_db
def test_silent_workers_make_the_portal_unready(client):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {
        "status": "unavailable",
        "checks": {"database": True, "migrations": True, "redis": True, "worker": False},
    }


@pytest.mark.django_db
def test_without_redis_the_portal_says_so_instead_of_failing(client, without_redis):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "migrations": True, "redis": False, "worker": False}


@pytest.mark.django_db
def test_a_migration_that_waits_makes_the_portal_unready(client):
    heartbeat()
    newest = MigrationRecorder.Migration.objects.filter(app="sessions").latest("pk")
    newest.delete()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "migrations": False, "redis": True, "worker": True}


@pytest.mark.django_db
def test_without_a_database_the_portal_says_so_instead_of_failing(client, monkeypatch):
    heartbeat()
    elsewhere = connection.copy()
    elsewhere.settings_dict["PORT"] = free_port()
    monkeypatch.setattr(health, "connection", elsewhere)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": False, "migrations": False, "redis": True, "worker": True}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(client, address):
    assert client.post(address).status_code == 405


def test_the_sign_of_life_fades_by_itself():
    heartbeat()

    with health._redis() as client:
        assert 0 < client.ttl(health.HEARTBEAT_KEY) <= health.HEARTBEAT_LASTS


def test_the_heartbeat_command_tells_containers():
    with pytest.raises(CommandError, match="No worker has answered beat for 90 seconds."):
        call_command("heartbeat")

    heartbeat()

    call_command("heartbeat", stdout=StringIO())
