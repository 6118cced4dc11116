"""Foundation chains: how many stitches a row has that is begun in the k-th chain from the hook."""

import pytest

from crochet import work


def first_row(chain, row, terms="us"):
    report = work.check(f"{chain}\n{row}", terms)
    return report["pieces"][0]["rows"][0]


def ids(row):
    return [one["id"] for one in row["findings"]]


@pytest.mark.parametrize(
    ("chain", "row", "counts"),
    [
        ("Ch 21.", "Row 1: Sc in 2nd ch from hook and in each ch across, turn.", {"sc": 20}),
        ("Chain 21 loosely.", "Row 1: Sc in 2nd ch from hook, sc in each ch to end, turn.", {"sc": 20}),
        ("With A, ch 22.", "Row 1: Hdc in 3rd ch from hook and each ch across.", {"hdc": 21}),
        ("Ch 21", "Row 1: Hdc in 2nd ch from hook and each rem ch.", {"hdc": 20}),
        ("Ch 27 (multiple of 4 + 3)", "Row 1: Dc in 4th ch from hook and in each ch across.", {"dc": 25}),
        ("Ch 20.", "Row 1: Tr in 5th ch from hook and in each ch across.", {"tr": 17}),
        ("Ch 10.", "Row 1: Sc in 2nd ch from hook, sc in next 7 chs, 3 sc in last ch.", {"sc": 11}),
        ("Ch 12", "Row 1: Skip first 3 ch (counts as dc), dc in next ch and in each ch across.", {"dc": 10}),
        ("Ch 12", "Row 1: Dc in 4th ch from hook (3 skipped chs count as dc), dc in next 8 ch.", {"dc": 10}),
        ("Ch 12", "Row 1: Dc in 3rd ch from hook and in each ch across. (10 dc)", {"dc": 10}),
        ("Ch 12", "Row 1: Dc in 3rd ch from hook and in each ch across. (11 dc)", {"dc": 11}),
        ("Ch 12", "Row 1: Ch 1, sc in each ch across. (12 sc)", {"sc": 12}),
    ],
)
def test_a_row_on_a_chain_has_a_stitch_in_each_and_one_for_the_skipped_that_count(chain, row, counts):
    found = first_row(chain, row)

    assert found["verdict"] == "ok", found["findings"]
    assert found["counts"] == counts


def test_the_chain_may_stand_at_the_head_of_the_row():
    row = work.check("Row 1: Ch 21, sc in 2nd ch from hook and in each ch across. (20 sc)")["pieces"][0]["rows"][0]

    assert (row["verdict"], row["counts"]) == ("ok", {"sc": 20})


@pytest.mark.parametrize(
    ("row", "dc", "spaces"),
    [
        ("Dc in 6th ch from hook, *ch 1, sk next ch, dc in next ch; rep from * across.", 9, {"1": 8}),
        ("Dc in 8th ch from hook, *ch 2, sk next 2 ch, dc in next ch; rep from * across.", 6, {"2": 5}),
        ("Dc in 8th ch from hook, [ch 2, sk 2 ch, dc in next ch] 4 times. (6 dc, 5 ch-2 sps)", 6, {"2": 5}),
    ],
)
def test_a_mesh_begins_with_a_stitch_and_a_space(row, dc, spaces):
    found = first_row("Ch 20.", f"Row 1: {row}")

    assert found["verdict"] == "ok", found["findings"]
    assert (found["counts"], found["spaces"]) == ({"dc": dc}, spaces)


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        ("Sc in 2nd ch from hook, sc in next 20 ch.", "foundation-short"),
        ("Sc in 2nd ch from hook, sc in next 10 ch.", "unworked"),
        ("Sc in 30th ch from hook and in each ch across.", "foundation-short"),
        ("Sc in 2nd ch from hook and in each ch across. (20 sc)", "declared-mismatch"),
        ("Dc in 4th ch from hook (3 skipped chs count as dc) and in each ch across. (17 dc)", "declared-mismatch"),
    ],
)
def test_too_few_or_too_many_chains_are_told(row, finding):
    assert ids(first_row("Ch 20.", f"Row 1: {row}")) == [finding]


def test_a_joined_chain_is_worked_around():
    rows = work.check(
        "Ch 60, join with sl st to form ring.\nRnd 1: Ch 3, dc in each ch around, join. (60 dc)\n"
        "Rnd 2: Ch 1, sc in each st around, join. (60 sc)"
    )["pieces"][0]["rows"]

    assert [row["verdict"] for row in rows] == ["ok", "ok"]


def test_a_small_joined_chain_is_a_ring():
    assert first_row("Ch 5, join to form ring.", "Rnd 1: Ch 3, 11 dc in ring, join. (12 dc)")["verdict"] == "ok"


@pytest.mark.parametrize("row", ["Wibble in each ch.", "Sc in 2nd ch from hook and in each wibble.", "Sc in ch from."])
def test_a_row_on_a_chain_that_is_not_read_is_not_ok(row):
    assert first_row("Ch 20.", f"Row 1: {row}")["verdict"] == "unchecked"


def test_a_starting_chain_on_a_round_that_is_not_known_is_no_foundation():
    rows = work.check("Rnd 1: Wibble.\nRnd 2: Ch 7, skip 1 dc, dc in next dc, join.", "us")["pieces"][0]["rows"]

    assert [row["verdict"] for row in rows] == ["unchecked", "unchecked"]


@pytest.mark.parametrize(
    "chain",
    ["Chain 22 sts.", "Ch 22 sts loosely.", "Make a chain of 22.", "Make a chain of 22 sts.", "Begin with 22 chains.",
     "Cast on 22 chains.", "Make 22 chain stitches.", "With CC1, ch 22."],
)  # fmt: skip
def test_a_foundation_chain_is_told_in_many_words(chain):
    found = work.check(f"{chain}\nRow 1: Sc in 2nd ch from hook and in each ch st across. (21 sc)", "us")

    assert [row["verdict"] for piece in found["pieces"] for row in piece["rows"]] == ["ok"]


def test_a_numbered_yarn_is_dropped_and_another_taken_up():
    found = work.check(
        "Ch 22.\nRow 1: Sc in 2nd ch from hook and in each ch across. (21 sc)\n"
        "Row 2: (With C1) ch 1, turn, sc in each st across, drop C1 and join MC. (21 sc)",
        "us",
    )

    assert [row["verdict"] for piece in found["pieces"] for row in piece["rows"]] == ["ok"] * 2
