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
from crochet.grammar.pattern import Ref
from crochet.page import definitions, seams, sheet, sizes
from crochet.page.plan import Part, Plan, Row, plan
from crochet.page.text import lines
from crochet.working import openings, sizing
from crochet.working.again import Written, as_pattern
from crochet.working.anchors import mended, on_another, stood_on
from crochet.working.fixes import applied
from crochet.working.ground import Checked
from crochet.working.onward import passed
from crochet.working.outline import outline
from crochet.working.report import Json, Piece, whole
from crochet.working.report import RowReport as RowReport
from crochet.working.rows import chains_needed, check_row
from crochet.working.state import State as State
from crochet.working.state import begin as begin
from crochet.working.state import ground_of, known_by
from crochet.working.turning import NOT_SAID

LONGEST = 256_000
LONGEST_ROW = 20_000
MOST_WRITTEN = 200
# A text's rows together may go over so many places and letters, and the tries at mending them over so many: seconds.
MOST_WORK = 600_000
MOST_MENDING = 1_000_000


def step(state: State, line: str) -> tuple[State, RowReport]:
    """One body line of a sheet: `Piece:`, a row, `Joining`, `Border Rnd`, `Finishing`. Never raises on any text."""
    state, reports = steps(state, line)
    return state, max(reports, key=lambda one: ("ok", "unchecked", "error").index(one.verdict))


def steps(state: State, line: str) -> tuple[State, list[RowReport]]:
    """The same, with a report for each row of `Rnds 4-8`."""
    return _worked(state, line, sheet.read_line(line))


def _worked(state: State, line: str, said: sheet.Line) -> tuple[State, list[RowReport]]:
    if isinstance(said, sheet.PieceLine):
        after = replace(state, kind=None, name=said.name or None)
        return after, [_plain(state, line, "Piece", ())]
    if isinstance(said, sheet.TextLine):
        return _text_line(state, line, said)
    if isinstance(said, sheet.RowLine):
        reports: list[RowReport] = []
        numbers = said.numbers or tuple(range(state.number + 1, state.number + 1 + said.many))
        for turn, number in enumerate(numbers):
            state, report = _row_line(state, line, said, number, (turn, len(numbers)))
            reports.append(report)
        return state, reports
    if isinstance(said, sheet.Unknown) and (made := openings.opening(line, state.terms)):
        return replace(state, opening=made), [_plain(state, line, "", ())]
    wrong = Finding("not-understood", "Not a line of a pattern.", (0, len(line)))
    return state, [_plain(state, line, "", (wrong,))]


def _plain(state: State, line: str, label: str, found: tuple[Finding, ...]) -> RowReport:
    key = f"p{max(1, state.piece)}/r{state.rows}"
    return RowReport(key, label, None, None, line, (0, len(line)), "none", Checked(None, None, found), found)


def _text_line(state: State, line: str, said: sheet.TextLine) -> tuple[State, list[RowReport]]:
    """Joining and finishing: a piece of one row, ok when every phrase is on the closed list."""
    start = min(said.at, len(line))
    found = tuple(
        Finding("not-understood", f"“{line[a:b][:60]}” was not understood.", (a, b))
        for a, b in seams.unread(said.kind, line, start)
    )
    joined = state.joined or said.kind == "seam"
    after = replace(state, piece=state.piece + 1, kind=said.kind, rows=1, number=1, joined=joined)
    key = f"p{after.piece}/r1"
    checked = Checked(None, None, found)
    span = (0, len(line))
    report = RowReport(key, said.label, None, said.colour, line, span, "computed", checked, found, said.kind)
    return after, [report]


