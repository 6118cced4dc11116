"""finishing: how the squares are joined, the rounds around the whole, and the last words."""

from __future__ import annotations

import random
from collections.abc import Sequence

from llm.families import FAMILIES
from llm.families.style import Style, capital

SEAMS = (
    "whip stitch through the back loops",
    "whip stitch through both loops",
    "slip stitch through the back loops",
    "slip stitch on the wrong side",
    "single crochet on the right side",
    "single crochet through the back loops",
    "mattress stitch on the right side",
    "flat slip stitch through the back loops",
    "sew through the back loops",
)
ORDERS = (
    "",
    "",
    "",
    "join the rows first, then the columns",
    "rows first, then columns",
    "join in rows, then join row to row",
)
WEAVES = ("weave in ends", "weave in all ends", "weave in the ends", "fasten off and weave in ends", "sew in all ends")
BLOCKS = (
    "block",
    "block to size",
    "block gently",
    "steam block",
    "wet block and leave to dry flat",
    "press lightly from the wrong side",
    "pin out and steam lightly",
)


def joining(rng: random.Random, style: Style) -> str:
    """The seam, for one line: `Whip stitch through the back loops.`"""
    seam = rng.choice(SEAMS)
    if style.terms == "UK":
        seam = seam.replace("single crochet", "double crochet")
    order = rng.choice(ORDERS)
    return f"{capital(seam)}." + (f" {capital(order)}." if order else "")


def finishing(rng: random.Random) -> str:
    weave, block = rng.choice(WEAVES), rng.choice(BLOCKS)
    form = rng.choices(["comma", "stops", "and", "weave", "block first"], [40, 25, 15, 12, 8])[0]
    return {
        "comma": f"{capital(weave)}, {block}.",
        "stops": f"{capital(weave)}. {capital(block)}.",
        "and": f"{capital(weave.replace(' and', ','))} and {block}.",
        "weave": f"{capital(weave)}.",
        "block first": f"{capital(block)}, {weave}.",
    }[form]


def border(rng: random.Random, style: Style, yarns: Sequence[str], rounds: int, single: bool) -> list[str]:
    """The border's rounds in the author's terms; the first stands on every stitch and space of the outer edge.

    Where two squares meet lies a joint, with a corner space on either side of it that stays unworked.
    """
    lines: list[str] = []
    corner = rng.choice(["three", "three", "chain", "two chain"])
    stitch = rng.choices(["sc", "hdc", "dc"], [65, 15, 20])[0]
    start = rng.choice(["", "ch 1"]) if stitch == "sc" else _chain(stitch)
    closing = rng.choice(["join", "join", "join with sl st in first st", "sl st in first st to join"])
    joint = rng.choice(["2 {} in each joint", "2 {} in each joint", "{} in each joint"])
    rejoin = rng.random() < 0.4
    for n, yarn in enumerate(yarns, 1):
        if n > 1 and rng.random() < 0.4:
            stitch = rng.choice(["sc", "sc", "hdc", "dc"])
            start = start if stitch == "sc" and start in ("", "ch 1") else _chain(stitch)
        if n == len(yarns) > 1 and rng.random() < 0.2:
            stitches = "each st" if corner == "three" else "each st and ch-2 sp"
            lines.append(style.speak(f"Sl st in {stitches} around, join."))
            break
        changes = n > 1 and yarn != yarns[n - 2]
        items = [f"join {yarn} in any st"] if changes or (n == 1 and rejoin) else []
        items += [start] if start else []
        items.append(f"{stitch} in {FAMILIES[style.family].edge(style, rounds) if n == 1 else 'each st'} around")
        if n == 1 and not single:
            items.append(joint.format(stitch))
        items += [_corner(corner, stitch, n, style.terms), closing]
        written = [capital(item) for item in items] if style.sentences else items
        lines.append(style.speak(capital((". " if style.sentences else ", ").join(written)) + "."))
    return lines


def _chain(stitch: str) -> str:
    return {"sc": "ch 1", "hdc": "ch 2 (counts as hdc)", "dc": "ch 3 (counts as dc)"}[stitch]


def _corner(kind: str, stitch: str, n: int, terms: str) -> str:
    centre = "centre" if terms == "UK" else "center"
    if kind == "three":
        return f"3 {stitch} in each corner sp" if n == 1 else f"3 {stitch} in {centre} st of each corner"
    group = {"chain": f"({stitch}, ch 2, {stitch})", "two chain": f"(2 {stitch}, ch 2, 2 {stitch})"}[kind]
    return f"{group} in each corner sp"
