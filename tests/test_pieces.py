"""Pieces: straps, ties, cords and loops by formula, and worked by the checker."""

from __future__ import annotations

import random

import pytest

from crochet import work
from llm import pieces
from llm.families.style import draw
from llm.items import ITEMS
from tests.squares import Style, classic, sheet


@pytest.mark.parametrize("item", pieces.EXTRAS)
def test_a_further_piece_adds_up_and_its_sewing_is_understood(item: str) -> None:
    for seed in range(25):
        rng = random.Random(seed)
        terms = "UK" if seed % 4 == 3 else "US"
        style = draw(rng, "classic granny square", terms)
        name = next(name for n in range(99) if (name := pieces.extra(random.Random(f"{seed} {n}"), item)))
        rows = pieces.rows(rng, style, item, "AB", rng.choice((7, 12, 24)))
        after = (f"Piece: {name}", *(f"Row {n} ({letter}): {row}" for n, (letter, row) in enumerate(rows, 1)))
        text = sheet(classic(2, Style(uk=terms == "UK")), terms=terms, after=after)
        text = text.replace("Finishing: ", f"Finishing: {pieces.sewing(rng, item, name)}, ")

        report = work.check(text)
        assert report["verdict"] == "ok", text
        assert [piece["make"] for piece in report["pieces"]][1] == int(name.partition(", make ")[2] or 1)


def test_every_item_with_a_further_piece_is_one_we_know() -> None:
    assert set(pieces.EXTRAS) <= set(ITEMS)


def test_a_blanket_has_none_and_a_bag_mostly_a_strap() -> None:
    assert {pieces.extra(random.Random(n), "blanket") for n in range(50)} == {""}
    bags = [pieces.extra(random.Random(n), "bag") for n in range(100)]
    assert {"", "Strap", "Strap, make 2"} == set(bags)
    assert bags.count("") < 30


def test_a_thing_without_a_further_piece_has_nothing_to_sew_on() -> None:
    assert pieces.sewing(random.Random(1), "blanket", "") == ""
