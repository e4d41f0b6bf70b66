"""Deploys do not break: the models and the migrations agree, and the last step can be taken back."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader

APPS = ("kit", "councils", "mentoring")


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.parametrize("app", APPS)
@pytest.mark.django_db
def test_the_migrations_of_an_app_are_one_line(app) -> None:
    graph = MigrationLoader(connection).graph
    assert len(graph.leaf_nodes(app)) == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_migration_goes_back_and_forth() -> None:
    graph = MigrationLoader(connection).graph
    newest = max(
        (node for node in graph.leaf_nodes() if node[0] in APPS), key=lambda node: len(graph.forwards_plan(node))
    )
    call_command("migrate", *(_before(graph, newest)), verbosity=0)
    assert newest not in MigrationLoader(connection).applied_migrations
    call_command("migrate", verbosity=0)
    assert newest in MigrationLoader(connection).applied_migrations


def _before(graph: MigrationGraph, node: tuple[str, str]) -> tuple[str, str]:
    app, _name = node
    return next((parent.key for parent in graph.node_map[node].parents if parent.key[0] == app), (app, "zero"))
