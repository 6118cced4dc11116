"""Blocks: a row of corner to corner as it is written out, each block a chain and stitches in the same space."""

from __future__ import annotations

from crochet.craft.fabric import Course


def blocks_of(course: Course) -> tuple[int, int]:
    """(how many blocks the row is made of, the chain of each); (0, 0): it is no such row.

    A slip stitch leads from each to the next, and in a row that gets shorter from the last to the edge.
    """
    spaces, counts = course.spaces(), course.counts()
    slips = counts.get("sl st", 0)
    if course.closed or not slips or len(spaces) != 1:
        return 0, 0
    [(chains, blocks)] = spaces.items()
    stitches = sum(counts.values()) - slips
    each = stitches // blocks
    return (blocks, chains) if slips in (blocks - 1, blocks) and each > 1 and each * blocks == stitches else (0, 0)
