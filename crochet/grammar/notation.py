"""Notation: one row's words become a tree. Never raises; what is not understood is an `Unread` where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crochet.craft.stitches import START
from crochet.grammar.asides import aside
from crochet.grammar.declared import FIRST_TOKENS, alone, declared, next_row
from crochet.grammar.edges import EDGE, along
from crochet.grammar.filet import told as filet
from crochet.grammar.garments import noted
from crochet.grammar.items import items
from crochet.grammar.joins import join
from crochet.grammar.makes import make
from crochet.grammar.names import FIRST_WORDS
from crochet.grammar.pattern import (
    Aside,
    Chain,
    Declared,
    Group,
    Item,
    Join,
    Make,
    Ref,
    Repeat,
    Ring,
    Row,
    Rules,
    Skip,
    Span,
    Target,
    Thing,
    Unread,
    walked,
)
from crochet.grammar.references import refers
from crochet.grammar.rules import with_rules
from crochet.grammar.shaping import worked
from crochet.grammar.tokens import Reader, named, tokens
from crochet.grammar.vocabulary import NONE, Definitions

LONGEST = 256_000


def parse(line: str, start: int = 0, terms: str = "us", names: Definitions = NONE) -> Row:
    """The row in `line` from `start` (after its label) on, in US or UK terms. `names`: the pattern's own stitches."""
    return read(Reader(line, named(tokens(line, start), line, names), terms, names))


def read(text: Reader) -> Row:
    """The row in these tokens."""
    found, told = _read(text, _at_declaration)
    if told is not None and not any(isinstance(one, _WORKED) for one in found):
        again = Reader(text.text, text.found, text.terms, text.names)
        again.skip("=|-|—|:")
        counted, after = _read(again, lambda t: t.i > 1 and _at_declaration(t))  # `Rnd 5: 18 sc` is worked
        if all(isinstance(one, Make | Aside) for one in counted):
            found, told = counted, after
    misspelt = tuple(((one.start, one.end), one.text) for one in text.found if one.value and one.kind == "w")
    alongside = "row" in text.words or "evenly" in text.words
    items_ = tuple(with_rules(_whole_row(worked(along(found) if alongside else found), told)))
    items_ = _slipped_shut(_begun_anywhere(items_))
    return Row(items_, told, misspelt, _spread(text, items_), text.limbs)


def _spread(text: Reader, found: tuple[Item, ...]) -> Span | None:
    """`sc evenly around`, `dc spaced evenly`: where that is said, and not how many; None: it is not."""
    free = next((one for one in walked(found) if isinstance(one, Make) and _along_an_edge(one)), None)
    if free is not None or "evenly" not in text.words:
        return free.span if free else None
    told = [one.span for one in walked(found) if isinstance(one, Make) and one.target and one.target.which == "spread"]
    told += [one.span for one in walked(found) if isinstance(one, Aside) and one.what in ("inc evenly", "dec evenly")]
    for i in (i for i, word in enumerate(text.texts) if word == "evenly"):
        at = text.found[i - (i > 0 and text.texts[i - 1] in ("spaced", "spread"))].start, text.found[i].end
        if not any(start <= at[0] < end for start, end in told):
            return at
    return None


