"""The published lottery among equally good results: a number for each pair from the seed and the two identifiers."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import Index, Ints

KEY_BITS = 31
_Words = NDArray[np.uint64]


class Lottery:
    """Draws for pairs: keyed BLAKE2b of each identifier, mixed for the pair by the finaliser of SplitMix64.

    Nobody's place in an alphabet or a queue enters, and anyone who knows the seed can draw again.
    """

    def __init__(self, seed: int, mentees: Sequence[str], mentors: Sequence[str]) -> None:
        key = hashlib.sha256(str(seed).encode()).digest()
        self.mentees = _drawn(key, b"mentee", mentees)
        self.mentors = _drawn(key, b"mentor", mentors)

    def keys(self, rows: Index | Ints, columns: Index | Ints) -> Ints:
        """The draw of each pair, 1 to 2**31 - 1."""
        x = self.mentees[rows] + self.mentors[columns]
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            x = (x ^ (x >> np.uint64(shift))) * np.uint64(factor)
        x ^= x >> np.uint64(31)
        return np.maximum((x >> np.uint64(64 - KEY_BITS)).astype(np.int64), 1)


def _drawn(key: bytes, side: bytes, names: Sequence[str]) -> _Words:
    digests = b"".join(
        hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8, key=key, person=side).digest()
        for name in names
    )
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)
