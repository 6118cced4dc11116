"""State: where a pattern stands between two rows. Immutable: a writer may keep it and try another line."""

from __future__ import annotations

from dataclasses import dataclass

from crochet.craft.fabric import Course
from crochet.grammar.pattern import Item
from crochet.grammar.vocabulary import NONE, Definitions
from crochet.working.again import Written
from crochet.working.deeper import Rounds
from crochet.working.ground import Ground
from crochet.working.perimeter import perimeter
from crochet.working.places import Fabric
from crochet.working.turning import NOT_SAID, Ending


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
    not_counted: frozenset[int] = frozenset()
    uncounted: frozenset[int] = frozenset()
    others: tuple[tuple[Fabric, str], ...] = ()  # what else the row below may be, after an error, and how it is known
    guessed: bool = False  # the row below was not understood, and stands for what it declares
    unsized: bool = False  # how many stitches the row below has is left to the maker: it is one such number
    strict: bool = False  # what is odd in the next row is wrong
    opening: tuple[Item, ...] = ()  # the ring or the chain made before the first row
    before: Ending = NOT_SAID  # how the last row ended
    first: Course | None = None  # the first row of a piece of rows
    deeper: Rounds = ()  # the last rounds of the piece, which later ones may be worked into
    written: tuple[Written, ...] = ()  # the rows of the piece so far, for rows that are worked as they are
    base: str = ""  # what the piece is called that the rows so far belong to
    pieces: tuple[tuple[str, tuple[Written, ...]], ...] = ()  # the rows of those before it
    free: bool = False  # rows were worked again after the last, as many as it took
    names: Definitions = NONE  # the pattern's own stitches
    spent: tuple[int, int] = (0, 0)  # places and letters gone over so far: by rows, by tries at mending them


def begin(terms: str = "us", layout: tuple[int, int] | None = None) -> State:
    """Before the first row. `layout`: (rows, columns) of pieces that a border goes around."""
    return State("uk" if terms.lower() == "uk" else "us", (layout[0], layout[1]) if layout else None)


def edges_of(state: State) -> tuple[Fabric, ...]:
    """What the edge of a piece of rows may be, if every row of it is known."""
    counted = (
        state.kind == "rows" and state.known and not (state.free or state.joined or state.guessed or state.unsized)
    )
    if not counted or state.below is None or state.first is None:
        return ()
    return perimeter(state.below, state.first, state.number)


def ground_of(state: State) -> Ground:
    return Ground(
        state.below, state.known, state.counted, before=state.before, written=state.written,
        rounds=state.kind != "rows", not_counted=state.not_counted, uncounted=state.uncounted, names=state.names,
        pieces=state.pieces, deeper=state.deeper,
    )  # fmt: skip


def known_by(state: State) -> str:
    """How the row below is known: computed, fixed, declared, or none."""
    return state.anchor if state.known else "none"
