"""Foundation: the chain that a piece is worked on, and where its first row or round begins in it.

opening = ["with" colour] ("ch" | "chain" | "make a chain of") n ["loosely"] ["(" "multiple of" ... ")"]

Begun in the k-th chain from the hook, a chain of N has N - k + 1 stitches, and one more where the k - 1 skipped chains
count as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crochet.craft.fabric import Course, Foot, Gap, Stitch
from crochet.craft.stitches import BY_START, START
from crochet.grammar.pattern import Aside, Chain, Group, Item, Join, Make, Repeat, Ring, Rules, Skip, Target, walked
from crochet.working.places import Fabric

LONGEST = 10_000
SMALL = 8  # chains: joined, so many are a ring
CORNER = 4  # stitches: more than these in one chain, and nothing in another, are a round
_BESIDE = re.compile(
    r"[(\[]?\s*(?:for )?(?:a |any )?multiple\s+of\s+\d+\s*(?:(?:\+|plus)\s*\d+[^)\].;]*)?[)\]]?"
    r"|,?\s*(?:and )?(?:being|taking|making|be) (?:very )?(?:careful|care|sure)\b[^.;,()]{0,20}\btwist\b[^.;,()]{0,20}"
    r"|,?\s*(?:(?:do not|don['’]t) twist|without twisting)\b[^.;,()]{0,20}|,?\s*with (?:crochet )?hook size [\d.]+ ?mm"
    r"|^\s*(?:to begin|begin|start|starting|beginning|make)\b[ :,-]{0,3}(?:with )?(?=\d+ ?ch|ch)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Founded:
    """A row on a foundation chain: how many chains, joined or not, and what is worked on them."""

    chains: int
    joined: bool
    items: tuple[Item, ...]

    def ways(self, rounds: bool) -> list[tuple[tuple[Item, ...], Fabric]]:
        """The items on the chain, and what it may mean to go on along its other side."""
        if self.joined:
            return [(self.items, _chain(self.chains, joined=True))]
        if any(_on_the_other_side(one) for one in self.items):
            return [(self.items, fabric) for fabric in self._both_sides()]
        one_side = [(self.items, _chain(self.chains))]
        if not rounds:
            return one_side
        at = next((i + 1 for i, one in enumerate(self.items[:-1]) if _in_the_last(one)), 0)
        marked = (*self.items[:at], Aside("other side", (0, 0)), *self.items[at:]) if at else self.items
        return [*one_side, *((marked, fabric) for fabric in self._both_sides())]

    def _both_sides(self) -> list[Fabric]:
        """The other side begins beside the last chain or in it, and ends in the first stitch's chain or beside it."""
        first = _begins_in(self.items)
        ends = [(start, end) for start in (1, 0) for end in (first, first + 1)]
        return [_chain(self.chains, max(0, self.chains - start - end + 1)) for start, end in ends]


def _chain(n: int, other_side: int = 0, joined: bool = False) -> Fabric:
    """A chain of n from the hook on, and so many chains along its other side."""
    stitches = (Stitch("ch", Foot("ring")),) * (n + other_side)
    return Fabric(Course(stitches, (Gap(),) * (n + other_side), joined), pivot=n if other_side else None)


def _on_the_other_side(item: Item) -> bool:
    return isinstance(item, Aside) and item.what == "other side"


def _in_the_last(item: Item) -> bool:
    """Several stitches in the last chain turn the corner to its other side."""
    where = item.target if isinstance(item, Make | Group) else None
    several = isinstance(item, Group) or (isinstance(item, Make) and item.n > 1)
    return where is not None and where.which == "last" and where.n == 1 and several


def _begins_in(items: tuple[Item, ...]) -> int:
    """The chain from the hook in which the row begins."""
    first = next((one for one in items if isinstance(one, Skip) or _first_target(one)), None)
    if isinstance(first, Skip):
        return first.n + 1
    where = _first_target(first) if first else None
    return (where.things[0].chains or 1) if where is not None and where.which == "ring" else 1


