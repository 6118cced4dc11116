"""Terms: a text in the other terms makes the same fabric, and comes back letter by letter."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crochet import terms, work
from crochet.page.sent import as_read
from tests.squares import Style, classic, sheet, solid

GOOD = sorted((Path(__file__).parent / "patterns" / "good").glob("*.txt"))
AFTER = (
    "Joining (A): Single crochet through the back loops.",
    "Border Rnd 1 (A): Sc in each st and ch-1 sp around, 2 sc in each joint, 3 sc in each corner sp, join.",
)


def facts(report):
    keys = ("counts", "spaces", "corners", "per_side", "verdict")
    return [[row[key] for key in keys] for piece in report["pieces"] for row in piece["rows"]]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.booleans(), st.booleans(), st.sampled_from([classic, solid]))
def test_there_and_back_is_the_same_text_and_the_same_fabric(rounds, brackets, around, family):
    text = sheet(family(rounds, Style(brackets=brackets, around=around)), "3 rows of 4, one kind", after=AFTER)
    there = terms.convert(text, "uk")

    assert "Terms: UK" in there
    assert "Gauge: 12 tr = 4 in" in there
    assert "Joining (A): Double crochet through" in there
    assert facts(work.check(there)) == facts(work.check(text))
    assert work.check(there)["terms"] == "uk"
    assert terms.convert(there, "us") == text


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_pattern_is_good_in_the_other_terms(path):
    text = path.read_text()
    report = work.check(text)
    other = "uk" if report["terms"] == "us" else "us"

    assert facts(work.check(terms.convert(text, other, report["terms"]), other)) == facts(report)


PAGES = sorted((Path(__file__).parent / "patterns" / "pages").glob("*.txt"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_whole_page_is_good_in_the_other_terms_and_comes_back(path):
    text = path.read_bytes().decode()
    report = work.check(text)
    other = "uk" if report["terms"] == "us" else "us"
    there = terms.convert(text, other, report["terms"])

    assert facts(work.check(there, other)) == facts(report)
    if as_read(text).text == text:  # a name broken over two lines comes back whole
        assert terms.convert(there, report["terms"], other).lower() == text.lower()


@pytest.mark.parametrize(
    ("us", "uk"),
    [
        ("Rnd 1: 6 sc in magic ring. (6 sc)", "Rnd 1: 6 dc in magic ring. (6 dc)"),
        ("Rnd 2: Hdc in each st around, SC in next st.", "Rnd 2: Htr in each st around, DC in next st."),
        ("Rnd 2: Sl st in next st.", "Rnd 2: Ss in next st."),
        ("Rnd 2: Double crochet in each st around.", "Rnd 2: Treble crochet in each st around."),
        ("Rnd 2: 3 dc2tog, 2 dcs, dtr.", "Rnd 2: 3 tr2tog, 2 trs, trtr."),
        ("Rnd 2: Ch 3 (counts as dc), join.", "Rnd 2: Ch 3 (counts as tr), join."),
        ("Title: Dc and tr", "Title: Dc and tr"),
        ("Written in US terms: sc, dc.", "Written in UK terms: dc, tr."),
        ("Rnd 2: FPdc around next st, bphdc in next st.", "Rnd 2: FPtr around next st, bphtr in next st."),
        ("Rnd 2: Front post double crochet in each st.", "Rnd 2: Front post treble crochet in each st."),
        ("Rnd 2: 3-dc cl in next st, dc3tog in next sp.", "Rnd 2: 3-tr cl in next st, tr3tog in next sp."),
        ("Rnd 2: Puff st in next st, V-st in next dc.", "Rnd 2: Puff st in next st, V-st in next tr."),
        ("Rnd 2: scblo in next st, scdec, sc2tog, esc.", "Rnd 2: dcblo in next st, dcdec, dc2tog, edc."),
        ("Rnd 2: 2 s.c. in next s.c., ttr.", "Rnd 2: 2 d.c. in next d.c., qtr."),
        (
            "Special stitches\nFan: 5 dc in same st.\n\nRnd 1: Fan in next st.",
            "Special stitches\nFan: 5 tr in same st.\n\nRnd 1: Fan in next st.",
        ),
    ],
)
def test_only_the_names_of_stitches_change(us, uk):
    assert terms.convert(us, "uk", "us") == uk
    assert terms.convert(uk, "us", "uk") == us.replace("ttr", "trtr")
    assert terms.convert(us, "us", "us") == us


@pytest.mark.parametrize("line", ["Rnd 1: 3 dc in the wibble.", "Rnd 1: 3 htr in ring.", "Joining: Dc the wobble."])
def test_words_not_understood_are_not_converted(line):
    with pytest.raises(terms.NotConverted):
        terms.convert(line, "uk", "us")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("This pattern is written in US terms. 3 htr in ring.", "us"),
        ("Uses U.K. terminology.", "uk"),
        ("American crochet terms are used", "us"),
        ("British abbreviations", "uk"),
        ("This is written in UK/Aus terms, so a tr is a US dc.", "uk"),
        ("US and Canadian terms", "us"),
        ("Rnd 1: 6 sc in ring. Rnd 2: Fphdc.", "us"),
        ("Rnd 1: 6 s.c. in ring.", "us"),
        ("Rnd 1: 6 htr in ring.", "uk"),
        ("Row 2: fphtr around next st", "uk"),
        ("sc, hdc, dc, sc (one half treble in UK)", "us"),
        ("Ch 3 (counts as tr), 11 tr in ring.", "uk"),
        ("3 ch, counts as 1 tr, 11 tr in ring.", "uk"),
        ("Ch 3 counts as first dc.", "us"),
        ("Ch 1 (counts as dc)", "uk"),
        ("Ch 4 (counts as tr)", "us"),
        ("Ch 3, 2 tr in ring, ch 1.", "uk"),
        ("Ch 3, 2 dc in ring, ch 1.", "us"),
        ("4 ch, ss to form a ring", "uk"),
        ("dc in next st, miss 1", None),
        ("Describe this", None),
    ],
)
def test_the_terms_of_a_text_are_seen_by_its_signs(text, read):
    assert terms.detect(text) == read


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=100))
def test_any_text_is_converted_or_refused(junk):
    for text in (junk, f"Rnd 1: {junk}", f"Terms: US\n{junk}\nRow 2 (A): dc, {junk}"):
        try:
            terms.convert(text, "uk", "us")
        except terms.NotConverted as refused:
            assert refused.says
