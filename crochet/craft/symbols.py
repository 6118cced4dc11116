"""Symbols: how tall a stitch stands and which marks draw it, by US key.

Heights are in chains, after the Craft Yarn Council. A key may be made of parts: `dc2tog`, `fpdc`, `sc-blo`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from crochet.craft.stitches import base as plain

HEIGHTS: dict[str, float] = {
    "sl st": 0, "sc": 1, "hdc": 1.5, "dc": 2, "tr": 3, "dtr": 4, "trtr": 5,
    "cl": 2, "pc": 2, "puff": 1.75, "bobble": 2, "picot": 0,
}  # fmt: skip
SLASHES = {"dc": 1, "tr": 2, "dtr": 3, "trtr": 4}
# How many legs a bundle of half-made stitches is drawn with.
BUNDLES = {"cl": 3, "bobble": 5, "puff": 3, "pc": 4}

_KEY = re.compile(
    r"(?P<post>fp|bp|fl|bl|ex|r|f|spike|linked)?[ -]?(?P<base>sl ?st|trtr|dtr|tr|hdc|dc|sc|cl|pc|puff|bobble|picot)"
    r"(?:[ -]?(?P<tog>\d+)[ -]?(?P<kind>tog|cl|bobble|puff|pc)?)?[ -]?(?P<loop>blo|flo)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """What draws a stitch: the plain stitch it is made of, its height in chains, its legs and where the hook went.

    `spread`: its legs stand on as many stitches (a decrease) instead of bulging from one (a bobble). `hook`: how it
    differs from the plain stitch: blo, flo, fp, bp, ex (extended), r (reverse), f (its own foundation), spike, linked.
    """

    base: str
    height: float
    legs: int = 1
    spread: bool = False
    closed: bool = False
    hook: str = ""


@cache
def symbol(kind: str) -> Symbol:
    """The symbol of a stitch key; one we have never met is drawn as the plain stitch it is made of."""
    found = _KEY.fullmatch(kind.strip())
    if found is None:
        return Symbol(plain(kind), HEIGHTS[plain(kind)])
    base = found["base"].lower().replace("slst", "sl st")
    hook = (found["loop"] or found["post"] or "").lower()
    hook = {"fl": "flo", "bl": "blo"}.get(hook, hook)
    legs = min(int(found["tog"] or 1), 6)
    if base in BUNDLES:
        return Symbol("hdc" if base == "puff" else "dc", HEIGHTS[base], BUNDLES[base], closed=base == "pc", hook=hook)
    tall = HEIGHTS[base] + (0.5 if hook == "ex" else 0)
    return Symbol(base, tall, legs, spread=legs > 1 and found["kind"] in ("tog", None), hook=hook)


def height(kind: str) -> float:
    """How tall a stitch stands, in chains."""
    return symbol(kind).height
