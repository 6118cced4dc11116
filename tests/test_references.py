"""References: rows that are worked as others are."""

import pytest

from crochet import work

SC = "Row 1: Ch 21, sc in 2nd ch from hook and in each ch across, turn. (20 sc)"
DC = "Row 2: Ch 3 (counts as dc), dc in each st across, turn. (20 dc)"
BACK = "Row 3: Ch 1, sc in each st across, turn. (20 sc)"
RING = "Rnd 1: 6 sc in magic ring. (6)\nRnd 2: 2 sc in each sc around. (12)\nRnd 3: Sc in each sc around. (12)"


def rows_of(*lines):
    return [row for piece in work.check("\n".join(lines), "us")["pieces"] for row in piece["rows"]]


def ids(row):
    return [one["id"] for one in row["findings"]]


@pytest.mark.parametrize(
    "said",
    ["Rep Rnd 3", "Repeat round 3", "As Rnd 3", "Work as Rnd 3", "Work as for 3rd rnd", "Same as Rnd 3",
     "Rep 3rd rnd", "Rep last rnd", "Repeat previous round", "Work even in sc", "Work even", "Continue as Rnd 3"],
)  # fmt: skip
def test_a_row_is_worked_as_another_in_many_words(said):
    last = rows_of(RING, f"Rnd 4: {said}. (12)")[-1]

    assert last["verdict"] == "ok", last["findings"]
    assert last["counts"] == {"sc": 12}


def test_each_row_of_a_label_is_worked_in_its_turn():
    rows = rows_of(SC, DC, BACK, "Rows 4-8: Rep Rows 2 and 3.", "Row 9: Ch 1, sc in next 20 dc.")

    assert [row["verdict"] for row in rows] == ["ok"] * 9
    assert [list(row["counts"]) for row in rows[3:8]] == [["dc"], ["sc"], ["dc"], ["sc"], ["dc"]]
    assert len({tuple(row["span"]) for row in rows[3:8]}) == 1


@pytest.mark.parametrize(
    ("again", "number", "last"),
    [
        ("Rep Rows 2 and 3 five times more.", 14, "sc"),
        ("Rep Rows 2 and 3 once more. (20 sc)", 6, "sc"),
        ("Repeat last 2 rows 3 times.", 10, "sc"),
        ("Rep Row 2.", 5, "dc"),
        ("Rep 2nd and 3rd rows twice, then rep Row 2.", 9, "dc"),
        ("Rep Rows 2-3 until piece measures 10 in. from beg, ending with a WS row.", 40, "sc"),
        ("Rep 2nd and 3rd rows for pat until work from beg measures 25 cm.", 41, "sc"),
    ],
)
def test_rows_worked_again_leave_what_the_next_stands_on(again, number, last):
    for between in (" ", "\n", "\n\n"):
        rows = rows_of(SC, DC, f"{BACK}{between}{again}", "", f"Row {number}: Ch 1, sc in next 20 {last}.")

        assert [row["verdict"] for row in rows] == ["ok"] * 4, (between, rows)


def test_a_row_that_is_missing_is_told():
    assert ids(rows_of(SC, "Row 2: Rep Row 9.")[1]) == ["bad-reference"]
    assert ids(rows_of(SC, "Row 2: Rep last 4 rows.")[1]) == ["bad-reference"]


def test_the_count_of_a_row_worked_as_another_is_held_to_it():
    wrong = rows_of(RING, "Rnd 4: Rep Rnd 3. (18)")[-1]

    assert ids(wrong) == ["declared-mismatch"]
    assert rows_of(SC, DC, f"{BACK} Rep Rows 2 and 3. (21 sc)")[-1]["verdict"] == "error"


