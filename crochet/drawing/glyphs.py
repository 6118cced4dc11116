"""Glyphs: the marks of a crochet chart as SVG path data.

After the usual symbols: oval = chain, dot = slip stitch, x = sc, T = hdc, a T with one slash = dc, two = tr. u is 10
units. Sizes in u: bar 0.35 to each side, slashes 0.15 apart, chain 0.45 by 0.2, dot 0.16 with its stroke, sc 0.35.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from crochet.craft.fabric import Foot, Stitch
from crochet.craft.stitches import START
from crochet.craft.symbols import SLASHES, symbol
from crochet.drawing.paper import Link, Mark

UNIT = 10
BAR = 0.35
SLASH = 0.15
OVAL = (0.45, 0.2)
DOT = 0.08


def number(value: float) -> str:
    """A coordinate: two decimals at most, and never -0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def point(place: complex) -> str:
    """A point of the geometry (u, y up) in SVG's units, y down."""
    return f"{number(UNIT * place.real)} {number(-UNIT * place.imag)}"


def line(start: complex, end: complex) -> str:
    return f"M{point(start)}l{point(end - start)}"


def oval(middle: complex, along: complex, long: float = OVAL[0], wide: float = OVAL[1]) -> str:
    """A chain lying in the direction `along`."""
    along = along / abs(along) * long
    turn = number(-math.degrees(math.atan2(along.imag, along.real)) % 180)
    radii = f"a{number(UNIT * long)} {number(UNIT * wide)} {turn} 1 0 "
    return f"M{point(middle - along)}{radii}{point(2 * along)}{radii}{point(-2 * along)}"


def dot(middle: complex, radius: float = DOT) -> str:
    return oval(middle, 1 + 0j, radius, radius)


def chains(link: Link) -> Iterator[str]:
    """The ovals of a gap, evenly along its curve; narrower where they would touch."""
    if not link.chains:
        return
    room = (abs(link.end - link.start) + abs(link.control - link.start) + abs(link.end - link.control)) / 2
    long = max(min(OVAL[0], 0.47 * room / link.chains), 0.12)
    # They keep together around the middle: a chain-2 in a wide corner is still one space.
    pace = min(1 / link.chains, 2.6 * long / room) if room > 1e-9 else 0
    for k in range(link.chains):
        t = 0.5 + (k - (link.chains - 1) / 2) * pace
        yield oval(link.at(t), link.along(t), long, min(OVAL[1], long * 0.7))


def stitch(made: Stitch, mark: Mark) -> Iterator[str]:
    """The path data of one stitch, foot to top."""
    sign = symbol(made.kind)
    foot, top = sum(mark.feet) / len(mark.feet), mark.top
    leg = top - foot
    leg = leg if abs(leg) > 1e-9 else 1j
    up = leg / abs(leg)
    across = up * -1j
    if made.chain:
        count = max(1, START.get(sign.base, 3))
        if sign.height <= 1:
            yield oval(top - 0.5 * mark.out, mark.out)
            return
        long = abs(leg) / count / 2
        yield from (oval(foot + up * long * (2 * k + 1), up, long * 0.92, OVAL[1]) for k in range(count))
        return
    if sign.base in ("sl st", "picot"):
        yield dot(top)
        return
    if sign.base == "sc":
        yield from _single(sign.legs, mark)
    elif sign.legs > 1 and not sign.spread:
        yield from _bundle(sign.legs, SLASHES.get(sign.base, 0), sign.closed, foot, top, across)
    else:
        for each in mark.feet:
            yield line(each, top)
            yield from _slashes(SLASHES.get(sign.base, 0), each, top)
        yield line(top - BAR * across, top + BAR * across)
    yield from _hook(sign.hook, foot, up, across)


