"""Joining: new yarn at the start of a row, and what closes it at its end."""

from __future__ import annotations

from collections.abc import Sequence

from crochet.craft.stitches import START
from crochet.grammar.pattern import Aside, Item, Join, Make, Target
from crochet.working.hook import ANY_STITCH
from crochet.working.places import is_a
from crochet.working.run import Run
from crochet.working.starting import here
from crochet.working.stuck import Stuck

MOST_EVENED = 3  # slip stitches that even out the end of a spiral


def join(run: Run, item: Join) -> None:
    """New yarn at the start, or the end of a round."""
    machine = run.machine
    if not machine.out and not item.ring:
        if machine.moved or run.started or (item.target and item.target.which in ("each", "ring", "same")):
            raise Stuck("not-understood", "This join was not understood here.")
        if item.target is not None:
            machine.move(run.starting_place(item.target))
        if item.standing:
            run.started = True
            if item.standing.startswith("?"):
                raise Stuck("dialect-mix", f"“{item.standing[1:]}” is not a stitch in these terms.")
            machine.put(item.standing, here(run))
        return
    to = item.target
    closes = item.top or (to and (to.which == "first" or to.things[0].cls == "top"))
    below = machine.below
    if item.colour and not (item.target or item.standing or closes) and below and not below.course.closed:
        return  # `drop A, join B` at the end of a row
    changes = item.colour and item.target is None and not item.standing  # `join with B` at the end
    if item.ring or ((item.standing or item.colour) and not closes and not changes):
        raise Stuck("not-understood", "This join was not understood here.")
    if item.standing:
        joined_by(run, item.standing)
    _closes(run, item)
    run.joined = True


def joined_by(run: Run, kind: str) -> None:
    """A stitch that joins stands for as many chains as it is tall, and leaves the hook in that space."""
    if kind not in START:
        raise Stuck("dialect-mix", f"“{kind.removeprefix('?')}” is not a stitch in these terms.")
    run.machine.chain(START[kind])
    run.machine.ends_inside = True


def _closes(run: Run, item: Join) -> None:
    """What the join says of the start must be so."""
    first = run.machine.out[0]
    if item.top and item.top != (1, 0):
        nth, of = item.top
        if not first.chain or (of and run.start_chain and of != run.start_chain) or nth > run.start_chain:
            run.tell("join-target", "The join names another starting chain than this row has.", item.span)
    elif item.target:
        thing = item.target.things[0]
        if thing.kind and not is_a(first.kind, thing.kind):
            run.tell("join-target", "The join names another stitch than this row begins with.", item.span)
        if item.target.which not in ("first", "next") or thing.cls not in ("st", "top"):
            run.tell("join-target", "The join goes somewhere else than to the first stitch.", item.span)


def joins(run: Run, target: Target | None) -> bool:
    """`sl st to 3rd of 5 ch` at the end of a round."""
    machine = run.machine
    top = target is not None and target.things[0].cls == "top"
    return top and bool(machine.out) and (machine.below is None or machine.below.course.closed)


def closes(run: Run, item: Make, found: Sequence[Item], after: int) -> bool:
    """The stitch closes the round, and nothing is worked after it: what closes it is done."""
    for i in range(after, len(found)):
        if not isinstance(found[i], Aside):
            return False
    if _closes_by(run, item):
        joined_by(run, item.kind)
        return True
    if item.kind == "sl st" and _into_the_join(run, item):
        return True
    return _ends_spiral(run, item)


def _ends_spiral(run: Run, item: Make) -> bool:
    """`sl st in next st` after the last stitch of a spiral: it goes on its first, and only evens out the step."""
    machine, where = run.machine, item.target
    if machine.below is None and item.kind == "sl st" and item.n == 1 and where is None:
        return run.main != "sl st" and bool(machine.out)  # `10 sc in MR, ss`
    if (
        item.kind != "sl st"
        or run.main == "sl st"
        or item.n > 1
        or machine.below is None
        or not machine.below.course.closed
    ):
        return False
    if where is not None and (where.which != "next" or where.n > MOST_EVENED or where.things[0].cls != "st"):
        return False
    done = machine.find(ANY_STITCH, machine.following(ANY_STITCH), machine.end) is None
    return done and bool(machine.out)


def _into_the_join(run: Run, item: Make) -> bool:
    """`ch 3, dc in dc`, where a dc closed the round below: it is the stitch in which this one began."""
    below, where = run.machine.below, item.target
    inside = below is not None and below.course.ends_inside and bool(run.machine.open) and bool(run.machine.out)
    named = where is not None and where.which == "next" and not where.counted and where.things[0].cls == "st"
    return inside and named and item.n == 1 and where is not None and bool(where.things[0].kind)


def _closes_by(run: Run, item: Make) -> bool:
    """`ch 2, hdc in first sc` at the end of a round: the stitch is the rest of its last loop."""
    machine, where = run.machine, item.target
    if where is None or item.n > 1 or item.eats > 1:
        return False
    if where.things[0].cls == "top" and joins(run, where):
        return START.get(item.kind, 0) > 0
    if _into_the_join(run, item):
        return START.get(item.kind, 0) > 0
    if where.which != "first" or where.things[0].cls != "st":
        return False
    here = bool(machine.out) and machine.out[0].kind == where.things[0].kind
    kind, below = where.things[0].kind, machine.below
    loops = bool(machine.open) or (kind is not None and below is not None and below.kind_at(machine.start) != kind)
    round_ = machine.below is None or machine.below.course.closed
    return here and loops and round_ and START.get(item.kind, 0) > 0
