"""Turning: how a row ends and the next begins. Nothing said, rows turn and rounds do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from crochet.craft.fabric import Course, Foot, standing
from crochet.grammar.pattern import Aside, Chain, Group, Item, Join, Make, Ring, Unread
from crochet.working.places import Fabric

HIGHEST = 8  # chains: more than these at a row's end are not the start of the next row
IDLE = frozenset({"remark", "fasten off", "colour", "leave"})  # what may stand beside `turn`


@dataclass(frozen=True, slots=True)
class Ending:
    """How a row ended: whether it turned (None: not said), and the chain that starts the next row."""

    turned: bool | None = None
    chain: Chain | None = None
    moves: tuple[Item, ...] = ()  # `join, sl st in next ch-2 sp`: from there the next round goes on


NOT_SAID = Ending()


def ended(items: tuple[Item, ...], rounds: bool) -> tuple[tuple[Item, ...], Ending]:
    """The items without what belongs to the next row, and how the row ends."""
    turned: bool | None = None
    chain: Chain | None = None
    items, moves = _moved(items)
    keep = len(items)
    for i in range(len(items) - 1, 0, -1):
        one = items[i]
        if isinstance(one, Aside) and one.what in ("turn", "still"):
            turned = one.what == "turn" if turned is None else turned
        elif isinstance(one, Chain) and chain is None and one.n <= HIGHEST:
            chain = one
        elif isinstance(one, Join) and one.colour and not (one.target or one.standing or one.closes):
            pass  # `turn, drop A and join B`
        elif not _beside_turn(one):
            break
        keep = i
    starts_next = turned or not rounds or isinstance(items[keep - 1], Join)
    if chain is not None and not starts_next:
        return items, Ending(turned, None, moves)  # a round that is not joined ends with a space
    rest = tuple(
        one for one in items[keep:] if isinstance(one, Unread) or (isinstance(one, Aside) and one.what in IDLE)
    )
    return items[:keep] + rest, Ending(turned, chain, moves)


def _moved(items: tuple[Item, ...]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The items without the slip stitches after their join, and those: they lead on to where the next round begins."""
    at = next((i for i, one in enumerate(items) if i and isinstance(one, Join) and one.closes), len(items)) + 1
    moves = tuple(one for one in items[at:] if _moves(one))
    if not moves or any(not (_moves(one) or isinstance(one, Aside | Chain)) for one in items[at:]):
        return items, ()
    return (*items[:at], *(one for one in items[at:] if not _moves(one))), moves


def _moves(item: Item) -> bool:
    where = item.target if isinstance(item, Make) and item.kind == "sl st" else None
    return where is not None and where.which in ("next", "each", "first")


def _beside_turn(item: Item) -> bool:
    return isinstance(item, Unread) or (isinstance(item, Aside) and item.what in IDLE)


def begun(items: tuple[Item, ...], before: Ending, at: int) -> tuple[tuple[Item, ...], bool | None]:
    """The items with the starting chain that the row before ended with, and whether the fabric was turned."""
    turned = before.turned
    head: list[Item] = []
    rest = list(items)
    while rest and (isinstance(rest[0], Aside | Join) or (isinstance(rest[0], Chain) and _turns(rest[1:2]))):
        one = rest.pop(0)
        if isinstance(one, Aside) and one.what in ("turn", "still"):
            turned = one.what == "turn"
        else:
            head.append(one)
    started = any(isinstance(one, Chain | Join | Ring) for one in (*head, *rest[:1]))
    if before.moves and not any(isinstance(one, Join | Ring) for one in head):
        head = [*before.moves, *head]
    if before.chain is not None and not started:
        head.append(replace(before.chain, span=(at, at)))
    return _led_on((*head, *rest)), turned


def _led_on(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items without the `ch 1` of `ch 1, turn, sl st in next 3 sts and in sp, ch 3, dc in same sp`: it only turns,
    and the row starts with the next chain.
    """
    told = [one for one in items if not isinstance(one, Aside)]
    led = list(takewhile(_moves, told[1:]))
    starts = told[len(led) + 1 : len(led) + 3]
    if not led or not isinstance(told[0], Chain) or told[0].n != 1 or told[0].counts or not _starts_there(starts):
        return items
    return tuple(one for one in items if one is not told[0])


def _starts_there(items: Sequence[Item]) -> bool:
    """A chain and then stitches in the place to which the hook was led."""
    if items and isinstance(items[0], Group):
        return items[0].target.which == "same" and isinstance(items[0].items[0], Chain)
    if len(items) < 2 or not isinstance(items[0], Chain) or not isinstance(items[1], Make | Group):
        return False
    where = items[1].target
    return where is not None and where.which == "same"


def _turns(items: Sequence[Item]) -> bool:
    return any(isinstance(one, Aside) and one.what == "turn" for one in items)


def turned(fabric: Fabric) -> Fabric:
    """The fabric seen from the other side. A round keeps its first stitch, where it was joined."""
    if fabric.behind is None:
        fabric.behind = _turned(fabric)
    return fabric.behind


def _turned(fabric: Fabric) -> Fabric:
    course = fabric.course
    size, shift = len(course.stitches), int(course.closed)
    if not size:
        return fabric
    stitches = course.stitches[:shift] + course.stitches[shift:][::-1]
    gaps = course.gaps[::-1] if course.closed else (*course.gaps[-2::-1], course.gaps[-1])
    flipped = replace(course, stitches=stitches, gaps=gaps)
    centres = {(size - 1 + shift - i) % size for i in fabric.centres}
    return Fabric(flipped, centres, {(size - 2 + shift - i) % size for i in fabric.joints})


def as_stood(course: Course, below: int, closed: bool) -> Course:
    """The course with its feet counted along the row below (of so many stitches) as that was worked."""
    last = below - 1 + int(closed)
    stitches = []
    for one in course.stitches:
        place, k = one.foot
        at = (last - k if place == "st" else last - 1 - k) % below
        plain = not one.chain and one.of is None and place != "ring"
        stitches.append(
            standing(one.kind, place, at) if plain else one if place == "ring" else replace(one, foot=Foot(place, at))
        )
    return replace(course, stitches=tuple(stitches))


def same_either_way(fabric: Fabric) -> bool:
    """Turned or not, it is the same to work into."""
    one, other = fabric.course, turned(fabric).course
    return one.gaps == other.gaps and one.looks == other.looks
