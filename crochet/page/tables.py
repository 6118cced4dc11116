"""Tables: each of their rows as a line, `Rnd 3 brown: ch 2, hdc in each st (24)`; what its cells are the header tells.

`Rnd | Colour | What to do | Sts`, with bars or tabs. Without a header that names them, a first cell that is a label and
a last one that is a bare count are known by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crochet.craft import colours
from crochet.grammar.phrases import names_yarn
from crochet.grammar.tokens import lowered
from crochet.page import headings, labels
from crochet.page.sent import Sent

_Edit = tuple[int, int, str]
_COLUMN = re.compile(
    r"^[ \t]{0,8}\|?[ \t]{0,8}(?P<word>rnd|round|row|rd)s?\b[^|\t\n]{0,12}[|\t]", re.IGNORECASE | re.MULTILINE
)
_TABLE = re.compile(r"[ \t]{0,8}\|?[ \t]{0,8}(?P<first>[^|\t\n]{1,40}?)[ \t]{0,8}[|\t].*$")
_RANGE = re.compile(r"\d{1,3}(?:\s?[-–]\s?\d{1,3})?")
_COUNT = re.compile(r"\d{1,4}(?: [a-z]{2,8})?", re.IGNORECASE)
_NUMBERS = re.compile(r"\d{1,3}(?:\s?(?:[-–—,&]|to|and)\s?\d{1,3}){0,6}\.?")
_RULED = re.compile(r"[\s|:=-]*-[\s|:=-]*")
_NAMED = {  # what a column is called
    "row": re.compile(r"(?P<word>rnd|round|row|rd)s?(?: ?(?:#|no|number))?"),
    "colour": re.compile(r"colou?rs?(?: used| name)?|yarns?(?: colou?r)?|shades?"),
    "count": re.compile(
        r"(?:total |final )?(?:# ?(?:of )?|no of |number of )?(?:sts?|counts?|totals?|(?:st|stitch) (?:count|total)s?)"
        r"|(?:total|number of|#|# of) stitches"
    ),
    "work": re.compile(
        r"what (?:to|you) do|(?:written )?(?:instructions?|directions?)|do this|how(?: to)?|work|pattern|method|steps?"
        r"|description"
    ),
    "either": re.compile(r"stitches"),
    "tick": re.compile(r"done|check|tick|✓|✔|☐|"),
}
_LETTERS = re.compile(r"\w[\w ]|\d")  # more than the x of what is done
_FIRST = re.compile(r"^\D+|\D.*$")  # what is not of the first number
_NO_COUNT = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class _Cell:
    """The words of a cell, and where they stand in their line."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cell of a table's rows is what, and what its rows are called."""

    word: str
    row: int
    work: int
    count: int | None
    colour: int | None


def plain(text: Sent) -> Sent:
    """The text with each row of a table as a line."""
    column = _COLUMN.search(text.text)
    word = column["word"] if column else ""
    header: _Columns | None = None
    sign, at = "|", 0
    edits: list[_Edit] = []
    for line in text.text.split("\n"):
        if (found := _header(line)) is not None:
            header, sign = found, "|" if "|" in line else "\t"
            edits.append((at, at + len(line), ""))
        elif header is not None and sign in line and _RULED.fullmatch(line):
            edits.append((at, at + len(line), ""))
        elif header is not None and sign in line:
            edits += _moved(_by_header(line, _cells(line, sign), header) or _by_itself(line, word), at)
        else:
            edits += _moved(_by_itself(line, word), at)
        at += len(line) + 1
    return text.edited(edits)


def _moved(edits: list[_Edit], by: int) -> Iterator[_Edit]:
    return ((start + by, end + by, new) for start, end, new in edits)


def _cells(line: str, sign: str) -> list[_Cell]:
    found: list[_Cell] = []
    at = 0
    for raw in line.split(sign):
        start = at + len(raw) - len(raw.lstrip())
        found.append(_Cell(raw.strip(), start, start + len(raw.strip())))
        at += len(raw) + 1
    return found[1:] if sign == "|" and not found[0].text else found


