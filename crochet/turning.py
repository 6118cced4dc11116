"""Turning: how a row ends and the next begins.

rowwise = "turn" | "do not turn" | "leave" ["rem"|"last" n] ["sts"] "unworked" | "working along opposite side of" chain

A row ends with `turn`, perhaps with the chain that starts the next. Nothing said, rows turn and rounds do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crochet.fabric import Course
from crochet.machine import Fabric
from crochet.names import stitch
from crochet.pattern import Aside, Chain, Item, Join, Ring, Skip, Thing, Unread
from crochet.targets import target
from crochet.things import thing
from crochet.tokens import Reader

IDLE = frozenset({"remark", "fasten off", "colour", "leave"})  # what may stand beside `turn`
HIGHEST = 8  # chains: more than these at a row's end are not the start of the next row


def rowwise(text: Reader) -> tuple[str, int] | None:
    """What a row says of turning and of its ends, and of how many stitches; None: nothing of this stands here."""
    at = text.i
    if text.skip("turn") or (text.at("t") and text.peek(1).text in (".", "", ",") and text.skip("t")):
        text.skip("work|the|your") and text.skip("work|piece")
        return "turn", 0
    if text.skip("do|don", "not|'") and (text.skip("t") or True) and text.skip("turn"):
        return "still", 0
    if (left := _leaves(text)) is not None:
        return "leave", left
    if _other_side(text):
        return "other side", 0
    if _beside(text):
        return "remark", 0
    text.i = at
    return None


def _beside(text: Reader) -> bool:
    """What is said beside a chain: `multiple of 4 + 3`, `being careful not to twist chain`."""
    at = text.i
    text.skip("for") and text.skip("a|any")
    text.skip("a|any")
    if text.skip("multiple", "of") and text.number() is not None:
        text.skip("sts|ch|chs")
        text.skip("+|plus") and text.number() is not None and text.skip("more|extra|sts|ch|chs")
        return True
    text.i = at
    warned = text.skip("being|taking|making|be|take") and text.skip("careful|care|sure")
    if warned and text.skip("not", "to", "twist"):
        text.skip("the|your")
        text.skip("ch|chain|chains|sts|stitches|it|work")
        return True
    text.i = at
    return False


def worked_last(text: Reader) -> Item | None:
    """`working last dc in top of turning ch`: where the stitch before this has gone."""
    at, start = text.i, text.start
    if text.skip("working|making|with|ending|placing|work"):
        text.skip("with")
        text.skip("the|your")
        if text.skip("last|final") and stitch(text) and (where := target(text)) is not None:
            return Aside("last in", (start, text.end), where=where)
    text.i = at
    return None


def begins_in(text: Reader) -> Item | None:
    """`start in 2nd ch from hook`: the chains before it are skipped."""
    at, start = text.i, text.start
    if text.skip("start|starting|begin|beginning", "in|with|from"):
        text.skip("the")
        nth = text.peek()
        text.i += 1
        if nth.kind == "o" and 1 < nth.value < 20 and text.skip("ch|chain|st|stitch"):
            text.skip("from") and (text.skip("the"), text.skip("hook|hk"))
            return Skip(nth.value - 1, Thing("ch", said="ch"), (start, text.end))
    text.i = at
    return None


def _leaves(text: Reader) -> int | None:
    """`leaving rem 3 sts unworked`."""
    at = text.i
    if text.skip("leave|leaving"):
        text.skip("the")
        text.skip("rem|remaining|last|next|rest")
        text.skip("of") and text.skip("the")
        left = text.number() or 0
        one = thing(text)
        ends = one is not None and one.cls in ("st", "ch") and left and (text.done() or text.at(".|,|;|)"))
        if text.skip("unworked") or ends:
            return left or (1 if one is not None and text.peek(-2).text == "st" else 0)
    text.i = at
    return None


def _other_side(text: Reader) -> bool:
    """`working along opposite side of foundation ch`, `now working in rem loops on other side of chain`."""
    at = text.i
    text.skip("now|turn|rotate") and text.skip(",")
    text.skip("to") or text.skip("and")
    text.skip("work|working|continue|continuing")
    text.skip("to") and text.skip("work")
    text.skip("back")
    for _ in range(2):
        text.skip("on|along|in|into|across|down|up|around|over")
        text.skip("the")
        text.skip("free|rem|remaining|unused") and text.skip("loops|lps|loop") and text.skip("on|along|of")
    text.skip("the")
    if text.skip("opposite|other", "side|edge"):
        if text.skip("of"):
            text.skip("the")
            text.skip("foundation|starting|beginning|beg|base")
            return text.skip("ch|chain|chains|row|it")
        return True
    text.i = at
    return False


@dataclass(frozen=True, slots=True)
class Ending:
    """How a row ended: whether it turned (None: not said), and the chain that starts the next row."""

    turned: bool | None = None
    chain: Chain | None = None


NOT_SAID = Ending()


def ended(items: tuple[Item, ...], rounds: bool) -> tuple[tuple[Item, ...], Ending]:
    """The items without what belongs to the next row, and how the row ends."""
    turned: bool | None = None
    chain: Chain | None = None
    keep = len(items)
    for i in range(len(items) - 1, 0, -1):
        one = items[i]
        if isinstance(one, Aside) and one.what in ("turn", "still"):
            turned = one.what == "turn" if turned is None else turned
        elif isinstance(one, Chain) and chain is None and one.n <= HIGHEST:
            chain = one
        elif not _beside_turn(one):
            break
        keep = i
    starts_next = turned or not rounds or isinstance(items[keep - 1], Join)
    if chain is not None and not starts_next:
        return items, Ending(turned)  # a round that is not joined ends with a space
    rest = tuple(
        one for one in items[keep:] if isinstance(one, Unread) or (isinstance(one, Aside) and one.what in IDLE)
    )
    return items[:keep] + rest, Ending(turned, chain)


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
    if before.chain is not None and not started:
        head.append(replace(before.chain, span=(at, at)))
    return (*head, *rest), turned


def _turns(items: Sequence[Item]) -> bool:
    return any(isinstance(one, Aside) and one.what == "turn" for one in items)


def turned(fabric: Fabric) -> Fabric:
    """The fabric seen from the other side. A round keeps its first stitch, where it was joined."""
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
    shift = int(closed)
    stitches = []
    for one in course.stitches:
        k = one.foot[1]
        at = (below - 1 + shift - k) % below if one.foot.place == "st" else (below - 2 + shift - k) % below
        stitches.append(one if one.foot.place == "ring" else replace(one, foot=one.foot._replace(index=at)))
    return replace(course, stitches=tuple(stitches))


def same_either_way(fabric: Fabric) -> bool:
    """Turned or not, it is the same to work into."""
    one, other = fabric.course, turned(fabric).course
    return one.gaps == other.gaps and [s.kind for s in one.stitches] == [s.kind for s in other.stitches]
