"""House words: what yarn companies and designers say beside the stitches, each in its own way."""

import pytest

from crochet import work

RING = "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"
LOOPS = "Rnd 2: Ch 1, sc in same st, ch 3, *sc in next dc, ch 3; rep from * around, join. (12 sc, 12 ch-3 sps)"
CHAIN = "Ch 22.\nRow 1: Dc in 4th ch from hook and in each ch across, turn. (20 dc)"


def rows(*lines, terms="us"):
    return [row for piece in work.check("\n".join(lines), terms)["pieces"] for row in piece["rows"]]


def last(*lines):
    return rows(*lines)[-1]


@pytest.mark.parametrize("ring", ["magic ring with 6 sc", "Magic loop with 6 sc", "MR with 6 sc"])
def test_a_ring_is_made_with_its_stitches(ring):
    assert last(f"Rnd 1: {ring} (6)")["counts"] == {"sc": 6}


@pytest.mark.parametrize("size", ['2½"', "3 in.", "1¾ × 3 inches", '3" [7.5 cm] in diameter.', "about 7 cm"])
def test_a_gauge_told_by_rounds_is_no_round(size):
    assert [row["label"] for row in rows(f"GAUGE\nRnds 1 and 2 = {size}\n\nPATTERN\n{RING}")] == ["Rnd 1"]


@pytest.mark.parametrize(
    "said", ["place eyes between R1 and R2", "flatten, sew on later", "cut the first, keep the second"]
)
def test_a_line_behind_a_total_is_not_of_the_round(said):
    assert last("R1: 6 sc in MR [6]", f"R2: inc x 6 [12]\n{said}")["verdict"] == "ok"


@pytest.mark.parametrize(
    "last_in",
    [
        "working last dc in top of turning ch",
        "putting the last dc in the top of the ch 3",
        "with last dc in top of ch 3",
    ],
)
def test_the_last_stitch_goes_where_it_is_told(last_in):
    assert (
        last(CHAIN, f"Row 2: Ch 3 (counts as dc), dc in next dc and in each dc across, {last_in}, turn. (20 dc)")[
            "verdict"
        ]
        == "ok"
    )


@pytest.mark.parametrize("told", ["here and always", "here and after", "always", "here and on all following rnds"])
def test_a_chain_counts_here_and_always(told):
    assert last(RING.replace("counts as dc", f"counts as a dc, {told}"))["verdict"] == "ok"


@pytest.mark.parametrize(
    "said",
    [
        "pull the ring shut",
        "Pull it closed but not quite tight",
        "draw tail to close ring",
        "pull tail tight",
        "tighten",
    ],
)
def test_a_ring_is_closed(said):
    assert last(RING.replace("join.", f"join, {said}."))["verdict"] == "ok"


@pytest.mark.parametrize(
    "said",
    [
        "Thread end through rem sts and fasten securely.",
        "Weave tail through front loops, pull tightly.",
        "Fasten off and knot the ends.",
        "Draw up a long loop.",
    ],
)
def test_an_end_is_drawn_through(said):
    assert last(RING, f"Rnd 2: Ch 1, *sc2tog; rep from * around, join. 6 sts. {said}")["verdict"] == "ok"


@pytest.mark.parametrize("told", ["the other 11 sps", "the rem 11 sps", "the remaining 11 loops"])
def test_each_of_the_others_is_counted(told):
    row = f"Rnd 3: Sl st in first sp, ch 3 (= dc), 2 dc in same sp, 3 dc in each of {told}, join. (36 dc)"

    assert last(RING, LOOPS, row)["verdict"] == "ok"
    assert last(RING, LOOPS, row.replace("11", "10"))["verdict"] == "error"


def test_a_single_space_is_counted_as_one():
    row = "Row 2: Ch 3 (counts as dc), dc in next 9 sts, ch 2, sk 2 sts, dc in next 8 sts, turn. 18 dc and a ch-2 sp"

    assert last(CHAIN, row)["verdict"] == "ok"
    assert last(CHAIN, row.replace("a ch-2", "a ch-3"))["verdict"] == "error"


def test_pairs_are_counted():
    row = "Row 2: Ch 1, *sk next dc, 2 hdc in next dc; rep from * across, turn (10 pairs)"

    assert last(CHAIN, row)["verdict"] == "ok"
    assert last(CHAIN, row.replace("(10", "(9"))["verdict"] == "error"


