"""Wording: a row's tree in canonical words, in US or UK terms.

`parse(row(tree, style))` is the tree again, spans and the words of places aside. Words that were not understood are
written as they stood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from crochet.craft.stitches import BUNDLES, shown
from crochet.grammar.charted import IN, PATTERN
from crochet.grammar.filet import OPEN, SOLID
from crochet.grammar.growing import BETWEEN_INCS
from crochet.grammar.pattern import (
    Aside,
    Chain,
    Group,
    Item,
    Join,
    Make,
    Often,
    Ref,
    Repeat,
    Ring,
    Row,
    Rules,
    Skip,
    Thing,
    Unread,
)
from crochet.grammar.totals import total
from crochet.grammar.whereabouts import place, top_of, where


@dataclass(frozen=True, slots=True)
class Style:
    """How a row is written: its terms, in sentences or with commas, repeats by star, in brackets or spelled out."""

    terms: str = "us"
    sentences: bool = False
    brackets: bool = False
    spelled: bool = False


def row(tree: Row, style: Style = Style()) -> str:
    """A row's words, without its label."""
    items = spelled(tree.items) if style.spelled else tree.items
    items = _over_pieces(items, style) if tree.limbs else items
    own = next((i for i, one in enumerate(items) if i and isinstance(one, Ref)), len(items))
    said = f" {total(tree.declared, style.terms)}" if tree.declared else ""
    again = f" {_sentences(items[own:], style)}" if said and own < len(items) else ""  # its total is that of its last
    return f"{_sentences(items[:own] if again else items, style)}{said}{again}"


def _sentences(items: tuple[Item, ...], style: Style) -> str:
    words = _list(items, style, top=True)
    if style.sentences:
        words = ". ".join(f"{part[0].upper()}{part[1:]}" for part in words.split(". "))
    return f"{words}."


