"""Sheet: the head of a pattern and what each of its lines is.

Title: ... | Item: ... | Palette: ... | A: black #111111 | Terms: US | Yarn: worsted | Hook: 5 mm
Gauge: 12 dc = 4 in | Motif: classic granny square | Layout: 8 rows of 10, one kind
Layout: 8 rows of 10, stripes, A and C exchanged | About: ...
Piece: Square
Rnd 1 (A): ... | Row 1 (A): ... | Joining (A): ... | Border Rnd 1 (A): ...
Piece: Strap, make 2
Row 1 (A): ... | Finishing: ... | End.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from crochet.craft import colours, layouts, yarn
from crochet.grammar import totals
from crochet.page import labels

MOST_LINE = 400
MOST_HEAD_LINES = 30
_HEAD = re.compile(r"(Title|Item|Palette|[A-F]|Terms|Yarn|Hook|Gauge|Motif|Layout|About)\s*:\s*(.*)", re.IGNORECASE)
_NOTE = re.compile(r"Note: ([a-z]+-(?:not-met|our-pick) .+)")  # a pasted pattern's own notes are another thing
_PIECE = re.compile(r"Piece\s*:\s*(?P<name>.*?)\s*(?:[,(]\s*make\s+(?P<make>\d{1,6})\s*\)?\s*\.?)?", re.IGNORECASE)
_TEXT = re.compile(r"\s*(Joining|Finishing)\s*(?:\(\s*([A-Za-z])\s*\))?\s*:\s*", re.IGNORECASE)
_END = re.compile(r"\s*End\s*\.?\s*", re.IGNORECASE)
_HEX = re.compile(r"#([0-9A-Fa-f]{6})\b")


@dataclass(frozen=True, slots=True)
class Head:
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class PieceLine:
    """The head of a piece; `make`: how many are made, where the line says it."""

    name: str
    make: int = 1


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row or round. `piece`: `Border` for a border's, else None. `body`: where its words begin in the line."""

    piece: str | None
    label: str
    number: int
    colour: str | None
    body: str
    at: int = 0
    to: int = 0
    rounds: bool = True
    numbers: tuple[int, ...] = field(default=(), compare=False)  # none: it takes the next number, as do `many` of them
    many: int = field(default=1, compare=False)
    others: bool = field(default=False, compare=False)  # `and all even rows`
    sizes: tuple[int, ...] = field(default=(), compare=False)  # `Rows 2-3 (4, 5)`: its last number, in other sizes

    def of_size(self, size: int) -> RowLine:
        """The row as it is numbered in one of the sizes."""
        if not 0 < size <= len(self.sizes):
            return self
        last = self.sizes[size - 1]
        if not self.numbers:
            return replace(self, many=last)
        first = self.numbers[0] if len(self.numbers) > 1 else last
        return replace(self, number=first, to=last, numbers=tuple(range(first, min(last, first + labels.FURTHEST) + 1)))


@dataclass(frozen=True, slots=True)
class TextLine:
    """Joining (`seam`) or `finishing`: its own piece of one row, in words from a closed list."""

    kind: str
    label: str
    colour: str | None
    body: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class End:
    pass


@dataclass(frozen=True, slots=True)
class Unknown:
    text: str


Line = Head | PieceLine | RowLine | TextLine | End | Unknown


def read_line(line: str) -> Line:
    """What one line of a sheet is. Never raises."""
    if _END.fullmatch(line):
        return End()
    if m := _TEXT.match(line):
        kind = "seam" if m[1].lower() == "joining" else "finishing"
        return TextLine(kind, m[1].capitalize(), m[2].upper() if m[2] else None, line[m.end() :], m.end())
    found = labels.label(line)
    if found is not None:
        return row_line(line, found)
    if m := _PIECE.fullmatch(line.strip()):
        return PieceLine(m["name"], min(max(1, int(m["make"] or 1)), layouts.MOST_PLACES))
    if m := _HEAD.fullmatch(line.strip()):
        return Head(m[1].capitalize(), m[2].strip())
    if m := _NOTE.fullmatch(line.strip()):
        return Head("Note", m[1])
    return Unknown(line)


