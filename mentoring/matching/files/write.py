"""Writing results: all files or none, each whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mentoring.matching.engine import ScoreList
from mentoring.matching.files.table import BadFiles
from mentoring.matching.record import csv_line


def check_paths(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Refuse, before anything is worked out, places that cannot be written or hold the input; raises BadFiles."""
    seen: set[Path] = set()
    read = {path.resolve() for path in inputs}
    faults = []
    for path in outputs:
        place = path.resolve()
        if place in read:
            faults.append(f"{path}: this file is read, and would be lost")
        elif place in seen:
            faults.append(f"{path}: two results would be written to this file")
        elif place.is_dir():
            faults.append(f"{path}: this is a folder")
        elif not os.access(place.parent, os.W_OK | os.X_OK):
            faults.append(f"{path}: its folder is not there or cannot be written to")
        seen.add(place)
    if faults:
        raise BadFiles(faults)


def write_all(texts: Mapping[Path, Iterable[str]]) -> None:
    """Write every file beside its place, then put all in their places; raises BadFiles and leaves nothing half done."""
    written: dict[Path, Path] = {}
    try:
        for path, parts in texts.items():
            written[path] = beside = _beside(path)
            with beside.open("w", encoding="utf-8", newline="") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
        for path, beside in written.items():
            beside.replace(path)
    except OSError as fault:
        raise BadFiles([f"{fault.filename}: cannot be written: {fault.strerror}"]) from None
    finally:
        for beside in written.values():
            beside.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    # As any new file, not for the owner alone as temporary ones are.
    mask = os.umask(0)
    os.umask(mask)
    os.fchmod(handle, 0o666 & ~mask)
    os.close(handle)
    return Path(name)


def score_lines(scores: ScoreList) -> Iterator[str]:
    """The lines of a file of scores, which this reads again."""
    yield csv_line(("mentee", "mentor", "score"))
    for row, column, score in zip(scores.rows.tolist(), scores.columns.tolist(), scores.scores.tolist(), strict=True):
        yield csv_line((scores.mentees[row], scores.mentors[column], score))
