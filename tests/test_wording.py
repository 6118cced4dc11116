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
