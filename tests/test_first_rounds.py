"""First rounds whose ring is made elsewhere, and the ends of spirals: what makers leave out, and what is a slip."""

import pytest

from crochet import work


def rows_of(*lines):
    return [row for piece in work.check("\n".join(lines), "us")["pieces"] for row in piece["rows"]]


@pytest.mark.parametrize(
    "first",
    [
        "Rnd 1: Ch 3 (counts as dc), 2 dc into ring, ch 2, (3 dc into ring, ch 2) 3 times, join. (12 dc)",
        "Rnd 1: Ch 3 (counts as dc), 2 dc, ch 2, *3 dc, ch 2; rep from * twice more, join. (12 dc)",
        "Rnd 1: Sc 8 in ring, join. (8 sc)",
        "Rnd 1: Magic ring, (ch 3, dc), (ch 2, 3 dc) 3 times, ch 2, dc, join to top of ch 3.",
    ],
)
def test_a_first_round_stands_in_a_ring(first):
    assert [row["verdict"] for row in rows_of(first)] == ["ok"]


def test_a_ring_that_nothing_tells_of_is_remarked_on():
    (row,) = rows_of("Rnd 1: 6 sc in ring. (6 sc)")

    assert [one["id"] for one in row["findings"]] == ["start-assumed"]


@pytest.mark.parametrize(
    ("first", "verdict"),
    [
        ("Rnd 1: Sc in each st around. (10 sc)", "unchecked"),
        ("Rnd 1: (Sc in next 2 sts, inc) 6 times. (24 sc)", "unchecked"),
        ("Rnd 1: Sc 48. (48 sc)", "unchecked"),
        ("Rnd 1: 7 sc in ring, join. (8 sc)", "error"),
    ],
)
def test_a_first_round_on_stitches_is_not_taken_for_one(first, verdict):
    assert [row["verdict"] for row in rows_of(first)] == [verdict]


@pytest.mark.parametrize("ring", ["MR 6 (6)", "MR6 [6]", "6 sc inside a magic ring (6)"])
def test_six_stitches_in_a_magic_ring_are_told_in_short(ring):
    inc = "Special: inc - 2 sc in one stitch, dec - two stitches together."

    assert [row["verdict"] for row in rows_of(inc, f"R1: {ring}", "R2: inc x 6 (12)")] == ["ok", "ok"]


@pytest.mark.parametrize("told", ["2 sc in each of 6 sts (12)", "2 sc in all 6 sts (12)"])
def test_each_of_so_many_are_so_many(told):
    assert [row["verdict"] for row in rows_of("Rnd 1: 6 sc in MR (6)", f"Rnd 2: {told}")] == ["ok", "ok"]
    assert rows_of("Rnd 1: 6 sc in MR (6)", "Rnd 2: 2 sc in each of 7 sts (14)")[1]["verdict"] == "error"


@pytest.mark.parametrize("end", ["Sl st in next st. Fasten off.", "Sl st in next sc, fasten off leaving a long tail."])
def test_a_spiral_ends_in_a_slip_stitch_on_its_first_stitch(end):
    rows = rows_of("Rnd 1: 6 sc in MR (6)", "Rnds 2-4: Sc in each sc around. (6 sc)", end)

    assert {row["verdict"] for row in rows} == {"ok"}


def test_no_other_stitch_fits_after_the_last_of_a_spiral():
    assert rows_of("Rnd 1: 6 sc in MR (6)", "Rnd 2: 2 sc in each sc around, sc in next sc.")[1]["verdict"] == "error"


ROUND = ["Rnd 1: Ch 4, join to form ring. Ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"]
GRANNY = [
    "Rnd 1: Magic ring, ch 3 (counts as dc), 2 dc in ring, (ch 2, 3 dc in ring) 3 times, ch 2, join.",
    "Rnd 2: Sl st to ch-2 sp, (ch 3, 2 dc, ch 2, 3 dc) in same sp, ch 1, "
    "[(3 dc, ch 2, 3 dc) in next sp, ch 1] 3 times, join.",
]


@pytest.mark.parametrize(
    "second",
    [
        "dc in same st, 2 dc in each dc of previous round, join",
        "dc in same first st, 2 dc in each dc of Rnd 1, sl st to complete the round",
        "double crochet (dc) in same st, 2 dc in each dc, sl st to join top of ch 3",
        "dc [tr] in same st, 2 dc in each dc, sl st to join top of ch 3",
    ],
)
def test_words_that_only_say_more_of_a_place_or_a_stitch_are_read(second):
    rows = rows_of(*ROUND, f"Rnd 2: Starting in any st, ch 3 (counts as dc), {second}. (24 dc)")

    assert [row["verdict"] for row in rows] == ["ok", "ok"]


