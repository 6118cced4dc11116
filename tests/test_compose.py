"""Composing: a model's lines, the checker in the loop, and only what was accepted is shown."""

from __future__ import annotations

import io
import json
import threading

import pytest

from jobs import compose, offline
from jobs.draft import MOST_PIECES
from jobs.writer import Halted, ModelRefused, Writer
from settings import Settings
from tests.fakes import sheets
from tests.fakes.model_server import EOF, ERROR, LENGTH, ModelServer, raw, say, sheet, status


class Shown:
    """A sink that keeps what it is given."""

    def __init__(self, halt_at=None):
        self.heads, self.rows, self.thrown, self.phases = [], [], [], []
        self.text, self.end, self.halt_at = "", None, halt_at

    def head(self, head, rows_expected, lines):
        self.heads.append(head)
        self.text += lines

    def row(self, piece, row, lines):
        if len(self.rows) == self.halt_at:
            raise Halted
        self.rows.append({**row, "piece": piece})
        self.text += lines

    def rewritten(self, key, text, message, reason):
        self.thrown.append((key, reason))

    def waking(self, away, model):
        self.phases.append((away, model and model["name"]))

    def finish(self, head, pieces, verdict, usage, lines):
        self.text += lines
        self.end = {"head": head, "pieces": pieces, "verdict": verdict, "usage": usage}


def composed(*script, wish=None, sink=None, **settings):
    """What is shown of one pattern by a scripted model, and the server that was asked."""
    sink = sink or Shown()
    with ModelServer(*script) as server:
        writer = Writer(Settings(model_url=server.url, **settings), threading.Event())
        compose.Composer(wish or compose.Wish("harbour wall", {}, 1), writer, sink).run()
    return sink, server


def results(shown):
    return [(row["key"], row["result"], row["verdict"]) for row in shown.rows]


def test_a_good_sheet_is_taken_row_by_row():
    shown, server = composed(say(sheets.GOOD))

    assert results(shown) == [
        ("p1/r1", "first", "ok"),
        ("p1/r2", "first", "ok"),
        ("p1/r3", "first", "ok"),
        ("p2/r1", "first", "ok"),
        ("p3/r1", "first", "ok"),
        ("p4/r1", "first", "ok"),
    ]
    assert shown.end["verdict"] == "ok"
    assert len(server.prompts) == 1


def test_a_sheet_that_speaks_of_a_colour_it_does_not_have_is_not_quoted():
    true, _ = composed(say(sheets.GOOD.replace("one pale line", "one line of cream")))
    false, _ = composed(say(sheets.GOOD.replace("one pale line", "one line of scarlet")))

    assert true.heads[0]["about"] == "Plain squares, one line of cream."
    assert false.heads[0]["about"] == ""


def test_code_says_how_many_to_make_how_big_it_gets_and_how_much_yarn():
    shown, _ = composed(say(sheets.GOOD))

    assert {key: (piece["kind"], piece["make"]) for key, piece in shown.end["pieces"].items()} == {
        "p1": ("rounds", 12),
        "p2": ("seam", 1),
        "p3": ("rounds", 1),
        "p4": ("finishing", 1),
    }
    assert shown.end["head"]["size"]["width_in"] > shown.end["head"]["size"]["height_in"] > 5
    assert all(low < high for low, high in (each["metres"] for each in shown.end["head"]["colours"]))


def test_code_counts_the_border():
    shown, _ = composed(say(sheets.GOOD))

    border = next(row for row in shown.rows if row["key"] == "p3/r1")
    # 2(R+C)(4n+1) + 4, with 3 rows of 4 squares of 3 rounds
    assert border["counts"] == {"sc": 2 * (3 + 4) * (4 * 3 + 1) + 4}
    assert border["text"].endswith("(186 sc)")


def test_the_head_knows_its_layout_and_colours():
    shown, _ = composed(say(sheets.GOOD))

    head = shown.heads[0]
    assert head["title"] == "Harbour Wall"
    assert head["layout"] == {"rows": 3, "columns": 4, "plan": "one kind", "exchange": None, "exchanged": []}
    assert [each["letter"] for each in head["colours"]] == ["A", "B"]


def test_squares_of_two_kinds_are_counted_in_the_yarn_they_take():
    plain, _ = composed(say(sheets.GOOD))
    shown, _ = composed(say(sheets.GOOD.replace("one kind", "stripes, A and B exchanged")))

    assert shown.heads[0]["layout"]["exchanged"] == [5, 6, 7, 8]
    assert shown.end["head"]["colours"][0]["metres"][0] < plain.end["head"]["colours"][0]["metres"][0]


