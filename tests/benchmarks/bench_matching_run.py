"""What a whole run takes beside the engine alone: from the rows of the database to proposals in the database."""

import json
import sys
import time

from tests.benchmarks.database import begin, elsewhere
from tests.benchmarks.table import Table

# In a small run, what any run does once takes longest; the aim is set for the large one.
SIZES = {(500, 200): None, (5_000, 2_000): 2.0}
TIMES = 7
# To hand out new memory takes a virtual machine up to half a second more or less, of the engine's time as of the run's.
# So the process keeps what it has once been given.
KEEPING_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(1 << 32),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 33),
    "MALLOC_TOP_PAD_": str(1 << 28),
}


def measure() -> Table:
    """Measure each size on a database of its own."""
    rows = []
    for size, aim in SIZES.items():
        found = elsewhere("tests.benchmarks.bench_matching_run", *map(str, size), **KEEPING_MEMORY)
        ratio = found["run"] / found["engine"]
        rows.append(
            (
                f"{size[0]:,} × {size[1]:,}",
                f"{found['matched']:,}",
                f"{found['engine']:.2f}",
                f"{found['read']:.2f}",
                f"{found['solve']:.2f}",
                f"{found['run']:.2f}",
                f"{ratio:.1f}",
                "" if aim is None else f"≤ {aim:.0f}: " + ("kept" if ratio <= aim else "**missed**"),
            )
        )
    return Table(
        name="A whole run of matching",
        meaning=(
            f"Seconds on the clock, the best of {TIMES}. The engine alone: `match` on people in memory, with ties and "
            "proof. The run: read and freeze who takes part (read), then as a worker does take the lease, match, "
            "prove, explain each pair and each person left over, list whom to recruit, and write proposals and "
            "findings in one transaction (solve). Both keep the memory that they were given the first time."
        ),
        headings=("mentees × mentors", "matched", "engine", "read", "solve", "run", "ratio", "aim"),
        rows=rows,
    )


def timed(mentees: int, mentors: int) -> dict[str, float]:
    """Put people into the database, and measure the parts."""
    from allies.kit.scope import across
    from mentoring.matching import match
    from mentoring.services import runs, solving
    from mentoring.services.snapshot import Frozen
    from tests.benchmarks.crowd import settle

    with across():
        intake, coordinator = settle(mentees, mentors)
        read, solve, engine, matched = [], [], [], 0
        for _ in range(TIMES):
            started = time.perf_counter()
            run = runs.ask(intake, by=coordinator)
            asked = time.perf_counter()
            solving.solve(run.pk)
            read.append(asked - started)
            solve.append(time.perf_counter() - asked)
            frozen = Frozen.of(run.snapshot)
            started = time.perf_counter()
            matched = match(frozen.mentees, frozen.mentors, policy=frozen.policy, seed=int(run.seed)).matched
            engine.append(time.perf_counter() - started)
            # The same people give the same run, unless it was taken back.
            runs.cancel(run, by=coordinator)
        whole = min(map(sum, zip(read, solve, strict=True)))
        return {"matched": matched, "engine": min(engine), "read": min(read), "solve": min(solve), "run": whole}


if __name__ == "__main__":
    begin()
    print(json.dumps(timed(*map(int, sys.argv[1:]))))
