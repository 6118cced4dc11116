"""kinds: whether a whole is of squares of one kind, or of two, which have two yarns exchanged. Code decides it."""

from __future__ import annotations

import random

from crochet.craft import colours
from crochet.craft.layouts import ONE_KIND, PLANS, Layout
from llm.plan import Plan

SHARE = 0.4  # of wholes that could be of two kinds, and whose wish says nothing of it
SEEN = 0.2  # two yarns that look more alike than this make no difference
# The least rows and columns in which a plan is seen to be one.
_LEAST = {
    "checkerboard": (2, 2), "stripes": (3, 1), "columns": (2, 3), "frame": (3, 3), "diagonal": (3, 3),
    "scattered": (4, 3),
}  # fmt: skip


def laid(decided: Plan, rows: int, columns: int) -> Layout:
    """The layout of so many rows and columns: the same for the same brief."""
    if rows * columns == 1:
        return Layout()
    chance = random.Random(f"kinds {decided.seed}")
    pairs = _pairs(decided.colours)
    plans = [plan for plan in PLANS if rows >= _LEAST[plan][0] and columns >= _LEAST[plan][1]]
    if decided.kinds in plans:
        plans = [decided.kinds]
    elif chance.random() >= SHARE:
        plans = []
    if not pairs or not plans:
        return Layout(rows, columns, ONE_KIND)
    return Layout(rows, columns, chance.choice(plans), chance.choice(pairs))


def _pairs(palette: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str]]:
    """The first yarn with each that is seen to be another; the first is in most rounds."""
    first = palette[0]
    return [(first[0], letter) for letter, _, code in palette[1:] if colours.difference(first[2], code) >= SEEN]