def test_a_round_begins_where_it_was_joined():
    row = "Rnd 2: ch 1, *sc in next 2 sts, 2 sc in next st*, repeat x 4 in all, starting in same st as join; join [16]"

    assert last(RING, row)["verdict"] == "ok"


@pytest.mark.parametrize(
    ("ends", "adds"),
    [
        ("At end of Row 3, change to B. Do not cut A.", ""),
        ("At the end of Row 3 fasten off.", ""),
        ("At end of last row change to B.", ""),
    ],
)
def test_what_is_done_at_the_end_of_a_row_is_no_stitch(ends, adds):
    assert last(CHAIN, f"Rows 2 and 3: Ch 1, sc in each st across, turn. {ends}{adds} (20 sc)")["verdict"] == "ok"


@pytest.mark.parametrize(
    "legs",
    [
        "Sc2tog working first leg in 2nd ch from hook and second leg in next ch, sc in next 3 ch",
        "Sc2tog beg in 2nd ch from hook, sc in next 3 ch",
    ],
)
def test_the_first_chains_are_worked_together(legs):
    assert last("Ch 6.", f"Row 1: {legs}, turn. (4 sts)")["verdict"] == "ok"
    assert last("Ch 7.", f"Row 1: {legs}, turn. (4 sts)")["verdict"] == "error"


@pytest.mark.parametrize("place", ["the gap before the next V", "space before next V", "sp after the last V"])
def test_a_v_goes_between_two(place):
    vees = "V = (dc, ch 1, dc) in one stitch"
    below = "Rnd 2: Ch 4 (counts as dc, ch 1), dc in same st, V in each of next 11 sts, join in 3rd ch of ch 4. 12 Vs"
    row = "Rnd 3: Sl st into ch-1 sp, ch 4 (= dc, ch 1), dc in same sp, V in {0}, *V in next V, V in {0}; rep from *"

    assert last(vees, RING, below, f"{row.format(place)} around, join. 24 Vs")["verdict"] == "ok"


def test_the_yarns_of_rows_worked_again_are_told_beside_them():
    rows_ = "Row 2: Ch 1, sc in each st across, turn. (20 sc)\nRow 3: Ch 3, sk first sc, dc in each sc across, turn."
    again = "Rep Rows 2 and 3, changing colour every 2 rows in sequence B, C, A, until piece measures 20 in."
    end = "Last row: Ch 1, sc in each st across. (20 sc)"

    assert last(CHAIN, f"{rows_}\n{again}", end)["verdict"] == "ok"
    assert last(CHAIN, f"{rows_}\nRows 4 and 5: Rep Rows 2 and 3, working Row 4 with B.", end)["verdict"] == "ok"


@pytest.mark.parametrize("name", ["Buttonhole row", "Dividing row", "Ridge row"])
def test_a_row_has_a_name_of_its_own(name):
    assert last(CHAIN, f"{name}: Ch 1, sc in each st across, turn. (20 sc)")["label"] == name


def test_a_dash_before_a_total_is_no_hyphen():
    row = "Row 2: Ch 1, sc in each dc across, sc in top of turning ch - {n} sc."

    assert last(CHAIN, row.format(n=20))["verdict"] == "ok"
    assert last(CHAIN, row.format(n=21))["verdict"] == "error"


def test_a_second_repeat_has_two_stars():
    ring = "Row 1: Magic ring, ch 4 (counts as dc and ch 1), 3 dc in ring, ch 2, 3 dc in ring, ch 1, dc in ring, turn."
    row = (
        "Row 2: Ch 4, *3 dc in next ch-1 sp, ch 1; rep from * to ch-2 sp, (3 dc, ch 2, 3 dc) in ch-2 sp, "
        "**ch 1, 3 dc in next sp; rep from ** to end of row, ch 1, dc in 3rd ch of ch 4, turn. {n} groups."
    )

    assert last(ring, row.format(n=4))["verdict"] == "ok"
    assert last(ring, row.format(n=5))["verdict"] == "error"


