"""Solve a snapshot in groups, and tell it as data: groups and why, who is in none and why, whom to recruit."""

from collections import defaultdict
from uuid import UUID, uuid4

from mentoring.matching.arrays import NOBODY
from mentoring.matching.group_cards import group_cards, left_out
from mentoring.matching.group_recruiting import group_recruiting_list
from mentoring.matching.groups import Groups, solve_groups
from mentoring.matching.openings import Sizes
from mentoring.matching.problem import Problem
from mentoring.matching.record import bytes_sha256, pairs_csv
from mentoring.services.found import Found, FoundPair, OnStage, columns_of, proof, recruiting_of
from mentoring.services.snapshot import Frozen


def find_groups(frozen: Frozen, sizes: Sizes, seed: int, on_stage: OnStage) -> Found:
    """Make groups: their proof is that no other choice of open groups places more people or scores higher."""
    on_stage("solve")
    problem, groups = _solved(frozen, sizes, seed)
    on_stage("explain")
    number = dict(zip(problem.mentees.id, groups.group.tolist(), strict=True))
    marks: dict[tuple[str, int], UUID] = defaultdict(uuid4)
    pairs, counts = [], {}
    for card in group_cards(problem, groups, frozen.pins):
        facts = columns_of(card) | {"group": marks[card.mentor, number[card.mentee]]}
        pairs.append(FoundPair(card.mentee, card.mentor, card.score, facts))
        counts[card.mentee] = [card.allowed_mentors, card.allowed_mentees]
    left = [
        {
            "application": why.mentee,
            "mentors": len(problem.mentors),
            "taken": {rule.value: count for rule, count in why.taken.items() if count},
            "allowed": why.allowed,
            "leading": why.leading,
        }
        for why in left_out(problem, groups)
    ]
    wanted = group_recruiting_list(problem, groups, sizes, frozen.pins, lambda: on_stage("recruit"))
    return Found(
        pairs,
        groups.total,
        proof(groups.certificate) | {"ok": groups.ok, "bound": str(groups.bound), "groups": int(groups.opened.sum())},
        {
            "mentees": len(frozen.mentees),
            "mentors": len(frozen.mentors),
            "places": int(frozen.mentors.capacity.sum()),
            "of": counts,
            "unmatched": left,
            "recruiting": [recruiting_of(one) for one in wanted],
        },
        bytes_sha256(pairs_csv([(pair.mentee, pair.mentor, pair.score) for pair in pairs])),
    )


def groups_still_proven(frozen: Frozen, sizes: Sizes, seed: int, pairs: dict[str, str]) -> bool:
    """Check stored pairs (mentor by mentee) against the stored snapshot by making the groups again."""
    problem, groups = _solved(frozen, sizes, seed)
    names = zip(problem.mentees.id, groups.mate.tolist(), strict=True)
    again = {mentee: problem.mentors.id[column] for mentee, column in names if column != NOBODY}
    return groups.ok and again == pairs


def _solved(frozen: Frozen, sizes: Sizes, seed: int) -> tuple[Problem, Groups]:
    problem = Problem(frozen.mentees, frozen.mentors, policy=frozen.policy, exclusions=frozen.exclusions)
    return problem, solve_groups(problem, sizes, frozen.pins, seed)
