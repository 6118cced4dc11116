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

A key may be made of parts: `fpdc` (front post), `exsc` (extended), `dc2tog`. Stitches that are closed as one have keys
of their own in either terms: `cl`, `pc`, `puff`, `bobble`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

START = {"sl st": 0, "sc": 1, "hdc": 2, "dc": 3, "tr": 4, "dtr": 5, "trtr": 6}
BY_START = {3: "dc", 4: "tr", 5: "dtr", 6: "trtr"}
TO_UK = {"sl st": "ss", "ch": "ch", "sc": "dc", "hdc": "htr", "dc": "tr", "tr": "dtr", "dtr": "trtr", "trtr": "qtr"}
TO_US = {uk: us for us, uk in TO_UK.items()} | {"sl st": "sl st"}
BUNDLES = frozenset({"cl", "pc", "puff", "bobble"})

Words = tuple[str, ...]
# What is written, and the name it stands for in the terms of the pattern.
PLAIN: dict[Words, str] = {
    ("half", "double", "crochet"): "hdc",
    ("half", "dbl", "crochet"): "hdc",
    ("half", "treble", "crochet"): "htr",
    ("double", "treble", "crochet"): "dtr",
    ("triple", "treble", "crochet"): "trtr",
    ("triple", "crochet"): "tr",
    ("quadruple", "treble", "crochet"): "qtr",
    ("quadruple", "treble"): "qtr",
    ("quad", "tr"): "qtr",
    ("single", "crochet"): "sc",
    ("double", "crochet"): "dc",
    ("dbl", "crochet"): "dc",
    ("treble", "crochet"): "tr",
    ("half", "double"): "hdc",
    ("half", "dbl"): "hdc",
    ("half", "dc"): "hdc",
    ("half", "treble"): "htr",
    ("half", "tr"): "htr",
    ("double", "treble"): "dtr",
    ("dbl", "treble"): "dtr",
    ("dbl", "tr"): "dtr",
    ("double", "tr"): "dtr",
    ("triple", "treble"): "trtr",
    ("triple", "tr"): "trtr",
    ("trip", "tr"): "trtr",
    ("slip", "stitch"): "sl st",
    ("slip", "stitches"): "sl st",
    ("slip", "st"): "sl st",
    ("slip", "sts"): "sl st",
    ("sl", "st"): "sl st",
    ("sl", "sts"): "sl st",
    ("sl", "stitch"): "sl st",
    ("sl", "stitches"): "sl st",
    ("slst",): "sl st",
    ("slsts",): "sl st",
    ("ss",): "sl st",
    ("s", "s"): "sl st",
    ("single",): "sc",
    ("double",): "dc",
    ("dbl",): "dc",
    ("treble",): "tr",
    ("trc",): "tr",
    ("trp",): "tr",
    ("dct",): "dc",
    ("ttr",): "trtr",
    ("quadtr",): "qtr",
    ("s", "c"): "sc",
    ("d", "c"): "dc",
    ("h", "d", "c"): "hdc",
    ("h", "dc"): "hdc",
    ("h", "tr"): "htr",
    ("d", "tr"): "dtr",
    ("tr", "tr"): "trtr",
    ("hhdc",): "hdc",
    ("herringbone", "hdc"): "hdc",
} | {(word,): word for word in ("sc", "hdc", "dc", "tr", "dtr", "trtr", "htr", "qtr")}
PLAIN |= {
    (*words[:-1], f"{words[-1]}s"): name
    for words, name in PLAIN.items()
    if words[-1] in ("crochet", "treble", "double", "single", "tr", "dc", "c", name) and words[-1] != "sl st"
}
# What may stand before a name, and what it makes of the key. Joined to a short name it is one word: `fpdc`, `esc`.
_BEFORE: dict[Words, str] = {
    ("front", "post"): "fp", ("back", "post"): "bp", ("fp",): "fp", ("bp",): "bp", ("raised", "front"): "fp",
    ("raised", "back"): "bp", ("rf",): "fp", ("rb",): "bp", ("extended",): "ex", ("ext",): "ex", ("ex",): "ex",
    ("reverse",): "r", ("rev",): "r", ("foundation",): "f", ("fnd",): "f", ("fdn",): "f", ("spike",): "spike ",
    ("long",): "spike ", ("linked",): "linked ",
}  # fmt: skip
_JOINED = {"fp": "fp", "bp": "bp", "rf": "fp", "rb": "bp", "ex": "ex", "e": "ex", "r": "r", "f": "f", "l": "linked "}
_BEHIND = {"fp": "fp", "bp": "bp", "rf": "fp", "rb": "bp"}
# Names that mean the same in either terms.
_EITHER: dict[Words, str] = {
    (word,): key
    for key, words in {
        "cl": "cl cls clu cluster clusters clstr",
        "pc": "pc pcs pop pops popcorn popcorns",
        "puff": "puff puffs pf pfs",
        "bobble": "bobble bobbles bo bob mb",
    }.items()
    for word in words.split()
} | {("make", "bobble"): "bobble", ("crab",): "rsc", ("spike",): "spike sc"}


