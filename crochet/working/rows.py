"""Rows: one row's words checked against the row below. What `work` does for each line and `fixes` for each try."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crochet.craft.stitches import BY_START, START, base, dearest, shown
from crochet.findings import Finding, blamed, verdict
from crochet.grammar import clusters, endings
from crochet.grammar.lists import listed, vees
from crochet.grammar.notation import parse, walked
from crochet.grammar.pattern import (
    Aside,
    Chain,
    Declared,
    Group,
    Item,
    Join,
    Make,
    Ref,
    Repeat,
    Ring,
    Row,
    Rules,
    Skip,
    Unread,
)
from crochet.grammar.vocabulary import NONE, Definitions
from crochet.working import again, foundation, judge, row_ends, turning
from crochet.working.again import Written
from crochet.working.evenness import evenness
from crochet.working.judge import Made
from crochet.working.leftovers import leftovers
from crochet.working.machine import Fabric, Machine, Stuck
from crochet.working.passes import Reading
from crochet.working.remarks import remarks
from crochet.working.running import Run
from crochet.working.turning import NOT_SAID, Ending, begun, ended

MOST_SPARE = 12
MOST_IN_A_RING = 16  # stitches, where nothing says that there is a ring
FOUNDATION = frozenset({"fsc", "fhdc", "fdc", "ftr"})  # stitches that make their own chain


@dataclass(frozen=True, slots=True)
class Ground:
    """What a row stands on. `known`: False after a row that was not understood; `below`: None: nothing yet."""

    below: Fabric | None = None
    known: bool = True
    counted: frozenset[int] = frozenset()  # starting chains that an earlier row said to count
    opening: tuple[Item, ...] = ()  # what stands before the first row: `Ch 4, join to form ring.`
    rounds: bool = True  # the label says so
    before: Ending = NOT_SAID  # how the row before ended
    written: tuple[Written, ...] = ()  # the rows of the piece before this one
    turn: int = 0  # which of the rows of `Rows 5-20` it is
    single: bool = True  # it is the only row of its label
    not_counted: frozenset[int] = frozenset()  # starting chains that the notes say not to count
    names: Definitions = NONE  # the pattern's own stitches
    spare: int = 0  # foundation chains more than the pattern says, to see how many it takes


@dataclass(frozen=True, slots=True)
class Checked:
    """A row checked: what it made (None: not worked to the end), what it declares, what was found."""

    made: Made | None
    declared: Declared | None
    findings: tuple[Finding, ...]
    counted: frozenset[int] = frozenset()  # the starting chains of which the row says that they count
    ending: Ending = NOT_SAID
    others: tuple[Fabric, ...] = ()  # what else it may have made, where another reading is as good
    items: tuple[Item, ...] = ()  # what is worked where another row is worked as this one
    again: tuple[tuple[Ref, int], ...] = ()  # rows worked again after it, and how many of them it was itself
    cost: int = 0  # what it took: letters read, places looked at, stitches made

    @property
    def verdict(self) -> str:
        return verdict(self.findings)


def check_row(text: str, body: int, ground: Ground, terms: str, colour: str | None) -> Checked:
    """Check the row in `text`, whose words begin at `body`. The reading with the least wrong is taken."""
    row = parse(text, body, terms, ground.names)
    checked = check_read(row, (body, len(text.rstrip())), ground, terms, colour, len(text))
    evenly = _EVENLY.search(text, body)
    if evenly is None or (checked.verdict == "ok" and row.declared):
        return checked
    says = "How the stitches are spread evenly is left to the maker, so it is not worked out."
    return replace(checked, made=None, findings=(Finding("layout-unknown", says, evenly.span()),))


_EVENLY = re.compile(r"\b(?:spaced |spread )?evenly\b", re.IGNORECASE)


def check_read(
    row: Row, span: tuple[int, int], ground: Ground, terms: str, colour: str | None, letters: int
) -> Checked:
    """The same of a row that has been read."""
    own, after = again.apart(row.items)
    one = again.of(own)
    if one is None:
        checked = check_items(replace(row, items=own), span, ground, terms, colour, letters)
        return replace(checked, again=tuple((ref, 0) for ref in after))
    items = again.resolved(own, ground.written, ground.turn)
    if isinstance(items, Finding):
        return Checked(None, row.declared, (items,))
    checked = check_items(replace(row, items=items), one.span, ground, terms, colour, letters)
    grows = again.grows(one, ground.written)
    if grows and checked.verdict == "error":
        checked = grown(replace(row, items=again.along_the_sides(items)), one, ground, terms, colour)
    elif checked.verdict == "error":  # `sc in next sc` may stand on other stitches when it is worked again
        named = check_items(replace(row, items=again.in_any_stitch(items)), one.span, ground, terms, colour)
        says = "Worked again on other stitches than the row that is meant names."
        told = Finding("stitch-assumed", says, one.span)
        checked = checked if named.verdict == "error" else replace(named, findings=(*named.findings, told))
    counted = row.declared.span if row.declared else None
    found = tuple(dict.fromkeys(f if f.span == counted else _elsewhere(f, one.span) for f in checked.findings))
    many = ground.single and (one.passes != 1 or len(one.rows) > 1 or one.last > 1)
    return replace(checked, findings=found, again=((one, 1),) if many else ())


def _elsewhere(found: Finding, span: tuple[int, int]) -> Finding:
    """A finding of a row that is worked again, at the words that say so; those that it is about stand elsewhere."""
    unread = found.id == "not-understood" and found.message.startswith("“")
    says = "The row that is worked again here was not understood." if unread else found.message
    return replace(found, span=span, message=says)


def grown(row: Row, ref: Ref, ground: Ground, terms: str, colour: str | None) -> Checked:
    """The same round on a larger one: along each side what was worked there, up to the corner."""
    checked = check_items(row, ref.span, ground, terms, colour, 1)
    wrong = [found.id for found in checked.findings if found.severity != "warning"]
    if not wrong or wrong == ["declared-mismatch"]:
        told = Finding("ref-grown", "The round below is larger: each side is worked up to its corner.", ref.span)
        return replace(checked, findings=(*checked.findings, told))
    says = "The round below is larger than the one meant, and how that is worked further was not worked out."
    return replace(checked, findings=(Finding("not-understood", says, ref.span),))


def check_items(
    row: Row, span: tuple[int, int], ground: Ground, terms: str, colour: str | None, letters: int = 0
) -> Checked:
    """Check a row by its items. `span`: where its words stand; `letters`: how many it has."""
    if not row.items:
        return Checked(None, row.declared, (Finding("not-understood", "Nothing to work.", span),))
    before = NOT_SAID if ground.below is None and ground.known else ground.before
    kept, ending = ended(row.items, ground.rounds)
    worked, turned = begun(kept, before, span[0])
    ring = _ring((*ground.opening, *kept))
    bare = ring is None and ground.below is None and ground.known
    founded = foundation.of((*ground.opening, *worked)) if bare else None
    assumed = ring is None and bare and founded is None and ground.rounds and _means_a_ring((*ground.opening, *worked))
    ring = (*ground.opening, *worked) if assumed else ring
    if ring is None and ground.below is None and founded is None:
        unknown = (*_unread(row.items), _no_ground(ground, span))
        return Checked(None, row.declared, unknown, ending=ending, items=row.items)
    if ring is not None and ground.below is not None:
        wrong = Finding("bad-target", "A ring is made, though this round stands on the one before.", span)
        return Checked(None, row.declared, (wrong,))
    items = clusters.begun(founded.items if founded else ring or worked)
    stands: Sequence[tuple[tuple[Item, ...], Fabric | None]] = [(items, None if ring else ground.below)]
    if founded:
        stands = replace(founded, chains=founded.chains + ground.spare, items=items).ways(ground.rounds)
    main = _main(items)
    best: Checked | None = None
    others: list[Fabric] = []
    readings = _readings(items, main, ground, founded is not None)
    cost = letters
    for way, below, reading in _ways(stands, turned, readings):
        tried = _run(Way(way, below, reading, main, terms, colour, span, ground.rounds, ending), row.declared)
        cost += tried.cost
        if reading != readings[0] and tried.verdict == "ok":
            tried = replace(tried, findings=_bent(tried, items, reading, readings[0], terms))
        if best is not None and best.verdict == tried.verdict == "ok":
            if tried.made and best.made and tried.made.fabric.course.counts() != best.made.fabric.course.counts():
                others.append(tried.made.fabric)
            continue
        if best is None or _worse(tried) < _worse(best):
            best = tried
        if tried.verdict == "ok" and (row.declared or tried.made is None or tried.made.course.closed):
            break
    assert best is not None
    found = (*best.findings, *remarks(row, ground.names))
    if assumed:
        found = (*found, Finding("start-assumed", "Nothing says how the round begins: a ring is meant.", span))
    best = replace(best, findings=found, counted=_counted(items), ending=ending)
    return replace(best, others=tuple(others[:3]), cost=cost, items=row.items)


def chains_needed(text: str, body: int, ground: Ground, terms: str, short: Checked) -> Checked:
    """The check of a row that a foundation chain is too short for, with how many chains it needs."""
    row = parse(text, body, terms, ground.names)
    founded = foundation.of((*ground.opening, *ended(row.items, ground.rounds)[0]))
    if founded is None:
        return short
    for spare in range(1, MOST_SPARE + 1):
        again = check_row(text, body, replace(ground, spare=spare), terms, None)
        if not any(one.id == "foundation-short" for one in again.findings):
            says = f"Needs {founded.chains + spare} chains; {founded.chains} are there."
            found = (replace(one, message=says) if one.id == "foundation-short" else one for one in short.findings)
            return replace(short, findings=tuple(found))
    return short


def _ways(
    stands: Sequence[tuple[tuple[Item, ...], Fabric | None]], turned: bool | None, readings: list[Reading]
) -> Iterator[tuple[tuple[Item, ...], tuple[Fabric | None, bool], Reading]]:
    """What the row leaves open: where it stands, lists in brackets or not, turned or not, how its words are read."""
    for items, below in stands:
        gathered = items if below is None else listed(items)
        vee = items if below is None else vees(items)
        for way in {id(one): one for one in (gathered, items, endings.cut(items), vee)}.values():
            for side in _sides(below, turned):
                for reading in readings:
                    yield way, side, reading


def _sides(below: Fabric | None, turned: bool | None) -> list[tuple[Fabric | None, bool]]:
    """The fabric as the row sees it, and whether it is turned: rows turn, and rounds do not, where nothing is said."""
    if below is None or below.foundation:
        return [(below, False)]
    if turned is not None or below.course.closed:
        return [(turning.turned(below), True) if turned else (below, False)]
    other = [] if turning.same_either_way(below) else [(below, False)]
    return [(turning.turned(below), True), *other]


def _counted(items: tuple[Item, ...]) -> frozenset[int]:
    return frozenset(one.n for one in walked(items) if isinstance(one, Chain) and one.counts)


def _bent(tried: Checked, items: tuple[Item, ...], reading: Reading, usual: Reading, terms: str) -> tuple[Finding, ...]:
    """What is found of a row that adds up by an unusual reading; if it is odd even so, that is no reading of it."""
    if any(one.doubt and one.id == "corner-differs" for one in tried.findings):
        return tuple(replace(one, doubt=one.doubt and one.id != "corner-differs") for one in tried.findings)
    return (*tried.findings, *_assumed(items, reading, usual, terms))


def _assumed(items: tuple[Item, ...], reading: Reading, usual: Reading, terms: str) -> Iterator[Finding]:
    """Another reading than the usual one is the one that adds up: of the starting chain, of how often."""
    chain = _start_chain(items)
    if reading.start != usual.start and chain is not None:
        what = " and ".join(shown(kind, terms) if kind != "ch" else f"ch {n}" for kind, n in reading.start)
        says = f"Taken to count as {what}: so it adds up." if what else "Taken not to count as a stitch: so it adds up."
        yield Finding("start-chain-assumed", says, chain.span)
    if reading.more != usual.more:
        unsure = next(one for one in walked(items) if isinstance(one, Repeat) and one.often.how == "unsure")
        says = f"Taken as {unsure.often.n} in all: so it adds up. “More times” would be {unsure.often.n} more."
        yield Finding("repeat-ambiguous", says, unsure.often.span)


def _worse(one: Checked) -> tuple[int, int]:
    """How bad a reading is; of two that do not add up, one worked to its end is nearer, with fewer consequences."""
    wrong = sum(1 + len(found.also) for found in one.findings if found.severity == "error")
    return {"ok": 0, "unchecked": 1, "error": 2}[one.verdict], wrong if one.made else 100


def _no_ground(ground: Ground, span: tuple[int, int]) -> Finding:
    says = "The row below is not known." if not ground.known else "There is no row below, and no ring is made."
    return Finding("state-unknown", says, span)


def _ring(items: tuple[Item, ...]) -> tuple[Item, ...] | None:
    """What is worked into the ring that the row makes; None: it makes none.

    Only remarks may stand before the ring; other words there are kept as not understood.
    """
    for i, item in enumerate(items[:6]):
        before, after = items[:i], items[i + 1 :]
        opens = before[-1] if before and isinstance(before[-1], Chain) else None
        if isinstance(item, Ring):
            return (*_stray(before), *after)
        first = all(isinstance(one, Aside) for one in before[:-1])
        if isinstance(item, Join) and opens and (item.ring or (first and _makes_ring(item))):
            return None if foundation.of(items) else (*_stray(before[:-1]), *after)
        if isinstance(item, Make | Group) and item.target and item.target.which == "ring":
            said = item.target.things[0]
            if said.chains:  # `ch 4, 11 dc in 4th ch from hook`
                if opens is None or not first or foundation.of(items):
                    return None
                return (_skipped(opens, said.chains), *items[i:])
            begins = all(isinstance(one, Aside | Chain) for one in before)  # `ch 1, 6 sc in magic ring`
            return items if begins and said.kind == "magic" else None
        if isinstance(item, Make) and item.kind in FOUNDATION and item.target is None and first:
            return items
    return None


def _means_a_ring(items: tuple[Item, ...]) -> bool:
    """Worked `in ring`, which is made elsewhere; or a first round of stitches that go nowhere else than into one."""
    made = [one for one in walked(items) if isinstance(one, Make)]
    if not made or any(isinstance(one, Skip | Rules | Ref | Ring) for one in walked(items)):
        return False
    if not isinstance(items[0], Chain | Make | Repeat | Group) or isinstance(items[-1], Chain):
        return False
    where = [one.target for one in walked(items) if isinstance(one, Make | Group) and one.target]
    named = [one for one in where if one.which == "ring" and not one.things[0].chains]
    if named and (named[0] is where[0]):
        return True
    plain = all(one.kind not in ("inc", "dec", "sl st") and one.eats == 1 for one in made)
    return plain and all(one.which == "bare" for one in where) and sum(one.n for one in made) <= MOST_IN_A_RING


def _skipped(opens: Chain, nth: int) -> Item:
    """The chains before the nth from the hook start the round."""
    if opens.n < nth:
        return Unread(f"Needs {nth} chains; {opens.n} are there.", opens.span, "foundation-short")
    if opens.n > nth:
        return Unread("a foundation chain", opens.span)  # rows along it are not worked out yet
    return Chain(nth - 1, opens.span, opens.counts)


def _stray(before: tuple[Item, ...]) -> Iterator[Item]:
    """What stands before the ring and is no remark."""
    for one in before:
        if isinstance(one, Unread):
            yield one
        elif not isinstance(one, Aside) or one.what == "turn":
            yield Unread("words before the ring", one.span)


def _makes_ring(item: Join) -> bool:
    return item.ring or (item.closes and item.target is None and item.top in (None, (1, 0)))


def _unread(items: tuple[Item, ...]) -> list[Finding]:
    return [
        Finding("not-understood", f"“{' '.join(one.text.split())[:60]}” was not understood.", one.span)
        for one in walked(items)
        if isinstance(one, Unread) and not one.error
    ]


def _main(items: tuple[Item, ...]) -> str:
    """The stitch the row is made of; sc where nothing says."""
    kinds = [base(one.kind) for one in walked(items) if isinstance(one, Make) and one.kind not in ("inc", "dec")]
    return dearest([kind for kind in kinds if kind != "sl st"]) or dearest(kinds) or "sc"


def _readings(items: tuple[Item, ...], main: str, ground: Ground, founded: bool) -> list[Reading]:
    """The readings a row leaves open, the usual first."""
    start: list[tuple[tuple[str, int], ...]] = [()]
    first = _start_chain(items)
    if founded and first is None:
        start = foundation.readings(items)
    tops = [one.top for one in items if isinstance(one, Join) and one.top and one.top != (1, 0)]
    if first is not None and first.counts is None:
        start = _starts(first.n, main, tops[-1] if tops else None)
        if first.n in ground.not_counted:
            start = [()]
        elif first.n in ground.counted or (tops and tops[-1][1] == first.n):
            start = [one for one in start if one] or start
    unsure = any(isinstance(one, Repeat) and one.often.how == "unsure" for one in walked(items))
    return [Reading(one, more) for one in start for more in ((True, False) if unsure else (True,))]


def _start_chain(items: tuple[Item, ...]) -> Chain | None:
    """The chain a row starts with, perhaps the first thing of its first group; None: it starts otherwise."""
    first = next((one for one in items if isinstance(one, Chain | Group | Repeat | Rules) or _stands(one)), None)
    if isinstance(first, Group) or (isinstance(first, Repeat) and first.often.n == 1):
        first = first.items[0]
    return first if isinstance(first, Chain) else None


def _stands(one: Item) -> bool:
    """A stitch, and not a slip stitch on the way to where the row starts."""
    return isinstance(one, Make) and one.kind != "sl st"


def _starts(n: int, main: str, top: tuple[int, int] | None) -> list[tuple[tuple[str, int], ...]]:
    height = START[main]
    if n <= 1:
        return [()]
    if n == 2:
        counts = ((main if main in ("hdc", "dc") else "hdc", 1),)
        return [counts, ()] if main == "hdc" or top else [(), counts]
    found: list[tuple[tuple[str, int], ...]] = []
    if n == height:
        found.append(((main, 1),))
    elif n > height >= 2 and not (top and top[0] == 0 and top[1] == n and n in BY_START):
        found.append(((main, 1), ("ch", n - height)))
    if n in BY_START:
        found.append(((BY_START[n], 1),))
    return [*dict.fromkeys(found), ()]


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


def _run(way: Way, declared: Declared | None) -> Checked:
    below, was_turned = way.side
    span, terms = way.span, way.terms
    run = Run(Machine(below), reading=way.reading, main=way.main)
    found = run.findings
    try:
        run.items(way.items, top=True)
    except Stuck as stuck:
        found.append(Finding(*_short(stuck, below), stuck.span if stuck.span != (0, 0) else span))
        found += _unread(way.items)
        return Checked(None, declared, tuple(_settled(found)), cost=_cost(run))
    machine = run.machine
    if all(one.chain for one in machine.out):
        found.append(Finding("not-understood", "The row makes no stitch.", span))
        return Checked(None, declared, tuple(_settled(found)), cost=_cost(run))
    row = judge.made(machine, way.colour, _closes(way, below))
    if row.course.closed and machine.out[0].chain and not run.joined:
        found.append(Finding("join-target", "Nothing says how this round is closed.", span))
    if machine.mismatched:
        found.append(Finding("kind-mismatch", _other_kind(machine.mismatched, terms), span))
    end = next((one.span for one in reversed(way.items) if isinstance(one, Join)), span)
    differs = judge.disagreements(row, declared, run.sums, terms) if declared else []
    if row.course.closed and (below is None or below.course.closed or below.foundation):
        found += leftovers(run, end, declared is not None and not differs, _goes_around(way.items))
        found += evenness(row.course, below, declared, bool(differs), run.where, terms)
    else:
        found += row_ends.left(run, span, declared is not None and not differs)
    found += differs
    if was_turned and below is not None:
        stood = turning.as_stood(row.course, below.size // 2, below.course.closed)
        row = replace(row, fabric=Fabric(stood, row.fabric.centres, row.fabric.joints))
    return Checked(row, declared, tuple(_settled(found)), cost=_cost(run))


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
