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
STARTED = []
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


@pytest.fixture
def home(tmp_path):
    """Give a home for demonstrations and remove it with what stood in for it."""
    path = str(tmp_path / "home")
    yield path
    for demo in STARTED:
        if demo.poll() is None:
            demo.terminate()
            demo.wait(60)
    subprocess.run([*EMBEDDED, "--remove"], cwd=PROJECT, env=environment(ALLIES_HOME=path), check=True)


def start(home, port, output):
    demo = subprocess.Popen(
        DEMO,
        cwd=PROJECT,
        env=environment(ALLIES_HOME=home, PORT=str(port)),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        preexec_fn=WITH_US,
        start_new_session=True,
    )
    STARTED.append(demo)
    return demo


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


def read_terminal(ours, said):
    # Linux answers with an error when the last process has left the terminal.
    with contextlib.suppress(OSError):
        while select.select([ours], [], [], 0)[0]:
            said.append(os.read(ours, 65536).decode(errors="replace"))
    return "".join(said)


def ready(port):
    """Ask until everything is there: the first page does not wait for the worker."""
    until = time.monotonic() + 60
    while (answer := fetch(f"http://127.0.0.1:{port}/readyz"))[0] != 200 and time.monotonic() < until:
        time.sleep(0.3)
    return answer


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


def the_welcome_names_the_address_and_every_account(words, port):
    assert f"http://localhost:{port}/en/" in words
    assert f"http://localhost:{port}/fr/" in words
    assert PASSWORD in words
    assert [email for email, _ in ACCOUNTS if email not in words] == []


def the_first_page_answers_in_both_languages(port):
    for language in ("en", "fr"):
        status, page = fetch(f"http://127.0.0.1:{port}/{language}/")
        assert (status, f'lang="{language}' in page) == (200, True)


def everything_it_needs_is_there(port):
    status, body = ready(port)
    checks = {"database": True, "migrations": True, "redis": True, "worker": True}
    assert (status, json.loads(body)["checks"]) == (200, checks)


def another_one_is_refused_with_a_sentence(home, port, tmp_path):
    assert refused(home, free_port()) == f"A demonstration already runs from {home}: open that one, or stop it first.\n"
    assert refused(str(tmp_path / "other"), port) == (
        f"Port {port} is taken by another program. Choose another one: make demo PORT={port + 1}\n"
    )


def test_a_demonstration_runs_and_leaves_no_process_however_it_ends(home, tmp_path):
    port, log = free_port(), tmp_path / "words.txt"
    with log.open("wb") as words:
        demo = start(home, port, words)
    family = wait_for_welcome(demo, log.read_text)

    the_welcome_names_the_address_and_every_account(log.read_text(), port)
    the_first_page_answers_in_both_languages(port)
    everything_it_needs_is_there(port)
    another_one_is_refused_with_a_sentence(home, port, tmp_path)

    os.killpg(demo.pid, signal.SIGINT)
    assert demo.wait(60) == 0
    assert all_end(family)

    # The same data again: killed outright, then left by its terminal.
    no_process_outlives_a_demonstration_that_is_killed(home, log)
    no_process_outlives_a_closed_terminal(home)


def no_process_outlives_a_demonstration_that_is_killed(home, log):
    with log.open("wb") as words:
        demo = start(home, free_port(), words)
    family = wait_for_welcome(demo, log.read_text)

    os.killpg(demo.pid, signal.SIGKILL)
    demo.wait(60)

    assert all_end(family)


def no_process_outlives_a_closed_terminal(home):
    ours, theirs = pty.openpty()
    demo = start(home, free_port(), theirs)
    os.close(theirs)
    said = []
    family = wait_for_welcome(demo, lambda: read_terminal(ours, said))

    os.close(ours)
    os.killpg(demo.pid, signal.SIGHUP)
    demo.wait(60)

    assert all_end(family)
