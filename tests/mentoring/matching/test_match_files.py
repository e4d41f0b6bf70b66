"""The command that matches from files: what it writes, what it refuses, and that nothing is written then."""

import csv
import hashlib
import json

import pytest

from mentoring.management.commands.match_files import Command
from mentoring.matching import Policy, match
from tests.mentoring.matching.csv_files import Folder

COMPONENTS = ["occupation", "teer", "industry", "years", "languages", "goals", "availability", "place", "seniority"]
INPUT = ["mentees.csv", "mentors.csv"]


@pytest.fixture
def folder(tmp_path, capsys):
    return Folder(tmp_path, capsys)


def read(folder, name):
    with (folder.path / name).open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def report(folder):
    return json.loads((folder.path / "report.json").read_text())


def test_people_are_matched_and_the_report_says_how_well(folder):
    assert folder.run("--seed=7") == (0, [])

    expected = match(folder.mentees, folder.mentors, policy=Policy(), seed=7)
    heading, *pairs = read(folder, "pairs.csv")
    told = report(folder)
    assert heading == ["mentee", "mentor", "score", *COMPONENTS, "waiting"]
    assert [(mentee, mentor, int(score)) for mentee, mentor, score, *_ in pairs] == expected.pairs
    assert all(int(score) == sum(map(int, parts)) for _, _, score, *parts in pairs)
    assert (told["matched"], told["total"], told["worst"]) == (expected.matched, expected.total, expected.worst)
    assert (told["mentees"], told["places"]) == (60, sum(folder.mentors.capacity))
    assert told["unmatched"] == expected.unmatched_ids
    assert told["seed"] == 7
    assert {"score", "solve", "certify", "total"} <= told["seconds"].keys()
    proof = told["certificate"]
    assert proof["ok"] is True
    assert proof["sum_u"] + proof["sum_cv"] == told["matched"] * proof["person"] + told["total"]
    assert proof["passes"] > 0
    assert proof["pairs_checked"] > 0
    assert told["pairs_sha256"] == hashlib.sha256((folder.path / "pairs.csv").read_bytes()).hexdigest()


def test_the_scores_that_are_written_give_the_same_pairs_again(folder):
    assert folder.run("--scores-out=@scores.csv", "--seed=3")[0] == 0
    people, checked = read(folder, "pairs.csv"), report(folder)["certificate"]["pairs_checked"]
    capacities = "".join(
        f"{name},{room}\n" for name, room in zip(folder.mentors.id, folder.mentors.capacity, strict=True)
    )
    folder.write("capacities.csv", f"mentor,capacity\n{capacities}")

    assert folder.run("--scores=@scores.csv", "--capacities=@capacities.csv", "--seed=3", people=False) == (0, [])

    assert read(folder, "pairs.csv") == [row[:3] for row in people]
    assert report(folder)["certificate"]["pairs_checked"] == checked == len(read(folder, "scores.csv")) - 1


def test_exclusions_are_kept(folder):
    folder.run()
    first = read(folder, "pairs.csv")[1]
    folder.write("exclusions.csv", f"mentee,mentor,reason\n{first[0]},{first[1]},family\n")

    assert folder.run("--exclusions=@exclusions.csv")[0] == 0

    assert first[:2] not in [row[:2] for row in read(folder, "pairs.csv")]


