"""`make bench`: measure, print the tables and keep them in docs/benchmarks.md; ARGS=startup measures one."""

import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.table import keep


def main(wanted: list[str]) -> None:
    """Run each benchmark, or the named ones; a benchmark is a module `bench_NAME` with a function `measure`."""
    known = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    if unknown := set(wanted) - set(known):
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    for name in wanted or known:
        table = import_module(f"tests.benchmarks.bench_{name}").measure()
        print(table.markdown(), flush=True)
        keep(table)


if __name__ == "__main__":
    main(sys.argv[1:])
