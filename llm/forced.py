"""forced: which words of the next line of a sheet are not the model's to choose.

The same brief and the same sheet so far give the same words, so that a continuation needs no memory.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import lru_cache

from crochet.craft import layouts
from llm import abouts, families, items, kinds, pieces, sizes
from llm.brief import LETTERS
from llm.families import Family
from llm.plan import Plan

MOST_BORDER = 3
_HAD = re.compile(r"(?:Rnd|Row|Border Rnd) \d+ \(([A-F])\)")
_LABEL = re.compile(r"(?:R(?:nd|ow) \d+|Border Rnd \d+|Joining)( ?\(?[A-F]?)")


def rounds_of(decided: Plan, sheet: Sequence[str]) -> int | None:
    """How many rounds the square must have. None: the gauge is not written yet, or cannot be read.

    The number of squares is worked out before the first round is written: the model cannot multiply.
    """
    gauge, family = _gauge(sheet), families.of(sheet)
    if decided.rounds:
        return decided.rounds
    chance = random.Random(f"rounds {decided.seed}")
    if family.alone and not decided.size:
        return chance.randint(*family.alone)
    # Only a whole of squares has a border, for the yarns that its rounds have no room for.
    least = min(family.most, min(len(decided.colours), 3) if family.sides == 4 else len(decided.colours))
    if decided.grid and not decided.size:
        return max(least, family.usual(decided.grid[2]))
    if gauge is None:
        return None
    if decided.grid or family.alone:
        return sizes.rounds_of_grid(decided.size, gauge, family, decided.grid[:2] if decided.grid else (1, 1))
    fitting = [n for n in sizes.sensible_rounds(decided.size, gauge, family) if n >= least]
    fitting = fitting or [max(least, family.usual(3))]
    return chance.choice(fitting[: max(1, (len(fitting) + 1) // 2 + 1)])


def forced(decided: Plan, sheet: Sequence[str]) -> str:
    """What the next line of the sheet begins with; with its line end where the whole line is fixed. Empty: nothing is.

    `sheet` holds the whole lines so far.
    """
    at = len(sheet)
    colour_lines = [f"{letter}: {name} {code}\n" for letter, name, code in decided.colours]
    head = [f"Title: {decided.title}", f"Item: {decided.item}\n", f"Palette: {decided.palette}\n", *colour_lines]
    head += [f"Terms: {decided.terms}\n", *(f"Note: {note}\n" for note in decided.notes)]
    if at < len(head):
        return head[at]
    if at == len(head) and decided.yarn:
        return f"Yarn: {decided.yarn}\n"
    name = sheet[-1].partition(": ")[0]
    if name == "Yarn" and decided.hook:
        return f"Hook: {decided.hook:g} mm\n"
    if name == "Gauge":
        return f"Motif: {decided.motif}\n" if decided.motif else "Motif: "
    if name == "Motif":
        return _layout(decided, sheet)
    if name == "About":
        return f"Piece: {families.of(sheet).named(decided.terms).title()}\n"
    return _next_label(decided, sheet)


def _next_label(decided: Plan, sheet: Sequence[str]) -> str:
    """The label of the next row of the square, while it has fewer than it must have; of a further piece, the first."""
    if _further(sheet):
        return "Row 1" if sheet[-1].startswith("Piece: ") else ""
    rounds, word = rounds_of(decided, sheet), families.of(sheet).label
    if rounds and sheet[-1].startswith("Piece: "):
        return f"{word} 1"
    done = _last(f"{word} ", sheet)
    return f"{word} {done + 1}" if rounds and 0 < done < rounds else ""


def rests(decided: Plan, line: str, sheet: Sequence[str]) -> tuple[str, ...]:
    """How the line that is begun can go on, where only a few ways are open: a kind of square that we know, the further
    piece that the thing has, a yarn that the sheet has. Empty: any way."""
    if line.startswith("Piece: ") and decided.extra:
        piece = f"Piece: {decided.extra}\n"
        return (piece[len(line) :],) if piece.startswith(line) else ()
    if line.startswith("Motif: "):
        said = line.removeprefix("Motif: ")
        open_ = [f"{family.named(decided.terms)}\n" for family in open_kinds(decided, sheet)]
        return tuple(name[len(said) :] for name in open_ if name.startswith(said))
    if label := _LABEL.fullmatch(line):
        yarns = [f" ({letter})" for letter in _open_yarns(decided, line, sheet)]
        return tuple(yarn[len(label[1]) :] for yarn in yarns if yarn.startswith(label[1]))
    return ()


def open_kinds(decided: Plan, sheet: Sequence[str]) -> list[Family]:
    """The kinds of square that the whole can be of: of so many rounds; and one that is the whole thing of its size, and
    where no other number of squares is asked for."""
    gauge = _gauge(sheet)

    def suits(family: Family) -> bool:
        if not family.alone or not family.allows(decided.rounds):
            return family.allows(decided.rounds)
        if decided.grid:
            return not decided.bound
        return not gauge or sizes.reaches(decided.size, gauge, family)

    return [family for family in families.FAMILIES.values() if suits(family)]


def _open_yarns(decided: Plan, line: str, sheet: Sequence[str]) -> list[str]:
    """The yarns that a row may have. As many rounds are left as yarns that none has had: then one of those, so that
    what was asked for is in the thing; around the whole they come first."""
    letters = [letter for letter, _, _ in decided.colours]
    rounds, word = rounds_of(decided, sheet), families.of(sheet).label
    if _further(sheet) or rounds is None:
        return letters
    had = {found[1] for row in sheet if (found := _HAD.match(row))}
    unused = [letter for letter in letters if letter not in had]
    if line.startswith("Border"):
        return unused or letters
    due = line.startswith(word) and rounds - _last(f"{word} ", sheet) <= len(unused)
    return unused if due else letters


def number(line: str, sheet: Sequence[str]) -> str:
    """The number of a row whose label is written up to there: `Rnd ` after Rnd 4 is 5. Empty: no number is due."""
    if line not in ("Rnd ", "Row ", "Border Rnd "):
        return ""
    return str(_last(line, sheet) + 1)


def barred(decided: Plan, sheet: Sequence[str]) -> tuple[bytes, ...]:
    """What the next line cannot begin with: one more round when the square has all it must or can have, a border around
    what has none, a second further piece or none where there is one, a seam in a yarn that the sheet does not have."""
    family, further = families.of(sheet), _further(sheet)
    rounds = rounds_of(decided, sheet) or family.most
    most_rows = pieces.MOST_ROWS if further else rounds
    word = "Row" if further else family.label
    return (
        *((b"R",) if _last(f"{word} ", sheet) >= most_rows else ()),
        *((b"B",) if further or not edged(sheet) or _last("Border Rnd ", sheet) >= MOST_BORDER else ()),
        *((b"P",) if further or not decided.extra else (b"F",)),
        *(f"Joining ({letter}".encode() for letter in LETTERS[len(decided.colours) :]),
    )


def _further(sheet: Sequence[str]) -> bool:
    """Whether the piece in hand is not the first, which is laid out."""
    return sum(line.startswith("Piece: ") for line in sheet) > 1


def edged(sheet: Sequence[str]) -> bool:
    """Whether the whole has an edge that a border can go around: of joined pieces only squares have one."""
    sides = families.of(sheet).sides
    return sides == 4 or (sides > 0 and "Layout: one piece" in sheet)


def true(decided: Plan, line: str) -> bool:
    """Whether a title names no other thing, and the sentence about the sheet is one, of the colours that are there."""
    if line.startswith("Title: "):
        found = items.find(line[len(f"Title: {decided.title}") :])
        return found is None or found[0].name == decided.item
    if not line.startswith("About: "):
        return True
    names = tuple(name for _, name, _ in decided.colours)
    return _about(decided.item, names).fullmatch(line[len("About: ") :].strip()) is not None


@lru_cache(maxsize=64)  # that of one sheet is asked for a few times in a row
def _about(item: str, names: tuple[str, ...]) -> re.Pattern[str]:
    """What an opening and a close of those that we know make together, of this thing in these colours."""
    colour = "|".join(re.escape(name) for name in (*names, abouts.PLAIN))
    slots = {"i": re.escape(item), "A": "An?"}
    frames = (re.split(r"{(\w)}", frame) for frame in abouts.FRAMES)
    sayings = (
        "".join(slots.get(part, f"(?:{colour})") if at % 2 else re.escape(part) for at, part in enumerate(parts))
        for parts in frames
    )
    saying = "|".join(sayings)
    return re.compile(f"(?:{saying}), (?:{saying})\\.", re.IGNORECASE)


def _last(label: str, sheet: Sequence[str]) -> int:
    """The number of the last row if it has this label; else 0."""
    found = re.match(rf"{label}(\d+)\b", sheet[-1]) if sheet else None
    return int(found[1]) if found else 0


def _gauge(sheet: Sequence[str]) -> int | None:
    for line in sheet:
        if gauge := re.match(r"Gauge: (\d{1,2})\b", line):
            return max(1, int(gauge[1]))
    return None


def _layout(decided: Plan, sheet: Sequence[str]) -> str:
    gauge, rounds, family = _gauge(sheet), rounds_of(decided, sheet), families.of(sheet)
    if family.alone:
        rows, columns = 1, 1
    elif decided.grid and (decided.bound or rounds is None):
        rows, columns = decided.grid[:2]
    elif decided.grid and rounds:
        rows, columns = _fitted(decided.grid, family, rounds)
    elif gauge is None or rounds is None:
        return ""
    else:
        rows, columns = sizes.layout(decided.size, family, rounds, gauge)
    return f"Layout: {kinds.laid(decided, rows, columns).written()}\n"


def _fitted(grid: tuple[int, int, int], family: Family, rounds: int) -> tuple[int, int]:
    """(rows, columns) of pieces that make what a usual grid of classic squares would; a strip stays one."""
    wide, high = families.CLASSIC.across(grid[2])
    rows, columns = layouts.fitted((grid[1] * wide, grid[0] * high), family.across(rounds), family.sides)
    return 1 if grid[0] == 1 else rows, 1 if grid[1] == 1 else columns