def test_the_order_of_rows_and_columns_changes_nothing(folder):
    folder.run()
    pairs, told = (folder.path / "pairs.csv").read_bytes(), report(folder)
    for name in INPUT:
        heading, *rows = read(folder, name)
        turned = [heading[::-1], *(row[::-1] for row in rows[::-1])]
        folder.write(name, "".join(",".join(row) + "\n" for row in turned))

    folder.run()

    again = report(folder)
    assert (folder.path / "pairs.csv").read_bytes() == pairs
    assert {**again, "seconds": None} == {**told, "seconds": None}


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_are_no_fault(folder):
    folder.run()
    pairs = read(folder, "pairs.csv")
    for name in INPUT:
        content = (folder.path / name).read_bytes()
        folder.write(name, b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n") + b"\r\n\r\n")

    assert folder.run() == (0, [])
    assert read(folder, "pairs.csv") == pairs


@pytest.mark.parametrize("name", ['a,"b"', " outer ", "two\nlines", "re\rturn", "é", "=1+1", "00012", "'"])
def test_an_identifier_comes_back_exactly_as_it_was(folder, name):
    quoted = '"' + name.replace('"', '""') + '"'
    folder.write("scores.csv", f"mentee,mentor,score\n{quoted},{quoted},5\n")
    folder.write("capacities.csv", f"mentor,capacity\n{quoted},1\n")

    assert folder.run("--scores=@scores.csv", "--capacities=@capacities.csv", people=False) == (0, [])

    assert read(folder, "pairs.csv")[1] == [name, name, "5"]


def test_a_mentor_without_a_place_and_the_largest_scores_are_no_fault(folder):
    folder.write("scores.csv", "mentee,mentor,score\na,x,2147483647\nb,x,2147483646\na,y,0\n")
    folder.write("capacities.csv", "mentor,capacity\nx,1\ny,0\nz,4\n")

    assert folder.run("--scores=@scores.csv", "--capacities=@capacities.csv", people=False) == (0, [])

    assert read(folder, "pairs.csv")[1:] == [["a", "x", "2147483647"]]
    told = report(folder)
    assert (told["unmatched"], told["places"], told["mentees"], told["worst"]) == (["b"], 5, 2, 2147483647)


def test_no_allowed_pair_is_no_fault(folder):
    folder.write("scores.csv", "mentee,mentor,score\n")
    folder.write("capacities.csv", "mentor,capacity\nx,1\n")

    assert folder.run("--scores=@scores.csv", "--capacities=@capacities.csv", people=False) == (0, [])
    assert (report(folder)["matched"], report(folder)["worst"]) == (0, None)


def test_no_database_is_asked(folder):
    """Tests without a mark may not reach the database; neither checks nor migrations are asked for."""
    assert Command.requires_system_checks == []
    assert Command.requires_migrations_checks is False
    assert folder.run()[0] == 0


@pytest.mark.parametrize(
    ("name", "column", "cell", "reason"),
    [
        ("mentees.csv", "occupation", "2123", "occupation '2123' is not a NOC 2021 unit group"),
        ("mentees.csv", "occupation", "21239", "occupation '21239' is not a NOC 2021 unit group"),
        ("mentees.csv", "industry", "99", "industry '99' is not a NAICS sector"),
        ("mentees.csv", "years", "-1", "years '-1' is not a whole number from 0 to 80"),
        ("mentees.csv", "years", " 5", "years ' 5' is not a whole number from 0 to 80"),
        ("mentees.csv", "years", "1 000", "years '1 000' is not a whole number from 0 to 80"),
        ("mentees.csv", "years", "4.5", "years '4.5' is not a whole number from 0 to 80"),
        ("mentees.csv", "years", "٣", "years '٣' is not a whole number from 0 to 80"),
        ("mentees.csv", "years", "", "years '' is not a whole number from 0 to 80"),
        ("mentees.csv", "waiting_intakes", "x", "waiting_intakes 'x' is not a whole number from 0 to 1000"),
        ("mentees.csv", "languages", "en:13", "languages 'en:13' is not like en:8;fr:5 with levels from 1 to 12"),
        ("mentees.csv", "languages", "en", "languages 'en' is not like en:8;fr:5 with levels from 1 to 12"),
        ("mentees.csv", "languages", "en:8;EN:9", "languages 'en:8;EN:9' has a language twice"),
        ("mentees.csv", "languages", "", "languages is empty"),
        ("mentees.csv", "mode", "phone", "mode 'phone' is not virtual, in_person or either"),
        ("mentees.csv", "id", "", "id is empty"),
        ("mentees.csv", "id", "000000", "id '000000' is on line 2 already"),
        ("mentees.csv", "council", " ", "council is empty"),
        ("mentors.csv", "capacity", "-2", "capacity '-2' is not a whole number from 0 to 2147483647"),
        ("mentors.csv", "capacity", "9" * 30, f"capacity '{'9' * 30}' is not a whole number from 0 to 2147483647"),
    ],
)
def test_a_bad_cell_is_told_by_its_line_and_nothing_is_written(folder, name, column, cell, reason):
    folder.change(name, 17, column, cell)

    assert folder.run() == (2, [f"{name}:17: {reason}"])
    assert folder.names == INPUT


def test_every_bad_row_of_every_file_has_one_line(folder):
    folder.change("mentees.csv", 3, "occupation", "1")
    folder.change("mentees.csv", 3, "years", "x")
    folder.change("mentees.csv", 9, "mode", "")
    folder.change("mentors.csv", 2, "capacity", "many")
    folder.write("exclusions.csv", "mentee,mentor,reason\nnobody,000001,\n000001,000001,\n")

    code, lines = folder.run("--exclusions=@exclusions.csv")

    assert code == 2
    assert lines == [
        "mentees.csv:3: occupation '1' is not a NOC 2021 unit group; years 'x' is not a whole number from 0 to 80",
        "mentees.csv:9: mode '' is not virtual, in_person or either",
        "mentors.csv:2: capacity 'many' is not a whole number from 0 to 2147483647",
    ]
    assert folder.names == ["exclusions.csv", *INPUT]


def test_exclusions_of_people_who_are_not_there_are_told(folder):
    folder.write("exclusions.csv", "mentee,mentor,reason\nnobody,nowhere,x\n000001,000001,\n")

    assert folder.run("--exclusions=@exclusions.csv") == (
        2,
        ["exclusions.csv:2: mentee 'nobody' is unknown; mentor 'nowhere' is unknown"],
    )


HEADING = "id,council,occupation,industry,years,languages,goals,availability,mode,city,waiting_intakes"
ROW = "1,a,21231,54,3,en:9,,mon,either,b,0"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "1: the file is empty"),
        ("\n\n", "1: the file is empty"),
        (f"{HEADING}\n", "2: there are no rows"),
        (f"{HEADING.replace(',city', '')}\n", "1: column 'city' is missing"),
        (f"{HEADING},age\n{ROW},44\n", "1: column 'age' is unknown"),
        (f"{HEADING},city\n{ROW},b\n", "1: column 'city' comes twice"),
        (f"{HEADING}\n{ROW},x\n", "2: 12 cells under 11 headings"),
        (f"{HEADING}\n{ROW[:-2]}\n", "2: 10 cells under 11 headings"),
        (HEADING.replace(",", ";"), "1: columns are separated by ';': save the file with commas"),
        (f'{HEADING}\n"{ROW}', "2: this cannot be read as CSV: unexpected end of data"),
        (f"{HEADING}\n{ROW}\n".encode("utf-16"), "1: the file is UTF-16: save it as CSV in UTF-8"),
        (
            f"{HEADING}\n{ROW}\n2,Montréal".encode("latin-1"),
            "3: this is not UTF-8: save the file as CSV in UTF-8",
        ),
        (f"{HEADING}\n{ROW}\0\n", "2: this is no text: there is a null character"),
        (f'{HEADING}\n{ROW}\n"2\n",a,1,54,3,en:9,,mon,either,b,0\n', "3: occupation '1' is not a NOC 2021 unit group"),
    ],
)
def test_a_file_of_another_kind_is_told_by_one_line(folder, content, line):
    folder.write("mentees.csv", content)

    assert folder.run() == (2, [f"mentees.csv:{line}"])
    assert folder.names == INPUT


