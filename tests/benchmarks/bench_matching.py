"""How good, how fast and how large a match is, from an intake to the whole network, beside a plain greedy."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mentoring.matching import Policy, match
from mentoring.matching.pairs import MOST_KEPT, Scored, listed
from mentoring.matching.problem import Problem
from tests.benchmarks.table import Table
from tests.mentoring.matching.invented import Crowd

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Case:
    """A problem of invented people."""

    mentees: int
    mentors: int
    councils: int = 1
    network_wide: bool = False
    capacities: tuple[int, ...] = (1, 2, 3)

    def people(self):
        """Mentees and mentors, the same every time."""
        crowd = Crowd(1, self.councils)
        return crowd.mentees(self.mentees), crowd.mentors(self.mentors, self.capacities)

    @property
    def policy(self):
        """The usual policy, of one council or of the whole network."""
        return Policy(network_wide=self.network_wide)

    def __str__(self):
        where = " network-wide" if self.network_wide else f" over {self.councils} councils" if self.councils > 1 else ""
        return f"{self.mentees:,} × {self.mentors:,}{where}"


CASES = (
    Case(500, 200),
    Case(5_000, 2_000),
    Case(20_000, 8_000, councils=12),
    Case(20_000, 20_000, councils=12, network_wide=True, capacities=(1,)),
)


def measure() -> Table:
    """Solve each problem in a process of its own, once by the engine and once greedily."""
    rows = []
    for number, case in enumerate(CASES):
        ours, greedy = (_elsewhere(number, how) for how in ("engine", "greedy"))
        share = "1, proved" if ours["ok"] else "**not proved**"
        rows.append(
            (
                str(case),
                f"{ours['pairs']:,}",
                f"{ours['matched']:,}",
                share,
                f"{ours['seconds']:.2f}",
                f"{ours['peak']:.0f}",
                f"{greedy['matched']:,} ({greedy['matched'] - ours['matched']:,})",
                f"{greedy['seconds']:.2f}",
                f"{ours['seconds'] / greedy['seconds']:.1f}",
            )
        )
    return Table(
        name="Matching",
        meaning=(
            "Invented people, scored and matched in one process each; seconds of processor time with scoring, ties and "
            "proof, memory at its peak with Python, numpy and scipy (about 80 MB). Pairs are the allowed ones, all of "
            "them held against the prices; a share of 1 is proved by the certificate. The greedy takes the best pair "
            "that is left, again and again, network-wide among the best fifty mentors of each mentee."
        ),
        headings=(
            *("mentees × mentors", "pairs", "matched", "share of the optimum", "seconds", "peak MB"),
            *("greedy matched", "greedy seconds", "ratio"),
        ),
        rows=rows,
    )


def _elsewhere(number: int, how: str) -> dict[str, float]:
    """Measure in a process of its own, whose peak is that of the one problem."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_matching", str(number), how]
    done = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def engine(case: Case) -> dict[str, float]:
    """Match by the engine."""
    mentees, mentors = case.people()
    started = time.process_time()
    result = match(mentees, mentors, policy=case.policy)
    seconds = time.process_time() - started
    proof = result.certificate
    reached = proof.matched * proof.person + proof.total == proof.sum_u + proof.sum_cv
    return {
        "matched": result.matched,
        "ok": proof.ok and reached,
        "seconds": seconds,
        "pairs": proof.pairs_checked,
    }


def greedy(case: Case) -> dict[str, float]:
    """Take the best pair that is left, again and again."""
    mentees, mentors = case.people()
    started = time.process_time()
    problem = Problem(mentees, mentors, policy=case.policy)
    compared = sum(rows.size * columns.size for rows, columns in problem.scorer.groups())
    graph = Scored(problem.scorer).candidates() if compared > MOST_KEPT else listed(problem.scorer)
    room, waiting, matched = mentors.capacity.tolist(), [True] * len(mentees), 0
    order = np.argsort(-graph.weight, kind="stable")
    for row, column in zip(graph.rows[order].tolist(), graph.mentor[order].tolist(), strict=True):
        if waiting[row] and room[column]:
            waiting[row] = False
            room[column] -= 1
            matched += 1
    return {"matched": matched, "seconds": time.process_time() - started}


if __name__ == "__main__":
    measured = {"engine": engine, "greedy": greedy}[sys.argv[2]](CASES[int(sys.argv[1])])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(measured | {"peak": peak}))
