"""Rows that turn: each works into the one before, seen from behind."""

import pytest

from crochet import work

SC = "Row 1: Ch 21, sc in 2nd ch from hook and in each ch across, turn. (20 sc)"
DC = "Row 1: Ch 22, dc in 4th ch from hook and in each ch across, turn. (20 dc)"


def rows_of(text):
    return [row for piece in work.check(text, "us")["pieces"] for row in piece["rows"]]


def second(first, row):
    return rows_of(f"{first}\nRow 2: {row}")[1]


def ids(row):
    return [one["id"] for one in row["findings"]]


@pytest.mark.parametrize(
    ("first", "row", "counts"),
    [
        (SC, "Ch 1, sc in each sc across, turn. (20 sc)", {"sc": 20}),
        (SC, "Ch 1, 2 sc in first st, sc in each st to last st, 2 sc in last st, turn.", {"sc": 22}),
        (SC, "Ch 1, sc in first 3 sts, sc in each rem st.", {"sc": 20}),
        (DC, "Ch 3 (counts as dc), dc in next dc and in each dc across, turn.", {"dc": 20}),
        (DC, "Ch 3, sk first dc, dc in next 18 dc, dc in top of turning ch, turn.", {"dc": 20}),
        (DC, "Ch 3, miss first dc, dc in each dc to tch, dc in tch.", {"dc": 20}),
        (DC, "Ch 3, dc in each dc across, dc in 3rd ch of turning ch-3.", {"dc": 20}),
        (DC, "Ch 3, dc in first dc, dc in each dc across, 2 dc in top of ch-3. (22 dc)", {"dc": 22}),
        (DC, "Turn, ch 1, sc in each st across, leaving last 2 sts unworked.", {"sc": 18}),
        (DC, "Ch 1, sc in first 18 sts. (18 sc)", {"sc": 18}),
        (SC, "Turn, sl st across first 3 sts, ch 1, sc in next 14 sts, turn, leave last 3 sts.", {"sc": 14}),
        (SC, "Ch 1, work across 15 sc, turn leaving rem sts unworked.", {"sc": 15}),
        (SC, "Ch 1, sc in each st across, changing to B. Drop A and join B. Ch 1, turn.", {"sc": 20}),
    ],
)
def test_a_turned_row_works_into_the_row_before(first, row, counts):
    found = second(first, row)

    assert found["verdict"] == "ok", found["findings"]
    assert found["counts"] == counts


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        ("Ch 3 (counts as dc), dc in next 20 dc.", "overrun"),
        ("Ch 3, dc in next 10 dc.", "unworked"),
        ("Ch 1, sc in first 15 sts. (20 sc)", "unworked"),
        ("Ch 3, dc in each st across, turn. (21 dc)", "declared-mismatch"),
        ("Ch 3, dc in next ch-2 sp.", "no-such-space"),
        ("Ch 1, sc in each st across, sc in first st.", "bad-target"),
    ],
)
def test_what_does_not_fit_a_row_is_told(row, finding):
    assert finding in ids(second(DC, row))


def test_a_row_that_is_not_alike_is_seen_from_behind():
    first = "Row 1: Ch 11, sc in 2nd ch from hook, sc in next 4 ch, ch 3, sk next 2 ch, sc in last 3 ch, turn."
    seen = second(first, "Ch 1, sc in next 3 sc, 5 dc in next ch-3 sp, sc in next 5 sc.")
    not_seen = second(first, "Ch 1, sc in next 5 sc, 5 dc in next ch-3 sp, sc in next 3 sc.")
    kept = second(
        first.replace(", turn", ", do not turn"), "Ch 1, sc in next 5 sc, 5 dc in next ch-3 sp, sc in next 3 sc."
    )

    assert [seen["verdict"], not_seen["verdict"], kept["verdict"]] == ["ok", "error", "ok"]


def test_a_chain_at_the_end_of_a_row_starts_the_next():
    found = rows_of(
        DC.replace(", turn.", ". Ch 3 (counts as dc), turn.")
        + "\nRow 2: Dc in next 19 sts. Turn. (20 dc)\nRow 3: Ch 1. Sc in each dc across. 20 sc. Ch 1, turn."
        + "\nRow 4: Sc in next 20 sc."
    )

    assert [row["verdict"] for row in found] == ["ok", "ok", "ok", "ok"], found


def test_a_joined_round_may_be_turned():
    first = "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join, turn. (12 dc)"
    found = rows_of(f"{first}\nRnd 2: Ch 1, 2 sc in first st, sc in next 11 sts, join. (13 sc)")

    assert [row["verdict"] for row in found] == ["ok", "ok"]


def test_sides_and_corners_are_no_matter_in_rows():
    first = "Row 1: Ch 4, (3 dc, ch 2, dc, ch 1, 3 dc) in 4th ch from hook, turn."
    found = rows_of(
        f"{first}\nRow 2: Ch 3, dc in next 3 dc, (dc, ch 5, 2 dc) in next ch-1 sp, ch 1, dc in next ch-2 sp."
    )

    assert "corner-differs" not in {one for row in found for one in ids(row)}


@pytest.mark.parametrize("row", ["Ch 1, sc in each st across, wibble, turn.", "Turn wibble, ch 1, sc in each st."])
def test_words_that_are_not_read_in_a_row_are_never_ok(row):
    assert second(DC, row)["verdict"] == "unchecked"


