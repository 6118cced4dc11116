"""Fabric: what has been made, stitch by stitch, and where each stitch stands.

A finished row is `s0 g0 s1 g1 ... s(m-1) g(m-1)`: every stitch is followed by a gap. In a closed round the last gap
lies before the first stitch again. One form covers granny, solid, spiral and row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Course:
    """A finished row or round. `gaps[i]` follows `stitches[i]`; `closed` says that it is a round."""

    stitches: tuple[Stitch, ...]
    gaps: tuple[Gap, ...]
    closed: bool = True
    colour: str | None = None
    ends_inside: bool = False  # joined by a stitch for chains: the hook is in the last gap

    def counts(self) -> dict[str, int]:
        """Stitches by US key."""
        return dict(Counter(stitch.kind for stitch in self.stitches))

    def spaces(self) -> dict[int, int]:
        """Chain spaces by their number of chains."""
        return dict(Counter(gap.chains for gap in self.gaps if gap.chains))

    def corners(self) -> int:
        """How many corners it has; 0 for a circle or a row."""
        return sum(gap.corner for gap in self.gaps)
