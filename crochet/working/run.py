"""Run: one row being worked, and what is kept of it on the way."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crochet.grammar.pattern import Item, Span
from crochet.working.hook import Hook
from crochet.working.readings import Reading


@dataclass(slots=True)
class Run(Hook):
    """A row on the machine: how its words are read, the findings so far, the sums for the arithmetic in words.

    `works` works a list of items, so that repeats and groups can have their own worked.
    """

    works: Callable[[Run, Sequence[Item], int | None, bool], None] = field(kw_only=True)
    reading: Reading = field(default_factory=Reading)
    main: str = "sc"  # the stitch the row is made of
    sums: list[tuple[int, int]] = field(default_factory=list)
    started: bool = False
    joined: bool = False
    start_chain: int = 0
    steps: int = 0
    skipped: int = 0  # how many places the last skip passed over
    kept: int = 0  # `to last 2 sts`: so many may be left
    around: tuple[int, int, Span] | None = None  # stitches that a pass takes, that there were, and the words
    phrases: list[tuple[int, Span]] = field(default_factory=list)  # (first stitch, the words that made it and more)
    chained: list[tuple[int, Span]] = field(default_factory=list)  # (stitches before, the words of the chains there)

    def work(self, items: Sequence[Item], place: int | None = None, inside: bool = False) -> None:
        """Work these items: all into one place, if they are `inside` a group."""
        self.works(self, items, place, inside)

    def where(self, i: int, chains: bool) -> Span:
        """The words that made stitch `i`, or the chains behind it; where there are none, those it stands by."""
        said = self.chained if chains else self.phrases
        at = bisect_right(said, i + chains, key=lambda one: one[0]) - 1
        if chains and (at < 0 or said[at][0] != i + 1):
            return self.where(i, False)
        return said[at][1] if at >= 0 else (0, 0)

    @staticmethod
    def note(said: list[tuple[int, Span]], before: int, span: Span) -> None:
        """Keep the words that what comes now is told by."""
        while said and said[-1][0] >= before:
            said.pop()
        said.append((before, span))
