"""Leftovers: places of the round below that nothing was worked into.

What it finds: too few passes, too few stitches of a side, a cluster dropped. What it could flag that is right: rounds
that pass over stitches by a chain, by stepping over a cluster to its space, or on purpose. So chains excuse the
stitches under them, spaces worked into excuse the clusters between, and a count that is met makes the rest a doubt,
except where the row says that it goes all the way round.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from crochet.findings import Finding
from crochet.grammar.pattern import Span
from crochet.working.machine import Machine
from crochet.working.run import Run


def leftovers(run: Run, span: Span, counted: bool, everywhere: bool) -> list[Finding]:
    """What was left, class by class. `counted`: what is declared is so; `everywhere`: the row says it goes around."""
    machine = run.machine
    below = machine.below
    if below is None or not below.size or machine.leaves:
        return []
    found: list[Finding] = []
    stitched = ("st", 0) in machine.touched
    every = [i for i in range(0, below.size, 2) if i not in machine.used] if stitched or run.skipped else []
    left = _unexcused(machine, every)
    if len(left) <= run.kept and all(
        (place - machine.start) % machine.size >= machine.size - 2 * run.kept for place in left
    ):
        left = []  # `to last 2 sts` says that they may be left
    at_end = all((place - machine.start) % machine.size >= machine.size - 2 * len(left) for place in left)
    if left and len(left) == run.skipped and at_end and run.joined:
        counted, everywhere = True, False  # `*5 dc in next sc, sk 2 sc; rep from * around`, and the last two untold
    if stitched and every:
        does_not_fit = _part_of_a_pass(run, every)
        if does_not_fit:
            found.append(replace(does_not_fit, doubt=counted))
        elif left:
            says = f"{len(left)} of {machine.size // 2} sts {_are(len(left))} left."
            found.append(Finding("unworked", says, span, places=tuple(left), doubt=counted and not everywhere))
    return found + _spaces(machine, span, counted and not everywhere)


def _part_of_a_pass(run: Run, left: Sequence[int]) -> Finding | None:
    """`around` ends where less than a pass is left, and that is not what the row did before its first pass."""
    machine = run.machine
    if run.around is None or any(
        (place - machine.start) % machine.size < machine.size - 2 * len(left) for place in left
    ):
        return None
    takes, had, where = run.around
    before = machine.size // 2 - had
    if len(left) >= takes or before >= takes or (before and before + len(left) == takes):
        return None
    says = f"A pass takes {takes} sts; {had} {'leaves' if had == 1 else 'leave'} {len(left)}."
    return Finding("repeat-does-not-fit", says, where, places=tuple(left))


def _unexcused(machine: Machine, left: list[int]) -> list[int]:
    """The stitches left that no chain lies over and that are not of a cluster stepped over to a space."""
    below = machine.below
    assert below is not None
    if not left:
        return []
    rest = set(left)
    out, chains = machine.out, machine.chains()
    first = 2 * out[0].foot.index + (out[0].foot.place != "st")
    along = sorted((place - first) % machine.size for place in left)

    def at(j: int) -> int:
        foot = out[j].foot
        return (2 * foot.index + (foot.place != "st") - first) % machine.size

    for j in (j for j, n in enumerate(chains) if n):
        a, b = at(j), at(j + 1) if j + 1 < len(out) else machine.size
        if b > a:
            over = along[bisect_left(along, a + 1) : bisect_left(along, b)]
            rest.difference_update((place + first) % machine.size for place in over)
    if rest and any(what != "st" for what, _ in machine.touched):
        starts = {2 * out[0].foot.index} if out and out[0].chain and out[0].foot.place == "st" else set()
        for run in _between_spaces(machine):
            if not any(place in machine.used and place not in starts for place in run):
                rest.difference_update(run)
    return sorted(rest)


def _between_spaces(machine: Machine) -> list[list[int]]:
    """The stitches between one space or gap and the next."""
    below = machine.below
    assert below is not None
    gaps, bounds = below.course.gaps, below.bounds()
    ends = [i for i, gap in enumerate(gaps) if gap.chains or gap.corner or i in bounds]
    if not ends:
        return [list(range(0, below.size, 2))]
    n = len(gaps)
    return [[2 * (i % n) for i in range(a + 1, b + 1)] for a, b in zip(ends, [*ends[1:], ends[0] + n], strict=True)]


def _spaces(machine: Machine, span: Span, doubt: bool) -> list[Finding]:
    """Of a class that is worked into, all places are; another that is passed over is only told."""
    below = machine.below
    assert below is not None
    kinds = {what for what, _ in machine.touched}
    unused: dict[tuple[str, int], list[int]] = {}
    for place, what in below.spaces:
        if place not in machine.used and not (what[0] == "gap" and _stitched(machine, place)):
            unused.setdefault(what, []).append(place)
    found: list[Finding] = []
    for what, at in unused.items():
        name = {"corner": "corner sp", "gap": "gap between groups", "joint": "joint"}.get(what[0], f"ch-{what[1]} sp")
        elsewhere = what[0] == "sp" and of_other_groups(machine, at)
        if (what in machine.touched or what[0] in kinds - {"sp"}) and not elsewhere:
            says = never_used(name, len(at))
            turned = what[0] == "corner" and what in machine.touched and what[1]
            one = Finding("unworked-space", says, span, doubt=doubt and not turned)
        elif what[0] != "gap":
            one = Finding("space-ignored", f"The {name}s of the row below are passed over.", span)
        else:
            continue
        found.append(replace(one, places=tuple(at)))
    return found


def never_used(name: str, n: int) -> str:
    """`A ch-2 sp is never used.`, `4 gaps between groups are never used.`"""
    many = name.replace("gap ", "gaps ") if name.startswith("gap ") else f"{name}s"
    return f"A {name} is never used." if n == 1 else f"{n} {many} are never used."


def _stitched(machine: Machine, gap: int) -> bool:
    """The stitches on either side of a gap are worked into: the row goes over it stitch by stitch."""
    return gap - 1 in machine.used and (gap + 1) % machine.size in machine.used


def of_other_groups(machine: Machine, unused: Sequence[int]) -> bool:
    """Spaces within shells are worked into, those between shells are passed over, or the other way round."""
    below = machine.below
    assert below is not None
    stitches = below.course.stitches

    def within(gap: int) -> bool:
        return stitches[gap].foot == stitches[(gap + 1) % len(stitches)].foot

    worked = {within(one.foot[1]) for one in machine.out if one.foot.place == "sp"}
    return len(worked) == 1 and {within(place // 2) for place in unused} == {not next(iter(worked))}


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
