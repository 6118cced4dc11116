"""Told: the counts of a declaration, gathered as they are read."""

from __future__ import annotations

from crochet.grammar.pattern import Declared, Span


class Told:
    """Counts read so far. `counts`: of stitches by kind, `spaces`: by their chains; see `pattern.Declared`."""

    __slots__ = ("chains", "conflict", "corner_chains", "corners", "counts", "edge", "groups", "loose_spaces", "named",
                 "per_side", "per_side_kind", "spaces", "stitches")  # fmt: skip

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.stitches: int | None = None
        self.spaces: dict[int, int] = {}
        self.corners: int | None = None
        self.corner_chains: int | None = None
        self.per_side: int | None = None
        self.per_side_kind: str | None = None
        self.groups: tuple[int, int, str | None] | None = None
        self.loose_spaces: int | None = None
        self.chains: int | None = None
        self.named: tuple[tuple[str, int], ...] = ()
        self.edge: int | None = None
        self.conflict: tuple[str, int, int] | None = None

    def declared(self, span: Span) -> Declared:
        """What was read, as it stands in the tree."""
        return Declared(
            span, tuple(self.counts.items()), self.stitches, tuple(self.spaces.items()), self.corners,
            self.corner_chains, self.per_side, self.per_side_kind, self.groups, self.loose_spaces, self.chains,
            self.named, self.edge, self.conflict,
        )  # fmt: skip


def add_stitches(told: Told, kind: str | None, n: int) -> None:
    """So many stitches, of a kind or of any; a second total for the same is a conflict."""
    if kind is None:
        if told.stitches and told.stitches != n:
            told.conflict = ("sts", told.stitches, n)
        told.stitches = n
        return
    if told.counts.get(kind, n) != n:
        told.conflict = (kind, told.counts[kind], n)
    told.counts[kind] = n


def add_spaces(told: Told, size: int, n: int) -> None:
    """So many spaces of a size."""
    if size in told.spaces:
        told.conflict = (f"ch-{size} sps", told.spaces[size], n)  # told twice, one is of others
    told.spaces[size] = n
