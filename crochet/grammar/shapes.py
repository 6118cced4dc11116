"""Shapes: stitches made of several, worked into one place under a name: `V-st`, `shell`, `picot`.

What a pattern's own list of stitches says of a name wins over what is usual.
"""

from __future__ import annotations

from dataclasses import replace

from crochet.craft.stitches import START, Words, base
from crochet.grammar.names import FIRST_WORDS, named, stitch
from crochet.grammar.pattern import Chain, Make
from crochet.grammar.tokens import Reader
from crochet.grammar.vocabulary import Shape, definitions

BEGINS = "beg|beginning|starting|start|initial|begin|first"
PICOT = "picot"


def _usual() -> dict[Words, Shape]:
    v = Shape("v-st", (Make(1, "dc", None, (0, 0)), Chain(1, (0, 0)), Make(1, "dc", None, (0, 0))))
    shell, half = Shape("shell", (Make(5, "dc", None, (0, 0)),)), Shape("half shell", (Make(3, "dc", None, (0, 0)),))
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


def made(text: Reader) -> Shape | None:
    """A shape to work: `shell`, `beg shell`. None: none stands here, or what it is was not understood."""
    at = text.i
    found = shape(text)
    if found is None and text.skip(BEGINS):
        text.skip("-")
        found = shape(text)
        found = begun(found) if found else None
    if found is None or found.unread:
        text.i = at
        return None
    text.skip("st|sts|stitch|stitches")
    return found


def sized(text: Reader) -> Shape | None:
    """`5-dc shell`: so many stitches in one place. None: nothing such stands here."""
    at = text.i
    n = text.number()
    if n is not None and 2 <= n <= 20 and text.skip("-") and (kind := stitch(text)) and "?" not in kind:
        text.skip("-")
        found = shape(text) or named(text, GROUPED.shapes, GROUPED.begins)
        if found is None and n > 3 and text.skip("group|groups"):
            found = Shape("shell")
        if found is not None and found.name != PICOT:
            each = Make(1, kind, None, (0, 0))  # one by one, unlike a shell of which nothing says what it is
            return Shape(found.name, (each,) * n)
    text.i = at
    return None


def place(text: Reader) -> str | None:
    """The name of a group as a place: `next shell`, `each V-st`, `next 5-dc shell`. None: no such name stands here."""
    at = text.i
    if (group := sized(text)) is not None:
        return group.name
    text.skip(BEGINS) and text.skip("-")
    found = shape(text) or named(text, GROUPED.shapes, GROUPED.begins)
    if found is not None and (found.items or found.name == "shell") and not found.plain:
        text.skip("st|sts|stitch|stitches")
        return found.name
    text.i = at
    return None


PARTS = {
    word: one
    for one, words in {
        "point": "point points", "leaf": "leaf leaves leafs", "spoke": "spoke spokes", "ray": "ray rays",
        "spike": "spike spikes", "section": "section sections", "segment": "segment segments", "wedge": "wedge wedges",
        "arm": "arm arms", "bump": "bump bumps", "tip": "tip tips", "peak": "peak peaks", "flower": "flower flowers",
    }.items()
    for word in words.split()
}  # fmt: skip


def part(text: Reader) -> str | None:
    """The name of a part that a round has several of, `6 points`, `8 leaves`. None: no such name stands here."""
    name = PARTS.get(text.texts[text.i]) if text.peek(1).text not in FIRST_WORDS else None
    text.i += name is not None
    return name


def begun(of: Shape) -> Shape:
    """The shape at the start of a row, where a chain stands for its first stitch."""
    first = of.items[0] if of.items else None
    if not isinstance(first, Make) or base(first.kind) != first.kind:
        return of
    rest = (replace(first, n=first.n - 1),) if first.n > 1 else ()
    return replace(of, items=(Chain(START[first.kind], (0, 0), ((first.kind, 1),)), *rest, *of.items[1:]))