def test_a_row_that_does_not_fit_again_is_told_on_its_own_row():
    rows = rows_of(SC, "Row 2: Ch 1, sc in first 18 sts, leave rem sts unworked, turn.", "Row 3: Rep Row 2.")

    assert [row["verdict"] for row in rows] == ["ok", "ok", "ok"]
    rows = rows_of(SC, "Row 2: Ch 1, sc2tog, sc in next 18 sts, turn. (19)", "Row 3: Rep Row 2. (19)")
    assert [row["verdict"] for row in rows] == ["ok", "ok", "error"]


def test_a_row_worked_as_one_not_understood_is_not_ok():
    rows = rows_of(SC, "Row 2: Ch 1, wibble in each st, turn. (20 sc)", "Row 3: Rep Row 2.")

    assert [row["verdict"] for row in rows] == ["ok", "unchecked", "unchecked"]


@pytest.mark.parametrize("said", ["Rep Rnd.", "Rep Rnd 3 wibble.", "As before.", "Rep", "Work as Rnd"])
def test_a_reference_that_is_not_read_is_never_ok(said):
    assert rows_of(RING, f"Rnd 4: {said}")[-1]["verdict"] == "unchecked"


def test_more_rows_than_anyone_works_are_not_worked():
    assert ids(rows_of(SC, DC, f"{BACK} Rep last 2 rows 5000 times.")[-1]) == ["too-large"]


GRANNY = (
    "Rnd 1: Ch 4, join to form ring. Ch 3 (counts as dc), 2 dc in ring, ch 2, *3 dc in ring, ch 2; rep from * 2 more "
    "times, join. (12 dc, 4 ch-2 sps)\n"
    "Rnd 2: Sl st to next ch-2 sp, ch 3, (2 dc, ch 2, 3 dc) in same sp, *ch 1, (3 dc, ch 2, 3 dc) in next ch-2 sp; rep "
    "from * 2 more times, ch 1, join. (24 dc)\n"
    "Rnd 3: Sl st to next ch-2 sp, ch 3, (2 dc, ch 2, 3 dc) in same sp, *ch 1, 3 dc in next ch-1 sp, ch 1, (3 dc, "
    "ch 2, 3 dc) in next ch-2 sp; rep from * 2 more times, ch 1, 3 dc in next ch-1 sp, ch 1, join. (36 dc)"
)
SOLID = (
    "Rnd 1: Magic ring, ch 3 (counts as dc), 2 dc in ring, ch 2, [3 dc in ring, ch 2] 3 times, join. (12 dc)\n"
    "Rnd 2: Sl st in next ch-2 sp, ch 3 (counts as dc), (dc, ch 2, 2 dc) in same sp, dc in next 3 dc, [(2 dc, ch 2, "
    "2 dc) in next ch-2 sp, dc in next 3 dc] 3 times, join. (28 dc)\n"
    "Rnd 3: Sl st in next ch-2 sp, ch 3 (counts as dc), (dc, ch 2, 2 dc) in same sp, dc in next 7 dc, [(2 dc, ch 2, "
    "2 dc) in next ch-2 sp, dc in next 7 dc] 3 times, join. (44 dc)"
)


@pytest.mark.parametrize(("square", "counts"), [(GRANNY, [48, 60, 72]), (SOLID, [60, 76, 92])])
def test_a_round_that_grows_is_worked_on_along_its_sides(square, counts):
    rows = rows_of(square, "Rnd 4: Rep Rnd 3.", "Rnds 5 and 6: As Rnd 3.")

    assert [row["verdict"] for row in rows] == ["ok"] * 6
    assert [row["counts"]["dc"] for row in rows[3:]] == counts
    assert {one for row in rows[3:] for one in ids(row)} == {"ref-grown"}


def test_the_count_of_a_larger_round_is_held_to_it():
    assert "declared-mismatch" in ids(rows_of(GRANNY, "Rnd 4: Rep Rnd 3. (45 dc)")[-1])
    assert rows_of(GRANNY, "Rnd 4: Rep Rnd 3. (48 dc)")[-1]["verdict"] == "ok"