def _header(line: str) -> _Columns | None:
    """What the cells are, where a line names the columns of a table: rows, and what is worked in them; else None."""
    if "|" not in line and "\t" not in line:
        return None
    found: dict[str, int] = {}
    word = ""
    for i, cell in enumerate(_cells(line, "|" if "|" in line else "\t")):
        name = re.sub(r"[*_.:]", "", lowered(cell.text)).strip()
        kind = next((kind for kind, named in _NAMED.items() if named.fullmatch(name)), None)
        if kind is None or (kind in found and kind != "tick"):
            return None
        found[kind] = i
        if called := _NAMED["row"].fullmatch(name):
            word = called["word"].capitalize()
    if "either" in found:
        found.setdefault("count" if "work" in found else "work", found["either"])
    if "row" not in found or found["row"] >= found.get("work", 0):
        return None
    return _Columns(word, found["row"], found["work"], found.get("count"), found.get("colour"))


def _by_header(line: str, cells: list[_Cell], header: _Columns) -> list[_Edit]:
    """The edits that make a table's row a line, by its header; none where it is no such row."""
    if len(cells) <= max(header.row, header.work):
        return []
    number, work, colour, count = (
        cells[i] if i is not None and i < len(cells) else _Cell("", len(line), len(line))
        for i in (header.row, header.work, header.colour, header.count)
    )
    numbered = _NUMBERS.fullmatch(number.text) is not None
    if not (numbered or labels.label(f"{number.text.rstrip(' :.')}:")):
        return []
    found = [(0, number.start, f"{header.word} " if numbered else "")]
    done = number.start + len(number.text.rstrip(" :."))
    others = [cell.text for cell in cells if cell not in (number, work, colour, count)]
    total = labels.total_behind(work.text)
    told = count.text not in _NO_COUNT and not (total and total == _FIRST.sub("", count.text))
    twice = total is not None and told
    if not work.text or twice or headings.works(colour.text) or any(_LETTERS.search(said) for said in others):
        return [*found, (done, number.end, ": |")]  # a bar stays before its words, and nobody reads that
    if told and count.start < work.start:
        found += [(done, count.start, " ("), (count.end, work.start, "): ")]
    else:
        found += _coloured(colour, done, work.start)
    if not told or count.start < work.start:
        return [*found, (work.end, len(line), "")]
    bare = count.text[0] not in "([{"
    return [*found, (work.end, count.start, " (" if bare else " "), (count.end, len(line), ")" if bare else "")]


def _coloured(colour: _Cell, start: int, end: int) -> list[_Edit]:
    """The edits from a label to the words of its row, with the yarn between them, where it is one that labels name."""
    if not (colour.text and start <= colour.start < end):
        return [(start, end, ": ")]
    if names_yarn(lowered(colour.text)):
        return [(start, colour.start, " ("), (colour.end, end, "): ")]
    known = lowered(colour.text).split()[-1] in colours.HEX and colour.text.replace(" ", "").isalpha()
    return [(start, colour.start, " "), (colour.end, end, ": ")] if known else [(start, end, ": ")]


def _by_itself(line: str, word: str) -> list[_Edit]:
    """The edits that make a line with bars or tabs a row, where its first cell is a label: a colon after it, brackets
    around its count."""
    m = _TABLE.match(line)
    numbered = m is not None and bool(word) and _RANGE.fullmatch(m["first"]) is not None
    if m is None or not (numbered or labels.label(m["first"])):
        return []
    start, end = m.span("first")
    found: list[_Edit] = [(0, start, f"{word} " if numbered else "")]
    cells = [(end + c.start(), end + c.end()) for c in re.finditer(r"[^|\t]+", line[end:]) if c[0].strip()]
    count = _counted(line, *cells[-1]) if len(cells) > 1 else None
    signs = [end + i for i, c in enumerate(line[end:]) if c in "|\t"]
    ends = m["first"].endswith((":", "."))
    for i, sign in enumerate(signs):
        if count and sign > count[0]:
            break
        found.append((sign, sign + 1, ": " if i == 0 and not ends else " "))
    if count:
        found += [(count[0], count[0], "("), (count[1], len(line), ")")]
    return found


def _counted(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the last cell is a bare count."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return (start, end) if _COUNT.fullmatch(text[start:end]) else None
