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
