"""What comes where in a sheet that is composed: rounds, joining, border, further pieces with their rows, finishing."""

from __future__ import annotations

import pytest

from jobs import compose
from jobs.draft import MOST_PIECES
from jobs.writer import Halted
from tests.composing import Shown, composed, results
from tests.fakes import sheets
from tests.fakes.model_server import say, sheet


def test_a_round_out_of_order_is_not_taken():
    jumped = sheets.GOOD.replace("Rnd 2 (B)", "Rnd 5 (B)", 1)
    shown, server = composed(say(jumped), sheet(sheets.GOOD))

    assert [key for key, _, _ in results(shown)][:3] == ["p1/r1", "p1/r2", "p1/r3"]
    assert server.prompts[1].endswith("4 ch-2 sps)\nRnd 2")


def test_as_many_rounds_are_made_as_were_asked_for():
    short = sheets.GOOD.replace(sheets.GOOD[sheets.GOOD.index("Rnd 3") : sheets.GOOD.index("Joining")], "")
    shown, _ = composed(say(short), sheet(sheets.GOOD), wish=compose.Wish("harbour", {"rounds": 3}, 1))

    assert [key for key, _, _ in results(shown)][:3] == ["p1/r1", "p1/r2", "p1/r3"]
    assert shown.end["verdict"] == "ok"


def test_more_rounds_than_were_asked_for_are_not_made():
    shown, server = composed(say(sheets.GOOD), sheet(TWO_ROUNDS), wish=compose.Wish("harbour", {"rounds": 2}, 1))

    assert [key for key, _, _ in results(shown)] == ["p1/r1", "p1/r2", "p2/r1", "p3/r1", "p4/r1"]
    assert server.prompts[1].endswith("4 ch-1 sps)\nJoining")


TWO_ROUNDS = sheets.GOOD.replace(sheets.GOOD[sheets.GOOD.index("Rnd 3") : sheets.GOOD.index("Joining")], "")


def test_a_round_after_the_border_is_not_taken():
    late = sheets.GOOD.replace("Finishing: Weave", "Rnd 4 (A): Ch 1, sc in each st around, join.\nFinishing: Weave")
    shown, server = composed(say(late), sheet(sheets.GOOD))

    assert server.prompts[1].endswith("(186 sc)\nFinishing:")
    assert shown.end["verdict"] == "ok"
    assert len(shown.rows) == 6


def test_border_rounds_come_one_after_the_other():
    jumped = sheets.GOOD.replace("Border Rnd 1", "Border Rnd 2")
    shown, server = composed(say(jumped), sheet(sheets.GOOD))

    assert server.prompts[1].endswith("\nBorder Rnd 1")
    assert shown.end["verdict"] == "ok"


def test_a_piece_line_left_out_is_put_in():
    shown, server = composed(say(sheets.GOOD.replace("Piece: Square\n", "")))

    assert len(server.prompts) == 1
    assert shown.end["verdict"] == "ok"
    assert shown.text.replace(" (186 sc)", "") == sheets.GOOD


def test_a_second_piece_line_is_not_taken():
    twice = sheets.GOOD.replace("Piece: Square\n", "Piece: Square\nPiece: Strap\n")
    shown, _ = composed(say(twice), sheet(sheets.GOOD))

    assert "Strap" not in shown.text
    assert shown.end["verdict"] == "ok"


def test_further_pieces_stand_on_their_own_and_are_made_as_often_as_they_say():
    shown, server = composed(say(sheets.WITH_PIECES))

    assert len(server.prompts) == 1
    assert [(row["key"], row["verdict"]) for row in shown.rows[4:]] == [
        ("p3/r1", "ok"),
        ("p4/r1", "ok"),
        ("p4/r2", "ok"),
        ("p4/r3", "ok"),
        ("p5/r1", "ok"),
        ("p6/r1", "ok"),
    ]
    assert {key: (piece["name"], piece["kind"], piece["make"]) for key, piece in shown.end["pieces"].items()} == {
        "p1": ("Square", "rounds", 12),
        "p2": ("Joining", "seam", 1),
        "p3": ("Border", "rounds", 1),
        "p4": ("Strap", "rows", 2),
        "p5": ("Flower", "rounds", 1),
        "p6": ("Finishing", "finishing", 1),
    }
    assert shown.end["verdict"] == "ok"
    assert shown.text.replace(" (186 sc)", "") == sheets.WITH_PIECES


def test_a_strap_takes_yarn_and_does_not_change_the_size():
    plain, _ = composed(say(sheets.GOOD))
    strapped, _ = composed(say(sheets.WITH_PIECES.replace("make 2", "make 40")))

    assert strapped.end["head"]["size"] == plain.end["head"]["size"]
    assert all(
        more["metres"][1] > less["metres"][1]
        for more, less in zip(strapped.end["head"]["colours"], plain.end["head"]["colours"], strict=True)
    )