MESH = "Row 1: Ch 26, dc in 6th ch from hook, *ch 1, sk next ch, dc in next ch; rep from * across, turn. (12 dc)"


@pytest.mark.parametrize(
    ("first", "row", "counts"),
    [
        (DC, "Ch 3, dc in next dc and in each dc across, working last dc in top of turning ch, turn.", {"dc": 20}),
        (MESH, "Ch 3 (counts as dc), dc in each dc and dc in each ch-1 sp across, turn. (23 dc)", {"dc": 23}),
        (MESH, "Ch 4, dc in next dc, *ch 1, dc in next dc; rep from * across. T.", {"dc": 12}),
        (MESH, "Ch 3, dc in next ch, *dc in next dc, dc in next ch; rep from * across, dc in 3rd ch of turning ch-4.",
         {"dc": 23}),
        (SC, "Ch 1, sl st in each st across, turn.", {"sl st": 20}),
    ],
)  # fmt: skip
def test_a_row_ends_in_the_chain_that_began_the_last(first, row, counts):
    found = second(first, row)

    assert found["verdict"] == "ok", found["findings"]
    assert found["counts"] == counts


def test_the_last_stitch_must_go_where_it_is_told():
    assert second(DC, "Ch 1, sc in next 3 dc, working last sc in top of turning ch, turn.")["verdict"] != "ok"


def test_the_space_at_the_edge_of_a_row_ends_the_next():
    rows = rows_of(
        "Ch 22.\nRow 1: Sc in 4th ch from hook, *ch 1, sk next ch, sc in next ch; rep from * across, turn. (10 sc)\n"
        "Row 2: Ch 2, sc in next ch-1 sp, *ch 1, sc in next ch-1 sp; rep from * across, ch 1, sc in turning ch sp. "
        "Turn.\nRows 3-6: Rep Row 2. (10 sc)"
    )

    assert [row["verdict"] for row in rows] == ["ok"] * 6, rows


def test_a_mesh_may_be_filled_here_and_left_open_there():
    row = "Ch 4, dc in next dc, *dc in next ch-1 sp, dc in next dc, ch 1, dc in next dc; rep from * across, turn."

    assert second(MESH, row)["verdict"] == "ok"


def test_stripes_of_groups_stand_between_groups_not_beside_the_edge():
    rows = rows_of(
        "Ch 27.\nRow 1: Sc in 2nd ch from hook and in each ch across, turn. (26 sc)\n"
        "Row 2: Ch 3 (counts as dc), sk next st, 3 dc in next st, *sk next 2 sts, 3 dc in next st; rep from * to last "
        "2 sts, sk next st, dc in last st, turn. (26 dc)\n"
        "Row 3: Ch 3, dc in first st, 3 dc in each sp between groups across, 2 dc in top of turning ch, turn. (25 dc)\n"
        "Row 4: Ch 3, 3 dc in each sp between groups across, dc in top of turning ch, turn. (26 dc)"
    )

    assert [row["verdict"] for row in rows] == ["ok"] * 4, rows


@pytest.mark.parametrize(
    "text",
    [
        "Ch 38.\n"
        "Row 1: Sc in 2nd ch from hook, *sk next 2 ch, 5 dc in next ch, sk next 2 ch, sc in next ch; rep from * across,"
        " turn. (6 shells, 7 sc)\n"
        "Row 2: Ch 3 (counts as dc), 2 dc in first sc, *sc in center dc of next shell, 5 dc in next sc; rep from * to "
        "last shell, sc in center dc of last shell, 3 dc in last sc, turn.",
        "Ch 24.\n"
        "Row 1: Sc in 2nd ch from hook and in each ch across, turn. (23 sc)\n"
        "Row 2: Ch 3 (counts as dc), sk next st, *V-st in next st, sk next 2 sts; rep from * to last 3 sts, V-st in "
        "next st, sk next st, dc in last st, turn. (16 dc, 7 ch-1 sps)\n"
        "Rows 3-9: Ch 3, V-st in ch-1 sp of each V-st across, dc in top of ch-3, turn. (16 dc, 7 ch-1 sps)",
    ],
)
def test_rows_of_shells_and_v_stitches_stand_on_each_other(text):
    assert {row["verdict"] for row in rows_of(text)} == {"ok"}


def test_a_seam_told_under_a_row_is_no_part_of_it():
    rows = rows_of(
        f"{SC}\nRow 2: Ch 1, turn, sc across. (20 sc)\nRows 3-6: Rep Row 2.\n"
        "Sl st the last row to the foundation ch to form a tube."
    )

    assert [row["verdict"] for row in rows] == ["ok"] * 6, rows


def test_a_star_after_a_bracket_may_lead_to_how_often():
    rows = rows_of("Rnd 1: 6 sc in magic ring.\nRnd 2: [1 sc, 2 sc in next st] * repeat 3 times. (9)")

    assert [row["verdict"] for row in rows] == ["ok"] * 2, rows


def test_a_chain_under_the_list_of_stitches_opens_the_piece():
    rows = rows_of(
        "STITCH GLOSSARY\nV-st = (1 dc. Ch 1. 1 dc) in indicated st or sp.\nCh 26.\n"
        "1st row: 1 dc in 4th ch from hook. *Skip next 2 ch. V-st in next ch. Rep from * to last 4 ch. Skip next 2 ch. "
        "1 dc in each of last 2 ch. 6 V-sts. Turn."
    )

    assert [row["verdict"] for row in rows] == ["ok"], rows
