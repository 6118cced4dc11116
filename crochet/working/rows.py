"""Rows: one row's words checked against the row below. What `work` does for each line and `fixes` for each try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from crochet.findings import Finding
from crochet.grammar import clusters
from crochet.grammar.notation import parse
from crochet.grammar.pattern import Chain, Item, Ref, Row, Unread, walked
from crochet.working import again, charts, deeper, evenly, foundation, limbs, spread, squares, unsized
from crochet.working.ground import Checked, Ground
from crochet.working.places import Fabric
from crochet.working.readings import Reading, bent, main_of, past_the_end, readings_of, ways
from crochet.working.remarks import NO_SHELL, remarks
from crochet.working.rings import in_the_ring, means_a_ring, ring_of
from crochet.working.turning import NOT_SAID, Ending, begun, ended
from crochet.working.ways import Way, taken, unread

MOST_SPARE = 12


def check_row(text: str, body: int, ground: Ground, terms: str, colour: str | None) -> Checked:
    """Check the row in `text`, whose words begin at `body`. The reading with the least wrong is taken."""
    row, span = parse(text, body, terms, ground.names), (body, len(text.rstrip()))

    def on(ground: Ground) -> Checked:
        return check_read(row, span, ground, terms, colour, len(text))

    checked = on(ground)
    if checked.verdict == "error" and deeper.BEHIND.search(text, body) and not any(deeper.named(row.items)):
        further = replace(row, items=deeper.further(row.items))
        checked = _unless_deeper(checked, check_read(further, span, ground, terms, colour, len(text)), span)
    if ground.inner and checked.verdict == "error" and _changes(row, checked, ground):  # the count is the last row's
        checked = check_read(replace(row, declared=None), span, ground, terms, colour, len(text))
    if ground.inner and checked.verdict == "unchecked":
        checked = replace(checked, declared=None)
    if row.limbs:
        return limbs.made_into_one(
            row, span, ground, checked, lambda row, on: check_items(row, span, on, terms, colour, len(text))
        )
    chained = checked.verdict == "unchecked" and ground.known and ground.below is None and not ground.opening
    if chained and unsized.on_a_chain(row):
        return unsized.chained(row, ground, on) or checked
    if checked.verdict != "ok" and row.spread is None and ground.below is None and (ends := unsized.at_row_ends(row)):
        row = replace(row, spread=ends)
    if row.spread is None or (checked.verdict == "ok" and row.declared):
        return checked
    left = unsized.alone(row, ground, on)
    if left is not None:
        return left
    says = "How the stitches are spread evenly is left to the maker, so it is not worked out."
    return replace(checked, made=None, findings=(Finding("layout-unknown", says, row.spread),))


def _unless_deeper(checked: Checked, further: Checked, span: tuple[int, int]) -> Checked:
    """A round behind petals that does not add up on them may stand on the one before; if unclear, it is not judged."""
    if further.verdict == "ok":
        return further
    if not any(found.id == "kind-mismatch" for found in checked.findings):
        return checked
    says = "Works behind what is there, and into which round is not clear."
    return replace(checked, made=None, findings=(Finding("not-understood", says, span),))


def _changes(row: Row, checked: Checked, ground: Ground) -> bool:
    """The row is longer or shorter than the one below, or is one of several that are worked again in turn."""
    ref = again.of(row.items)
    if ref is not None and (len(ref.rows) > 1 or ref.last > 1):
        return True
    return ground.below is not None and checked.made is not None and checked.made.fabric.size != ground.below.size


def check_read(
    row: Row, span: tuple[int, int], ground: Ground, terms: str, colour: str | None, letters: int
) -> Checked:
    """The same of a row that has been read."""
    row = replace(row, items=again.at_the_ends(row.items, ground.written[-1] if ground.written else None))
    own, after = again.apart(row.items)
    one = again.of(own)
    if one is None:
        alone = row if own is row.items else replace(row, items=own)
        checked = check_items(alone, span, ground, terms, colour, letters)
        return replace(checked, again=tuple((ref, 0) for ref in after)) if after else checked
    if one.of and not one.rows:
        own = tuple(replace(item, rows=(ground.number,)) if item is one else item for item in own)
    written = again.known(one, ground.written, ground.pieces)
    if one.last and ground.turn and not isinstance(written, Finding):
        written = written[: -ground.turn]  # the last before `Rows 14-17`, for each of them
    opened = ground.below is not None or bool(ground.opening)
    items = written if isinstance(written, Finding) else again.resolved(own, written, ground.turn, opened)
    if isinstance(written, Finding) or isinstance(items, Finding):
        return Checked(None, row.declared, tuple(found for found in (written, items) if isinstance(found, Finding))[:1])
    if one.of and ground.inner:
        row = replace(row, declared=None)
    grows = again.grows(one, written) and not again.spaced(own)
    checked = worked_again(replace(row, items=items), one, grows, ground, terms, colour, letters)
    here = {item.span for item in own if isinstance(item, Unread)} | {row.declared.span if row.declared else one.span}
    found = tuple(dict.fromkeys(f if f.span in here else _elsewhere(f, one.span) for f in checked.findings))
    rows = again.targets(one, written)
    told = grows or row.declared
    meant = rows[ground.turn % len(rows)].said if isinstance(rows, list) and rows and not told else None
    many = ground.single and (one.passes != 1 or len(one.rows) > 1 or one.last > 1)
    return replace(checked, findings=found, meant=meant, again=((one, 1),) if many else ())


def _elsewhere(found: Finding, span: tuple[int, int]) -> Finding:
    """A finding of a row that is worked again, at the words that say so; those that it is about stand elsewhere."""
    unread = found.id == "not-understood" and found.message.startswith("“")
    says = "The row that is worked again here was not understood." if unread else found.message
    return replace(found, span=span, message=says)


def worked_again(
    row: Row, ref: Ref, grows: bool, ground: Ground, terms: str, colour: str | None, letters: int = 0
) -> Checked:
    """Check a row by the items of another: as they stand, along larger sides, or on stitches with other names."""
    checked = check_items(row, ref.span, ground, terms, colour, letters)
    wrong = [found.id for found in checked.findings if found.severity == "error"]
    if not wrong or ((ref.of is not None or ground.inner) and set(wrong) == {"declared-mismatch"}):
        return checked
    if grows:
        return _grown(replace(row, items=again.along_the_sides(row.items)), ref, ground, terms, colour)
    named = check_items(replace(row, items=again.in_any_stitch(row.items)), ref.span, ground, terms, colour)
    says = "Worked again on other stitches than the row that is meant names."
    told = Finding("stitch-assumed", says, ref.span)
    return checked if named.verdict == "error" else replace(named, findings=(*named.findings, told))


def _grown(row: Row, ref: Ref, ground: Ground, terms: str, colour: str | None) -> Checked:
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
    if charts.of_tiles(row, ground):
        return charts.tiles(row, span, ground)
    if charts.made_of_tiles(ground.below):
        says = "What goes on beside tiles that are told by their yarns is not worked out."
        return Checked(None, row.declared, (Finding("state-unknown", says, span),), items=row.items)
    if charts.tells_otherwise(row.items):
        row = squares.written_out(evenly.spread(charts.in_stitches(row, ground), ground), ground)
        if unclear := charts.unclear(row):
            return Checked(None, row.declared, (Finding("not-understood", *unclear),), items=row.items)
    named = deeper.named(row.items)
    if any(named) and 0 in named and (all_of := deeper.all_of(row.items, named)) is not row.items:
        row = replace(row, items=all_of)
        named = deeper.named(row.items)
    if any(named) and (len(named) > 1 or deeper.of(next(iter(named)), ground.deeper) is None):
        row = replace(row, items=deeper.in_posts(row.items))
        named = deeper.named(row.items)
    if any(named):
        return _deeper(row, named, span, ground, terms, colour, letters)
    lone = ground.below is None and ground.known and not ground.opening and row.declared is None
    if lone and foundation.opening(row.items):
        return Checked(None, row.declared, (), items=row.items)  # `Rnd 1: Ch 4, join to form ring.`
    stance = _stance(row, span, ground)
    if isinstance(stance, Checked):
        return stance
    tried = _tried(stance, row, span, ground, terms, colour)
    return replace(
        tried, findings=_concluded(tried, stance, row, span, ground), counted=_said(stance.items, True),
        uncounted=_said(stance.items, False), ending=stance.ending, cost=letters + tried.cost, items=row.items,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stance:
    """What is worked, on which of these it may be worked, and whether a ring, or one that nothing tells of, is made."""

    items: tuple[Item, ...]
    on: Sequence[tuple[tuple[Item, ...], Fabric | None]]
    turned: bool | None
    ending: Ending
    founded: bool
    ring: bool
    assumed: bool


def _stance(row: Row, span: tuple[int, int], ground: Ground) -> _Stance | Checked:
    """What the row stands on, or the check of one that stands on nothing."""
    before = NOT_SAID if ground.below is None and ground.known else ground.before
    kept, ending = ended(row.items, ground.rounds)
    worked, turned = begun(kept, before, span[0])
    ring = ring_of((*ground.opening, *kept))
    bare = ring is None and ground.below is None and ground.known
    founded = foundation.of((*ground.opening, *worked)) if bare else None
    assumed = bare and founded is None and means_a_ring((*ground.opening, *worked), ground.rounds)
    ring = (*ground.opening, *worked) if assumed else ring
    if ring is None and ground.below is None and founded is None:
        ring = spread.told((*ground.opening, *worked))
    if ring is None and ground.below is None and founded is None:
        unknown = (*unread(row.items), _no_ground(ground, span))
        return Checked(None, row.declared, unknown, ending=ending, items=row.items)
    if ring is not None and ground.below is not None:
        wrong = Finding("bad-target", "A ring is made, though this round stands on the one before.", span)
        return Checked(None, row.declared, (wrong,))
    items = clusters.begun(founded.items if founded else ring or worked)
    on: Sequence[tuple[tuple[Item, ...], Fabric | None]] = [(items, None if ring else ground.below)]
    if founded:
        on = replace(founded, chains=founded.chains + ground.spare, items=items).ways(ground.rounds)
    return _Stance(items, on, turned, ending, founded is not None, ring is not None, assumed)


def _tried(stance: _Stance, row: Row, span: tuple[int, int], ground: Ground, terms: str, colour: str | None) -> Checked:
    """The row in the best of the ways to take it, what else it may have made, and what all that took."""
    items, main = stance.items, main_of(stance.items, row.declared, ground.below)
    readings = readings_of(items, main, ground, stance.founded)
    best: Checked | None = None
    others: list[Fabric] = []
    miscounted: list[Fabric] = []  # what it makes by readings by which only its count is wrong
    cost = 0

    def way(items: tuple[Item, ...], side: tuple[Fabric | None, bool], reading: Reading) -> Checked:
        one = Way(items, side, reading, main, terms, colour, span, ground.rounds, stance.ending)
        return taken(one, row.declared)

    for words, side, reading in ways(stance.on, stance.turned, readings):
        tried = way(words, side, reading)
        cost += tried.cost
        if reading != readings[0] and tried.verdict == "ok":
            tried = replace(tried, findings=bent(tried, items, reading, readings[0], terms))
        if best is not None and best.verdict == tried.verdict == "ok" and (_odd(tried) or not _odd(best)):
            if tried.made and best.made and tried.made.fabric.course.counts() != best.made.fabric.course.counts():
                others.append(tried.made.fabric)
            continue
        if best is None or _worse(tried) < _worse(best) or (tried.verdict == best.verdict == "ok"):
            best = tried
        if tried.verdict == "error" and tried.made and _miscounted(tried):
            miscounted.append(tried.made.fabric)
        counted = row.declared is not None and row.declared.groups is None  # `(1 tile)` does not say of what
        if tried.verdict == "ok" and not _odd(tried) and (counted or tried.made is None or tried.made.course.closed):
            break
    assert best is not None
    if past_the_end(items, ground.below, best):
        for words, side, reading in islice(ways(stance.on, stance.turned, readings), 2):
            tried = way(words, side, replace(reading, past=True))
            cost += tried.cost
            best = tried if tried.verdict == "ok" else best
    if best.verdict == "error" and best.made:
        others = [one for one in miscounted if one.course.counts() != best.made.course.counts()]
    return replace(best, others=tuple(others[:3]), cost=cost)


def _concluded(tried: Checked, stance: _Stance, row: Row, span: tuple[int, int], ground: Ground) -> tuple[Finding, ...]:
    """What is found of the row as it was taken; an error that may come of a guess of ours is none."""
    found = (*tried.findings, *remarks(row, ground.names))
    if tried.verdict == "error" and (guess := next((one for one in found if one.message == NO_SHELL), None)):
        found = (Finding("not-understood", NO_SHELL, guess.span),)  # another shell may be right
    heart = next((one for one in walked(stance.items) if stance.ring and in_the_ring(one)), None)
    if tried.verdict == "error" and heart is not None:  # the chains beside it are no spaces, by some hands
        says = "What the chains beside a sl st into the ring leave is not worked out."
        found = (Finding("not-understood", says, heart.span),)
    if stance.assumed:
        found = (*found, Finding("start-assumed", "Nothing says how the round begins: a ring is meant.", span))
    return found


def _deeper(
    row: Row, named: frozenset[int], span: tuple[int, int], ground: Ground, terms: str, colour: str | None, letters: int
) -> Checked:
    """Check a row that names an earlier row than the one below to be worked into."""
    fabric = deeper.of(next(iter(named)), ground.deeper) if len(named) == 1 else None
    if fabric is None or ground.below is None:
        says = "Works into an earlier row than the one below, and that is not followed here."
        return Checked(None, row.declared, (*unread(row.items), Finding("not-understood", says, span)), items=row.items)
    plain = replace(row, items=deeper.plain(row.items))
    found = check_items(plain, span, replace(ground, below=fabric), terms, colour, letters)
    if found.made is None:
        return found
    course = deeper.stood(found.made.course, fabric.size // 2, ground.below.size // 2)
    made = replace(found.made, fabric=Fabric(course, found.made.fabric.centres, found.made.fabric.joints))
    return replace(found, made=made, items=row.items)


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


def _said(items: tuple[Item, ...], counts: bool) -> frozenset[int]:
    """The starting chains of which the row says that they count, or that they do not."""
    chains = (one for one in walked(items) if isinstance(one, Chain) and one.counts is not None)
    return frozenset(one.n for one in chains if bool(one.counts) == counts)


def _miscounted(one: Checked) -> bool:
    return {found.id for found in one.findings if found.severity != "warning"} == {"declared-mismatch"}


def _worse(one: Checked) -> tuple[int, int]:
    """How bad a reading is; of two that do not add up, one worked to its end is nearer, with fewer consequences."""
    wrong = sum(1 + len(found.also) for found in one.findings if found.severity == "error")
    return {"ok": 0, "unchecked": 1, "error": 2}[one.verdict], wrong if one.made else 100


def _odd(one: Checked) -> bool:
    """It adds up, and still something in it is unlike the rest: another reading may be meant."""
    return any(found.doubt for found in one.findings)


def _no_ground(ground: Ground, span: tuple[int, int]) -> Finding:
    says = "The row below is not known." if not ground.known else "There is no row below, and no ring is made."
    return Finding("state-unknown", says, span)
