"""Totals: what a row makes, as a pattern declares it: `(24 dc, 4 ch-2 sps)`."""

from __future__ import annotations

from collections.abc import Mapping

from crochet.craft.stitches import shown
from crochet.grammar.pattern import Declared


def total(said: Declared, terms: str) -> str:
    """A declaration in canonical words."""
    parts = [f"{n} {shown(kind, terms)}" for kind, n in said.counts]
    if said.stitches is not None:
        parts.append(f"{said.stitches} sts")
    parts += [f"{n} ch-{size} sps" for size, n in said.spaces]
    if said.corners is not None:
        parts.append(f"{said.corners} {f'ch-{said.corner_chains} ' if said.corner_chains else ''}corners")
    if said.chains is not None:
        parts.append(f"{said.chains} ch")
    if said.loose_spaces is not None:
        parts.append(f"{said.loose_spaces} sps")
    parts += [f"{n} {name}{'s' * (n != 1)}" for name, n in said.named]
    if said.groups is not None:
        n, each, kind = said.groups
        parts.append(f"{n} groups{f' of {each}' if each else ''}{f' {shown(kind, terms)}' if kind else ''}")
    if said.edge is not None:
        parts.append(f"{said.edge} sts at each end")
    if said.per_side is not None:
        kind = said.per_side_kind
        parts.append(f"{said.per_side} {shown(kind, terms) + ' ' if kind else ''}per side")
    return f"({', '.join(parts)})"


def declared(counts: Mapping[str, int], spaces: Mapping[int, int] | Mapping[str, int], terms: str = "us") -> str:
    """`(12 dc, 4 ch-2 sps)`: stitches by US key and spaces by their chains, in the pattern's terms."""
    parts = [f"{n} {shown(kind, terms)}" for kind, n in counts.items()]
    sizes = sorted(((int(size), n) for size, n in spaces.items()), reverse=True)
    parts += [f"{n} ch-{size} sp{'s' * (n != 1)}" for size, n in sizes]
    return f"({', '.join(parts)})"
