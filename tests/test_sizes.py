"""Sizes: rows that are of some sizes only, and pieces told by other pieces."""

import pytest

from crochet import work

HAT = """SIZES: To fit baby ({other}).
Rnd 1: 8 sc in magic ring. Join. 8 sc.
Rnd 2: Ch 1. 2 sc in each sc around. Join. 16 sc.
{only}: Rnd 3: Ch 1. *1 sc in next sc. 2 sc in next sc. Rep from * around. Join. 24 sc.
Both sizes: Next rnd: Ch 1. 1 sc in each sc around. Join. 16 ({n}) sc."""


def rows(text):
    return [row for piece in work.check(text, "us")["pieces"] for row in piece["rows"]]


@pytest.mark.parametrize(
    ("other", "only"),
    [
        ("child", "Child size only"),
        ("12/18 mos", "Size 12/18 mos only"),
        ("Large", "For size L only"),
        ("B", "Size B only"),
    ],
)
def test_a_round_is_of_one_size_only(other, only):
    right = rows(HAT.format(other=other, only=only, n=24))

    assert [row["verdict"] for row in right] == ["ok"] * 4
    assert right[2]["counts"] == {"sc": 24}
    assert rows(HAT.format(other=other, only=only, n=26))[3]["verdict"] == "error"


def test_a_size_that_the_text_does_not_name_is_not_guessed_at():
    found = rows(HAT.format(other="child", only="Tall size only", n=24))

    assert [row["verdict"] for row in found][2:] == ["unchecked", "unchecked"]


def test_a_piece_that_is_worked_as_another_is_not_taken_for_it():
    back = "BACK\nCh 31.\nRow 1: Sc in 2nd ch from hook and in each ch across, turn. (30 sc)"
    front = "FRONT\nCh 21.\nWork as given for Back.\nNeck: Next row: Ch 1, sc in each sc across, turn. (20 sc)"

    assert [row["verdict"] for row in rows(f"{back}\n\n{front}")] == ["ok", "unchecked"]
