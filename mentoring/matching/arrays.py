"""Names for the arrays that matching works on."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Index = NDArray[np.int32]
Mask = NDArray[np.bool_]
# Scores and criteria are as narrow as they can be, so that a block of pairs stays in the processor's cache.
Narrow = NDArray[np.int16]
Bits = NDArray[np.uint8]
Numbers = NDArray[Any]

NOBODY = -1


def exact_sum(numbers: Ints) -> int:
    """Add up without a limit: sums of combined weights may pass 64 bits."""
    return sum(numbers.tolist())
