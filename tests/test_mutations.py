"""Mutations: a number or a word of a good pattern is written wrong, and the checker says so where it is and mends it.

2,000 numbers and 80 words of a kind, drawn by a fixed seed from the patterns that declare everything.
`bench/mutations.py` prints the table of all.
"""

import random
from functools import cache

import pytest

from tests.slips import Slip, Told, declared, names, slips, told

MANY = 2_000
FEW = 80


PARTS = 8  # of the draw, judged one by one: 2,000 checks are too much for the time of one test


@cache
def sampled(kind: str, many: int) -> tuple[Slip, ...]:
    every = [slip for name in names() if declared(name) for slip in slips(name) if slip.kind == kind]
    return tuple(random.Random(1887).sample(every, min(many, len(every))))


@cache
def judged(kind: str, many: int, part: int) -> tuple[tuple[Slip, Told], ...]:
    return tuple((slip, told(slip)) for slip in sampled(kind, many)[part::PARTS])


def drawn(kind: str = "number", many: int = MANY) -> list[tuple[Slip, Told]]:
    return [each for part in range(PARTS) for each in judged(kind, many, part)]


def share(good: list[bool]) -> float:
    return sum(good) / len(good)


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_number_is_changed_the_checker_comes_to_a_verdict(part):
    assert len(judged("number", MANY, part)) == MANY // PARTS


def test_a_number_that_changes_anything_is_noticed():
    unnoticed = [str(slip) for slip, said in drawn() if not said.noticed and not said.same]

    assert len(drawn()) == MANY
    assert len(unnoticed) <= 0.015 * len(drawn()), unnoticed  # starting chains that are one longer and count no more


def test_it_is_one_error_on_the_row_where_it_is():
    noticed = [(slip, said) for slip, said in drawn() if said.noticed]

    assert share([said.right_row for _, said in noticed]) >= 0.995, [
        str(s) for s, said in noticed if not said.right_row
    ]
    assert share([said.one_error for _, said in noticed]) >= 0.985, [
        str(s) for s, said in noticed if not said.one_error
    ]


def test_what_was_written_before_is_among_the_fixes():
    noticed = [(slip, said) for slip, said in drawn() if said.noticed]

    assert share([said.restored for _, said in noticed]) >= 0.96, [str(s) for s, said in noticed if not said.restored]


@pytest.mark.parametrize(
    ("kind", "unnoticed", "right", "put_right"),
    [("stitch", 0.07, 0.98, 0.95), ("cluster dropped", 0.0, 0.98, 0.7), ("ch swapped", 0.0, 0.98, 0.95)],
)
def test_a_word_that_changes_anything_is_noticed_on_its_row_and_put_right(kind, unnoticed, right, put_right):
    found = drawn(kind, FEW)
    noticed = [said for _, said in found if said.noticed]

    assert share([not said.noticed and not said.same for _, said in found]) <= unnoticed
    assert share([said.right_row for said in noticed]) >= right, [
        str(slip) for slip, said in found if not said.right_row
    ]
    assert share([said.restored for said in noticed]) >= put_right
