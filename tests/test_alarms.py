"""False alarms: words and shapes that are right, however they are put, and what stays open is never called wrong."""

import pytest

from crochet import work

RING = "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"
SPIRAL = "Rnd 1: 6 sc in magic ring. (6)\nRnd 2: 2 sc in each sc around. (12)"
GAPPED = """Ch 24.
Row 1: Dc in 4th ch from hook and in each ch across, turn. (22 dc)
Row 2: Ch 3, dc in next 9 sts, ch 2, sk 2 sts, dc in next 10 sts, turn. (20 dc)"""


def last(*lines):
    return work.check("\n".join(lines), "us")["pieces"][-1]["rows"][-1]


def ids(row):
    return [one["id"] for one in row["findings"]]


@pytest.mark.parametrize(
    "join",
    [
        "sl st in 3rd of ch-3",
        "sl st in 3rd of 3 ch",
        "join in 3rd of 3ch",
        "join with sl st to 3rd st of ch",
        "join in 3rd ch",
        "ss to third ch",
        "sl st to 3rd of the beginning ch-3 to join",
    ],
)
def test_a_round_joins_to_the_third_of_its_chains(join):
    assert last(f"Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, {join}. (12 dc)")["verdict"] == "ok"


def test_a_join_to_a_chain_that_the_round_has_not_is_told():
    row = last("Rnd 1: Magic ring, ch 3, 11 dc in ring, sl st in 4th of ch-4. (12 dc)")

    assert "join-target" in ids(row)


@pytest.mark.parametrize(
    "place",
    [
        "same sp as sl st",
        "same sp as joining sl st",
        "same space as joining",
        "same sp as last sl st",
        "same place as sl st",
        "same place as last sl st",
    ],
)
def test_the_same_space_as_the_join_is_the_stitch_joined_to(place):
    assert last(RING, f"Rnd 2: Ch 1, 1 sc in {place}, sc in next 11 sts, join. (12 sc)")["verdict"] == "ok"
    assert last(RING, f"Rnd 2: Ch 3, 1 dc in {place}, 2 dc in each dc around, join. (24 dc)")["verdict"] == "ok"


@pytest.mark.parametrize(
    "row",
    [
        "(2 sc in first st, sc in next st), repeat around. (18)",
        "2 sc in first st, 1 sc in next. Repeat around. (18)",
        "*2 sc in first st, 1 sc in next st, repeat from * around. (18)",
        "[2 sc in next st, sc in next st]. Repeat around. (18)",
        "[2 sc in next st, sc in next st], repeat. (18)",
    ],
)
def test_a_repeat_goes_on_until_the_places_are_used_up(row):
    assert last(SPIRAL, f"Rnd 3: {row}")["verdict"] == "ok"


def test_a_first_stitch_in_a_repeat_that_does_not_fit_is_an_error():
    row = last(SPIRAL, "Rnd 3: (2 sc in first st, sc in next 4 sts), repeat around. (14)")

    assert row["verdict"] == "error"


@pytest.mark.parametrize(
    "row",
    [
        "Ch 3, dc in each st and 2 dc in each ch-2 sp across, turn. (22 dc)",
        "Ch 1, sc in each dc and 2 sc in each ch-2 sp across, turn. (22 sc)",
        "Ch 1, sc in each dc across, 2 sc in each ch-2 sp, turn. (22 sc)",
    ],
)
def test_a_row_that_turns_has_a_rule_for_each_kind_of_place(row):
    assert last(GAPPED, f"Row 3: {row}")["verdict"] == "ok"


def test_a_rule_that_is_short_of_the_count_is_an_error():
    row = last(GAPPED, "Row 3: Ch 1, sc in each dc and 1 sc in each ch-2 sp across, turn. (22 sc)")

    assert ids(row) == ["declared-mismatch"]


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("Ch 6, dc in 4th ch from hook and in next 2 ch, turn.", "unchecked"),
        (
            "Ch 6, dc in 4th ch from hook and next 2 ch, *sl st in next ch-3 sp, ch 3, 3 dc in same sp; rep from *.",
            "ok",
        ),
    ],
)
def test_a_block_of_chains_just_made_is_not_a_new_piece(row, verdict):
    start = "Row 1: Ch 6, dc in 4th ch from hook and in each of next 2 ch, glorp, turn."

    assert last(start, f"Row 2: {row}")["verdict"] == "unchecked"
    assert last(start.replace(" glorp,", ""), f"Row 2: {row}")["verdict"] == verdict


