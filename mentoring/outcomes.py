"""Statistics that say no more than the answers do: shares with what they rest on, intervals, bounds, suppression.

Pure functions of numbers. Sources: E. B. Wilson, "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22 (1927); C. F. Manski, "Nonparametric bounds on treatment
effects", American Economic Review 80 (1990).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

# The 97.5th percentile of the normal distribution.
_Z = 1.959963984540054
# A share of fewer answers than this says more about two people than about a programme.
LEAST_ANSWERS = 10
LEAST_CELL = 5
# Below this the silent ones could turn a share round.
LEAST_RESPONSE = 0.3


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who answered say yes; `due` is how many were to be asked.

    `among` counts the wider group that a page shows beside this one and that holds all of it, such as everybody at work
    beside those who work full time: what lies between the two must not be a few people either.
    """

    yes: int
    answered: int
    due: int
    among: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.yes <= self.answered <= self.due:
            raise ValueError(f"{self.yes} of {self.answered} of {self.due} is no share.")

    @property
    def is_shown(self) -> bool:
        """Whether there are enough answers, on both sides, to speak of a share."""
        return is_large(self.yes, self.answered, self.among)

    @property
    def is_thin(self) -> bool:
        """Whether so few answered that only the bounds of the share are worth reading."""
        return self.response < LEAST_RESPONSE

    @property
    def rate(self) -> float:
        """The share of those who answered, from 0 to 1; 0 where nobody did."""
        return self.yes / self.answered if self.answered else 0.0

    @property
    def response(self) -> float:
        """The share of those due who answered, from 0 to 1."""
        return self.answered / self.due if self.due else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share among those who answered."""
        return wilson(self.yes, self.answered)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that the share of all who were due can be, whatever the silent ones would say."""
        if not self.due:
            return 0.0, 1.0
        return self.yes / self.due, (self.yes + self.due - self.answered) / self.due


def is_large(yes: int, answered: int, among: int | None = None) -> bool:
    """Whether ten or more answered and neither side, nor what lies between, is made of one to four people."""
    between = 0 if among is None else among - yes
    cells = (yes, answered - yes, between)
    return answered >= LEAST_ANSWERS and not any(0 < cell < LEAST_CELL for cell in cells)


def wilson(yes: int, answered: int) -> tuple[float, float]:
    """Give Wilson's 95 % score interval for `yes` of `answered`, as shares from 0 to 1."""
    if not answered:
        return 0.0, 1.0
    share, square = yes / answered, _Z * _Z
    middle = share + square / (2 * answered)
    spread = _Z * sqrt(share * (1 - share) / answered + square / (4 * answered * answered))
    whole = 1 + square / answered
    # At the ends the formula gives 0 and 1 but for the last bit.
    low = (middle - spread) / whole if yes else 0.0
    high = (middle + spread) / whole if yes < answered else 1.0
    return low, high


def median_place(counts: Sequence[int]) -> int | None:
    """Give the place, in an ordered list of classes, of the class that holds the median; None without an answer.

    Between two classes the lower one is given, so that nobody is said to earn more than they do.
    """
    total = sum(counts)
    if not total:
        return None
    passed = 0
    for place, count in enumerate(counts):
        passed += count
        if 2 * passed >= total:
            return place
    raise AssertionError("The classes hold all answers.")


def suppressed(counts: Sequence[int]) -> list[int | None]:
    """Hide cells of 1 to 4, and as many more that nobody finds them by subtracting from the total.

    What is hidden adds up to at least 5 and stands in at least two cells, or is everything that there is.
    """
    shown: list[int | None] = [None if 0 < count < LEAST_CELL else count for count in counts]
    while None in shown:
        hidden = [place for place, value in enumerate(shown) if value is None]
        if len(hidden) > 1 and sum(counts[place] for place in hidden) >= LEAST_CELL:
            break
        rest = [(value, place) for place, value in enumerate(shown) if value]
        if not rest:
            return [None if count else 0 for count in counts] if len(hidden) > 1 else [None] * len(counts)
        shown[min(rest)[1]] = None
    return shown
