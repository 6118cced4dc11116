"""Dropped: a phrase that was left out of a row: where a group goes, or stitches like others between two others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from crochet.craft.stitches import BUNDLES, START, shown
from crochet.findings import Edit, Fix
from crochet.grammar.pattern import Aside, Chain, Group, Item, Join, Make, Repeat, Unread, walked
from crochet.working.ground import Checked
from crochet.working.places import Fabric

MOST = 12  # stitches of a side that were left out
_SPACES = ("sp", "space", "loop", "lp")
_WHERE = re.compile(r"in(?:to)?(?: the)? next [^,;.*()\[\]]+$", re.IGNORECASE)


def put_back(text: str, items: tuple[Item, ...], below: Fabric | None, wrong: Checked, terms: str) -> Iterator[Fix]:
    """The row, of these items, with a place for a group that has none, then with one more phrase."""
    told = [(text[one.span[0] : one.span[1]], n) for one in walked(items) if (n := _many(one))]
    yield from _places(text, items, [phrase for phrase, _ in told], below)
    every = (*told, *_with_chains(text, items), *_sides(told, items, below, wrong, terms))
    phrases = dict.fromkeys(phrase for phrase, n in every if phrase and _may(n, items, wrong))
    seen: set[str] = set()
    for phrase in phrases:
        for at, new in _between(text, items, phrase):
            changed = "".join(c for c in text[:at] + new + text[at:] if not c.isspace() and c not in ",;.")
            if changed not in seen:
                seen.add(changed)
                yield Fix(f"Put in “{phrase}”.", (Edit((at, at), new),))


def _many(one: Item) -> int:
    """How many stitches a phrase makes that says where; 0: it is none such."""
    if isinstance(one, Group):
        return sum(each.n for each in walked(one.items) if isinstance(each, Make))
    if not isinstance(one, Make) or one.target is None or one.target.which not in ("next", "each") or one.target.until:
        return 0
    return one.n * one.target.n


def _short(wrong: Checked) -> int | None:
    """How many stitches fewer are made than declared; None: not known."""
    if wrong.made is None or wrong.declared is None:
        return None
    total = wrong.declared.stitches or sum(n for _, n in wrong.declared.counts)
    return total - len(wrong.made.course.stitches) if total else None


def _may(n: int, items: tuple[Item, ...], wrong: Checked) -> bool:
    """So many stitches, in some passes, are what is short. Passes that go around are more or fewer without them."""
    short = _short(wrong)
    return short is None or _around(items) or (short > 0 and short % n == 0)


def _around(items: tuple[Item, ...]) -> bool:
    return any(isinstance(one, Repeat) and one.often.how in ("around", "last") for one in walked(items))


def _sides(
    told: Sequence[tuple[str, int]], items: tuple[Item, ...], below: Fabric | None, wrong: Checked, terms: str
) -> Iterator[tuple[str, int]]:
    """Stitches along a side, in one stitch and in a space, as the row does not have them anywhere else."""
    things = _things(items)
    sizes = {n for phrase, n in told if phrase.endswith(_SPACES)}
    one = "1 " if any(phrase.startswith("1 ") for phrase, _ in told) else ""
    for n in _each(items, wrong):
        for kind in _kinds(items, wrong, terms):
            for thing in things:
                yield f"{kind} in next {n} {_plural(thing)}" if n > 1 else f"{one}{kind} in next {thing}", n
                if n > 1:
                    yield f"{n} {kind} in next {thing}", n
            for size in below.course.spaces() if below and (not sizes or n in sizes) else ():
                yield f"{n} {kind} in next ch-{size} sp" if n > 1 else f"{one}{kind} in next ch-{size} sp", n


def _with_chains(text: str, items: tuple[Item, ...]) -> Iterator[tuple[str, int]]:
    """`3 dc in next ch-1 sp, ch 1`: what is done together again and again."""
    for one, other in pairwise(items):
        if (n := _many(one) or _many(other)) and (isinstance(one, Chain) or isinstance(other, Chain)):
            yield text[one.span[0] : other.span[1]], n
    for one in items:
        if isinstance(one, Repeat):
            yield from _with_chains(text, one.items)


def _each(items: tuple[Item, ...], wrong: Checked) -> list[int]:
    """How many stitches a pass may be short of."""
    short = _short(wrong) or 0
    passes = {1} | {one.often.n + more for one in walked(items) if isinstance(one, Repeat) for more in (0, 1)}
    passes = set(range(1, MOST)) if _around(items) else passes
    found = {short // k for k in passes if k and short % k == 0 and 0 < short // k <= MOST}
    return sorted(found | {1, 2, 3} if _around(items) or not short else found)


def _kinds(items: tuple[Item, ...], wrong: Checked, terms: str) -> list[str]:
    kinds = [one.kind for one in walked(items) if isinstance(one, Make)]
    kinds += [kind for kind, _ in wrong.declared.counts] if wrong.declared else []
    return [shown(kind, terms) for kind in dict.fromkeys(kinds) if kind in (*START, *BUNDLES) and kind != "sl st"]


def _things(items: tuple[Item, ...]) -> list[str]:
    """What the row calls the stitches that it is worked into; none where it is worked into spaces."""
    where = [one.target for one in walked(items) if isinstance(one, Make | Group)]
    things = [one.things[0] for one in where if one and one.things and one.which in ("next", "each", "first", "last")]
    names = dict.fromkeys(_single(thing.said.lower()) for thing in things if thing.cls in ("st", "ch"))
    return [name for name in names if name] or ([] if things else ["st"])


def _plural(thing: str) -> str:
    return "sts" if thing == "st" else thing


def _single(thing: str) -> str:
    return "st" if thing == "sts" else thing


def _places(text: str, items: tuple[Item, ...], told: Sequence[str], below: Fabric | None) -> Iterator[Fix]:
    """`(3 dc, ch 2, 3 dc)` without a word of where it goes."""
    where = dict.fromkeys(m[0] for phrase in told if (m := _WHERE.search(phrase)))
    where |= dict.fromkeys(f"in next ch-{size} sp" for size in (below.course.spaces() if below else ()))
    where |= {"in next corner sp": None} if "corner sp" in text else {}
    where |= dict.fromkeys(f"in next {thing}" for thing in _things(items))
    for one in walked(items):
        end = one.span[1]
        if isinstance(one, Repeat) and one.often.n == 1 and text[end - 1] in ")]":
            for place in where:
                after = "" if text[end : end + 1] in ",;." else ", "
                yield Fix(f"Put in “{place}”.", (Edit((end, end), f" {place}{after}"),))


def _between(text: str, items: tuple[Item, ...], phrase: str) -> Iterator[tuple[int, str]]:
    """The phrase before each item of the row, and at the end of each of its repeats; first where it stands elsewhere.

    Elsewhere it has the same phrase before it, or behind it.
    """
    stands = list(_stands(items))
    begun = _begun(items)
    said = [text[one.start : one.end].lower() for one in stands]
    near = {
        (by, said[i + by])
        for i, one in enumerate(said)
        if one == phrase.lower()
        for by in (-1, 1)
        if i + by in range(len(said))
    }
    found: list[tuple[int, int, str]] = []
    for i, one in ((i, one) for i, one in enumerate(stands) if one.start >= begun):
        before = text[: one.start].rstrip(" *([")[-1:]
        words = phrase[0].upper() + phrase[1:] if before == "." else phrase
        known = ((-1, said[i - 1]) in near if i else 0) + ((1, said[i]) in near)
        found.append((known, one.start, f"{words}. " if before == "." else f"{words}, "))
        if one.last:
            known = ((-1, said[i]) in near) + ((1, said[i + 1]) in near if i + 1 < len(said) else 0)
            found.append((known, one.end, f". {words}" if before == "." else f", {words}"))
    found.sort(key=lambda one: -one[0])
    yield from ((at, new) for _, at, new in found)


def _begun(items: tuple[Item, ...]) -> int:
    """Behind the way to where the row begins, its starting chain, and what goes there with it."""
    rest = list(items)
    while rest and (
        isinstance(rest[0], Join | Aside | Unread) or (isinstance(rest[0], Make) and rest[0].kind == "sl st")
    ):
        rest.pop(0)
    if rest and isinstance(rest[0], Chain):
        rest.pop(0)
    while rest and isinstance(one := rest[0], Make | Group) and one.target is not None and one.target.which == "same":
        rest.pop(0)
    return rest[0].span[0] if rest else 0


class _Stand(NamedTuple):
    """Where an item stands, and whether it is the last of a repeat."""

    start: int
    end: int
    last: bool = False


def _stands(items: tuple[Item, ...]) -> Iterator[_Stand]:
    """The items of a row in order; of a repeat, itself and what is in it."""
    for one in items:
        if isinstance(one, Unread):
            continue
        yield _Stand(*one.span)
        if isinstance(one, Repeat):
            *inner, end = list(_stands(one.items)) or [_Stand(*one.span)]
            yield from (*inner, end._replace(last=True))