@pytest.mark.parametrize(
    "told", ["work from *-* 5 times in total", "rep from *-* around", "work from *-* the rest of round"]
)
def test_a_repeat_goes_from_star_to_star(told):
    row = f"Rnd 2: 4 ch (= dc + 1 chain stitch), * sk 1 dc, dc in next dc, 1 chain stitch *, {told}, sk last dc, join. "

    assert last(RING, f"{row}= 6 dc with 1 ch between each.")["verdict"] == "ok"


def test_groups_go_around_a_space():
    row = (
        "Rnd 3: Sl st to first ch-3 space, ch 3, 2 dc around same chain-space, * 3 dc around next chain-space *, "
        "repeat from *-* around, join. (36 dc)"
    )

    assert last(RING, LOOPS, row)["verdict"] == "ok"
    assert last(RING, LOOPS, row.replace("(36", "(33"))["verdict"] == "error"


def test_a_heart_closed_in_its_ring_is_not_called_wrong():
    row = "Rnd 1: Magic ring. Into ring work: ch 3, 3 tr, 3 dc, ch 1, 1 tr, ch 1, 3 dc, 3 tr, ch 3, sl st in ring."

    assert last(f"{row} (13 sts + 2 ch-3 sps at the top)")["verdict"] == "unchecked"


def test_a_piece_begins_on_a_chain_of_its_own():
    back = "Back\nMake 21 ch.\nFoundation row: Sc in 2nd ch from hook, sc in each ch to end. 20 sts."
    back += "\nNext row: Ch 1, sc in each sc. 20 sts."
    front = "Left Front\nMake 11 ch.\nFoundation row: Sc in 2nd ch from hook, sc in each ch to end. {n} sts."

    assert [row["verdict"] for row in rows(back, "", front.format(n=10))] == ["ok"] * 3
    assert rows(back, "", front.format(n=12))[-1]["verdict"] == "error"


def test_loops_go_around_the_posts_of_a_round_further_down():
    below = [
        "UK terms.",
        "1st round. 12dc in magic ring, sl st in first dc. 12dc.",
        "2nd round. 1ch, 1dc in same place as sl st, * 4ch, miss next dc, 1dc in next dc; rep from * 4 times more, "
        "4ch, miss last dc, sl st in first dc. 6 loops.",
        "3rd round. Work (1dc, 1htr, 3tr, 1htr, 1dc) in each 4ch loop, sl st in first dc. 6 petals.",
    ]
    row = (
        "4th round. Working behind petals, join B with a sl st round stem of any dc of 2nd round, 1ch, 1dc round "
        "same stem, * 5ch, 1dc round stem of next dc of 2nd round; rep from * {} times more, 5ch, "
        "sl st in first dc. 6 loops."
    )

    assert rows(*below, row.format(4), terms="uk")[-1]["verdict"] == "ok"
    assert rows(*below, row.format(3), terms="uk")[-1]["verdict"] == "error"


def test_pairs_are_counted_beside_the_stitches_at_the_edges():
    row = "Row 2: Ch 3 (counts as dc), *sk next dc, 2 dc in next dc; rep from * to last dc, dc in last dc, turn. "

    assert last(CHAIN, f"{row}(9 pairs and 2 edge sts)")["verdict"] == "ok"
    assert last(CHAIN, f"{row}(9 pairs and 4 edge sts)")["verdict"] == "error"


def test_a_row_known_by_its_count_ends_in_the_chain_it_began_with():
    unread = "Row 2: Ch 3 (counts as dc), dc in each dc across, quibble, turn. 20 dc."
    row = "Row 3: Ch 3, dc2tog, dc in each dc to last 3 sts, dc2tog, dc in top of ch 3, turn. {} sts."

    assert last(CHAIN, unread, row.format(18))["verdict"] == "ok"
    assert last(CHAIN, unread, row.format(16))["verdict"] == "unchecked"


def test_a_corner_may_be_the_space_in_it():
    ring = "Rnd 1: Magic ring, ch 3 (= dc), 2 dc in ring, ch 2, *3 dc in ring, ch 2; rep from * 2 times more, join."
    row = (
        "Rnd 2: Ch 3 (counts as dc), dc in next 2 dc, *(2 dc, ch 2, 2 dc) around chain-space in the corner, "
        "dc in next 3 dc; rep from * 2 more times, (2 dc, ch 2, 2 dc) around chain-space in the corner, join. (28 dc)"
    )

    assert last(ring, row)["verdict"] == "ok"
