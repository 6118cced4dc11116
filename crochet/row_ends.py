"""Row ends: what of the row below nothing was worked into, where rows turn.

Stitches passed on the way to a space are not left. What is left at the end is shaping, if the row says so or counts so.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from crochet.findings import Finding
from crochet.machine import Machine
from crochet.pattern import Span


def left(machine: Machine, span: Span, counted: bool) -> list[Finding]:
    """Places left. `counted`: the row makes as many stitches as it declares."""
    below = machine.below
    if below is None or not below.size:
        return []
    used = sorted(machine.used)
    found: list[Finding] = []
    said = "ch" if below.foundation else "sts"
    end = used[-1] if used else -1
    after = [place for place in range(0, below.size, 2) if place > end]
    if after and not machine.leaves and end % 2 == 0:
        n = len(after)
        if counted:
            says = f"{n} of {below.size // 2} {said} at the end {_are(n)} left, as the count says."
            found.append(Finding("skip-past-end", says, span))
        else:
            found.append(Finding("unworked", f"{n} of {below.size // 2} {said} {_are(n)} left.", span))
    passed = sum(b - a - 2 for a, b in pairwise(used) if a % 2 == b % 2 == 0) // 2
    if passed:
        found.append(Finding("unworked", f"{passed} of {below.size // 2} {said} {_are(passed)} left.", span))
    return found + _spaces(machine, end if machine.leaves or (after and counted) else below.size, span)


def _spaces(machine: Machine, end: int, span: Span) -> list[Finding]:
    """Of a class of spaces that is worked into, all are."""
    below = machine.below
    assert below is not None
    unused: Counter[tuple[str, int]] = Counter()
    for i in range(below.size // 2 - 1):
        what, place = machine.class_of(2 * i + 1), 2 * i + 1
        if place in machine.used or place > end or (what[0] == "gap" and i not in below.inner_bounds()):
            continue
        unused[what] += 1
    found: list[Finding] = []
    for what, n in unused.items():
        name = "gap between groups" if what[0] == "gap" else f"ch-{what[1]} sp"
        if what in machine.touched:
            says = f"A {name} is never used." if n == 1 else f"{n} {name}s are never used."
            found.append(Finding("unworked-space", says, span))
        elif what[0] != "gap" and not any(kind == "sp" for kind, _ in machine.touched):
            found.append(Finding("space-ignored", f"The {name}s of the row below are passed over.", span))
    return found


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
