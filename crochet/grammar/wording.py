"""Wording: a row's tree in canonical words, in US or UK terms; and what a row makes, as a pattern declares it.

`parse(row(tree, style))` is the tree again, spans and the words of places aside. Words that were not understood are
written as they stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from crochet.craft.stitches import shown
from crochet.grammar.pattern import (
    Aside,
    Chain,
    Declared,
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
    Target,
    Thing,
)


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
    words = _list(items, style, top=True)
    if style.sentences:
        words = ". ".join(f"{part[0].upper()}{part[1:]}" for part in words.split(". "))
    said = f" {_declared(tree.declared, style)}" if tree.declared else ""
    return f"{words}.{said}"


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


# -- items


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
            return f"sk {which} {n}{_thing(item.thing, style)}{_counting(item.counts, style)}"
        case Ring():
            return "magic ring"
        case Join():
            return _join(item, style)
        case Aside():
            return _aside(item)
        case Rules():
            return ", ".join(_item(rule, style) for rule in item.rules)
        case Ref():
            return _ref(item, style)
    return item.text


def _aside(item: Aside) -> str:
    if item.said:
        return " ".join(item.said.split())
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
        + (f" {_declared(item.declared, style)}" if item.declared else "")
    )


def _counting(counts: tuple[tuple[str, int], ...] | None, style: Style) -> str:
    if counts is None:
        return ""
    if not counts:
        return " (does not count as a st)"
    parts = [f"ch {n}" if what == "ch" else shown(what, style.terms) for what, n in counts]
    return f" (counts as {' and '.join(parts)})"


def _make(item: Make, style: Style) -> str:
    shaped = item.kind in ("inc", "dec")
    name = shown(item.kind, style.terms) + (f"{item.eats}tog" if item.eats > 1 and not shaped else "")
    places = [f" {_target(one, style)}" for one in (item.target, item.more) if one]
    if places and item.counts is not None:
        places[0] += _counting(item.counts, style)
    made = item.n // 2 if item.kind == "inc" else item.n
    n = "" if made == 1 else f"{made} "
    return f"{n}{name}{' and'.join(places)}"


def _group(item: Group, style: Style) -> str:
    if item.target.which == "bare" and item.name:
        return _name(item, style)
    name = f" ({item.name} made)" if item.name else ""
    return f"({_list(item.items, style)}) {_target(item.target, style)}{name}"


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
        return f"to last {often.n} {_thing(often.thing or Thing('st'), style)}"
    return "around" if often.thing is None else f"to next {_thing(often.thing, style)}"


def _join(item: Join, style: Style) -> str:
    if item.ring:
        return "join to form ring"
    colour = f" {item.colour}" if item.colour else ""
    standing = f" with a standing {shown(item.standing, style.terms)}" if item.standing else ""
    where = f" {_target(item.target, style)}" if item.target else ""
    return f"join{colour}{standing}{_top(item.top)}{where}"


def _top(top: tuple[int, int] | None) -> str:
    if top is None:
        return ""
    nth, of = top
    if top == (1, 0):
        return " in first ch"
    chain = f"ch-{of}" if of else "ch"
    return f" in {_ORDINALS.get(nth, f'{nth}th')} ch of {chain}" if nth else f" in top of {chain}"


_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


# -- places


def _target(target: Target, style: Style) -> str:
    if target.things and target.things[0].cls == "start":
        return "in base of ch" if target.which == "first" else "in same st as last sl st"
    if target.things and target.things[0].cls == "between":
        return _between(target, target.things[0])
    part = _part(target.things[0]) if target.things else ""
    if part:
        whole = replace(target, things=(replace(target.things[0], nth=None, chains=None),))
        return f"in {part} of {_target(whole, style).removeprefix('in ')}"
    things = " and ".join(_thing(one, style) for one in target.things)
    if target.which == "ring":
        return f"in {things}"
    if target.which == "each":
        if target.counted:
            return f"in each of next {target.n} {things}"
        until = target.until
        ends = {None: "", "around": " around", "end": " to end"}
        if isinstance(until, Thing) and target.short:
            return f"in each {things} to {target.short} sts before next {_thing(until, style)}"
        if isinstance(until, Thing):
            last = f"last {target.left}" if target.left else "next"
            return f"in each {things} to {last} {_thing(until, style)}"
        return f"in each {things}{ends[until]}"
    if target.unsaid:
        return f"in {things}"
    n = f"{target.n} " if target.counted or target.n > 1 else ""
    of = "each of " if target.counted and target.which in ("first", "last") else ""
    return f"in {of}{target.which} {n}{things}"


def _between(target: Target, thing: Thing) -> str:
    what = f"{thing.kind}s" if thing.kind else "sts"
    return f"in each sp between {what}" if target.which == "each" else f"between {target.which} 2 {what}"


def _part(thing: Thing) -> str:
    """`center st`, `3rd st`, `ch-1 sp`: what part of a named group is meant; empty: the group."""
    if thing.cls != "named":
        return ""
    if thing.chains is not None:
        return f"ch-{thing.chains} sp" if thing.chains else "sp"
    if thing.nth is None:
        return ""
    return {0: "center st", -1: "last st", 1: "first st"}.get(
        thing.nth, f"{_ORDINALS.get(thing.nth, f'{thing.nth}th')} st"
    )


def _thing(thing: Thing, style: Style) -> str:
    if thing.row:
        of = f"of rnd {thing.row}" if thing.row > 0 else f"{1 - thing.row} rnds below"
        return f"{_thing(replace(thing, row=0), style)} {of}"
    if thing.cls == "st":
        return shown(thing.kind, style.terms) if thing.kind else "st"
    if thing.cls == "sp":
        return f"ch-{thing.chains} sp" if thing.chains else "sp"
    if thing.cls == "ring" and thing.chains:
        return f"{_ORDINALS.get(thing.chains, f'{thing.chains}th')} ch from hook"
    if thing.cls in ("top", "turn"):
        chain = f"turning ch{f'-{thing.chains}' if thing.chains else ''}"
        return f"top of {chain}" if thing.cls == "top" else f"{chain} sp"
    if thing.cls == "named":
        return thing.kind or ""
    if thing.kind == "magic":
        return "magic ring"
    return {
        "corner": "corner sp",
        "centre": "center st of corner",
        "gap": "sp between groups" if thing.kind else "gap",
    }.get(thing.cls, thing.cls)


# -- what a row makes


def _declared(said: Declared, style: Style) -> str:
    parts = [f"{n} {shown(kind, style.terms)}" for kind, n in said.counts]
    if said.stitches is not None:
        parts.append(f"{said.stitches} sts")
    parts += [f"{n} ch-{size} sps" for size, n in said.spaces]
    if said.corners is not None:
        parts.append(f"{said.corners} {f'ch-{said.corner_chains} ' if said.corner_chains else ''}corners")
    if said.chains is not None:
        parts.append(f"{said.chains} ch")
    if said.loose_spaces is not None:
        parts.append(f"{said.loose_spaces} sps")
    parts += [f"{n} {name}{'s' * (n != 1)}" for name, n in said.named]
    if said.groups is not None:
        n, each, kind = said.groups
        parts.append(f"{n} groups of {each} {shown(kind, style.terms)}" if kind else f"{n} groups")
    if said.per_side is not None:
        kind = said.per_side_kind
        parts.append(f"{said.per_side} {shown(kind, style.terms) + ' ' if kind else ''}per side")
    return f"({', '.join(parts)})"


def declared(counts: Mapping[str, int], spaces: Mapping[int, int] | Mapping[str, int], terms: str = "us") -> str:
    """`(12 dc, 4 ch-2 sps)`: stitches by US key and spaces by their chains, in the pattern's terms."""
    parts = [f"{n} {shown(kind, terms)}" for kind, n in counts.items()]
    sizes = sorted(((int(size), n) for size, n in spaces.items()), reverse=True)
    parts += [f"{n} ch-{size} sp{'s' * (n != 1)}" for size, n in sizes]
    return f"({', '.join(parts)})"


# -- the tree without its words

_Node = TypeVar("_Node")


_NO_WORDS: dict[str, Any] = {"span": (0, 0), "said": "", "misspelt": ()}


def bare(node: _Node) -> _Node:
    """A tree without spans and without the words its places were named by: what it means."""
    if isinstance(node, tuple):
        return tuple(bare(one) for one in node)  # type: ignore[return-value] # the same tuple, node by node
    if not is_dataclass(node) or isinstance(node, type):
        return node
    changed: dict[str, Any] = {}
    for one in fields(node):
        value = getattr(node, one.name)
        changed[one.name] = _NO_WORDS.get(one.name, bare(value))
    return replace(node, **changed)