def row_line(line: str, found: labels.Label) -> RowLine:
    """The row of a line that begins with a label."""
    piece = "Border" if found.border else None
    return RowLine(
        piece, found.text, found.number, found.colour, line[found.body :], found.body, found.to, found.rounds,
        found.numbers, found.many, found.others, found.sizes,
    )  # fmt: skip


def row_of(words: str, numbers: tuple[int, ...], rounds: bool) -> RowLine:
    """Rows of these numbers told by a sentence that has no label."""
    first, last = numbers[0], numbers[-1]
    label = f"{'Rnd' if rounds else 'Row'}{f's {first}-{last}' if last > first else f' {first}'}"
    return RowLine(None, label, first, None, words, 0, last, rounds, numbers)


def logical(text: str) -> list[tuple[str, int]]:
    """(line, where it begins): a row runs on over lines that begin nothing, up to a blank one."""
    found: list[tuple[str, int]] = []
    at, runs_on = 0, False
    for raw in text.split("\n"):
        line = raw.rstrip("\r")
        if not line.strip():
            runs_on = False
        else:
            said = read_line(line)
            if isinstance(said, Unknown) and runs_on:
                _, begun = found[-1]
                found[-1] = (text[begun : at + len(line)], begun)
            else:
                runs_on = isinstance(said, RowLine)
                found.append((line, at))
        at += len(raw) + 1
    return found


def is_border(said: Line) -> bool:
    return isinstance(said, RowLine) and said.piece == "Border"


def piece_of(said: Line) -> tuple[str, str | None]:
    """(kind, name) of the piece a line belongs to: rounds, rows, seam or finishing."""
    if isinstance(said, TextLine):
        return said.kind, said.label
    if isinstance(said, RowLine):
        return ("rounds" if said.rounds else "rows"), said.piece
    return "rounds", None


class HasTerms(Protocol):
    @property
    def terms(self) -> str: ...


def declaration(counts: Mapping[str, int], spaces: Mapping[str, int], state: HasTerms) -> str:
    """What a row makes, as it is added to a border round: `(412 sc)`, in the pattern's terms."""
    return totals.declared(counts, spaces, state.terms)


# -- the head


@dataclass(frozen=True, slots=True)
class YarnColour:
    letter: str
    name: str
    hex: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the head that was read otherwise than it was written, or that the wish has otherwise."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    item: str
    palette: str
    colours: tuple[YarnColour, ...]
    terms: str
    yarn: str
    hook_mm: float
    gauge: str
    motif: str
    layout: layouts.Layout
    about: str


def heading(lines: Sequence[str]) -> tuple[Heading, list[Note]]:
    """The head of a sheet. What cannot be read gets a default and a note; a known colour name gets our hex."""
    said: dict[str, str] = {}
    notes: list[Note] = []
    for line in lines:
        found = read_line(line)
        if isinstance(found, Head):
            said.setdefault(found.key, found.value)
            if found.key == "Note" and (note := _told(found.value)) is not None and note not in notes:
                notes.append(note)
    terms = "uk" if said.get("Terms", "").lower().startswith("uk") else "us"
    if said.get("Terms", "").upper() not in ("US", "UK"):
        notes.append(Note("terms-unread", "The terms could not be read; US is taken."))
    weight = _weight(said.get("Yarn", ""), notes)
    return Heading(
        said.get("Title") or "Untitled",
        said.get("Item") or "blanket",
        said.get("Palette") or "our pick",
        _colours(said, notes),
        terms,
        weight,
        _hook(said.get("Hook", ""), notes),
        _gauge(said.get("Gauge", ""), weight, terms, notes),
        said.get("Motif", ""),
        _layout(said, notes),
        said.get("About", ""),
    ), notes