def test_one_wrong_number_is_mended_and_the_original_kept():
    shown, server = composed(say(sheets.MISCOUNTED))

    row = shown.rows[1]
    assert (row["result"], row["verdict"]) == ("fixed", "ok")
    assert "(24 dc" in row["text"] and "(26 dc" in row["original"]
    assert len(server.prompts) == 1
    assert "(24 dc" in shown.text and "(26 dc" not in shown.text


def test_a_row_that_does_not_add_up_is_thrown_away_and_written_anew():
    shown, server = composed(say(sheets.SHORT), sheet(sheets.GOOD))

    assert shown.thrown and shown.thrown[0][0] == "p1/r2"
    assert results(shown)[1] == ("p1/r2", "rewritten", "ok")
    assert shown.end["verdict"] == "ok"
    assert server.prompts[1].endswith("4 ch-2 sps)\n")
    assert server.bodies[0]["options"]["seed"] != server.bodies[1]["options"]["seed"]


def test_a_row_that_is_wrong_every_time_is_kept_and_says_so():
    shown, _ = composed(sheet(sheets.SHORT))

    assert results(shown)[1] == ("p1/r2", "unproven", "error")
    assert results(shown)[2][2] == "ok"  # the checker stands on what the wrong row declared
    assert shown.end["verdict"] == "error"
    assert len(shown.thrown) == compose.TRIES_A_ROW - 1


def test_a_phrase_nobody_understands_is_never_proven():
    shown, _ = composed(sheet(sheets.STRANGE))

    assert ("p1/r3", "unproven", "unchecked") in results(shown)
    assert shown.end["verdict"] == "unchecked"


@pytest.mark.parametrize("end", [EOF, ERROR, LENGTH])
@pytest.mark.parametrize("lines", [0, 3, 12, 14])
def test_a_stream_that_ends_early_is_gone_on_with(end, lines):
    part = "".join(sheets.GOOD.splitlines(keepends=True)[:lines]) + "Rnd 9"
    shown, _ = composed(say(part, end), sheet(sheets.GOOD))

    assert shown.end["verdict"] == "ok"
    assert shown.text.replace(" (186 sc)", "") == sheets.GOOD


def test_chatter_and_fences_are_dropped():
    text = "Sure! Here is your pattern:\n```\n" + sheets.GOOD.replace("End.", "End.\n```")
    shown, _ = composed(say(text))

    assert shown.end["verdict"] == "ok"
    assert "Sure" not in shown.text and "```" not in shown.text


def test_a_model_that_only_chatters_ends_in_words():
    with pytest.raises(compose.OutputInvalid):
        composed(say("I am sorry, I cannot help with that.\n" * 10))


def test_a_model_that_never_ends_is_bounded():
    endless = sheets.HEAD + "Piece: Square\n" + "Rnd 1 (A): Ch 4, join to form ring.\n" * 2000
    with pytest.raises(compose.OutputInvalid):
        composed(say(endless))


def test_a_pattern_cut_short_by_its_budget_says_so_and_is_not_proven():
    stuck = sheets.GOOD[: sheets.GOOD.index("Rnd 3")]
    shown, server = composed(sheet(stuck))

    assert len(server.prompts) <= compose.TRIES_A_PATTERN + 1
    assert [key for key, _, _ in results(shown)] == ["p1/r1", "p1/r2"]
    assert shown.end["verdict"] == "unchecked"
    assert [note["code"] for note in shown.end["head"]["notes"]] == ["cut-short"]


def test_junk_from_the_server_is_bounded_too():
    with pytest.raises(compose.OutputInvalid):
        composed(raw(b"\x00\xff" * 5000))


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


def test_a_later_attempt_goes_on_where_the_first_one_stopped():
    first = Shown(halt_at=2)
    with pytest.raises(Halted):
        composed(say(sheets.GOOD), sink=first)

    second, server = composed(sheet(sheets.GOOD), wish=compose.Wish("harbour wall", {}, 1, first.text))

    assert server.prompts[0].endswith(first.text)
    assert [row["key"] for row in first.rows + second.rows] == ["p1/r1", "p1/r2", "p1/r3", "p2/r1", "p3/r1", "p4/r1"]
    assert second.end["verdict"] == "ok"
    assert second.end["pieces"]["p1"]["make"] == 12


def test_what_the_maker_fixed_and_did_not_get_is_said():
    shown, _ = composed(say(sheets.GOOD), wish=compose.Wish("harbour", {"terms": "uk", "yarn_weight": "dk"}, 1))

    assert [note["code"] for note in shown.end["head"]["notes"]] == ["terms-not-met", "yarn-not-met"]


