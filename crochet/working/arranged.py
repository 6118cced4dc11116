"""Arranged: the fabric that a declared count describes, where only one symmetric arrangement fits it."""

from __future__ import annotations

from crochet.craft.fabric import Course, Foot, Gap, Stitch
from crochet.grammar.pattern import Declared
from crochet.working.places import Fabric

MOST_STITCHES = 20_000


def arranged(said: Declared, below: Fabric | None, closed: bool, main: str, chains: int = 0) -> Fabric | None:
    """The one symmetric arrangement of what a row declares: corners, and groups parted by spaces. None: not one.

    `closed`: it is a round; `main`: the stitch it is made of, where the count names none; `chains`: how many a space
    of it has, where its count does not say.
    """
    counts = said.counts or (((main, said.stitches),) if said.stitches else ())
    if len(counts) != 1:
        return None
    kind, n = counts[0]
    spaces = sorted(said.spaces, reverse=True)
    if said.loose_spaces is not None and not spaces:
        spaces = [(chains, said.loose_spaces)]
    if len(spaces) == 1 and spaces[0][1] == n - (not closed) > 0 and said.corners is None:
        return _mesh(kind, n, spaces[0][0], closed) if spaces[0][0] else None
    if said.corner_chains is not None and said.corners:
        spaces = [(said.corner_chains, said.corners), *(one for one in spaces if one[0] != said.corner_chains)]
    if n > MOST_STITCHES or n < 1 or kind.startswith("?"):
        return None
    if not spaces:
        if said.corners or (below is not None and below.corners()):
            return None
        return Fabric(Course(tuple(Stitch(kind, Foot("st", i)) for i in range(n)), (Gap(),) * n, closed))
    if not closed:
        return None
    (chains, corners), small = spaces[0], spaces[1:]
    if not 3 <= corners <= 8 or n % corners or len(small) > 1 or (said.corners or corners) != corners:
        return None
    between, wide = (small[0][1], small[0][0]) if small else (0, 0)
    if between % corners or (n // corners) % (between // corners + 1):
        return None
    groups = between // corners + 1
    each = n // corners // groups
    if not small and below is not None and len(below.runs()) != len(below.course.stitches) and each > 6:
        return None
    stitches, gaps = [], []
    for i in range(corners * groups):
        stitches += [Stitch(kind, Foot("sp", i))] * each
        gaps += [Gap()] * (each - 1) + [Gap(chains, True) if (i + 1) % groups == 0 else Gap(wide)]
    return Fabric(Course(tuple(stitches), tuple(gaps)))


def _mesh(kind: str, n: int, chains: int, closed: bool) -> Fabric | None:
    """A space between every two stitches: so many have no other place."""
    if n > MOST_STITCHES or kind.startswith("?"):
        return None
    gaps = (Gap(chains),) * n if closed else (*(Gap(chains),) * (n - 1), Gap())
    return Fabric(Course(tuple(Stitch(kind, Foot("st", i)) for i in range(n)), gaps, closed))
