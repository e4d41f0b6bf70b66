"""The unprivileged account that runs Postgres when root asks for it, and what that account can reach."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from allies.embedded.problems import Problem

_CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs Postgres: the caller, or somebody less than root."""

    uid: int
    gid: int
    switched: bool

    def run_options(self) -> dict[str, object]:
        """Give the options of `Popen` that start a process as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switched else {}

    def can_enter(self, folder: Path) -> bool:
        """Tell whether this account can reach a folder."""
        return self._succeeds('cd -- "$1"', folder)

    def can_execute(self, program: Path) -> bool:
        """Tell whether this account can run a program."""
        return self._succeeds('"$1" --version', program)

    def own(self, path: Path) -> None:
        """Give a file or folder to this account."""
        if self.switched:
            os.chown(path, self.uid, self.gid)

    def _succeeds(self, script: str, path: Path) -> bool:
        if not self.switched:
            return True
        done = subprocess.run(  # type: ignore[call-overload]
            ["/bin/sh", "-c", script, "sh", str(path)],
            cwd="/",
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self.run_options(),
        )
        return bool(done.returncode == 0)


def choose_account() -> Account:
    """Choose the caller, unless that is root, whom Postgres refuses."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switched=False)
    for name in (os.environ.get("ALLIES_POSTGRES_USER", ""), *_CANDIDATES):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid, switched=True)
    raise Problem(
        "Postgres does not run as root, and this machine has neither an account “postgres” nor “nobody”: "
        "name another one in ALLIES_POSTGRES_USER, or run this command as an ordinary user."
    )


def reachable_folder(home: Path, account: Account) -> Path:
    """Give the folder under which Postgres keeps its data: the home itself, or one the account can reach."""
    if account.can_enter(home):
        return home
    elsewhere = elsewhere_of(home)
    try:
        elsewhere.mkdir(mode=0o711)
    except FileExistsError:
        facts = elsewhere.lstat()
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid() or facts.st_mode & 0o022:
            raise Problem(f"{elsewhere} belongs to somebody else: remove it, or choose another ALLIES_HOME.") from None
    elsewhere.chmod(0o711)
    return elsewhere


def elsewhere_of(home: Path) -> Path:
    """Name the folder that stands in for a home which only root can enter."""
    return Path("/var/tmp") / f"allies-{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"  # noqa: S108


def reachable_binaries(pginstall: Path, account: Account, folder: Path) -> Path:
    """Give the Postgres programs, copied to a folder the account can reach when it cannot reach their own."""
    if account.can_execute(pginstall / "bin" / "postgres"):
        return pginstall / "bin"
    facts = (pginstall / "bin" / "postgres").stat()
    copy = folder / f"pginstall-{facts.st_size}-{facts.st_mtime_ns}"
    if not copy.exists():
        for old in folder.glob("pginstall-*"):
            shutil.rmtree(old)
        part = folder / "pginstall-part"
        shutil.copytree(pginstall, part, symlinks=True)
        part.chmod(0o755)
        part.rename(copy)
    if not account.can_execute(copy / "bin" / "postgres"):
        raise Problem(f"The programs of Postgres in {copy} cannot be run by another account than root.")
    return copy / "bin"
