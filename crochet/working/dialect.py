"""Dialect: a row that is plainly in the other terms than the rest of its pattern.

Names that one dialect has not are found where they are read (`htr` in US terms). Of `dc` and `tr`, which both have, the
chain at the start tells: 3 chains are a dc in US terms and a tr in UK terms. A dc of UK terms is never begun by three;
a tr of US terms may be, by a careless hand, so there a word that only UK patterns have must stand beside it. Where most
rows are so, it is the terms of the pattern that were taken wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crochet.findings import Finding, blamed
from crochet.grammar.pattern import Chain, walked
from crochet.working.report import Piece, RowReport

_UK = re.compile(r"\b(?:miss|ss)\b", re.IGNORECASE)


def told(pieces: Sequence[Piece], terms: str) -> None:
    """Put what is in the other terms on the rows that have it."""
    begun = [chain for piece in pieces for row, _ in piece.rows if (chain := _begun(row))]
    mixed = [(piece, i, found) for piece in pieces for i in range(len(piece.rows))
             if (found := _mixed(piece.rows[i][0], terms))]  # fmt: skip
    for piece, i, found in mixed if 2 * len(mixed) < len(begun) else ():
        row, words = piece.rows[i]
        piece.rows[i] = (replace(row, findings=tuple(blamed([found, *row.findings]))), words)


def _begun(row: RowReport) -> Chain | None:
    """The chain of three that the row begins with, where it says what that counts as."""
    chain = next((one for one in walked(row.checked.items) if isinstance(one, Chain) and one.counts), None)
    return chain if chain is not None and chain.n == 3 else None


def _mixed(row: RowReport, terms: str) -> Finding | None:
    chain = _begun(row)
    kind = chain.counts[0][0] if chain and chain.counts else ""
    if chain is None or row.verdict == "unchecked":
        return None
    if terms == "uk" and kind == "sc":
        return Finding("dialect-mix", "3 chains count as a tr in UK terms, as a dc in US terms.", chain.span)
    if terms == "us" and kind == "tr" and _UK.search(row.text):
        return Finding("dialect-mix", "3 chains count as a dc in US terms, as a tr in UK terms.", chain.span)
    return None