def _prefixed() -> dict[Words, tuple[str, str]]:
    short = {words[0]: name for words, name in PLAIN.items() if len(words) == 1 and len(words[0]) < 6}
    del short["ss"], short["slst"], short["slsts"]
    found = {(*before, *words): (part, name) for before, part in _BEFORE.items() for words, name in PLAIN.items()}
    found |= {(joined + word,): (part, name) for joined, part in _JOINED.items() for word, name in short.items()}
    found |= {(word + joined,): (part, name) for joined, part in _BEHIND.items() for word, name in short.items()}
    found |= {(word, joined): (part, name) for joined, part in _BEHIND.items() for word, name in short.items()}
    found |= {("st" + word,): ("", name) for word, name in short.items() if name in START and word == name}
    found |= {(word + loop,): ("", name) for loop in ("blo", "flo", "tbl") for word, name in short.items()}
    found |= {(loop + word,): ("", name) for loop in ("bl", "fl", "blo", "flo") for word, name in short.items()}
    herringbone = [words for words, name in PLAIN.items() if name in ("hdc", "htr")]
    found |= {("herringbone", *words): ("h", PLAIN[words]) for words in herringbone}
    found |= {(f"h{word}",): ("h", word) for word in ("hdc", "htr")}
    found |= {(f"{word}f",): ("fp", name) for word, name in (("rtr", "tr"), ("rdc", "dc"))}
    found |= {(f"{word}b",): ("bp", name) for word, name in (("rtr", "tr"), ("rdc", "dc"))}
    return found


# Every name: (what it makes of the key, the plain name). A plain word is never taken for a prefixed one.
NAMES: dict[Words, tuple[str, str]] = (
    _prefixed()
    | {words: ("", name) for words, name in PLAIN.items()}
    | {words: ("", key) for words, key in _EITHER.items()}
)
ONLY_US = frozenset({"sc", "hdc"})
ONLY_UK = frozenset({"htr", "qtr"})
_PARTS = re.compile(r"(fp|bp|ex|r|f|h(?=h)|spike |linked )?(sl st|sc|hdc|dc|trtr|dtr|tr)(\d*tog)?")


def us_key(name: str, terms: str) -> str | None:
    """The US key of a name written in `terms`; None: those terms have no such stitch."""
    if terms == "uk":
        return TO_US.get(name)
    return name if name in START else None


@cache
def _either() -> frozenset[str]:
    return frozenset(_EITHER.values())


def key_of(part: str, name: str, terms: str) -> str:
    """The US key of what a name in NAMES stands for, or `?name` where the pattern's terms have no such stitch."""
    if not part and name in _either():
        return name
    key = us_key(name, terms)
    if key is None or name in (ONLY_UK if terms == "us" else ONLY_US):
        return f"?{part}{name}"
    return part + key


def shown(key: str, terms: str) -> str:
    """A US key in the pattern's terms: `dc` is `tr` in UK terms, `fpdc` is `fptr`."""
    parts = _PARTS.fullmatch(key) if terms == "uk" else None
    return (
        f"{parts[1] or ''}{TO_UK[parts[2]]}{parts[3] or ''}" if parts else TO_UK.get(key, key) if terms == "uk" else key
    )


@lru_cache(4096)
def base(key: str) -> str:
    """The plain stitch a key is made of: dc for `fpdc`, `dc2tog`, a cluster or a stitch of the pattern's own."""
    parts = _PARTS.fullmatch(key)
    return parts[2] if parts else "dc"


def dearest(kinds: list[str]) -> str | None:
    """The stitch a row is made of: the commonest, the first of equals; None: no stitch."""
    return max(kinds, key=kinds.count) if kinds else None
