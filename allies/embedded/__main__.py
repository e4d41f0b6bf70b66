"""`python -m allies.embedded [--fresh] COMMAND…`: run a command with Postgres and Redis at hand."""

import argparse
import contextlib
import os
import sys
from pathlib import Path

from allies.embedded.home import lasting_home, throw_away_home
from allies.embedded.problems import Problem
from allies.embedded.supervise import supervise
from allies.embedded.use import in_use, services


def main() -> int:
    """Run the command of the command line and give its exit code."""
    parser = argparse.ArgumentParser(prog="python -m allies.embedded", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="use new services and throw them away afterwards")
    parser.add_argument("--remove", action="store_true", help="remove the services' data and do nothing else")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if given.remove:
        return _remove()
    if not given.command:
        parser.error("which command?")
    try:
        return _run(given.command, fresh=given.fresh)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1


def _run(command: list[str], *, fresh: bool) -> int:
    # `python` and `pytest` mean those of this environment, also when it is not activated.
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }
    if "DATABASE_URL" in environment and "REDIS_URL" in environment:
        return supervise(command, environment)
    home = throw_away_home() if fresh else lasting_home()
    with contextlib.ExitStack() as stack:
        addresses = stack.enter_context(services(home))
        defaults = {"SECRET_KEY": home.secret("django"), **addresses}
        return supervise(command, defaults | environment | {"ALLIES_HOME": str(home.path)})


def _remove() -> int:
    home = lasting_home()
    if in_use(home):
        print(f"Something still uses the services in {home.path}: stop it first.", file=sys.stderr)
        return 1
    home.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
