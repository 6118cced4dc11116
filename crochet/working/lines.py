"""Lines: a line of a pattern, worked where the pattern stands: a row, the name of a piece, its joining or finishing."""

from __future__ import annotations

from dataclasses import replace

from crochet.findings import Finding, blamed
from crochet.grammar.pattern import Ref
from crochet.page import seams, sheet
from crochet.working import openings, unsized
from crochet.working.again import Written, as_pattern
from crochet.working.anchors import mended, on_another, shown, stood_on
from crochet.working.deeper import MOST_DEEP
from crochet.working.ground import Checked, Ground
from crochet.working.onward import passed
from crochet.working.outline import outline
from crochet.working.places import Fabric
from crochet.working.report import RowReport
from crochet.working.rows import chains_needed, check_row
from crochet.working.state import State, ground_of, known_by
from crochet.working.turning import NOT_SAID

LONGEST_ROW = 20_000
MOST_WRITTEN = 200
# A text's rows together may go over so many places and letters, and the tries at mending them over so many: a second.
MOST_WORK = 600_000
MOST_MENDING = 600_000


def worked(state: State, line: str, said: sheet.Line) -> tuple[State, list[RowReport]]:
    """The state after a line, and a report for each row of it."""
    if isinstance(said, sheet.PieceLine):
        after = replace(state, kind=None, name=said.name or None)
        return after, [_plain(state, line, "Piece", ())]
    if isinstance(said, sheet.TextLine):
        return _text_line(state, line, said)
    if isinstance(said, sheet.RowLine):
        reports: list[RowReport] = []
        numbers = said.numbers or tuple(range(state.number + 1, state.number + 1 + said.many))
        for turn, number in enumerate(numbers):
            state, report = row_line(state, line, said, number, (turn, len(numbers)))
            reports.append(report)
        return state, reports
    if isinstance(said, sheet.Unknown) and (made := openings.opening(line, state.terms)):
        return replace(state, opening=made), [_plain(state, line, "", ())]
    wrong = Finding("not-understood", "Not a line of a pattern.", (0, len(line)))
    return state, [_plain(state, line, "", (wrong,))]


def _plain(state: State, line: str, label: str, found: tuple[Finding, ...]) -> RowReport:
    key = f"p{max(1, state.piece)}/r{state.rows}"
    return RowReport(key, label, None, None, line, (0, len(line)), "none", Checked(None, None, found), found)


def passed_over(state: State, line: str, label: str, number: int) -> tuple[State, RowReport]:
    """A row that is of other sizes than the one worked: nothing is done."""
    after = replace(state, rows=state.rows + 1, number=number)
    return after, replace(_plain(after, line, label, ()), number=number, kind=state.kind or "")


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


def row_line(
    state: State, line: str, said: sheet.RowLine, number: int, turn: tuple[int, int] = (0, 1)
) -> tuple[State, RowReport]:
    """The state after a row, and its report. `turn`: which row of its label it is, of how many."""
    state, found = _entered(state, said, number, len(line))
    key = f"p{state.piece}/r{state.rows}"
    opened = state.opening if state.below is None else ()
    ground = replace(
        ground_of(state), opening=opened, rounds=said.rounds, turn=turn[0], single=turn[1] == 1,
        inner=turn[0] < turn[1] - 1, number=number,
    )  # fmt: skip
    state, ground, checked = _checked(replace(state, opening=(), free=False), line, said, ground)
    laid = not any(one.id == "layout-unknown" for one in found)
    findings = (*found, *checked.findings) if laid else found
    may = state.known and state.spent[1] <= MOST_MENDING
    mends, mending = mended(line, said.at, ground, state.terms, said.colour, checked, findings) if may else ((), 0)
    report = RowReport(
        key, said.label, number, said.colour, line, (0, len(line)), known_by(state), checked, shown(findings, mends),
        state.kind or "", ground.below.course if ground.below else None, mends,
    )  # fmt: skip
    state = replace(state, spent=(state.spent[0] + checked.cost, state.spent[1] + mending))
    after = stood_on(state, report, ground.inner)
    if checked.made is None and report.verdict == "ok" and ground.below is None:
        after = replace(state, opening=checked.items, before=NOT_SAID, known=True, below=None)
    stood = ground.below.size // 2 if ground.below else 0
    grew = checked.made is not None and 0 < stood < len(checked.made.course.stitches)
    items = mends[0].checked.items if mends else checked.items
    one = Written(number, items, said.rounds, grew, ground.known and ground.below is None, opening=opened,
                  said=checked.declared or checked.meant)  # fmt: skip
    rounds = (*state.deeper[1 - MOST_DEEP :], (number, after.below)) if after.known and after.below else ()
    begins = ground.below is None and ground.known and number == 1 and after.known and after.below is not None
    if begins and after.below is not None and not after.below.course.closed:
        after = replace(after, first=after.below.course)
    after = replace(after, written=(*after.written[-MOST_WRITTEN:], one), deeper=rounds)
    if not checked.sized:
        report = replace(report, checked=replace(checked, made=None), stood=None)
    for ref, done in checked.again if turn[0] == turn[1] - 1 else ():
        after, told = _gone_on(after, ref, done)
        report = replace(report, findings=(*report.findings, *told))
    return after, report


