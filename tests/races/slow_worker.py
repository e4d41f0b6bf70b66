"""A worker that dawdles between the stages of a run, so that something can happen meanwhile."""

import time

from mentoring.services import solving

_renew = solving.renew


def _slowly(run: object) -> None:
    time.sleep(0.25)
    _renew(run)  # type: ignore[arg-type]


solving.renew = _slowly
