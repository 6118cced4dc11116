"""Arranged: the fabric that a declared count describes, where only one symmetric arrangement fits it."""

from __future__ import annotations

from crochet.craft.fabric import Course, Foot, Gap, Stitch
from crochet.grammar.pattern import Declared
from crochet.working.places import Fabric


def arranged(said: Declared, below: Fabric | None, closed: bool, main: str) -> Fabric | None:
    """The one symmetric arrangement of what a row declares: corners, and groups parted by spaces. None: not one.

    `closed`: it is a round; `main`: the stitch it is made of, where the count names none.
    """
    counts = said.counts or (((main, said.stitches),) if said.stitches else ())
    if len(counts) != 1:
        return None
    kind, n = counts[0]
    spaces = sorted(said.spaces, reverse=True)
    if said.corner_chains is not None and said.corners:
        spaces = [(said.corner_chains, said.corners), *(one for one in spaces if one[0] != said.corner_chains)]
    if n > 20_000 or n < 1 or kind.startswith("?"):
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
