"""Numbers of groups that overlap, told so that no few people are found by taking one from the other.

Whoever knows the numbers of some groups knows, at most, those of the pieces that the groups cut each other into: what
is added and taken away is made of whole pieces. So a group is told when none of the pieces that it makes, together with
all groups told before it, is small. The order is fixed and no choice of the reader's changes it: whatever is asked for,
and in whatever order, comes from the same pieces.
"""

from collections.abc import Callable, Iterable, Sequence

Atoms = frozenset[int]


def refined(pieces: Iterable[Atoms], group: Atoms) -> list[Atoms]:
    """Cut pieces along one more group, and add what of the group lies outside all of them."""
    found: list[Atoms] = []
    outside = group
    for piece in pieces:
        found += [part for part in (piece & group, piece - group) if part]
        outside -= piece
    return [*found, outside] if outside else found


def told_pieces(
    groups: Sequence[Atoms], is_safe: Callable[[Atoms], bool], published: Iterable[Atoms] = ()
) -> list[Atoms]:
    """Give the pieces that may be told; the first group holds all others, and without it nothing is told.

    `published` are groups whose numbers are out already: they cut, whatever their size.
    """
    pieces: list[Atoms] = []
    for group in published:
        pieces = refined(pieces, group)
    for number, group in enumerate(groups):
        cut, known = refined(pieces, group), set(pieces)
        if all(piece in known or is_safe(piece) for piece in cut):
            pieces = cut
        elif number == 0:
            return []
    return pieces


def is_told(selection: Atoms, pieces: Iterable[Atoms]) -> bool:
    """Whether a selection is made of whole pieces, so that its numbers say nothing new."""
    left = selection
    for piece in pieces:
        if piece <= selection:
            left -= piece
        elif piece & selection:
            return False
    return not left
