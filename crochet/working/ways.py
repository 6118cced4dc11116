"""Ways: one way to take a row, worked to its end and judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crochet.craft.stitches import shown
from crochet.findings import Finding, blamed
from crochet.grammar.pattern import Declared, Group, Item, Join, Make, Repeat, Rules, Unread, walked
from crochet.working import judge, row_ends, turning
from crochet.working.evenness import evenness
from crochet.working.ground import Checked
from crochet.working.leftovers import leftovers
from crochet.working.places import Fabric
from crochet.working.readings import Reading
from crochet.working.run import Run
from crochet.working.running import begun, row
from crochet.working.stuck import Stuck
from crochet.working.turning import Ending


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take a row: its items on a fabric (turned or not), by a reading."""

    items: tuple[Item, ...]
    side: tuple[Fabric | None, bool]
    reading: Reading
    main: str
    terms: str
    colour: str | None
    span: tuple[int, int]
    rounds: bool
    ending: Ending


def taken(way: Way, declared: Declared | None) -> Checked:
    """The row taken this way: what it makes, and what is wrong with it."""
    below, was_turned = way.side
    span, terms = way.span, way.terms
    run = begun(below, way.reading, way.main)
    found = run.findings
    try:
        row(run, way.items)
    except Stuck as stuck:
        found.append(Finding(*_short(stuck, below), stuck.span if stuck.span != (0, 0) else span))
        found += unread(way.items)
        return Checked(None, declared, tuple(_settled(found)), cost=_cost(run))
    machine = run.machine
    if all(one.chain for one in machine.out):
        found.append(Finding("not-understood", "The row makes no stitch.", span))
        return Checked(None, declared, tuple(_settled(found)), cost=_cost(run))
    done = judge.made(machine, way.colour, _closes(way, below))
    if done.course.closed and machine.out[0].chain and not run.joined:
        found.append(Finding("join-target", "Nothing says how this round is closed.", span))
    if machine.mismatched:
        found.append(Finding("kind-mismatch", _other_kind(machine.mismatched, terms), span))
    end = next((one.span for one in reversed(way.items) if isinstance(one, Join)), span)
    differs = judge.disagreements(done, declared, run.sums, terms) if declared else []
    if done.course.closed and (below is None or below.course.closed or below.foundation):
        found += leftovers(run, end, declared is not None and not differs, _goes_around(way.items))
        found += evenness(done.course, below, declared, bool(differs), run.where, terms)
    else:
        found += row_ends.left(run, span, declared is not None and not differs, _turns_back(way))
    found += differs
    if was_turned and below is not None:
        stood = turning.as_stood(done.course, below.size // 2, below.course.closed)
        done = replace(done, fabric=Fabric(stood, done.fabric.centres, done.fabric.joints))
    return Checked(done, declared, tuple(_settled(found)), cost=_cost(run))


def _cost(run: Run) -> int:
    """Steps, places below, stitches made. What two runs of a text cost can be compared and summed."""
    return run.steps + run.machine.size + len(run.machine.out)


def _goes_around(items: tuple[Item, ...]) -> bool:
    """The row says that it goes all the way: `around`, `in each st`, `to the end`."""
    return any(
        one.often.how == "around" and one.often.thing is None
        if isinstance(one, Repeat)
        else (isinstance(one, Rules) and not any(_named(rule) for rule in one.rules))
        or (isinstance(one, Make) and one.target is not None and one.target.until == "end" and not _named(one))
        for one in items
    )


def _named(one: Make | Group) -> bool:
    """`in each dc`: only those."""
    return one.target is not None and all(thing.kind for thing in one.target.things)


def _turns_back(way: Way) -> bool:
    """The row says how many stitches it works and then that it turns: what is behind them is for later."""
    return bool(way.ending.turned) and not any(isinstance(one, Repeat) for one in way.items)


def _short(stuck: Stuck, below: Fabric | None) -> tuple[str, str]:
    """What a row lacks that needs more than there is: on a foundation, chains."""
    if below is not None and below.foundation and stuck.id == "overrun":
        return "foundation-short", f"Needs more than the {below.pivot or below.size // 2} chains that are there."
    return stuck.id, stuck.message


def _closes(way: Way, below: Fabric | None) -> bool:
    """It is a round: joined, or told to go around, or a spiral on a round or along both sides of a chain."""
    if any(isinstance(one, Join) and one.closes for one in way.items[1:]):
        return True
    if any(
        isinstance(one, Rules) and one.rules[0].target and one.rules[0].target.until == "around" for one in way.items
    ):
        return True
    if below is None or below.pivot:
        return way.rounds and not way.ending.turned
    return way.rounds and below.course.closed


def _other_kind(pair: tuple[str, str], terms: str) -> str:
    return f"Asks for {shown(pair[0], terms)} in the row below, which has {shown(pair[1], terms)} there."


def _settled(found: list[Finding]) -> list[Finding]:
    """After words not understood nothing that depends on them stays."""
    found = list(dict.fromkeys(found))  # a repeat tells the same on each pass
    if any(one.id == "not-understood" for one in found):
        return [one for one in found if one.severity == "unchecked" or one.id in ("dialect-mix", "declared-conflict")]
    return blamed(found)


def unread(items: tuple[Item, ...]) -> list[Finding]:
    return [
        Finding("not-understood", f"“{' '.join(one.text.split())[:60]}” was not understood.", one.span)
        for one in walked(items)
        if isinstance(one, Unread) and not one.error
    ]