def test_the_top_of_a_turning_chain_that_does_not_count_is_not_clear():
    row = last("Ch 12.", "Row 1: Sc in 2nd ch from hook and in each ch across, turn. (11 sc)",
               "Row 2: Ch 2 (does not count), hdc in each sc across, turn. (11 hdc)",
               "Row 3: Ch 1, sc in each hdc across, sc in top of turning ch, turn.")  # fmt: skip

    assert row["verdict"] == "unchecked"


def test_an_unread_phrase_leaves_no_error_that_may_come_of_it():
    row = last(RING, "Rnd 2: Ch 3, glorp, dc in next 20 sts, join. (24 dc)")

    assert (row["verdict"], ids(row)) == ("unchecked", ["not-understood"])


SQUARE = """Rnd 1: Magic ring, ch 3, 2 dc in ring, *ch 3, 3 dc in ring; rep from * twice more, ch 3, join. (12 dc)
Rnd 2: Sl st in next 2 dc and ch-3 sp, ch 3, (2 dc, ch 3, 3 dc) in same sp, *ch 1, (3 dc, ch 3, 3 dc) in next ch-3 sp;
rep from * twice more, ch 1, join. (24 dc)"""
EDGE = """Rnd 3: Ch 1. 1 sc in same sp as sl st. 1 sc in each of next 2 dc. *3 sc in corner ch-3 sp.
1 sc in each of next 3 dc. 1 sc in next ch-1 sp. 1 sc in each of next 3 dc. Rep from * 3 times more,
ending with 1 sc in last ch-1 sp. Join."""


def test_an_ending_tells_where_the_last_pass_ends():
    row = last(SQUARE, EDGE)

    assert (row["verdict"], row["counts"]) == ("ok", {"sc": 40})


def test_an_ending_does_not_excuse_a_pass_too_many():
    assert last(SQUARE, EDGE.replace("3 times more", "4 times more"))["verdict"] == "error"


def test_a_row_of_another_piece_may_be_meant():
    first = "Row 1: Sc in 2nd ch from hook and in each ch across, turn. (11 sc)"
    back = ["Back", "Ch 12.", first, *(f"Row {n}: Ch 1, sc in each sc across, turn. (11 sc)" for n in (2, 3))]

    assert ids(last(*back, "Row 4: Rep Row 9.")) == ["bad-reference"]
    row = last(*back, "", "Front", *back[1:3], "Row 2: Rep Row 3.")
    assert row["verdict"] == "unchecked"


def test_a_number_behind_the_magic_ring_is_its_single_crochets():
    assert last("R1: MR6 (6)", "R2: [inc] x 6 (12)")["verdict"] == "ok"
    assert last("R1: MR 6 (7)")["verdict"] == "error"


def test_a_first_bracket_may_hold_the_starting_chain():
    row = last("Rnd 1: Magic ring, (ch 3, 1 dc), (ch 2, 3 dc) 3 times, ch 2, 1 dc, join to the 3rd ch. (12 dc)")

    assert row["verdict"] == "ok"


def test_no_chain_and_a_star_for_a_note_are_no_stitches():
    assert (
        last("Ch 12.", "Row 1: Sc in 2nd ch from hook and in each ch across, no chain, turn. (11 sc)")["verdict"]
        == "ok"
    )
    assert last(RING, "Rnd 2: Ch 1, sc in each dc around, join. *")["verdict"] == "unchecked"


def test_what_stands_before_a_star_is_worked_once():
    wrong = last(SPIRAL, "Rnd 3: 2 sc in next st, *sc in next 2 sts; rep from * around. (16)")

    assert (wrong["verdict"], wrong["counts"]) == ("error", {"sc": 12})
    assert last(SPIRAL, "Rnd 3: sc, inc around (18)")["verdict"] == "ok"


SOLID = """Rnd 1: Magic ring, ch 3 (counts as dc), 2 dc in ring, ch 2, [3 dc in ring, ch 2] 3 times, join. (12 dc)
Rnd 2: Ch 3, dc in next 2 dc, *(2 dc, ch 2, 2 dc) in next ch-2 sp, dc in next 3 dc; rep from * around, join. (28 dc)"""


