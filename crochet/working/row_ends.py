"""Row ends: what of the row below nothing was worked into, where rows turn.

Stitches passed on the way to a space are not left. What is left at the end is shaping, if the row says so or counts so.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from crochet.findings import Finding
from crochet.grammar.pattern import Span
from crochet.working.leftovers import never_used, of_other_groups
from crochet.working.machine import Machine
from crochet.working.run import Run

_HALF_A_ROW = 4  # stitches; a fifth of a row or more that is left where it turns is a shoulder or a strap, and no slip


def left(run: Run, span: Span, counted: bool, turned: bool = False) -> list[Finding]:
    """Places left. `counted`: the row makes as many stitches as it declares; `turned`: it says where it turns."""
    machine = run.machine
    below = machine.below
    if below is None or not below.size:
        return []
    used = sorted(machine.used)
    found: list[Finding] = []
    said = "ch" if below.foundation else "sts"
    end = used[-1] if used else -1
    after = [place for place in range(0, below.size, 2) if place > end]
    if len(after) > run.kept and not machine.leaves and end % 2 == 0:
        n = len(after)
        if run.around and n < run.around[0]:
            takes, had, where = run.around
            says = f"A pass takes {takes} {said}; {had} {'leaves' if had == 1 else 'leave'} {n}."
            found.append(Finding("repeat-does-not-fit", says, where))
        elif turned and n >= _HALF_A_ROW and 10 * n >= below.size and not below.foundation:
            says = f"{n} of {below.size // 2} {said} at the end {_are(n)} left, as the row turns before them."
            found.append(Finding("skip-past-end", says, span))
        elif counted and not below.foundation:
            says = f"{n} of {below.size // 2} {said} at the end {_are(n)} left, as the count says."
            found.append(Finding("skip-past-end", says, span))
        else:
            found.append(Finding("unworked", f"{n} of {below.size // 2} {said} {_are(n)} left.", span))
    feet = {2 * one.foot.index for one in machine.out if one.foot.place == "st"}
    feet -= {2 * one.foot.index for one, chains in zip(machine.out, machine.gaps, strict=False) if chains}
    between = ((a, b) for a, b in pairwise(used) if a % 2 == b % 2 == 0 and a in feet and b in feet)
    passed = sum(b - a - 2 for a, b in between) // 2  # what stands between two groups that are done is passed by
    if passed:
        found.append(Finding("unworked", f"{passed} of {below.size // 2} {said} {_are(passed)} left.", span))
    return found + _spaces(machine, end if machine.leaves or (after and counted) else below.size, span, counted)


def _bridged(machine: Machine) -> set[int]:
    """The spaces each under a chain as long: `ch 2, dc in next dc` in a mesh leaves the space below as it is."""
    assert machine.below is not None
    gaps, found = machine.below.course.gaps, set()
    at = [2 * one.foot.index + (one.foot.place != "st") for one in machine.out]
    for a, b, chains in zip(at, at[1:], machine.gaps, strict=False):
        under = [i for i in range(a // 2 + a % 2, b // 2) if gaps[i].chains] if chains else []
        if len(under) == 1 and gaps[under[0]].chains <= chains:
            found.add(2 * under[0] + 1)
    return found


def _spaces(machine: Machine, end: int, span: Span, counted: bool) -> list[Finding]:
    """Of a class of spaces that is worked into, all are."""
    below = machine.below
    assert below is not None
    unused: Counter[tuple[str, int]] = Counter()
    passed: dict[tuple[str, int], list[int]] = {}
    bridged, inner = _bridged(machine), below.inner_bounds()
    for i in range(below.size // 2 - 1):
        what, place = below.class_of(2 * i + 1), 2 * i + 1
        outer = what[0] == "gap" and i not in inner
        if not outer and place not in machine.used and place not in bridged and place <= end:
            unused[what] += 1
            passed.setdefault(what, []).append(place)
    found: list[Finding] = []
    for what, n in unused.items():
        name = "gap between groups" if what[0] == "gap" else f"ch-{what[1]} sp"
        if what in machine.touched and what[0] == "sp" and of_other_groups(machine, passed[what]):
            continue
        if what in machine.touched:
            found.append(Finding("unworked-space", never_used(name, n), span, doubt=counted))
        elif what[0] != "gap" and not any(kind == "sp" for kind, _ in machine.touched):
            found.append(Finding("space-ignored", f"The {name}s of the row below are passed over.", span))
    return found


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
