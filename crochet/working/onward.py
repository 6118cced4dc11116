"""Onward: the rows that a pattern has worked again after a row, one after another, and what they leave to stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crochet.findings import Finding
from crochet.grammar.pattern import Ref, Row
from crochet.working import again
from crochet.working.again import Written
from crochet.working.ground import Checked, Ground
from crochet.working.places import Fabric
from crochet.working.rows import check_items, worked_again

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Passed:
    """The ground after the rows, how many they were (0: as many as it takes), and what the last may be else."""

    ground: Ground
    rows: int = 0
    others: tuple[Fabric, ...] = ()
    finding: Finding | None = None
    cost: int = 0


def passed(ref: Ref, done: int, ground: Ground, terms: str) -> Passed:
    """Work the rows that `ref` means, but for the first `done` of them."""
    unknown = replace(ground, below=None, known=False)
    written = again.known(ref, ground.written, ground.pieces)
    rows = written if isinstance(written, Finding) else again.targets(ref, written)
    if isinstance(rows, Finding):
        return Passed(unknown, finding=None if ref.pattern else rows)
    if ref.stitches:
        return _until_there_are(rows, ref, ground, terms)
    by_row = ref.pattern or ref.even is not None  # `work 3 rows in pat`: so many rows, and not passes of the pattern
    many = (ref.passes if by_row else len(rows) * ref.passes) or len(rows)
    if many - done > MOST_ROWS:
        wrong = Finding("too-large", f"More than {MOST_ROWS} rows worked again.", ref.span)
        return Passed(unknown, finding=wrong)
    went = Passed(unknown)
    for first in range(len(rows) if by_row else 1):  # nothing says with which row the pattern goes on
        order = [rows[(first + i) % len(rows)] for i in range(done if ref.passes else 0, many)]
        went = _worked(order, ref, ground, terms)
        if went.ground.known:
            return went
    return replace(went, finding=None) if ref.pattern else went


def _until_there_are(rows: Sequence[Written], ref: Ref, ground: Ground, terms: str) -> Passed:
    """These rows again and again until there are as many stitches as the words say; the rest of a pass may follow."""
    unknown, cost, left = replace(ground, below=None, known=False), 0, -1
    made: list[Fabric] = []
    for i in range(MOST_ROWS):
        row = rows[i % len(rows)]
        checked = check_items(Row(row.items, None), ref.span, replace(ground, rounds=row.rounds), terms, None)
        cost += checked.cost
        if checked.verdict != "ok" or checked.made is None:
            break
        ground = replace(ground, below=checked.made.fabric, before=checked.ending)
        reached = checked.made.fabric.size == 2 * ref.stitches
        if not (reached or made):
            continue
        if not reached:
            break
        made.append(checked.made.fabric)
        left = (len(rows) - 1 - i % len(rows)) if left < 0 else left - 1
        if left == 0:
            break
    if not made:
        return Passed(unknown, cost=cost)
    return Passed(replace(ground, below=made[-1], known=True), 0, tuple(made[:-1][:3]), cost=cost)


def _worked(order: Sequence[Written], ref: Ref, ground: Ground, terms: str, once: bool = False) -> Passed:
    """These rows worked one after another; `once`: they were before, on stitches of other kinds."""
    unknown = replace(ground, below=None, known=False)
    first, cost = ground.below, 0
    made: list[Fabric] = []
    for i, row in enumerate(order):
        said = ref.declared if i == len(order) - 1 else None
        on = replace(ground, rounds=row.rounds)
        checked = worked_again(Row(row.items, said), ref, row.grows, on, terms, None)
        cost += checked.cost
        if checked.verdict != "ok" or checked.made is None:
            return Passed(unknown, finding=None if ref.passes == 0 or row.grows else _misfit(checked, ref), cost=cost)
        made.append(checked.made.fabric)
        ground = replace(ground, below=made[-1], before=checked.ending)
    if ref.passes == 0:
        if first is None or not _alike(first, made[-1]):
            level = first is not None and first.size == made[-1].size and not once
            return _worked(order, ref, ground, terms, once=True) if level else Passed(unknown, cost=cost)
        return Passed(ground, 0, tuple(made[:-1][:3]), cost=cost)
    phases = (
        made[-len({row.number for row in order}) : -1] if ref.pattern else []
    )  # it may have gone on with another row of the pattern
    return Passed(ground, len(order), tuple(phases[:3]), cost=cost)


def _misfit(checked: Checked, ref: Ref) -> Finding | None:
    """What is wrong with a row that is worked again; a row that is not understood was told on itself."""
    first = next((one for one in checked.findings if one.severity == "error"), None)
    return Finding(first.id, f"Worked again: {first.message}", ref.span) if first else None


def _alike(one: Fabric, other: Fabric) -> bool:
    """A further pass changes no count."""
    return one.course.counts() == other.course.counts() and one.course.spaces() == other.course.spaces()
