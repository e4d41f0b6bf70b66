"""The demonstration, as a person meets it in a terminal."""

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from allies.embedded import linux
from allies.embedded.announce import ACCOUNTS, PASSWORD
from allies.embedded.ports import free_port
from tests.kit.processes import all_end

pytestmark = pytest.mark.services

PROJECT = Path(__file__).resolve().parents[2]
# A test run that is killed takes its demonstration along.
WITH_US = linux.ends_with_its_parent(signal.SIGTERM)
EMBEDDED = [sys.executable, "-m", "allies.embedded"]
DEMO = [*EMBEDDED, "python", "-m", "allies.embedded.demo"]


def environment(**values):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALLIES_", "DATABASE_", "REDIS_", "SECRET_"))}
    return kept | {"COVERAGE_PROCESS_START": "", **values}


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


@contextlib.contextmanager
def temporary_home(path):
    """Give a home for demonstrations and remove it with what stood in for it."""
    yield str(path)
    subprocess.run([*EMBEDDED, "--remove"], cwd=PROJECT, env=environment(ALLIES_HOME=str(path)), check=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Give a home that demonstrations use one after the other, so that only the first has to make everything."""
    with temporary_home(tmp_path_factory.mktemp("demo") / "home") as path:
        yield path


def start(home, port, output):
    return subprocess.Popen(
        DEMO,
        cwd=PROJECT,
        env=environment(ALLIES_HOME=home, PORT=str(port)),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        preexec_fn=WITH_US,
        start_new_session=True,
    )


def wait_for_welcome(demo, read):
    until = time.monotonic() + 150
    words = ""
    while "Press Ctrl-C to stop." not in words and demo.poll() is None and time.monotonic() < until:
        time.sleep(0.2)
        words = read()
    assert "Press Ctrl-C to stop." in words, words[-3000:]
    family = psutil.Process(demo.pid).children(recursive=True)
    assert len(family) >= 8
    return family


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Run the demonstration on servers of its own, and see that Ctrl-C leaves no process."""
    port = free_port()
    folder = tmp_path_factory.mktemp("running demo")
    log = folder / "words.txt"
    with temporary_home(folder / "home") as home:
        with log.open("wb") as words:
            demo = start(home, port, words)
        try:
            family = wait_for_welcome(demo, log.read_text)
            yield home, port, log
            os.killpg(demo.pid, signal.SIGINT)
            assert demo.wait(60) == 0
            assert all_end(family)
        finally:
            if demo.poll() is None:
                demo.terminate()
                demo.wait(60)


@pytest.mark.xdist_group("demo")
def test_the_welcome_names_the_address_and_every_account(running):
    _, port, log = running
    words = log.read_text()

    assert f"http://localhost:{port}/en/" in words
    assert f"http://localhost:{port}/fr/" in words
    assert PASSWORD in words
    assert [email for email, _ in ACCOUNTS if email not in words] == []


@pytest.mark.xdist_group("demo")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_page_answers_in_both_languages(running, language):
    _, port, _ = running

    status, page = fetch(f"http://127.0.0.1:{port}/{language}/")

    assert status == 200
    assert f'lang="{language}' in page


@pytest.mark.xdist_group("demo")
def test_everything_it_needs_is_there(running):
    _, port, _ = running

    until = time.monotonic() + 60
    status, body = fetch(f"http://127.0.0.1:{port}/readyz")
    # The first page does not wait for the worker.
    while status != 200 and time.monotonic() < until:
        time.sleep(0.5)
        status, body = fetch(f"http://127.0.0.1:{port}/readyz")

    assert (status, json.loads(body)["checks"]) == (
        200,
        {"database": True, "migrations": True, "redis": True, "worker": True},
    )


def refused(home, port):
    done = subprocess.run(
        DEMO,
        cwd=PROJECT,
        env=environment(ALLIES_HOME=home, PORT=str(port)),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    return done.stderr


@pytest.mark.xdist_group("demo")
def test_a_taken_port_is_refused_with_a_sentence(running, home):
    _, port, _ = running

    assert refused(home, port) == (
        f"Port {port} is taken by another program. Choose another one: make demo PORT={port + 1}\n"
    )


@pytest.mark.xdist_group("demo")
def test_a_second_one_on_the_same_data_is_refused_with_a_sentence(running):
    home, _, _ = running

    assert refused(home, free_port()) == f"A demonstration already runs from {home}: open that one, or stop it first.\n"


@pytest.mark.xdist_group("demo")
def test_no_process_outlives_a_demonstration_that_is_killed(home, tmp_path):
    log = tmp_path / "words.txt"
    with log.open("wb") as words:
        demo = start(home, free_port(), words)
    family = wait_for_welcome(demo, log.read_text)

    os.killpg(demo.pid, signal.SIGKILL)
    demo.wait(60)

    assert all_end(family)


@pytest.mark.xdist_group("demo")
def test_no_process_outlives_a_closed_terminal(home):
    ours, theirs = pty.openpty()
    demo = start(home, free_port(), theirs)
    os.close(theirs)
    said = []

    def read():
        # Linux answers with an error when the last process has left the terminal.
        with contextlib.suppress(OSError):
            while select.select([ours], [], [], 0)[0]:
                said.append(os.read(ours, 65536).decode(errors="replace"))
        return "".join(said)

    family = wait_for_welcome(demo, read)

    os.close(ours)
    os.killpg(demo.pid, signal.SIGHUP)
    demo.wait(60)

    assert all_end(family)
