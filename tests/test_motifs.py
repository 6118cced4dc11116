"""Motifs: clusters told loop by loop, petals and what is worked behind them, corners closed by a stitch."""

import pytest

from crochet import work
from crochet.grammar import notation

RING = ("Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)",)
GRANNY = (
    "Rnd 1: Ch 4, join to form ring. Ch 3, 2 dc in ring, ch 2, *3 dc in ring, ch 2; rep from * 2 more times, join.",
)
LOOPS = (
    "Rnd 1: Magic ring, ch 1, 16 sc in ring, join. (16 sc)",
    "Rnd 2: Ch 1, sc in first sc, ch 3, *sk next sc, sc in next sc, ch 3; rep from * around, join. (8 ch-3 sps)",
)
PETALS = (*LOOPS, "Rnd 3: Ch 1, (sc, hdc, 3 dc, hdc, sc) in each ch-3 sp around, join with sl st in first sc.")


def last(*lines):
    return work.check("\n".join(lines), "us")["pieces"][-1]["rows"][-1]


def ok(*lines):
    row = last(*lines)
    assert row["verdict"] == "ok", (row["text"], row["findings"])
    return row


FIRST_LEGS = (
    "(yoh and draw up a loop in same sp, yoh and draw through 2 loops on hook) twice, yoh and draw through all 3"
)


@pytest.mark.parametrize(
    ("first", "cluster"),
    [
        (
            f"Ch 3, {FIRST_LEGS} loops on hook - beg cluster made",
            "yoh and draw up a loop in next sp, yoh and draw through 2 loops on hook, (yoh and draw up a "
            "loop in same sp, yoh and draw through 2 loops) twice, yoh and draw through all 4 loops - cluster made",
        ),
        (
            "Ch 3, 2 dc in same sp holding back last loop of each dc, yo and draw through all 3 loops on hook",
            "3 dc in next sp holding back last loop of each st on hook, yo and draw through all 4 loops on hook",
        ),
        (
            "Ch 3, holding back last loop of each dc on hook, make 2 dc in same sp, yo and through all loops on hook",
            "keeping on hook the last loop of each dc, work 3 dc in next sp, thread over, draw through remaining loops",
        ),
        (
            "Ch 3, leaving last loop of each dc on hook, 2 dc in same sp, yo, draw through all 3 loops (cluster made)",
            "leaving last loop of each dc on hook, 3 dc in next sp, complete cluster as before",
        ),
        ("Ch 3, dc2tog in same sp (counts as first cluster)", "dc3tog in next sp"),
    ],
)
def test_a_cluster_is_told_loop_by_loop(first, cluster):
    row = ok(*LOOPS, f"Rnd 3: Sl st in next ch-3 sp. {first}. *Ch 4, {cluster}. Rep from * around, ch 4, join.")

    assert row["counts"] == {"dc3tog": 8}
    assert row["spaces"] == {"4": 8}


def test_legs_in_one_stitch_after_another_are_closed_over_them():
    leg = "yo, insert hook in next st, pull up a loop, yo, pull through 2 loops"
    row = ok(
        *RING,
        f"Rnd 2: Ch 3, *{leg}, {leg}, yo, pull through all 3 loops, ch 2; rep from * 4 times, dc in last st, join.",
    )

    assert row["counts"] == {"dc": 2, "dc2tog": 5}


def test_a_puff_is_told_by_its_loops():
    puff = "(yo, insert hook in sp, pull up a loop) 4 times in next sp, yo, pull through all 9 loops, ch 1 to close"

    assert ok(*LOOPS, f"Rnd 3: Sl st in next sp, ch 1, *{puff}, ch 3; rep from * around, join.")["counts"] == {
        "puff": 8
    }


def test_a_popcorn_is_told_by_the_loop_that_is_dropped():
    drop = "drop loop from hook, insert hook in {}, draw dropped loop through (popcorn made)"
    first, other = drop.format("top of ch 3"), drop.format("first of 5 dc")
    row = f"Ch 3, 4 dc in same st, {first}, ch 2, *sk next dc, 5 dc in next dc, {other}, ch 2; rep from * around, join."

    assert ok(*RING, f"Rnd 2: {row}")["spaces"] == {"2": 6}


