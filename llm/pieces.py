"""pieces: what some things have besides their squares: straps, ties, cords and loops, each a piece of its own in rows.

They are worked lengthways: a long chain, and few rows on it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from llm.families.style import Style, capital, ordinal

Range = tuple[int, int]
MOST_ROWS = 6
# How a row begins on the chain (chains more than stitches, the first chain that is worked) and how on a row.
_STITCHES = {
    "sl st": (1, 2, ("ch 1",)),
    "sc": (1, 2, ("ch 1", "ch 1", "")),
    "hdc": (1, 2, ("ch 1", "ch 1 (does not count as a st)")),
    "dc": (2, 4, ("ch 3 (counts as dc); sk first st",)),
}


@dataclass(frozen=True, slots=True)
class Extra:
    """A piece that an item may have: how many of it, how long in inches, of which stitches, in how many rows, and how
    it is sewn on."""

    name: str
    share: float  # of such things
    makes: tuple[int, ...]
    inches: Range
    stitches: tuple[str, ...]
    rows: Range
    sewing: tuple[str, ...]


_STRAP = Extra(
    "Strap", 0.85, (1, 1, 2, 2), (18, 30), ("sc", "sc", "moss", "hdc", "dc"), (3, MOST_ROWS),
    ("sew on the {}", "sew the {} to the top edge", "sew the {} in place", "sew the {} to the sides"),
)  # fmt: skip
_TIES = ("sew on the {}", "sew the {} in place", "sew the {} to the corners")
_TOP = ("sew the {} along the top edge", "sew the {} to the top edge", "sew on the {}")
_LOOP = ("sew on the {}", "sew the {} to a corner", "sew the {} in place")
EXTRAS = {
    "bag": _STRAP,
    "headband": Extra("Tie", 0.6, (2,), (8, 12), ("sl st", "sc", "sc"), (1, 2), ("sew a tie to each end", *_TIES[:2])),
    "poncho": Extra("Tie", 0.4, (2,), (14, 18), ("sl st", "sc"), (1, 2), ("sew the {} to the neck edge", *_TIES[:2])),
    "shawl": Extra("Tie", 0.25, (2,), (10, 14), ("sl st", "sc"), (1, 2), _TIES),
    "seat pad": Extra("Tie", 0.6, (2, 4, 4), (9, 13), ("sl st", "sc", "hdc"), (1, 3), _TIES),
    "cushion": Extra("Tie", 0.25, (4, 6), (6, 9), ("sl st", "sc"), (1, 2), ("sew the {} to the edges", *_TIES[:2])),
    "bunting": Extra(
        "Cord", 0.85, (1,), (60, 90), ("sl st", "sc", "sc", "hdc"), (1, 3),
        _TOP,
    ),
    "bookmark": Extra("Cord", 0.4, (1,), (5, 8), ("sl st", "sc"), (1, 1), ("sew the {} to one end", "sew on the {}")),
    "curtain": Extra(
        "Loop", 0.6, (6, 8, 8, 10), (4, 7), ("sc", "sc", "hdc", "dc"), (2, 4),
        _TOP,
    ),
    "wall hanging": Extra("Loop", 0.6, (3, 4, 5), (4, 6), ("sc", "hdc", "sl st"), (1, 3), _TOP),
    "potholder": Extra("Loop", 0.5, (1,), (3, 5), ("sl st", "sc"), (1, 2), _LOOP),
    "trivet": Extra("Loop", 0.35, (1,), (3, 5), ("sl st", "sc"), (1, 2), _LOOP),
    "dishcloth": Extra("Loop", 0.3, (1,), (3, 5), ("sl st", "sc"), (1, 2), _LOOP),
    "washcloth": Extra("Loop", 0.3, (1,), (3, 5), ("sl st", "sc"), (1, 2), _LOOP),
}  # fmt: skip


def extra(rng: random.Random, item: str) -> str:
    """The further piece of a thing, as its line names it: `Strap, make 2`. Empty: it has none."""
    found = EXTRAS.get(item)
    if found is None or rng.random() >= found.share:
        return ""
    make = rng.choice(found.makes)
    return found.name if make == 1 else f"{found.name}, make {make}"


def sewing(rng: random.Random, item: str, piece: str) -> str:
    """How the piece is sewn on, for the finishing line; empty for none."""
    if not piece:
        return ""
    name, _, many = piece.lower().partition(", make ")
    return rng.choice(EXTRAS[item].sewing).format(f"{name}s" if many else name)


def rows(rng: random.Random, style: Style, item: str, yarns: Sequence[str], gauge: int) -> list[tuple[str, str]]:
    """(yarn, row) of the item's further piece, in the author's terms; all in one of the yarns, or in two by turns."""
    kind = EXTRAS[item]
    stitch, n = rng.choice(kind.stitches), _length(rng.randint(*kind.inches) * gauge / 4)
    count = rng.randint(*kind.rows)
    letters = [rng.choice(yarns)] * count
    if rng.random() < 0.2:
        letters[1::2] = [rng.choice(yarns)] * len(letters[1::2])
    author = _Author(rng, style, count)
    make = author.moss if stitch == "moss" else author.plain
    found: list[tuple[str, str]] = []
    for row, letter in enumerate(letters, 1):
        new = letter if row > 1 and letter != letters[row - 2] else ""
        found.append((letter, style.speak(make(stitch, n, row, new))))
    return found


def _length(stitches: float) -> int:
    """A number that is easily kept in mind."""
    step = 2 if stitches < 30 else 5 if stitches < 100 else 10
    return max(8, round(stitches / step) * step)


class _Author:
    """One author's words for rows."""

    def __init__(self, rng: random.Random, style: Style, count: int) -> None:
        self.style, self.count = style, count
        self.turn = rng.choice(["end", "end", "start", "chain"])
        self.across = rng.choice(["across", "across", "to end"])
        self.ribbed = rng.random() < 0.2
        self.chain = rng.random()

    def plain(self, stitch: str, n: int, row: int, new: str) -> str:
        more, first, starts = _STITCHES[stitch]
        if row == 1:
            worked = f"{stitch} in {ordinal(first)} ch from hook and in each ch {self.across}"
            return self._written([f"ch {n + more}", worked], f"{n} {stitch}", row, "")
        loop = "back loop only of " if (self.ribbed or stitch == "sl st") and stitch != "dc" else ""
        start = starts[int(self.chain * len(starts))].split("; ")
        return self._written([*start, f"{stitch} in {loop}each st {self.across}"], f"{n} {stitch}", row, new)

    def moss(self, _stitch: str, n: int, row: int, new: str) -> str:
        """A stitch, a space, a stitch; an odd number of them in all."""
        half = n // 2
        made = f"{half + 1} sc, {half} ch-1 sps"
        if row == 1:
            worked = ["sc in 2nd ch from hook", "*ch 1, sk next ch, sc in next ch; rep from * across"]
            return self._written([f"ch {2 * half + 2}", *worked], made, row, "")
        worked = ["sc in first sc", "*ch 1, sk next sp, sc in next sc; rep from * across"]
        return self._written(["ch 1", *worked], made, row, new)

    def _written(self, items: list[str], made: str, row: int, new: str) -> str:
        style, last = self.style, row == self.count
        turning = row > 1 and self.turn != "end"
        if turning and self.turn == "start":
            items = ["turn", *items]
        elif turning:
            items = [items[0], "turn", *items[1:]] if items[0] else ["turn", *items[1:]]
        if new:
            items = [f"join {new} in first st", *(item for item in items if item != "turn")]
        if self.turn == "end" and not last:
            items.append("turn")
        items = [capital(item) if style.sentences else item for item in items if item]
        line = capital((". " if style.sentences else ", ").join(items)) + "."
        line += " Fasten off." if style.fasten_off and last else ""
        sign = "sts" if style.declare == "sts" and "," not in made else style.declare
        made = f"{made.split()[0]} sts" if sign == "sts" else made
        return f"{line} " + {"square": f"[{made}]", "dash": f"— {made}", "equals": f"= {made}"}.get(sign, f"({made})")
