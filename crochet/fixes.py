"""Fixes: one change that makes a row add up. Each is run by the checker before it is offered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from crochet import labels
from crochet.evenness import is_even
from crochet.findings import Edit, Finding, Fix
from crochet.pattern import Declared
from crochet.rows import Checked, Ground, check_row
from crochet.tokens import LARGEST, Reader, Token, tokens

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
    left = MOST_COST - wrong.cost
    found: list[Fix] = []
    doubtful: list[Fix] = []  # these add up only by an odd reading
    for fix in islice(_candidates(text, body, wrong), MOST_TRIES):
        if left < 0 or len(found) == MOST_FIXES:
            break
        tried = check_row(applied(text, fix.edits), body, ground, terms, colour)
        left -= tried.cost
        if tried.verdict == "ok":
            (doubtful if _odd(tried) else found).append(fix)
    if len(found) < MOST_FIXES and (counted := _count(text, body, ground, terms, colour, wrong)):
        found.append(counted)
    return tuple([*found, *doubtful][:MOST_FIXES]), MOST_COST - left


def _odd(checked: Checked) -> bool:
    if checked.made and not is_even(checked.made.course):
        return True
    return any(
        one.doubt or one.id in ("start-chain-assumed", "join-target", "start-assumed") for one in checked.findings
    )


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with the edits made, the last first."""
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        text = text[: edit.span[0]] + edit.new + text[edit.span[1] :]
    return text


def _candidates(text: str, body: int, wrong: Checked) -> Iterator[Fix]:
    found = tokens(text, body)
    said = wrong.declared.span if wrong.declared else (len(text), len(text))
    words = [token for token in found if not said[0] <= token.start < said[1]]
    at = wrong.findings[0].span if wrong.findings else (body, len(text))
    yield from _first_corner(text, words)
    numbers = [token for token in words if token.kind == "n" and 0 < token.value < LARGEST]
    numbers.sort(key=lambda token: not at[0] <= token.start < at[1])
    for by in (1, -1, 2, -2):
        for token in numbers:
            if token.value + by > 0:
                yield _number(token, token.value + by)
    yield from _twice(words)
    yield from _before_join(text, words)
    yield from _more(words)
    for by in (3, -3, 4, -4):
        for token in numbers:
            if token.value + by > 0:
                yield _number(token, token.value + by)


def _number(token: Token, new: int) -> Fix:
    return Fix(f"Write {new} instead of {token.text}.", (Edit((token.start, token.end), str(new)),))


def _twice(words: list[Token]) -> Iterator[Fix]:
    for token in words:
        if token.text == "twice":
            for n in (1, 3, 4):
                yield Fix(f"Write {n} times instead of twice.", (Edit((token.start, token.end), f"{n} times"),))


def _before_join(text: str, words: list[Token]) -> Iterator[Fix]:
    """The chain before the join put in, or taken out."""
    join = next((i for i in range(len(words) - 1, -1, -1) if words[i].text == "join" and i > 2), None)
    if join is None:
        return
    start = words[join].start
    if words[join - 1].text == "to":  # sl st in top of ch 3 to join
        start = next((words[k].start for k in range(join, 0, -1) if words[k].text in ("sl", "ss")), start)
    capital = text[start].isupper()
    for n in (1, 2, 3):
        yield Fix(f"Put ch {n} before the join.", (Edit((start, start), f"Ch {n}. " if capital else f"ch {n}, "),))
    before = [token for token in words if token.end <= start]
    if len(before) > 3 and before[-3].text == "ch" and before[-2].kind == "n":
        yield Fix("Leave out the chain before the join.", (Edit((before[-3].start, start), ""),))


def _more(words: list[Token]) -> Iterator[Fix]:
    for i, token in enumerate(words):
        if token.text == "times" and i and words[i - 1].kind == "n":
            yield Fix("Write “more times”.", (Edit((token.start, token.start), "more "),))
        if token.text == "more":
            yield Fix("Leave out “more”.", (Edit((token.start, words[i + 1].start), ""),))


def _first_corner(text: str, words: list[Token]) -> Iterator[Fix]:
    """`2 dc in same sp` where the other corners are `(3 dc, ch 2, 3 dc)`: the first becomes `(2 dc, ch 2, 3 dc)`."""
    same = next((i for i, t in enumerate(words) if t.text == "same" and i > 2), None)
    if same is None or words[same - 2].text in (")", "]"):
        return
    for i in range(same, len(words) - 6):
        a, k, _, comma, ch = words[i : i + 5]
        if a.text in ("(", "[") and k.kind == "n" and comma.text == "," and ch.text == "ch":
            close = next((t for t in words[i:] if t.text in (")", "]")), None)
            if close is None:
                return
            rest = text[comma.start : close.start]
            start, end = words[same - 3].start, words[same - 2].end
            yield Fix("Finish the first corner.", (Edit((start, end), f"({text[start:end]}{rest})"),))
            return


def _count(text: str, body: int, ground: Ground, terms: str, colour: str | None, wrong: Checked) -> Fix | None:
    """The declared numbers put right, one after the other, where only they are wrong."""
    if wrong.made is None or wrong.declared is None or not _count_only(wrong.findings):
        return None
    if wrong.declared.conflict and "ch-" not in wrong.declared.conflict[0]:
        return None  # of two totals the one that is right stays; nothing says which words to take out
    edits: list[Edit] = []
    for token, new in _declared_numbers(text, wrong, wrong.declared, terms):
        if token.value != new:
            edits.append(Edit((token.start, token.end), str(new)))
    if not edits:
        return None
    fix = Fix("Correct the count.", tuple(edits))
    tried = check_row(applied(text, fix.edits), body, ground, terms, colour)
    return fix if tried.verdict == "ok" else None


def _count_only(found: tuple[Finding, ...]) -> bool:
    return all(
        one.id in ("declared-mismatch", "declared-conflict") and not one.also
        for one in found
        if one.severity != "warning"
    )


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
        one = labels.count(reader, Declared((0, 0)))
        if one is None:
            reader.i = at + 1
            continue
        new: int | None = None
        if one.counts:
            new = course.counts().get(one.counts[0][0])
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
        elif one.corners is not None:
            new = course.corners()
        elif one.per_side is not None and len(set(wrong.made.per_side)) == 1:
            new = wrong.made.per_side[0]
        elif one.groups is not None:
            new = len(wrong.made.groups)
            sizes = [each for each in reader.found[at + 1 : reader.i] if each.kind == "n"]
            if new == token.value and sizes and len(set(wrong.made.groups)) == 1:
                token, new = sizes[0], wrong.made.groups[0]
        if new is not None:
            yield token, new