def _row_line(
    state: State, line: str, said: sheet.RowLine, number: int, turn: tuple[int, int] = (0, 1)
) -> tuple[State, RowReport]:
    """`turn`: which row of its label it is, of how many."""
    state, found = _entered(state, said, number, len(line))
    key = f"p{state.piece}/r{state.rows}"
    opened = state.opening if state.below is None else ()
    ground = replace(ground_of(state), opening=opened, rounds=said.rounds, turn=turn[0], single=turn[1] == 1)
    state = replace(state, opening=(), free=False)
    body = said.at
    if len(line) > LONGEST_ROW:
        checked = Checked(None, None, (Finding("too-large", "The row is too long.", (0, len(line))),))
    elif state.spent[0] > MOST_WORK:
        says = "So much comes before it that it is not worked out any more: check this part on its own."
        checked = Checked(None, None, (Finding("too-large", says, (0, len(line))),))
    else:
        checked = check_row(line, body, ground, state.terms, said.colour)
        state, ground, checked = on_another(state, line, body, ground, said.colour, checked)
        if any(one.id == "foundation-short" for one in checked.findings):
            checked = chains_needed(line, body, ground, state.terms, checked)
        if state.piece > 1:  # the row that is meant may be of another piece
            elsewhere = (
                replace(one, id="not-understood") if one.id == "bad-reference" else one for one in checked.findings
            )
            checked = replace(checked, findings=tuple(elsewhere))
        if state.guessed and checked.verdict == "error":
            says = "The row below is known by its count only, and this row does not fit it."
            checked = replace(checked, findings=(Finding("state-unknown", says, (body, len(line.rstrip()))),))
        if checked.counted - state.counted:
            state = replace(state, counted=state.counted | checked.counted)
    laid = not any(one.id == "layout-unknown" for one in found)
    findings = (*found, *checked.findings) if laid else found
    mending = 0
    if state.known and state.spent[1] <= MOST_MENDING:
        findings, mending = mended(line, body, ground, state.terms, said.colour, checked, findings)
    report = RowReport(
        key, said.label, number, said.colour, line, (0, len(line)), known_by(state), checked, findings,
        state.kind or "", ground.below.course if ground.below else None,
    )  # fmt: skip
    state = replace(state, spent=(state.spent[0] + checked.cost, state.spent[1] + mending))
    after = stood_on(state, line, body, said.colour, report, ground)
    stood = ground.below.size // 2 if ground.below else 0
    grew = checked.made is not None and 0 < stood < len(checked.made.course.stitches)
    one = Written(number, checked.items, said.rounds, grew, ground.known and ground.below is None)
    after = replace(after, written=(*after.written[-MOST_WRITTEN:], one))
    for ref, done in checked.again if turn[0] == turn[1] - 1 else ():
        after, told = _gone_on(after, ref, done)
        report = replace(report, findings=(*report.findings, *told))
    return after, report


def _gone_on(state: State, ref: Ref, done: int = 0) -> tuple[State, tuple[Finding, ...]]:
    """The state after rows that are worked again, and what is wrong with them."""
    state = replace(state, written=as_pattern(state.written, ref))
    went = passed(ref, done, ground_of(state), state.terms)
    known = went.ground.known and state.known
    others = tuple((fabric, "computed") for fabric in went.others)
    after = replace(
        state, below=went.ground.below, known=known, anchor=state.anchor if known else "none", others=others,
        before=went.ground.before, number=state.number + went.rows, free=went.rows == 0,
        spent=(state.spent[0] + went.cost, state.spent[1]),
    )  # fmt: skip
    return after, (went.finding,) if went.finding and state.known else ()


def _entered(state: State, said: sheet.RowLine, number: int, end: int) -> tuple[State, tuple[Finding, ...]]:
    """The state within the row's piece, begun if need be, and what is wrong with the row's place in it."""
    border = sheet.is_border(said)
    kind = "border" if border else "rounds" if said.rounds else "rows"
    if border and state.kind != "border":
        return _border(state, said, number, end)
    if not border and (state.kind not in ("rounds", "rows") or (number == 1 and state.number >= 1)):
        fresh = replace(
            state, piece=state.piece + 1, kind=kind, number=number, rows=1, below=None, known=True, anchor="computed",
            before=NOT_SAID, written=(), free=False,
            name=state.name if state.kind is None else None,
        )  # fmt: skip
        return fresh, ()
    wrong: tuple[Finding, ...] = ()
    if number != state.number + 1 and not state.free:
        says = f"{said.label} comes after number {state.number}."
        wrong = (Finding("bad-reference", says, (0, min(end, len(said.label)))),)
    return replace(state, number=number, rows=state.rows + 1), wrong


