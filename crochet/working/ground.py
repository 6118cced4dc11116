"""Ground: what a row stands on, and what its check says of it."""

from __future__ import annotations

from dataclasses import dataclass

from crochet.findings import Finding, Fix, verdict
from crochet.grammar.pattern import (
    Declared,
    Item,
    Ref,
)
from crochet.grammar.vocabulary import NONE, Definitions
from crochet.working.again import Written
from crochet.working.deeper import Rounds
from crochet.working.judge import Made
from crochet.working.places import Fabric
from crochet.working.turning import NOT_SAID, Ending


@dataclass(frozen=True, slots=True)
class Ground:
    """What a row stands on. `known`: False after a row that was not understood; `below`: None: nothing yet."""

    below: Fabric | None = None
    known: bool = True
    counted: frozenset[int] = frozenset()  # starting chains that an earlier row said to count
    opening: tuple[Item, ...] = ()  # what stands before the first row: `Ch 4, join to form ring.`
    rounds: bool = True  # the label says so
    before: Ending = NOT_SAID  # how the row before ended
    written: tuple[Written, ...] = ()  # the rows of the piece before this one
    turn: int = 0  # which of the rows of `Rows 5-20` it is
    single: bool = True  # it is the only row of its label
    inner: bool = False  # others of its label follow it
    not_counted: frozenset[int] = frozenset()  # starting chains that the notes say not to count
    uncounted: frozenset[int] = frozenset()  # starting chains that an earlier row said not to count
    names: Definitions = NONE  # the pattern's own stitches
    deeper: Rounds = ()  # the rounds before this one, the last of them the one below
    number: int = 0  # the row's own
    pieces: tuple[tuple[str, tuple[Written, ...]], ...] = ()  # the rows of the pieces before this one
    spare: int = 0  # foundation chains more than the pattern says, to see how many it takes


@dataclass(frozen=True, slots=True)
class Checked:
    """A row checked: what it made (None: not worked to the end), what it declares, what was found."""

    made: Made | None
    declared: Declared | None
    findings: tuple[Finding, ...]
    counted: frozenset[int] = frozenset()  # the starting chains of which the row says that they count
    uncounted: frozenset[int] = frozenset()  # and those of which it says that they do not
    ending: Ending = NOT_SAID
    others: tuple[Fabric, ...] = ()  # what else it may have made, where another reading is as good
    items: tuple[Item, ...] = ()  # what is worked where another row is worked as this one
    again: tuple[tuple[Ref, int], ...] = ()  # rows worked again after it, and how many of them it was itself
    meant: Declared | None = None  # what the row declares that it is worked as
    sized: bool = True  # how many stitches it makes is told; else it is one such number
    cost: int = 0  # what it took: letters read, places looked at, stitches made

    @property
    def verdict(self) -> str:
        return verdict(self.findings)


@dataclass(frozen=True, slots=True)
class Mend:
    """A change after which a row is ok, and the row as it then is."""

    fix: Fix
    checked: Checked
