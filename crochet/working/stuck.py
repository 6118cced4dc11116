"""Stuck: why a row cannot be worked on as it is written."""

from __future__ import annotations

from crochet.grammar.pattern import Span, Thing
from crochet.working.places import Fabric


class Stuck(Exception):
    """The row cannot be worked on as written. It becomes a finding and never leaves this room."""

    def __init__(self, id: str, message: str, span: Span = (0, 0)) -> None:  # noqa: A002
        super().__init__(message)
        self.id, self.message, self.span = id, message, span


def none_left(below: Fabric | None, thing: Thing) -> Stuck:
    """No such place is left, or none was there."""
    said = thing.said or "a place"
    if below is None and thing.cls in ("joint", "corner"):
        return Stuck("not-understood", f"Not clear where the {said} is.")
    if below is None:
        return Stuck("no-such-space", f"Asks for {_a(said)}, but this round is worked into a ring.")
    places = below.places(thing)
    if thing.cls in ("end", "left") or (thing.kind == "marked" and not places):
        return Stuck("not-understood", f"Not clear where the {said} is.")
    if not places and thing.cls in ("top", "turn"):
        return Stuck("not-understood", f"Not clear where the {said} is: no chain of the row below counts.")
    if not places and thing.cls == "corner" and not below.course.closed:
        return Stuck("layout-unknown", "Where a piece worked in rows has its corners is not worked out.")
    if not places:
        return Stuck("no-such-space", f"Asks for {_a(said)}; the row below has {_spaces(below)}.")
    return Stuck("overrun", f"Asks for one more {said} than the {len(places)} of the row below.")


def _spaces(below: Fabric) -> str:
    sizes = sorted({gap.chains for gap in below.course.gaps if gap.chains}, reverse=True)
    return " and ".join(f"ch-{n}" for n in sizes) + " sps" if sizes else "no chain spaces"


def _a(said: str) -> str:
    return said if said[:2] in ("a ", "an") else f"a {said}"
