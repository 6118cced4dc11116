"""Whereabouts: where stitches go, in canonical words, in US or UK terms."""

from __future__ import annotations

from dataclasses import replace

from crochet.craft.stitches import shown
from crochet.grammar.edges import EDGE, SIDE
from crochet.grammar.pattern import Target, Thing, of_both


def where(target: Target, terms: str) -> str:
    """`in next ch-2 sp`."""
    if target.things and target.things[0].cls == "start":
        return "in base of ch" if target.which == "first" else "in same st as last sl st"
    if target.things and target.things[0].cls == "between":
        return _between(target, target.things[0])
    part = _part(target.things[0]) if target.things else ""
    if part:
        whole = replace(target, things=(replace(target.things[0], nth=None, chains=None),))
        return f"in {part} of {where(whole, terms).removeprefix('in ')}"
    things = " and ".join(f"{place(one, terms)}{'s' * of_both(target)}" for one in target.things)
    if target.which == "ring":
        return f"in {things}"
    if target.which == "spread":
        return "evenly around" if target.until == "around" else "evenly along side"
    if target.which == "each":
        if target.things[0].said == EDGE:
            return "evenly around edge" if target.until == "around" else "evenly along edge"
        if target.counted and not of_both(target):
            return f"in each of next {target.n} {things}"
        until = target.until
        ends = {None: "", "around": " around", "end": " to end"}
        if isinstance(until, Thing) and target.short:
            return f"in each {things} to {target.short} sts before next {place(until, terms)}"
        if until == SIDE:
            return f"in each {things} along side"
        if isinstance(until, Thing):
            last = f"last {target.left}" if target.left else "next"
            return f"in each {things} to {last} {place(until, terms)}"
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
    return {0: "center st", -1: "last st", 1: "first st"}.get(thing.nth, f"{_ordinal(thing.nth)} st")


def place(thing: Thing, terms: str) -> str:
    """`ch-2 sp`, `3rd ch from hook`."""
    if thing.row:
        of = f"of rnd {thing.row}" if thing.row > 0 else f"{1 - thing.row} rnds below"
        return f"{place(replace(thing, row=0), terms)} {of}"
    if thing.cls == "st":
        return shown(thing.kind, terms) if thing.kind else "st"
    if thing.cls == "sp":
        return f"ch-{thing.chains} sp" if thing.chains else "sp"
    if thing.cls == "ring" and thing.chains:
        return f"{_ordinal(thing.chains)} ch from hook"
    if thing.cls in ("top", "turn"):
        chain = f"turning ch{f'-{thing.chains}' if thing.chains else ''}"
        return f"top of {chain}" if thing.cls == "top" else f"{chain} sp"
    if thing.cls == "named":
        return thing.kind or ""
    if thing.kind == "magic":
        return "magic ring"
    return {
        "corner": "corner sp",
        "centre": "marked st" if thing.kind else "center st of corner",
        "gap": "sp between groups" if thing.kind else "gap",
        "end": "row end",
        "left": "skipped st",
    }.get(thing.cls, thing.cls)


def top_of(top: tuple[int, int] | None) -> str:
    """` in 3rd ch of ch-4`; empty where no such place is told."""
    if top is None:
        return ""
    nth, of = top
    if top == (1, 0):
        return " in first ch"
    chain = f"ch-{of}" if of else "ch"
    return f" in {_ordinal(nth)} ch of {chain}" if nth else f" in top of {chain}"


def _ordinal(n: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(n, f"{n}th")
