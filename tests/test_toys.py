"""Toys: spirals in the many words of their makers, the yarn told by the stitch, and what is stuffed and sewn on."""

import pytest

from crochet import work

RING = "Rnd 1: 6 sc in magic ring. (6)\n"
TWELVE = f"{RING}Rnd 2: inc x 6 (12)\n"


def last(text):
    return work.check(text, "us")["pieces"][-1]["rows"][-1]


@pytest.mark.parametrize(
    "said",
    ["sc twice in each st around", "inc in each around", "inc*6", "increase every stitch", "sc 2x in each st",
     "inc sc in each st around", "(2 sc) x 6", "6 inc with CA",
     "inc x 6 in BLO", "inc x 6 through back loops only", "inc 1 st in each st",
     "2sc in next st, x6"],
)  # fmt: skip
def test_a_round_doubles_in_many_words(said):
    for count in (" (12)", " -- 12 sc", " -> 12", " = 12"):
        row = last(f"{RING}Rnd 2: {said}{count}")

        assert (row["verdict"], row["stitches"]) == ("ok", 12), (count, row["findings"])


@pytest.mark.parametrize(
    ("said", "makes"),
    [("sc, inc around 18 sts", 18), ("(sc in 1 st, inc in next) around 18 sts", 18), ("1 sc, 1 inc (x6) (18)", 18),
     ("sc in next st, inc in next st; repeat these 2 sts around. (18)", 18), ("inc in every other st (18)", 18),
     ("inc every 3rd st (16)", 16), ("sc each st (12)", 12), ("sc even (12)", 12), ("sc 12 around (12)", 12),
     ("sc around (12) (1 round)", 12), ("sc 6 in A, sc 6 in B (12)", 12), ("sc 6 (A), sc 6 (B) (12)", 12),
     ("A: sc 6, B: sc 6 (12)", 12), ("3 sc with CA, bobble with CB, 8 sc with CA [12]", 12), ("dec in each (6)", 6),
     ("2 sc in first, 2 sc in next 5, sc 6 (18)", 18), ("*Sc2tog; around – 6 sc.", 6), ("*Sc2tog around – 6 sc.",
     6), ("(sc in 4 sts, dec) around 10 sts", 10),
     ("sc 4, sc2tog, repeat (10)", 10), ("sc2, dec around (9)", 9), ("sc 12, sl st, fasten off", 12)],
)  # fmt: skip
def test_a_round_of_a_toy_is_told_in_few_words(said, makes):
    row = last(f"{TWELVE}Rnd 3: {said}")

    assert (row["verdict"], row["stitches"]) == ("ok", makes), row["findings"]


@pytest.mark.parametrize(
    "said",
    ["Add safety eyes between Rnds 1 and 2.", "Attach safety eyes between rnds 1 & 2, 4 sts apart.", "Stuff the head.",
     "Stuff with fiberfill and continue stuffing as you go.",
     "Place the eyes between rounds 1-2 with 3 stitches between.",
     "Begin to stuff, then close the opening.", "Don't fasten off, continue to next part."],
)  # fmt: skip
def test_what_is_stuffed_or_sewn_on_makes_nothing(said):
    row = last(f"{TWELVE}Rnd 3: sc 12. (12) {said}")

    assert row["verdict"] == "ok", row["findings"]
    assert last(f"{TWELVE}Rnd 3: sc 12 ({said.rstrip('.')})")["verdict"] == "ok"


@pytest.mark.parametrize("said", ["sc 12, add 2 sc in next st", "2 sc in every other st (18)", "sc 6 in glorp, sc 6"])
def test_words_of_toys_hide_no_stitches(said):
    assert last(f"{TWELVE}Rnd 3: {said}")["verdict"] != "ok"
