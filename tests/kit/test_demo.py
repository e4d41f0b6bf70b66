"""The demonstration, as a person meets it in a terminal."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from allies.embedded.announce import ACCOUNTS, PASSWORD
from allies.embedded.ports import free_port

pytestmark = pytest.mark.services

PROJECT = Path(__file__).resolve().parents[2]
DEMO = [sys.executable, "-m", "allies.embedded", "--fresh", "python", "-m", "allies.embedded.demo"]


def environment(**values):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALLIES_", "DATABASE_", "REDIS_", "SECRET_"))}
    return kept | {"COVERAGE_PROCESS_START": "", **values}


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Run the demonstration on servers of its own and give its port, its words and all its processes."""
    port = free_port()
    log = tmp_path_factory.mktemp("demo") / "words.txt"
    with log.open("wb") as words:
        demo = subprocess.Popen(
            DEMO, cwd=PROJECT, env=environment(PORT=str(port)), stdout=words, stderr=words, start_new_session=True
        )
        until = time.monotonic() + 150
        while "Press Ctrl-C to stop." not in log.read_text() and demo.poll() is None and time.monotonic() < until:
            time.sleep(0.2)
        try:
            yield port, log, demo
        finally:
            if demo.poll() is None:
                demo.terminate()
                demo.wait(60)


@pytest.mark.xdist_group("demo")
def test_the_welcome_names_the_address_and_every_account(running):
    port, log, _ = running
    words = log.read_text()

    assert f"http://localhost:{port}/en/" in words
    assert f"http://localhost:{port}/fr/" in words
    assert PASSWORD in words
    assert [email for email, _ in ACCOUNTS if email not in words] == []


@pytest.mark.xdist_group("demo")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_page_answers_in_both_languages(running, language):
    port, _, _ = running

    status, page = fetch(f"http://127.0.0.1:{port}/{language}/")

    assert status == 200
    assert f'lang="{language}' in page


@pytest.mark.xdist_group("demo")
def test_everything_it_needs_is_there(running):
    port, _, _ = running

    status, body = fetch(f"http://127.0.0.1:{port}/readyz")

    assert (status, json.loads(body)["checks"]) == (
        200,
        {"database": True, "migrations": True, "redis": True, "worker": True},
    )


@pytest.mark.xdist_group("demo")
def test_a_taken_port_is_refused_with_a_sentence(running):
    port, _, _ = running

    done = subprocess.run(
        DEMO, cwd=PROJECT, env=environment(PORT=str(port)), capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode == 1
    assert done.stderr == f"Port {port} is taken by another program. Choose another one: make demo PORT={port + 1}\n"


@pytest.mark.xdist_group("demo")
def test_a_second_one_on_the_same_data_is_refused_with_a_sentence(running):
    _, _, demo = running
    inside = psutil.Process(demo.pid).children()
    home = next(word for child in inside for word in child.cmdline() if Path(word).name.startswith("allies-"))

    done = subprocess.run(
        [word for word in DEMO if word != "--fresh"],
        cwd=PROJECT,
        env=environment(PORT=str(free_port()), ALLIES_HOME=home),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 1
    assert done.stderr == f"A demonstration already runs from {home}: open that one, or stop it first.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.xdist_group("demo")
def test_no_process_outlives_it(number, tmp_path):
    port = free_port()
    log = tmp_path / "words.txt"
    with log.open("wb") as words:
        demo = subprocess.Popen(
            DEMO, cwd=PROJECT, env=environment(PORT=str(port)), stdout=words, stderr=words, start_new_session=True
        )
    until = time.monotonic() + 150
    while "Press Ctrl-C to stop." not in log.read_text() and demo.poll() is None and time.monotonic() < until:
        time.sleep(0.2)
    family = psutil.Process(demo.pid).children(recursive=True)
    assert len(family) >= 8, log.read_text()

    os.killpg(demo.pid, number)
    demo.wait(60)

    assert psutil.wait_procs(family, timeout=40)[1] == []
