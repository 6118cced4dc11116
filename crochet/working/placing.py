"""Placing: stitches, groups and skips, each in the places it is told."""

from __future__ import annotations

from crochet.craft.stitches import BUNDLES
from crochet.grammar.pattern import Chain, Group, Join, Make, Rules, Skip, Target, Thing
from crochet.working.hook import ANY_STITCH
from crochet.working.joining import join, joins
from crochet.working.places import OF_GROUPS
from crochet.working.run import Run
from crochet.working.starting import founded, pass_chains, slip
from crochet.working.stuck import Stuck

MOST_CROSSED = 12  # stitches that are skipped to be worked into later
_NARROW = {"st": 0, "sp": 2, "gap": 2, "corner": 4, "joint": 6, "centre": 6, "ring": 0, "top": 0, "ch": 0,
           "named": 5, "between": 5, "picot": 5, "end": 2, "left": 0}  # fmt: skip


def make(run: Run, item: Make, place: int | None, inside: bool) -> None:
    """Stitches of one kind, in the places they are told or in the next ones."""
    target, machine = item.target, run.machine
    if target is not None and target.which == "ring" and machine.below is not None and target.things[0].said == "loop":
        target = Target("next", (Thing("sp", said="loop"),), span=target.span, unsaid=True)
    if item.kind == "sl st" and joins(run, target):
        join(run, Join(item.span, top=(0, target.things[0].chains or 0) if target else None, closes=True))
        return
    if target is not None and target.which == "ring" and machine.below is not None and machine.below.foundation:
        nth = founded(run, target)
        _put(run, f"{item.kind}{item.eats}tog" if item.eats > 1 else item.kind, item.n, 2 * (nth - 1))
        for _ in range(item.eats - 1):  # `sc2tog, first leg in 2nd ch from hook, second leg in next ch`
            machine.cursor = machine.next(ANY_STITCH)
            machine.use(machine.cursor)
        if item.eats > 1:
            return
        for where in run.places(item.more) if item.more else ():
            _put(run, item.kind, item.n, where)
        return
    stitched = run.started and machine.below is not None and not machine.below.course.closed
    moves = item.kind == "sl st" and run.main != "sl st" and not machine.out and not machine.open and not stitched
    if moves and target is not None and target.which in ("next", "each", "first"):
        slip(run, item, target)
        return
    kind = run.main if item.kind in ("inc", "dec") else item.kind
    if item.eats > 1 and inside:  # `(dc3tog, ch 2, dc3tog) in next sp`: clusters
        _put(run, f"{kind}{item.eats}tog", item.n, place)
        return
    if item.eats > 1:
        _together(run, item, kind)
        return
    if target is None and inside:
        _put(run, kind, item.n, place)
    elif target is None and item.kind == "inc":
        for _ in range(item.n // 2):
            _put(run, kind, 2, machine.next(ANY_STITCH))
    elif target is None:
        _on(run, kind, item.n)
    else:
        for to in (target, item.more) if item.more else (target,):
            _each(run, kind, item.n, to)


def _on(run: Run, kind: str, n: int) -> None:
    """So many stitches, each into the next one."""
    machine = run.machine
    if n == 1 and kind.startswith(("spike ", "linked ")) and (over := machine.chain_ahead()) is not None:
        _put(run, kind, 1, over)
        return
    along = machine.in_a_row(ANY_STITCH, n, machine.following(ANY_STITCH), machine.free)
    if along is not None and len(along) == n and not (machine.below and machine.below.has_names):
        run.started = True
        machine.put_along(kind, along)
        return
    for _ in range(n):
        _put(run, kind, 1, None if machine.below is None else machine.next(ANY_STITCH))


def _each(run: Run, kind: str, n: int, target: Target) -> None:
    """So many stitches into each of the places told."""
    if target.which == "spread":
        _spread(run, kind, n, target)
        return
    places = run.places(target)
    of_groups = target.things and target.things[0].cls in OF_GROUPS
    if n == 1 and len(places) > 1 and not of_groups:
        run.started = True
        run.machine.put_along(kind, [place for place in places if place is not None])
        return
    for where in places:
        _put(run, kind, n, where)
        if of_groups:
            _spend(run, target, where)


def _spread(run: Run, kind: str, n: int, target: Target) -> None:
    """So many stitches over all of the places told: how they are spread is left to the maker."""
    places = run.each(target)
    for k in range(n):
        _put(run, kind, 1, places[k * len(places) // n])
    for place in places:
        run.machine.use(place)
    run.machine.cursor = max(run.machine.cursor, places[-1])


def _put(run: Run, kind: str, n: int, place: int | None) -> None:
    run.started = True
    if n > 20_000:
        raise Stuck("too-large", "More than 20,000 stitches.")
    run.machine.put(kind, place, n)


def _together(run: Run, item: Make, kind: str) -> None:
    machine = run.machine
    where = item.target.things[0] if item.target else ANY_STITCH
    for _ in range(item.n):
        for k in range(item.eats):
            if k == 0 and item.more and item.target:  # `dc2tog over same st and next st`
                place = run.places(item.target)[0] or 0
            else:
                thing = item.more.things[0] if item.more else where
                place = machine.next(thing)
                run.note_kind(thing, place)
            if k == 0:
                _put(run, kind if kind in BUNDLES else f"{kind}{item.eats}tog", 1, place)
            else:
                machine.cursor = place
                machine.use(place)


def group(run: Run, item: Group, place: int | None, inside: bool) -> None:
    """A group, in each of the places it is told."""
    if item.target.which == "bare":
        _into(run, item, place if inside or run.machine.below is None else run.machine.next(ANY_STITCH))
        return
    below = run.machine.below
    if item.target.which == "ring" and below is not None and below.foundation:
        nth = founded(run, item.target)
        _into(run, item, 2 * (nth - 1))
        return
    for where in run.places(item.target):
        _into(run, item, where)
        _spend(run, item.target, where)


def _into(run: Run, item: Make | Group, place: int | None) -> None:
    if isinstance(item, Make):
        _put(run, run.main if item.kind in ("inc", "dec") else item.kind, item.n, place)
        return
    starts = not run.started and not run.machine.out and isinstance(item.items[0], Chain)
    if starts and place is not None and not run.machine.moved:
        run.machine.move(place)
    if place is not None:
        run.machine.cursor = max(run.machine.cursor, place)
        run.machine.last = place
    run.started = not starts
    naming = run.machine.naming
    if item.name:
        run.machine.naming = (item.name, len(run.machine.out))
    run.work(item.items, place, inside=True)
    run.machine.naming = naming


def _spend(run: Run, target: Target, place: int | None) -> None:
    """A group that was worked into by its name is done."""
    thing = target.things[0] if target.things else ANY_STITCH
    below = run.machine.below
    if thing.cls == "named" and place is not None and below is not None:
        group = below.within(thing).get(place % below.size)
        if group is not None:
            run.machine.spend(place, group, spaces=True)
        if (begun := below.within(thing).get(run.machine.start % below.size)) is not None and begun != group:
            run.machine.pass_by((begun,))  # the row began in the middle of one
    if thing.cls == "between" and place is not None and below is not None:
        run.machine.pass_by(below.beside(thing, place % below.size))


def rules(run: Run, item: Rules) -> None:
    """One way round, each place by the rule of its class, the narrowest class first."""
    machine = run.machine
    if machine.below is None:
        raise machine.none_left(item.rules[0].target.things[0] if item.rules[0].target else ANY_STITCH)
    by_place: dict[int, tuple[int, int]] = {}
    for i, rule in enumerate(item.rules):
        for thing in rule.target.things if rule.target else ():
            places = machine.all_of(thing, machine.cursor, machine.free)
            if thing.cls == "st" and thing.kind and places:
                places = run.of_kind(thing, places)
            if not places and not _needless(run, rule, thing):
                raise machine.none_left(thing)
            for place in places:
                rank = _NARROW[thing.cls] + (thing.chains is not None or thing.kind is not None)
                if by_place.get(place, (-1, 0))[0] < rank:
                    by_place[place] = (rank, i)
    if len({i for _, i in by_place.values()}) < len(item.rules):
        raise Stuck("bad-target", "One part of this never finds its place: another part takes it.")
    for place in sorted(by_place):
        rule = item.rules[by_place[place][1]]
        singly = rule.target is not None and any(thing.cls == "ch" for thing in rule.target.things)
        for _ in range(machine.below.chains_at(place) if singly else 1):
            _into(run, rule, place)
        if rule.target:
            _spend(run, rule.target, place)


def _needless(run: Run, rule: Make | Group, thing: Thing) -> bool:
    """`each st and ch-1 sp`, where no side has a space: nothing is missed, and it is told."""
    below = run.machine.below
    others = len(rule.target.things) > 1 if rule.target else False
    if not others or thing.cls != "sp" or below is None:
        return False
    if any(gap.chains and not gap.corner for gap in below.course.gaps):
        return False
    run.tell("space-ignored", f"The row below has no {thing.said}.", rule.span)
    return True


def skip(run: Run, item: Skip) -> None:
    """Pass over places, so that nothing is left to do in them."""
    machine = run.machine
    run.skipped = item.n
    if machine.below is not None and machine.below.foundation and not run.started:
        pass_chains(run, min(item.n, machine.size // 2))
        return
    on_first = item.first and len(machine.out) == 1 and machine.out[0].chain and machine.cursor == machine.start
    many = item.n - on_first
    left = machine.count_of(item.thing, machine.following(item.thing), machine.end) if run.reading.past else many
    if 0 < left < many:
        run.tell(
            "skip-past-end", f"The last skip is of {many}, and {left} {'is' if left == 1 else 'are'} left.", item.span
        )
    machine.passed = ()
    for _ in range(min(many, left or many, machine.size + 1)):
        place = machine.next(item.thing)
        machine.cursor = place
        machine.use(place)
        machine.passed = (*machine.passed, place) if len(machine.passed) < MOST_CROSSED else ()
        _spend(run, Target("next", (item.thing,)), place)
