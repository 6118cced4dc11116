"""sizes: yarn, hook and gauge that go together, and how many rounds a square of a blanket may have."""

from __future__ import annotations

from crochet.craft import layouts, yarn
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
NEARLY = 0.2  # of a side: near enough for one piece to be called that size


def layout(size: str, family: Family, rounds: int, gauge: int) -> tuple[int, int]:
    """(rows, columns) of pieces that come nearest to a size; the rows run along its length."""
    return layouts.fitted(yarn.size_of("", size), family.inches(rounds, gauge), family.sides)


def sensible_rounds(size: str, gauge: int, family: Family) -> list[int]:
    """The numbers of rounds whose squares make this size in 4 to MOST_SQUARES pieces; if none does, the one that comes
    nearest to it."""
    sensible = range(min(max(2, family.least), family.most), min(MOST_ROUNDS, family.most) + 1)
    laid = {n: layout(size, family, n, gauge) for n in sensible or [family.least]}
    few = [n for n, (rows, columns) in laid.items() if rows * columns <= MOST_SQUARES] or [max(laid)]
    fitting = [n for n in few if laid[n][0] * laid[n][1] >= 4]
    off = {n: _off(size, laid[n], family, n, gauge) for n in few}
    best = min(few, key=lambda n: off[n])
    if size in yarn.SIZES:
        return fitting or [best]
    return [n for n in fitting or few if off[n] <= max(_NEAR, off[best] + _NEAR / 2)] or [best]


_NEAR = 0.06  # of a side: a size in numbers is met as nearly as that where it can be


def _off(size: str, grid: tuple[int, int], family: Family, rounds: int, gauge: int) -> float:
    """How far that many pieces are off a size, as a part of the side that is further off."""
    piece, many = family.inches(rounds, gauge), layouts.extent(family.sides, *grid)
    wanted = yarn.size_of("", size)
    return max(abs(count * one / want - 1) for count, one, want in zip(many, piece, wanted, strict=True))


def rounds_of_grid(size: str, gauge: int, family: Family, grid: tuple[int, int]) -> int:
    """The rounds of a square with which so many rows and columns come nearest to a size."""
    least, most = family.alone or (family.least, max(family.least, min(MOST_ROUNDS, family.most)))
    sensible = range(least, most + 1)
    return min(sensible, key=lambda n: _off(size, grid, family, n, gauge))


def reaches(size: str, gauge: int, family: Family) -> bool:
    """Whether one piece can be about as big as that."""
    rounds = rounds_of_grid(size, gauge, family, (1, 1))
    return _off(size, (1, 1), family, rounds, gauge) <= NEARLY


def yarn_for(hook: float) -> str:
    """The yarn that goes with a hook in mm."""
    return min(YARNS, key=lambda name: min(abs(float(mm) - hook) for mm in YARNS[name][1]))
