"""Labels and declarations: `Rnds 4-8 (A):` at the head of a row, `(24 dc, 4 ch-2 sps)` at its foot.

declared = [ "—" | "=>" | "=" | "(" | "[" | "{" ] count {"," count} [")" | "]" | "}"]
count    = n (stitch | "sts" | "ch-" n "sps" | "corners" | "groups" ["of" n stitch]) ["per side"]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crochet.pattern import Declared
from crochet.targets import stitch
from crochet.tokens import Reader, lowered

_LABEL = re.compile(
    r"""\s*(?:
    (?P<border>(?:border|edging|edge)\s+)?(?P<word>rounds?|rnds?|rows?|r)\s*\.?\s*(?P<n>\d{1,4})
        (?:\s*(?:-|—|to|and|&)\s*(?P<to>\d{1,4}))?
    | (?P<ord>\d{1,4})(?:st|nd|rd|th)\s+(?:round|rnd|row)
    | (?P<bare>border|edging)(?:\s+(?P<m>\d{1,4}))?(?=\s*[(:])
    )\s*(?:\(\s*(?:colou?r\s+)?(?P<colour>[a-z])\s*\)|\((?:rs|ws)\))?\s*(?P<end>[:.)—-]|(?=\s*$))\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A row's label: `Rnd 2`, its first and last number, the yarn's letter, and where the row's words begin."""

    text: str
    number: int
    to: int
    colour: str | None
    border: bool
    rounds: bool
    body: int


def label(line: str) -> Label | None:
    """The label a line begins with; None: it does not begin with one."""
    m = _LABEL.match(lowered(line))
    if m is None:
        return None
    number = int(m["n"] or m["ord"] or m["m"] or 1)
    to = int(m["to"] or number)
    colour = m["colour"].upper() if m["colour"] else None
    border = bool(m["border"] or m["bare"])
    end = m.start("colour") if colour else m.start("end")
    text = line[:end].strip().rstrip("(:.) ").strip()
    rounds = not (m["word"] or "").startswith("row")
    return Label(text, number, min(max(to, number), number + 200), colour, border, rounds, m.end())


MOST_COUNTS = 12
_OPEN = {"(": ")", "[": "]", "{": "}"}


def declared(text: Reader) -> Declared | None:
    """A declaration, if one stands here and nothing but it; None: not one (nothing is passed over)."""
    at, start = text.i, text.start
    closing = _OPEN.get(text.peek().text)
    if closing or text.at("—|=|=>|-|:"):
        text.i += 1
    found = _counts(text)
    if found is None and closing:
        found = _bare(text, at + 1)
    if found is None or (closing and not text.skip(closing)):
        text.i = at
        return None
    end = text.end
    text.skip(".")
    if not closing and not text.done():
        text.i = at
        return None
    return replace(found, span=(start, end))


def _bare(text: Reader, at: int) -> Declared | None:
    """`(18)`: a number alone in brackets counts stitches."""
    text.i = at
    n = text.number()
    return None if n is None else Declared((0, 0), stitches=n)


def _counts(text: Reader) -> Declared | None:
    found = Declared((0, 0))
    text.skip("total|makes") and text.skip(":|of")
    for _ in range(MOST_COUNTS):
        more = count(text, found)
        if more is None:
            return None
        found = more
        text.skip("total|in") and text.skip("total|all")
        if not text.skip(",|and|;"):
            return found
        text.skip("and")
    return None


def count(text: Reader, found: Declared) -> Declared | None:
    """What was found so far with one more count; None: none stands here."""
    n = text.number()
    if n is None:
        return None
    if text.skip("ch|chain"):
        text.skip("-")
        size = text.number()
        corner = text.skip("corner") or text.at("corners")
        if not text.skip("sps|sp|spaces|space|loops|loop|corners"):
            return None
        if size is None:
            return replace(found, loose_spaces=n)
        return replace(found, corners=n, corner_chains=size) if corner else _spaces(found, size, n)
    if text.peek().kind == "n" and text.peek(1).text in ("-", "ch"):
        size = text.number()
        text.skip("-")
        if size is None or not text.skip("ch"):
            return None
        text.skip("-")
        return _spaces(found, size, n) if text.skip("sps|sp|spaces|space|loops") else None
    if text.skip("corners|corner"):
        text.skip("sps|sp|spaces")
        return replace(found, corners=n)
    if text.skip("sps|spaces"):
        return replace(found, loose_spaces=n)
    if text.skip("groups|clusters|shells"):
        if not text.skip("of"):
            return replace(found, groups=(n, 0, None))
        each = text.number()
        kind = stitch(text)
        return None if each is None or kind is None else replace(found, groups=(n, each, kind))
    kind = None if text.skip("sts|stitches|st") else stitch(text)
    if kind is None and text.peek(-1).text not in ("sts", "stitches", "st"):
        return replace(found, per_side=n) if _each_side(text) else None
    if _each_side(text):
        return replace(found, per_side=n, per_side_kind=kind)
    return _stitches(found, kind, n)


def _stitches(found: Declared, kind: str | None, n: int) -> Declared:
    if kind is None:
        clash = ("sts", found.stitches, n) if found.stitches not in (None, n) and found.stitches else found.conflict
        return replace(found, stitches=n, conflict=clash)
    said = dict(found.counts)
    clash = (kind, said[kind], n) if said.get(kind, n) != n else found.conflict
    return replace(found, counts=tuple((said | {kind: n}).items()), conflict=clash)


def _spaces(found: Declared, size: int, n: int) -> Declared:
    said = dict(found.spaces)
    clash = (f"ch-{size} sps", said[size], n) if size in said else found.conflict  # told twice, one is of others
    return replace(found, spaces=tuple((said | {size: n}).items()), conflict=clash)


def _each_side(text: Reader) -> bool:
    return text.skip("per|each", "side") or text.skip("on", "each", "side")
