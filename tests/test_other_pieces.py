"""Other pieces: rows that are worked as those of a piece before."""

import pytest

from crochet import work

HEAD = """HEAD
With A, ch 4. Join with sl st to first ch to form a ring.
1st rnd: Ch 1. 6 sc in ring. Join with sl st to first sc. 6 sc.
2nd rnd: Ch 1. 2 sc in each sc around. Join with sl st to first sc. 12 sc.
3rd rnd: Ch 1. *2 sc in next sc. 1 sc in next sc. Rep from * around. Join with sl st to first sc. 18 sc.
4th rnd: Ch 1. 1 sc in each sc around. Join with sl st to first sc. 18 sc. Fasten off.
"""
EVEN = "4th rnd: Ch 1. 1 sc in each sc around. Join with sl st to first sc. {n} sc."


def verdicts(text):
    pieces = work.check(text, "us")["pieces"]
    return [row["verdict"] for row in pieces[-1]["rows"]] if len(pieces) > 1 else []


@pytest.mark.parametrize(
    "told",
    [
        "With B, work 1st to 3rd rnds as given for Head. 18 sc.",
        "With B, work 1st to 3rd rnds as for Head. 18 sc.",
        "Work Rnds 1-3 of Head. 18 sc.",
        "Work Rnds 1-3 same as Head.",
        "Work same as Head to end of Rnd 3.",
        "Rnds 1-3: Work as for Head. (18 sc)",
        "Rnds 1-3: Rep Rnds 1-3 of Head. (18 sc)",
        "With B, work 1st to 3rd rnds as given for Head. Break B. Join A. 18 sc.",
    ],
)
def test_a_piece_begins_as_another(told):
    assert verdicts(f"{HEAD}\nBODY\n{told}\n{EVEN.format(n=18)}") == ["ok"] * 4
    assert verdicts(f"{HEAD}\nBODY\n{told}\n{EVEN.format(n=20)}") == ["ok"] * 3 + ["error"]


def test_one_round_is_as_one_of_another_piece():
    body = "BODY\n1st rnd: 12 sc in magic ring. Join. 12 sc.\n2nd rnd: As 3rd rnd of Head. {n} sts."

    assert verdicts(f"{HEAD}\n{body.format(n=18)}") == ["ok", "ok"]
    assert verdicts(f"{HEAD}\n{body.format(n=17)}") == ["ok", "error"]


@pytest.mark.parametrize("told", ["2nd rnd: As 9th rnd of Head.", "2nd rnd: As 3rd rnd of Tail."])
def test_a_round_that_no_other_piece_has_is_not_understood(told):
    assert verdicts(f"{HEAD}\nBODY\n1st rnd: 12 sc in magic ring. Join. 12 sc.\n{told}") == ["ok", "unchecked"]


def test_a_row_may_be_all_slip_stitches():
    ring = "Rnd 1: 12 sc in magic ring, join. (12 sc)"
    row = "Rnd 2: *Sl st in next st, ch 1, sk 1; rep from * around, sl st to finish. ({n} sl sts)"

    found = work.check(f"{ring}\n{row.format(n=6)}", "us")["pieces"][0]["rows"]
    assert [one["verdict"] for one in found] == ["ok", "ok"]
    assert work.check(f"{ring}\n{row.format(n=5)}", "us")["verdict"] == "error"
