"""A database of a benchmark's own, so that the order of the benchmarks doesn't matter."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg2

PROJECT = Path(__file__).resolve().parents[2]


@contextmanager
def own_database() -> Iterator[str]:
    """Create a database beside the portal's, give its address, and remove it afterwards."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"bench_{uuid4().hex[:12]}"
    _order(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        _order(f"DROP DATABASE {name} WITH (FORCE)")


def _order(statement: str) -> None:
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


def elsewhere(module: str, *words: str, **settings: str) -> Any:
    """Run a module on a database of its own in a process of its own, and give what it printed last, read as JSON.

    `settings` are further environment variables of the process.
    """
    with own_database() as address:
        environment = os.environ | {"DATABASE_URL": address, "ALLIES_ENV": "test"} | settings
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


def begin() -> None:
    """Set Django up on this process's database as in a worker, and make tables and reference data in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allies.settings")
    import django

    django.setup()
    # Only now: they need the settings.
    from django.core.management import call_command

    from allies.kit.memory import let_lie_what_stays
    from councils.services.reference import load_reference

    call_command("migrate", verbosity=0)
    load_reference()
    let_lie_what_stays()
