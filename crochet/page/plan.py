"""Plan: a whole text in the order in which it is worked: its pieces, the rows of each, and what each row stands on.

What is said between two rows is part of one of them, has rows worked again, or makes the next one unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crochet.findings import Finding
from crochet.page import headings, openings, prose, seams, sheet, sizes
from crochet.page.headings import Heading
from crochet.page.parts import Part, Plan, Row, numbered
from crochet.page.prose import Counting
from crochet.page.sent import Sent, joined
from crochet.page.text import Line, Prose

_FIRST = re.compile(r"foundation|set-?\s?up|base|starting|beginning", re.IGNORECASE)
_JOINS = re.compile(r"(?:(?:with|using) [^.;]{1,40}?,? )?(?:join|attach)\b", re.IGNORECASE)
_FASTENED = re.compile(
    r"(?<!not )\b(?:fasten|finish|bind|end) off\b|\bfo\b|\b(?:cut|break) (?:the )?(?:yarn|thread)\b", re.IGNORECASE
)
_TOTAL = re.compile(r"\s*\d{1,4} (?:sts?|stitches|sc|hdc|dc|tr|htr)\.?\s*", re.IGNORECASE)
_COUNT = re.compile(r"\s*[(\[]\d[^()\[\]]{0,60}[)\]]\.?\s*")


MOST_ROWS = 3_000


def plan(lines: Sequence[Line], many: int = 1, size: int = 0, called: tuple[str, ...] = ()) -> Plan:
    """The pieces and rows of a text, in order; of `many` sizes, so called, that with this number."""
    planning = _Planning(any(isinstance(one.said, sheet.PieceLine) for one in lines), many, size, called)
    for one in lines:
        planning.line(one)
    planning.leave()
    parts = [part for part in planning.parts if part.rows]
    left, worked = MOST_ROWS, []
    at = 0
    for part in parts:
        worked.append(part)
        part.rows = numbered(part.rows, left + 1, 0 if part.fresh else at)
        at = part.rows[-1].number
        if len(part.rows) > left:
            says = f"Only the first {MOST_ROWS:,} rows are worked out: check the rest on its own."
            planning.findings.append(Finding("too-large", says, part.rows.pop().words.whole()))
            break
        left -= len(part.rows)
    return Plan(
        tuple(part for part in worked if part.rows), tuple(planning.heads), planning.layout, tuple(planning.findings)
    )


@dataclass(slots=True)
class _Planning:
    """What was planned so far, and what was said since the last row."""

    strict: bool
    many: int = 1
    size: int = 0
    called: tuple[str, ...] = ()
    only: frozenset[int] | None = None  # the sizes that the rows are for now; empty: not clear which
    parts: list[Part] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    layout: tuple[int, int] | None = None
    findings: list[Finding] = field(default_factory=list)
    counting: Counting = field(default_factory=Counting)
    head: Heading | None = None
    title: str | None = None
    here: Counting = field(default_factory=Counting)  # said after the head of a piece, for that piece
    openings: list[Sent] = field(default_factory=list)
    between: list[Sent] = field(default_factory=list)
    last: int = 0
    paragraph: Sent | None = None  # the last that may tell a first row, since the last row
    unclear: bool = False  # the last row was of some sizes, and it is not clear of which
    untold: bool = False  # rows that were worked again at the end of the last piece were not understood

    def line(self, one: Line) -> None:
        said, words = one.said, one.words
        match said:
            case sheet.Head():
                self.heads.append(words.text.strip())
            case sheet.PieceLine():
                self._head(Heading(said.name, said.make))
            case Heading():
                if (told := sizes.only(words.text, self.called, self.many)) is not None:
                    self.only = told
                elif said.plain:
                    self.title, self.here = said.name, Counting()
                else:
                    self._head(said)
            case sheet.RowLine():
                said = said.of_size(self.size)
                self._row(said, self._of_size(said, words))
            case sheet.TextLine():
                self._text_line(said, words)
            case Prose():
                self._prose(said.section, sizes.of_size(words, 0, self.many, self.size))

    def _of_size(self, said: sheet.RowLine, words: Sent) -> Sent:
        """The words of a row in the size that is worked."""
        told = sizes.only(words.text[: said.at], self.called, self.many)
        if told is None and self.only is not None and sizes.sized(words.text, said.at, self.many):
            self.only = None  # numbers for all sizes: it is for all
        for_these = self.only if told is None else told
        if for_these and len(for_these) < self.many and self.size in for_these:
            return sizes.of_size(words, said.at, len(for_these), sorted(for_these).index(self.size))
        return sizes.of_size(words, said.at, self.many, self.size)

    def leave(self) -> None:
        """The last piece is over: rows worked again at its end are its own."""
        rows = self.parts[-1].rows if self.parts else []
        for sentence in self.between if rows and isinstance(rows[-1].said, sheet.RowLine) else ():
            if prose.refers(sentence.text):
                self.untold = not self._again(rows[-1], sentence) or self.untold
            elif _FASTENED.match(sentence.text.strip()):
                self.parts[-1].fastened = True
            elif prose.elsewhere(sentence.text):
                self.untold = True
        self.between = []

    def _head(self, head: Heading) -> None:
        self.leave()
        self.head, self.here, self.only = head, Counting(), None
        self.openings = []

    def _text_line(self, said: sheet.TextLine, words: Sent) -> None:
        if self.strict or not seams.unread(said.kind, words.text, min(said.at, len(words.text))):
            self.parts.append(Part(said.label, rows=[Row(said, words)]))
            self.last = 0
        else:
            self._prose("finish", words)

    def _prose(self, section: str, words: Sent) -> None:
        if openings.may_tell_a_row(words) and section not in ("notes", "finish"):
            self.paragraph = words
        if section in ("materials", "gauge", "size"):
            self.openings += openings.candidates(words) if openings.begins(words.text) else []
            return
        told = sizes.only(words.text, self.called, self.many)
        self.only = self.only if told is None else told
        counting = prose.counting(words.text)
        if self.head is not None or (self.parts and self.title):
            self.here |= counting
        elif self.parts and self.parts[-1].rows:
            self.parts[-1].counting |= counting
        else:
            self.counting |= counting
        many = headings.made(words.text)
        if many and self.head:
            self.head = replace(self.head, make=many)
        elif many and self.parts:
            self.parts[-1].make = many
        self.layout = self.layout or prose.layout(words.text)
        if section in ("notes", "stitches"):
            found = openings.candidates(words)
            self.openings += [words] if found and len(words.text) < 120 else []
            self.openings += found[-1:] if openings.begins(words.text.rpartition("\n")[2], long=True) else []
            return
        self.openings += openings.candidates(words)
        if section != "finish":
            self._sentences(words)

    def _sentences(self, words: Sent) -> None:
        """What stands between two rows, or before the first; rows of another piece worked here are rows."""
        spans = prose.spans(words.text)
        told = 0
        for i, (start, end) in enumerate(spans):
            numbers = prose.rows_of_another(words.text[start:end])
            if not numbers or start < told:
                self.between += [words.part(start, end)] if start >= told else []
                continue
            told = next((b for a, b in spans[i + 1 : i + 4] if _TOTAL.fullmatch(words.text, a, b)), end)
            part = words.part(start, told)
            label = sheet.row_of(part.text, numbers, not re.search(r"\brows?\b", part.text, re.IGNORECASE))
            self._row(label, part)

    def _row(self, said: sheet.RowLine, words: Sent) -> None:
        first = said.numbers[0] if said.numbers else None
        if first == 2 and (self.head is not None or not self.parts or self.last != 1):
            self._first_row(said.rounds)
        self.paragraph = None
        lead = self._lead(said, words)
        row = Row(
            said,
            words if lead is None else joined([words.part(0, said.at), lead, words.part(said.at, len(words.text))]),
        )
        part = self._part(said, first)
        another = any(prose.elsewhere(sentence.text) for sentence in self.between)
        if another and not part.rows:
            part.opening, part.may_go_on = (), False
        if part.rows:
            self._gap(part.rows[-1], row, first)
        elif not part.fresh:
            row.excused = first is None or first != self.last + 1
            row.lost = self.untold or another or (first is not None and row.excused)
        told = sizes.only(words.text[: said.at], self.called, self.many)
        for_these = self.only if told is None else told
        row.apart = bool(for_these) and self.size not in (for_these or ())
        row.lost = row.lost or for_these == frozenset() or self.unclear
        self.unclear = for_these == frozenset()
        part.rows.append(row)
        self.last = said.numbers[-1] if said.numbers else (self.last if len(part.rows) > 1 else 0) + said.many
        self.openings, self.between, self.untold = [], [], False

    def _first_row(self, rounds: bool) -> None:
        """The row before the second, where a paragraph tells it without a label."""
        told = openings.first_row(self.paragraph) if self.paragraph else None
        if told is not None:
            self.openings, self.between = [], []
            self._row(sheet.row_of(told.text, (1,), rounds), told)

    def _lead(self, said: sheet.RowLine, words: Sent) -> Sent | None:
        """The sentence before a row by which it begins, `Join B in any corner.`; None: it says that itself."""
        if not self.between or not prose.leads(self.between[-1].text) or _JOINS.match(words.text, said.at):
            return None
        return self.between.pop()

    def _part(self, said: sheet.RowLine, first: int | None) -> Part:
        """The part that a row belongs to: the last, or a new one."""
        last, head = self.parts[-1] if self.parts else None, self.head
        edge = said.piece is not None
        counted = last is not None and any(isinstance(r.said, sheet.RowLine) and r.said.numbers for r in last.rows)
        anew = first == 1 or (first is None and (bool(self.openings) or bool(_FIRST.match(said.label))))
        runs_on = last is not None and not isinstance(last.rows[-1].said, sheet.TextLine)
        founded = first is None and bool(self.openings) and bool(_FIRST.match(said.label))  # on a chain of its own
        again = (anew and counted) or (founded and last is not None and bool(last.rows))
        if last and runs_on and head is None and edge == last.labelled and not again:
            last.counting |= self.here
            self.title, self.here = None, Counting()
            return last
        edged = edge or (head is not None and head.edge)
        fresh = not runs_on or head is None or anew or edge or (edged and first is None)
        name = head.name if head else self.title
        opening = tuple(self.openings) if fresh else ()
        part = Part(
            name or None, head.make if head else 1, edged and fresh and last is not None, edge, fresh, opening,
            self.counting | self.here,
        )  # fmt: skip
        if last and runs_on:
            fastened = last.fastened or bool(_FASTENED.search(last.rows[-1].words.text))
            part.may_go_on = fresh and not edged and not opening and not fastened
        self.head, self.title, self.here = None, None, Counting()
        self.parts.append(part)
        return part

    def _gap(self, before: Row, row: Row, first: int | None) -> None:
        """What was said between two rows: rows worked again, or stitches that belong to no row."""
        again, unread = prose.refers_within(before.words.text), False
        for sentence in self.between:
            if prose.refers(sentence.text) or (again and _COUNT.fullmatch(sentence.text)):
                again, unread = True, unread or not self._again(before, sentence)
            elif prose.elsewhere(sentence.text):
                row.lost = True
            elif prose.instructs(sentence.text):
                row.lost = True
                said = " ".join(sentence.text.split())[:60]
                self.findings.append(Finding("not-understood", f"“{said}” was not read.", sentence.whole()))
        follows = first is None or first == self.last + 1
        row.excused = any(not _FASTENED.match(sentence.text.strip()) for sentence in self.between) or again
        row.lost = (
            row.lost or (row.excused and not follows and not again) or (unread and (first is None or not follows))
        )

    def _again(self, before: Row, sentence: Sent) -> bool:
        """Rows worked again are told with the row before, where the words are understood."""
        if not prose.understood(sentence.text):
            return False
        before.words = joined([before.words, sentence])
        return True
