"""Chained: other chains between the stitches of a row: two that stand near each other exchanged, one as others are."""

from __future__ import annotations

from collections.abc import Iterator

from crochet.findings import Edit, Fix
from crochet.grammar.tokens import Token

NEAR = 3  # chains that may have been written in each other's place
CHAINS = frozenset({"ch", "chs", "chain", "chains"})
_SPACES = frozenset({"sp", "sps", "space", "spaces", "loop", "loops", "lp", "lps"})
_PLACED = frozenset({"of", "beg", "beginning", "starting", "turning", "next", "same", "each", "last", "first", "any"})


def lengths(words: list[Token]) -> list[Token]:
    """The numbers of the chains that are made: `ch 2`, `2 ch`, not of those that are worked into."""
    found: list[Token] = []
    for i, token in enumerate(words[:-1]):
        if token.kind != "n" or not i:
            continue
        start, end = i, i + 1
        if words[i - 1].text == "-" and i > 1:
            start -= 1
        if words[start - 1].text in CHAINS:
            start -= 1
        elif words[end].text in CHAINS:
            end += 1
        else:
            continue
        before, after = words[start - 1].text if start else "", words[end : end + 2]
        if before not in _PLACED and not any(one.text in _SPACES for one in after[: 1 + (after[0].text == "-")]):
            found.append(token)
    return found


def crossed(words: list[Token], at: tuple[int, int]) -> Iterator[Fix]:
    """Two chains near each other in each other's place; first those where the row is told to be wrong."""
    found = lengths(words)
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 : i + 1 + NEAR] if a.value != b.value]
    pairs.sort(key=lambda pair: not any(at[0] <= one.start < at[1] for one in pair))
    for a, b in pairs:
        edits = (Edit((a.start, a.end), b.text), Edit((b.start, b.end), a.text))
        yield Fix(f"Write {b.text} instead of {a.text}, and {a.text} instead of {b.text}.", edits)


def as_others(words: list[Token]) -> Iterator[Fix]:
    """A chain of as many as another of the row, where that is not one or two more or less."""
    found = lengths(words)
    for token in found:
        for n in sorted({one.value for one in found if abs(one.value - token.value) > 2}):
            yield Fix(f"Write {n} instead of {token.text}.", (Edit((token.start, token.end), str(n)),))
