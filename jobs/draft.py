"""Draft: a sheet in the making: the lines accepted so far, and what the next ones stand on.

It knows what has been worked and what may come next; how lines are got, tried and thrown away is `compose`'s business.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from crochet import work
from crochet.craft.fabric import Course
from crochet.findings import Finding
from crochet.page import sheet
from jobs import document

Json = dict[str, Any]


MOST_PIECES = 8
_HELPED = {
    "code": "written-by-fallback",
    "text": "Our usual writer was away, so a smaller one wrote this or a part of it. Its rows were checked as always.",
}


class Try(NamedTuple):
    """One row as the model wrote it: its line, what kind of line that is, and what the checker says."""

    line: str
    said: sheet.Line
    state: work.State
    report: work.RowReport


class Draft:
    """The accepted part of a sheet."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options
        self.lines: list[str] = []  # as the model must see them
        self.pending: list[str] = []  # not yet kept by anybody: a `Piece:` line waits for its first row
        self.head: Json | None = None
        self.state = work.begin()
        self.pieces: dict[str, Json] = {}
        self.courses: defaultdict[str, list[Course]] = defaultdict(list)
        self.verdicts: list[str] = []
        self.piece = sheet.PieceLine("Square")
        self.begun = 0  # pieces; the first is the one that is laid out
        self.rows = self.borders = 0  # of the piece in hand, and around the first
        self.border: str | None = None  # its key
        self.ended = False  # the sheet says so
        self._helped = False
        self._asked: int | None = options.get("rounds")
        self._word = "Rnd"
        self._undeclared: set[str] = set()

    @property
    def text(self) -> str:
        """All accepted lines."""
        return "".join(self.lines)

    @property
    def further(self) -> bool:
        """Whether the piece in hand is none of those that are laid out: a strap, a flower."""
        return self.begun > 1

    def take_pending(self) -> str:
        """What nobody keeps yet; asked once."""
        lines = "".join(self.pending)
        self.pending.clear()
        return lines

    def take_up(self, text: str) -> list[Try]:
        """Works the sheet that an earlier attempt left; every line of it was accepted then. Gives its rows."""
        rows: list[Try] = []
        for line in text.splitlines():
            said = sheet.read_line(line)
            if self.head is None and isinstance(said, sheet.PieceLine):
                self.read_head()
            if isinstance(said, sheet.End):
                self.ended = True
            elif self.head is None:
                pass
            elif isinstance(said, sheet.PieceLine):
                self.begin_piece(line, said)
                self.lines.pop()
            else:
                rows.append(self.tried(line, said))
                self._remember(rows[-1])
            self.lines.append(line + "\n")
        self.pending.clear()
        return rows

    def read_head(self) -> int | None:
        """Closes the head. Gives how many rows to expect, where the maker said how many rounds."""
        heading, notes = sheet.heading([line.rstrip("\n") for line in self.lines])
        self.head = document.head_of(heading, notes, self.options)
        if self._helped:
            self.head["notes"].append(_HELPED)
        self.state = work.begin(heading.terms, (heading.layout.rows, heading.layout.columns))
        # The rounds that were asked for, finishing, and joining where there is something to join.
        return self._asked + 1 + (self._squares() > 1) if self._asked else None

    def help(self) -> None:
        """From now on the fallback model writes: the reader is told."""
        if self.head is not None and not self._helped:
            self.head = {**self.head, "notes": [*self.head["notes"], _HELPED]}
        self._helped = True

    def begin_piece(self, line: str, said: sheet.PieceLine) -> None:
        """Accepts a `Piece:` line; its rows begin at 1, on nothing."""
        self.state, _ = work.step(self.state, line)
        self.begun += 1
        self.piece = said if said.name else sheet.PieceLine("Piece" if self.further else "Square", said.make)
        self.rows = 0
        self._word = "Row" if self.further else "Rnd"
        self._accept(line)

    def tried(self, line: str, said: sheet.Line) -> Try:
        """The line worked on the rows so far; nothing is accepted yet."""
        after, report = work.step(self.state, line)
        if isinstance(said, sheet.RowLine) and report.verdict == "ok" and report.course is None:
            idle = Finding("not-understood", "Nothing is worked in this row.", (said.at, len(line)))
            report = replace(report, findings=(*report.findings, idle))  # a ring: enough for a row of others
        return Try(line, said, after, report)

    def mended(self, one: Try) -> Try | None:
        """The row with one number put right, when only its count is wrong and all sides come out equal."""
        errors = [finding for finding in one.report.findings if finding.severity != "warning"]
        if [finding.id for finding in errors] != ["declared-mismatch"]:
            return None
        for fix in errors[0].fixes:
            again = self.tried(work.apply(one.line, fix.edits), one.said)
            if again.report.verdict == "ok" and len(set(again.report.row()["per_side"] or ())) <= 1:
                return again
        return None

    def accept_row(self, one: Try, result: str, original: str | None = None) -> tuple[Json, Json]:
        """Accepts a row; gives its piece and the row as the page shows it."""
        one = self._counted(one)
        row = one.report.row() | {"result": result}
        if original is not None:
            row["original"] = original
        if letter := self.undeclared(one.said):
            self._undeclared.add(letter)
        piece = self._remember(one)
        self._accept(one.line)
        return piece, row

    def accept_end(self, line: str) -> bool:
        """Accepts `End.`; False: rounds are missing."""
        if not self._complete():
            return False
        self._accept(line)
        self.ended = True
        return True

    def in_order(self, said: sheet.Line) -> bool:
        """Rows come one after the other, as many rounds as were asked for; then joining, border, further pieces, each
        with its rows, and finishing.
        """
        if isinstance(said, sheet.RowLine) and said.piece is None:
            self._word = "Rnd" if said.rounds else "Row"
            too_many = self._asked and not self.further and self.rows >= self._asked
            return said.numbers == (self.rows + 1,) and not said.others and not too_many and self._in_piece()
        if not self._complete() or (self._finishing() and not isinstance(said, sheet.TextLine | sheet.End)):
            return False
        if isinstance(said, sheet.PieceLine):
            return self.begun < MOST_PIECES
        if not isinstance(said, sheet.RowLine):
            return True
        return not self.further and said.numbers == (self.borders + 1,)

    def next_label(self, said: sheet.Line) -> str:
        """How the line must begin that comes instead of this one. Empty: it may begin as it likes."""
        row = isinstance(said, sheet.RowLine) and said.piece is None
        may_go_on = self._in_piece() and (self.further or not self._asked)
        if not self._complete() or (row and may_go_on):
            # `Rnds 4-6`: every row is shown, checked and ticked by itself, so it is written by itself.
            several = isinstance(said, sheet.RowLine) and len(said.numbers) > 1
            return f"{self._word} {self.rows + 1}{' (' if several else ''}"
        if self._finishing():
            return "End"
        if sheet.is_border(said) and not self.further:
            return f"Border Rnd {self.borders + 1}"
        if isinstance(said, sheet.RowLine | sheet.PieceLine):  # one too many
            return "Joining" if len(self.pieces) == 1 and self._squares() > 1 else "Finishing:"
        return ""

    def _in_piece(self) -> bool:
        """Whether nothing has come since the `Piece:` line but its rows."""
        return self.state.kind in (None, "rounds", "rows")

    def _finishing(self) -> bool:
        return self.state.kind == "finishing"

    def _complete(self) -> bool:
        """Whether the piece in hand has the rounds that were asked for, or some."""
        return self.rows >= (1 if self.further else self._asked or 1)

    def undeclared(self, said: sheet.Line) -> str | None:
        """The letter of a yarn that the head does not name."""
        letter = said.colour if isinstance(said, sheet.RowLine | sheet.TextLine) else None
        assert self.head is not None
        return letter if letter and letter not in {each["letter"] for each in self.head["colours"]} else None

    def whole(self) -> tuple[Json, Json, str]:
        """Head, pieces and verdict of all that was accepted."""
        assert self.head is not None
        head, pieces = document.whole(self.head, self.pieces, self.courses, self.border, self.options)
        for letter in sorted(self._undeclared):
            text = f"A row is worked in {letter}, a yarn that the list does not name."
            head["notes"].append({"code": "colour-undeclared", "text": text})
        if not self.ended:
            head["notes"].append({"code": "cut-short", "text": "The writer ran out of time; the end is missing."})
        return head, pieces, self.worst(self.verdicts)

    def worst(self, verdicts: Sequence[str]) -> str:
        """The verdict of a sheet whose rows have these: nothing whose end is missing is proven."""
        all_of_it = [*verdicts, *([] if self.ended and verdicts else ["unchecked"])]
        return max(all_of_it, key=("ok", "unchecked", "error").index)

    def _accept(self, line: str) -> None:
        self.lines.append(line + "\n")
        self.pending.append(line + "\n")

    def _counted(self, one: Try) -> Try:
        """A border round gets its count from code: hundreds are beyond a small model."""
        row = one.report.row()
        if not sheet.is_border(one.said) or one.report.verdict != "ok" or row["declared"] is not None:
            return one
        again = self.tried(f"{one.line} {sheet.declaration(row['counts'], row['spaces'], self.state)}", one.said)
        return again if again.report.verdict == "ok" else one

    def _remember(self, one: Try) -> Json:
        """What the rows after this one and the end need to know of it; gives its piece."""
        self.state = one.state
        key = one.report.key.partition("/")[0]
        self.verdicts.append(one.report.verdict)
        if one.report.course is not None:
            self.courses[key].append(one.report.course)
        kind, name, make = *sheet.piece_of(one.said), 1
        if sheet.is_border(one.said):
            self.borders += 1
            self.border = key
        elif isinstance(one.said, sheet.RowLine):
            self.rows = one.said.number or self.rows + 1
            name, make = self.piece.name, self.piece.make
            if not self.further and self._squares() > 1:
                make = self._squares()  # code's word before the model's
        self.pieces.setdefault(key, {"name": name, "kind": kind, "make": make})
        return {"key": key, **self.pieces[key]}

    def _squares(self) -> int:
        assert self.head is not None
        return int(self.head["layout"]["rows"] * self.head["layout"]["columns"])
