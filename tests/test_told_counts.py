"""Told counts: what rows say they make, in groups and by name, and only of some of their stitches."""

import pytest

from crochet import work

CHAIN = "Ch 32.\nRow 1: Sc in 2nd ch from hook and in each ch across, turn. (31 sc)\n"


def last(*lines):
    return work.check("\n".join(lines), "us")["pieces"][-1]["rows"][-1]


def ids(row):
    return [one["id"] for one in row["findings"]]


@pytest.mark.parametrize("told", ["9 3-dc groups and 4 dc", "9 groups of 3 dc, 4 dc", "9 3-dc groups"])
def test_groups_are_counted_beside_the_stitches_at_the_edges(told):
    row = "Row 2: Ch 3 (counts as dc), dc in first sc, *sk 2 sc, 3 dc in next sc; rep from * to last 3 sc, sk 2 sc, "

    assert last(CHAIN, f"{row}2 dc in last sc, turn - {told}.")["verdict"] == "ok"
    assert ids(last(CHAIN, f"{row}2 dc in last sc, turn - {told.replace('9', '8')}.")) == ["declared-mismatch"]


def test_groups_may_be_told_without_the_stitch_at_either_end():
    row = "Row 1: Magic ring, ch 4 (counts as dc and ch 1), (3 dc, ch 2, 3 dc) in ring, ch 1, dc in ring, turn. "

    assert last(f"{row}2 groups.")["verdict"] == "ok"
    assert ids(last(f"{row}3 groups.")) == ["declared-mismatch"]


def test_half_shells_are_counted_apart_from_shells():
    row = "Row 2: Ch 3 (counts as dc), 2 dc in first sc, *sk 2 sc, sc in next sc, sk 2 sc, 5 dc in next sc; rep from * "
    ends = "to last 6 sc, sk 2 sc, sc in next sc, sk 2 sc, 3 dc in last sc, turn. "

    assert last(CHAIN, f"{row}{ends}(4 shells + 2 half shells)")["verdict"] == "ok"
    assert ids(last(CHAIN, f"{row}{ends}(5 shells + 2 half shells)")) == ["declared-mismatch"]


def test_a_row_may_count_nothing_but_its_bobbles():
    row = "Row 2: Ch 1, sc in first sc, *bobble in next sc, sc in next 4 sc; rep from * across, turn - "

    assert last(CHAIN, f"{row}6 bobbles.")["verdict"] == "ok"
    assert ids(last(CHAIN, f"{row}7 bobbles."))[0] == "declared-mismatch"


def test_loops_in_one_place_are_the_picots():
    row = "Rnd 2: Ch 1, *sc in next 2 dc, (sc, ch 3, sc) in next dc; rep from * around, join. "
    ring = "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"

    assert last(ring, f"{row}(16 sc, 4 picots)")["verdict"] == "ok"
    assert last(ring, f"{row}(16 sc, 6 picots)")["verdict"] == "unchecked"


def test_the_count_of_several_rows_is_that_of_the_last():
    rows = "Rows 2-4: Ch 1, sc2tog, sc in each sc to last 2 sc, sc2tog, turn. "

    assert last(CHAIN, f"{rows}(25 sts)")["verdict"] == "ok"
    assert last(CHAIN, f"{rows}(24 sts)")["verdict"] == "error"


def test_a_shell_that_nothing_tells_of_is_not_called_wrong():
    row = "Row 2: Ch 1, sc in first sc, *sk 2 sc, shell in next sc, sk 2 sc, sc in next sc; rep from * across, turn. "

    assert last(CHAIN, f"{row}(35 dc, 6 sc)")["verdict"] == "unchecked"
    assert last(CHAIN, f"{row}(25 dc, 6 sc)")["verdict"] == "ok"


def test_a_shell_may_be_told_of_after_for():
    shell = (
        "For shell, (2 dc, ch 2, 2 dc) in indicated sp.\nFor beginning shell (beg shell), (ch 3, dc, ch 2, 2 dc) in sp."
    )
    ring = "Rnd 1: Magic ring, ch 1, *sc in ring, ch 3; rep from * 5 more times, join. (6 sc, 6 ch-3 sps)"
    row = "Rnd 2: Sl st in next ch-3 sp, beg shell in same sp, ch 1, *shell in next sp, ch 1; rep from * around, join."

    assert last("Special stitches:", shell, ring, f"{row} (6 shells, 6 ch-1 sps)")["counts"] == {"dc": 24}


def test_what_is_left_is_worked_again_after_the_last_of_two_rows_alike():
    rows = "Row 2: Ch 1, sc in each sc across, turn.\nRow 3: Ch 1, sc in each sc across, turn."
    again = "Rows 4 and 5: With B, rep Row 3.\nRep Rows 2-5 until piece measures 20 in."

    assert last(CHAIN, rows, again)["verdict"] == "ok"
    assert last(CHAIN, rows, again.replace("rep Row 3", "rep Row 9"))["verdict"] == "error"


