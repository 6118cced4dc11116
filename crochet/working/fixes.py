"""Fixes: one change that makes a row add up. Each is run by the checker before it is offered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from crochet.craft.stitches import START, shown, us_key
from crochet.findings import Edit, Fix
from crochet.grammar.declared import count
from crochet.grammar.pattern import Declared, Row
from crochet.grammar.tokens import Reader, Token, tokens
from crochet.grammar.variants import Variants
from crochet.working.changes import changes
from crochet.working.counted import counted
from crochet.working.evenness import is_even
from crochet.working.ground import Checked, Ground
from crochet.working.groups import many
from crochet.working.rows import check_read, check_row

MOST_TRIES = 200
MOST_FIXES = 2
MOST_COST = 80_000  # letters read and stitches worked in all tries: about a fifth of a second
LONGEST_ROW = 2_000


def fixes(
    text: str, body: int, ground: Ground, terms: str, colour: str | None, wrong: Checked
) -> tuple[tuple[Fix, ...], int]:
    """At most two changes after which the row is ok, the smallest first, the count last; and what the tries cost."""
    if len(text) > LONGEST_ROW:
        return (), 0
    left = MOST_COST - wrong.cost - 2 * len(text)
    variants = Variants(text, body, terms, ground.names)
    span = (body, len(text.rstrip()))
    found: list[Fix] = []
    doubtful: list[Fix] = []  # these add up only by an odd reading
    for fix, plain in islice(changes(text, body, ground.below, wrong, terms), MOST_TRIES):
        if left < 0 or len(found) == MOST_FIXES:
            break
        row = _varied(variants, fix)
        if row is not None:
            tried = check_read(row, span, ground, terms, colour, 0)
            left -= tried.cost + len(text) // 8  # its items are gone through, whatever they make
            if tried.verdict != "ok":
                continue
        tried = check_row(applied(text, fix.edits), body, ground, terms, colour)
        left -= tried.cost
        if tried.verdict == "ok":
            (found if plain and not _odd(tried, wrong) else doubtful).append(fix)
    if len(found) < MOST_FIXES and (counted := _count(text, body, ground, terms, colour, wrong)):
        found.append(counted)
    return tuple([*found, *doubtful][:MOST_FIXES]), MOST_COST - left


def _varied(variants: Variants, fix: Fix) -> Row | None:
    """The row with the change, where that is one number."""
    ((start, _), new) = fix.edits[0].span, fix.edits[0].new
    return variants.with_number(start, int(new)) if len(fix.edits) == 1 and new.isdecimal() else None


def _odd(tried: Checked, wrong: Checked) -> bool:
    """It adds up by an odd reading, or as an odd shape."""
    course = tried.made.course if tried.made else None
    if course and not is_even(course):
        return True
    if course and wrong.made and not course.corners() and len(course.spaces()) > len(wrong.made.course.spaces()):
        return True
    return any(one.doubt or one.id in ("start-chain-assumed", "start-assumed") for one in tried.findings)


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with the edits made, the last first."""
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        text = text[: edit.span[0]] + edit.new + text[edit.span[1] :]
    return text


def _count(text: str, body: int, ground: Ground, terms: str, colour: str | None, wrong: Checked) -> Fix | None:
    """The declared numbers put right, one after the other, where only they are wrong."""
    if wrong.made is None or wrong.declared is None or not _count_only(wrong):
        return None
    if wrong.declared.conflict and "ch-" not in wrong.declared.conflict[0]:
        return None  # of two totals the one that is right stays; nothing says which words to take out
    edits: list[Edit] = []
    for token, new in _declared_numbers(text, wrong, wrong.declared, terms):
        if token.value != new:
            edits.append(Edit((token.start, token.end), str(new)))
    edits += _declared_kinds(text, wrong, wrong.declared, terms)
    if not edits:
        return None
    fix = Fix("Correct the count.", tuple(edits))
    tried = check_row(applied(text, fix.edits), body, ground, terms, colour)
    return fix if tried.verdict == "ok" else None


def _count_only(wrong: Checked) -> bool:
    said = wrong.declared.span if wrong.declared else None
    return all(
        (one.id in ("declared-mismatch", "declared-conflict") or (one.id == "kind-mismatch" and one.span == said))
        and not one.also
        for one in wrong.findings
        if one.severity != "warning"
    )


def _declared_kinds(text: str, wrong: Checked, said: Declared, terms: str) -> Iterator[Edit]:
    """The stitch that is made, where the count names another."""
    made = list(wrong.made.course.counts()) if wrong.made else []
    if len(made) == len(said.counts) == 1 and made[0] in START:
        for token in tokens(text[: said.span[1]], said.span[0]):
            if token.kind == "w" and us_key(token.text, terms) == said.counts[0][0] != made[0]:
                yield Edit((token.start, token.end), shown(made[0], terms))


def _declared_numbers(text: str, wrong: Checked, said: Declared, terms: str) -> Iterator[tuple[Token, int]]:
    """(number, what it should be) of each count in the declaration."""
    assert wrong.made is not None
    course, span = wrong.made.course, said.span
    reader = Reader(text[: span[1]], tokens(text[: span[1]], span[0]), terms)
    told: dict[int, Token] = {}  # the sizes of spaces met, and where
    while not reader.done():
        token = reader.peek()
        if token.kind != "n":
            reader.i += 1
            continue
        at = reader.i
        one = count(reader, Declared((0, 0)))
        if one is None:
            reader.i = at + 1
            if said.stitches != token.value or said.counts or reader.peek().kind == "n":
                continue
            one = Declared((0, 0), stitches=token.value)  # `(18)`
        new: int | None = None
        if one.counts:
            new = counted(course.counts(), one.counts[0][0], token.value) or None
        elif one.stitches is not None:
            new = len(course.stitches)
        elif one.spaces:
            new = course.spaces().get(one.spaces[0][0])
            others = [k for k, n in course.spaces().items() if n == token.value and k not in dict(said.spaces)]
            sizes = [each for each in reader.found[at + 1 : reader.i] if each.kind == "n"]
            if sizes and others and (new != token.value or sizes[0].value in told):
                new = min(others, key=lambda k: abs(k - sizes[0].value))
                token = told[sizes[0].value] if new > sizes[0].value and sizes[0].value in told else sizes[0]
            for each in sizes:
                told.setdefault(each.value, each)
        elif one.named:
            new = many(course, one.named[0][0])
        elif one.corners is not None:
            new = course.corners()
        elif one.loose_spaces is not None:
            new = sum(course.spaces().values())
        elif one.per_side is not None and len(set(wrong.made.per_side)) == 1:
            new = wrong.made.per_side[0]
        elif one.groups is not None:
            new = len(wrong.made.groups)
            sizes = [each for each in reader.found[at + 1 : reader.i] if each.kind == "n"]
            if new == token.value and sizes and len(set(wrong.made.groups)) == 1:
                token, new = sizes[0], wrong.made.groups[0]
        if new is not None:
            yield token, new
