"""Running: a row's items, worked one after another on a machine.

What cannot be worked raises `Stuck` inside; outside it is a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from crochet.grammar.adjoining import ADJOINED
from crochet.grammar.pattern import Aside, Chain, Group, Item, Join, Make, Repeat, Ring, Rules, Skip, Thing, Unread
from crochet.working.caston import cast_on
from crochet.working.hook import ANY_STITCH
from crochet.working.joining import closes, join
from crochet.working.machine import Machine
from crochet.working.passes import repeat
from crochet.working.places import Fabric
from crochet.working.placing import group, make, rules, skip
from crochet.working.readings import Reading
from crochet.working.run import Run
from crochet.working.starting import chain
from crochet.working.stuck import Stuck

MOST_STEPS = 200_000


def begun(below: Fabric | None, reading: Reading, main: str) -> Run:
    """A row before its first item."""
    return Run(Machine(below), works=items, reading=reading, main=main)


def row(run: Run, found: Sequence[Item]) -> None:
    """Work a row's items."""
    if (at := _other_side(run, found)) >= 0:
        row(run, found[:at])
        run.machine.edge = run.machine.limit = None
        row(run, found[at + 1 :])
        return
    found = found[cast_on(run, found) :]
    held = _held(run, found)
    for i, item in enumerate(found):
        if i == held:
            run.machine.limit = None
        before = len(run.machine.out)
        if isinstance(item, Make) and not run.joined and closes(run, item, found, i + 1):
            run.joined = True
            continue
        if not isinstance(item, Join | Aside | Chain):
            run.around = None
        passes = _item(run, found, i, None, False)
        if all(isinstance(one, Aside) for one in found[i + 1 :]):
            run.kept = _kept(run, item) or run.kept
        if made := len(run.machine.out) - before:
            run.sums.append((made // passes, passes) if passes > 1 and made % passes == 0 else (made, 1))


def _kept(run: Run, item: Item) -> int:
    """`sc in each st to last 4 sts, turn`: how many the last stitches of a row keep back."""
    if run.machine.below is None or run.machine.below.course.closed:
        return 0
    where = item.target if isinstance(item, Make) else None
    return where.left if where is not None and where.which == "each" and isinstance(where.until, Thing) else 0


def items(run: Run, found: Sequence[Item], place: int | None, inside: bool) -> None:
    """Work a list of items: those of a pass, or of a group `inside` one place."""
    for i in range(len(found)):
        _item(run, found, i, place, inside)


def _other_side(run: Run, found: Sequence[Item]) -> int:
    """Where the row goes on along the other side of its foundation chain; -1: nowhere."""
    below = run.machine.below
    if below is None or below.pivot is None or run.machine.edge is not None:
        return -1
    at = next((i for i, one in enumerate(found) if isinstance(one, Aside) and one.what == "other side"), -1)
    if at >= 0 and not run.machine.out:
        run.machine.edge = 2 * below.pivot
    return at


def _held(run: Run, found: Sequence[Item]) -> int:
    """The item that goes into the end of the row below, which those before it leave to it; -1: none."""
    machine = run.machine
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
        if _in_the_top(machine, found[i - 1], item):
            return i - 1
        if where is not None and (where.which == "last" or where.things[0].cls in ("top", "turn")):
            places = machine.all_of(where.things[0], machine.cursor, machine.end)
            if len(places) >= where.n and not isinstance(found[i - 1], Join):
                machine.limit = places[-where.n]
                return i
    return -1


def _in_the_top(machine: Machine, before: Item, item: Item) -> bool:
    """`sk 2 ch, dc in next ch` at a row's end: the turning chain is left for it."""
    where = item.target if isinstance(item, Make) else None
    chains = where is not None and where.which == "next" and where.things[0].cls == "ch"
    if not chains or not isinstance(before, Skip) or before.thing.cls != "ch" or machine.below is None:
        return False
    tops = [] if machine.below.foundation else machine.all_of(Thing("top"), machine.cursor, machine.end)
    if tops:
        machine.limit = tops[-1]
    return bool(tops)


def _item(run: Run, found: Sequence[Item], i: int, place: int | None, inside: bool) -> int:
    """Work one item of a list, and say how many passes it was."""
    item = found[i]
    run.steps += 1
    if run.steps > MOST_STEPS:
        raise Stuck("too-large", "Too many steps in one row.", item.span)
    try:
        if run.joined and isinstance(item, Join) and item.colour and not (item.target or item.standing):
            return 1  # the yarn of the next round
        if run.joined and not isinstance(item, Aside | Unread):
            raise Stuck("not-understood", "Comes after the join.")
        if inside and _foreign(item):
            raise Stuck("not-understood", "Does not belong into a group that is worked into one place.")
        before = len(run.machine.out)
        match item:
            case Make():
                make(run, item, place, inside)
                run.note(run.phrases, before, item.span)
            case Chain():
                chain(run, item)
                run.note(run.chained, before, item.span)
                run.note(run.phrases, before, item.span)
            case Group():
                group(run, item, place, inside)
            case Repeat():
                return repeat(run, item, place, inside, found[i + 1 :])
            case Rules():
                rules(run, item)
                run.note(run.phrases, before, item.span)
            case Join():
                join(run, item)
            case Skip():
                skip(run, item)
            case Aside():
                if item.what == "last in":
                    _last_in(run, item)
                elif item.what == "leave":
                    run.machine.leaves = True
                elif item.what == ADJOINED:
                    run.machine.chain(1)
                elif item.what == "picot":
                    run.machine.picots.append(len(run.machine.out) - 1)
                elif item.what in ("turn", "other side"):
                    run.tell("not-understood", f"Not clear how to {item.what} here.", item.span)
            case Unread():
                _unread(run, item)
            case Ring():
                raise Stuck("not-understood", "A ring inside a row.")
    except Stuck as stuck:
        if stuck.span == (0, 0):
            stuck.span = item.span
        raise
    return 1


def _last_in(run: Run, item: Aside) -> None:
    """The stitch before has gone where it is told."""
    machine, where = run.machine, item.where
    thing = where.things[0] if where else ANY_STITCH
    places = machine.all_of(thing, -1, machine.end)
    if machine.last is None or not places or machine.last != places[-1]:
        run.tell("not-understood", f"The last stitch does not go into the {thing.said}.", item.span)


def _unread(run: Run, item: Unread) -> None:
    words = " ".join(item.text.split())[:60]
    if item.error == "dialect-mix":
        raise Stuck("dialect-mix", f"“{words}” is not a stitch in the terms of this pattern.")
    if item.error == "dangling-marker":
        raise Stuck("dangling-marker", "A * without its “rep from *”.")
    if item.error:
        raise Stuck(item.error, item.text)
    run.tell("not-understood", f"“{words}” was not understood.", item.span)


def _foreign(item: Item) -> bool:
    """What cannot stand in `(...) in next sp`: its items have no target of their own."""
    if isinstance(item, Make):
        return item.target is not None and item.target.which != "same"
    if isinstance(item, Group):
        return item.target.which != "bare"
    return isinstance(item, Join | Skip | Rules | Ring)
