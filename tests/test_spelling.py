"""Spelling: a long word may be one edit wrong, and it is said; short words and other words are left alone."""

import pytest

from crochet import work
from crochet.grammar.spelling import spelled

RING = "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("clsuter", "cluster"),
        ("doulbe", "double"),
        ("chian", "chain"),
        ("stich", "stitch"),
        ("stiches", "stitches"),
        ("crohet", "crochet"),
        ("cornner", "corner"),
        ("arround", "around"),
        ("repaet", "repeat"),
        ("beginnning", "beginning"),
        ("remainig", "remaining"),
        ("shels", "shell"),
        ("trebel", "treble"),
        ("hcain", "chain"),
    ],
)
def test_a_long_word_may_be_one_edit_wrong(word, right):
    assert spelled(word) == right


@pytest.mark.parametrize(
    "word", ["streches", "dc", "nxet", "stars", "leaves", "chair", "there", "found", "cross", "wobble", "x" * 500]
)
def test_other_words_are_left_alone(word):
    assert spelled(word) == word


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("Ch 1, sc in each stich around, join. (12 sc)", "stitch"),
        ("Ch 1, 2 sc in each st arround, join. (24 sc)", "around"),
        ("Chian 1, singel crochet in each dc around, join. (12 sc)", "chain"),
        ("Ch 1, *sc in next 2 dc, ch 3; repaet from * around, join. (12 sc)", "repeat"),
        ("*Clsuter in next dc, ch 1, sk next dc; rep from * around, join. (6 clusters)", "cluster"),
    ],
)
def test_a_row_with_a_slip_of_the_pen_is_read_and_told_so(row, read):
    got = work.check(f"{RING}\nRnd 2: {row}", "us")["pieces"][0]["rows"][1]
    said = [one for one in got["findings"] if one["id"] == "spelling"]
    assert got["verdict"] == "ok", got["findings"]
    assert said[0]["message"] == f"Read as “{read}”."


@pytest.mark.parametrize("row", ["Ch 1, sc in each st arrownd, join.", "Ch 1, ssc in each st.", "2 ds in next dc"])
def test_a_word_too_far_off_or_too_short_is_not_understood(row):
    assert work.check(f"{RING}\nRnd 2: {row}", "us")["verdict"] == "unchecked"