def test_the_last_pass_may_end_with_what_the_round_began_with():
    side = (
        "Rnd 3: Ch 3, dc in next {} dc, *(2 dc, ch 2, 2 dc) in next ch-2 sp, dc in next 7 dc; rep from * around, join."
    )
    row = last(SOLID, side.format(4))

    assert (row["verdict"], row["counts"], row["per_side"]) == ("ok", {"dc": 44}, [11, 11, 11, 11])
    assert ids(row) == ["partial-last-repeat"]
    assert last(SOLID, side.format(3))["verdict"] == "error"


@pytest.mark.parametrize(
    ("loops", "verdict", "told"),
    [
        ("*sc in next st, ch 3, sk next 2 sts; rep from * around, join. (4 sc, 4 ch-3 sps)", "ok", ["skip-past-end"]),
        ("[sc in next st, ch 3, sk 2 sts] 4 times, join. (4 sc, 4 ch-3 sps)", "ok", ["skip-past-end"]),
        ("[sc in next st, ch 3, sk 2 sts] 4 times, join.", "error", ["overrun"]),
        ("[sc in next st, ch 3, sk 2 sts] 5 times, join. (5 sc, 5 ch-3 sps)", "error", ["overrun"]),
    ],
)
def test_the_last_skip_may_be_longer_than_what_is_left_where_the_count_is_met(loops, verdict, told):
    row = last("Rnd 1: 11 sc in magic ring, join. (11 sc)", f"Rnd 2: Ch 1, {loops}")

    assert (row["verdict"], ids(row)) == (verdict, told)


def test_each_chain_of_a_space_takes_a_stitch():
    arms = "Row 2: Ch 3, dc in next 4 sts, ch 4, skip 10 sts, dc in each of next 7 sts, turn. (12 dc, 1 ch-4 sp)"

    assert (
        last(*GAPPED.splitlines()[:2], arms, "Row 3: Ch 3, dc in each dc and in each ch across. (16 dc)")["verdict"]
        == "ok"
    )
    assert (
        last(*GAPPED.splitlines()[:2], arms, "Row 3: Ch 3, dc in each dc and in each ch across. (13 dc)")["verdict"]
        == "error"
    )


@pytest.mark.parametrize(("told", "verdict"), [("4 clusters", "ok"), ("4 cl, 4 ch-2 sps", "ok"), ("5 cl", "error")])
def test_groups_may_be_counted_as_clusters(told, verdict):
    assert (
        last(f"Rnd 1: Magic ring, ch 3, 2 dc in ring, ch 2, (3 dc in ring, ch 2) 3 times, join. ({told})")["verdict"]
        == verdict
    )


def test_the_space_of_a_turning_chain_goes_by_all_its_chains():
    rows = (
        "Row 1: Ch 4, join to form ring. Ch 4 (counts as dc, ch 1), 3 dc in ring, ch 1, dc in ring, turn.",
        "Row 2: Ch 4, 3 dc in next ch-1 sp, ch 1, 3 dc in ch-4 sp, ch 1, dc in 3rd ch of ch-4, turn.",
    )

    assert last(*rows)["verdict"] == "ok"
    assert last(rows[0], rows[1].replace("ch-4 sp", "ch-3 sp"))["verdict"] == "error"


def test_groups_are_counted_beside_the_stitches_at_the_ends():
    row = "Row 1: Ch 4, join into ring. Ch 4 (counts as dc, ch 1), (3 dc, ch 2, 3 dc, ch 1, dc) in ring. {}"

    assert last(row.format("(2 groups and 2 dc)"))["verdict"] == "ok"
    assert last(row.format("(2 groups and 3 dc)"))["verdict"] == "error"


def test_two_stitches_and_one_in_brackets_are_an_increase_and_a_stitch():
    assert last(SPIRAL, "Rnd 3: (2 sc, 1 sc) around. (18)")["verdict"] == "ok"
    assert last(SPIRAL, "Rnd 3: (2 sc, 1 sc) around. (12)")["verdict"] == "error"


def test_a_mesh_that_is_known_by_its_count_is_worked_into():
    mesh = (
        "Row 1: Wibble in 2nd ch, ch 1, *skip 1 ch, dc in next ch, ch 1; rep from * across, turn. (11 dc, 10 ch-1 sps)"
    )
    row = "Row 2: Ch 1, sc in first dc, *sc in next ch-1 sp, sc in next dc; rep from * across. (21 sc)"

    assert last("Ch 24.", mesh, row)["verdict"] == "ok"


