"""sizes: yarn, hook and gauge that go together, and how many squares make a blanket.

The edge of a square of n rounds is (4n - 1) stitches at the gauge: 3n of the groups and n - 1 chains, or 4n - 1 of a
solid side.
"""

from __future__ import annotations

from crochet.craft.yarn import SIZES

# yarn -> stitches (double crochet, US) in 4 inches, hooks in mm
YARNS: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "lace": ((28, 30, 32), ("1.75", "2", "2.25")),
    "super fine": ((22, 24, 26), ("2.5", "2.75", "3", "3.25")),
    "fine": ((18, 19, 20), ("3.5", "3.75", "4")),
    "dk": ((15, 16, 17), ("4", "4.5")),
    "worsted": ((12, 13, 14), ("5", "5.5", "6")),
    "bulky": ((9, 10, 11), ("6.5", "7", "8")),
    "super bulky": ((6, 7, 8), ("9", "10", "12")),
}
MOST_SQUARES = 160  # where the square is ours to choose, it is so big that no more are needed
MOST_LAID = 2500  # tiny squares of thin yarn for a king's bed: the layout grows no further, the thing stays smaller


def edge(rounds: int, gauge: int) -> float:
    """A square's edge in inches."""
    return (4 * rounds - 1) * 4 / gauge


def layout(size: str, rounds: int, gauge: int) -> tuple[int, int]:
    """(rows, columns) of squares that come nearest to a size; the rows run along its length."""
    width, length = SIZES[size]
    side = edge(rounds, gauge)
    rows, columns = max(1, round(length / side)), max(1, round(width / side))
    if rows * columns > MOST_LAID:
        smaller = (MOST_LAID / (rows * columns)) ** 0.5
        rows, columns = int(rows * smaller), int(columns * smaller)
    return rows, columns


def sensible_rounds(size: str, gauge: int, most: int = 12) -> list[int]:
    """The numbers of rounds whose squares make this size in 4 to MOST_SQUARES pieces; the biggest if none does."""
    fitting = []
    for n in range(2, most + 1):
        rows, columns = layout(size, n, gauge)
        if 4 <= rows * columns <= MOST_SQUARES:
            fitting.append(n)
    return fitting or [most if SIZES[size][0] > 12 else 2]
