"""CSV files of invented people, as a council would have them."""

import csv
import io

from mentoring.management.commands.match_files import Command
from mentoring.matching.files.people import MENTEES, MENTORS
from tests.mentoring.matching.invented import Crowd

MODES = {1: "virtual", 2: "in_person", 3: "either"}


def rows_of(people):
    """The cells of some people by heading."""
    for at, name in enumerate(people.id):
        number = {"waiting_intakes": people.waiting[at]} if hasattr(people, "waiting") else {}
        yield {
            "id": name,
            "council": people.council[at],
            "occupation": people.occupation[at],
            "industry": people.industry[at],
            "years": people.years[at],
            "languages": ";".join(f"{language}:{level}" for language, level in people.languages[at].items()),
            "goals": ";".join(sorted(people.goals[at])),
            "availability": ";".join(sorted(people.availability[at])),
            "mode": MODES[int(people.mode[at])],
            "city": people.city[at],
            "employer": people.employer[at],
            **(number or {"capacity": people.capacity[at]}),
        }


def table(headings, rows):
    """A CSV file as text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, headings, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Folder:
    """A folder with files of people, and the command run on it."""

    def __init__(self, path, capsys, seed=1, mentees=60, mentors=30):
        self.path, self.capsys = path, capsys
        crowd = Crowd(seed, councils=2)
        self.mentees, self.mentors = crowd.mentees(mentees), crowd.mentors(mentors)
        self.write("mentees.csv", table((*MENTEES, "employer"), rows_of(self.mentees)))
        self.write("mentors.csv", table(MENTORS, rows_of(self.mentors)))

    def write(self, name, content):
        """Put a file there, a text in UTF-8 or bytes as they are."""
        (self.path / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    def change(self, name, line, column, cell):
        """Change one cell of a file."""
        with (self.path / name).open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        rows[line - 1][rows[0].index(column)] = cell
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.write(name, text.getvalue())

    def run(self, *arguments, people=True):
        """Run the command; give its exit code and what it wrote to the error stream, by line."""
        given = [f"--mentees={self.path / 'mentees.csv'}", f"--mentors={self.path / 'mentors.csv'}"] if people else []
        wanted = [f"--pairs={self.path / 'pairs.csv'}", f"--report={self.path / 'report.json'}"]
        given += [argument.replace("=@", f"={self.path}/") for argument in arguments]
        try:
            Command().run_from_argv(["manage.py", "match_files", *wanted, *given])
            code = 0
        except SystemExit as end:
            code = end.code
        return code, self.capsys.readouterr().err.splitlines()

    @property
    def names(self):
        """The files that are there."""
        return sorted(path.name for path in self.path.iterdir())
