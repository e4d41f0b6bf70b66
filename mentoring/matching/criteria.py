"""How well two people suit each other, criterion by criterion, in twentieths: 0 is not at all, 20 is fully.

Every function takes the two sides in shapes that numpy broadcasts, a block of pairs or a list of them, and gives int16.
"""

from collections.abc import Callable, Iterator
from functools import reduce

import numpy as np

from mentoring.matching.arrays import Mask, Narrow, Numbers
from mentoring.matching.people import Mode
from mentoring.matching.policy import Criterion, Policy, Rule
from mentoring.matching.sides import Side

FULL = 20
NEUTRAL = 10
_VIRTUAL, _IN_PERSON = np.int8(Mode.VIRTUAL), np.int8(Mode.IN_PERSON)


def occupation(mentee: Side, mentor: Side) -> Narrow:
    """Same unit group of NOC 2021: 20; same minor group (four digits): 15; same broad category (first digit): 8."""
    value: Narrow = (mentee.broad == mentor.broad) * np.int16(8)
    value += (mentee.minor == mentor.minor) * np.int16(7)
    value += (mentee.unit == mentor.unit) * np.int16(5)
    return value


def teer(mentee: Side, mentor: Side) -> Narrow:
    """Same TEER (second digit of NOC 2021): 20; one apart: 14; two: 8; three: 2."""
    return np.asarray(np.maximum(FULL - 6 * np.abs(mentee.teer - mentor.teer), 0), dtype=np.int16)


def industry(mentee: Side, mentor: Side) -> Narrow:
    """Same sector of NAICS: 20; one of the same family: 8."""
    value: Narrow = (mentee.family == mentor.family) * np.int16(8)
    value += (mentee.industry == mentor.industry) * np.int16(12)
    return value


def years(mentee: Side, mentor: Side) -> Narrow:
    """Mentor 5 to 15 years ahead: 20; less for fewer years, 0 for a mentor behind; less for more, but never under 8."""
    ahead = mentor.years - mentee.years
    rising = 5 + 3 * ahead
    # A shift by one halves and rounds down.
    falling = np.maximum(FULL - ((ahead - 15) >> 1), 8)
    return np.asarray(np.minimum(np.minimum(rising, falling), np.int16(FULL)) * (ahead >= 0))


def shared_level(mentee: Side, mentor: Side) -> Numbers:
    """The best level (CLB or NCLC, int8) that both have in one language; 0 where they share none."""
    levels = (np.minimum(*pair) for pair in zip(mentee.languages, mentor.languages, strict=True))
    return np.asarray(reduce(np.maximum, levels))


def languages(mentee: Side, mentor: Side) -> Narrow:
    """Level 7 in a shared language: 5, and 3 for each level more up to 20; nothing under 6."""
    return np.clip(3 * shared_level(mentee, mentor).astype(np.int16) - 16, 0, FULL).astype(np.int16)


def goals(mentee: Side, mentor: Side) -> Narrow:
    """The share of the mentee's goals that the mentor helps with, three being enough; 10 for one who names none."""
    value = np.minimum(_common(mentee.goals, mentor.goals) * mentee.per_goal, np.int16(FULL))
    return value + mentee.no_goal * np.int16(NEUTRAL)


def availability(mentee: Side, mentor: Side) -> Narrow:
    """One time in common: 10; two: 15; three or more: 20."""
    common = np.minimum(_common(mentee.availability, mentor.availability), 3)
    return np.asarray((5 + 5 * common) * (common > 0))


def place(mentee: Side, mentor: Side) -> Narrow:
    """In person in the same city: 20; virtually: 14; in person between cities: 8."""
    modes = mentee.mode & mentor.mode
    near = (modes >= _IN_PERSON) & (mentee.council == mentor.council)
    same = near & (mentee.city == mentor.city)
    # In int8, the narrowest, as long as it goes.
    value = np.maximum(np.int8(14) * (modes & _VIRTUAL), np.maximum(near * np.int8(8), same * np.int8(FULL)))
    return np.asarray(value, dtype=np.int16)


def seniority(mentee: Side, mentor: Side) -> Narrow:
    """One or two rungs above (TEER and years): 20; three: 14; more: 8; the same rung: 10; one below: 4."""
    above = mentor.rung - mentee.rung
    return np.asarray(_RUNGS[np.clip(above, -2, 4) + 2])


_RUNGS = np.array([0, 4, 10, 20, 20, 14, 8], dtype=np.int16)
_VALUES: dict[Criterion, Callable[[Side, Side], Narrow]] = {
    Criterion.OCCUPATION: occupation,
    Criterion.TEER: teer,
    Criterion.INDUSTRY: industry,
    Criterion.YEARS: years,
    Criterion.LANGUAGES: languages,
    Criterion.GOALS: goals,
    Criterion.AVAILABILITY: availability,
    Criterion.PLACE: place,
    Criterion.SENIORITY: seniority,
}


def value(criterion: Criterion, mentee: Side, mentor: Side) -> Narrow:
    """How well the two sides suit each other by one criterion, 0 to 20."""
    return _VALUES[criterion](mentee, mentor)


def rules(mentee: Side, mentor: Side, policy: Policy) -> Iterator[tuple[Rule, Mask]]:
    """Give, rule by rule, where a pair keeps it; exclusions, musts and the floor are for the scorer, who knows them."""
    same = mentee.council == mentor.council
    virtual = (mentee.mode & mentor.mode & _VIRTUAL) > 0
    yield Rule.COUNCIL, same | (virtual & ~(mentee.only | mentor.only)) if policy.network_wide else same
    yield Rule.MODE, (mentee.mode & mentor.mode) > 0
    yield Rule.AVAILABILITY, reduce(np.logical_or, ((mine & theirs) > 0 for mine, theirs in _words(mentee, mentor)))
    yield Rule.LANGUAGE, shared_level(mentee, mentor) >= policy.language_level
    yield Rule.EMPLOYER, mentee.employer != mentor.employer


def _words(mentee: Side, mentor: Side) -> Iterator[tuple[Numbers, Numbers]]:
    return zip(mentee.availability, mentor.availability, strict=True)


def _common(mine: Numbers, theirs: Numbers) -> Narrow:
    counts = (np.bitwise_count(left & right) for left, right in zip(mine, theirs, strict=True))
    total: Narrow = reduce(np.add, (count.astype(np.int16) for count in counts))
    return total
