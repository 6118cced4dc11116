"""Anchors: what a row stands on after one that does not add up or was not understood, and what would mend that."""

from __future__ import annotations

from dataclasses import replace

from crochet.craft.stitches import START, dearest
from crochet.findings import Finding
from crochet.grammar.notation import walked
from crochet.grammar.pattern import Make
from crochet.working.arranged import arranged
from crochet.working.fixes import applied, fixes
from crochet.working.ground import Checked, Ground
from crochet.working.judge import disagreements
from crochet.working.places import Fabric
from crochet.working.report import RowReport
from crochet.working.rows import check_row
from crochet.working.state import State


def on_another(
    state: State, line: str, body: int, ground: Ground, colour: str | None, checked: Checked
) -> tuple[State, Ground, Checked]:
    """After an error the row is tried on all that the row below may be; the first on which it is ok is taken."""
    cost = checked.cost
    for below, anchor in state.others if checked.verdict != "ok" else ():
        another = replace(ground, below=below, known=True)
        again = check_row(line, body, another, state.terms, colour)
        cost += again.cost
        if again.verdict == "ok":
            return replace(state, below=below, known=True, anchor=anchor), another, replace(again, cost=cost)
    return state, ground, replace(checked, cost=cost)


def mended(
    line: str,
    body: int,
    ground: Ground,
    terms: str,
    colour: str | None,
    checked: Checked,
    findings: tuple[Finding, ...],
) -> tuple[tuple[Finding, ...], int]:
    """The findings with the fixes of the row at its first error, and what it cost to find them."""
    first = next((i for i, one in enumerate(findings) if one.severity == "error"), None)
    if first is None or checked.verdict != "error" or any(one.severity == "unchecked" for one in findings):
        return findings, 0
    offered, cost = fixes(line, body, ground, terms, colour, checked)
    return tuple(replace(one, fixes=offered) if i == first else one for i, one in enumerate(findings)), cost


def stood_on(state: State, line: str, body: int, colour: str | None, report: RowReport, ground: Ground) -> State:
    """What the next row stands on: this one, else its fixed text, else what it declares."""
    checked = report.checked
    state = replace(state, others=(), before=checked.ending, guessed=False)
    if report.verdict == "ok" and checked.made:
        others = tuple((fabric, "computed") for fabric in checked.others)
        return replace(state, below=checked.made.fabric, known=True, anchor="computed", others=others)
    may_be: list[tuple[Fabric, str]] = []
    for fix in (fix for one in report.findings for fix in one.fixes):
        again = check_row(applied(line, fix.edits), body, ground, state.terms, colour)
        if again.made and again.verdict == "ok":
            may_be.append((again.made.fabric, "fixed"))
    unread = report.verdict == "unchecked"
    if checked.declared and (fabric := _as_declared(state, checked)):
        if unread and checked.made and not disagreements(checked.made, checked.declared, [], state.terms):
            fabric = checked.made.fabric  # whatever was not understood, it makes what it says
        may_be.append((fabric, "declared"))
        state = replace(state, spent=(state.spent[0] + fabric.size, state.spent[1]))
    if checked.made and any("declared-mismatch" in (one.id, *one.also) for one in report.findings):
        may_be.append((checked.made.fabric, "computed"))  # perhaps only the count is wrong
    if not may_be:
        return replace(state, below=None, known=False, anchor="none")
    (below, anchor), others = may_be[0], tuple(may_be[1:])
    return replace(state, below=below, known=True, anchor=anchor, others=others, guessed=unread)


def _as_declared(state: State, checked: Checked) -> Fabric | None:
    """The fabric that a row's count describes."""
    assert checked.declared is not None
    closed = state.below.course.closed if state.below else state.kind != "rows"
    kinds = [one.kind for one in walked(checked.items) if isinstance(one, Make) and one.kind in START]
    return arranged(checked.declared, state.below, closed, dearest(kinds) or "sc")
