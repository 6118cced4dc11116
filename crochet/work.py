"""Work: rows worked one after another, each on the one before.

`step` takes one body line of a sheet and gives the next state and a report; `check` does a whole text. The state is
immutable: a writer may keep it and try another line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crochet import seams, sheet, terms
from crochet.arranged import arranged
from crochet.fabric import Course
from crochet.findings import Edit, Finding, worst
from crochet.findings import verdict as verdict_of
from crochet.fixes import applied, fixes
from crochet.machine import Fabric
from crochet.outline import outline
from crochet.pattern import Declared, Span
from crochet.rows import Checked, Ground, check_row

LONGEST = 256_000
LONGEST_ROW = 20_000
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """Where a pattern stands: its piece, the last row's number, and what the next row stands on."""

    terms: str = "us"
    layout: tuple[int, int] | None = None
    piece: int = 0
    kind: str | None = None
    name: str | None = None
    number: int = 0
    rows: int = 0
    below: Fabric | None = None
    known: bool = True
    anchor: str = "computed"
    joined: bool = False
    counted: frozenset[int] = frozenset()
    others: tuple[tuple[Fabric, str], ...] = ()  # what else the row below may be, after an error, and how it is known


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row, checked. Spans are offsets in the line that was given."""

    key: str
    label: str
    number: int | None
    colour: str | None
    text: str
    span: Span
    anchor: str
    checked: Checked
    findings: tuple[Finding, ...]
    kind: str = "rounds"

    @property
    def verdict(self) -> str:
        return verdict_of(self.findings)

    @property
    def course(self) -> Course | None:
        """The finished row; None: it could not be worked to its end."""
        return self.checked.made.course if self.checked.made else None

    def row(self, at: int = 0) -> Json:
        """The row object of the report, in a text in which the line begins at `at`."""
        made, said = self.checked.made, self.checked.declared
        return {
            "key": self.key,
            "label": self.label,
            "number": self.number,
            "colour": self.colour,
            "text": self.text,
            "span": [self.span[0] + at, self.span[1] + at],
            "verdict": self.verdict,
            "anchor": self.anchor,
            "counts": made.course.counts() if made else None,
            "stitches": len(made.course.stitches) if made else None,
            "spaces": _spaces(made.course.spaces()) if made else None,
            "corners": made.course.corners() if made else None,
            "per_side": list(made.per_side) if made else None,
            "groups": len(made.groups) if made else None,
            "declared": _declared(said, at) if said else None,
            "findings": [finding.moved(at).row() for finding in self.findings],
        }


def _spaces(spaces: Mapping[int, int]) -> dict[str, int]:
    return {str(chains): n for chains, n in sorted(spaces.items())}


def _declared(said: Declared, at: int) -> Json:
    return {
        "counts": dict(said.counts),
        "stitches": said.stitches,
        "spaces": _spaces(dict(said.spaces)),
        "corners": said.corners,
        "per_side": said.per_side,
        "groups": said.groups[0] if said.groups else None,
        "span": [said.span[0] + at, said.span[1] + at],
    }


def begin(terms: str = "us", layout: tuple[int, int] | None = None) -> State:
    """Before the first row. `layout`: (rows, columns) of pieces that a border goes around."""
    return State("uk" if terms.lower() == "uk" else "us", (layout[0], layout[1]) if layout else None)


def step(state: State, line: str) -> tuple[State, RowReport]:
    """One body line of a sheet: `Piece:`, a row, `Joining`, `Border Rnd`, `Finishing`. Never raises on any text."""
    state, reports = steps(state, line)
    return state, max(reports, key=lambda one: ("ok", "unchecked", "error").index(one.verdict))


def steps(state: State, line: str) -> tuple[State, list[RowReport]]:
    """The same, with a report for each row of `Rnds 4-8`."""
    said = sheet.read_line(line)
    if isinstance(said, sheet.PieceLine):
        after = replace(state, kind=None, name=said.name or None)
        return after, [_plain(state, line, "Piece", ())]
    if isinstance(said, sheet.TextLine):
        return _text_line(state, line, said)
    if isinstance(said, sheet.RowLine):
        reports: list[RowReport] = []
        for number in range(said.number, max(said.number, said.to) + 1):
            state, report = _row_line(state, line, said, number)
            reports.append(report)
        return state, reports
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


def _row_line(state: State, line: str, said: sheet.RowLine, number: int) -> tuple[State, RowReport]:
    state, found = _entered(state, said, number, len(line))
    key = f"p{state.piece}/r{state.rows}"
    ground = Ground(state.below, state.known, state.counted)
    body = said.at
    if len(line) > LONGEST_ROW:
        checked = Checked(None, None, (Finding("too-large", "The row is too long.", (0, len(line))),))
    else:
        checked = check_row(line, body, ground, state.terms, said.colour)
        state, ground, checked = _on_another(state, line, body, ground, said.colour, checked)
        if checked.counted - state.counted:
            state = replace(state, counted=state.counted | checked.counted)
    laid = not any(one.id == "layout-unknown" for one in found)
    findings = (*found, *checked.findings) if laid else found
    if state.known:
        findings = _mended(line, body, ground, state.terms, said.colour, checked, findings)
    report = RowReport(
        key, said.label, number, said.colour, line, (0, len(line)), _anchor(state), checked, findings, state.kind or ""
    )
    return _after(state, line, body, said.colour, report), report


def _on_another(
    state: State, line: str, body: int, ground: Ground, colour: str | None, checked: Checked
) -> tuple[State, Ground, Checked]:
    """After an error the row is tried on all that the row below may be; the first on which it is ok is taken."""
    for below, anchor in state.others if checked.verdict != "ok" else ():
        another = replace(ground, below=below, known=True)
        again = check_row(line, body, another, state.terms, colour)
        if again.verdict == "ok":
            return replace(state, below=below, known=True, anchor=anchor), another, again
    return state, ground, checked


def _anchor(state: State) -> str:
    return state.anchor if state.known else "none"


def _mended(
    line: str,
    body: int,
    ground: Ground,
    terms: str,
    colour: str | None,
    checked: Checked,
    findings: tuple[Finding, ...],
) -> tuple[Finding, ...]:
    """The findings with the fixes of the row at its first error."""
    first = next((i for i, one in enumerate(findings) if one.severity == "error"), None)
    if first is None or checked.verdict != "error" or any(one.severity == "unchecked" for one in findings):
        return findings
    offered = fixes(line, body, ground, terms, colour, checked)
    return tuple(replace(one, fixes=offered) if i == first else one for i, one in enumerate(findings))


def _entered(state: State, said: sheet.RowLine, number: int, end: int) -> tuple[State, tuple[Finding, ...]]:
    """The state within the row's piece, begun if need be, and what is wrong with the row's place in it."""
    border = sheet.is_border(said)
    kind = "border" if border else "rounds" if said.rounds else "rows"
    if border and state.kind != "border":
        return _border(state, said, number, end)
    if not border and (state.kind not in ("rounds", "rows") or (number == 1 and state.number >= 1)):
        fresh = replace(
            state, piece=state.piece + 1, kind=kind, number=number, rows=1, below=None, known=True, anchor="computed",
            name=state.name if state.kind is None else None,
        )  # fmt: skip
        return fresh, ()
    wrong: tuple[Finding, ...] = ()
    if number != state.number + 1:
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
    fresh = replace(
        state, piece=state.piece + 1, kind="border", number=number, rows=1, below=below, known=known,
        anchor=state.anchor, name="Border",
    )  # fmt: skip
    if number != 1 and not found:
        found = (Finding("bad-reference", f"{said.label} comes first.", (0, min(end, len(said.label)))),)
    return fresh, found


def _after(state: State, line: str, body: int, colour: str | None, report: RowReport) -> State:
    """What the next row stands on: this one, else its fixed text, else what it declares (notation.md, section 3)."""
    checked = report.checked
    state = replace(state, others=())
    if report.verdict == "ok" and checked.made:
        return replace(state, below=checked.made.fabric, known=True, anchor="computed")
    may_be: list[tuple[Fabric, str]] = []
    for fix in (fix for one in report.findings for fix in one.fixes):
        again = check_row(
            applied(line, fix.edits), body, Ground(state.below, state.known, state.counted), state.terms, colour
        )
        if again.made and again.verdict == "ok":
            may_be.append((again.made.fabric, "fixed"))
    if checked.declared and (fabric := arranged(checked.declared, state.below)):
        may_be.append((fabric, "declared"))
    if not may_be:
        return replace(state, below=None, known=False, anchor="none")
    (below, anchor), others = may_be[0], tuple(may_be[1:])
    return replace(state, below=below, known=True, anchor=anchor, others=others)


# -- a whole text


@dataclass(slots=True)
class _Piece:
    key: str
    name: str | None
    make: int
    rows: list[Json] = field(default_factory=list)


def check(text: str, terms: str = "auto", file: str | None = None) -> Json:
    """The report of notation.md section 5 over a whole text. Never raises on any text."""
    if len(text) > LONGEST:
        wrong = Finding("too-large", f"More than {LONGEST:,} characters.", (0, len(text)))
        return _report(file, "us", None, [wrong], [])
    lines = _logical(text)
    heads = [line for line, _ in lines if isinstance(sheet.read_line(line), sheet.Head)]
    layout = _layout(heads)
    read, found = _terms(text, terms, heads)
    state = begin(read, layout)
    pieces: list[_Piece] = []
    for line, at in lines:
        said = sheet.read_line(line)
        if isinstance(said, sheet.Unknown) and terms_of_craft(line) and pieces:
            found.append(Finding("not-understood", f"“{line.strip()[:60]}” was not read.", (at, at + len(line))))
        if isinstance(said, sheet.Head | sheet.End | sheet.Unknown):
            continue
        state, reports = steps(state, line)
        if isinstance(said, sheet.PieceLine):
            continue
        key = f"p{state.piece}"
        if not pieces or pieces[-1].key != key:
            many = layout[0] * layout[1] if layout and state.kind in ("rounds", "rows") else 1
            name = said.label if isinstance(said, sheet.TextLine) else state.name
            pieces.append(_Piece(key, name, many))
        pieces[-1].rows += [report.row(at) for report in reports]
    return _report(file, read, layout, found, pieces)


def terms_of_craft(line: str) -> bool:
    """The line speaks of stitches, so it is not a heading or a remark to be passed over."""
    return terms.names_stitches(line)


def _layout(heads: Sequence[str]) -> tuple[int, int] | None:
    if not any(line.strip().lower().startswith("layout") for line in heads):
        return None
    laid = sheet.heading(heads)[0].layout
    return laid.rows, laid.columns


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


def _logical(text: str) -> list[tuple[str, int]]:
    """(line, where it begins): a row runs on over lines that begin nothing, up to a blank one."""
    found: list[tuple[str, int]] = []
    at, runs_on = 0, False
    for raw in text.split("\n"):
        line = raw.rstrip("\r")
        if not line.strip():
            runs_on = False
        else:
            said = sheet.read_line(line)
            if isinstance(said, sheet.Unknown) and runs_on:
                _, begun = found[-1]
                found[-1] = (text[begun : at + len(line)], begun)
            else:
                runs_on = isinstance(said, sheet.RowLine)
                found.append((line, at))
        at += len(raw) + 1
    return found


def _report(
    file: str | None, read: str, layout: tuple[int, int] | None, found: Sequence[Finding], pieces: Sequence[_Piece]
) -> Json:
    rows = [row for piece in pieces for row in piece.rows]
    verdicts = [row["verdict"] for row in rows]
    own = verdict_of(found)
    return {
        "report": 1,
        "file": file,
        "verdict": worst([*verdicts, own]) if rows else "unchecked",
        "terms": read,
        "layout": list(layout) if layout else None,
        "summary": {"rows": len(rows)} | {one: verdicts.count(one) for one in ("ok", "error", "unchecked")},
        "findings": [one.row() for one in found],
        "pieces": [
            {
                "key": piece.key,
                "name": piece.name,
                "make": piece.make,
                "verdict": worst(row["verdict"] for row in piece.rows),
                "rows": piece.rows,
            }
            for piece in pieces
        ],
    }


def apply(text: str, edits: Iterable[Edit | Mapping[str, Any]]) -> str:
    """The text with a fix's edits made: those of a finding, or as they stand in a report."""
    made = tuple(
        one if isinstance(one, Edit) else Edit((int(one["span"][0]), int(one["span"][1])), str(one["new"]))
        for one in edits
    )
    return applied(text, made)
