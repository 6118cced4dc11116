"""Stitches: names in US and UK terms, heights, starting chains. After the Craft Yarn Council standard.

| US key | UK  | height | start chain |
|--------|-----|--------|-------------|
| sl st  | ss  | 0      | 0           |
| sc     | dc  | 1      | 1           |
| hdc    | htr | 1.5    | 2           |
| dc     | tr  | 2      | 3           |
| tr     | dtr | 3      | 4           |
| dtr    | trtr| 4      | 5           |
| trtr   | qtr | 5      | 6           |
"""

from __future__ import annotations

START = {"sl st": 0, "sc": 1, "hdc": 2, "dc": 3, "tr": 4, "dtr": 5, "trtr": 6}
BY_START = {3: "dc", 4: "tr", 5: "dtr", 6: "trtr"}
TO_UK = {"sl st": "ss", "ch": "ch", "sc": "dc", "hdc": "htr", "dc": "tr", "tr": "dtr", "dtr": "trtr", "trtr": "qtr"}
TO_US = {uk: us for us, uk in TO_UK.items()} | {"sl st": "sl st"}
# What is written, longest first, and the name it stands for in the terms of the pattern.
NAMES: dict[tuple[str, ...], str] = {
    ("half", "double", "crochet"): "hdc",
    ("half", "treble", "crochet"): "htr",
    ("double", "treble", "crochet"): "dtr",
    ("triple", "treble", "crochet"): "trtr",
    ("quadruple", "treble"): "qtr",
    ("single", "crochet"): "sc",
    ("double", "crochet"): "dc",
    ("treble", "crochet"): "tr",
    ("half", "double"): "hdc",
    ("half", "treble"): "htr",
    ("double", "treble"): "dtr",
    ("triple", "treble"): "trtr",
    ("slip", "stitch"): "sl st",
    ("slip", "stitches"): "sl st",
    ("slip", "st"): "sl st",
    ("sl", "st"): "sl st",
    ("sl", "sts"): "sl st",
    ("sl", ".", "st"): "sl st",
    ("slst",): "sl st",
    ("ss",): "sl st",
    ("single",): "sc",
    ("double",): "dc",
    ("treble",): "tr",
    ("trebles",): "tr",
    ("doubles",): "dc",
    ("trc",): "tr",
    ("trp",): "tr",
    ("dct",): "dc",
} | {(word + s,): word for word in ("sc", "hdc", "dc", "tr", "dtr", "trtr", "htr", "qtr") for s in ("", "s")}
ONLY_US = frozenset({"sc", "hdc"})
ONLY_UK = frozenset({"htr", "qtr"})


def us_key(name: str, terms: str) -> str | None:
    """The US key of a name written in `terms`; None: those terms have no such stitch."""
    if terms == "uk":
        return TO_US.get(name)
    return name if name in START else None


def shown(key: str, terms: str) -> str:
    """A US key in the pattern's terms: `dc` is `tr` in UK terms."""
    return TO_UK.get(key, key) if terms == "uk" else key


def dearest(kinds: list[str]) -> str | None:
    """The stitch a row is made of: the commonest, the first of equals; None: no stitch."""
    return max(kinds, key=kinds.count) if kinds else None