def test_a_thing_a_colour_or_a_size_that_did_not_come_out_is_said_too():
    options = {"item": "Cushion", "colours": ["Navy", "lime"], "size": "king"}
    shown, _ = composed(say(sheets.GOOD), wish=compose.Wish("harbour", options, 1))
    met, _ = composed(say(sheets.GOOD), wish=compose.Wish("harbour", {"item": "Blanket", "colours": ["NAVY"]}, 1))

    told = {note["code"]: note["text"] for note in shown.end["head"]["notes"]}
    assert list(told) == ["item-not-met", "colours-not-met", "size-not-met"]
    assert "lime" in told["colours-not-met"] and "navy" not in told["colours-not-met"].lower()
    assert "108 x 100 in" in told["size-not-met"]
    assert not met.end["head"]["notes"]


def test_markup_from_the_model_stays_text():
    shown, _ = composed(say(sheets.GOOD.replace("Plain squares", "<script>alert(1)</script>")))

    assert shown.end["head"]["about"].startswith("<script>")


def test_more_rounds_than_were_asked_for_are_not_made():
    shown, server = composed(say(sheets.GOOD), sheet(TWO_ROUNDS), wish=compose.Wish("harbour", {"rounds": 2}, 1))

    assert [key for key, _, _ in results(shown)] == ["p1/r1", "p1/r2", "p2/r1", "p3/r1", "p4/r1"]
    assert server.prompts[1].endswith("4 ch-1 sps)\nJoining")


TWO_ROUNDS = sheets.GOOD.replace(sheets.GOOD[sheets.GOOD.index("Rnd 3") : sheets.GOOD.index("Joining")], "")


def test_a_pattern_that_is_often_wrong_is_still_written_to_its_end():
    wrong = sheets.HEAD + "Piece: Square\n"
    wrong += "".join(f"Rnd {n} (A): Blorp the wabe {n} times, join. (12 dc)\n" for n in range(1, 13))
    wrong += "Finishing: Weave in ends, block.\nEnd.\n"
    shown, _ = composed(sheet(sheets.GOOD.split("Rnd 2")[0] + wrong.partition("(12 dc)\n")[2]))

    assert [key for key, _, _ in results(shown)] == [f"p1/r{n}" for n in range(1, 13)] + ["p2/r1"]
    assert [note["code"] for note in shown.end["head"]["notes"]].count("cut-short") == 0
    assert len(shown.thrown) < compose.TRIES_A_PATTERN


def test_a_head_line_that_swallows_the_first_round_does_not_lose_the_pattern():
    lost = sheets.GOOD.replace("one pale line.\nPiece: Square\nRnd 1 (A): Ch 4", "one pale Ch 4")
    shown, server = composed(say(lost), sheet(sheets.GOOD))

    assert server.prompts[1].endswith("one kind\n")
    assert shown.end["verdict"] == "ok"
    assert [key for key, _, _ in results(shown)][:3] == ["p1/r1", "p1/r2", "p1/r3"]


def test_a_round_after_the_border_is_not_taken():
    late = sheets.GOOD.replace("Finishing: Weave", "Rnd 4 (A): Ch 1, sc in each st around, join.\nFinishing: Weave")
    shown, server = composed(say(late), sheet(sheets.GOOD))

    assert server.prompts[1].endswith("(186 sc)\nFinishing:")
    assert shown.end["verdict"] == "ok"
    assert len(shown.rows) == 6


def test_a_sheet_whose_first_round_never_works_is_begun_anew():
    bad_start = sheets.GOOD.replace("Ch 4, join to form ring.", "Blorp the wabe.").replace("Harbour", "Lost")
    shown, server = composed(*[sheet(bad_start)] * compose.TRIES_A_ROW, sheet(sheets.GOOD))

    assert [head["title"] for head in shown.heads] == ["Lost Wall", "Harbour Wall"]
    assert shown.end["verdict"] == "ok"
    assert "Lost" not in server.prompts[-1]


def test_a_head_line_that_runs_into_the_rounds_is_not_taken():
    garbled = sheets.GOOD.replace("Plain squares, one pale line.", "Plain, framed in 2 dc in ring, ch 2, *3 dc")
    shown, server = composed(say(garbled), sheet(sheets.GOOD))

    assert server.prompts[1].endswith("one kind\n")
    assert shown.end["head"]["about"] == "Plain squares, one pale line."


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


def test_a_line_over_the_limit_is_not_taken():
    padded = sheets.GOOD.replace("Weave in ends, block.", "Weave in ends, block. " * 20)
    shown, _ = composed(say(padded), sheet(sheets.GOOD))

    assert max(len(line) for line in shown.text.splitlines()) <= 400
    assert shown.end["verdict"] == "ok"


def test_a_yarn_that_the_head_does_not_name_is_asked_about_once_and_then_said():
    strange = sheets.GOOD.replace("Rnd 2 (B): Join B", "Rnd 2 (F): Join F")
    shown, _ = composed(say(strange), sheet(sheets.GOOD))
    stubborn, _ = composed(sheet(strange))

    assert shown.thrown == [("p1/r2", "colour-undeclared")]
    assert shown.end["verdict"] == "ok" and not shown.end["head"]["notes"]
    assert "colour-undeclared" in [note["code"] for note in stubborn.end["head"]["notes"]]


