"""Variety: what sheets make, apart from their colours, words and sizes."""

from __future__ import annotations

from llm import corpus, variety
from tests.fakes import sheets


def test_other_colours_and_words_are_the_same_structure() -> None:
    other = sheets.GOOD.replace("navy #000080", "red #FF0000").replace("join.", "join with sl st in top of ch 3.")

    assert other != sheets.GOOD
    assert variety.structure(other) == variety.structure(sheets.GOOD)


def test_another_round_or_plan_of_the_layout_is_another_structure() -> None:
    fewer = "".join(line for line in sheets.GOOD.splitlines(True) if not line.startswith("Rnd 3"))
    laid = sheets.GOOD.replace("one kind", "stripes, A and B exchanged")

    assert len({variety.structure(text) for text in (sheets.GOOD, fewer, laid)}) == 3


def test_the_corpus_has_hardly_two_sheets_of_one_structure() -> None:
    made = [variety.structure(text) for _, text in corpus.pairs(5, 100)]

    assert len(set(made)) >= 90


def test_statistics_tell_shares() -> None:
    told = variety.statistics([sheets.GOOD] * 3)

    assert "motif: 1: classic granny square 100.0 %" in told
    assert "colour plan: 1: in turn 100.0 %" in told
    assert "distinct structures: 1 of 3" in told
