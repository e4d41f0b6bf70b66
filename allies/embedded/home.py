"""The folder where the embedded services live: data, logs, secrets and locks."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from allies.embedded.account import elsewhere_of

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Home:
    """A folder of embedded services; a throw-away one trades safety for speed and is removed at the end."""

    path: Path
    throw_away: bool = False

    @property
    def users_lock(self) -> Path:
        """Give the lock that each user of the services holds shared."""
        return self.path / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        """Give the lock that the keeper holds for as long as it lives."""
        return self.path / "keeper.lock"

    @property
    def start_lock(self) -> Path:
        """Give the lock that lets one user at a time look for a keeper and start one."""
        return self.path / "start.lock"

    @property
    def services_file(self) -> Path:
        """Give the file where the keeper says how to reach the services."""
        return self.path / "services.json"

    @property
    def logs(self) -> Path:
        """Give the folder of the services' logs."""
        return self.path / "log"

    def secret(self, name: str) -> str:
        """Give a random secret of this home, made the first time it is asked for."""
        file = self.path / "secrets.json"
        with locked(self.path / "secrets.lock", fcntl.LOCK_EX):
            known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
            if name not in known:
                known[name] = secrets.token_urlsafe(48)
                write_private(file, json.dumps(known, indent=1))
        return known[name]

    def remove(self) -> None:
        """Remove the home and the folder that stood in for it."""
        shutil.rmtree(elsewhere_of(self.path), ignore_errors=True)
        shutil.rmtree(self.path, ignore_errors=True)


def lasting_home() -> Home:
    """Give the home named by `ALLIES_HOME`, or `.allies` in the project."""
    named = os.environ.get("ALLIES_HOME")
    return _made(Path(named).expanduser().resolve() if named else PROJECT / ".allies", throw_away=False)


def throw_away_home() -> Home:
    """Make a new home for one command."""
    return _made(Path(tempfile.mkdtemp(prefix="allies-")).resolve(), throw_away=True)


def _made(path: Path, *, throw_away: bool) -> Home:
    path.mkdir(parents=True, exist_ok=True)
    # Postgres run by another account than root has to walk through, but nobody may look around.
    path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    (path / "log").mkdir(exist_ok=True)
    return Home(path, throw_away)


def write_private(file: Path, text: str) -> None:
    """Write a file at once and for its owner's eyes only."""
    part = file.with_suffix(f".{os.getpid()}")
    part.touch(mode=0o600)
    part.write_text(text)
    part.replace(file)


@contextlib.contextmanager
def locked(file: Path, kind: int) -> Iterator[int]:
    """Hold a lock on a file for as long as the block runs."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
        yield descriptor
    finally:
        os.close(descriptor)


def lock_now(descriptor: int, kind: int) -> bool:
    """Take a lock if nobody is in the way, and tell whether that worked."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
