"""Several acts at the same moment, each in a thread and a connection of its own."""

import threading
import time
from collections.abc import Callable
from contextvars import copy_context

from django.db import IntegrityError, OperationalError, connections
from psycopg2.errors import DeadlockDetected

from allies.kit.refusals import Refused

PAUSE = 0.3
Act = Callable[[], object]


def at_once(*acts: Act) -> list[str]:
    """Run the acts in threads of their own, in the caller's scope; gives "done" or the refusal of each."""
    gate, answers = threading.Barrier(len(acts)), [""] * len(acts)

    def run(index: int, act: Act) -> None:
        try:
            gate.wait(10)
            act()
            answers[index] = "done"
        except Refused as refusal:
            answers[index] = str(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=copy_context().run, args=(run, *pair)) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return answers


def slowly(real: Callable[..., object]) -> Callable[..., object]:
    """Do the same and dawdle afterwards, so that two who read without waiting for each other both have read."""

    def slow(*args: object, **kwargs: object) -> object:
        answer = real(*args, **kwargs)
        time.sleep(PAUSE)
        return answer

    return slow


def refused_by_the_database(act: Act) -> Act:
    """Take what a constraint refuses for an answer: what remains where the lock is left out on purpose.

    Two rows that exclude each other may also wait for each other, until Postgres gives up on one of them.
    """

    def run() -> None:
        try:
            act()
        except IntegrityError as error:
            raise Refused(str(error)) from error
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
            raise Refused(str(error)) from error

    return run