@pytest.mark.parametrize(
    "words",
    [
        "holding back last loop of each dc, 3 dc in next sp, ch 4",
        "yo and draw through all loops on hook, ch 4",
        "3 dc in next sp, yo and draw through all loops on hook, ch 4",
        "yo, insert hook in next sp, ch 4",
        "3 dc in next sp, drop loop from hook, ch 4",
    ],
)
def test_half_a_cluster_is_not_understood(words):
    assert last(*LOOPS, f"Rnd 3: Sl st in next sp, ch 4, *{words}; rep from * around, join.")["verdict"] == "unchecked"


@pytest.mark.parametrize(
    "row",
    [
        "Working behind petals, *ch 5. 1 sc between next 2 petals. Rep from * around. Join.",
        "Ch 1, *sc between petals, ch 5; rep from * around, join with sl st in first sc. (8 ch-5 sps)",
        "Keeping ch behind petals, *ch 5, sc around post of next sc of rnd 2; rep from * 7 times more, join.",
        "Ch 1, working behind petals, sc in first sc of rnd 2, ch 5, *sc in next sc of Rnd 2, ch 5; rep from * around.",
        "Fold petals forward. Ch 1, *sc around post of next sc 2 rnds below, ch 5; rep from * around, join.",
    ],
)
def test_loops_are_worked_behind_petals(row):
    assert ok(*PETALS, f"Rnd 4: {row}")["spaces"] == {"5": 8}


def test_a_row_into_two_rounds_at_once_is_not_followed():
    row = "Rnd 4: Ch 1, *sc in next sc of rnd 2, sc in next sc; rep from * around, join."

    assert last(*PETALS, row)["verdict"] == "unchecked"


@pytest.mark.parametrize(
    "end",
    [
        "3 dc in same sp as first 3 dc. Ch 1. 1 sc in top of ch 3 (counts as corner ch-2 sp)",
        "3 dc in first sp, ch 1, sc in top of beg ch-3 to form last corner",
        "3 dc in same sp as beg ch-3, ch 1, sc in 3rd ch of beg ch-3 (last corner sp made)",
        "3 dc in same sp, ch 1, sc in top of ch-3",
    ],
)
def test_a_stitch_closes_the_last_corner(end):
    end = end if "same sp," not in end else end.replace("same sp,", "first sp,")
    row = (
        f"Rnd 2: Ch 3, 2 dc in same sp. *Ch 1. (3 dc, ch 2, 3 dc) in next ch-2 sp. Rep from * twice more. Ch 1, {end}."
    )

    assert ok(*GRANNY, row)["spaces"] == {"1": 4, "2": 4}


@pytest.mark.parametrize("end", ["then from * to ** once", "and from * to ** once more", "rep from * to ** again"])
def test_the_last_part_of_a_repeat_is_worked_once_more(end):
    side = "*Ch 2, 2 dc in same sp. 1 dc in each of next 3 dc.** 2 dc in next ch-2 sp."
    row = f"Rnd 2: Sl st to next ch-2 sp. Ch 3, dc in same sp. {side} Rep from * twice more, {end}. Join."

    assert ok(*GRANNY, row)["counts"] == {"dc": 28}


@pytest.mark.parametrize(
    "row",
    [
        "*Ch 3, sk next dc, sl st in next dc; rep from * around.",
        "*Ch 3, miss 1 dc, 1 sc in next dc; rep from * 5 times, join.",
        "(Ch 3, sk next dc, sc in next dc) 6 times, join.",
    ],
)
def test_a_round_of_loops_begins_with_a_loop(row):
    assert ok(*RING, f"Rnd 2: {row} (6 ch-3 sps)")["spaces"] == {"3": 6}


def test_a_round_goes_on_from_where_the_one_before_slipped_to():
    mesh = "Rnd 2: Ch 4, *dc in next dc, ch 1; rep from * 10 more times, join to 3rd ch of ch-4, sl st in next ch-1 sp."

    assert ok(*RING, mesh, "Rnd 3: Ch 3, dc in same sp, 2 dc in each ch-1 sp around, join.")["counts"] == {"dc": 24}


