"""Loading the network's data files: faults are told by file and key and change nothing; rows made by hand stay."""

import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from allies.kit.audit import Entry
from allies.kit.scope import across
from councils.models import Council, Place, Source
from councils.services.network_data import load_network
from councils.services.sheets import RowErrors

FOLDER = Path(settings.BASE_DIR) / "councils" / "data" / "network"


def copied(to: Path, *names: str) -> Path:
    """A folder with the shared files and those of some councils."""
    to.mkdir()
    for name in {"sources", "facts", "events", *names}:
        shutil.copy(FOLDER / f"{name}.toml", to)
    return to


def test_a_council_made_by_hand_at_the_same_address_is_taken_as_it_is(reference: None, tmp_path: Path) -> None:
    made = Council.objects.create(
        name_en="By hand",
        name_fr="À la main",
        slug_en="niagara",
        slug_fr="niagara",
        province_id="ON",
        place_id="london",
    )
    load_network(folder=copied(tmp_path / "network", "niagara"))
    made.refresh_from_db()
    with across():
        assert (made.name_en, made.stage, made.stage_changes.count()) == ("By hand", "enquiry", 0)
        assert made.programmes.count() == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "niagara",
            'on = "2008"',
            'on = "spring 2008"',
            "niagara.toml, [[stages]] 1 on: Write a date like 2009, 2009-06 or 2009-06-30.",
        ),
        ("niagara", "works_in = [", 'colour = "red"\nworks_in = [', "niagara.toml, colour: We know no such key."),
        ("niagara", 'place = "st-catharines-niagara"', 'place = "atlantis"', "niagara.toml, place: "),
        ("niagara", 'works_in = ["en"]', 'works_in = ["en", "de"]', "niagara.toml, works_in: We know no “de” here."),
        (
            "saskatoon",
            'to = "stalled"',
            'to = "enquiry"',
            "saskatoon.toml, [[stages]] 2 to: No council goes from exploring to enquiry.",
        ),
        ("facts", 'source = "imprint-brief"', 'source = "hearsay"', "We know no source of this key."),
        ("ottawa", 'delivered_by = ["Citizenship', 'delivered_by = ["Citizens', "among the organisations first."),
        ("niagara", 'summary_fr = "', 'summary_xx = "', "niagara.toml, summary_xx: We know no such key."),
        ("events", "[[events]]", "[[events", "events.toml: "),
    ],
)
def test_a_fault_names_its_file_and_key_and_nothing_changes(
    reference: None, tmp_path: Path, file: str, old: str, new: str, fault: str
) -> None:
    folder = copied(tmp_path / "network", file)
    path = folder / f"{file}.toml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RowErrors) as told:
        load_network(folder=folder)
    assert any(fault in str(error) for error in told.value.errors)
    assert Council.objects.count() == 0
    assert Source.objects.count() == 0


def test_a_council_in_one_language_is_refused(reference: None, tmp_path: Path) -> None:
    folder = copied(tmp_path / "network", "niagara")
    path = folder / "niagara.toml"
    path.write_text(re.sub(r"summary_fr = .*\n", "", path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    with pytest.raises(RowErrors, match="a_published_council_speaks_both_languages"):
        load_network(folder=folder)


def test_the_command_counts_what_it_did_and_the_trail_knows_it(reference: None) -> None:
    out = StringIO()
    call_command("load_network", stdout=out)
    call_command("load_network", stdout=out)
    first, second = out.getvalue().splitlines()
    assert re.fullmatch(r"\d+ created, 0 overwritten, 0 left as they were", first)
    assert re.fullmatch(r"0 created, 0 overwritten, \d+ left as they were", second)
    # The second run did nothing and is no act.
    assert Entry.objects.filter(action="network.load_data").count() == 1


def test_the_command_tells_what_is_missing_first(reference: None) -> None:
    Place.objects.filter(code="halifax").delete()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_network")
    assert Council.objects.count() == 0