def test_a_number_behind_a_range_may_be_its_end_in_the_other_size():
    text = "Sizes: S (M)", "Row 1: Ch 15 (17), hdc in 3rd ch from hook and in each ch across, turn. (13 (15) hdc)"
    rows = (
        "Row 2: Ch 1, hdc2tog, hdc in each st to last 2 sts, hdc2tog, turn. (11 (13) hdc)",
        "Rows 3-5 (6): Rep Row 2. (5 (5) hdc)",
    )

    assert last(*text, *rows)["verdict"] == "ok"


def test_a_round_worked_again_on_other_stitches_may_go_by_the_names_of_the_first():
    row = "Rnd 2: Ch 1, sc in each dc around; join. (12 sc) Rep last rnd 3 more times."

    assert last(RING, row, "Rnd 6: Ch 1, sc in each sc around, join. (12 sc)")["verdict"] == "ok"


def test_an_increase_may_be_told_with_how_many_it_makes():
    assert last(SPIRAL, "Rnd 3: (1 sc, 2 sc inc) 6 times. (18)")["verdict"] == "ok"
    assert last(SPIRAL, "Rnd 3: 2sc inc in each st. (24)")["verdict"] == "ok"


def test_a_beginning_cluster_of_the_patterns_own_starts_a_group():
    told = "Beg-CL = ch 2, dc2tog.", "CL = dc3tog.", "Rnd 1: Magic ring, beg-CL, ch 2, (CL, ch 2) x 5, join. (6 CL)"
    first = "Rnd 2: Sl st into ch-2 sp. (Beg-CL, ch 3, CL) in that sp, ch 1. "
    row = first + "*(CL, ch 3, CL) in next ch-2 sp, ch 1; rep from * {}"

    assert last(*told, f"{row.format('4 more times')}. Sl st to top of beg-CL. (12 CL)")["verdict"] == "ok"
    assert last(*told, f"{row.format('3 more times')}. Sl st to top of beg-CL. (12 CL)")["verdict"] == "error"


@pytest.mark.parametrize("cluster", ["4-dc cluster over next 4 dc", "a 4 dc cl over next 4 dc", "cl over next 4 dc"])
def test_a_cluster_over_several_stitches_is_one(cluster):
    ring = "Rnd 1: Magic ring, ch 3, 15 dc in ring, join. (16 dc)"

    assert last(ring, f"Rnd 2: Ch 1, *{cluster}, ch 5; rep from * around, join. (4 clusters)")["verdict"] == "ok"
    assert last(ring, f"Rnd 2: Ch 1, *{cluster}, ch 5; rep from * around, join. (16 clusters)")["verdict"] == "error"


@pytest.mark.parametrize("ending", ["sc in each rem sc", "sc in each remaining st"])
def test_a_last_repeat_may_end_in_the_stitches_that_are_left(ending):
    rows = (
        SQUARED,
        f"Rnd 3: Ch 1, *3 sc in next sc, sc in next 6 sc; rep from * 3 times, ending last rep with {ending}. (36 sc)",
    )

    assert last(*rows)["counts"] == {"sc": 36}
    assert last(*rows)["verdict"] == "ok"


SQUARED = """Rnd 1: Magic ring, ch 1, 14 sc in ring, join. (14 sc)
Rnd 2: Ch 1, 2 sc in each sc around, join. (28 sc)"""


def test_sc_that_hold_loops_may_be_left_out_of_a_count():
    row = (
        "Rnd 3: Ch 1, *sc in next sc, ch 3, sk next 2 sc, (3 dc, ch 2, 3 dc) in next sc, ch 3, sk next 3 sc; "
        "rep from * around, join. ({})"
    )

    assert last(SQUARED, row.format("24 dc"))["verdict"] == "ok"
    assert last(SQUARED, row.format("22 dc"))["verdict"] == "error"


@pytest.mark.parametrize("end", ["ss", "sl st", "slip stitch"])
def test_a_bare_slip_stitch_closes_a_first_round(end):
    assert last(f"R1: MR, ch1, 10sc in MR, {end}. (10)")["counts"] == {"sc": 10}