@pytest.mark.parametrize(
    "row",
    [
        "Sl st between ch 3 and next dc. Ch 3, dc in same sp, *2 dc between next 2 dc; rep from * around, join.",
        "Sl st in sp between beg ch-3 and next dc, ch 3, dc in same sp, 2 dc in each sp between dc around, join.",
        "Sl st before next dc, ch 3, dc in same sp, 2 dc between each dc around, join.",
    ],
)
def test_a_gap_is_named_by_the_stitches_beside_it(row):
    assert ok(*RING, f"Rnd 2: {row}")["counts"] == {"dc": 24}


def test_what_is_skipped_last_need_not_be_told():
    row = "Ch 3, (dc, ch 2, 2 dc) in same sp. *Miss 2 dc. (2 dc, ch 2, 2 dc) in next dc. Rep from * twice more. Join."

    assert ok(*RING, f"Rnd 2: {row}")["corners"] == 4


def test_a_dash_between_spaces_parts_what_is_told():
    assert notation.parse("sc in next st - 12 sc").declared.counts == (("sc", 12),)
    assert notation.parse("sc in next st -- 12 sc").declared.counts == (("sc", 12),)


@pytest.mark.parametrize(
    "row",
    [
        "Ch 3, dc in same st (counts as first 2-dc cl), ch 1, *2-dc cl in next st, ch 1; rep from * around, join.",
        "Ch 3, dc in same st (first cluster), ch 1, *2-dc cluster in next st, ch 1; rep from * around; join.",
        "Ch 3, dc in same st - beg cluster made, ch 1, *cluster of 2 dc in next st, ch 1; rep from * around, join.",
    ],
)
def test_a_chain_and_the_stitches_after_it_are_called_a_cluster(row):
    assert ok(*RING, f"Rnd 2: {row} (12 clusters, 12 ch)")["counts"] == {"cl": 12}


@pytest.mark.parametrize(
    ("row", "made"),
    [
        ("Ch 4 (dc, ch 1), *dc, ch 1 in next dc; rep from * around, join in 3rd ch of ch-4.", {"dc": 12}),
        ("Ch 1, sc, ch 2 in each dc around, join.", {"sc": 12}),
        ("Ch 3, dc in base of ch 3, dc twice in next st and in the remaining 10 sts, join.", {"dc": 24}),
        ("Ch 3, dc in the join, 2 dc in each dc around, join with sl st to beg of rnd.", {"dc": 24}),
        ("Ch 1, sc in back-loops of each st around, join to previous round.", {"sc": 12}),
        ("Ch 1, *sc in next st, shell (2 dc, ch 1, 2 dc) in next st; rep from * around, join.", {"sc": 6, "dc": 24}),
        ("Ch 1, sc in each st around, join with sl st to the sl st at beginning of round. (= 12 sc)", {"sc": 12}),
        ("Join yarn of your choice in any dc, ch 1, sc in each dc around, join to complete the round.", {"sc": 12}),
    ],
)
def test_a_round_is_told_in_few_or_many_words(row, made):
    assert ok(*RING, f"Rnd 2: {row}")["counts"] == made


@pytest.mark.parametrize(
    "row",
    [
        "Ch 3, 2 dc, ch 2 in the ring. (3 dc, ch 2) 3 more times in ring, join.",
        "Ch 3, 2 dc in ring, ch 2, *3 dc in ring, ch 2 repeat from * 2 more times in ring, join.",
        "Ch 3, 2 dc in center loop, ch 2, [3 dc, ch 2] 3 times in ring, join. You now have 12 dc, with 4 ch-2 sps.",
    ],
)
def test_a_square_begins_in_the_ring(row):
    assert ok(f"Rnd 1: {row}")["spaces"] == {"2": 4}


def test_petals_are_worked_in_a_ring_so_many_times():
    assert ok("Rnd 1: In ring, work [ch 3, 2 tr, ch 3, sl st] four times. Fasten off.")["counts"]["tr"] == 8