def _border(state: State, said: sheet.RowLine, number: int, end: int) -> tuple[State, tuple[Finding, ...]]:
    """A border begins: it goes around the outline of all pieces."""
    below, known = state.below, state.known
    found: tuple[Finding, ...] = ()
    rows, columns = state.layout or (1, 1)
    if below is not None and rows * columns > 1:
        below = outline(below, rows, columns)
        if below is None:
            found = (Finding("layout-unknown", "The pieces have no four corner spaces to be joined by.", (0, end)),)
            known = False
    elif below is not None and state.joined and state.layout is None:
        found = (Finding("layout-unknown", "Several pieces are joined, and nothing says how many.", (0, end)),)
        below, known = None, False
    around = ((outline(one, rows, columns) if rows * columns > 1 else one, known_by) for one, known_by in state.others)
    fresh = replace(
        state, piece=state.piece + 1, kind="border", number=number, rows=1, below=below, known=known,
        anchor=state.anchor, name="Border", others=tuple((one, known_by) for one, known_by in around if one),
    )  # fmt: skip
    if number != 1 and not found:
        found = (Finding("bad-reference", f"{said.label} comes first.", (0, min(end, len(said.label)))),)
    return fresh, found


# -- a whole text


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
    planned = plan(told, many)
    layout = _layout(planned.heads) or planned.layout
    read, found = _terms(text, terms, planned.heads)
    state = replace(begin(read, layout), names=definitions.told(told, read))
    after, pieces = _pieces(state, planned)
    for size in range(1, many):
        after, others = _pieces(replace(state, spent=after.spent), plan(told, many, size))
        sizing.together(pieces, others, size)
    if many > 1:
        sizing.without_fixes(pieces)
    return read, layout, [*found, *planned.findings], pieces


def _pieces(state: State, planned: Plan) -> tuple[State, list[Piece]]:
    """The pieces of a text with their worked rows, and the state after them."""
    pieces: list[Piece] = []
    for i, part in enumerate(planned.parts):
        before, state = state, _entering(state, part, planned.parts[:i])
        report: RowReport | None = None
        for row in part.rows:
            if report and report.verdict == "unchecked" and state.number != row.number - 1:
                row.excused = row.lost = True  # what was not read may have told of the rows between
            entered, (state, report) = state, _planned_row(state, part, row)
            if part.may_go_on and row is part.rows[0]:
                state, report = _going_on(before, entered, part, report) or (state, report)
            key = f"p{state.piece}"
            if not pieces or pieces[-1].key != key:
                pieces.append(Piece(key, "Border" if part.edge else part.name, _make(part, state.layout)))
            pieces[-1].rows.append((report, row.words))
    return state, pieces


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
        known = state.known and (part.labelled or (len(bordered) == 1 and state.kind != "rows"))
        joined = state.joined or any(one.make > 1 for one in bordered)
        state = replace(state, kind="rounds", below=state.below if known else None, known=known, joined=joined)
    else:
        first = part.rows[0].words.text[part.rows[0].said.at :]
        made = openings.opened(part.opening, first, state.terms)
        state = replace(state, kind=None, name=part.name, number=0, opening=made)
    return replace(state, counted=part.counting.counted, not_counted=part.counting.not_counted)


def _going_on(before: State, entered: State, part: Part, report: RowReport) -> tuple[State, RowReport] | None:
    """The first row of a piece that says nothing of what it stands on, if it is right on the piece before."""
    if not before.below or not any(one.id == "state-unknown" for one in report.findings):
        return None
    on = replace(before, piece=before.piece + 1, rows=0, number=0, name=part.name, counted=entered.counted)
    state, again = _planned_row(on, part, part.rows[0])
    return (state, again) if again.verdict == "ok" else None


def _planned_row(state: State, part: Part, row: Row) -> tuple[State, RowReport]:
    said = row.said
    if isinstance(said, sheet.RowLine):
        if row.lost:
            state = replace(state, below=None, known=False, others=())
        if row.excused or not said.numbers:
            state = replace(state, number=row.number - 1)
        numbers = said.numbers or (row.number,)
        turn = (numbers.index(row.number), len(numbers)) if row.number in numbers else (0, 1)
        said = replace(said, numbers=(row.number,), piece="Border" if part.edge else None)
        return _row_line(state, row.words.text, said, row.number, turn)
    state, reports = _worked(state, row.words.text, said)
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
