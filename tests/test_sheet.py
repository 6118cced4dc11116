"""Sheets: what each line is, and a head that is never refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crochet import work
from crochet.craft.layouts import Layout
from crochet.page import sheet
from tests.squares import classic
from tests.squares import sheet as sheet_of


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Title: Punk Rock Riot", sheet.Head),
        ("A: black #111111", sheet.Head),
        ("Piece: Square", sheet.PieceLine),
        ("Rnd 1 (A): Ch 4", sheet.RowLine),
        ("Round 12: Ch 4", sheet.RowLine),
        ("Row 3 (B): sc in each st across, turn.", sheet.RowLine),
        ("Border Rnd 1 (A): Sc in each st around.", sheet.RowLine),
        ("Joining (A): Whip stitch through the back loops.", sheet.TextLine),
        ("Finishing: Weave in ends, block.", sheet.TextLine),
        ("End.", sheet.End),
        ("Here is your pattern", sheet.Unknown),
        ("", sheet.Unknown),
    ],
)
def test_each_line_is_what_it_begins_with(line, kind):
    assert isinstance(sheet.read_line(line), kind)


def test_a_row_line_has_its_label_number_yarn_and_words():
    said = sheet.read_line("Border Rnd 2 (C): Join.")

    assert said == sheet.RowLine("Border", "Border Rnd 2", 2, "C", "Join.", 18, 2, True)
    assert sheet.is_border(said)
    assert sheet.piece_of(said) == ("rounds", "Border")
    assert sheet.piece_of(sheet.read_line("Rnd 1 (A): Ch 4")) == ("rounds", None)
    assert sheet.piece_of(sheet.read_line("Joining: Sew.")) == ("seam", "Joining")
    assert sheet.piece_of(sheet.read_line("Finishing: Block.")) == ("finishing", "Finishing")


@pytest.mark.parametrize(
    ("line", "name", "make"),
    [
        ("Piece: Square", "Square", 1),
        ("Piece: Strap, make 2", "Strap", 2),
        ("piece: Long strap (make 12).", "Long strap", 12),
        ("Piece: Strap, make 0", "Strap", 1),
        ("Piece: Strap, make 999999", "Strap", 2500),
        ("Piece: Strap, make some", "Strap, make some", 1),
        ("Piece:", "", 1),
    ],
)
def test_a_piece_line_says_what_it_is_and_how_many_are_made(line, name, make):
    assert sheet.read_line(line) == sheet.PieceLine(name, make)


def test_a_piece_line_begins_anew_whatever_came_before():
    state = work.begin("us", (2, 2))
    for line in (*classic(2), "Border Rnd 1 (A): Blorp the wabe, join. (40 sc)", "Piece: Strap, make 2"):
        state, _ = work.step(state, line)
    first, worked = work.step(state, "Row 1 (A): Ch 7, sc in 2nd ch from hook and in each ch across, turn. (6 sc)")
    second, onward = work.step(first, "Row 2 (A): Ch 1, sc in each st across, turn. (6 sc)")
    _, lost = work.step(state, "Row 1 (A): Ch 1, sc in each st across, turn.")

    assert (worked.verdict, worked.key, onward.verdict, onward.key) == ("ok", "p3/r1", "ok", "p3/r2")
    assert (second.name, second.number) == ("Strap", 2)
    assert lost.verdict != "ok"


@given(st.text())
def test_no_line_and_no_head_raises(text):
    sheet.read_line(text)
    sheet.heading([text, f"Gauge: {text}", f"Layout: {text}", f"A: {text}", f"Hook: {text}", f"Yarn: {text}"])


def test_a_head_is_read():
    head, notes = sheet.heading(sheet_of(classic(1), "8 rows of 10, one kind").split("\n"))

    assert notes == []
    assert (head.title, head.item, head.palette) == ("Punk Rock Riot", "blanket", "punk rock")
    assert (head.terms, head.yarn, head.hook_mm, head.gauge) == ("us", "worsted", 5.0, "12 dc = 4 in")
    assert head.layout == Layout(8, 10, "one kind")
    assert [(each.letter, each.name) for each in head.colours] == [("A", "black"), ("B", "hot pink")]


def test_what_cannot_be_read_of_a_head_gets_a_default_and_a_note():
    head, notes = sheet.heading(
        ["Terms: ES", "Yarn: string", "Hook: big", "Gauge: tight", "Layout: 900 rows of 900", "A: "]
    )

    assert (head.terms, head.yarn, head.hook_mm, head.layout) == ("us", "worsted", 5.0, Layout())
    assert {note.code for note in notes} == {
        "terms-unread", "yarn-unread", "hook-unread", "gauge-unread", "layout-unread", "colour-unread"
    }  # fmt: skip


def test_squares_of_two_kinds_need_yarns_that_are_listed():
    head = ["A: black", "B: pink", "Layout: 3 rows of 4, stripes, A and B exchanged"]
    assert sheet.heading(head)[0].layout == Layout(3, 4, "stripes", ("A", "B"))

    found, notes = sheet.heading([*head[:1], "Layout: 3 rows of 4, stripes, A and B exchanged"])
    assert found.layout == Layout(3, 4, "one kind")
    assert "plan-unread" in {note.code for note in notes}


def test_a_known_colour_name_gets_our_hex():
    head, _ = sheet.heading(["A: black #FFFFFF", "B: unicorn sneeze #ab12cd"])

    assert head.colours[0].hex != "#FFFFFF"
    assert head.colours[1].hex == "#AB12CD"


def test_a_count_is_declared_in_the_patterns_terms():
    assert sheet.declaration({"sc": 412}, {"2": 4}, work.begin("us")) == "(412 sc, 4 ch-2 sps)"
    assert sheet.declaration({"sc": 412}, {}, work.begin("uk")) == "(412 dc)"


def test_joining_and_finishing_are_ok_by_a_closed_list():
    for line, verdict in [
        ("Joining (A): Single crochet through the back loops. Join in rows, then join row to row.", "ok"),
        ("Joining (A): Mattress stitch on the right side. Rows first, then columns.", "ok"),
        ("Finishing: Sew in all ends and wet block and leave to dry flat.", "ok"),
        ("Finishing: Fasten off and weave in ends. Pin out and steam lightly.", "ok"),
        ("Joining (A): Glue.", "unchecked"),
        ("Finishing: Weave in ends, feed to the cat.", "unchecked"),
        ("Finishing:", "unchecked"),
    ]:
        assert work.step(work.begin(), line)[1].verdict == verdict, line


def test_pieces_are_numbered_as_they_come():
    border = "Border Rnd 1 (A): Sc in each st and ch-1 sp around, 3 sc in each corner sp, join."
    report = work.check(sheet_of(classic(2), after=(border,)))

    assert [(piece["key"], piece["name"]) for piece in report["pieces"]] == [
        ("p1", "Square"), ("p2", "Border"), ("p3", "Finishing")
    ]  # fmt: skip
    joined = sheet_of(
        classic(2),
        "8 rows of 10, one kind",
        after=("Joining (A): Sew.", border.replace("around,", "around, sc in each joint,")),
    )
    report = work.check(joined)
    assert report["verdict"] == "ok"
    assert report["layout"] == [8, 10]
    assert [(piece["key"], piece["make"]) for piece in report["pieces"]] == [
        ("p1", 80),
        ("p2", 1),
        ("p3", 1),
        ("p4", 1),
    ]


def test_only_the_first_piece_is_made_as_often_as_the_layout_says():
    strap = ("Piece: Strap, make 2", "Row 1 (A): Ch 7, sc in 2nd ch from hook and in each ch across. (6 sc)")
    flower = ("Piece: Flower", "Rnd 1 (A): Ch 4, join to form ring. Ch 1, 8 sc in ring, join. (8 sc)")
    report = work.check(sheet_of(classic(2), "8 rows of 10, one kind", after=("Joining (A): Sew.", *strap, *flower)))

    assert report["verdict"] == "ok"
    assert [(piece["name"], piece["make"]) for piece in report["pieces"]] == [
        ("Square", 80), ("Joining", 1), ("Strap", 2), ("Flower", 1), ("Finishing", 1)
    ]  # fmt: skip


def test_a_note_of_a_pasted_pattern_is_no_line_of_a_head() -> None:
    assert sheet.read_line("Note: Ch 3 counts as dc throughout.") == sheet.Unknown(
        "Note: Ch 3 counts as dc throughout."
    )
    assert sheet.read_line("Note: rounds-not-met 40; 12") == sheet.Head("Note", "rounds-not-met 40; 12")
