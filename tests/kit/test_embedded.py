import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from allies.embedded import linux
from allies.embedded.account import elsewhere_of
from tests.kit.processes import has_ended

pytestmark = pytest.mark.services

PROJECT = Path(__file__).resolve().parents[2]
ASK_BOTH = """
import json, os, psycopg2, redis
with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    version = "current_setting('server_version_num')::int / 10000"
    cursor.execute(f"SELECT {version}, current_user, current_setting('is_superuser')")
    postgres = cursor.fetchone()
connection.close()
client = redis.Redis.from_url(os.environ["REDIS_URL"])
print(json.dumps({"postgres": postgres, "redis": client.ping(), "address": os.environ["DATABASE_URL"]}))
client.close()
"""


class Desk:
    """A place where commands are run with embedded services."""

    def __init__(self, home):
        self.home = home
        self.environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}
        self.environment["ALLIES_HOME"] = str(home)
        self.words = [sys.executable, "-m", "allies.embedded"]
        self.started = []

    def run(self, *command, fresh=False):
        words = [*self.words, *(["--fresh"] if fresh else []), *command]
        return subprocess.run(
            words, check=False, cwd=PROJECT, env=self.environment, capture_output=True, text=True, timeout=120
        )

    def start(self, *command):
        return self.popen([*self.words, *command], preexec_fn=linux.ends_with_its_parent(signal.SIGTERM))

    def popen(self, words, **options):
        process = subprocess.Popen(
            words,
            cwd=PROJECT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )
        self.started.append(process)
        return process

    def processes(self):
        """List what runs from this home: the keeper and the servers."""
        places = (str(self.home), str(elsewhere_of(self.home)))
        found = []
        for process in psutil.process_iter(["cmdline"]):
            line = " ".join(process.info["cmdline"] or [])
            if any(place in line for place in places) and process.pid != os.getpid():
                found.append(line)
        return found

    def comes_to_rest(self):
        until = time.monotonic() + 30
        while self.processes() and time.monotonic() < until:
            time.sleep(0.1)
        return self.processes() == []


@pytest.fixture
def desk(tmp_path):
    desk = Desk((tmp_path / "a home with spaces, é and “quotes”").resolve())
    yield desk
    for process in desk.started:
        process.stdout.close()
    assert desk.comes_to_rest()
    shutil.rmtree(elsewhere_of(desk.home), ignore_errors=True)


def ends(process):
    return process.wait(60)


def test_a_command_finds_a_postgres_17_and_a_redis(desk):
    done = desk.run("python", "-c", ASK_BOTH)

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["postgres"] == [17, "allies", "off"]
    assert said["redis"] is True


def test_the_exit_code_of_the_command_is_passed_on(desk):
    assert desk.run("sh", "-c", "exit 7").returncode == 7


def test_a_command_ended_by_a_signal_looks_as_it_does_in_a_shell(desk):
    assert desk.run("sh", "-c", "kill -TERM $$").returncode == 128 + signal.SIGTERM


def test_an_unknown_command_is_refused_with_a_sentence(desk):
    done = desk.run("no-such-command")

    assert (done.returncode, done.stderr) == (1, "no-such-command cannot be run: No such file or directory.\n")


def test_with_both_addresses_given_nothing_is_started(desk):
    desk.environment |= {"DATABASE_URL": "postgres://given", "REDIS_URL": "redis://given"}

    done = desk.run("sh", "-c", "echo $DATABASE_URL $REDIS_URL")

    assert done.stdout == "postgres://given redis://given\n"
    assert not desk.home.exists()


def test_data_outlives_the_command(desk):
    write = "import os, psycopg2; c = psycopg2.connect(os.environ['DATABASE_URL']); c.autocommit = True; "
    first = desk.run("python", "-c", write + "c.cursor().execute('CREATE TABLE kept ()'); c.close()")
    second = desk.run("python", "-c", write + "c.cursor().execute('DROP TABLE kept'); c.close()")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr


def test_throw_away_services_leave_no_folder(desk):
    done = desk.run("sh", "-c", "echo $ALLIES_HOME", fresh=True)

    home = Path(done.stdout.strip())
    assert home.name.startswith("allies-")
    assert not home.exists()
    assert not elsewhere_of(home).exists()


def test_the_secrets_are_for_the_owner_only(desk):
    desk.run("true")

    assert (desk.home / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert desk.home.stat().st_mode & 0o066 == 0


def test_two_commands_share_the_services_and_the_last_one_stops_them(desk):
    first = desk.start("sh", "-c", "echo $DATABASE_URL; sleep 300")
    first_address = first.stdout.readline().strip()
    second = desk.run("python", "-c", ASK_BOTH)

    assert json.loads(second.stdout)["address"] == first_address
    assert desk.processes() != []
    first.terminate()
    ends(first)
    assert desk.comes_to_rest()


def test_the_one_who_came_first_may_leave_first(desk):
    first = desk.start("sh", "-c", "echo here; sleep 300")
    first.stdout.readline()
    second = desk.start("sh", "-c", "echo $DATABASE_URL; sleep 300")
    second_address = second.stdout.readline().strip()

    first.terminate()
    ends(first)

    assert json.loads(desk.run("python", "-c", ASK_BOTH).stdout)["address"] == second_address
    second.terminate()
    ends(second)


def test_services_stop_when_their_only_user_is_killed(desk):
    user = desk.start("sh", "-c", "echo here; sleep 300")
    user.stdout.readline()

    user.kill()
    ends(user)

    assert desk.comes_to_rest()


def test_a_killed_keeper_takes_its_servers_along_and_the_next_run_starts_anew(desk):
    user = desk.start("sh", "-c", "echo here; sleep 300")
    user.stdout.readline()
    keeper = json.loads((desk.home / "services.json").read_text())["keeper"]

    os.kill(keeper, signal.SIGKILL)
    user.terminate()
    ends(user)

    assert desk.run("python", "-c", ASK_BOTH).returncode == 0


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(desk):
    desk.run("true")
    data = next(place for place in (desk.home, elsewhere_of(desk.home)) if (place / "postgres").exists()) / "postgres"
    stranger = subprocess.Popen(["sleep", "300"])
    try:
        (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n")

        done = desk.run("python", "-c", ASK_BOTH)

        assert done.returncode == 0, done.stderr
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_what_the_command_leaves_behind_is_ended(desk, tmp_path):
    note = tmp_path / "pid"

    desk.run("sh", "-c", f"setsid sleep 300 & echo $! > '{note}'")

    left = int(note.read_text())
    assert not psutil.pid_exists(left) or has_ended(psutil.Process(left))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_make_alone_can_be_told_to_stop(desk, tmp_path, number):
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@exec '{sys.executable}' -m allies.embedded sh -c 'echo here; exec sleep 300'\n")
    # A background job of a script ignores Ctrl-C, and so would a make that a test run of such a job starts.
    make = desk.popen(
        ["make", "-f", makefile, "run"],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    make.stdout.readline()

    make.send_signal(number)

    assert ends(make) != 0
    assert desk.comes_to_rest()


def test_services_in_use_are_not_removed(desk):
    user = desk.start("sh", "-c", "echo here; sleep 300")
    user.stdout.readline()

    refused = desk.run("--remove")
    user.terminate()
    ends(user)
    removed = desk.run("--remove")

    assert (refused.returncode, removed.returncode) == (1, 0)
    assert refused.stderr == f"Something still uses the services in {desk.home}: stop it first.\n"
    assert not desk.home.exists()