def test_a_stitch_is_left_out_of_the_last_repeat_in_each_of_its_places():
    row = (
        "Rnd 3: Ch 1, sc in first 3 sc, *3 sc in next sc, sc in next 3 sc; rep from * 6 more times, "
        "omitting last 3 sc, join. ({})"
    )

    assert last(SQUARED, row.format("42 sc"))["verdict"] == "ok"
    assert last(SQUARED, row.format("45 sc"))["verdict"] == "error"


def test_what_a_guessed_row_does_not_fit_is_no_error_until_a_count_confirms_it():
    rows = (
        "Rnd 3: Ch 1, mumble in each sc around, join. (14 sc, 14 ch-1 sps)",
        "Rnd 4: Sl st in next sp, ch 1, sc in same sp, *ch 3, sc in next sp; rep from * around, ch 3, join.",
        "Rnd 5: 5 dc in each ch-3 sp around, join. (60 dc)",
    )

    assert last(SQUARED, *rows)["verdict"] == "unchecked"
    assert last(SQUARED, rows[0], rows[1].replace("join.", "join. (14 ch-3 sps)"), rows[2])["verdict"] == "error"


@pytest.mark.parametrize("count", ["6 points", "6 leaves", "6 ch-3 points", "18 dc, 6 rays"])
def test_parts_that_are_alike_may_be_counted_by_any_name(count):
    row = f"Rnd 1: Magic ring, ch 3, 2 dc in ring, ch 3, (3 dc in ring, ch 3) 5 times, join. ({count})"

    assert last(row)["verdict"] == "ok"
    assert last(row.replace("6 ", "7 "))["verdict"] != "ok"


def test_a_petal_that_is_no_group_is_not_counted_and_not_called_wrong():
    row = "Rnd 2: *Ch 2, 2 dc in next dc, ch 2, sl st in next dc; rep from * around. (5 petals)"

    assert last(RING, row)["verdict"] == "unchecked"


@pytest.mark.parametrize(
    "said",
    ["Sl st short ends together", "Fold in half", "Sew the side seam", "whipstitch first and last rows together"],
)
def test_what_closes_a_piece_makes_no_stitch(said):
    assert last(
        "Row 1: Ch 7, sc in 2nd ch from hook and in each ch across.", f"Row 2: Ch 1, turn, sc in each sc. {said}."
    )["counts"] == {"sc": 6}


def test_two_stitches_together_are_no_seam():
    assert last(RING, "Rnd 2: Ch 1, (sc next 2 sts together) around, join. (6 sc)")["counts"] == {"sc2tog": 6}


@pytest.mark.parametrize("place", ["ch-3", "next ch-3", "ch-3 point", "ch-3 sp at tip"])
def test_a_space_may_be_told_by_its_chains_alone(place):
    rows = (
        "Rnd 1: Magic ring, ch 1, (sc in ring, ch 3) 4 times, join. (4 sc)",
        f"Rnd 2: Ch 1, *5 sc in {place}; rep from * around.",
    )

    assert last(*rows)["counts"] == {"sc": 20}


def test_a_join_of_chain_and_dc_is_a_place_for_the_next():
    rows = (
        "Rnd 3: Sc in first sc, *ch 5, sk 1 sc, sc in next sc; rep from * around, ending with ch 2, dc in first sc.",
        "Rnd 4: *Ch 6, sc in next loop; rep from * around, ending with ch 3, dc in dc. (14 loops)",
    )

    assert last(SQUARED, *rows)["verdict"] == "ok"


def test_an_edge_that_does_not_come_out_is_not_called_wrong():
    rows = (
        "Ch 11.\nRow 1: Sc in 2nd ch from hook and in each ch across, turn. (10 sc)",
        "Rows 2-6: Ch 1, sc in each sc across, turn. (10 sc)\n\nEdging",
        "Rnd 1: Ch 1, sc in each sc across top, {} in corner, sc in each row end along side, {} in corner, "
        "sc in each ch along bottom, {} in corner, sc in each row end along other side, {} in corner, join. (44 sc)",
    )

    assert last(*rows[:2], rows[2].replace("{}", "3 sc"))["verdict"] == "ok"
    assert last(*rows[:2], rows[2].replace("{}", "2 sc"))["verdict"] == "unchecked"


