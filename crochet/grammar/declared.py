"""Declared: what a row says that it makes, `(24 dc, 4 ch-2 sps)`, in any of the ways in which it is said.

declared = ["(" | "[" | "{" | "<" | "—" | "=" | "=>" | ":" | "you should have" | "total"] counts [rest] [")" | ...]
counts   = count {("," | ";" | "and" | "+" | "/") count}
count    = n (stitch | "sts" | "ch-" n "sps" | "corners" | "groups" ["of" n stitch]) ["per side"]
rest     = "in total" | "made" | "around" | "rem" | "at end of rnd"
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.names import stitch
from crochet.grammar.pattern import Declared
from crochet.grammar.phrases import Phrases
from crochet.grammar.shapes import place
from crochet.grammar.tokens import Reader

MOST_COUNTS = 12
_OPEN = {"(": ")", "[": "]", "{": "}", "<": ">"}
_SPACES = "sps|sp|spaces|space|loops|loop|lps|lp"
_GROUPS = "groups|group|clusters|cluster|shells|blocks"
_LEADS = Phrases(
    "you|we will|should|ll now? have|count|see|get a? total? of?", "you|we ' ll now? have a? total? of?",
    "you|we now? have a? total? of?", "you|we should|will end|finish up? with|on a? total? of?",
    "there|these are|is|will|should be? now? a? total? of?", "for a total of",
    "giving|gives|makes|making you? a? total? of?", "total|totals stitches|sts|st? count? :|of|-|—|=?",
    "stitch|st|sts|stitches count|counts? :|—|-|=", "count|counts :|=?",
)  # fmt: skip
_RESTS = Phrases(
    "in total|all", "total", "altogether", "all together", "made", "now", "around", "around the ring", "across",
    "rem|remain|remaining|left", "at|by the? end of the|this? rnd|round|row?", "in the|this? rnd|round|row",
    "completed", "complete", "overall", "so far", "total made", "for this? rnd|round|row", "each rnd|round|row",
    "including|incl|counting .? the? first|beg|beginning|starting|turning ch|chain - # as? a|1? dc|st|stitch?",
    "including|incl|counting .? the? first|beg|beginning|starting|turning? ch|chain #? as? a|1? dc|st|stitch?",
)  # fmt: skip
FIRST_TOKENS = frozenset({*_OPEN, "—", "=", "=>", "-", ":", ".", "→"}) | _LEADS.first


def declared(text: Reader) -> Declared | None:
    """A declaration, if one stands here; None: not one (nothing is passed over)."""
    at, start = text.i, text.start
    dots = text.at(".", ".", ".")
    closing = _OPEN.get(text.peek().text)
    marked = bool(closing) or dots or text.at("—|=|=>|-|:|→")
    if marked:
        text.i += 3 if dots else 1
        text.peek(-1).text in ("-", "=", "—") and (text.skip("-|—"), text.skip(">"))
    leads = _LEADS.skip(text)
    found = _counts(text, bare=marked or leads)
    closing and text.skip(".")
    if found is None or (closing and not text.skip(closing)):
        text.i = at
        return None
    end = text.end
    text.skip(".|!")
    return replace(found, span=(start, end))


def _counts(text: Reader, bare: bool) -> Declared | None:
    """Counts up to where they end; `bare`: a number alone counts stitches."""
    found = Declared((0, 0))
    for k in range(MOST_COUNTS):
        at = text.i
        more = count(text, found)
        if more is None and bare and (k == 0 or found.stitches is None):
            text.i = at
            n = text.number()
            more = (
                None if n is None or (text.peek().kind == "w" and not _RESTS.at(text)) else replace(found, stitches=n)
            )
        if more is None:
            return None
        found = more
        _RESTS.skip(text)
        separated = text.skip(",|and|;|&|+|/|plus|with|:")
        separated and text.skip("and|&|plus")
        if not separated and text.peek().kind != "n":
            return found
        if separated and text.peek().kind != "n":
            text.i -= 1
            return found
    return None


def next_row(text: Reader, at: int) -> bool:
    """What stands there starts the next row: `turn`, `ch 3 (counts as dc), turn`."""
    bracket = False
    for k, token in enumerate(text.found[at : at + 14]):
        if token.text == "turn":
            return True
        if token.text == "" or (k == 0 and token.text not in ("ch", "chain")):
            return token.text == "" and k > 1
        bracket = token.text not in (")", "]") and (bracket or token.text in ("(", "["))
        if k and not (bracket or token.kind == "n" or token.text in ("-", ",", ".", ")", "]", "and")):
            return False
    return False


def count(text: Reader, found: Declared) -> Declared | None:
    """What was found so far with one more count; None: none stands here."""
    if text.peek().kind == "o" and text.peek().text.endswith("st"):  # `20st`
        text.i += 1
        return _stitches(found, None, text.peek(-1).value)
    n = text.number()
    if n is None:
        return None
    text.skip("x") and text.skip("-")
    made = _of_spaces(text, found, n) or _of_names(text, found, n) or _of_groups(text, found, n)
    if made is not None:
        return made
    kind = None if text.skip("sts|stitches|st|stitch") else stitch(text)
    if kind is None and text.peek(-1).text not in ("sts", "stitches", "st", "stitch"):
        return replace(found, per_side=n) if _each_side(text) else None
    text.skip("sts|st|stitches")
    if _each_side(text):
        return replace(found, per_side=n, per_side_kind=kind)
    return _stitches(found, kind, n)


def _of_spaces(text: Reader, found: Declared, n: int) -> Declared | None:
    """`4 ch-2 sps`, `4 2-ch sps`, `4 corner ch-2 sps`, `4 corners`, `12 sps`."""
    at = text.i
    corner = text.skip("corner|corners")
    size: int | None = None
    named = text.skip("ch|chain|chs|chains")
    if named:
        text.skip("-")
        size = text.number()
    elif text.peek().kind == "n" and text.peek(1).text in ("-", "ch", "chain"):
        size = text.number()
        text.skip("-")
        named = text.skip("ch|chain")
        text.skip("-")
        if not named:
            text.i = at
            return None
    corner = text.skip("corner|corners") or corner
    spaces = text.skip(_SPACES) or corner
    text.skip("corners|corner")
    if not spaces:
        if named and size is not None:
            return _spaces(found, size, n)  # `12 dc, 12 ch-1`
        if named and not text.at("-") and (found.counts or found.stitches):
            return replace(found, chains=n)
        text.i = at
        return None
    if size is None:
        return replace(found, corners=n) if corner else replace(found, loose_spaces=n)
    return replace(found, corners=n, corner_chains=size) if corner else _spaces(found, size, n)


def _of_names(text: Reader, found: Declared, n: int) -> Declared | None:
    """`6 shells`, `12 picots`: groups by their name."""
    at = text.i
    name = "picot" if text.skip("picots|picot") else place(text)
    if name and not text.at("of"):
        return replace(found, named=(*found.named, (name, n)))
    text.i = at
    return None


def _of_groups(text: Reader, found: Declared, n: int) -> Declared | None:
    """`8 groups`, `8 groups of 3 dc`, `8 3-dc groups`."""
    at = text.i
    if text.peek().kind == "n":
        each = text.number()
        text.skip("-")
        kind = stitch(text)
        if each is not None and kind and text.skip(_GROUPS):
            return replace(found, groups=(n, each, kind))
    elif text.skip(_GROUPS):
        if not text.skip("of"):
            return replace(found, groups=(n, 0, None))
        each = text.number()
        kind = stitch(text)
        if each is not None and kind is not None:
            return replace(found, groups=(n, each, kind))
    text.i = at
    return None


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


_SIDE = Phrases(
    "per|each|a|every side", "on|along|in|across|for each|every|all of? the? #? side|sides|edge",
    "between each? of? the? corner|corners ch|chain? -? #? sps|sp|spaces|space?",
)  # fmt: skip


def _each_side(text: Reader) -> bool:
    return _SIDE.skip(text)
