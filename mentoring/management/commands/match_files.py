"""Match mentees and mentors from CSV files, without the portal's database."""

import json
import platform
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from django.core.management.base import BaseCommand, CommandParser

from mentoring.matching import Mentees, Mentors, Policy, Result, match, match_scores, score_list
from mentoring.matching.files.people import read_exclusions, read_mentees, read_mentors
from mentoring.matching.files.scores import read_capacities, read_scores
from mentoring.matching.files.table import BadFiles, Faults
from mentoring.matching.files.write import check_paths, score_lines, write_all

BAD_INPUT = 2
_INPUTS = ("mentees", "mentors", "exclusions", "scores", "capacities")
_OUTPUTS = ("pairs", "report", "scores_out")


class Stages:
    """How long each stage takes, a stage that comes again added to itself."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.started = self.since = time.perf_counter()
        self.now = ""

    def begin(self, stage: str) -> None:
        """End the stage before and begin another."""
        at = time.perf_counter()
        if self.now:
            self.seconds[self.now] = self.seconds.get(self.now, 0.0) + at - self.since
        self.now, self.since = stage, at

    def all(self) -> dict[str, float]:
        """The seconds of every stage so far, and of all together."""
        self.begin("")
        told = {stage: round(seconds, 6) for stage, seconds in self.seconds.items()}
        return told | {"total": round(time.perf_counter() - self.started, 6)}


class Command(BaseCommand):
    """Match people who are scored first, or pairs that have their scores already."""

    help = (
        "Match mentees and mentors from CSV files: most people, then the best total, with a proof. "
        "Give --mentees and --mentors, or --scores and --capacities."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the files."""
        people, scores = parser.add_argument_group("people"), parser.add_argument_group("bare scores")
        _file(people, "--mentees", "mentees: id, council, occupation, …, waiting_intakes")
        _file(people, "--mentors", "mentors: id, council, occupation, …, employer, capacity")
        _file(people, "--exclusions", "pairs that may not meet: mentee, mentor, reason")
        _file(people, "--scores-out", "where to write the score of every allowed pair")
        _file(scores, "--scores", "allowed pairs: mentee, mentor, score")
        _file(scores, "--capacities", "places: mentor, capacity")
        parser.add_argument("--pairs", type=Path, required=True, help="where to write the pairs (CSV)")
        parser.add_argument("--report", type=Path, required=True, help="where to write the report (JSON)")
        parser.add_argument("--seed", type=int, default=0, help="the seed of the lottery among equals (0)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, match, write; on bad files say what is wrong with each row, write nothing and exit with 2."""
        try:
            result = run(options)
        except BadFiles as bad:
            for line in bad.lines:
                self.stderr.write(line)
            sys.exit(BAD_INPUT)
        self.stdout.write(
            f"{result.matched} of {len(result.mentees)} mentees matched, total {result.total}, "
            f"{'proved best' if result.certificate.ok else 'NOT PROVED: ' + result.certificate.reason}"
        )


def _file(group: Any, name: str, told: str) -> None:
    group.add_argument(name, type=Path, help=told)


def run(options: dict[str, Any]) -> Result:
    """Do what the options say; raises BadFiles."""
    by_people = _form(options)
    check_paths(*([path for name in names if (path := options[name])] for names in (_OUTPUTS, _INPUTS)))
    stages = Stages()
    stages.begin("read")
    return _match_people(options, stages) if by_people else _match_scores(options, stages)


def _form(options: dict[str, Any]) -> bool:
    """Whether people are given, rather than scores; raises BadFiles where it is neither or both."""
    given = {name for name in (*_INPUTS, "scores_out") if options[name]}
    if {"mentees", "mentors"} <= given and not given & {"scores", "capacities"}:
        return True
    if given == {"scores", "capacities"}:
        return False
    raise BadFiles(["give --mentees and --mentors, or --scores and --capacities, and no file of the other form"])


def _match_people(options: dict[str, Any], stages: Stages) -> Result:
    mentees, mentors, exclusions = _people(options)
    policy = Policy()
    result = match(mentees, mentors, policy=policy, exclusions=exclusions, seed=options["seed"], on_stage=stages.begin)
    texts: dict[Path, Iterable[str]] = {}
    if options["scores_out"]:
        stages.begin("scores")
        texts[options["scores_out"]] = score_lines(score_list(mentees, mentors, policy=policy, exclusions=exclusions))
    return _written(options, result, stages, texts, policy.facts())


def _people(options: dict[str, Any]) -> tuple[Mentees, Mentors, list[tuple[str, str]]]:
    mentees, faults = read_mentees(options["mentees"])
    mentors, more = read_mentors(options["mentors"])
    exclusions: list[tuple[str, str]] = []
    last: list[Faults] = []
    if options["exclusions"]:
        exclusions, of_exclusions = read_exclusions(
            options["exclusions"], mentees.id if mentees else None, mentors.id if mentors else None
        )
        last.append(of_exclusions)
    _refuse(faults, more, *last)
    if mentees is None or mentors is None:
        raise BadFiles(["there is nobody to match"])
    return mentees, mentors, exclusions


def _match_scores(options: dict[str, Any], stages: Stages) -> Result:
    capacities, faults = read_capacities(options["capacities"])
    scores, more = read_scores(options["scores"], None if faults.by_line else capacities)
    _refuse(more, faults)
    result = match_scores(scores, capacities, options["seed"], on_stage=stages.begin)
    return _written(options, result, stages, {}, None)


def _refuse(*faults: Faults) -> None:
    if lines := [line for of_file in faults for line in of_file.lines()]:
        raise BadFiles(lines)


def _written(
    options: dict[str, Any],
    result: Result,
    stages: Stages,
    texts: dict[Path, Iterable[str]],
    policy: dict[str, object] | None,
) -> Result:
    stages.begin("write")
    report = report_of(result) | {"policy": policy, "seconds": stages.all()}
    written = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    write_all(texts | {options["pairs"]: [result.csv()], options["report"]: [written]})
    return result


def report_of(result: Result) -> dict[str, object]:
    """What the report says of a result; `certificate` proves the first three with the prices' sums."""
    proof = result.certificate
    return {
        "matched": result.matched,
        "total": result.total,
        "worst": result.worst,
        "mentees": len(result.mentees),
        "mentors": len(result.mentors),
        "places": result.places,
        "unmatched": result.unmatched_ids,
        "certificate": {
            "ok": proof.ok,
            "reason": proof.reason,
            "person": proof.person,
            "sum_u": proof.sum_u,
            "sum_cv": proof.sum_cv,
            "passes": proof.passes,
            "pairs_checked": proof.pairs_checked,
        },
        "seed": result.seed,
        "input_sha256": result.input_sha256,
        "pairs_sha256": result.pairs_sha256,
        "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
    }