def test_a_round_that_is_not_the_one_below_is_not_taken_for_it():
    second, third = "Rnd 2: Ch 1, 2 sc in each st, join. (24 sc)", "Rnd 3: Ch 1, sc in each st of Rnd {}, join. (12 sc)"

    assert rows_of(*ROUND, second, third.format(1))[2]["verdict"] == "ok"
    assert rows_of(*ROUND, second, third.format(7))[2]["verdict"] == "unchecked"
    assert rows_of(*ROUND, second, third.format(2))[2]["verdict"] == "error"


@pytest.mark.parametrize(
    ("end", "verdict"),
    [
        ("rep from * 3 times more, ending with sc in last ch-1 sp, join.", "ok"),
        ("rep from * around, ending with sc in last ch-1 sp, join.", "ok"),
        ("rep from * 3 times more, join.", "error"),
        ("rep from * 4 times more, ending with sc in last ch-1 sp, join.", "error"),
    ],
)
def test_the_last_pass_ends_as_it_is_told(end, verdict):
    side = "3 sc in corner sp, sc in each of next 3 dc, sc in ch-1 sp, sc in each of next 3 dc"

    assert (
        rows_of(*GRANNY, f"Rnd 3: Ch 1, sc in same st, sc in each of next 2 dc, *{side}; {end}")[2]["verdict"]
        == verdict
    )


def test_a_last_repeat_ends_with_what_is_left_of_the_side():
    ring = "Rnd 1: Magic ring, ch 3 (counts as dc), 2 dc, (ch 2, 3 dc in ring) 3 times, ch 2, join."
    side = "(2 dc, ch 2, 2 dc) in ch-2 sp, dc in next 3 dc"
    start = "Rnd 2: Sl st in next dc, ch 3 (counts as dc), dc in next dc"
    rows = rows_of(ring, f"{start}, *{side}; rep from * ending last repeat with dc in last dc, join. (28 dc)")

    assert [row["verdict"] for row in rows] == ["ok", "ok"]


EIGHT = "Rnd 1: Starting with a magic circle, 8 single crochet (sc) in ring, pull the magic ring to close, join. (8 sc)"


@pytest.mark.parametrize(
    "second",
    [
        "Ch 5 (counts as dc and ch 2), dc in same st, *dc, ch 2, dc in next sc; rep from * around, join. (16 dc)",
        "Ch 4 (counts as dc and ch 1), dc in next st, *dc, ch 1, dc in next sc; rep from * around, join. (8 dc)",
        "Ch 3 (counts as dc), dc in same space as beginning, another 2 dc in each sc around, join with new colour.",
        "Ch 1, sc in same st, *ch 3, skip 1 sc, sc in next sc; rep from * 2 more times, ch 1, hdc in first sc. (4 sc)",
        "Ch 3 (counts as dc), dc in same st, 2 dc in each sc around, slip to join top of ch 3. (16 dc)",
    ],
)
def test_a_second_round_is_read_in_the_ways_of_makers(second):
    assert [row["verdict"] for row in rows_of(EIGHT, f"Rnd 2: {second}")] == ["ok", "ok"]


def test_the_loop_that_a_stitch_closes_holds_the_next_round():
    loops = "Rnd 2: Ch 1, sc in same st, *ch 3, skip 1 sc, sc in next sc; rep from * twice more, ch 1, hdc in first sc."
    third = "Rnd 3: Ch 1, sc in same sp, *ch 5, sc in next loop; rep from * 2 more times, ch 5, join. (4 sc)"

    assert [row["verdict"] for row in rows_of(EIGHT, loops, third)] == ["ok", "ok", "ok"]


@pytest.mark.parametrize(
    "rounds",
    [
        ("Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring (12 dc)\nJoin in 3rd ch of ch 3. (Right side)",
         "Rnd 2: Attach your next color with a sl st in any dc space, ch 3 (counts as dc), dc in same space, "
         "2 dc in each space around, join. (24 dc)"),
        ("Beg shell: Ch 3, 2 dc, ch 2, 3 dc in appointed loop or space.\nShell: 3 dc, ch 2, 3 dc in appointed loop.",
         "Rnd 1: Magic ring, ch 3 (counts as dc), 2 dc in ring, ch 2, (3 dc, ch 2) 7 times in ring, join. (24 dc)",
         "Rnd 2: Sl st in next 2 dc and in ch-2 loop, work beg shell in loop, ch 1, "
         "(work shell in next loop, ch 1) 7 times, join."),
    ],
)  # fmt: skip
def test_spaces_and_loops_are_those_of_the_round_below(rounds):
    assert {row["verdict"] for row in rows_of(*rounds)} == {"ok"}