def test_what_it_cost_is_the_servers_word():
    shown, _ = composed(say(sheets.GOOD))

    assert shown.end["usage"]["prompt_tokens"] == 40
    assert shown.end["usage"]["output_tokens"] == -(-len(sheets.GOOD) // 8)


def test_a_slow_store_does_not_cost_the_models_time():
    class Slow(Shown):
        def row(self, piece, row, lines):
            threading.Event().wait(0.3)
            super().row(piece, row, lines)

    shown, _ = composed(say(sheets.GOOD), sink=Slow())

    assert shown.end["usage"]["model_seconds"] < 1.0  # six rows took 1.8 s to keep


def test_a_sheet_too_long_for_the_model_to_read_keeps_what_is_there():
    part = sheets.GOOD[: sheets.GOOD.index("Rnd 3")]
    shown, _ = composed(say(part), status(400))

    assert [key for key, _, _ in results(shown)] == ["p1/r1", "p1/r2"]
    assert shown.end["verdict"] == "unchecked"


def test_a_request_that_is_wrong_from_the_start_is_our_fault():
    with pytest.raises(ModelRefused):
        composed(status(400))


def test_an_attempt_that_ended_before_its_first_row_is_gone_on_with():
    first = Shown(halt_at=0)
    with pytest.raises(Halted):
        composed(say(sheets.GOOD), sink=first)

    second, server = composed(sheet(sheets.GOOD), wish=compose.Wish("harbour wall", {}, 1, first.text))

    assert server.prompts[0].endswith(sheets.HEAD)
    assert second.end["verdict"] == "ok"
    assert len(second.rows) == 6


def test_a_big_model_is_told_in_words_what_was_wrong_and_begins_with_the_label():
    shown, server = composed(*[say(sheets.SHORT)] * 2, sheet(sheets.GOOD), model_prompt="llama3")
    good, bad = ([line for line in text.splitlines() if "Rnd 2" in line] for text in (sheets.GOOD, sheets.SHORT))

    assert server.prompts[1].endswith(
        f"<|start_header_id|>user<|end_header_id|>\n\n{bad[0]}\nNot accepted. A corner sp is never used.\n"
        "Write Rnd 2 again and go on.<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nRnd 2"
    )
    assert [row["text"] for row in shown.rows if row["key"] == "p1/r2"] == good
    assert shown.end["verdict"] == "ok"


def test_what_was_wrong_is_forgotten_once_the_row_is_there():
    later = sheets.GOOD.replace("Joining", "Rnd 9", 1)
    shown, server = composed(say(sheets.SHORT), sheet(later), sheet(sheets.GOOD), model_prompt="llama3")

    assert ["Not accepted" in prompt for prompt in server.prompts] == [False, True, False]
    assert shown.end["verdict"] == "ok"


def test_what_was_wrong_is_said_again_when_the_stream_broke_before_the_row():
    _, server = composed(say(sheets.SHORT), say(" (B): Join", EOF), sheet(sheets.GOOD), model_prompt="llama3")

    assert ["Not accepted" in prompt for prompt in server.prompts] == [False, True, True]


def test_a_model_that_knows_no_sheets_is_shown_some():
    _, server = composed(sheet(sheets.GOOD), model_prompt="llama3", model_examples=2)

    [prompt] = server.prompts
    assert prompt.count("<|start_header_id|>user") == 3
    assert prompt.index("Title: Harbour at Six") < prompt.index("Wish: harbour wall")


def test_without_a_database_wishes_go_in_and_patterns_come_out_as_json_lines(monkeypatch):
    wishes = [{"prompt": "harbour wall", "seed": 7}, {"prompt": "again", "options": {"rounds": 3}}]
    out = io.StringIO()
    with ModelServer(sheet(sheets.GOOD)) as server:
        monkeypatch.setenv("MODEL_URL", server.url)
        code = offline.main([json.dumps(wish) for wish in wishes], out)

    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert code == 0
    assert [(each["prompt"], each["verdict"], len(each["rows"])) for each in told] == [
        ("harbour wall", "ok", 6),
        ("again", "ok", 6),
    ]
    assert "Variant: 7\n" in server.prompts[0]
    assert told[0]["sheet"].endswith("End.\n")


def test_a_wish_that_comes_to_nothing_says_why(monkeypatch):
    out = io.StringIO()
    with ModelServer(say("I am sorry.\n" * 10)) as server:
        monkeypatch.setenv("MODEL_URL", server.url)

        assert offline.main([json.dumps({"prompt": "x"})], out) == 1
    assert json.loads(out.getvalue())["error"]["type"] == "OutputInvalid"
