"""How long a person waits for the first page: on a fresh clone, and the next time."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from allies.embedded.ports import free_port
from tests.benchmarks.table import Table

PROJECT = Path(__file__).resolve().parents[2]
# What the page promises; the first run downloads packages, which depends on the network more than on us.
LIMITS = {"fresh clone": 120.0, "second run": 15.0, "stop": 10.0}


def measure() -> Table:
    """Clone the project, run `make demo` twice, and stop it twice."""
    folder = Path(tempfile.mkdtemp(prefix="allies bench "))
    try:
        clone = folder / "portal"
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        first, stop_after_first = _start_and_stop(clone)
        second, stop_after_second = _start_and_stop(clone)
        subprocess.run(["make", "clean"], cwd=clone, env=_environment(0), check=True, capture_output=True)
    finally:
        shutil.rmtree(folder)
    measured = {"fresh clone": first, "second run": second, "stop": max(stop_after_first, stop_after_second)}
    return Table(
        name="Start-up",
        meaning=(
            "From `make demo` to the first page, in a folder with a space in its name; packages may come from "
            "pip's cache. "
            "“Stop” is from Ctrl-C to the end of the last process."
        ),
        headings=("what", "seconds", "limit", ""),
        rows=[
            (what, f"{seconds:.1f}", f"{LIMITS[what]:.0f}", "kept" if seconds <= LIMITS[what] else "**missed**")
            for what, seconds in measured.items()
        ],
    )


def _environment(port: int) -> dict[str, str]:
    given = {
        name: value for name, value in os.environ.items() if not name.startswith(("ALLIES_", "DATABASE_", "REDIS_"))
    }
    return given | {"PORT": str(port), "MAKEFLAGS": "", "MAKELEVEL": "0"}


def _start_and_stop(clone: Path) -> tuple[float, float]:
    port = free_port()
    started = time.monotonic()
    demo = subprocess.Popen(
        ["make", "demo"], cwd=clone, env=_environment(port), stdout=subprocess.DEVNULL, start_new_session=True
    )
    while not _answers(f"http://127.0.0.1:{port}/en/"):
        if demo.poll() is not None:
            raise SystemExit(f"`make demo` ended with {demo.returncode}.")
        time.sleep(0.05)
    waited = time.monotonic() - started
    stopping = time.monotonic()
    os.killpg(demo.pid, signal.SIGINT)
    demo.wait()
    return waited, time.monotonic() - stopping


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status == 200
    except OSError:
        return False
