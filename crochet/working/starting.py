"""Starting: the chain a row starts with, the chains passed at its start, slip stitches on the way."""

from __future__ import annotations

from crochet.craft.stitches import START, base
from crochet.grammar.pattern import Chain, Make, Target
from crochet.working.run import Run
from crochet.working.stuck import Stuck


def chain(run: Run, item: Chain) -> None:
    """Chains: at the start what they count as, else a part of the space."""
    machine = run.machine
    if machine.out or run.started:
        machine.chain(item.n)
        return
    run.started = True
    run.start_chain = item.n
    made = item.counts if item.counts is not None else run.reading.start
    if not made:
        run.machine.selvage = item.n if (item.n, run.main) in ((2, "sc"), (3, "dc")) else 0
        return
    kind = run.main if made[0][0] == "st" else made[0][0]
    if kind.startswith("?"):
        raise Stuck("dialect-mix", f"“{kind[1:]}” is not a stitch in the terms of this pattern.")
    if not START[base(kind)] - 1 <= item.n <= START[base(kind)] + 1 and len(made) == 1:
        run.tell("start-chain-assumed", f"A starting chain of {item.n} is odd for this stitch.", item.span)
    machine.put(kind, here(run), chain=True)
    machine.chain(sum(n for what, n in made[1:] if what == "ch"))


def begin_with_loops(run: Run) -> None:
    """`*ch 5, sc in next sp; rep from * around`: the first chain is a loop too, from where the hook is."""
    machine = run.machine
    if run.started or machine.out or (machine.below is not None and not machine.below.course.closed):
        return
    run.started = True
    if machine.moved or (machine.below is not None and machine.below.course.ends_inside):
        machine.put("sl st", machine.start)


def here(run: Run) -> int | None:
    """Where a round starts: where the hook was moved, else on the first stitch. None: in the ring."""
    machine = run.machine
    return None if machine.below is None else machine.start


def founded(run: Run, target: Target) -> int:
    """The chain from the hook in which the row begins; those before it may count as what the reading says."""
    machine = run.machine
    nth = target.things[0].chains or 0
    chains = machine.below.pivot if machine.below and machine.below.pivot else machine.size // 2
    if machine.out or run.started or not nth:
        raise Stuck("not-understood", "A foundation is begun once.")
    if nth > chains:
        raise Stuck("foundation-short", f"Needs {nth} chains; {chains} are there.")
    pass_chains(run, nth - 1)
    return nth


def pass_chains(run: Run, n: int) -> None:
    """Pass the first chains of a foundation."""
    machine = run.machine
    for k in range(n):
        machine.use(2 * k)
    made = run.reading.start
    if made and n:
        machine.put(run.main if made[0][0] == "st" else made[0][0], 2 * (n - 1), chain=True)
        machine.chain(sum(k for what, k in made[1:] if what == "ch"))
    elif (n, run.main) in ((2, "hdc"), (3, "sc"), (3, "dc")):
        machine.selvage = 3 if run.main == "dc" else 2  # a tile of corner to corner ends in that space
    run.started = True
    machine.cursor = 2 * n - 1


def _crosses_a_space(run: Run, to: Target) -> bool:
    """`sl st in next 3 dc` of a tile of 3 at a row's start: the first is the one below the hook."""
    machine = run.machine
    if machine.below is None or machine.below.course.closed or to.n < 2 or to.things[0].cls != "st":
        return False
    gaps, first = machine.below.course.gaps, machine.start // 2
    return any(gap.chains for gap in gaps[first : first + to.n]) and not any(
        gap.chains for gap in gaps[first : first + to.n - 1]
    )


def slip(run: Run, item: Make, target: Target) -> None:
    """Slip stitches at the start: the hook stands on the first stitch and goes on from there."""
    machine = run.machine
    machine.cursor = max(machine.cursor, machine.start)
    for to in (target, *((item.more,) if item.more else ())):
        if not machine.moved and (to.which == "first" or _crosses_a_space(run, to)):  # along the edge of a row
            machine.cursor = machine.start - 1
        elif to.which not in ("next", "each"):
            raise Stuck("not-understood", "Slip stitches go on to the next place.", to.span)
        if item.n > 1 and (item.more or to.n > 1):
            raise Stuck("not-understood", "Twice told how many.")
        for thing in (*to.things[:1] * max(to.n, item.n), *(to.things[1:] if to.counted else ())):
            place = machine.next(thing)  # `in each of next 2 dc and ch-3 sp`: the space once
            run.note_kind(thing, place)
            machine.move(place)
            machine.cursor = machine.start
    if machine.below is not None and not machine.below.course.closed:
        for passed in range(0, machine.start, 2):
            machine.use(passed)  # slip stitches along the edge of a row
    machine.cursor = machine.start - 1