def test_a_long_stitch_may_go_between_the_stitches_of_a_row_further_down():
    ring = "Rnd 1: 18 sc in magic ring, join. (18 sc)"
    row = "Rnd 2: Ch 1, sc in each of first 3 sc, long sc, *sc in next 3 sc, long sc; rep from * 4 more times, join. "

    assert last(ring, f"{row}(18 sc, 6 long sc)")["verdict"] == "ok"
    assert last(ring, f"{row}(18 sc, 5 long sc)")["verdict"] == "error"


def test_the_hook_is_slipped_into_a_loop():
    ring = "Rnd 1: Magic ring, ch 1, *sc in ring, ch 6; rep from * 7 more times, join. (8 loops)"
    row = "Rnd 2: Sl st into loop, ch 3 (counts as dc), 4 dc in same loop, 5 dc in each of next 7 loops, join. "

    assert last(ring, f"{row}(40 dc)")["verdict"] == "ok"


@pytest.mark.parametrize(
    "told", ["skipped ch 3 counts as dc", "3 sk chs count as first dc", "the first 3 ch count as dc"]
)
def test_the_chains_passed_at_the_start_count_in_any_order_of_words(told):
    assert (
        last("Ch 20.", f"Row 1: Dc in 4th ch from hook ({told}) and in each ch across, turn. (18 dc)")["verdict"]
        == "ok"
    )


SPIRAL = "R1: 6 sc in magic ring /6"


@pytest.mark.parametrize("told", ["/12", "/ 12 sc", "/12 sts", "👉 12 sc", "👉🏽 12", "⇒ 12 sc",
                                  "→ 12 sc", "➡️ (12)", "▶ 12 sts", "/12 💛"])  # fmt: skip
def test_a_slash_or_a_sign_that_points_leads_a_count(told):
    row = last(SPIRAL, f"R2: inc x 6 {told}")

    assert row["verdict"] == "ok"
    assert row["declared"] is not None
    assert ids(last(SPIRAL, f"R2: inc x 6 {told.replace('12', '13')}"))[:1] == ["declared-mismatch"]


@pytest.mark.parametrize("words", ["inc ✨ x 6 (12)", "✨ inc x 6, 👉 inc (12)", "inc x 6 🧶 12", "inc x 6 /12 wibbles",
                                   "inc x 6 /12 counting the wibble", "5 inc, 2 ★"])  # fmt: skip
def test_a_sign_that_is_neither_at_a_label_nor_at_a_count_is_not_passed_over(words):
    assert "not-understood" in ids(last(SPIRAL, f"✨ R2 ✨ {words}"))


def test_a_slash_between_two_numbers_leads_no_count():
    assert last(SPIRAL, "R2: inc x 6 (12)", "R3: sc in next 10/12")["declared"] is None


@pytest.mark.parametrize(
    "line", ["cut yarn & cinch", "cinch, weave in, make another one before lunch", "sew the ends in, 5 sts down"]
)  # fmt: skip
def test_a_line_behind_a_total_that_works_no_stitch_is_of_no_row(line):
    report = work.check(f"{SPIRAL}\nR2: inc x 6 /12\n{line}", "us")

    assert report["verdict"] == "ok"
    assert line not in report["pieces"][0]["rows"][-1]["text"]


@pytest.mark.parametrize(
    "aside", ["cut yarn & cinch", "cinch", "weave in", "make another one", "turn seam inside", "sew cuff"]
)
def test_what_closes_a_piece_works_no_stitch(aside):
    assert last(SPIRAL, f"R2: inc x 6, {aside}.")["counts"] == {"sc": 12}
    assert last(SPIRAL, f"R2: inc x 6, {aside} wibble.")["verdict"] == "unchecked"


@pytest.mark.parametrize(
    "rest", ["in rest", "in the rest", "in rest of the sts", "in the rest of the row", "in the remainder"]
)
def test_the_rest_is_each_stitch_that_is_left(rest):
    assert last(SPIRAL, "R2: inc x 6 /12", f"R3: inc x 2, sc {rest} /14")["verdict"] == "ok"
    assert ids(last(SPIRAL, "R2: inc x 6 /12", f"R3: inc x 2, sc {rest} /13")) == ["declared-mismatch"]


def test_stitches_are_skipped_for_a_reason_that_is_known():
    row = "R3: 4 sc, ch 2, skip 4 sts for the {}, sc in rest /10 counting the ch"

    assert last(SPIRAL, "R2: inc x 6 /12", row.format("left thumb"))["verdict"] == "ok"
    assert ids(last(SPIRAL, "R2: inc x 6 /12", row.format("thumb").replace("10", "11"))) == ["declared-mismatch"]
    assert "not-understood" in ids(last(SPIRAL, "R2: inc x 6 /12", row.format("wibble")))
