"""Passes: how often a repeat's body is run.

As often as it says; `around` runs while targets are free, and ends where the body is done, or where the rest of the
body is what the row did at its start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crochet.craft.fabric import Foot
from crochet.grammar.pattern import Aside, Chain, Group, Item, Join, Make, Often, Repeat, Skip, Thing
from crochet.working.hook import ANY_STITCH
from crochet.working.machine import Mark
from crochet.working.run import Run
from crochet.working.starting import begin_with_loops
from crochet.working.stuck import Stuck


def repeat(run: Run, item: Repeat, place: int | None, inside: bool, rest: Sequence[Item]) -> int:
    """Run the body as often as it says, before `rest`, and say how often."""
    often, body = item.often, item.items
    if _loop(body) and (often.how != "all" or often.n > 1) and not inside:
        begin_with_loops(run)
    if often.how in ("around", "last"):
        return _around(run, item, place, inside, rest)
    n = often.n
    if often.how == "unsure" and run.reading.more:
        n += 1
    if n > 2 * run.machine.size + 200:
        raise Stuck("too-large" if n > 100_000 else "repeat-does-not-fit", f"{n} passes are too many.", often.span)
    held = run.again
    for k in range(n):
        run.again = held or k > 0
        last = item.cut is not None and k == n - 1
        saved, told = run.machine.mark(), len(run.findings)
        try:
            run.work(body[: item.cut] if last else body, place, inside)
        except Stuck as stuck:
            ends = stuck.id == "overrun" and k == n - 1 and stuck.span == body[-1].span
            if ends and _closes_up(body[-1]) and all(isinstance(one, Join | Aside) for one in rest):
                break  # the last slip stitch of a flower goes into where its first petal began
            if stuck.id == "overrun" and 0 < k == n - 1 and item.cut is None and not inside:
                del run.findings[told:]
                run.machine.back(saved)
                if _part_of_pass(run, body, rest):
                    break
            if stuck.id == "overrun" and k:
                stuck.message = f"Pass {k + 1} of {n}: {stuck.message[0].lower()}{stuck.message[1:]}"
                stuck.span = often.span
            raise
    run.again = held
    return n


def _part_of_pass(run: Run, body: Sequence[Item], rest: Sequence[Item]) -> bool:
    """The last pass as far as it goes, where the text ends it: `ending last repeat with dc in last 2 dc`."""
    machine, end = run.machine, rest[0] if rest else None
    where = end.target if isinstance(end, Make | Group) else None
    if where is None or where.which != "last" or (machine.below and not machine.below.course.closed):
        return False
    return 0 < _as_far_as_it_goes(run, body) < len(body)


def _as_far_as_it_goes(run: Run, body: Sequence[Item], place: int | None = None, inside: bool = False) -> int:
    """Work a pass up to the item that nothing is left for, and say how many were worked."""
    for i, one in enumerate(body):
        saved, told = run.machine.mark(), len(run.findings)
        try:
            run.work((one,), place, inside)
        except Stuck:
            del run.findings[told:]
            run.machine.back(saved)
            return i
    return len(body)


def _around(run: Run, item: Repeat, place: int | None, inside: bool, rest: Sequence[Item]) -> int:
    machine, often = run.machine, item.often
    held = machine.limit
    if often.how == "around" and often.thing is not None:
        machine.limit = machine.find(often.thing, machine.cursor, machine.end + 1)
        if machine.limit is None:
            raise machine.none_left(often.thing)
    passes, had = 0, _left(run, Often("around"))
    again = run.again
    while passes <= 2 * machine.size + 2:
        run.again = again or passes > 0
        if often.how == "last" and _left(run, often) <= often.n:
            if _left(run, often) < often.n:
                raise Stuck("repeat-does-not-fit", "A pass ends past the last ones.", often.span)
            break
        before, told, cursor = machine.mark(), len(run.findings), machine.cursor
        cut_at: Mark | None = None
        try:
            if item.cut is not None:
                run.work(item.items[: item.cut], place, inside)
                cut_at, told = machine.mark(), len(run.findings)
            run.work(item.items[item.cut or 0 :], place, inside)
        except Stuck as stuck:
            if cut_at is not None and stuck.id == "overrun":
                del run.findings[told:]
                machine.back(cut_at)
                passes += 1
                break
            if passes == 0 or stuck.id != "overrun" or often.how == "last":
                raise
            del run.findings[told:]
            _end_around(run, item, before, place, inside, rest)
            break
        passes += 1
        if often.how == "around" and passes == 1 and had:
            run.around = (had - _left(run, Often("around")), had, often.span)
        if machine.cursor == cursor:
            raise Stuck("repeat-does-not-fit", "A pass uses no place, so “around” has no end.", often.span)
    machine.limit, run.again = held, again
    if often.how == "last" and passes:
        run.kept = often.n
    return passes


def _left(run: Run, often: Often) -> int:
    machine = run.machine
    thing = often.thing or ANY_STITCH
    return machine.count_of(thing, machine.following(thing), machine.end)


def _end_around(run: Run, item: Repeat, before: Mark, place: int | None, inside: bool, rest: Sequence[Item]) -> None:
    """The last pass is dropped, but for what the text does not do itself before it joins."""
    machine, body = run.machine, item.items
    machine.back(before)
    at_once = all(isinstance(one, Join | Aside) for one in rest)
    if machine.below is not None and not machine.below.course.closed:
        _end_across(run, item, before, rest)
        return
    if not at_once and _loops_end_so(body, rest):
        if _as_far_as_it_goes(run, body, place, inside) == len(body) - 1:
            machine.back(before)
            run.work(body[:-2], place, inside)
        else:
            machine.back(before)
        return
    if not at_once:
        end = rest[0].target if isinstance(rest[0], Make | Group) else None
        left = _left(run, Often("around", thing=end.things[0])) if end and end.things else 0
        corners = _corners_left(run, end.things[0] if end and end.things else ANY_STITCH)
        if end and (left != end.n or corners) and not inside and not _part_of_pass(run, body, rest):
            machine.back(before)
        return
    done = _as_far_as_it_goes(run, body, place, inside)
    if done == len(body) - 1 and not inside and (part := _but_for_the_start(run, body[done])):
        says = "The last pass ends where the round began: the rest of its stitches were made there."
        run.tell("partial-last-repeat", says, part.span)
        run.work((part,))
        return
    if done == len(body) - 1 and not inside and isinstance(last := body[done], Skip) and _skips_the_start(run, last):
        return
    opening = next((i for i, one in enumerate(body) if not isinstance(one, Chain)), len(body))
    petal = done > opening  # and no mere loop, of which there is one for each place
    if petal and done == len(body) - 1 and _closes_up(body[-1]) and not inside:
        return  # the last slip stitch of a flower goes into where its first petal began
    if opening < done < len(body) and not _done_before(run, body[done]):
        machine.back(before)
        run.work(body[: 0 if machine.lead else opening], place, inside)
    elif machine.lead and done <= opening:
        machine.back(before)  # its chain lies at the start of the round


def _loops_end_so(body: Sequence[Item], rest: Sequence[Item]) -> bool:
    """`*ch 4, sc in next sp, ch 4, sc in next dc; rep from * around, ending with ch 4, join`."""
    end, loop = rest[0], body[-2] if len(body) > 3 else None
    closes = all(isinstance(one, Join | Aside) for one in rest[1:])
    single = all(isinstance(one, Chain) or (isinstance(one, Make) and one.n == 1) for one in body)
    return closes and single and isinstance(end, Chain) and isinstance(loop, Chain) and end.n == loop.n


def _but_for_the_start(run: Run, item: Item) -> Make | None:
    """`dc in next 9 sts` with 6 left, where the round began with the other 3 of that side; None: it is no such."""
    machine, where = run.machine, item.target if isinstance(item, Make) else None
    if not isinstance(item, Make) or where is None or where.which != "next" or where.things[0].cls != "st":
        return None
    left = _left(run, Often("around"))
    begun, first = where.n - left, machine.start // 2
    feet = [one.foot for one in machine.out[: begun + 2]]
    side = [Foot("st", (first + k) % max(1, machine.size // 2)) for k in range(begun + 1)]
    if not 0 < left < where.n or machine.start % 2 or len(feet) < begun + 2 or feet[:begun] != side[:begun]:
        return None
    goes_on = feet[begun] == side[begun] != feet[begun + 1]  # the side is longer than that
    return None if goes_on or feet[begun] == feet[begun - 1] else replace(item, target=replace(where, n=left))


def _corners_left(run: Run, but: Thing) -> int:
    """Corners still to come that are not of the class of places named."""
    machine = run.machine
    return sum(not machine.has(at, but) for at in machine.all_of(Thing("corner"), machine.cursor, machine.end))


def _end_across(run: Run, item: Repeat, before: Mark, rest: Sequence[Item]) -> None:
    """The last pass is dropped, unless the text ends it (`ending with 3 dc in last sc`): rows end with a stitch."""
    machine = run.machine
    ends = rest[0].target if rest and isinstance(rest[0], Make | Group) else None
    if ends is None or not (ends.which == "last" or ends.things[0].cls == "top"):
        return
    left = item.items[_as_far_as_it_goes(run, item.items) :]
    goes_on = len(left) == 1 and isinstance(left[0], Make | Group)
    if left and not (goes_on and machine.find(ANY_STITCH, machine.cursor, machine.end) == machine.limit):
        machine.back(before)


def _done_before(run: Run, item: Item) -> bool:
    """The row's start is what this item would do there again."""
    machine = run.machine
    if not isinstance(item, Make | Group) or not item.target or not item.target.things or machine.below is None:
        return False
    foot = machine.out[0].foot
    if not machine.has(2 * foot[1] + (foot.place != "st"), item.target.things[0]):
        return False
    there = 0
    while there < len(machine.out) and machine.out[there].foot == foot:
        there += 1
    again = item.n if isinstance(item, Make) else sum(one.n for one in item.items if isinstance(one, Make))
    return there == again


def _loop(body: Sequence[Item]) -> bool:
    """`ch 5, sk next st, sc in next st`: a chain, and the one stitch that ends it."""
    if len(body) < 2 or not isinstance(body[0], Chain) or not all(isinstance(one, Skip | Aside) for one in body[1:-1]):
        return False
    end = body[-1]
    return isinstance(end, Make) and end.n == end.eats == 1


def _skips_the_start(run: Run, item: Skip) -> bool:
    """`*sc in next 3 dc, skip next sc`, begun behind the sc of the join: the last skip is of that one."""
    machine = run.machine
    places = [(machine.start + 2 * i) % machine.size for i in range(item.n + 1)]
    if item.thing.cls != "st" or places[-1] not in machine.used or not machine.used.isdisjoint(places[:-1]):
        return False
    for place in places[:-1]:
        machine.use(place)
    return True


def _closes_up(item: Item) -> bool:
    return isinstance(item, Make) and item.kind == "sl st" and item.n == 1 and item.target is not None