def _checked(state: State, line: str, said: sheet.RowLine, ground: Ground) -> tuple[State, Ground, Checked]:
    """The row's check, and what it is found to stand on."""
    if len(line) > LONGEST_ROW:
        return state, ground, _too_large(line, "The row is too long.")
    if state.spent[0] > MOST_WORK:
        says = "So much comes before it that it is not worked out any more: check this part on its own."
        return state, ground, _too_large(line, says)
    checked = check_row(line, said.at, ground, state.terms, said.colour)
    if state.unsized and ground.below is not None:
        return state, ground, _on_some_edge(state, line, said, ground, ground.below, checked)
    state, ground, checked = on_another(state, line, said.at, ground, said.colour, checked)
    if any(one.id == "foundation-short" for one in checked.findings):
        checked = chains_needed(line, said.at, ground, state.terms, checked)
    if state.piece > 1 and any(one.id == "bad-reference" for one in checked.findings):
        elsewhere = (
            replace(one, id="not-understood") if one.id == "bad-reference" else one for one in checked.findings
        )
        checked = replace(checked, findings=tuple(elsewhere))  # the row that is meant may be of another piece
    by_count = state.anchor == "declared" and (
        checked.declared is None or any(one.id in ("no-such-space", "kind-mismatch") for one in checked.findings)
    )
    if (state.guessed or by_count) and checked.verdict == "error":
        checked = _unsure(checked, line, said.at)
    if state.guessed and state.anchor == "computed" and checked.verdict == "ok" and checked.declared is None:
        says = "Not all of the rows below was understood. This row fits what was read of them."
        told = Finding("ground-in-part", says, (said.at, len(line.rstrip())))
        checked = replace(checked, findings=(*checked.findings, told))
    if state.strict:
        wrong = blamed([replace(one, doubt=False) for one in checked.findings])
        checked, state = replace(checked, findings=tuple(wrong)), replace(state, strict=False)
    if checked.counted - state.counted or checked.uncounted - state.uncounted:
        state = replace(state, counted=state.counted | checked.counted, uncounted=state.uncounted | checked.uncounted)
    return state, ground, checked


def _on_some_edge(
    state: State, line: str, said: sheet.RowLine, ground: Ground, below: Fabric, checked: Checked
) -> Checked:
    """The check of a row on an edge of any number of stitches."""

    def on(edge: Fabric) -> Checked:
        return check_row(line, said.at, replace(ground, below=edge), state.terms, said.colour)

    fits = unsized.again(below, on, checked)
    return fits or (checked if checked.verdict == "unchecked" else _unsure(checked, line, said.at))


def _unsure(checked: Checked, line: str, body: int) -> Checked:
    """An error on what the row below may be only is none."""
    says = "It is not sure what the row below leaves to work into, and this row does not fit it."
    return replace(checked, findings=(Finding("state-unknown", says, (body, len(line.rstrip()))),))


def _too_large(line: str, says: str) -> Checked:
    return Checked(None, None, (Finding("too-large", says, (0, len(line))),))


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
            before=NOT_SAID, written=(), deeper=(), free=False, first=None, unsized=False,
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
