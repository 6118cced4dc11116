"""Recount: the declared numbers and stitches put right, where only they are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from crochet.craft.stitches import START, shown, us_key
from crochet.findings import Edit, Fix
from crochet.grammar import counts
from crochet.grammar.pattern import Declared
from crochet.grammar.tokens import Reader, Token, tokens
from crochet.working import filet
from crochet.working.blocks import blocks_of
from crochet.working.counted import counted
from crochet.working.ground import Checked
from crochet.working.groups import many
from crochet.working.sorts import between_chains


def recounts(text: str, wrong: Checked, terms: str) -> Iterator[Fix]:
    """The count with another stitch named, then with its numbers as they are made; none where more is wrong."""
    said = wrong.declared
    if wrong.made is None or said is None or not _count_only(wrong):
        return
    for edit in _renamed(text, wrong, said, terms):
        yield Fix("Correct the count.", (edit,))
    if said.conflict and "ch-" not in said.conflict[0]:
        return  # of two totals the one that is right stays; nothing says which words to take out
    numbers = _declared_numbers(text, wrong, said, terms)
    edits = tuple(Edit((token.start, token.end), str(new)) for token, new in numbers if token.value != new)
    if edits:
        yield Fix("Correct the count.", edits)


def _renamed(text: str, wrong: Checked, said: Declared, terms: str) -> Iterator[Edit]:
    """The stitch that is made as often as it says, where the count names another: `12 hdc, 12 hdc`."""
    made = wrong.made.course.counts() if wrong.made else {}
    found = tokens(text[: said.span[1]], said.span[0])
    named = [
        (number, name, key)
        for number, name in pairwise(found)
        if number.kind == "n" and name.kind == "w" and (key := us_key(name.text, terms))
    ]
    told = {key for *_, key in named}
    for kind in (one for one in made if one in START and one not in told):
        for number, name, key in named:
            if number.value == made[kind] and (made.get(key) != number.value or _twice(key, named)):
                yield Edit((name.start, name.end), shown(kind, terms))


def _twice(key: str, named: list[tuple[Token, Token, str]]) -> bool:
    return sum(one == key for *_, one in named) > 1


def _count_only(wrong: Checked) -> bool:
    said = wrong.declared.span if wrong.declared else None
    return all(
        (one.id in ("declared-mismatch", "declared-conflict") or (one.id == "kind-mismatch" and one.span == said))
        and not one.also
        for one in wrong.findings
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
        one = counts.counted(reader)
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
            new = filet.many(course, one.named[0][0]) or many(course, one.named[0][0])
        elif one.corners is not None:
            new = course.corners()
        elif one.loose_spaces is not None:
            new = sum(course.spaces().values())
        elif one.per_side is not None and len(set(wrong.made.per_side)) == 1:
            new = wrong.made.per_side[0]
        elif one.groups is not None:
            several = sum(size > 1 for size in wrong.made.groups)
            apart = between_chains(course, *one.groups[1:]) if one.groups[1] > 1 else 0
            new = blocks_of(course)[0] or apart or several or len(wrong.made.groups)
            sizes = [each for each in reader.found[at + 1 : reader.i] if each.kind == "n"]
            if new == token.value and sizes and len(set(wrong.made.groups)) == 1:
                token, new = sizes[0], wrong.made.groups[0]
        if new is not None:
            yield token, new
