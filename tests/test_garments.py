"""Garments: shaping, edges told in brackets, rows worked even or in pattern, and heads that go on with a piece."""

import pytest

from crochet import work

BODY = """Back
Ch 22.
1st row: (RS). 1 sc in 2nd ch from hook. 1 sc in each ch to end of ch. Turn. 21 sc.
2nd row: Ch 1. 1 sc in each sc to end of row. Turn.
3rd row: Ch 1. 1 sc in first sc. *Ch 1. Miss next sc. 1 sc in next sc. Rep from * to end of row. Turn. 11 sc.
4th row: Ch 1. 1 sc in first sc. *1 sc in next ch-1 sp. 1 sc in next sc. Rep from * to end of row. Turn. 21 sc.
"""


def rows_of(text):
    return [row for piece in work.check(text, "us")["pieces"] for row in piece["rows"]]


@pytest.mark.parametrize(
    "said",
    ["(neck edge)", "(first armhole)", "(Inc row)", "(RS - dec row)", "(left front)", "(2 sts decreased)", "(dec made)",
     "(1 st inc at each end)", "(buttonhole row)", "(this is the right side of the piece)"],
)  # fmt: skip
def test_what_is_told_in_brackets_of_edges_and_rows_makes_nothing(said):
    row = rows_of(f"{BODY}Next row: Ch 1. 1 sc in each sc to end of row {said}. Turn. 21 sc.")[-1]

    assert row["verdict"] == "ok", row["findings"]


@pytest.mark.parametrize("said", ["(sc dec) 6 times", "(2 dec)", "(inc, dec) around", "(back glorp)"])
def test_brackets_that_are_worked_or_not_known_are_no_remark(said):
    row = rows_of(f"{BODY}Next row: Ch 1. 1 sc in each sc to end of row. {said}. Turn.")[-1]

    assert row["verdict"] != "ok"


@pytest.mark.parametrize(
    "said",
    ["Leave rem sts unworked", "leaving the remaining unworked", "leave the rest",
     "Leave last 4 sts unworked for armhole",
     "leaving 4 unworked", "do not work in last 4 sts", "last 4 sts are left unworked",
     "leave remaining 4 sts for neck",
     "Leave rest of row unworked"],
)  # fmt: skip
def test_what_is_left_at_the_end_of_a_row_is_told_in_many_words(said):
    row = rows_of(f"{BODY}Next row: Ch 1. 1 sc in each of first 17 sc. Turn. {said}. 17 sc.")[-1]

    assert row["verdict"] == "ok", row["findings"]


def test_stitches_left_in_the_middle_of_a_row_are_passed_over():
    row = rows_of(f"{BODY}Next row: Ch 1. 1 sc in next 5 sc. Leave next 11 sc unworked for neck. 1 sc in next 5 sc.")[
        -1
    ]

    assert (row["verdict"], row["stitches"]) == ("ok", 10)


@pytest.mark.parametrize(
    "said",
    ["Work 3 rows even.", "Work even for 3 rows.", "Work 3 more rows on these 21 sts.", "Work 4 rows in sc.",
     "Cont even in sc until armhole measures 7 (7½) in, ending on a WS row.",
     "Rep last 2 rows for pat until work measures 4 in. Work even in pat for 6 rows.",
     "Rep last 2 rows twice more. Cont in pat until work from beg measures 10 in."],
)  # fmt: skip
@pytest.mark.parametrize("head", ["", "Shape armholes: ", "\nShape neck\n"])
def test_rows_worked_even_leave_as_many_stitches(said, head):
    rows = rows_of(f"{BODY}{said}\n{head}Next row: Ch 1. Sc2tog. 1 sc in each st to last 2 sts. Sc2tog. Turn. 19 sc.")

    assert [row["verdict"] for row in rows] == ["ok"] * 5, rows[-1]["findings"]


def test_a_row_is_worked_even_behind_its_chain():
    row = rows_of(
        "Ch 12.\nRow 1: Dc in 4th ch from hook and in each ch across, turn. (10 dc)\nNext row: Ch 3. Work even."
    )[-1]

    assert (row["verdict"], row["stitches"]) == ("ok", 10)


