"""`python -m allies.embedded python -m allies.embedded.demo`: the whole portal in the foreground, with demo people."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from typing import Any

from allies.embedded import linux
from allies.embedded.home import PROJECT, Home, lasting_home, lock_now, locked
from allies.embedded.ports import is_free
from allies.embedded.problems import Problem


def main() -> int:
    """Prepare and run the demonstration until it is told to stop."""
    try:
        return _run(lasting_home())
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(home: Home) -> int:
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Problem(f"PORT must be a number from 1 to 65535, not “{port}”.")
    with locked(home.path / "demo.lock", fcntl.LOCK_UN) as demo:
        if not lock_now(demo, fcntl.LOCK_EX):
            raise Problem(f"A demonstration already runs from {home.path}: open that one, or stop it first.")
        if not is_free(host, int(port)):
            raise Problem(
                f"Port {port} is taken by another program. Choose another one: make demo PORT={int(port) + 1}"
            )
        address = f"http://localhost:{port}"
        os.environ.update(_environment(home, address))
        if code := subprocess.run(
            [sys.executable, "-m", "allies.embedded.prepare"], cwd=PROJECT, check=False
        ).returncode:
            return code
        return _serve(address)


def _environment(home: Home, address: str) -> dict[str, str]:
    fixed = {"ALLIES_ENV": "demo", "ALLIES_DEMO": "1", "DEBUG": "0"}
    defaults = {
        "ALLIES_BASE_URL": address,
        "BEAT_SCHEDULE": str(home.path / "celerybeat-schedule"),
        "LOG_LEVEL": "WARNING",
        "MEDIA_ROOT": str(home.path / "media"),
        "PYTHONUNBUFFERED": "1",
        # On a fresh machine there may be nobody but root; production runs as an account of its own.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        "STATIC_ROOT": str(home.path / "static"),
        "WEB_CONCURRENCY": "2",
        "DEMO_STARTED": str(time.time()),
    }
    return defaults | dict(os.environ) | fixed


def _serve(address: str) -> int:
    """Run web, worker and beat under honcho; when one ends, all end."""
    from honcho.environ import parse_procfile
    from honcho.manager import Manager
    from honcho.printer import Printer
    from honcho.process import Popen

    def bound(*words: Any, **options: Any) -> Any:
        """Start a process that ends with honcho, even when honcho is killed; honcho itself has no such option."""
        return Popen(*words, preexec_fn=linux.ends_with_its_parent(signal.SIGTERM), **options)

    manager = Manager(Printer(_Terminal()))
    for name, command in parse_procfile((PROJECT / "Procfile").read_text()).processes.items():
        manager.add_process(name, command, cwd=str(PROJECT))._child_ctor = bound
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    announcer = subprocess.Popen(
        [sys.executable, "-m", "allies.embedded.announce", address],
        cwd=PROJECT,
        preexec_fn=linux.ends_with_its_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs yet
    )
    try:
        manager.loop()
    finally:
        announcer.terminate()
        announcer.wait()
    stopped_by_hand = manager.returncode in (128 + signal.SIGINT, 128 + signal.SIGTERM)
    return 0 if stopped_by_hand else manager.returncode or 1


class _Terminal:
    """Standard output, which may close while three processes still have to be stopped."""

    def write(self, text: str) -> None:
        """Write, unless nobody reads any more."""
        with contextlib.suppress(OSError):
            sys.stdout.write(text)

    def flush(self) -> None:
        """Show what was written."""
        with contextlib.suppress(OSError):
            sys.stdout.flush()

    def isatty(self) -> bool:
        """Tell whether there are colours."""
        return sys.stdout.isatty()


if __name__ == "__main__":
    sys.exit(main())
