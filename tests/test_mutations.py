"""Mutations: one number of a good pattern is written wrong, and the checker says so where it is, and puts it right.

2,000 drawn by a fixed seed from the patterns that declare everything. `bench/mutations.py` prints the table of all.
"""

import random
from functools import cache

from tests.slips import Slip, Told, declared, names, slips, told

MANY = 2_000


@cache
def drawn() -> tuple[tuple[Slip, Told], ...]:
    every = [slip for name in names() if declared(name) for slip in slips(name) if slip.kind == "number"]
    return tuple((slip, told(slip)) for slip in random.Random(1887).sample(every, min(MANY, len(every))))


def share(good: list[bool]) -> float:
    return sum(good) / len(good)


def test_a_number_that_changes_anything_is_noticed():
    unnoticed = [str(slip) for slip, said in drawn() if not said.noticed and not said.same]

    assert len(drawn()) == MANY
    assert len(unnoticed) <= 0.015 * len(drawn()), unnoticed  # starting chains that are one longer and count no more


def test_it_is_one_error_on_the_row_where_it_is():
    noticed = [(slip, said) for slip, said in drawn() if said.noticed]

    assert share([said.right_row for _, said in noticed]) >= 0.99, [str(s) for s, said in noticed if not said.right_row]
    assert share([said.one_error for _, said in noticed]) >= 0.98, [str(s) for s, said in noticed if not said.one_error]


def test_what_was_written_before_is_among_the_fixes():
    noticed = [(slip, said) for slip, said in drawn() if said.noticed]

    assert share([said.restored for _, said in noticed]) >= 0.95, [str(s) for s, said in noticed if not said.restored]
