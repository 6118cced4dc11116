"""Remarks: what was taken for granted in reading a row: a word misspelt, a stitch that the pattern does not tell of."""

from __future__ import annotations

from collections.abc import Iterator

from crochet.craft.stitches import BUNDLES
from crochet.findings import Finding
from crochet.grammar.pattern import Group, Make, Row, walked
from crochet.grammar.shapes import USUAL
from crochet.grammar.vocabulary import Definitions

_SAYS = {
    "cl": "a cluster",
    "pc": "a popcorn",
    "puff": "a puff stitch",
    "bobble": "a bobble",
}
NO_SHELL = "Nothing says what a shell is; 5 dc in one place is taken."


def remarks(row: Row, names: Definitions) -> Iterator[Finding]:
    """Warnings about how a row was read."""
    for span, word in row.misspelt:
        yield Finding("spelling", f"Read as “{word}”.", span)
    told = {one.name for one in names.shapes.values()}
    for item in walked(row.items):
        if isinstance(item, Make) and item.kind in BUNDLES and item.kind not in told:
            told.add(item.kind)
            says = f"Nothing says how {_SAYS[item.kind]} is made; one stitch is taken."
            yield Finding("stitch-assumed", says, item.span)
        elif isinstance(item, Group) and item.name == "shell" and "shell" not in told and _usual(item):
            told.add("shell")
            yield Finding("stitch-assumed", NO_SHELL, item.span)


def _usual(group: Group) -> bool:
    return [(one.n, one.kind) for one in group.items if isinstance(one, Make)] == [
        (one.n, one.kind) for one in USUAL.shapes[("shell",)].items if isinstance(one, Make)
    ]
