"""Solve a snapshot, and tell it as data that pages put in words: who is paired and left, and why; whom to recruit."""

from typing import Any

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.cards import cards
from mentoring.matching.certify import certify, person_weight
from mentoring.matching.engine import match_problem
from mentoring.matching.pairs import Listed
from mentoring.matching.problem import Problem
from mentoring.matching.recruiting import recruiting_list
from mentoring.matching.standing import Standing
from mentoring.matching.unmatched import Unmatched, all_unmatched
from mentoring.services.found import Found, FoundPair, OnStage, columns_of, proof, recruiting_of
from mentoring.services.group_findings import find_groups, groups_still_proven
from mentoring.services.snapshot import Frozen

# Reasons for so many people are worked out between two signs of life.
_BATCH = 100


def find(frozen: Frozen, seed: int, on_stage: OnStage) -> Found:
    """Match the people of a snapshot, prove the result and explain it."""
    if frozen.sizes is not None:
        return find_groups(frozen, frozen.sizes, seed, on_stage)
    on_stage("prepare")
    problem = _problem(frozen)
    result = match_problem(problem, seed=seed, on_stage=on_stage)
    standing = Standing.of(result, problem)
    on_stage("explain")
    pairs, counts = [], {}
    for card in cards(standing):
        pairs.append(FoundPair(card.mentee, card.mentor, card.score, columns_of(card)))
        counts[card.mentee] = [card.allowed_mentors, card.allowed_mentees]
    left = []
    for number, why in enumerate(all_unmatched(standing)):
        if number % _BATCH == 0:
            on_stage("explain")
        left.append(_unmatched(why))
    on_stage("recruit")
    return Found(
        pairs,
        result.total,
        proof(result.certificate),
        {
            "mentees": len(frozen.mentees),
            "mentors": len(frozen.mentors),
            "places": result.places,
            "of": counts,
            "unmatched": left,
            "recruiting": [recruiting_of(wanted) for wanted in recruiting_list(standing)],
        },
        result.pairs_sha256,
    )


def _unmatched(why: Unmatched) -> dict[str, Any]:
    short = why.deficiency
    return {
        "application": why.mentee,
        "mentors": why.mentors,
        "taken": {rule.value: count for rule, count in why.taken.items() if count},
        "allowed": why.allowed,
        "rivals": short.rivals,
        "reach": int(short.columns.size),
        "places": short.places,
    }


def still_proven(frozen: Frozen, seed: int, pairs: dict[str, str], total: int) -> bool:
    """Check stored pairs (mentor by mentee) against the stored snapshot: nothing places more people or scores higher.

    The pairs are priced and proved anew, without the solver; where they are too many to keep, solved anew.
    """
    if frozen.sizes is not None:
        return groups_still_proven(frozen, frozen.sizes, seed, pairs)
    problem = _problem(frozen)
    column = {name: at for at, name in enumerate(problem.mentors.id)}
    mate = np.array([column[pairs[name]] if name in pairs else NOBODY for name in problem.mentees.id], dtype=np.int64)
    if not (mate[problem.pins.rows] == problem.pins.columns).all() or total != _total(problem, mate):
        return False
    among = problem.pairs
    if not isinstance(among, Listed):
        anew = match_problem(problem, seed=seed)
        return anew.certificate.ok and {mentee: mentor for mentee, mentor, _score in anew.pairs} == pairs
    person = person_weight(among.n, problem.capacity, among.highest)
    certificate, _prices = certify(among, among.graph, problem.capacity, mate[problem.free], person)
    return certificate.ok


def _problem(frozen: Frozen) -> Problem:
    return Problem(frozen.mentees, frozen.mentors, policy=frozen.policy, exclusions=frozen.exclusions, pins=frozen.pins)


def _total(problem: Problem, mate: Ints) -> int:
    rows = np.flatnonzero(mate != NOBODY)
    return int(problem.scorer.components(rows, mate[rows]).sum())
