"""Honesty: whatever is sent, the checker ends, raises nothing, and never says `ok` of what it did not work out."""

import random
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crochet import terms, work
from tests.squares import Style, classic, solid

GOOD = sorted((Path(__file__).parent / "patterns" / "good").glob("*.txt"))
FAMILIES = st.sampled_from([classic, solid])


def rows_of(report):
    return [row for piece in report["pieces"] for row in piece["rows"]]


def seen(report):
    """What of a report does not depend on how the pattern is worded."""
    facts = ("verdict", "counts", "stitches", "spaces", "corners", "per_side", "groups")
    return [tuple(row[fact] for fact in facts) for row in rows_of(report)]


# -- what is left out


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_an_item_left_out_raises_nothing(path):
    text = path.read_text()
    items = [m.span() for m in re.finditer(r"[^,.;:\n]+[,.;]", text)]
    for start, end in random.Random(path.stem).sample(items, min(4, len(items))):
        assert work.check(text[:start] + text[end:])["verdict"] in ("ok", "error", "unchecked")


@settings(max_examples=25, deadline=None)
@given(FAMILIES, st.integers(2, 6), st.data())
def test_step_and_check_agree_on_a_damaged_pattern(family, rounds, data):
    lines = family(rounds)
    at = data.draw(st.integers(0, rounds - 1))
    words = lines[at].split(" ")
    cut = data.draw(st.integers(3, len(words) - 1))
    lines[at] = " ".join(words[:cut] + words[cut + 1 :])
    state, singly = work.begin("us"), []
    for line in lines:
        state, report = work.step(state, line)
        singly.append(report.row())

    whole = rows_of(work.check("\n".join(lines), "us"))
    assert [(one["verdict"], one["counts"]) for one in singly] == [(one["verdict"], one["counts"]) for one in whole]
    assert [[f["id"] for f in one["findings"]] for one in singly] == [
        [f["id"] for f in one["findings"]] for one in whole
    ]


@settings(max_examples=25, deadline=None)
@given(FAMILIES, st.integers(1, 8))
def test_the_stitches_of_all_feet_are_the_count(family, rounds):
    state = work.begin("us")
    for line in family(rounds):
        state, report = work.step(state, line)
    feet = Counter(stitch.foot for stitch in report.course.stitches)

    assert sum(feet.values()) == report.row()["stitches"]


# -- what is no pattern at all


@pytest.mark.parametrize(
    "junk",
    ["*", "(", "[", "7", "ch ", "\x00", "🧶", "* rep from * ", "(1 dc, ", "in next ", "Rnd 1: ", "Rnd 1: *\n",
     "3 dc, ch 2, ", "🧶*(9\x00"],
)  # fmt: skip
def test_a_hundred_kilobytes_of_junk_end(junk):
    text = (junk * (100_000 // len(junk)))[:100_000]

    assert work.check(text)["verdict"] != "ok"
    assert work.check("Rnd 1: Magic ring, 6 sc in ring. (6 sc)\nRnd 2: " + text)["verdict"] != "ok"


def test_what_is_too_large_is_said_to_be():
    huge = work.check("Rnd 1: Ch 999999999, join to form ring. Ch 3, 999999999 dc in ring, join.", "us")
    long = work.check("Rnd 1: 6 sc in magic ring. (6)\n" * 9_000)

    assert {one["id"] for row in rows_of(huge) for one in row["findings"]} == {"too-large"}
    assert [one["id"] for one in long["findings"]] == ["too-large"]
    assert "ok" not in (huge["verdict"], long["verdict"])


def calls(text):
    """How many functions a check calls: its work, whatever the machine."""
    made = 0

    def count(frame, event, arg):
        nonlocal made
        made += event == "call"

    sys.setprofile(count)
    try:
        work.check(text, "us")
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize(
    "part", ["*3 dc in ring, ", "wibble (dc, ", "3 dc in ring, ch 2, ", "rep from * twice, ", "dc in next st. "]
)
def test_twice_the_text_is_little_more_than_twice_the_work(part):
    row = "Rnd 1: Magic ring, ch 3, "
    calls(row + part * 9)  # what is worked out once and kept

    assert calls(row + part * 200) <= 2.5 * calls(row + part * 100)


# -- the same in other words


@settings(max_examples=25, deadline=None)
@given(FAMILIES, st.integers(1, 6), st.booleans())
def test_a_report_is_the_same_in_the_other_terms_and_in_capitals(family, rounds, brackets):
    text = "\n".join(family(rounds, Style(brackets=brackets)))
    expected = seen(work.check(text, "us"))

    assert seen(work.check(terms.convert(text, "uk", "us"), "uk")) == expected
    assert seen(work.check(text.upper(), "us")) == expected


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 6), st.sampled_from(["any", "first", "next", "last"]), st.sampled_from("CDZ"))
def test_a_report_is_the_same_from_another_corner_and_in_another_colour(rounds, corner, colour):
    text = "\n".join(classic(rounds))
    other = text.replace("Join B in any", f"Join {colour} in {corner}").replace("(B)", f"({colour})")

    assert seen(work.check(other, "us")) == seen(work.check(text, "us"))


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 6))
def test_a_report_is_the_same_with_its_repeats_spelled_out(rounds):
    text = "\n".join(classic(rounds))
    longer = re.sub(r"\*(.*?); rep from \* 2 more times", lambda m: ", ".join([m[1]] * 3), text)

    assert "rep from" not in longer
    assert seen(work.check(longer, "us")) == seen(work.check(text, "us"))


@pytest.mark.timeout(30)  # a hang guard: gaps looked for anew at each gap took most of a minute
def test_a_row_of_thousands_that_does_not_fit_is_told_in_moderate_work():
    rows = [
        "Ch 702.",
        "Row 1: Dc in 4th ch from hook (counts as 2 dc), dc in each ch across, turn. (700 dc)",
        "Row 2: Ch 3 (counts as dc), 7 dc in each dc across, turn.",
        "Row 3: Ch 1, sc in each of first 2 dc, *ch 2, skip next 2 dc, sc in each of next 2 dc; "
        "rep from * to last 2 dc, ch 2, skip next dc, sc in top of ch 3, turn.",
    ]
    report = work.check("\n".join(rows), "us")

    assert [row["verdict"] for row in report["pieces"][0]["rows"]][:2] == ["ok", "ok"]
