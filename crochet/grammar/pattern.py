"""Pattern: the tree of a row, as it was read. Frozen; every node knows where it stands in the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar

Span = tuple[int, int]
Which = Literal["next", "same", "first", "last", "any", "each", "ring", "bare", "spread"]
Class = Literal[
    "st",
    "sp",
    "corner",
    "gap",
    "ring",
    "joint",
    "centre",
    "top",
    "turn",
    "ch",
    "start",
    "named",
    "between",
    "picot",
    "end",
    "left",
]


@dataclass(frozen=True, slots=True)
class Thing:
    """A class of places: a stitch (of a kind), a space (of a size), a corner, a gap, a joint, a corner's centre.

    `top`: of a starting chain that counted; `turn`: the space beside it; `ch`: a chain.
    `row`: of that row, or (below 0) so many rows below the row below; 0: of the row below.
    `named`: a group of the name `kind`, in its middle, or in its `nth` stitch (0: the middle one; -1: the last), or in
    its space of `chains` (0: any); `between`: two of them. `end`: of a row, along the side of a piece; `left`: a stitch
    that an earlier row left. A `corner` of the kind `side` is where a side ends, if there are corners at all.
    """

    cls: Class
    kind: str | None = None
    chains: int | None = None
    said: str = ""
    nth: int | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """Where a stitch goes. `spread`: all of them are spread over these.

    `each` with `n` is `each of next n`; `until` ends an `each`: a thing, `around` or `end`.

    `unsaid`: no word like `next` stands before it, so it may be where the hook is.
    `left`: how many of `until` are left at the end: `in each st to last 2 sts`; `short`: so many before it.
    """

    which: Which
    things: tuple[Thing, ...] = ()
    n: int = 1
    counted: bool = False
    until: Thing | Literal["around", "end"] | None = None
    span: Span = (0, 0)
    left: int = 0
    short: int = 0
    unsaid: bool = False


def of_both(target: Target) -> bool:
    """So many of two classes of places together, `next 15 sts and ch-1 sps`."""
    return target.n > 1 and len(target.things) > 1 and target.things[1].said.lower().endswith("s")


@dataclass(frozen=True, slots=True)
class Chain:
    """`ch n`. `counts`: what a starting chain counts as; `()`: it does not count; None: not said."""

    n: int
    span: Span
    counts: tuple[tuple[str, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Make:
    """Stitches of one kind. `eats` is more than 1 for a decrease, `kind` is a US key, `more`: where they go then.

    `counts`: what the chains skipped before it count as, as in `Chain`.
    """

    n: int
    kind: str
    target: Target | None
    span: Span
    eats: int = 1
    more: Target | None = None
    counts: tuple[tuple[str, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """All of it goes into one place: `(3 dc, ch 2, 3 dc) in next corner sp`. `name`: `shell`, so that rows find it."""

    items: tuple[Item, ...]
    target: Target
    span: Span
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Often:
    """How often: `n` passes in all, `unsure` where it may be one more, or `around`, or to the last `n`."""

    how: Literal["all", "unsure", "around", "last"]
    n: int = 0
    thing: Thing | None = None
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeat, by star or brackets. `cut`: items before `**`, where the last pass ends."""

    items: tuple[Item, ...]
    often: Often
    span: Span
    cut: int | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """`sk n`. `first`: from where the row began, so a starting chain that counts stands on the first of them."""

    n: int
    thing: Thing
    span: Span
    first: bool = False
    counts: tuple[tuple[str, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """A magic ring."""

    span: Span


@dataclass(frozen=True, slots=True)
class Join:
    """`join ...`: at the start of a row new yarn (perhaps by a standing stitch), at its end what closes it."""

    span: Span
    colour: str | None = None
    standing: str | None = None
    target: Target | None = None
    ring: bool = False
    closes: bool = False
    top: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """What makes no stitch: fasten off, turn (`still`: do not), a change of colour, a remark.

    `leave`: the rest of the row below, or its last `n` stitches, are left; `other side`: on along the other side of
    the foundation chain; `last in`: the last stitch has gone into `where`.
    """

    what: str
    span: Span
    n: int = 0
    said: str = ""
    where: Target | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """`sc in each st around, 2 sc in each joint, 3 sc in each corner sp`: one way round, each place by its own rule."""

    rules: tuple[Make | Group, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Ref:
    """Rows worked as others are: those of these numbers, the `last` so many, or evenly in a stitch (`even`).

    `passes` 0: until it is long enough. `declared`: what the last of them makes. `pattern`: `in pat`, `passes` of the
    rows that were worked again and again before. `stitches`: they are worked until there are so many. `of`: the piece
    whose rows they are, in lower case; then no numbers mean those that the row has itself.
    """

    rows: tuple[int, ...]
    last: int
    even: str | None
    passes: int
    span: Span
    declared: Declared | None = None
    pattern: bool = False
    stitches: int = 0
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that were not understood. `error`: a finding id that is an error rather than a word not read."""

    text: str
    span: Span
    error: str | None = None


Item = Chain | Make | Group | Repeat | Skip | Ring | Join | Aside | Rules | Ref | Unread


@dataclass(frozen=True, slots=True)
class Declared:
    """What the row says it makes. `groups`: how many, and of how many stitches (0: not said); `edge`: how many stitches
    beside them at each end.
    """

    span: Span
    counts: tuple[tuple[str, int], ...] = ()
    stitches: int | None = None
    spaces: tuple[tuple[int, int], ...] = ()
    corners: int | None = None
    corner_chains: int | None = None
    per_side: int | None = None
    per_side_kind: str | None = None
    groups: tuple[int, int, str | None] | None = None
    loose_spaces: int | None = None
    chains: int | None = None
    named: tuple[tuple[str, int], ...] = ()
    edge: int | None = None
    conflict: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row read: its items and its declaration, if any; the words that were misspelt, and what they were read as.

    `limbs`: it goes over several pieces and makes them one. `spread`: where it leaves to the maker how stitches are
    spread, `evenly`.
    """

    items: tuple[Item, ...]
    declared: Declared | None
    misspelt: tuple[tuple[Span, str], ...] = ()
    spread: Span | None = None
    limbs: bool = False


_Node = TypeVar("_Node")
_NO_WORDS: dict[str, Any] = {"span": (0, 0), "said": "", "misspelt": (), "spread": None, "limbs": False}


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


def walked(items: Sequence[Item]) -> list[Item]:
    """Every item, and those within groups and repeats after what holds them."""
    found: list[Item] = []
    for item in items:
        found.append(item)
        if isinstance(item, _HOLDS):
            found += walked(item.rules if isinstance(item, Rules) else item.items)
    return found


_HOLDS = (Group, Repeat, Rules)


def with_things(items: Sequence[Item], change: Callable[[Thing], Thing]) -> tuple[Item, ...]:
    """The items with every place that they name changed."""
    return tuple(_with_things(item, change) for item in items)


def with_makes(items: tuple[Item, ...], change: Callable[[Make], Make]) -> tuple[Item, ...]:
    """The items with every stitch changed that stands by itself or in a repeat; the same object where none is."""
    found = tuple(_with_makes(item, change) for item in items)
    return items if all(a is b for a, b in zip(found, items, strict=True)) else found


def _with_makes(item: Item, change: Callable[[Make], Make]) -> Item:
    if isinstance(item, Repeat):
        inner = with_makes(item.items, change)
        return item if inner is item.items else replace(item, items=inner)
    return change(item) if isinstance(item, Make) else item


def _with_things(item: Item, change: Callable[[Thing], Thing]) -> Item:
    if isinstance(item, Repeat):
        return replace(item, items=with_things(item.items, change))
    if isinstance(item, Rules):
        rules = with_things(item.rules, change)
        return replace(item, rules=tuple(one for one in rules if isinstance(one, Make | Group)))
    if isinstance(item, Skip):
        return replace(item, thing=change(item.thing))
    if not isinstance(item, Make | Group) or item.target is None:
        return item
    return replace(item, target=replace(item.target, things=tuple(change(thing) for thing in item.target.things)))
