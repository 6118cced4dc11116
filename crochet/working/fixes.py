"""Fixes: one change that makes a row add up. Each is run by the checker before it is offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from crochet.craft.fabric import Course
from crochet.findings import Edit, Fix
from crochet.grammar.pattern import Row
from crochet.grammar.variants import Variants
from crochet.working.changes import changes
from crochet.working.dropped import put_back
from crochet.working.evenness import is_even
from crochet.working.ground import Checked, Ground, Mend
from crochet.working.recount import recounts
from crochet.working.rows import check_read, check_row

MOST_TRIES = 200
MOST_PUT_BACK = 150  # phrases put back
MOST_FIXES = 2  # shown
MOST_MENDS = 6  # kept, for the next row to choose from
MOST_COST = 80_000  # letters read and stitches worked in all tries: about a fifth of a second
EACH = 100  # what a try of the shortest row costs besides
MOST_MORE = 20_000  # of them, once there are as many as are shown
LONGEST_ROW = 2_000


def fixes(
    text: str, body: int, ground: Ground, terms: str, colour: str | None, wrong: Checked
) -> tuple[tuple[Mend, ...], int]:
    """Changes after which the row is ok, the smallest first, the count and what was left out last; and their cost."""
    if len(text) > LONGEST_ROW:
        return (), 0
    tries = _Tries(text, body, ground, terms, colour, wrong, Variants(text, body, terms, ground.names))
    tries.left -= wrong.cost + 2 * len(text)
    tries.run(islice(changes(text, body, ground.below, wrong, terms), MOST_TRIES))
    for fix in recounts(text, wrong, terms):
        before = len(tries.found)
        tries.one(fix, True, forgiving=True)
        if len(tries.found) > before:
            break
    items = tries.variants.row.items
    tries.run((fix, True) for fix in islice(put_back(text, items, ground.below, wrong, terms), MOST_PUT_BACK))
    return (*tries.found, *tries.doubtful[:MOST_FIXES]), MOST_COST - tries.left + EACH * tries.tried


@dataclass(slots=True)
class _Tries:
    """The changes of one row being tried, until enough are found or they cost too much."""

    text: str
    body: int
    ground: Ground
    terms: str
    colour: str | None
    wrong: Checked
    variants: Variants
    left: int = MOST_COST
    more: int = MOST_MORE
    tried: int = 0
    found: list[Mend] = field(default_factory=list)
    doubtful: list[Mend] = field(default_factory=list)  # these add up only by an odd reading

    def run(self, proposed: Iterable[tuple[Fix, bool]]) -> None:
        for fix, plain in proposed:
            if self.left < 0 or self.more < 0 or len(self.found) >= MOST_MENDS:
                return
            before = self.left
            self.one(fix, plain)
            if len(self.found) >= MOST_FIXES:
                self.more -= before - self.left

    def one(self, fix: Fix, plain: bool, forgiving: bool = False) -> None:
        """Keep the change if the row is ok with it; `forgiving`: whatever its shape."""
        self.tried += 1
        row = _varied(self.variants, fix)
        if row is not None:
            span = (self.body, len(self.text.rstrip()))
            tried = check_read(row, span, self.ground, self.terms, self.colour, 0)
            self.left -= tried.cost + len(self.text) // 8  # its items are gone through, whatever they make
            if tried.verdict != "ok":
                return
        tried = check_row(applied(self.text, fix.edits), self.body, self.ground, self.terms, self.colour)
        self.left -= tried.cost
        if tried.declared is None and self.wrong.declared is not None:
            return  # what rids the row of its count mends nothing
        mend = Mend(fix, tried)
        if tried.verdict == "ok" and not any(_same(mend, one) for one in (*self.found, *self.doubtful)):
            kept = plain and (forgiving or not _odd(tried, self.wrong))
            (self.found if kept else self.doubtful).append(mend)


def _same(one: Mend, other: Mend) -> bool:
    """The same in other words: `in next ch-1 sp`, `in next ch-1 space`."""
    there = [[edit.span for edit in mend.fix.edits] for mend in (one, other)]
    made, others = one.checked.made, other.checked.made
    return there[0] == there[1] and made is not None and others is not None and made.course == others.course


def _varied(variants: Variants, fix: Fix) -> Row | None:
    """The row with the change, where that is of numbers alone."""
    if not all(edit.new.isdecimal() for edit in fix.edits):
        return None
    return variants.with_numbers({edit.span[0]: int(edit.new) for edit in fix.edits})


def _odd(tried: Checked, wrong: Checked) -> bool:
    """It adds up by an odd reading, or as an odd shape."""
    course = tried.made.course if tried.made else None
    if course and not (is_even(course) and _corners_widest(course)):
        return True
    if course and wrong.made and not course.corners() and len(course.spaces()) > len(wrong.made.course.spaces()):
        return True
    return any(one.doubt or one.id in ("start-chain-assumed", "start-assumed") for one in tried.findings)


def _corners_widest(course: Course) -> bool:
    """No space beside a corner is wider than it."""
    corners = [gap.chains for gap in course.gaps if gap.corner]
    return not corners or max(gap.chains for gap in course.gaps) <= max(corners)


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with the edits made, the last first."""
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        text = text[: edit.span[0]] + edit.new + text[edit.span[1] :]
    return text
