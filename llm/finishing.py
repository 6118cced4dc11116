"""finishing: how the squares are joined, and the last words."""

from __future__ import annotations

import random
from collections.abc import Sequence

from crochet.craft.layouts import Layout
from llm.families.style import Style, capital

# Eight kinds, some by several words.
SEAMS = (
    "whip stitch through the back loops",
    "whip stitch through both loops",
    "slip stitch through the back loops",
    "slip stitch on the wrong side",
    "single crochet on the right side",
    "single crochet through the back loops",
    "mattress stitch on the right side",
    "ladder stitch on the wrong side",
    "flat slip stitch through the back loops",
    "sew through the back loops",
    "invisible seam on the wrong side",
    "invisible join through the back loops",
    "flat braid",
    "flat braid on the right side",
    "zigzag join on the right side",
    "join as you go in the last round",
    "join as you go in the last round of each piece",
)
ROW_TO_ROW = ("join in rows, then join row to row", "join the rows first, then row to row")
THEN_COLUMNS = ("join the rows first, then the columns", "rows first, then columns")
WEAVES = (
    "weave in ends",
    "weave in all ends",
    "weave in the ends",
    "fasten off and weave in ends",
    "sew in all ends",
    "darn in the ends",
    "weave in all loose ends",
)
BLOCKS = (
    "block",
    "block to size",
    "block gently",
    "steam block",
    "wet block and leave to dry flat",
    "press lightly from the wrong side",
    "pin out and steam lightly",
    "spray block",
    "pin out to size and leave to dry",
    "steam lightly",
    "block to measurements",
)


def joining(rng: random.Random, style: Style, orders: Sequence[str]) -> str:
    """The seam, for one line: `Whip stitch through the back loops.`"""
    seam = rng.choice(SEAMS)
    if style.terms == "UK":
        seam = seam.replace("single crochet", "double crochet")
    order = rng.choice(("", *orders)) if rng.random() < 0.6 else ""
    return f"{capital(seam)}." + (f" {capital(order)}." if order else "")


def orders(layout: Layout, sides: int) -> Sequence[str]:
    """In which order pieces can be joined: those of a strip in one only, and only what lies in straight columns by
    columns."""
    if layout.rows == 1 or layout.columns == 1:
        return ()
    return ROW_TO_ROW if sides in (3, 6) else (*ROW_TO_ROW, *THEN_COLUMNS)


def finishing(rng: random.Random, sewing: str) -> str:
    """The last words; `sewing`: how a further piece is sewn on."""
    weave, block = rng.choice(WEAVES), rng.choice(BLOCKS)
    form = rng.choices(["comma", "stops", "and", "weave", "block first"], [40, 25, 15, 12, 8])[0]
    first = f"{capital(sewing)}. " if sewing else ""
    return (
        first
        + {
            "comma": f"{capital(weave)}, {block}.",
            "stops": f"{capital(weave)}. {capital(block)}.",
            "and": f"{capital(weave.replace(' and', ','))} and {block}.",
            "weave": f"{capital(weave)}.",
            "block first": f"{capital(block)}, {weave}.",
        }[form]
    )