def test_a_row_may_make_no_more_than_the_ring():
    rows = work.check("Rnd 1: Ch 4, join to form ring.\nRnd 2: Ch 3, 11 dc in ring, join. (12 dc)\n", "us")["pieces"][
        0
    ]["rows"]

    assert [row["verdict"] for row in rows] == ["ok", "ok"]


def test_a_row_called_so_may_be_a_round_in_a_ring():
    assert ok("Row 1. Ch 3 (counts as dc), 9 dc in ring, sl st in top of ch 3 to join. (10 dc)")["stitches"] == 10


def test_spaces_between_shells_need_not_be_worked_where_those_in_shells_are():
    shells = (
        "Rnd 2: Ch 3, (dc, ch 2, 2 dc) in same st, *ch 2, sk 2 dc, (2 dc, ch 2, 2 dc) in next dc; rep from * twice, "
    )
    inner = "Rnd 3: Sl st in next dc and next ch-2 sp, ch 3, (dc, ch 2, 2 dc) in same sp, *ch 3, sk next ch-2 sp, "
    inner += "(2 dc, ch 2, 2 dc) in next ch-2 sp; rep from * 2 more times, ch 3, join."

    assert ok(*RING, shells + "ch 2, join.", inner)["spaces"] == {"2": 4, "3": 4}


def test_the_last_side_is_as_much_as_the_row_did_not_do_at_its_start():
    corners = (
        "Rnd 2: (Sl st, ch 3, 2 dc, ch 2, 3 dc) in first sp, *(3 dc, ch 2, 3 dc) in next sp; rep from * around, join."
    )
    row = "Rnd 3: Ch 1, sc in same st, sc in next 2 sts, *3 sc in corner sp, sc in next 6 sts; rep from * around, join."

    assert ok(*GRANNY, corners, row)["counts"] == {"sc": 36}


@pytest.mark.parametrize(
    "opening",
    [
        "Starting at center, ch 6, join to form ring, ch 1, 16 sc in ring, join.",
        "Chain (ch) 6, join to form a ring, ch 3, counts as 1 dc, 15 more dc in ring, join in 3rd st of ch.",
        "Ch 6, join with sl st to form ring. Ch 3, 15 dc in ring. Join with sl st to top of ch 3.",
    ],
)
def test_a_first_round_is_told_without_its_label(opening):
    text = f"ROSETTE\nSteel hook No. 8.\n{opening}\n2nd rnd: Ch 1, 2 sc in each st around, join. (32 sc)\n"
    rows = work.check(text, "us")["pieces"][-1]["rows"]

    assert [(row["number"], row["verdict"]) for row in rows] == [(1, "ok"), (2, "ok")]


def test_a_first_round_that_is_told_in_words_not_understood_is_none():
    text = "Ch 6, wibble to form ring, 16 sc in ring, join.\n2nd rnd: Ch 1, 2 sc in each st around, join. (32 sc)\n"

    assert [row["verdict"] for row in work.check(text, "us")["pieces"][-1]["rows"]] == ["unchecked"]


def test_two_stitches_told_beside_one_may_go_into_one_place():
    row = "Rnd 3: Ch 3, dc in base of ch 3, dc in next st, (2 dc, 1 dc) around, join. (36 dc)"

    assert ok(*RING, "Rnd 2: Ch 3, dc in same st, 2 dc in each st around, join. (24 dc)", row)["counts"] == {"dc": 36}


def test_a_gap_between_stitches_of_a_long_name_is_one():
    pairs = "Rnd 2: Ch 6, tr tr in same st, *ch 2, sk next dc, 2 tr tr in next dc; rep from * 4 more times, ch 2, join."
    row = (
        "Sc between starting chain and next tr tr, *3 hdc in next sp, sc between next 2 tr tr; rep from * around, join."
    )

    assert ok(*RING, pairs, f"Rnd 3: {row}")["counts"] == {"sc": 6, "hdc": 18}