def spelled(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with every repeat that is told in numbers written out; what goes around stays a repeat."""
    found: list[Item] = []
    for item in items:
        if isinstance(item, Repeat):
            body, cut = spelled(item.items), spelled(item.items[: item.cut])
            if item.often.how == "all":
                passes = item.often.n - (item.cut is not None)
                found += [*(body * passes), *(cut if item.cut is not None else ())]
            else:
                found.append(replace(item, items=body, cut=None if item.cut is None else len(cut)))
        elif isinstance(item, Group):
            found.append(replace(item, items=spelled(item.items)))
        else:
            found.append(item)
    return tuple(found)


def _over_pieces(items: tuple[Item, ...], style: Style) -> tuple[Item, ...]:
    """The items of a row that makes several pieces one, so told where it first goes on one of them."""
    for i, item in enumerate(items):
        said: Item = item
        if isinstance(item, Repeat):
            said = replace(item, items=_over_pieces(item.items, style))
        elif isinstance(item, Join) and not (item.target or item.closes or item.colour):
            said = Unread(_join(item, style).replace("join", "join to first piece", 1), item.span)
        elif isinstance(item, Make) and item.target and item.target.which == "spread":
            said = Unread(_make(replace(item, target=None), style) + " around first piece", item.span)
        elif isinstance(item, Make) and item.target:
            said = Unread(f"{_make(item, style)} of first piece", item.span)
        elif isinstance(item, Rules):
            first, *rest = (_item(one, style) for one in item.rules)
            said = Unread(", ".join([f"{first} of first piece", *rest]), item.span)
        if said != item:
            return (*items[:i], said, *items[i + 1 :])
    return items


def _list(items: tuple[Item, ...], style: Style, top: bool = False) -> str:
    between = ". " if style.sentences and top else ", "
    return between.join(_item(one, style, top) for one in items)


def _item(item: Item, style: Style, top: bool = False) -> str:
    match item:
        case Chain():
            return f"ch {item.n}{_counting(item.counts, style)}"
        case Make():
            return _make(item, style)
        case Group():
            return _group(item, style)
        case Repeat():
            return _repeat(item, style, top)
        case Skip():
            which = "first" if item.first else "next"
            n = f"{item.n} " if item.n > 1 else ""
            return f"sk {which} {n}{place(item.thing, style.terms)}{_counting(item.counts, style)}"
        case Ring():
            return "magic ring"
        case Join():
            return _join(item, style)
        case Aside():
            return _aside(item, style)
        case Rules():
            return ", ".join(_item(rule, style) for rule in item.rules)
        case Ref():
            return _ref(item, style)
    return item.text


def _aside(item: Aside, style: Style) -> str:
    if item.what == BETWEEN_INCS:
        return f"with {abs(item.n)} {'more ' * (item.n < 0)}sts between increases"
    if item.what in ("inc evenly", "dec evenly"):
        return f"{item.what[:3]} {item.n} sts evenly"
    if item.what[:4] in ("inc ", "dec "):
        ends = {"ends": "each end", "beg": "beg of row", "end": "end of row"}[item.what[4:]]
        return f"{item.what[:3]} 1 {shown(item.said, style.terms) if item.said else 'st'} at {ends}"
    if item.said:
        return " ".join(item.said.split())
    if item.where is not None:
        return f"working last st {where(item.where, style.terms)}"
    left = f"last {item.n} sts" if item.n else "rem sts"
    return {
        "still": "do not turn",
        "leave": f"leaving {left} unworked",
        "other side": "working along opposite side of foundation ch",
    }.get(item.what, item.what)


def _ref(item: Ref, style: Style) -> str:
    if item.pattern:
        rows = "continue in pattern"
    elif item.even is not None:
        rows = f"work even{f' in {shown(item.even, style.terms)}' if item.even else ''}"
    elif item.last:
        rows = f"rep last {item.last} rows" if item.last > 1 else "rep last row"
    elif item.rows:
        rows = f"rep rows {' and '.join(map(str, item.rows))}" if len(item.rows) > 1 else f"rep row {item.rows[0]}"
        rows += f" of {item.of}" if item.of else ""
    else:
        rows = f"same as {item.of.title()}" if item.of else "rep"
    return (
        rows
        + (
            f" until {item.stitches} sts rem"
            if item.stitches
            else " until long enough"
            if not item.passes
            else f" {item.passes} times"
            if item.passes > 1
            else ""
        )
        + (f" {total(item.declared, style.terms)}" if item.declared else "")
    )


def _counting(counts: tuple[tuple[str, int], ...] | None, style: Style) -> str:
    if counts is None:
        return ""
    if not counts:
        return " (does not count as a st)"
    parts = [f"ch {n}" if what == "ch" else shown(what, style.terms) for what, n in counts]
    return f" (counts as {' and '.join(parts)})"


def _make(item: Make, style: Style) -> str:
    if item.kind in (OPEN, SOLID):
        return f"{item.n} {'sps' if item.kind == OPEN else 'bls'}"
    if item.kind == PATTERN and item.target:
        return f"work in pattern {where(item.target, style.terms)}"
    if item.kind.startswith(IN):
        return f"{item.n} {item.kind.removeprefix(IN)}"
    shaped = item.kind in ("inc", "dec", *BUNDLES)
    name = shown(item.kind, style.terms) + (f"{item.eats}tog" if item.eats > 1 and not shaped else "")
    places = [f" {where(one, style.terms)}" for one in (item.target, item.more) if one]
    if item.eats > 1 and item.kind in BUNDLES:
        places = [place.replace(" in ", " over ", 1) for place in places]
    if places and item.counts is not None:
        places[0] += _counting(item.counts, style)
    made = item.n // 2 if item.kind == "inc" else item.n
    n = "" if made == 1 else f"{made} "
    return f"{n}{name}{' and'.join(places)}"


def _group(item: Group, style: Style) -> str:
    if item.target.which == "bare" and item.name:
        return _name(item, style)
    name = f" ({item.name} made)" if item.name else ""
    return f"({_list(item.items, style)}) {where(item.target, style.terms)}{name}"


def _name(item: Group, style: Style) -> str:
    """`shell`, `7-dc shell`, `beg V-st`: what stands by its name alone."""
    first = item.items[0]
    legs = [one for one in item.items if isinstance(one, Make)]
    if isinstance(first, Make) and len(legs) == len(item.items):
        return f"{sum(one.n for one in legs)}-{shown(first.kind, style.terms)} {item.name}"
    return f"{'beg ' if isinstance(first, Chain) else ''}{item.name}"


def _repeat(item: Repeat, style: Style, top: bool) -> str:
    how = _often(item.often, style)
    parts = [item.items] if item.cut is None else [item.items[: item.cut], item.items[item.cut :]]
    starred = top and not style.brackets and not any(isinstance(one, Repeat) for one in item.items)
    body = ", ** ".join(_list(part, style, starred) for part in parts)
    if not starred:
        return f"[{body}] {how}"
    last = ", ending last rep at **" if item.cut is not None else ""
    between = ". " if style.sentences else "; "
    more = f"{item.often.n - 1} more times" if item.often.how == "all" else how
    return f"*{body}{between}rep from * {more}{last}"


def _often(often: Often, style: Style) -> str:
    if often.how == "all":
        return f"{often.n} times"
    if often.how == "unsure":
        return f"{often.n} {'more ' if style.brackets else ''}times"
    if often.how == "last":
        return f"to last {often.n} {place(often.thing or Thing('st'), style.terms)}"
    return "around" if often.thing is None else f"to next {place(often.thing, style.terms)}"


def _join(item: Join, style: Style) -> str:
    if item.ring:
        return "join to form ring"
    if item.target and not (item.closes or item.colour or item.standing):
        if item.target.which == "any":
            return f"begin {where(item.target, style.terms)}"
        which = "one" if item.target.counted else "a"
        return f"begin in {which} {place(item.target.things[0], style.terms)}"
    colour = f" {item.colour}" if item.colour else ""
    standing = f" with a standing {shown(item.standing, style.terms)}" if item.standing else ""
    into = f" {where(item.target, style.terms)}" if item.target else ""
    return f"join{colour}{standing}{top_of(item.top)}{into}"
