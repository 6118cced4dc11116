"""Things: what a row is said to make by a name that nobody explains, `7 open mesh`, `6 picot shells`.

What it makes so many of is taken for it: stitches, spaces, groups, passes of a repeat, parts that are alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crochet.findings import Finding
from crochet.grammar.pattern import Things
from crochet.working.judge import Made
from crochet.working.sorts import comes_round


def assumed(said: Things, made: Made, sums: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """What is taken for each, or that nothing is. `sums`: (stitches, passes) of each of the row's items."""
    some = set(_numbers(made, sums))
    for name, n in said.counts:
        if n > 1 and n not in some and not comes_round(made.course, n):
            yield Finding("not-understood", f"Nothing says what “{name}” is here.", said.span)
            return
    names = " and ".join(f"“{name}”" for name, _ in said.counts)
    yield Finding("thing-assumed", f"Nothing says what {names} is: taken for what the row makes so many of.", said.span)


def _numbers(made: Made, sums: Sequence[tuple[int, int]]) -> Iterator[int]:
    course = made.course
    yield len(course.stitches)
    yield from course.counts().values()
    yield from course.spaces().values()
    yield sum(course.spaces().values())
    yield sum(gap.chains > 0 for gap in course.gaps)
    yield course.corners()
    yield len(made.groups)
    yield sum(size > 1 for size in made.groups)
    before = 0
    for stitches, passes in sums:
        yield passes + (before == stitches)  # the first may be written out
        before += stitches * passes