@pytest.mark.parametrize(
    ("first", "more"),
    [
        ("dc in next 2 ch", "sl st in next ch-3 sp, ch 3, 3 dc in same sp"),
        ("dc in each of next 2 ch", "sl st into next ch-3 sp, ch 3, 3 dc in same sp"),
    ],
)
def test_corner_to_corner_grows_by_a_tile_a_row_and_gets_smaller_again(first, more):
    tile = f"Ch 6, turn, dc in 4th ch from hook, {first}"
    rows = [
        f"Row 1: Ch 6, dc in 4th ch from hook, {first}. (1 tile)",
        f"Row 2: {tile}, sl st in ch-3 sp of previous tile, ch 3, 3 dc in same sp. (2 tiles)",
        f"Row 3: {tile}, *{more}; rep from * across. (3 tiles)",
        "Rows 4-6: Rep Row 3.",
        f"Row 7: Turn, sl st in next 3 dc and in next ch-3 sp, ch 3, 3 dc in same sp, *{more}; "
        "rep from * to last ch-3 sp, sl st in last ch-3 sp.",
    ]
    found = [row for piece in work.check("\n".join(rows), "us")["pieces"] for row in piece["rows"]]

    assert [row["verdict"] for row in found] == ["ok"] * 7, [row["findings"] for row in found]
    assert [row["spaces"].get("3", 0) for row in found[1:6]] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("row", "made"),
    [
        ("Ch 5, sc in 2nd ch from hook and in next 3 ch, sc in each sc across, turn.", {"sc": 15}),
        ("Ch 5, dc in 4th ch from hook, dc in next ch, dc in each sc across, turn.", {"dc": 14}),
    ],
)
def test_a_row_gets_longer_by_chains_at_its_start(row, made):
    panel = ("Ch 12.", "Row 1: Sc in 2nd ch from hook and in each ch across, turn. (11 sc)")

    assert ok(*panel, f"Row 2: {row}")["counts"] == made


def test_too_few_chains_for_what_is_worked_on_them_are_not_taken_for_as_many():
    panel = ("Ch 12.", "Row 1: Sc in 2nd ch from hook and in each ch across, turn. (11 sc)")

    assert (
        last(*panel, "Row 2: Ch 5, sc in 2nd ch from hook and in next 5 ch, sc in each sc across, turn.")["verdict"]
        != "ok"
    )


def test_a_treble_after_a_full_stop_is_another():
    items = notation.parse("dc in next tr. Tr in next dc", terms="uk").items

    assert [item.kind for item in items] == ["sc", "dc"]
    assert [item.kind for item in notation.parse("2 tr tr in next sc").items] == ["trtr"]


def test_a_flower_of_eight_petals_has_no_corners_until_it_is_squared():
    flower = (
        "Rnd 1: Magic ring, ch 1, [puff in ring, ch 2] 8 times, join. (8 puffs)",
        "Rnd 2: Sl st in next ch-2 sp, ch 3, 2 dc in same sp, ch 1, [3 dc in next ch-2 sp, ch 1] 7 times, join.",
    )
    side = "ch 1, 3 dc in next ch-1 sp, ch 1"
    start = f"Sl st to next ch-1 sp, ch 3, (2 dc, ch 2, 3 dc) in same sp, {side}"
    squared = f"Rnd 3: {start}, [(3 dc, ch 2, 3 dc) in next ch-1 sp, {side}] 3 times, join. (36 dc, 4 corners)"

    assert ok(*flower)["corners"] == 0
    assert ok(*flower, squared)["corners"] == 4


def test_a_round_along_both_sides_of_a_chain_turns_at_its_begin_too():
    side = "ch 1, sk 3 ch, 3 dc in next ch, ch 1, sk 3 ch"
    ends = f"{side}, (3 dc, ch 2, 3 dc, ch 2, 3 dc) in last ch. Working along other side of chain, {side}"

    row = ok(f"Rnd 1: Ch 12, 2 dc in 4th ch from hook, {ends}, (3 dc, ch 2, 3 dc, ch 2) in last ch, join. (4 corners)")

    assert (row["corners"], row["per_side"]) == (4, [3, 9, 3, 9])