def sign(kind: str) -> str:
    """One stitch's symbol alone, its foot at 0. `ch` is the chain."""
    if kind == "ch":
        return oval(1j, 1 + 0j)
    known = symbol(kind)
    top, legs = 0.3j + 1j * max(known.height, 0.7), known.legs if known.spread else 1
    feet = tuple(complex(0.35 * (k - (legs - 1) / 2), 0.1) for k in range(legs))
    return "".join(stitch(Stitch(kind, Foot("st")), Mark(feet, top, 1j)))


def _single(legs: int, mark: Mark) -> Iterator[str]:
    """An x; a decrease is as many x under one roof."""
    up, across = mark.out, mark.out * -1j
    middle = mark.top - (0.5 if legs == 1 else 0.6) * up
    size = 0.35 / math.sqrt(2) * 1.15
    for k in range(legs):
        here = middle + across * (k - (legs - 1) / 2) * 0.7
        yield line(here - size * (up + across), here + size * (up + across))
        yield line(here - size * (up - across), here + size * (up - across))
    if legs > 1:
        roof = mark.top
        yield line(roof, roof - 0.3 * up + 0.45 * across) + f"M{point(roof)}L{point(roof - 0.3 * up - 0.45 * across)}"


def _bundle(legs: int, slashes: int, closed: bool, foot: complex, top: complex, across: complex) -> Iterator[str]:
    """Half-made stitches that share foot and top bulge like a leaf, a puff's without slashes; a popcorn has a cap."""
    middle = (foot + top) / 2
    slashes = slashes if legs < 5 else 0  # they would run together
    pace = min(0.42, 1.3 / legs) if slashes else 0.3
    for k in range(legs):
        out = middle + across * (k - (legs - 1) / 2) * pace
        yield f"M{point(foot)}Q{point(2 * out - middle)} {point(top)}"
        if slashes:
            slant = (top - foot) / abs(top - foot) * complex(0.5, -0.87) * 0.14
            yield line(out - slant, out + slant)
    yield oval(top, across, BAR, 0.14) if closed else line(top - BAR * across, top + BAR * across)


def _slashes(count: int, foot: complex, top: complex) -> Iterator[str]:
    """The slashes of a dc, tr, ...: near mid-leg, but on a long leg near its top, where a fan has opened."""
    leg = top - foot
    up = leg / abs(leg) if abs(leg) > 1e-9 else 1j
    down = min(0.42 * abs(leg), 0.8 + SLASH * count)
    slant = up * complex(0.5, -0.87) * 0.3
    for k in range(count):
        middle = top - up * down + up * SLASH * 2 * (k - (count - 1) / 2)
        yield line(middle - slant, middle + slant)


def _hook(hook: str, foot: complex, up: complex, across: complex) -> Iterator[str]:
    """Where the hook went: an arc under a back- or front-loop stitch, a hook to one side for a post stitch.

    A stitch with its own foundation has an oval at its foot, an extended one a bar; a reverse one a wave below it, and
    a spike reaches further down.
    """
    if hook in ("blo", "flo"):
        bend = 0.3 if hook == "blo" else -0.3
        yield f"M{point(foot - 0.35 * across)}Q{point(foot + bend * up)} {point(foot + 0.35 * across)}"
    elif hook in ("fp", "bp"):
        side = across if hook == "fp" else -across
        yield f"M{point(foot)}Q{point(foot - 0.45 * up)} {point(foot - 0.3 * up + 0.35 * side)}"
    elif hook == "f":
        yield oval(foot - 0.1 * up, across, 0.3, 0.14)
    elif hook == "ex":
        yield line(foot + 0.25 * up, foot) + line(foot - 0.2 * across, foot + 0.2 * across)
    elif hook == "r":
        left, right = foot - 0.35 * across, foot + 0.35 * across
        yield f"M{point(left)}Q{point(left + 0.17 * across + 0.3 * up)} {point(foot)}"
        yield f"M{point(foot)}Q{point(right - 0.17 * across - 0.3 * up)} {point(right)}"
    elif hook == "spike":
        yield line(foot + 0.25 * up, foot - 0.8 * up)
    elif hook == "linked":
        yield line(foot, foot + 0.3 * across)
