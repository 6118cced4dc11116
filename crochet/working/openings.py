"""Openings: the ring or the foundation chain that the words before a piece's first row make."""

from __future__ import annotations

import re

from crochet.grammar.notation import parse
from crochet.grammar.pattern import Chain, Item
from crochet.grammar.tokens import lowered
from crochet.page.sent import Sent
from crochet.working import foundation

# A row that makes its own ring, or its own chain, does not stand on what was said before it.
_OWN = re.compile(
    r"\W*(?:(?:with|using) [^,.]{1,30}, ?)?"
    r"(?:(?:(?:make|start|begin|form|create)\b[^.,;]{0,24})?(?:magic|adjustable|mr\b)"
    r"|ch(?:ain)?[ -]?\d{1,4}[,;. ]{1,3}(?:and )?(?:join|sl\.? ?st|ss\b|slip st)"
    r"|ch(?:ain)?[ -]?\d{1,4}\b[^*]{0,80}from (?:the )?hook)"
    r"|.{0,120}form (?:a )?(?:ring|loop|circle)"
)


def opened(parts: tuple[Sent, ...], row: str, terms: str) -> tuple[Item, ...]:
    """What the words before a piece's first row make; empty: nothing, or the row makes its own."""
    if not parts or _OWN.match(lowered(row)):
        return ()
    made = [items for part in parts if (items := opening(part.text.strip(), terms))]
    rings = [items for items in made if any(not isinstance(one, Chain) for one in items)]
    return rings[0] if rings else made[-1] if made else ()


def opening(line: str, terms: str) -> tuple[Item, ...]:
    """The ring, or the chain for one, that a line before the first row makes; empty: the line says something else."""
    row = parse(foundation.plain(line), 0, terms)
    return row.items if row.declared is None and len(line) < 200 and foundation.opening(row.items) else ()
