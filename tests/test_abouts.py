"""Abouts: a sentence that says only what is so."""

from __future__ import annotations

import random
import re

from crochet.craft.layouts import Layout
from llm import abouts, corpus
from llm.abouts import Subject, about
from llm.brief import Brief
from llm.forced import true
from llm.plan import plan
from llm.yarns import Yarns

NAMES = {"A": "black", "B": "pink", "C": "white"}
YARNS = Yarns(["A", "B"], "B", ["C"])


def said(subject: Subject) -> set[str]:
    return {about(random.Random(seed), subject) for seed in range(400)}


def test_there_are_more_than_two_hundred_frames_and_none_twice() -> None:
    assert len(set(abouts.FRAMES)) == len(abouts.FRAMES)
    assert len(said(Subject("blanket", NAMES, YARNS, Layout(3, 4, "stripes", ("A", "B")), True))) > 200


def test_one_piece_has_no_squares_and_no_seams() -> None:
    lines = said(Subject("coaster", NAMES, YARNS, Layout(), True))

    assert not [line for line in lines if re.search(r"[Ss]quares|seam|joined|pieces", line)]


def test_what_has_no_border_says_nothing_of_one() -> None:
    lines = said(Subject("blanket", NAMES, Yarns(["A", "B"], "A", []), Layout(3, 4, "one kind"), True))

    assert not [line for line in lines if "border" in line]
    assert not [line for line in lines if "Two kinds" in line]
    assert any("framed in pink" in line for line in lines)


def test_an_afghan_is_one() -> None:
    lines = said(Subject("afghan", NAMES, YARNS, Layout(3, 4, "one kind"), True))

    assert any("An afghan" in line for line in lines)
    assert not any("A afghan" in line for line in lines)


def test_every_sentence_of_the_corpus_is_one_that_the_engine_lets_pass() -> None:
    for asked, text in corpus.pairs(3, 150):
        line = next(line for line in text.splitlines() if line.startswith("About: "))
        assert true(plan(asked), line), line
    assert not true(plan(Brief("sea")), "About: Buy my yarn.")


def test_a_sentence_of_which_a_part_is_missing_is_drawn_again():
    decided = plan(Brief("a baby blanket in navy and cream"))
    assert true(decided, "About: A baby blanket for every day, for hands that like to be busy.")
    assert not true(decided, "About: A loud baby blanket with for hands that like to be busy.")
    assert not true(decided, "About: For hands that like to be busy.")
