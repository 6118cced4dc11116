"""Work: rows worked one after another, each on the one before.

`step` takes one body line of a sheet and gives the next state and a report; `check` does a whole text. The state is
immutable: a writer may keep it and try another line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from crochet import terms
from crochet.findings import Edit, Finding
from crochet.page import definitions, sheet, sizes
from crochet.page.parts import Part, Plan, Row
from crochet.page.plan import plan
from crochet.page.text import lines
from crochet.working import dialect, openings, sizing
from crochet.working.fixes import applied
from crochet.working.hindsight import chosen, evened, tripped
from crochet.working.lines import passed_over, row_line, worked
from crochet.working.report import Json, Piece, whole
from crochet.working.report import RowReport as RowReport
from crochet.working.state import State as State
from crochet.working.state import begin as begin
from crochet.working.state import edges_of

LONGEST = 256_000


def step(state: State, line: str) -> tuple[State, RowReport]:
    """One body line of a sheet: `Piece:`, a row, `Joining`, `Border Rnd`, `Finishing`. Never raises on any text."""
    state, reports = steps(state, line)
    return state, max(reports, key=lambda one: ("ok", "unchecked", "error").index(one.verdict))


def steps(state: State, line: str) -> tuple[State, list[RowReport]]:
    """The same, with a report for each row of `Rnds 4-8`."""
    return worked(state, line, sheet.read_line(line))


def check(text: str, terms: str = "auto", file: str | None = None) -> Json:
    """The report over a whole text. Never raises on any text."""
    return whole(file, *pieces_of(text, terms))


def pieces_of(text: str, terms: str = "auto") -> tuple[str, tuple[int, int] | None, list[Finding], list[Piece]]:
    """(terms, layout, what was found beside the rows, pieces with their worked rows) of a whole text."""
    if len(text) > LONGEST:
        wrong = Finding("too-large", f"More than {LONGEST:,} characters.", (0, len(text)))
        return "us", None, [wrong], []
    told = list(lines(text))
    many = sizes.many(text)
    called = sizes.names(text, many) if many > 1 else ()
    planned = plan(told, many, 0, called)
    layout = _layout(planned.heads) or planned.layout
    read, found = _terms(text, terms, planned.heads)
    state = replace(begin(read, layout), names=definitions.told(told, read))
    after, pieces = _pieces(state, planned)
    for size in range(1, many):
        after, others = _pieces(replace(state, spent=after.spent), plan(told, many, size, called))
        sizing.together(pieces, others, size)
    if many > 1:
        sizing.without_fixes(pieces)
    dialect.told(pieces, read)
    return read, layout, [*found, *planned.findings], pieces


def _pieces(state: State, planned: Plan) -> tuple[State, list[Piece]]:
    """The pieces of a text with their worked rows, and the state after them."""
    pieces: list[Piece] = []
    for i, part in enumerate(planned.parts):
        before, state = state, _entering(state, part, planned.parts[:i])
        report: RowReport | None = None
        last: tuple[State, Row] | None = None  # where the row before was entered
        for row in part.rows:
            if report and report.verdict == "unchecked" and state.number != row.number - 1:
                row.excused = row.lost = True  # what was not read may have told of the rows between
            entered, (state, report) = state, _planned_row(state, part, row)
            if row is part.rows[0]:
                other = _going_on(before, entered, part, report) if part.may_go_on else _around(entered, part, report)
                state, report = other or (state, report)
            key = f"p{state.piece}"
            if not pieces or pieces[-1].key != key:
                layout = None if pieces else state.layout  # it says how many of the first piece there are
                pieces.append(Piece(key, "Border" if part.edge else part.name, _make(part, layout)))
            rows = pieces[-1].rows
            if rows and last and tripped(rows[-1][0], report) and (again := _looked_back(state, part, *last, row)):
                state, (rows[-1], report) = again[0], ((again[1], last[1].words), again[2])
            if rows:
                rows[-1] = (chosen(rows[-1][0], report), rows[-1][1])
            rows.append((report, row.words))
            last = (entered, row)
    return state, pieces


def _looked_back(
    state: State, part: Part, entered: State, odd: Row, row: Row
) -> tuple[State, RowReport, RowReport] | None:
    """What comes of an odd row and the one that trips over it, if that is right where the odd one is mended."""
    state, first = _planned_row(replace(entered, strict=True, spent=state.spent), part, odd)
    state, after = _planned_row(state, part, row)
    return (state, first, after) if evened(first, after) else None


def _make(part: Part, layout: tuple[int, int] | None) -> int:
    """How many of a piece are made."""
    each = layout is not None and part.make == 1 and not part.edge and isinstance(part.rows[0].said, sheet.RowLine)
    return layout[0] * layout[1] if layout and each else part.make


def _entering(state: State, part: Part, before: Sequence[Part]) -> State:
    """The state before a piece of a text."""
    if not part.fresh:
        state = replace(state, piece=state.piece + 1, rows=0, name=part.name)
    elif part.edge:
        bordered = [one for one in before if isinstance(one.rows[0].said, sheet.RowLine)]
        joined = state.joined or any(one.make > 1 for one in bordered)
        edges = edges_of(replace(state, joined=joined)) if len(bordered) == 1 else ()
        known = bool(edges) or (state.known and (part.labelled or (len(bordered) == 1 and state.kind != "rows")))
        may_be = (*((state.below,) if part.labelled and state.known else ()), *edges)
        below = may_be[0] if may_be else state.below if known else None
        others = tuple((one, "computed") for one in may_be[1:] if one is not None)
        state = replace(state, kind="rounds", below=below, known=known, joined=joined, others=others)
        state = replace(state, guessed=bool(edges), unsized=state.unsized and not edges)
    else:
        first = part.rows[0].words.text[part.rows[0].said.at :]
        made = openings.opened(part.opening, first, state.terms)
        pieces = (*state.pieces, (state.base, state.written)) if state.written else state.pieces
        state = replace(
            state, kind=None, name=part.name, number=0, opening=made, pieces=pieces, base=part.name or "", written=()
        )
    counting = part.counting
    return replace(state, counted=counting.counted, not_counted=counting.not_counted, uncounted=frozenset())


def _going_on(before: State, entered: State, part: Part, report: RowReport) -> tuple[State, RowReport] | None:
    """The first row of a piece that says nothing of what it stands on, if it is right on the piece before."""
    if not before.below or not any(one.id == "state-unknown" for one in report.findings):
        return None
    on = replace(
        before, piece=before.piece + 1, rows=0, number=0, name=part.name, counted=entered.counted,
        pieces=entered.pieces, base=entered.base, written=(),
    )  # fmt: skip
    edges = (replace(on, kind="rounds", below=one, guessed=True) for one in edges_of(before))
    for one in (on, *edges):
        state, again = _planned_row(one, part, part.rows[0])
        if again.verdict == "ok":
            return state, again
    return None


def _around(entered: State, part: Part, report: RowReport) -> tuple[State, RowReport] | None:
    """The first round of a border that does not fit the edge worked out for it, if it is right by its numbers alone."""
    if not (part.edge and entered.guessed and report.verdict == "unchecked"):
        return None
    nowhere = replace(entered, below=None, known=True, others=(), guessed=False)
    state, again = _planned_row(nowhere, part, part.rows[0])
    return (state, again) if again.verdict == "ok" else None


def _planned_row(state: State, part: Part, row: Row) -> tuple[State, RowReport]:
    said = row.said
    if row.apart and part.rows[0] is not row:
        return passed_over(state, row.words.text, said.label, row.number)
    if isinstance(said, sheet.RowLine):
        if row.lost:
            state = replace(state, below=None, known=False, others=())
        if row.excused or not said.numbers:
            state = replace(state, number=row.number - 1)
        numbers = said.numbers or (row.number,)
        turn = (numbers.index(row.number), len(numbers)) if row.number in numbers else (0, 1)
        said = replace(said, numbers=(row.number,), piece="Border" if part.edge else None)
        return row_line(state, row.words.text, said, row.number, turn)
    state, reports = worked(state, row.words.text, said)
    return state, reports[0]


def _layout(heads: Sequence[str]) -> tuple[int, int] | None:
    if not any(line.strip().lower().startswith("layout") for line in heads):
        return None
    head, notes = sheet.heading(heads)
    if any(note.code == "layout-unread" for note in notes):
        return None
    return head.layout.rows, head.layout.columns


def _terms(text: str, asked: str, heads: Sequence[str]) -> tuple[str, list[Finding]]:
    if asked.lower() in ("us", "uk"):
        return asked.lower(), []
    for line in heads:
        said = sheet.read_line(line)
        if isinstance(said, sheet.Head) and said.key == "Terms" and said.value.lower()[:2] in ("us", "uk"):
            return said.value.lower()[:2], []
    guess = terms.detect(text)
    if guess is None:
        return "us", [Finding("terms-assumed", "Nothing says whether these are US or UK terms; US is taken.", (0, 0))]
    return guess, []


def apply(text: str, edits: Iterable[Edit | Mapping[str, Any]]) -> str:
    """The text with a fix's edits made: those of a finding, or as they stand in a report."""
    made = tuple(
        one if isinstance(one, Edit) else Edit((int(one["span"][0]), int(one["span"][1])), str(one["new"]))
        for one in edits
    )
    return applied(text, made)