@pytest.mark.parametrize(
    ("scores", "capacities", "lines"),
    [
        ("a,x,-1\n", "x,1\n", ["scores.csv:2: score '-1' is not a whole number from 0 to 2147483647"]),
        ("a,x,2147483648\n", "x,1\n", ["scores.csv:2: score '2147483648' is not a whole number from 0 to 2147483647"]),
        ("a,x,1e3\n", "x,1\n", ["scores.csv:2: score '1e3' is not a whole number from 0 to 2147483647"]),
        ("a,y,1\n", "x,1\n", ["scores.csv:2: mentor 'y' has no capacity given"]),
        ("a,x,1\nb,x,2\na,x,3\n", "x,1\n", ["scores.csv:4: this pair is on line 2 already"]),
        (",x,1\n", "x,1\n", ["scores.csv:2: mentee is empty"]),
        ("a,x,1\n", "x,1\nx,2\n", ["capacities.csv:3: mentor 'x' is on line 2 already"]),
        ("a,x,1\n", "x,one\n", ["capacities.csv:2: capacity 'one' is not a whole number from 0 to 2147483647"]),
        ("a,x,1\n", "", ["capacities.csv:2: there are no rows"]),
    ],
)
def test_bad_scores_and_capacities_are_told_by_line(folder, scores, capacities, lines):
    folder.write("scores.csv", f"mentee,mentor,score\n{scores}")
    folder.write("capacities.csv", f"mentor,capacity\n{capacities}")

    assert folder.run("--scores=@scores.csv", "--capacities=@capacities.csv", people=False) == (2, lines)
    assert "pairs.csv" not in folder.names


@pytest.mark.parametrize(
    ("arguments", "people"),
    [((), False), (("--scores=@mentees.csv",), True), (("--scores=@mentees.csv",), False)],
)
def test_half_a_form_or_both_are_refused(folder, arguments, people):
    told = "give --mentees and --mentors, or --scores and --capacities, and no file of the other form"

    assert folder.run(*arguments, people=people) == (2, [told])


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        ("--pairs=@mentees.csv", "mentees.csv: this file is read, and would be lost"),
        ("--pairs=@report.json", "report.json: two results would be written to this file"),
        ("--pairs=@nowhere/pairs.csv", "pairs.csv: its folder is not there or cannot be written to"),
        ("--pairs=@.", "this is a folder"),
        ("--mentors=@nobody.csv", "nobody.csv: cannot be read: No such file or directory"),
    ],
)
def test_places_that_cannot_be_read_or_written_are_refused_first(folder, argument, reason):
    code, [line] = folder.run(argument)

    assert code == 2
    assert line.endswith(reason)
    assert folder.names == INPUT


def test_an_earlier_result_stays_where_a_new_one_fails(folder):
    folder.write("pairs.csv", "kept")
    folder.change("mentees.csv", 2, "years", "?")

    assert folder.run()[0] == 2
    assert (folder.path / "pairs.csv").read_text() == "kept"
