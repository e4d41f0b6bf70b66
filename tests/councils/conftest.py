"""What the tests of shipped data share: loading once for a file of tests, each test in a savepoint of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from councils.services.demo_data import load_demo
from councils.services.network_data import load_network
from councils.services.reference import load_reference
from tests import factories as make
from tests.loading import loaded


@pytest.fixture(scope="module")
def reference_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the reference tables for a file of tests."""
    with loaded(django_db_blocker, load_reference):
        yield


@pytest.fixture(scope="module")
def network_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the reference tables and the network for a file of tests."""
    with loaded(django_db_blocker, load_reference, load_network):
        yield


@pytest.fixture(scope="module")
def demo_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load all that the demonstration has for a file of tests."""
    with override_settings(ALLIES_DEMO=True), loaded(django_db_blocker, load_reference, load_network, load_demo):
        yield


@pytest.fixture
def reference(reference_once: None, db: None) -> None:
    """The reference tables are there, the network is not."""


@pytest.fixture
def halifax(db: None) -> Any:
    """A published council with its place, at an address in each language."""
    return make.CouncilFactory(
        slug_en="halifax",
        slug_fr="halifax-fr",
        name_en="Halifax Council",
        name_fr="Conseil de Halifax",
        place=make.PlaceFactory(code="halifax"),
    )