def of(items: tuple[Item, ...]) -> Founded | None:
    """The foundation chain that the items begin with; None: they do not."""
    at = next((i for i, one in enumerate(items) if not isinstance(one, Aside) or one.what == "turn"), len(items))
    first, rest = (items[at], items[at + 1 :]) if at < len(items) else (None, ())
    if not isinstance(first, Chain) or first.counts is not None or not 1 < first.n <= LONGEST:
        return None
    joins = bool(rest) and isinstance(rest[0], Join) and (rest[0].ring or rest[0].closes)
    rest = rest[1:] if joins else rest
    return Founded(first.n, joins, (*items[:at], *rest)) if _begins(rest, first.n, joins) else None


def _begins(items: tuple[Item, ...], chains: int, joined: bool) -> bool:
    """The first thing to do goes into one of so many chains, and is not all that goes into them."""
    for one in items:
        if isinstance(one, Aside) or (isinstance(one, Chain) and one.n < chains):
            continue
        if isinstance(one, Skip):
            return one.thing.cls == "ch" or (one.thing.cls == "st" and one.thing.kind is None)
        where = _first_target(one)
        if where is None:
            return False
        into = where.things[0]
        if where.which == "ring":
            many = into.chains == chains or (isinstance(one, Make) and one.n > CORNER)
            return bool(into.chains) and not joined and (not many or _goes_on(items))
        return into.cls == "ch" or (joined and into.cls == "st" and chains > SMALL)
    return False


def _goes_on(items: tuple[Item, ...]) -> bool:
    """More than one chain is worked into."""
    targets = [item.target for item in walked(items) if isinstance(item, Make | Group)]
    targets += [item.more for item in walked(items) if isinstance(item, Make)]
    return any(where.things[0].cls == "ch" for where in targets if where and where.things)


def _first_target(item: Item) -> Target | None:
    if isinstance(item, Rules):
        return item.rules[0].target
    if isinstance(item, Repeat):
        return next((where for one in item.items if (where := _first_target(one))), None)
    return item.target if isinstance(item, Make | Group) else None


def readings(items: tuple[Item, ...]) -> list[tuple[tuple[str, int], ...]]:
    """What the chains skipped at the start may count as, the usual first; what is said of them is the only one."""
    for one in items:
        if isinstance(one, Repeat) and isinstance(one.items[0], Skip) and one.items[0].counts is not None:
            one = one.items[0]
        if isinstance(one, Skip):
            first = next((item.kind for item in walked(items) if isinstance(item, Make)), "sc")
            return [one.counts] if one.counts is not None else starts(one.n, first)
        if isinstance(one, Make | Group) and one.target and one.target.which == "ring":
            first = (
                one.kind if isinstance(one, Make) else next((m.kind for m in one.items if isinstance(m, Make)), "sc")
            )
            said = one.counts if isinstance(one, Make) else None
            several = isinstance(one, Group) or one.n > 1
            return [said] if said is not None else starts((one.target.things[0].chains or 1) - 1, first, several)
    return [()]


def starts(skipped: int, main: str, several: bool = False) -> list[tuple[tuple[str, int], ...]]:
    """What so many skipped chains may stand for, the usual first: nothing, a stitch, a stitch and a chain space.

    `several`: a V-st or a shell goes into the next chain, so what is skipped lies under it rather than makes a space.
    """
    height = START.get(main, 1)
    if skipped < 2:
        return [()]
    one: tuple[tuple[str, int], ...] = ((main, 1),)
    if main in ("sc", "sl st"):
        return [()]
    if skipped == height:
        return [one, ()]
    if skipped < height:
        return [(), one]
    spaces = [((main, 1), ("ch", c)) for c in _spans(skipped - height)]
    other = [((BY_START[skipped], 1),)] if skipped in BY_START else []
    if several or skipped == height + 1:
        return [one, *spaces, *other, ()]
    return [*spaces, *other]


def _spans(over: int) -> list[int]:
    """The chains of the first space, where `over` chains are both the space and what lies under it."""
    return [over // 2, over // 2 + 1] if over % 2 and over > 1 else [over // 2 or 1]


def opening(items: tuple[Item, ...]) -> bool:
    """A line that says no more than this makes the chain or the ring of the first row."""
    kinds = [type(one) for one in items if not isinstance(one, Aside)]
    if any(isinstance(one, Chain) and one.n > LONGEST for one in items):
        return False
    return kinds in ([Ring], [Chain, Join], [Chain])


def plain(line: str) -> str:
    """The line without what is said beside the chain: `(multiple of 4 + 3)`, `being careful not to twist`."""
    return _BESIDE.sub(lambda m: " " * len(m[0]), line)
