"""Make the demonstration's database and files ready; every step may be repeated."""

import hashlib
import sys
import time
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command


def main() -> int:
    """Take each step and say how long it took."""
    django.setup()
    for label, step in STEPS:
        started = time.monotonic()
        print(f"  {label} …", end="", flush=True)
        try:
            step()
        except CommandError as error:
            print(f"\n{error}", file=sys.stderr)
            return 1
        print(f" {time.monotonic() - started:.1f} s", flush=True)
    return 0


def _collect_static() -> None:
    """Collect and compress styles, scripts and pictures, unless none of them changed since the last time."""
    mark = settings.STATIC_ROOT.with_suffix(".collected")
    now = _sum_of_static()
    if settings.STATIC_ROOT.is_dir() and mark.exists() and mark.read_text() == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(now)


def _sum_of_static() -> str:
    from django.contrib.staticfiles.finders import get_finders

    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            facts = path.stat()
            found.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _command(name: str, **options: object) -> Callable[[], object]:
    # What a command says about each of its rows is for its own users, not for people waiting for a page.
    return partial(call_command, name, verbosity=0, stdout=StringIO(), **options)


STEPS: tuple[tuple[str, Callable[[], object]], ...] = (
    ("Bring the database up to date", _command("migrate", interactive=False)),
    ("Compile the translations", _command("compile_translations")),
    ("Collect styles, scripts and pictures", _collect_static),
    ("Load the reference tables", _command("load_reference")),
    ("Load the network", _command("load_network")),
    ("Load the demonstration's people", _command("load_demo")),
    ("Load the demonstration’s mentoring", _command("load_demo_mentoring")),
)


if __name__ == "__main__":
    sys.exit(main())
