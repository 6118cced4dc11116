"""Running: a row's items, worked one after another on a machine.

What cannot be worked raises `Stuck` inside; outside it is a finding. How often a repeat runs stands in `passes`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from crochet.craft.stitches import START, base
from crochet.grammar.pattern import (
    Aside,
    Chain,
    Group,
    Item,
    Join,
    Make,
    Repeat,
    Ring,
    Rules,
    Skip,
    Span,
    Target,
    Thing,
    Unread,
)
from crochet.working.hook import ANY_STITCH
from crochet.working.machine import Stuck
from crochet.working.passes import Passes

MOST_STEPS = 200_000


@dataclass(slots=True)
class Run(Passes):
    """One row being run: the machine, the findings so far, and the sum of its stitches for the arithmetic in words."""

    main: str = "sc"
    sums: list[tuple[int, int]] = field(default_factory=list)
    started: bool = False
    joined: bool = False
    start_chain: int = 0
    steps: int = 0
    phrases: list[tuple[int, Span]] = field(default_factory=list)  # (first stitch, the words that made it and more)
    chained: list[tuple[int, Span]] = field(default_factory=list)  # (stitches before, the words of the chains there)

    def where(self, i: int, chains: bool) -> Span:
        """The words that made stitch `i`, or the chains behind it; where there are none, those it stands by."""
        said = self.chained if chains else self.phrases
        at = bisect_right(said, i + chains, key=lambda one: one[0]) - 1
        if chains and (at < 0 or said[at][0] != i + 1):
            return self.where(i, False)
        return said[at][1] if at >= 0 else (0, 0)

    @staticmethod
    def _note(said: list[tuple[int, Span]], before: int, span: Span) -> None:
        while said and said[-1][0] >= before:
            said.pop()
        said.append((before, span))

    # -- a list of items

    def items(self, found: Sequence[Item], place: int | None = None, inside: bool = False, top: bool = False) -> None:
        if top and (at := self._other_side(found)) >= 0:
            self.items(found[:at], top=True)
            self.machine.edge = self.machine.limit = None
            self.items(found[at + 1 :], top=True)
            return
        held = self._held(found) if top else -1
        for i, item in enumerate(found):
            if i == held:
                self.machine.limit = None
            before = len(self.machine.out)
            rest = found[i + 1 :]
            if top and not isinstance(item, Join | Aside | Chain):
                self.around = None
            passes = self._item(item, place, inside, rest)
            made = len(self.machine.out) - before
            if top and made:
                self.sums.append((made // passes, passes) if passes > 1 and made % passes == 0 else (made, 1))

    def _other_side(self, found: Sequence[Item]) -> int:
        """Where the row goes on along the other side of its foundation chain; -1: nowhere."""
        below = self.machine.below
        if below is None or below.pivot is None or self.machine.edge is not None:
            return -1
        at = next((i for i, one in enumerate(found) if isinstance(one, Aside) and one.what == "other side"), -1)
        if at >= 0 and not self.machine.out:
            self.machine.edge = 2 * below.pivot
        return at

    def _held(self, found: Sequence[Item]) -> int:
        """The item that goes into the end of the row below, which those before it leave to it; -1: none."""
        machine = self.machine
        if machine.below is None or machine.below.course.closed:
            return -1
        if any(isinstance(item, Aside) and item.what == "other side" for item in found):
            return -1  # its last chain comes twice
        for i in range(len(found) - 1, 0, -1):
            item = found[i]
            if isinstance(item, Aside) and item.what == "leave" and 0 < item.n < machine.size // 2:
                machine.limit = machine.size - 2 * item.n
                return i
            where = item.target if isinstance(item, Make | Group) else None
            if where is not None and (where.which == "last" or where.things[0].cls in ("top", "turn")):
                places = machine.all_of(where.things[0], machine.cursor, machine.end)
                if len(places) >= where.n and not isinstance(found[i - 1], Join):
                    machine.limit = places[-where.n]
                    return i
        return -1

    def _item(self, item: Item, place: int | None, inside: bool, rest: Sequence[Item]) -> int:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Stuck("too-large", "Too many steps in one row.", item.span)
        try:
            if self.joined and not isinstance(item, Aside | Unread):
                raise Stuck("not-understood", "Comes after the join.")
            if inside and _foreign(item):
                raise Stuck("not-understood", "Does not belong into a group that is worked into one place.")
            before = len(self.machine.out)
            match item:
                case Chain():
                    self._chain(item)
                    self._note(self.chained, before, item.span)
                    self._note(self.phrases, before, item.span)
                case Make() if not inside and self._ends_spiral(item, rest):
                    self.joined = True
                case Make() if not inside and self._closes_by(item, rest):
                    self._joined_by(item.kind)
                    self.joined = True
                case Make():
                    self._make(item, place, inside)
                    self._note(self.phrases, before, item.span)
                case Group():
                    self._group(item, place, inside)
                case Repeat():
                    return self.repeat(item, place, inside, rest)
                case Rules():
                    self._rules(item)
                    self._note(self.phrases, before, item.span)
                case Join():
                    self._join(item)
                case Skip():
                    self._skip(item)
                case Aside():
                    if item.what == "last in":
                        self._last_in(item)
                    elif item.what == "leave":
                        self.machine.leaves = True
                    elif item.what == "picot":
                        self.machine.picots.append(len(self.machine.out) - 1)
                    elif item.what in ("turn", "other side"):
                        self.tell("not-understood", f"Not clear how to {item.what} here.", item.span)
                case Unread():
                    self._unread(item)
                case Ring():
                    raise Stuck("not-understood", "A ring inside a row.")
        except Stuck as stuck:
            if stuck.span == (0, 0):
                stuck.span = item.span
            raise
        return 1

    def _last_in(self, item: Aside) -> None:
        """The stitch before has gone where it is told."""
        machine, where = self.machine, item.where
        thing = where.things[0] if where else ANY_STITCH
        places = machine.all_of(thing, -1, machine.end)
        if machine.last is None or not places or machine.last != places[-1]:
            self.tell("not-understood", f"The last stitch does not go into the {thing.said}.", item.span)

    def _unread(self, item: Unread) -> None:
        words = " ".join(item.text.split())[:60]
        if item.error == "dialect-mix":
            raise Stuck("dialect-mix", f"“{words}” is not a stitch in the terms of this pattern.")
        if item.error == "dangling-marker":
            raise Stuck("dangling-marker", "A * without its “rep from *”.")
        if item.error:
            raise Stuck(item.error, item.text)
        self.tell("not-understood", f"“{words}” was not understood.", item.span)

    # -- chains, the start, joins

    def _chain(self, item: Chain) -> None:
        machine = self.machine
        if machine.out or self.started:
            machine.chain(item.n)
            return
        self.started = True
        self.start_chain = item.n
        made = item.counts if item.counts is not None else self.reading.start
        if not made:
            self.machine.selvage = 2 if item.n == 2 and self.main == "sc" else 0
            return
        kind = self.main if made[0][0] == "st" else made[0][0]
        if kind.startswith("?"):
            raise Stuck("dialect-mix", f"“{kind[1:]}” is not a stitch in the terms of this pattern.")
        if not START[base(kind)] - 1 <= item.n <= START[base(kind)] + 1 and len(made) == 1:
            self.tell("start-chain-assumed", f"A starting chain of {item.n} is odd for this stitch.", item.span)
        machine.put(kind, self._here(), chain=True)
        machine.chain(sum(n for what, n in made[1:] if what == "ch"))

    def _here(self) -> int | None:
        """Where a round starts: where the hook was moved, else on the first stitch. None: in the ring."""
        machine = self.machine
        return None if machine.below is None else machine.start

    def _join(self, item: Join) -> None:
        machine = self.machine
        if not machine.out and not item.ring:
            if machine.moved or self.started or (item.target and item.target.which in ("each", "ring", "same")):
                raise Stuck("not-understood", "This join was not understood here.")
            if item.target is not None:
                machine.move(self.starting_place(item.target))
            if item.standing:
                self.started = True
                if item.standing.startswith("?"):
                    raise Stuck("dialect-mix", f"“{item.standing[1:]}” is not a stitch in these terms.")
                machine.put(item.standing, self._here())
            return
        closes = item.top or (item.target and item.target.which == "first")
        below = machine.below
        if item.colour and not (item.target or item.standing or closes) and below and not below.course.closed:
            return  # `drop A, join B` at the end of a row
        changes = item.colour and item.target is None and not item.standing  # `join with B` at the end
        if item.ring or ((item.standing or item.colour) and not closes and not changes):
            raise Stuck("not-understood", "This join was not understood here.")
        if item.standing:
            self._joined_by(item.standing)
        self._closes(item)
        self.joined = True

    def _joined_by(self, kind: str) -> None:
        """A stitch that joins stands for as many chains as it is tall, and leaves the hook in that space."""
        if kind not in START:
            raise Stuck("dialect-mix", f"“{kind.removeprefix('?')}” is not a stitch in these terms.")
        self.machine.chain(START[kind])
        self.machine.ends_inside = True

    def _closes(self, item: Join) -> None:
        """What the join says of the start must be so."""
        first = self.machine.out[0]
        if item.top and item.top != (1, 0):
            nth, of = item.top
            if not first.chain or (of and self.start_chain and of != self.start_chain) or nth > self.start_chain:
                self.tell("join-target", "The join names another starting chain than this row has.", item.span)
        elif item.target:
            thing = item.target.things[0]
            if thing.kind and thing.kind != first.kind:
                self.tell("join-target", "The join names another stitch than this row begins with.", item.span)
            if item.target.which not in ("first", "next") or thing.cls not in ("st", "top"):
                self.tell("join-target", "The join goes somewhere else than to the first stitch.", item.span)

    # -- stitches

    def _make(self, item: Make, place: int | None, inside: bool) -> None:
        target, machine = item.target, self.machine
        if item.kind == "sl st" and self._joins(target):
            self._join(Join(item.span, top=(0, target.things[0].chains or 0) if target else None, closes=True))
            return
        if target is not None and target.which == "ring" and machine.below is not None and machine.below.foundation:
            nth = self._foundation(target)
            self._put(item.kind, item.n, 2 * (nth - 1))
            for where in self.places(item.more) if item.more else ():
                self._put(item.kind, item.n, where)
            return
        stitched = self.started and machine.below is not None and not machine.below.course.closed
        moves = item.kind == "sl st" and not machine.out and not stitched
        if moves and target is not None and target.which in ("next", "each", "first"):
            self._moves(item, target)
            return
        kind = self.main if item.kind in ("inc", "dec") else item.kind
        if item.eats > 1 and inside:  # `(dc3tog, ch 2, dc3tog) in next sp`: clusters
            self._put(f"{kind}{item.eats}tog", item.n, place)
            return
        if item.eats > 1:
            self._together(item, kind)
            return
        if target is None and inside:
            self._put(kind, item.n, place)
        elif target is None and item.kind == "inc":
            for _ in range(item.n // 2):
                self._put(kind, 2, machine.next(ANY_STITCH))
        elif target is None:
            for _ in range(item.n):
                self._put(kind, 1, None if machine.below is None else machine.next(ANY_STITCH))
        else:
            for to in (target, item.more) if item.more else (target,):
                for where in self.places(to):
                    self._put(kind, item.n, where)
                    self._spend(to, where)

    def _ends_spiral(self, item: Make, rest: Sequence[Item]) -> bool:
        """`sl st in next st` after the last stitch of a spiral: it goes on its first, and only evens out the step."""
        machine, where = self.machine, item.target
        if item.kind != "sl st" or item.n > 1 or where is None or where.which != "next" or where.counted:
            return False
        if machine.below is None or not machine.below.course.closed or where.things[0].cls != "st":
            return False
        done = machine.find(ANY_STITCH, machine.following(ANY_STITCH), machine.end) is None
        return done and bool(machine.out) and all(isinstance(one, Aside) for one in rest)

    def _closes_by(self, item: Make, rest: Sequence[Item]) -> bool:
        """`ch 2, hdc in first sc` at the end of a round: the stitch is the rest of its last loop."""
        machine, where = self.machine, item.target
        if where is None or where.which != "first" or where.things[0].cls != "st" or item.n > 1 or item.eats > 1:
            return False
        here = bool(machine.out) and machine.out[0].kind == where.things[0].kind
        kind, below = where.things[0].kind, machine.below
        loops = bool(machine.open) or (kind is not None and below is not None and below.kind_at(machine.start) != kind)
        round_ = machine.below is None or machine.below.course.closed
        return here and loops and round_ and START.get(item.kind, 0) > 0 and all(isinstance(one, Aside) for one in rest)

    def _foundation(self, target: Target) -> int:
        """The chain from the hook in which the row begins; those before it may count as what the reading says."""
        machine = self.machine
        nth = target.things[0].chains or 0
        chains = machine.below.pivot if machine.below and machine.below.pivot else machine.size // 2
        if machine.out or self.started or not nth:
            raise Stuck("not-understood", "A foundation is begun once.")
        if nth > chains:
            raise Stuck("foundation-short", f"Needs {nth} chains; {chains} are there.")
        self._pass_chains(nth - 1)
        return nth

    def _pass_chains(self, n: int) -> None:
        machine = self.machine
        for k in range(n):
            machine.use(2 * k)
        made = self.reading.start
        if made and n:
            machine.put(self.main if made[0][0] == "st" else made[0][0], 2 * (n - 1), chain=True)
            machine.chain(sum(k for what, k in made[1:] if what == "ch"))
        elif n == 3 and self.main == "sc":
            machine.selvage = 2
        self.started = True
        machine.cursor = 2 * n - 1

    def _joins(self, target: Target | None) -> bool:
        """`sl st to 3rd of 5 ch` at the end of a round."""
        machine = self.machine
        top = target is not None and target.things[0].cls == "top"
        return top and bool(machine.out) and (machine.below is None or machine.below.course.closed)

    def _put(self, kind: str, n: int, place: int | None) -> None:
        self.started = True
        if n > 20_000:
            raise Stuck("too-large", "More than 20,000 stitches.")
        for _ in range(n):
            self.machine.put(kind, place)

    def _together(self, item: Make, kind: str) -> None:
        machine = self.machine
        where = item.target.things[0] if item.target else ANY_STITCH
        for _ in range(item.n):
            for k in range(item.eats):
                if k == 0 and item.more and item.target:  # `dc2tog over same st and next st`
                    place = self.places(item.target)[0] or 0
                else:
                    thing = item.more.things[0] if item.more else where
                    place = machine.next(thing)
                    self.note_kind(thing, place)
                if k == 0:
                    self._put(f"{kind}{item.eats}tog", 1, place)
                else:
                    machine.cursor = place
                    machine.use(place)

    def _moves(self, item: Make, target: Target) -> None:
        """Slip stitches at the start: the hook stands on the first stitch and goes on from there."""
        machine = self.machine
        machine.cursor = max(machine.cursor, machine.start)
        for to in (target, *((item.more,) if item.more else ())):
            if to.which == "first" and not machine.moved:  # along the edge of a row
                machine.cursor = machine.start - 1
            elif to.which not in ("next", "each"):
                raise Stuck("not-understood", "Slip stitches go on to the next place.", to.span)
            if item.n > 1 and (item.more or to.n > 1):
                raise Stuck("not-understood", "Twice told how many.")
            for thing in (*to.things[:1] * max(to.n, item.n), *(to.things[1:] if to.counted else ())):
                place = machine.next(thing)  # `in each of next 2 dc and ch-3 sp`: the space once
                self.note_kind(thing, place)
                machine.move(place)
                machine.cursor = machine.start
        if machine.below is not None and not machine.below.course.closed:
            for passed in range(0, machine.start, 2):
                machine.use(passed)  # slip stitches along the edge of a row
        machine.cursor = machine.start - 1

    # -- each, groups, rules

    def _group(self, item: Group, place: int | None, inside: bool) -> None:
        if item.target.which == "bare":
            self._into(item, place if inside or self.machine.below is None else self.machine.next(ANY_STITCH))
            return
        below = self.machine.below
        if item.target.which == "ring" and below is not None and below.foundation:
            nth = self._foundation(item.target)
            self._into(item, 2 * (nth - 1))
            return
        for where in self.places(item.target):
            self._into(item, where)
            self._spend(item.target, where)

    def _spend(self, target: Target, place: int | None) -> None:
        """A group that was worked into by its name is done."""
        thing = target.things[0] if target.things else ANY_STITCH
        below = self.machine.below
        if thing.cls == "named" and place is not None and below is not None:
            group = below.within(thing).get(place % below.size)
            if group is not None:
                self.machine.spend(place, group, spaces=True)
        if thing.cls == "between" and place is not None and below is not None:
            self.machine.pass_by(below.beside(thing, place % below.size))

    def _into(self, item: Make | Group, place: int | None) -> None:
        if isinstance(item, Make):
            self._put(self.main if item.kind in ("inc", "dec") else item.kind, item.n, place)
            return
        starts = not self.started and not self.machine.out and isinstance(item.items[0], Chain)
        if starts and place is not None and not self.machine.moved:
            self.machine.move(place)
        if place is not None:
            self.machine.cursor = max(self.machine.cursor, place)
            self.machine.last = place
        self.started = not starts
        naming = self.machine.naming
        if item.name:
            self.machine.naming = (item.name, len(self.machine.out))
        self.items(item.items, place, inside=True)
        self.machine.naming = naming

    def _rules(self, item: Rules) -> None:
        """One way round, each place by the rule of its class, the narrowest class first."""
        machine = self.machine
        if machine.below is None:
            raise machine.none_left(item.rules[0].target.things[0] if item.rules[0].target else ANY_STITCH)
        by_place: dict[int, tuple[int, int]] = {}
        for i, rule in enumerate(item.rules):
            for thing in rule.target.things if rule.target else ():
                places = machine.all_of(thing, machine.cursor, machine.end if machine.limit is None else machine.limit)
                if thing.cls == "st" and thing.kind and places:
                    places = self.of_kind(thing, places)
                if not places and not self._needless(rule, thing):
                    raise machine.none_left(thing)
                for place in places:
                    rank = _NARROW[thing.cls] + (thing.chains is not None or thing.kind is not None)
                    if by_place.get(place, (-1, 0))[0] < rank:
                        by_place[place] = (rank, i)
        if len({i for _, i in by_place.values()}) < len(item.rules):
            raise Stuck("bad-target", "One part of this never finds its place: another part takes it.")
        for place in sorted(by_place):
            rule = item.rules[by_place[place][1]]
            self._into(rule, place)
            if rule.target:
                self._spend(rule.target, place)

    def _needless(self, rule: Make | Group, thing: Thing) -> bool:
        """`each st and ch-1 sp`, where no side has a space: nothing is missed, and it is told."""
        below = self.machine.below
        others = len(rule.target.things) > 1 if rule.target else False
        if not others or thing.cls != "sp" or below is None:
            return False
        if any(gap.chains and not gap.corner for gap in below.course.gaps):
            return False
        self.tell("space-ignored", f"The row below has no {thing.said}.", rule.span)
        return True

    def _skip(self, item: Skip) -> None:
        machine = self.machine
        if machine.below is not None and machine.below.foundation and not self.started:
            self._pass_chains(min(item.n, machine.size // 2))
            return
        on_first = item.first and len(machine.out) == 1 and machine.out[0].chain and machine.cursor == machine.start
        for _ in range(min(item.n - on_first, machine.size + 1)):
            place = machine.next(item.thing)
            machine.cursor = place
            machine.use(place)
            self._spend(Target("next", (item.thing,)), place)


def _foreign(item: Item) -> bool:
    """What cannot stand in `(...) in next sp`: its items have no target of their own."""
    if isinstance(item, Make):
        return item.target is not None and item.target.which != "same"
    if isinstance(item, Group):
        return item.target.which != "bare"
    return isinstance(item, Join | Skip | Rules | Ring)


_NARROW = {"st": 0, "sp": 2, "gap": 2, "corner": 4, "joint": 6, "centre": 6, "ring": 0, "top": 0, "ch": 0,
           "named": 5, "between": 5, "picot": 5}  # fmt: skip