@pytest.mark.parametrize("said", ["Work in glorp until done.", "Cont in pat to last 2 sts."])
def test_what_is_worked_in_words_not_understood_leaves_the_next_row_unknown(said):
    rows = rows_of(f"{BODY}{said}\nNext row: Ch 1. 1 sc in each st to end of row. Turn.")

    assert rows[-1]["verdict"] == "unchecked"


SC = "Ch 21.\nRow 1: Sc in 2nd ch from hook and in each ch across, turn. (20 sc)\n"
DC = "Ch 22.\nRow 1: Dc in 4th ch from hook and in each ch across, turn. (20 dc)\n"


@pytest.mark.parametrize(
    ("said", "makes"),
    [("Ch 1, sc in each st across, dec 1 st at each end. (18 sc)", 18), ("Dec 1 sc at each end. (18 sc)", 18),
     ("Ch 1, sc across, decreasing 1 st at beg of row. 19 sc.", 19), ("Ch 1, sc across, inc 1 sc at both ends. 22 sc",
     22),
     ("Ch 1, sc in each st across, increasing 1 st at end of row. 21 sc", 21), ("Ch 1, dec 1 st, sc to end.", 19),
     ("Ch 3, dc across, inc 1 st at each end. 22 dc", 22), ("Ch 1, sc2tog, sc in each st until 2 sts remain, sc2tog.",
     18),
     ("Sl st over first 4 sts, ch 1, sc across to last 4 sts, turn, leaving last 4 sts unworked. (12 sc)", 12),
     ("Sl st loosely across first 4 sc, ch 1, work in sc to last 4 sc, turn. (12 sc)", 12),
     ("Ch 1, sc across first 8 sts, turn. Leave rem sts unworked. (8 sc)", 8), ("Ch 1, sc over next 8 sts, turn.", 8),
     ("Ch 1, work across first 8 sts in sc, turn. (8 sc)", 8), ("Ch 1, sc in first 8 sc only, turn. (8 sc)", 8),
     ("Ch 1, sk 1st st, sc in each st to end. (19)",
     19), ("Ch 1, sc in first 10 sts, mark last st made, sc in rem sts.", 20)],
)  # fmt: skip
def test_a_row_is_shaped_in_many_words(said, makes):
    row = rows_of(f"{SC}Row 2: {said}")[-1]

    assert (row["verdict"], row["stitches"]) == ("ok", makes), row["findings"]


@pytest.mark.parametrize(
    "said",
    ["Work across 10 dc, turn.", "Ch 3, work across next 9 dc, turn.", "Ch 3, dc in 2nd dc and in next 8 dc, turn."],
)
def test_the_half_of_a_row_that_turns_before_the_rest_is_no_slip(said):
    row = rows_of(f"{DC}Row 2: {said}")[-1]

    assert (row["verdict"], row["stitches"]) == ("ok", 10), row["findings"]
    assert "skip-past-end" in [one["id"] for one in row["findings"]]


@pytest.mark.parametrize(
    "said", ["Ch 1, sc in next 18 sts, turn.", "Ch 1, *sc in next 5 sts; rep from * 2 more times, turn."]
)
def test_few_stitches_or_a_pass_left_are_a_slip(said):
    assert rows_of(f"{SC}Row 2: {said}")[-1]["verdict"] == "error"


def test_stitches_at_the_ends_of_who_knows_what_are_not_understood():
    assert rows_of(f"{SC}Row 2: Ch 1, sc in next 5 sts, dec 1 st at each end.")[-1]["verdict"] == "unchecked"


def test_stitches_at_the_ends_alone_are_of_a_row_like_the_one_before():
    assert rows_of(f"{SC}Row 2: Dec 1 st each end of row. 18 sts.")[-1]["verdict"] == "ok"
    assert rows_of(f"{SC}Row 2: Dec 1 st each end of row. 19 sts.")[-1]["verdict"] == "error"


NARROWS = (
    SC
    + "Row 2: Ch 1, sc2tog, sc to last 2 sts, sc2tog, turn. (18 sc)\nRow 3: Ch 1, sc in each st across, turn. (18 sc)\n"
)


@pytest.mark.parametrize(
    "said",
    ["Rep Rows 2 and 3 until 12 sc remain.", "Rep last 2 rows until there are 12 sts.",
     "Rep last 2 rows, 3 times - 12 sc.",
     "Rep Rows 2 and 3, until 12 sts rem. Work even for 4 rows."],
)  # fmt: skip
def test_rows_are_worked_again_until_there_are_so_many_stitches(said):
    assert [row["verdict"] for row in rows_of(f"{NARROWS}{said}\nNext row: Ch 1, sc in next 12 sts, turn.")] == [
        "ok"
    ] * 4
    assert rows_of(f"{NARROWS}{said}\nNext row: Ch 1, sc in next 14 sts, turn.")[-1]["verdict"] == "error"


