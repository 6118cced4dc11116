"""Anchors: what a row stands on after one that does not add up or was not understood, and what would mend that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crochet.craft.stitches import START, dearest
from crochet.findings import Finding, verdict
from crochet.grammar.pattern import Aside, Chain, Make, walked
from crochet.working.arranged import arranged
from crochet.working.fixes import MOST_FIXES, fixes
from crochet.working.ground import Checked, Ground, Mend
from crochet.working.judge import disagreements
from crochet.working.places import Fabric
from crochet.working.report import RowReport
from crochet.working.rings import heart
from crochet.working.rows import check_row
from crochet.working.state import State


def on_another(
    state: State, line: str, body: int, ground: Ground, colour: str | None, checked: Checked
) -> tuple[State, Ground, Checked]:
    """After an error the row is tried on all that the row below may be; the first on which it is ok is taken."""
    if checked.verdict == "ok" or not state.others:
        return state, ground, checked
    cost = checked.cost
    for below, anchor in state.others:
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
) -> tuple[tuple[Mend, ...], int]:
    """What would mend the row, and what it cost to find."""
    if checked.verdict != "error" or verdict(findings) != "error":
        return (), 0
    if any(one.severity == "unchecked" for one in findings):
        return (), 0
    return fixes(line, body, ground, terms, colour, checked)


def shown(findings: tuple[Finding, ...], mends: Sequence[Mend]) -> tuple[Finding, ...]:
    """The findings of a row, with the first changes that mend it at its first error."""
    first = next((i for i, one in enumerate(findings) if one.severity == "error"), None)
    offered = tuple(one.fix for one in mends[:MOST_FIXES])
    return tuple(replace(one, fixes=offered) if i == first else one for i, one in enumerate(findings))


def stood_on(state: State, report: RowReport, inner: bool = False) -> State:
    """What the next row stands on: this one, else its fixed text, else what it declares.

    `inner`: the next is told by the same words, so that its count says nothing of this one.
    """
    checked = report.checked
    if report.verdict == "ok" and checked.made:
        others = tuple((fabric, "computed") for fabric in checked.others)
        unsure = state.guessed and checked.declared is None  # a count that is met confirms what it stands on
        unsure = unsure or (report.stood is None and heart(checked.items))
        return replace(
            state, below=checked.made.fabric, known=True, anchor="computed", others=others, before=checked.ending,
            guessed=unsure, unsized=not checked.sized,
        )  # fmt: skip
    state = replace(state, others=(), before=checked.ending, guessed=False, unsized=False)
    may_be: list[tuple[Fabric, str]] = []
    for made in (one.checked.made for one in report.mends):
        if made and all(made.course != fabric.course for fabric, _ in may_be):
            may_be.append((made.fabric, "fixed"))
    unread = report.verdict == "unchecked"
    said = checked.declared or (checked.meant if unread else None)
    if inner and may_be:
        said = None
    if said and (fabric := _as_declared(state, replace(checked, declared=said))):
        if unread and checked.made and not disagreements(checked.made, said, [], state.terms):
            fabric = checked.made.fabric  # whatever was not understood, it makes what it says
        may_be.append((fabric, "declared"))
        state = replace(state, spent=(state.spent[0] + fabric.size, state.spent[1]))
    if checked.made and any("declared-mismatch" in (one.id, *one.also) for one in report.findings):
        may_be.append((checked.made.fabric, "computed"))  # perhaps only the count is wrong
        may_be += [(fabric, "computed") for fabric in checked.others]
    if unread and checked.made and not may_be:
        may_be.append((checked.made.fabric, "computed"))  # as far as it was read: what fits that is right
    if not may_be:
        return replace(state, below=None, known=False, anchor="none")
    (below, anchor), others = may_be[0], tuple(may_be[1:])
    guessed = unread or not (anchor == "fixed" or _plain(below))
    return replace(state, below=below, known=True, anchor=anchor, others=others, guessed=guessed)


def _plain(fabric: Fabric) -> bool:
    """Nothing but stitches, one beside the other: known by its count."""
    return not any(gap.chains or gap.corner for gap in fabric.course.gaps)


def _as_declared(state: State, checked: Checked) -> Fabric | None:
    """The fabric that a row's count describes."""
    assert checked.declared is not None
    closed = state.below.course.closed if state.below else state.kind != "rows"
    kinds = [one.kind for one in walked(checked.items) if isinstance(one, Make) and one.kind in START]
    chains = {one.n for one in walked(checked.items[1:]) if isinstance(one, Chain)}
    every = chains.pop() if len(chains) == 1 else 0
    fabric = arranged(checked.declared, state.below, closed, dearest(kinds) or "sc", every)
    return fabric if fabric is None or closed or not _starts_with_a_stitch(state, checked) else _with_start(fabric)


def _starts_with_a_stitch(state: State, checked: Checked) -> bool:
    """The chain that the row starts with is its first stitch, so that the next row ends in its top."""
    first = next((one for one in checked.items if not isinstance(one, Aside)), None)
    if isinstance(first, Make) and first.kind == "sl st":  # past those along the edge
        first = next((one for one in checked.items if isinstance(one, Chain)), None)
    if not isinstance(first, Chain) or first.n in state.not_counted:
        return False
    return bool(first.counts) or (first.counts is None and (first.n in state.counted or first.n > 2))


def _with_start(fabric: Fabric) -> Fabric:
    stitches = fabric.course.stitches
    begun = (replace(stitches[0], chain=True), *stitches[1:])
    return Fabric(replace(fabric.course, stitches=begun), fabric.centres, fabric.joints)
