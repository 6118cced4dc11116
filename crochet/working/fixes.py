"""Fixes: one change that makes a row add up. Each is run by the checker before it is offered."""

from __future__ import annotations

from itertools import islice

from crochet.craft.fabric import Course
from crochet.findings import Edit, Fix
from crochet.grammar.pattern import Row
from crochet.grammar.variants import Variants
from crochet.working.changes import changes
from crochet.working.evenness import is_even
from crochet.working.ground import Checked, Ground, Mend
from crochet.working.recount import recounts
from crochet.working.rows import check_read, check_row

MOST_TRIES = 200
MOST_FIXES = 2  # shown
MOST_MENDS = 6  # kept, for the next row to choose from
MOST_COST = 80_000  # letters read and stitches worked in all tries: about a fifth of a second
MOST_MORE = 20_000  # of them, once there are as many as are shown
LONGEST_ROW = 2_000


def fixes(
    text: str, body: int, ground: Ground, terms: str, colour: str | None, wrong: Checked
) -> tuple[tuple[Mend, ...], int]:
    """Changes after which the row is ok, the smallest first, the count last; and what the tries cost."""
    if len(text) > LONGEST_ROW:
        return (), 0
    left = MOST_COST - wrong.cost - 2 * len(text)
    variants = Variants(text, body, terms, ground.names)
    span = (body, len(text.rstrip()))
    found: list[Mend] = []
    doubtful: list[Mend] = []  # these add up only by an odd reading
    more = MOST_MORE
    for fix, plain in islice(changes(text, body, ground.below, wrong, terms), MOST_TRIES):
        if left < 0 or more < 0 or len(found) == MOST_MENDS:
            break
        before = left
        row = _varied(variants, fix)
        if row is not None:
            tried = check_read(row, span, ground, terms, colour, 0)
            left -= tried.cost + len(text) // 8  # its items are gone through, whatever they make
        if row is None or tried.verdict == "ok":
            tried = check_row(applied(text, fix.edits), body, ground, terms, colour)
            left -= tried.cost
            if tried.verdict == "ok":
                (found if plain and not _odd(tried, wrong) else doubtful).append(Mend(fix, tried))
        if len(found) >= MOST_FIXES:
            more -= before - left
    for fix in recounts(text, wrong, terms):
        tried = check_row(applied(text, fix.edits), body, ground, terms, colour)
        if tried.verdict == "ok":
            found.append(Mend(fix, tried))
            break
    return (*found, *doubtful[:MOST_FIXES]), MOST_COST - left


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
