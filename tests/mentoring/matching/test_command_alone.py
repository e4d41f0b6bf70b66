"""The command on files, as a person starts it on a computer that knows neither a database nor a broker."""

import json
import os
import subprocess
import sys

from django.conf import settings


def test_it_needs_no_database_and_no_setting(tmp_path) -> None:
    (tmp_path / "scores.csv").write_text("mentee,mentor,score\na,x,5\na,y,4\nb,x,4\n")
    (tmp_path / "capacities.csv").write_text("mentor,capacity\nx,1\ny,1\n")
    names = {name: str(tmp_path / name) for name in ("scores.csv", "capacities.csv", "pairs.csv", "report.json")}
    done = subprocess.run(
        [
            *(sys.executable, "manage.py", "match_files", "--scores", names["scores.csv"]),
            *("--capacities", names["capacities.csv"], "--pairs", names["pairs.csv"], "--report", names["report.json"]),
        ],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["matched"], report["total"], report["certificate"]["ok"]) == (2, 8, True)
    assert (tmp_path / "pairs.csv").read_text().splitlines() == ["mentee,mentor,score", "a,y,4", "b,x,4"]