@pytest.mark.parametrize("edge", ["around", "around cuff edge", "along neck edge", "in ends of rows", "across top"])
def test_how_many_are_spread_evenly_is_known_wherever_they_go(edge):
    assert last(f"Rnd 1: Ch 1, work 30 sc evenly {edge}, join. (30 sc)")["verdict"] == "ok"
    assert last(f"Rnd 1: Ch 1, work 30 sc evenly {edge}, join. (31 sc)")["verdict"] == "error"


@pytest.mark.parametrize("side", ["side of last sc", "side of sc just made", "post of last sc made"])
def test_stitches_in_the_side_of_the_last_one_stand_where_it_stands(side):
    rows = (
        "Row 1: Ch 14, sc in 2nd ch from hook and in each ch across, turn. (13 sc)",
        f"Row 2: Ch 1, sc in first sc, *ch 3, 3 dc in {side}, sk 3, sc in next sc; rep from * to end. ({{}} dc, 4 sc)",
    )

    assert last(rows[0], rows[1].format(9))["verdict"] == "ok"
    assert last(rows[0], rows[1].format(12))["verdict"] == "error"


@pytest.mark.parametrize("omitted", ["(3 dc, ch 2, 3 dc)", "corner", "group"])
def test_the_whole_of_what_a_pass_ends_with_may_be_omitted(omitted):
    rows = (
        "Rnd 1: Magic ring, ch 3, 2 dc in ring, ch 2, (3 dc in ring, ch 2) 3 times, join. (12 dc)",
        "Rnd 2: Sl st to corner sp, ch 3, (2 dc, ch 2, 3 dc) in same sp, *ch 1, (3 dc, ch 2, 3 dc) in next ch-2 sp; "
        f"rep from * 3 more times, omitting last {omitted}, join. (24 dc, 4 ch-1 sps)",
    )

    assert last(*rows)["verdict"] == "ok"


def test_a_round_of_posts_behind_petals_stands_on_the_round_that_it_names():
    rows = (
        "Rnd 1: Ch 6, join to form ring, ch 6 (counts as dc, ch 3), [dc in ring, ch 3] 5 times, join in 3rd ch. (6 dc)",
        "Rnd 2: (Sc, hdc, 3 dc, hdc, sc) in each ch-3 sp around, do not join. (6 petals)",
        "Rnd 3: Working behind petals, *ch 4, BPsc around next dc of Rnd 1; rep from * around. (6 ch-4 lps)",
    )

    assert last(*rows)["spaces"] == {"4": 6}
    assert last(*rows)["verdict"] == "ok"


def test_the_last_of_two_loops_is_the_one_before_the_join():
    rows = (
        RING,
        "Rnd 2: Ch 1, *sc in next dc, ch 2; rep from * around, join. (12 sc, 12 ch-2 sps)",
        "Rnd 3: Ch 1, sc in first sc, *ch 4, sc in next ch-2 sp, ch 4, sc in next sc; rep from * around, "
        "ending with ch 4, join. (24 ch-4 sps)",
    )

    assert last(*rows)["spaces"] == {"4": 24}
    assert last(*rows[:2], rows[2].replace("(24", "(23"))["verdict"] == "error"


def test_spaces_between_clusters_are_those_between_groups():
    rows = (
        "Row 1: Ch 13, sc in 2nd ch from hook and in each ch across, turn. (12 sc)",
        "Row 2: Ch 3, *3 dc in next sc, sk 2 sc; rep from * to last 2 sc, sk next sc, dc in last sc, turn.",
        "Row 3: Ch 3, *3 dc in the next space between clusters; rep from * across, dc in top of turning ch.",
    )

    assert last(*rows)["counts"]["dc"] < 20


def test_the_center_of_a_group_of_so_many_is_in_any_group():
    rows = (
        "Rnd 1: Magic ring, ch 1, 8 sc in ring, join. (8 sc)",
        "Rnd 2: Ch 1, sc in same st, ch 4, *sc in next sc, ch 4; rep from * around, join. (8 ch-4 sps)",
        "Rnd 3: Sl st in next sp, ch 1, 3 sc in same sp, ch 3, *3 sc in next ch-4 sp, ch 3; rep from * around, join.",
        "Rnd 4: Sl st in next sc, ch 1, sc in same sc, *7 dc in next ch-3 sp, sc in center sc of next 3-sc group; "
        "rep from * 6 more times, 7 dc in last ch-3 sp, join in first sc. (56 dc, 8 sc)",
    )

    assert last(*rows)["verdict"] == "ok"
