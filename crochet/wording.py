"""Wording: what a row makes, in the words a pattern declares it with."""

from __future__ import annotations

from collections.abc import Mapping

from crochet.stitches import shown


def declared(counts: Mapping[str, int], spaces: Mapping[int, int] | Mapping[str, int], terms: str = "us") -> str:
    """`(12 dc, 4 ch-2 sps)`: stitches by US key and spaces by their chains, in the pattern's terms."""
    parts = [f"{n} {shown(kind, terms)}" for kind, n in counts.items()]
    sizes = sorted(((int(size), n) for size, n in spaces.items()), reverse=True)
    parts += [f"{n} ch-{size} sp{'s' * (n != 1)}" for size, n in sizes]
    return f"({', '.join(parts)})"
