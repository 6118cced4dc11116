"""Begun: `ch 3, dc in same sp (counts as first cluster)`: a chain and the stitches after it, told to be one cluster.

begun = "(" ["counts as"] ["first" | "beg"] bundle ["made"] ")" | "—" "beg" bundle "made"
"""

from __future__ import annotations

from dataclasses import replace

from crochet.craft.stitches import BUNDLES, START, base
from crochet.grammar.names import stitch
from crochet.grammar.pattern import Chain, Item, Make
from crochet.grammar.tokens import Reader

_CLOSE = {"(": ")", "[": "]"}
_BEGINS = "first|1st|beg|beginning|starting|start|initial"
_ENDS = frozenset({",", ".", ";", "*", ""})


def begun(text: Reader, found: list[Item]) -> bool:
    """The chain and the stitches that `found` ends with become the cluster that they are said to be."""
    chain, last = (found[-2], found[-1]) if len(found) > 1 else (None, None)
    if not isinstance(chain, Chain) or not isinstance(last, Make) or base(last.kind) not in START or last.more:
        return False
    at, close = text.i, _CLOSE.get(text.peek().text)
    text.i += close is not None or text.at("—|-")
    counts = text.skip("counts|count|counting", "as") or text.skip("=")
    text.skip("a|the|1|one")
    first = text.skip(_BEGINS)
    text.skip("-")
    kind = _cluster(text)
    made = text.skip("made|complete|completed")
    told = kind is not None and (close is not None or first) and (counts or first or made)
    told = told and (last.kind in START or not made)  # `beg cluster made` leaves what was told loop by loop
    if kind is None or not told or not (text.skip(close) if close else text.peek().text in _ENDS):
        text.i = at
        return False
    found[-2:] = [replace(chain, counts=()), replace(last, n=1, kind=kind, eats=1, span=(last.span[0], text.end))]
    return True


def _cluster(text: Reader) -> str | None:
    """A stitch that closes several, `cluster`, `dc2tog`; None: none such stands here."""
    kind = stitch(text)
    if kind in START and text.peek().kind == "n" and text.peek(1).text == "tog":
        kind = f"{kind}{text.number()}tog"
        text.i += 1
        return kind
    text.skip(".")
    return kind if kind in BUNDLES else None
