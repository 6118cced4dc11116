"""Wording: a row written in canonical words is read as the same row, in every style."""

from dataclasses import replace
from pathlib import Path

import pytest

from crochet import terms, work
from crochet.grammar.notation import parse
from crochet.grammar.pattern import Unread, bare, walked
from crochet.grammar.wording import Style, row, spelled
from crochet.page import sheet

GOOD = sorted((Path(__file__).parent / "patterns" / "good").glob("*.txt"))
STYLES = [
    Style(read, sentences, brackets, written)
    for read in ("us", "uk")
    for sentences in (False, True)
    for brackets in (False, True)
    for written in (False, True)
]


def trees(path):
    text = path.read_text()
    read = work.check(text)["terms"]
    for line, _ in sheet.logical(text):
        said = sheet.read_line(line)
        if isinstance(said, sheet.RowLine):
            yield line, parse(line, said.at, read)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_row_in_canonical_words_is_the_same_row(path):
    for line, tree in trees(path):
        assert not any(isinstance(one, Unread) for one in walked(tree.items)), line
        for style in STYLES:
            words = row(tree, style)
            wanted = bare(tree)
            if style.spelled:
                wanted = bare(type(tree)(spelled(tree.items), tree.declared))
            assert bare(parse(words, 0, style.terms)) == wanted, (line, words)


def rewritten(path, style):
    """The pattern with each of its rows in canonical words."""
    text, read = path.read_text(), work.check(path.read_text())["terms"]
    found = []
    for line, _ in sheet.logical(text):
        said = sheet.read_line(line)
        is_row = isinstance(said, sheet.RowLine)
        found.append(line[: said.at] + row(parse(line, said.at, read), style) if is_row else line)
    return "\n".join(found)


def facts(report):
    keys = ("counts", "spaces", "corners", "per_side", "verdict")
    return [[one[key] for key in keys] for piece in report["pieces"] for one in piece["rows"]]


@pytest.mark.parametrize(("path", "style"), [(path, STYLES[i % 8]) for i, path in enumerate(GOOD)], ids=str)
def test_a_pattern_in_canonical_words_makes_the_same_and_comes_back_from_the_other_terms(path, style):
    report = work.check(path.read_text())
    style = replace(style, terms=report["terms"])
    text, other = rewritten(path, style), "uk" if report["terms"] == "us" else "us"

    assert facts(work.check(text, report["terms"])) == facts(report)
    assert terms.convert(terms.convert(text, other, report["terms"]), report["terms"], other) == text


OVER_PIECES = (
    "Ch 3, join to first leg with sc, sc in next 11 sts of first leg, sc in next 12 sts of second leg.",
    "Sc in next 12 sts of first leg, ch 3, sc in next 12 sts of second leg, ch 3.",
    "12 sc around first leg, sc in next 3 ch, 12 sc around second leg.",
    "Sc in each st of first leg, sc in each st of second leg.",
    "(Sc in next 5 sts of first leg, 2 sc in next st) 2 times, sc in next 12 sts of second leg.",
)


@pytest.mark.parametrize("style", STYLES, ids=str)
@pytest.mark.parametrize("words", OVER_PIECES)
def test_a_round_over_several_pieces_in_canonical_words_goes_over_several(words, style):
    tree = parse(words)
    again = parse(row(tree, style), 0, style.terms)
    items = spelled(tree.items) if style.spelled else tree.items

    assert tree.limbs and again.limbs
    assert bare(again.items) == bare(items)


def test_the_last_stitch_in_canonical_words_goes_where_it_went():
    tree = parse("*Ch 2, dc in next dc; rep from * across, working last dc in 3rd ch of turning ch, turn.")

    assert row(tree) == "*ch 2, dc in next dc; rep from * around, working last st in next top of turning ch, turn."
    assert bare(parse(row(tree))) == bare(tree)


@pytest.mark.parametrize("slip", ["sl st", "slip st", "ss", "slst"])
def test_a_slip_stitch_by_any_name_ends_what_goes_into_a_place_told_before(slip):
    told = "1 ch, 1 sc in every st, in the corners 3 sc, {} in first sc (32)"

    assert bare(parse(told.format(slip))) == bare(parse(told.format("sl st")))


@pytest.mark.parametrize(
    ("words", "canonical"),
    [
        ("With B, start in any corner: 3 sc in corner sp.", "With B, begin in any corner sp, 3 sc in corner sp."),
        ("Start from one corner. Ch 3, 2 dc in same sp.", "begin in one corner sp, ch 3, 2 dc in same sp."),
        ("B: begin in a corner: 3 sc in corner sp.", "with B, begin in a corner sp, 3 sc in corner sp."),
        ("Start at one ch-3 sp: 3 sc in same sp.", "begin in one ch-3 sp, 3 sc in same sp."),
    ],
)
def test_where_a_round_begins_is_no_join_and_its_yarn_is_told(words, canonical):
    assert row(parse(words)) == canonical
    assert bare(parse(canonical)) == bare(parse(words))