@pytest.mark.parametrize("rows", range(4, 10))
def test_a_sheet_of_several_pieces_is_gone_on_with_from_any_row(rows):
    first = Shown(halt_at=rows)
    with pytest.raises(Halted):
        composed(say(sheets.WITH_PIECES), sink=first)

    second, _ = composed(sheet(sheets.WITH_PIECES), wish=compose.Wish("harbour wall", {}, 1, first.text))

    assert (first.text + second.text).replace(" (186 sc)", "") == sheets.WITH_PIECES
    assert second.end["verdict"] == "ok"
    assert {name: piece["make"] for name, piece in second.end["pieces"].items()}["p4"] == 2


def test_a_row_of_a_strap_that_does_not_add_up_is_written_anew_under_its_label():
    short = sheets.WITH_PIECES.replace("Row 2 (B): Ch 1, sc in each st across, turn.", "Row 2 (B): Ch 1, 5 sc, turn.")
    jumped = sheets.WITH_PIECES.replace("Row 3 (B)", "Row 9 (B)")
    shown, _ = composed(say(short), sheet(sheets.WITH_PIECES))
    ordered, server = composed(say(jumped), sheet(sheets.WITH_PIECES))

    assert ("p4/r2", "rewritten", "ok") in results(shown)
    assert server.prompts[1].endswith("(6 sc)\nRow 3")
    assert shown.end["verdict"] == ordered.end["verdict"] == "ok"


@pytest.mark.parametrize(
    ("written", "instead", "label"),
    [
        (sheets.STRAP, "Piece: Strap, make 2\n", "Piece: Strap, make 2\nRow 1"),
        (
            "Piece: Flower\n",
            "Border Rnd 2 (A): Ch 1, sc in each st around, join.\nPiece: Flower\n",
            "(6 sc)\nFinishing:",
        ),
        ("End.\n", "Rnd 2 (A): Ch 1, sc in each st around, join.\nEnd.\n", "block.\nEnd"),
        ("End.\n", "Piece: Strap\nEnd.\n", "block.\nEnd"),
    ],
    ids=["a piece without rows", "a border around a strap", "a round behind the end", "a piece behind the end"],
)
def test_what_comes_where_it_does_not_belong_is_not_taken(written, instead, label):
    shown, server = composed(say(sheets.WITH_PIECES.replace(written, instead)), sheet(sheets.WITH_PIECES))

    assert server.prompts[1].endswith(label)
    assert shown.end["verdict"] == "ok"


def test_a_model_that_writes_one_piece_after_the_other_is_brought_to_an_end():
    many, enough = (sheets.WITH_PIECES.replace(sheets.FLOWER, sheets.FLOWER * n) for n in (12, MOST_PIECES - 2))
    shown, server = composed(say(many), sheet(enough))

    assert [piece["name"] for piece in shown.end["pieces"].values()].count("Flower") == MOST_PIECES - 2
    assert server.prompts[1].endswith("(8 sc)\nFinishing:")
    assert shown.end["verdict"] == "ok"


def test_a_piece_worked_in_rows_may_be_the_only_one():
    shown, server = composed(say(sheets.IN_ROWS))

    assert len(server.prompts) == 1
    assert results(shown)[:3] == [(f"p1/r{n}", "first", "ok") for n in (1, 2, 3)]
    assert shown.end["pieces"]["p1"] == {"name": "Scarf", "kind": "rows", "make": 1}
    assert shown.end["head"]["size"]["width_in"] > shown.end["head"]["size"]["height_in"] > 0


@pytest.mark.parametrize("label", ["Rnds 2-3 (B)", "Rnds 2 and 3 (B)", "Rnd 2 and all even rnds (B)", "Next rnd (B)"])
def test_rows_are_written_one_by_one(label):
    shown, server = composed(say(sheets.GOOD.replace("Rnd 2 (B)", label, 1)), sheet(sheets.GOOD))

    assert server.prompts[1].rpartition("\n")[2] in ("Rnd 2", "Rnd 2 (")
    assert [key for key, _, _ in results(shown)][:3] == ["p1/r1", "p1/r2", "p1/r3"]
    assert shown.end["verdict"] == "ok"


def test_border_rounds_are_written_one_by_one_too():
    shown, server = composed(say(sheets.GOOD.replace("Border Rnd 1 (A)", "Border Rnds 1-3 (A)")), sheet(sheets.GOOD))

    assert server.prompts[1].endswith("\nBorder Rnd 1")
    assert len(shown.rows) == 6


def test_a_piece_of_rows_out_of_order_goes_on_at_its_next_row():
    shown, server = composed(say(sheets.IN_ROWS.replace("Row 2 (B)", "Row 7 (B)")), sheet(sheets.IN_ROWS))

    assert server.prompts[1].endswith("(20 sc)\nRow 2")
    assert shown.end["verdict"] == "ok"


def test_how_often_a_lone_piece_is_made_is_the_sheets_word_and_of_laid_out_ones_the_layouts():
    alone, _ = composed(say(sheets.IN_ROWS.replace("Scarf", "Scarf, make 3")))
    laid_out, _ = composed(say(sheets.GOOD.replace("Piece: Square", "Piece: Square, make 99")))

    assert alone.end["pieces"]["p1"]["make"] == 3
    assert laid_out.end["pieces"]["p1"] == {"name": "Square", "kind": "rounds", "make": 12}
