"""The scores of people, one pair at a time, as a person with paper would: what the arrays are held against."""

from mentoring.matching import Criterion, Mode
from mentoring.matching.sides import FAMILIES


def person(people, at):
    """One person's facts."""
    return {name: getattr(people, name)[at] for name in people.__dataclass_fields__}


def rung(one):
    years = int(one["years"])
    return [3, 2, 1, 1, 0, 0, 0, 0, 0, 0][int(one["occupation"][1])] + (years >= 8) + (years >= 15)


def years_value(ahead):
    if ahead < 0:
        return 0
    if ahead < 5:
        return 5 + 3 * ahead
    return 20 if ahead <= 16 else max(8, 20 - (ahead - 15) // 2)


def level(mentee, mentor, policy):
    shared = mentee["languages"].keys() & mentor["languages"].keys()
    if policy.languages:
        shared &= policy.languages
    return max((min(mentee["languages"][name], mentor["languages"][name]) for name in shared), default=0)


def place_value(mentee, mentor, modes):
    near = Mode.IN_PERSON in modes and mentee["council"] == mentor["council"]
    if near and mentee["city"] and mentee["city"] == mentor["city"]:
        return 20
    if Mode.VIRTUAL in modes:
        return 14
    return 8 if near else 0


def goals_value(mentee, mentor):
    asked = len(mentee["goals"])
    if not asked:
        return 10
    each = {1: 20, 2: 10, 3: 7}.get(asked, 7)
    return min(20, each * len(mentee["goals"] & mentor["goals"]))


def values(mentee, mentor, policy):
    """Twentieths of each weighed criterion."""
    mine, theirs = mentee["occupation"], mentor["occupation"]
    family = {sector: number for number, sectors in enumerate(FAMILIES) for sector in sectors}
    modes = Mode(int(mentee["mode"])) & Mode(int(mentor["mode"]))
    common = len(mentee["availability"] & mentor["availability"])
    same_industry = mentee["industry"] == mentor["industry"]
    related = mentee["industry"] in family and family[mentee["industry"]] == family.get(mentor["industry"])
    above = max(-2, min(4, rung(mentor) - rung(mentee)))
    return {
        Criterion.OCCUPATION: 20 if mine == theirs else 15 if mine[:4] == theirs[:4] else 8 * (mine[0] == theirs[0]),
        Criterion.TEER: max(0, 20 - 6 * abs(int(mine[1]) - int(theirs[1]))),
        Criterion.INDUSTRY: 20 if same_industry else 8 if related else 0,
        Criterion.YEARS: years_value(int(mentor["years"]) - int(mentee["years"])),
        Criterion.LANGUAGES: max(0, min(20, 3 * level(mentee, mentor, policy) - 16)),
        Criterion.GOALS: goals_value(mentee, mentor),
        Criterion.AVAILABILITY: {0: 0, 1: 10, 2: 15}.get(common, 20),
        Criterion.PLACE: place_value(mentee, mentor, modes),
        Criterion.SENIORITY: {-2: 0, -1: 4, 0: 10, 1: 20, 2: 20, 3: 14, 4: 8}[above],
    }


def components(mentee, mentor, policy):
    """Points of each criterion."""
    points = policy.points
    parts = {name: points[name] * value // 20 for name, value in values(mentee, mentor, policy).items()}
    waiting = min(policy.waiting_cap, policy.waiting_points * int(mentee["waiting"]))
    return {**parts, Criterion.WAITING: waiting}


def keeps_rules(mentee, mentor, policy):
    """Whether no rule takes the pair off the list."""
    modes = Mode(int(mentee["mode"])) & Mode(int(mentor["mode"]))
    councils = {mentee["council"], mentor["council"]}
    across = policy.network_wide and Mode.VIRTUAL in modes and not councils & policy.local_councils
    parts, value = components(mentee, mentor, policy), values(mentee, mentor, policy)
    return bool(
        (len(councils) == 1 or across)
        and modes
        and mentee["availability"] & mentor["availability"]
        and level(mentee, mentor, policy) >= policy.language_level
        and not (mentee["employer"] and mentee["employer"] == mentor["employer"])
        and all(value[must] >= 10 for must in policy.musts)
        and sum(parts.values()) - parts[Criterion.WAITING] >= policy.floor
    )


def score(mentee, mentor, policy):
    """The score of a pair, -1 where it is not allowed."""
    return sum(components(mentee, mentor, policy).values()) if keeps_rules(mentee, mentor, policy) else -1
