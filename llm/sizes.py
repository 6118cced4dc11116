"""sizes: yarn, hook and gauge that go together, and how many squares make a blanket."""

from __future__ import annotations

from crochet.craft.yarn import SIZES
from llm.families import Family

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
MOST_ROUNDS = 12  # of a square that is ours to choose
MOST_SQUARES = 160  # where the square is ours to choose, it is so big that no more are needed
MOST_LAID = 2500  # tiny squares of thin yarn for a king's bed: the layout grows no further, the thing stays smaller


def layout(size: str, piece: tuple[float, float]) -> tuple[int, int]:
    """(rows, columns) of pieces, (wide, high) in inches, that come nearest to a size; the rows run along its length."""
    width, length = SIZES[size]
    rows, columns = max(1, round(length / piece[1])), max(1, round(width / piece[0]))
    if rows * columns > MOST_LAID:
        smaller = (MOST_LAID / (rows * columns)) ** 0.5
        rows, columns = int(rows * smaller), int(columns * smaller)
    return rows, columns


def sensible_rounds(size: str, gauge: int, family: Family) -> list[int]:
    """The numbers of rounds whose squares make this size in 4 to MOST_SQUARES pieces; the biggest if none does."""
    fitting = []
    for n in range(max(2, family.least), min(MOST_ROUNDS, family.most) + 1):
        rows, columns = layout(size, family.inches(n, gauge))
        if 4 <= rows * columns <= MOST_SQUARES:
            fitting.append(n)
    return fitting or [family.usual(MOST_ROUNDS if SIZES[size][0] > 12 else 2)]
