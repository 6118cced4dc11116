"""Fabric: what has been made, stitch by stitch, and where each stitch stands.

A finished row is `s0 g0 s1 g1 ... s(m-1) g(m-1)`: every stitch is followed by a gap. In a closed round the last gap
lies before the first stitch again. One form covers granny, solid, spiral and row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple


class Foot(NamedTuple):
    """Where a stitch stands in the row below: ring, stitch i, gap i (a chain space), or a joint between two pieces."""

    place: Literal["ring", "st", "sp", "joint"]
    index: int = 0  # type: ignore[assignment] # no one counts in a foot


@dataclass(frozen=True, slots=True)
class Stitch:
    """One stitch: its US key (`dc`), its foot, and whether a starting chain stands for it.

    `of`: the named group it belongs to, and a number that only this group of its row has.
    """

    kind: str
    foot: Foot
    chain: bool = False
    of: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two stitches: chains (0: they are neighbours), a corner or not, picots that stand there."""

    chains: int = 0
    corner: bool = False
    picots: int = 0


@lru_cache(16_384)
def standing(kind: str, place: Literal["ring", "st", "sp", "joint"], index: int) -> Stitch:
    """A stitch as most are. Rows are made of the same ones over and over, so they share them."""
    return Stitch(kind, Foot(place, index))


@lru_cache(256)
def gap(chains: int) -> Gap:
    """A gap as most are."""
    return Gap(chains)


@dataclass(frozen=True)
class Course:
    """A finished row or round. `gaps[i]` follows `stitches[i]`; `closed` says that it is a round."""

    stitches: tuple[Stitch, ...]
    gaps: tuple[Gap, ...]
    closed: bool = True
    colour: str | None = None
    ends_inside: bool = False  # joined by a stitch for chains: the hook is in the last gap

    def counts(self) -> dict[str, int]:
        """Stitches by US key."""
        return dict(self._counts)

    def spaces(self) -> dict[int, int]:
        """Chain spaces by their number of chains."""
        return dict(self._spaces)

    def corners(self) -> int:
        """How many corners it has; 0 for a circle or a row."""
        return len(self.corner_gaps)

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter([stitch.kind for stitch in self.stitches])

    @cached_property
    def _spaces(self) -> Counter[int]:
        return Counter([gap.chains for gap in self.gaps if gap.chains])

    @cached_property
    def corner_gaps(self) -> tuple[int, ...]:
        """The gaps that are corners."""
        return tuple([i for i, gap in enumerate(self.gaps) if gap.corner])

    @cached_property
    def looks(self) -> tuple[tuple[str, int], ...]:
        """Each stitch as it looks: its kind, and the chains after it."""
        return tuple([(stitch.kind, gap.chains) for stitch, gap in zip(self.stitches, self.gaps, strict=True)])

    @cached_property
    def parts(self) -> tuple[tuple[str, int, bool], ...]:
        """The same, and whether the next stitch has its foot."""
        feet = [stitch.foot for stitch in self.stitches]
        same = [foot == after for foot, after in zip(feet, feet[1:] + feet[:1], strict=True)]
        return tuple([(kind, chains, one) for (kind, chains), one in zip(self.looks, same, strict=True)])