def _begun_anywhere(found: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with a first stitch `in any sp` as what it is: new yarn, and a standing stitch."""
    at = next((i for i, one in enumerate(found) if not isinstance(one, Aside)), len(found))
    one = found[at] if at < len(found) - 1 else None
    if isinstance(one, Group) and one.target.which == "any" and not isinstance(one.items[0], Chain):
        there = replace(one, target=replace(one.target, which="same"))
        return (*found[:at], Join(one.span, target=one.target), there, *found[at + 1 :])
    anywhere = isinstance(one, Make) and one.target is not None and one.target.which == "any"
    if not anywhere or not isinstance(one, Make) or one.n * one.eats > 1 or one.more:
        return found
    if one.kind == "sl st":
        return (*found[:at], Join(one.span, target=one.target), *found[at + 1 :])
    if one.kind not in START:
        return found
    return (*found[:at], Join(one.span, standing=one.kind, target=one.target), *found[at + 1 :])


def _slipped_shut(found: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with `sl st, fasten off` at their end as the join that it is."""
    at = next((i for i in range(len(found) - 1, 0, -1) if not isinstance(found[i], Aside)), 0)
    one = found[at] if at else None
    ends = any(isinstance(after, Aside) and after.what == "fasten off" for after in found[at + 1 : at + 2])
    if not (ends and isinstance(one, Make) and one.kind == "sl st" and one.n == 1 and one.target is None):
        return found
    return (*found[:at], Join(one.span, closes=True), *found[at + 1 :])


def _along_an_edge(one: Make) -> bool:
    return one.target is not None and one.target.things[0].said == EDGE


def _whole_row(found: list[Item], told: Declared | None) -> list[Item]:
    """`Rnds 4-18: sc blo. (24)`: one stitch with a count of many is worked in each."""
    worked = [i for i, one in enumerate(found) if not isinstance(one, Aside | Chain | Join)]
    makes = found[worked[0]] if len(worked) == 1 else None
    many = told is not None and (told.stitches or sum(n for _, n in told.counts)) > 1
    plain = isinstance(makes, Make) and makes.target is None and makes.n == makes.eats == 1
    if not (many and plain) or not isinstance(makes, Make) or makes.kind in ("sl st", "inc", "dec"):
        return found
    each = Target("each", (Thing("st", said="st"),), until="around", span=makes.span)
    return [replace(one, target=each) if one is makes and isinstance(one, Make) else one for one in found]


_SLIPS = frozenset({"sl", "ss", "slip", "slst"})
_MARKED = frozenset({"(", "[", "{", "<", "—", "=", "=>", "-", ":", "→", "/", "~"})


_WORKED = (Make, Group, Repeat, Rules, Ref, Join, Chain, Ring, Skip)


def _read(text: Reader, stops: Callable[[Reader], bool]) -> tuple[list[Item], Declared | None]:
    """The items of a row and what it declares; `stops` says where a declaration stands."""
    line = text.text
    found: list[Item] = []
    told: Declared | None = None
    while not text.done():
        at = text.i
        found += items(text, stops)
        if text.done():
            break
        said = declared(text)
        if said is not None:
            last = found[-1] if found else None
            its_own = told is not None or any(isinstance(one, Make | Group | Repeat) for one in found)
            if its_own and isinstance(last, Ref) and last.declared is None:
                found[-1] = replace(last, declared=said)  # what the rows that are worked again come to
                continue
            if told is not None and told.counts and told.stitches is None and _only_stitches(said):
                told = replace(told, stitches=said.stitches)  # `9 dc and 2 ch-2 sps. 13 total sts.`
                continue
            if told is not None:
                found.append(Unread(line[said.span[0] : said.span[1]], said.span))
            told = told or said
        elif text.i == at:
            found.append(Unread(text.peek().text, (text.start, text.peek().end)))
            text.i += 1
    if text.held is not None and text.held[2][1]:
        found.append(Unread(line[slice(*text.held[2])], text.held[2]))  # and nothing says how they are closed
    return found, told


def _total(text: Reader) -> bool:
    """`19 total sts` behind the counts by kind."""
    counted = text.peek().kind == "n" and text.peek(1).text in ("total", "sts", "stitches")
    return counted and declared(text) is not None


def _many(said: Declared) -> bool:
    """`rep from * across, 1 fpdc, 1 dc` ends with two stitches: no row makes so few in all."""
    kinds = [n for _, n in said.counts]
    return not kinds or sum(kinds) > 3


def _only_stitches(said: Declared) -> bool:
    return bool(said.stitches) and said == Declared(said.span, stitches=said.stitches)


_INTO = frozenset({"in", "into"})
_SOMEWHERE = frozenset({"next", "each", "same", "first", "last", "corner", "ring", "any", "ch"})


def _at_declaration(text: Reader) -> bool:
    """A declaration stands here, and after it nothing is worked but what closes the row."""
    here = text.peek()
    if text.depth or not (here.text in FIRST_TOKENS or here.kind == "n"):
        return False
    if here.text == "." and text.peek(1).text != ".":
        return False
    if here.kind == "n" and text.peek(2).text in _INTO and text.peek(3).text in _SOMEWHERE:
        return False  # `3 dc in next sp`: most numbers are this, and it is found out soonest
    at = text.i
    if here.kind == "n" and filet(text) and "turn" not in text.texts[:at]:
        return False
    marked = here.text in _MARKED or here.kind == "w" or alone(text)
    said = declared(text)
    closes = (
        said is not None
        and (
            marked
            or (text.texts[at - 1] == "." and (bool(said.stitches) or not said.counts))
            or _row_is_done(text, at)
            or (text.done() and _has_stitches(text, at))
        )
        and (marked or text.texts[at - 1] != "," or _many(said))
        and _closed(text, joins=marked)
    )
    text.i = at
    return closes


_PARTS = frozenset({".", ",", ";"})
_DONE = frozenset(
    ["each", "across", "around", "end", "rep", "repeat", "last", "top", "tch", "turning", "rem", "remaining", "join",
     "row", "rows", "rnd", "rnds", "round", "rounds", "even", "pat", "patt", "pattern"]
)  # fmt: skip


_REPEATED = frozenset(
    ["x", "times", "twice", "around", "across", "rep", "repeat", "inc", "dec", "invdec", "increase", "decrease"]
)


def _has_stitches(text: Reader, at: int) -> bool:
    """Stitches stand before: after no more than a starting chain a number is no count."""
    depth = 0
    for token in text.found[:at]:
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if depth <= 0 and (token.text in FIRST_WORDS or token.text in _REPEATED):
            return True
    return False


def _row_is_done(text: Reader, at: int) -> bool:
    """What stands before goes to the end of the row, so that a bare number is a count and no stitches."""
    i = at - 1
    if i < 0 or text.found[i].text not in _PARTS:
        return False
    told = text.texts[i - 1].startswith(("increas", "decreas"))  # `6 sts increased.` stands between
    while i and text.found[i - 1].text not in _PARTS:
        i -= 1
        if text.found[i].text in _DONE:
            return True
    slipped = text.found[i].text in _SLIPS and "first" in text.texts[i:at]  # `sl st to first sc. 76 sc. Fasten off`
    return slipped or text.found[i].text == "turn" or (told and _row_is_done(text, i))


def _closed(text: Reader, joins: bool) -> bool:
    """Only asides follow, and where `joins` the join: `24 dc, join` may be stitches, `(24 dc), join` is a count."""
    if next_row(text, text.i):
        return True
    while not text.done():
        at, here = text.i, text.peek()
        if (
            here.text in (",", ".", ";", "and", "then", "!", ":", "—")
            or (here.text == "-" and text.peek(1).kind == "e")
            or aside(text)
        ):
            text.i = max(text.i, at + 1)
        elif here.text in ("(", "[") and _aside_in_brackets(text):
            continue
        elif next_row(text, at) or refers(text):
            return True
        elif _new_yarn(text) or _total(text):
            continue
        elif not joins or not _joins(join(text) or (make(text) if here.text in _SLIPS else None)):
            return False
    return True


def _new_yarn(text: Reader) -> bool:
    """`[15 sc. Break A.] Join B.`"""
    at = text.i
    item = join(text)
    if isinstance(item, Join) and item.colour and not (item.target or item.closes or item.standing):
        return True
    text.i = at
    return False


def _aside_in_brackets(text: Reader) -> bool:
    """`(right side)`, `(neck edge)` after the join."""
    if noted(text):
        return True
    at, close = text.i, ")" if text.at("(") else "]"
    text.i += 1
    if aside(text) and text.skip(close):
        return True
    text.i = at
    return False


def _joins(item: Item | None) -> bool:
    """A join, or the slip stitch `in next st` that ends a spiral."""
    if isinstance(item, Make) and item.kind == "sl st" and item.target is None:
        return item.n == 1
    if isinstance(item, Make):
        return item.n == 1 and item.target is not None and item.target.which == "next" and item.target.n <= 3
    return isinstance(item, Join)
