"""Hook: the places a target means, found on the machine. `next`, `same`, `first`, `last`, `each`."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from crochet.craft.stitches import START
from crochet.findings import Finding
from crochet.grammar.edges import SIDE
from crochet.grammar.pattern import Span, Target, Thing, of_both
from crochet.working.machine import Machine
from crochet.working.places import is_a, is_way_of
from crochet.working.stuck import Stuck

ANY_STITCH = Thing("st", said="st")


@dataclass(slots=True)
class Hook:
    """A machine, and what is found while places are looked for on it. Finding places does not move the machine."""

    machine: Machine
    findings: list[Finding] = field(default_factory=list)
    again: bool = False  # a second pass, or a later one, of a repeat is being worked

    def tell(self, id: str, message: str, span: Span, doubt: bool = False) -> None:  # noqa: A002
        self.findings.append(Finding(id, message, span, doubt=doubt))

    def starting_place(self, target: Target) -> int:
        machine, thing = self.machine, target.things[0]
        if machine.below is None:
            raise machine.none_left(thing)
        found = machine.find(thing, -1, machine.size)
        if target.which == "last":
            places = machine.below.places(thing)
            found = places[-1] if places else None
        if found is None:
            raise machine.none_left(thing)
        self.note_kind(thing, found)
        return found

    def places(self, target: Target) -> list[int | None]:
        """The places a target means, in order; the machine's hook is not moved, but `next` of n are n places."""
        machine = self.machine
        thing = target.things[0] if target.things else ANY_STITCH
        if target.which == "ring" and machine.below is not None and thing.said.lower() == "loop":
            return self.places(Target("next", (Thing("sp", said="loop"),), span=target.span, unsaid=True))
        if target.which == "ring":
            if machine.below is not None and thing.chains:
                raise Stuck("not-understood", f"Not clear where the {thing.said} is.")
            if machine.below is not None:
                raise Stuck("no-such-space", "Asks for the ring, but this row stands on another.")
            return [None]
        if machine.below is None:
            loop = target.which == "next" and not thing.chains  # `8 sc in loop`
            if thing.cls in ("ring", "sp") and (target.which == "same" or loop):
                return [None]
            raise machine.none_left(thing)
        if target.which == "same":
            return [self._same(target, thing)]
        if thing.cls == "left":
            return list(self._left(target, thing))
        if target.unsaid and machine.moved and self._only_started() and machine.has(machine.start, thing):
            return [machine.start]
        if target.which == "each" and not target.counted:
            return list(self.each(target))
        if len(target.things) > 1 and of_both(target):
            return list(self._of_both(target))
        if self._in_the_join(thing):
            return [machine.start]
        if target.which == "first":
            found: list[int | None] = [*self._first_of(thing, target.n, target.span)]
        elif target.which == "last":
            found = list(self._last(thing, target.n))
        else:
            found = list(self._next(thing, target.n))
        if found:
            self.note_kind(thing, found[0])  # the others of its class are as it is
        return found

    def _next(self, thing: Thing, n: int) -> list[int]:
        machine = self.machine
        after = machine.following(thing)
        end = machine.free
        found = machine.in_a_row(thing, n, after, end) if n > 1 else None
        if found is not None and machine.below:
            machine.pass_group(after, found[0])
            if corner := machine.below.corner_after(found[0], found[-1]):
                raise Stuck("overrun", f"Needs {n} {thing.said}, and {corner} are left before the corner.")
            if len(found) < n:
                raise Stuck("overrun", f"Needs {n} {thing.said}, and {len(found)} are left before the start.")
            return found
        found = []
        for _ in range(min(n, machine.size + 1)):
            place = machine.next_chain(after) if thing.cls == "ch" else None
            if place is None and (place := machine.find(thing, after, end)) is not None and thing.cls == "ch":
                machine.in_chain = (place, 1)
            place = machine.last_chain() if place is None and thing.cls == "ch" else place
            if place is None:
                if found and machine.below and thing.cls == "st":
                    raise Stuck("overrun", f"Needs {n} {thing.said}, and {len(found)} are left before the start.")
                raise machine.none_left(thing)
            if found and thing.cls == "st" and (turn := self._corner_between(found[-1], place)):
                raise Stuck("overrun", f"Needs {n} {thing.said}, and {len(found)} are left before the {turn}.")
            machine.pass_group(after, place)
            found.append(place)
            after = place
        if n > machine.size + 1:
            raise Stuck("overrun", f"Needs {n} of {machine.size // 2} {thing.said}.")
        return found

    def _of_both(self, target: Target) -> list[int]:
        """`next 15 sts and ch-1 sps`: so many of the places of both, as they come."""
        machine, thing = self.machine, target.things[0]
        both = [machine.all_of(thing, machine.following(thing), machine.free) for thing in target.things]
        found = sorted({place for places in both for place in places})
        last = target.which == "last"
        if len(found) < target.n:
            raise Stuck("overrun", f"Needs {target.n} {thing.said}, and {len(found)} are left.")
        found = found[-target.n :] if last else found[: target.n]
        for one, other in pairwise(found):
            if one % 2 == other % 2 == 0 and (turn := self._corner_between(one, other)):
                raise Stuck("overrun", f"Needs {target.n} {thing.said}, and fewer are left before the {turn}.")
        return found

    def _corner_between(self, one: int, other: int) -> str | None:
        """Stitches told by number do not go past a corner space that the row works into elsewhere."""
        below = self.machine.below
        assert below is not None
        gap = below.course.gaps[one % below.size // 2]
        return "corner" if gap.corner and gap.chains and other > one else None

    def _in_the_join(self, thing: Thing) -> bool:
        """`2 tr around the htr`: the stitch that closed the row below, in the space of which this one begins."""
        below = self.machine.below
        inside = below is not None and below.course.ends_inside and self._only_started()
        return inside and thing.cls == "st" and below is not None and thing.kind in START and not below.has_kind(thing)

    def _only_started(self) -> bool:
        """Nothing stands there but the starting chain."""
        return len(self.machine.out) == 1 and self.machine.out[0].chain

    def _same(self, target: Target, thing: Thing) -> int:
        machine = self.machine
        if thing.cls == "start":
            return machine.start if machine.last is None else machine.last
        space = thing.cls in ("sp", "corner", "gap")
        if machine.last is None and not space:
            return machine.start  # the last round was joined there
        if machine.last is None or (space and machine.last % 2 == 0 and not machine.has(machine.last, thing)):
            if machine.moved or len(machine.out) > 1 or (machine.out and not machine.out[0].chain):
                if machine.last is not None and thing.cls == "sp" and not thing.chains:
                    return machine.last  # many write “same space” for the same stitch
                raise Stuck("bad-target", f"“same {thing.said}”, but the hook is not in one.")
            corner = Thing("corner", said="corner")
            place = machine.find(corner if machine.find(corner, 0, machine.size) else thing, 0, machine.size)
            if thing.cls == "sp" and not thing.chains and (place is None or not self._has_spaces()):
                return machine.start
            self.tell("start-assumed", "Nothing says how the hook gets there: the next one is meant.", target.span)
            if place is None:
                raise machine.none_left(thing)
            first = machine.out[0] if machine.out else None
            machine.again()
            machine.move(place)
            if first:
                machine.put(first.kind, place, chain=True)
            return place
        if space and not machine.has(machine.last, thing) and thing.chains:
            raise machine.none_left(thing)
        return machine.last

    def _has_spaces(self) -> bool:
        """The row below has spaces, or gaps between groups that many call so."""
        below = self.machine.below
        if below is None:
            return False
        groups = bool(below.bounds()) and any(n > 2 for _, _, n in below.runs())  # pairs are increases
        return groups or any(g.chains or g.corner for g in below.course.gaps)

    def _first(self, thing: Thing, span: Span = (0, 0)) -> int:
        machine = self.machine
        if thing.cls == "start":
            return machine.start if machine.cursor <= machine.start else machine.end
        if self.again and machine.cursor > machine.start:
            self.tell("bad-target", f"“first {thing.said}” inside a repeat: the next one is meant.", span, doubt=True)
            return machine.next(thing)
        spaces = machine.below is None or any(gap.chains for gap in machine.below.course.gaps)
        if thing.cls == "sp" and not thing.chains and not spaces:
            return machine.start  # `in same sp as sl st`, and there are no spaces
        if machine.has(machine.start, thing) and machine.out:
            if machine.cursor > machine.start and machine.below and not machine.below.course.closed:
                raise Stuck("bad-target", f"“first {thing.said}” has been worked before: “next”?")
            return machine.start if machine.cursor <= machine.start else machine.end
        place = machine.find(thing, machine.start - 1, machine.end)
        if place is None:
            raise machine.none_left(thing)
        if place <= machine.cursor:
            raise Stuck("bad-target", f"“first {thing.said}” has been worked before: “next”?")
        return place

    def _left(self, target: Target, thing: Thing) -> tuple[int, ...]:
        """Stitches that the row has skipped: of those the next so many, or each."""
        passed = self.machine.passed
        n = len(passed) if target.which == "each" and not target.counted else target.n
        if not passed or n > len(passed):
            raise self.machine.none_left(thing)
        self.machine.passed = passed[n:]
        return passed[:n]

    def _first_of(self, thing: Thing, n: int, span: Span) -> list[int]:
        first = self._first(thing, span)
        machine = self.machine
        found = [first, *machine.all_of(thing, first, machine.end)] if n > 1 else [first]
        if len(found) < n:
            raise Stuck("overrun", f"Needs {n} {thing.said}, and {len(found)} are there.")
        return found[:n]

    def _last(self, thing: Thing, n: int) -> list[int]:
        machine = self.machine
        places = machine.all_of(thing, machine.cursor, machine.free)
        if len(places) < n:
            raise machine.none_left(thing)
        machine.pass_group(machine.following(thing), places[-n])
        return places[-n:]

    def note_kind(self, thing: Thing, place: int | None) -> None:
        """A stitch named by its kind must be of that kind."""
        if thing.cls == "st" and thing.kind and place is not None and self.machine.below is not None:
            if thing.kind.startswith("?"):
                raise Stuck("dialect-mix", f"“{thing.said}” is not a stitch in these terms.")
            there = self.machine.below.kind_at(place)
            if not is_a(there, thing.kind) and not is_way_of(there, thing.kind) and self.machine.mismatched is None:
                self.machine.mismatched = (thing.kind, there)

    def each(self, target: Target) -> list[int]:
        machine = self.machine
        end = machine.free
        if isinstance(target.until, Thing) and target.left:
            kept = machine.all_of(target.until, machine.cursor, machine.end)
            if len(kept) < target.left:
                raise machine.none_left(target.until)
            end = min(end, kept[-target.left])
        elif self._to_a_side(target):
            stop = machine.find(SIDE, machine.cursor, machine.end + 1)
            end = end if stop is None else min(end, stop)
        elif isinstance(target.until, Thing):
            stop = machine.find(target.until, machine.cursor, machine.end + 1)
            if stop is None:
                raise machine.none_left(target.until)
            end = min(end, stop)
        found = sorted(
            {place for thing in target.things for place in machine.all_of(thing, machine.following(thing), end)}
        )
        if target.short:
            found = found[: -target.short]
        if not found and target.left and isinstance(target.until, Thing) and machine.out:
            return []  # `sc2tog, sc to last 2 sts, sc2tog`, worked again until none lies between
        if not found:
            raise machine.none_left(target.things[0])
        for place in (one for one in found if one % 2 == 0):
            other = any(
                one.kind and machine.below and is_a(machine.below.kind_at(place), one.kind) for one in target.things[1:]
            )
            self.note_kind(target.things[0], None if other else place)
        if machine.below is not None and any(thing.cls == "ch" for thing in target.things):
            return [place for place in found for _ in range(machine.below.chains_at(place))]
        return found

    def _to_a_side(self, target: Target) -> bool:
        """It ends where the side ends; along the edge of a piece, `across` does."""
        return target.until == SIDE or (target.until == "end" and bool(self.machine.below and self.machine.below.edged))

    def of_kind(self, thing: Thing, places: list[int]) -> list[int]:
        below = self.machine.below
        assert below is not None
        if thing.kind and thing.kind.startswith("?"):
            raise Stuck("dialect-mix", f"“{thing.said}” is not a stitch in these terms.")
        found = [place for place in places if is_a(below.kind_at(place), thing.kind or "")]
        found = found or [place for place in places if is_way_of(below.kind_at(place), thing.kind or "")]
        if not found:
            raise Stuck("kind-mismatch", f"Asks for each {thing.said}; the row below has none.")
        return found
