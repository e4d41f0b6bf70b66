"""Deploys do not break: the models and the migrations agree, and the last step can be taken back."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
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


@pytest.mark.parametrize("app", APPS)
@pytest.mark.django_db(transaction=True)
def test_the_last_migration_goes_back_and_forth(app) -> None:
    names = sorted(name for label, name in MigrationLoader(connection).graph.nodes if label == app)
    if len(names) > 2:
        call_command("migrate", app, names[-2], verbosity=0)
    call_command("migrate", verbosity=0)
    assert names[-1] in {name for label, name in MigrationLoader(connection).applied_migrations if label == app}
