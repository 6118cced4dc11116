"""Kinds: squares of two kinds in a whole, and the yarns of their rounds."""

from __future__ import annotations

import random
import re

import pytest

from crochet.craft import colours, layouts
from llm import corpus, kinds, yarns
from llm.brief import Brief
from llm.plan import plan

LETTERS = "ABCDEF"


def test_the_same_brief_is_laid_the_same_and_other_variants_otherwise() -> None:
    laid = [kinds.laid(plan(Brief("sea blanket", variant=n)), 8, 7) for n in range(200)]

    assert laid == [kinds.laid(plan(Brief("sea blanket", variant=n)), 8, 7) for n in range(200)]
    assert {layout.plan for layout in laid} == {"one kind", *layouts.PLANS}


def test_two_yarns_that_are_exchanged_look_different() -> None:
    for n in range(60):
        decided = plan(Brief("sea blanket", variant=n))
        codes = {letter: code for letter, _, code in decided.colours}
        if exchange := kinds.laid(decided, 8, 7).exchange:
            assert colours.difference(codes[exchange[0]], codes[exchange[1]]) >= kinds.SEEN


def test_one_piece_one_colour_or_two_alike_have_one_kind() -> None:
    assert kinds.laid(plan(Brief("a striped coaster")), 1, 1).plan == "one piece"
    assert kinds.laid(plan(Brief("a striped blanket", colours=("teal",))), 8, 7).plan == "one kind"
    assert kinds.laid(plan(Brief("a striped blanket", colours=("black", "#111112"))), 8, 7).plan == "one kind"


@pytest.mark.parametrize(
    ("wish", "named"), [("black and white checkerboard blanket", "checkerboard"), ("stripy sea throw", "stripes")]
)
def test_a_wish_that_names_a_plan_gets_it(wish: str, named: str) -> None:
    assert {kinds.laid(plan(Brief(wish, variant=n)), 8, 7).plan for n in range(20)} == {named}


def test_a_scarf_one_square_wide_has_stripes_at_most() -> None:
    assert {kinds.laid(plan(Brief("sea scarf", variant=n)), 12, 1).plan for n in range(60)} == {"one kind", "stripes"}


def test_the_rounds_have_the_first_yarn_and_those_that_are_exchanged() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        letters = LETTERS[: rng.randint(2, 6)]
        chosen = yarns.draw(rng, letters, rng.randint(2, 12), rng.choice((None, 0, 1, 2, 3)), ("A", "B"))

        assert {"A", "B"} <= set(chosen.rounds)


def test_no_yarn_is_left_out_where_there_is_room() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        letters, rounds = LETTERS[: rng.randint(1, 6)], rng.randint(1, 12)
        chosen = yarns.draw(rng, letters, rounds, rng.choice((1, 2, 3)), ())

        assert len({*chosen.rounds, *chosen.edges}) >= min(len(letters), rounds)


def test_a_sheet_whose_squares_differ_works_both_yarns() -> None:
    found = 0
    for _, text in corpus.pairs(23, 120):
        if exchanged := re.search(r"([A-F]) and ([A-F]) exchanged", text):
            found += 1
            rounds = re.findall(r"^R(?:nd|ow) \d+ \(([A-F])\)", text.split("\nPiece: ")[1], re.MULTILINE)
            assert exchanged[1] in rounds
            assert exchanged[2] in rounds or len(rounds) == 1
    assert found > 10
