"""What a match gives: pairs with their reasons in numbers, prices, the proof, and hashes to check it all again."""

from dataclasses import dataclass

from mentoring.matching.arrays import Ints, Mask
from mentoring.matching.certify import Certificate
from mentoring.matching.policy import Criterion
from mentoring.matching.record import pairs_csv


@dataclass(frozen=True)
class Result:
    """The best result.

    `mentees` and `mentors` are the identifiers as given; `rows` and `columns` the places in them of each pair's two
    people, sorted by the mentee's identifier; `scores`, `components` (a column per criterion, or None where bare scores
    were given) and `pinned` are of the pairs. `u` and `v` price mentees and places, as the certificate does: a pair
    weighs `certificate.person` + its score. `places` counts all places, `unmatched` gives places in `mentees`. The
    certificate is about the people and places that pins leave; `matched`, `total` and `worst` are about all pairs.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    rows: Ints
    columns: Ints
    scores: Ints
    components: Ints | None
    pinned: Mask
    places: int
    u: Ints
    v: Ints
    certificate: Certificate
    unmatched: Ints
    seed: int
    input_sha256: str
    pairs_sha256: str

    @property
    def matched(self) -> int:
        """How many mentees have a mentor."""
        return int(self.rows.size)

    @property
    def total(self) -> int:
        """The sum of the scores."""
        return sum(self.scores.tolist())

    @property
    def worst(self) -> int | None:
        """The lowest score of a pair."""
        return int(self.scores.min()) if self.scores.size else None

    @property
    def pairs(self) -> list[tuple[str, str, int]]:
        """Mentee, mentor, score."""
        found = zip(self.rows.tolist(), self.columns.tolist(), self.scores.tolist(), strict=True)
        return [(self.mentees[row], self.mentors[column], score) for row, column, score in found]

    @property
    def unmatched_ids(self) -> list[str]:
        """The identifiers of the mentees without a mentor, sorted."""
        return [self.mentees[row] for row in self.unmatched.tolist()]

    def csv(self) -> str:
        """The pairs as a file; `pairs_sha256` is the SHA-256 of its bytes in UTF-8."""
        return pairs_csv(self.pairs, self.components, tuple(Criterion))