def test_rows_that_never_come_to_so_many_leave_the_next_unknown():
    rows = rows_of(f"{NARROWS}Rep Rows 2 and 3 until 11 sc remain.\nNext row: Ch 1, sc in next 11 sts, turn.")

    assert rows[-1]["verdict"] == "unchecked"


def test_the_total_of_several_rows_is_that_of_the_last():
    rows = rows_of(f"{NARROWS}Rows 4-7: Rep Rows 2 and 3. (14 sc at end of Row 7)")
    wrong = rows_of(f"{NARROWS}Rows 4-7: Rep Rows 2 and 3. (12 sc)")

    assert [row["verdict"] for row in rows] == ["ok"] * 7
    assert [row["verdict"] for row in wrong] == ["ok"] * 6 + ["error"]


@pytest.mark.parametrize(
    "opening",
    ["Start by chaining 19 plus 2.", "To start, ch (chain) 21", "Make an odd number of chains. I made 21.",
     "Ch 21, turn.",
     "Beg at back edge with MC, ch 21 to measure approx 10 in.", "Ch 21 with a 4 mm hook", "Ch 20 + 1 for turning.",
     "Ch 20 (+1 turning ch).", "Chain 20 plus 1 for turning chain.", "Ch 21 or to desired length",
     "Starting chain: 21"],
)  # fmt: skip
def test_a_chain_is_begun_in_many_words(opening):
    row = rows_of(f"{opening}\nRow 1: Sc in 2nd ch from hook and in each ch across, turn. (20 sc)")[0]

    assert row["verdict"] == "ok", row["findings"]


@pytest.mark.parametrize(
    "opening",
    ["Ch 20 and join with a sl st into back of chain (do not twist chain).", "Ch 20. Join in round.",
     "Ch 20, join in a ring.",
     "Chain 20; join to make round. Chain 1 but do not turn.", "Ch 20 and join to work in the round.",
     "With A, ch 20. Join to form a circle, making sure ch is not twisted."],
)  # fmt: skip
def test_a_chain_is_joined_in_many_words(opening):
    row = rows_of(f"{opening}\nRnd 1: Ch 1, sc in each ch around, join. (20 sc)")[0]

    assert row["verdict"] == "ok", row["findings"]


def test_totals_told_in_sentences_are_all_held():
    shawl = "Row 2: Ch 1, 2 sc in first st, sc in next 9 sts, ch 2, sc in next 9 sts, 2 sc in last st of row. "
    shawl += "2 sts increased."

    assert rows_of(f"{SC}{shawl} 22 sc and 1 ch-2 sp. 24 total sts.")[-1]["verdict"] == "ok"
    assert rows_of(f"{SC}{shawl} 22 sc and 1 ch-2 sp. 27 total sts.")[-1]["verdict"] == "error"


ARCHES = (
    f"{SC}Row 2: Ch 1, sc in first st, *ch 3, sk 2 sts, sc in next st; rep from * 5 times more, sc in last st, turn.\n"
)


@pytest.mark.parametrize(
    "where", ["next ch-3 arch", "2nd ch of next ch-3 arch", "center ch of next ch-3 sp", "next arch"]
)
def test_arches_are_spaces_and_their_chains_too(where):
    row = rows_of(f"{ARCHES}Row 3: Ch 1, sc in first st, *5 dc in {where}; rep from *, ending sc in last st, turn.")[-1]

    assert (row["verdict"], row["counts"]) == ("ok", {"sc": 2, "dc": 30}), row["findings"]


@pytest.mark.parametrize(
    "said", ["*1 fpdc, 1 dc; rep from * 7 times more, 1 fpdc, 1 dc, turn", "*1 fpdc, 1 dc*, rep *-*, 1 dc."]
)
def test_the_last_stitches_of_a_row_are_no_total(said):
    row = rows_of(f"{DC}Row 2: Ch 3, 1 dc, {said}")[-1]

    assert row["declared"] is None
    assert row["verdict"] != "error", row["findings"]
