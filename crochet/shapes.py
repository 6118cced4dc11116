"""Shapes: stitches made of several, worked into one place under a name: `V-st`, `shell`, `picot`.

What a pattern's own list of stitches says of a name wins over what is usual.
"""

from __future__ import annotations

from dataclasses import replace

from crochet.names import named
from crochet.pattern import Aside, Chain, Group, Item, Make, Span, Target
from crochet.stitches import START, Words, base
from crochet.tokens import Reader
from crochet.vocabulary import Shape, definitions

BARE = Target("bare")
BEGINS = "beg|beginning|starting|start|initial|begin|first"


PICOT = "picot"


def _usual() -> dict[Words, Shape]:
    v = Shape("v-st", (Make(1, "dc", None, (0, 0)), Chain(1, (0, 0)), Make(1, "dc", None, (0, 0))))
    shell, half = Shape("shell", (Make(5, "dc", None, (0, 0)),)), Shape("shell", (Make(3, "dc", None, (0, 0)),))
    found: dict[Words, Shape] = {("vst",): v, ("vsts",): v}
    found |= {("v", word): v for word in ("st", "sts", "stitch", "stitches")}
    found |= {(word,): shell for word in ("shell", "shells", "sh", "shs")}
    found |= {("half", "shell"): half, ("half", "shells"): half}
    found |= {(word,): Shape(PICOT) for word in ("picot", "picots")}
    return found


USUAL = definitions(_usual())
# Groups that are called so though nothing tells what they are: a place to work into, if the row below has such groups.
GROUPED = definitions({(word,): Shape("shell") for word in ("fan", "fans", "scallop", "scallops", "petal", "petals")})


def shape(text: Reader) -> Shape | None:
    """The shape whose name stands here; None: none does."""
    own = named(text, text.names.shapes, text.names.begins)
    return own or named(text, USUAL.shapes, USUAL.begins)


def place(text: Reader) -> str | None:
    """The name of a group as a place: `next shell`, `each V-st`, `next 5-dc group`. None: no such name stands here."""
    at = text.i
    text.skip(BEGINS) and text.skip("-")
    found = shape(text) or named(text, GROUPED.shapes, GROUPED.begins)
    if (
        found is not None
        and not (found.name == PICOT or found.plain)
        and (found.items or found.unread or found.name == "shell")
    ):
        text.skip("st|sts")
        return found.name
    text.i = at
    return None


def begun(of: Shape) -> Shape:
    """The shape at the start of a row, where a chain stands for its first stitch."""
    first = of.items[0] if of.items else None
    if not isinstance(first, Make) or base(first.kind) != first.kind:
        return of
    rest = (replace(first, n=first.n - 1),) if first.n > 1 else ()
    return replace(of, items=(Chain(START[first.kind], (0, 0), ((first.kind, 1),)), *rest, *of.items[1:]))


def worked(of: Shape, n: int, where: Target | None, span: Span) -> Item | None:
    """A shape worked `n` times where it is told; None: it cannot be."""
    if of.name == PICOT and not of.items:
        return Aside(PICOT, span) if where is None and n == 1 else None
    if n != 1 and where is not None and not (where.counted and n == 1):
        return None
    items = tuple(spanned(one, span) for one in of.items)
    return Group(items, where or BARE, span, of.name)


def spanned(item: Item, span: Span) -> Item:
    """An item of a definition as it stands in a row: what is found in it is found at the name."""
    if isinstance(item, Group):
        return replace(item, items=tuple(spanned(one, span) for one in item.items), span=span)
    return replace(item, span=span)
