"""A GET changes nothing: the matrix asks every safe URL under a tripwire, which bites."""

import pytest
from django.db import connection

from councils.models import Council
from tests.access.tripwire import tripwire


@pytest.mark.parametrize(
    "write",
    [
        lambda council: Council.objects.filter(pk=council.pk).update(name_en="Other"),
        lambda council: council.save(),
        lambda council: connection.cursor().execute("DELETE FROM councils_story WHERE false"),
    ],
)
def test_the_tripwire_bites(world, write) -> None:
    with tripwire() as written:
        write(world.halifax)
    assert len(written) == 1


def test_reading_does_not_trip_it(world) -> None:
    with tripwire() as written:
        world.halifax.refresh_from_db()
        list(Council.objects.select_for_update())
    assert written == []