# What of a wish a sheet says it does not meet: `Note: rounds-not-met 40; 12`. The words are ours, the numbers its own.
_UNMET = {
    "item-not-met": "Squares do not make {} here, so this is a pattern for another thing: {}.",
    "rounds-not-met": "You asked for {} rounds; this pattern is written with {}.",
    "motif-not-met": "You asked for a {}; there is none of {} rounds.",
    "colours-not-met": "You asked for {} colours; a pattern has {} at most.",
    "colours-our-pick": "You named {} of {} colours; the others are our pick.",
    "size-not-met": "You asked for {}; squares cannot make that, so the size is our pick.",
    "squares-not-met": "You asked for {} squares; the layout has another number of them.",
    "yarn-not-met": "You asked for {} yarn; this pattern has {}.",
    "hook-not-met": "You asked for a hook of {} mm, which there is not; the hook is our pick.",
}
_MOST_SAID = 60


def _told(text: str) -> Note | None:
    """The note that a line of a sheet tells. None: one that we do not know."""
    code, _, values = text.partition(" ")
    given = [value.strip()[:_MOST_SAID] for value in values.split(";")]
    words = _UNMET.get(code)
    return Note(code, words.format(*given)) if words and words.count("{}") == len(given) and all(given) else None


def _weight(text: str, notes: list[Note]) -> str:
    try:
        return yarn.weight(text.strip()).name
    except (yarn.UnknownWeight, ValueError):
        notes.append(Note("yarn-unread", "The yarn could not be read; worsted is taken."))
        return "worsted"


def _hook(text: str, notes: list[Note]) -> float:
    m = re.match(r"\s*(\d{1,2}(?:\.\d{1,2})?)\s*mm", text, re.IGNORECASE)
    if m and 0.5 <= float(m[1]) <= 40:
        return float(m[1])
    notes.append(Note("hook-unread", "The hook could not be read; 5 mm is taken."))
    return 5.0


def _gauge(text: str, weight: str, terms: str, notes: list[Note]) -> str:
    if re.match(r"\s*[1-9]\d?\s+(?:sc|dc|hdc|htr|tr|dtr)\s*=\s*4\s*in", text, re.IGNORECASE):
        return text.strip()
    notes.append(Note("gauge-unread", "The gauge could not be read; the usual one is taken."))
    return f"{yarn.usual_gauge(weight)} {'tr' if terms == 'uk' else 'dc'} = 4 in"


def _layout(said: Mapping[str, str], notes: list[Note]) -> layouts.Layout:
    found = layouts.read(said.get("Layout", ""))
    if found is None:
        notes.append(Note("layout-unread", "The layout could not be read; one piece is taken."))
        return layouts.Layout()
    layout, understood = found
    if not understood or not said.keys() >= set(layout.exchange or ()):
        notes.append(Note("plan-unread", "How the squares differ could not be read; all are taken as one kind."))
        return replace(layout, plan=layouts.ONE_KIND, exchange=None)
    return layout


def _colours(said: Mapping[str, str], notes: list[Note]) -> tuple[YarnColour, ...]:
    found: list[YarnColour] = []
    for letter in "ABCDEF":
        value = said.get(letter)
        if value is None:
            continue
        m = _HEX.search(value)
        name = _HEX.sub("", value).strip(" ,") or "yarn"
        known = colours.HEX.get(name.lower())
        if known is None and m is None:
            notes.append(Note("colour-unread", f"The colour {letter} could not be read; grey is taken."))
        found.append(YarnColour(letter, name, (known or (f"#{m[1].upper()}" if m else "#8A8A8A")).upper()))
    if not found:
        notes.append(Note("colours-unread", "No colour could be read; one grey yarn is taken."))
        found.append(YarnColour("A", "grey", "#8A8A8A"))
    return tuple(found)
