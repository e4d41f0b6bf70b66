"""A sum of money and what has become of it, as a bar and in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["paid", "promised", "asked"]


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the sum, with its place on a bar that is a hundred wide."""

    label: str
    amount: Decimal
    kind: Kind
    start: float = 0
    width: float = 0


@dataclass(frozen=True, slots=True)
class Budget:
    """A sum and its parts, in the order in which they are drawn."""

    total: Decimal
    parts: tuple[Slice, ...]

    @property
    def left(self) -> Decimal:
        """What nobody has taken; below nothing when more is asked for than there is."""
        return self.total - sum((part.amount for part in self.parts), Decimal(0))

    @property
    def is_over(self) -> bool:
        """Whether the parts are more than the sum."""
        return self.left < 0

    @property
    def missing(self) -> Decimal:
        """How much too little there is."""
        return max(-self.left, Decimal(0))

    @property
    def end(self) -> float:
        """Where the sum ends on the bar: at its edge, or before it when the parts go further."""
        return _share(self.total, self._whole)

    @property
    def _whole(self) -> Decimal:
        return max(self.total, self.total - self.left)

    def __iter__(self) -> Iterator[Slice]:
        """Give each part with its place on the bar."""
        start = 0.0
        for part in self.parts:
            width = _share(part.amount, self._whole)
            yield Slice(part.label, part.amount, part.kind, start, width)
            start = round(start + width, 3)


def _share(amount: Decimal, whole: Decimal) -> float:
    return round(float(amount / whole * 100), 3) if whole else 0.0
