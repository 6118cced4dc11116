"""Definitions: what a pattern says its stitches are is what they are, and what is not understood is not guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crochet import work
from crochet.page import definitions

RING = "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"
AROUND = "rep from * around, join."


def report(told, *rows, terms="us"):
    return work.check("\n".join(("A Doily", "", told, "", RING, *rows)), terms)


def last(told, *rows):
    return report(told, *rows)["pieces"][-1]["rows"][-1]


@pytest.mark.parametrize(
    "told",
    [
        "Special Stitches\nShell: (2 dc, ch 2, 2 dc) in same st.",
        "SPECIAL STITCHES: Shell = (2 dc, ch 2, 2 dc) in st or sp indicated.",
        "Stitch Guide:\nSh - [2 dc; 2 ch; 2 dc] worked into the stitch",
        "Stitch glossary\nShell (sh): Work 2 dc, ch 2, 2 dc all in indicated st or ch-2 sp.",
        "Stitches Used\nch = chain, dc = double crochet. Shell: In same st work (2 dc, ch 2, 2 dc).",
        "Pattern Notes:\nShell: 2 dc, ch 2, 2 dc in same stitch or space.",
        "Special stitches: V-st: (dc, ch 1, dc) in same st. Shell: (2 dc. Ch 2. 2 dc) in next st.",
        "Shell: (2 dc, ch 2,\n2 dc) in next st or sp.",
        "Shell: (2 dc, ch 2, 2 dc) in same st.\nCh 24 to try it.",
        "Shell – (2 dc, ch 2, 2 dc) in stitch specified (shell made)",
    ],
)
def test_a_shell_is_what_the_pattern_says(told):
    got = last(told, f"Rnd 2: *Shell in next dc, sk next 2 dc; {AROUND} (4 shells)")
    assert (got["verdict"], got["counts"], got["spaces"]) == ("ok", {"dc": 16}, {"2": 4}), got["findings"]


@pytest.mark.parametrize(
    ("told", "row", "counts"),
    [
        ("Popcorn (pc): 5 dc in same st, drop loop from hook, insert hook in first dc, draw loop through.",
         "*Pc in next dc, ch 1, sk next dc; rep from * around, join. (6 pc)", {"pc": 6}),
        ("Bobble (BS): *Yo, insert hook in st, draw up a loop; rep from * 3 times, yo, draw through all loops.",
         "*BS in next dc, dc in next dc; rep from * around, join. (6 BS, 6 dc)", {"bobble": 6, "dc": 6}),
        ("Bullion st: Yo 7 times, insert hook, pull through all loops on hook.",
         "*Bullion st in next dc, dc in next dc; rep from * around, join. (6 bullion sts, 6 dc)",
         {"bullion st": 6, "dc": 6}),
        ("Special stitches\nPetal: (2 tr, ch 3, 2 tr) in same st.",
         "*Petal in next dc, sk next 2 dc; rep from * around, join. (4 petals)", {"tr": 16}),
        ("Special stitches\nY-st: (tr, ch 2, dc) in same st.",
         "*Y-st in next dc, sk next 2 dc; rep from * around, join. (4 Y-sts)", {"tr": 4, "dc": 4}),
        ("Special stitches\nLarge shell: 7 dc in st indicated.\nSmall shell: 3 dc in st indicated.",
         "*Large shell in next dc, sk 1, small shell in next dc, sk 1; rep from * around, join.", {"dc": 30}),
        ("Special stitches\nFan: (Dc, ch 1) 4 times, dc in same st.",
         "*Fan in next dc, sk next 2 dc; rep from * around, join. (4 fans)", {"dc": 20}),
        ("Abbreviations: ps = puff stitch",
         "*Ps in next dc, ch 2, sk next dc; rep from * around, join. (6 puffs)", {"puff": 6}),
        ("Cluster: 3 dc in same sp.", "*Cl in next dc, sk next dc; rep from * around, join. (6 clusters)", {"dc": 18}),
        ("Cl: Dc3tog in same st.", "*Cl in next dc, ch 2, sk next dc; rep from * around, join. (6 cl)", {"cl": 6}),
        ("Special Stitches\nCross st (Cr st): Sk next st, dc in next st, dc in skipped st.",
         "*Cr st; rep from * around, join. (12 dc)", {"dc": 12}),
        ("Picot: Ch 4, sl st in 4th ch from hook.",
         "*Sc in next 2 dc, picot; rep from * around, join. (12 sc, 6 picots)", {"sc": 12}),
        ("Special stitches\nPicot: (sc, ch 3, sc) in same st.",
         "*Picot in next dc, sc in next dc; rep from * around, join.", {"sc": 18}),
        ("Beginning popcorn (beg pc): Ch 3, 4 dc in same st, drop loop, pull it through.\nPopcorn (pc): 5 dc in same "
         "st, drop loop, pull it through.",
         "Beg pc in first dc, ch 1, sk next dc, *pc in next dc, ch 1, sk next dc; rep from * around, join. (6 pc)",
         {"pc": 6}),
    ],
)  # fmt: skip
def test_a_stitch_of_the_pattern_is_worked_as_it_says(told, row, counts):
    got = last(told, f"Rnd 2: {row}")
    assert (got["verdict"], got["counts"]) == ("ok", counts), got["findings"]


def test_the_beginning_shell_is_one_of_the_shells():
    told = "Special Stitches\nBeg shell: Ch 3, (dc, ch 2, 2 dc) in same sp.\nShell: (2 dc, ch 2, 2 dc) in same sp."
    rows = (
        "Rnd 2: Beg shell in same st, sk 2 dc, *shell in next dc, sk 2 dc; rep from * around, join. (4 shells)",
        "Rnd 3: Sl st in next dc and in ch-2 sp, beg shell in same sp, *shell in ch-2 sp of next shell; rep from * "
        "around, join. (16 dc, 4 shells)",
    )
    assert report(told, *rows)["verdict"] == "ok"


def test_a_definition_in_uk_terms_is_of_uk_stitches():
    told = "Special stitches\nFan: (2 tr, ch 1, 2 tr) in same st."
    uk = RING.replace("dc", "tr")
    text = "\n".join(("A Doily", "", told, "", uk, "Rnd 2: *Fan in next tr, miss next 2 tr; rep from * around, join."))
    assert work.check(text, "uk")["pieces"][0]["rows"][-1]["counts"] == {"dc": 16}


@pytest.mark.parametrize(
    ("told", "row"),
    [
        ("Shell: Work as for the wobble, but longer.", "*Shell in next dc, sk next 2 dc; rep from * around, join."),
        ("Shell: Yo, draw through a loop 5 times.", "*Shell in next dc, sk next 2 dc; rep from * around, join."),
        ("Special stitches\nPetal: 2 dc in the wibble.", "*Petal in next dc, sk next 2 dc; rep from * around, join."),
        ("Special stitches\nFan: 2 dc in next st, 2 dc in next 3 sts.", "*Fan; rep from * around, join."),
        ("", "*Fan in next dc, sk next 2 dc; rep from * around, join."),
        ("", "*Bullion st in next dc; rep from * around, join."),
    ],
)
def test_a_stitch_that_is_not_understood_is_not_guessed_at(told, row):
    assert last(told, f"Rnd 2: {row}")["verdict"] == "unchecked"


def test_a_definition_does_not_change_a_plain_stitch():
    told = "Special stitches\ndc = 3 tr in same st. FPdc: yo, insert hook from front. sc: (5 dc) in same st"
    assert definitions.read([(told, True)], "us").shapes == {}


@pytest.mark.parametrize(
    ("told", "row", "finding"),
    [
        ("Shell: (2 dc, ch 2, 2 dc) in same st.", "*Shell in next dc, sk 2; rep from * around, join. (5 shells)",
         "declared-mismatch"),
        ("Shell: (2 dc, ch 2, 2 dc) in same st.", "*Shell in next dc, sk 2; rep from * around, join. (20 dc)",
         "declared-mismatch"),
        ("Special stitches\nPetal: (2 tr, ch 3, 2 tr) in same st.", "Petal in next dc, (petal in next dc) 12 times.",
         "overrun"),
        ("Popcorn: 5 dc in same st, drop loop.", "*Pc in next dc, ch 1; rep from * around, join. (60 dc)",
         "kind-mismatch"),
    ],
)  # fmt: skip
def test_a_slip_with_a_stitch_of_the_pattern_is_found(told, row, finding):
    assert finding in [one["id"] for one in last(told, f"Rnd 2: {row}")["findings"]]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcst (),:=—.-2\n*dch", max_size=120), st.booleans())
def test_any_words_may_stand_in_a_list_of_stitches(junk, listed):
    definitions.read([(junk, listed), (f"Shell: {junk}", listed)], "us")


def test_a_corner_that_is_told_once_is_worked_into_stitch_by_stitch():
    told = "Corner = (2 dc, ch 2, 2 dc); first dc of the round is a ch 3."
    rows = (
        "Rnd 2: *Corner in next dc, dc in next 2 dc; rep from * around, join. (24 dc)",
        "Rnd 3: Corner in ch-2 sp, (dc in next 6 dc, corner in next ch-2 sp) 3 times, dc in next 6 dc, join. (40 dc)",
    )
    got = report(told, *rows)["pieces"][-1]["rows"]
    assert [row["verdict"] for row in got] == ["ok", "ok", "ok"], [row["findings"] for row in got]
    assert (got[-1]["counts"], got[-1]["spaces"], got[-1]["corners"]) == ({"dc": 40}, {"2": 4}, 4)


def test_what_a_beginning_chain_counts_as_is_no_part_of_the_stitch():
    told = "V-st: (dc, ch 1, dc) in st.\nBeginning V-st: ch 4, dc in same space (ch 4 = dc + ch 1)."
    got = last(
        told, "Rnd 2: Beg V-st in first dc, sk 1 dc, *V-st in next dc, sk 1 dc; rep from * around, join. (6 V-sts)"
    )
    assert (got["verdict"], got["counts"], got["spaces"]) == ("ok", {"dc": 12}, {"1": 6}), got["findings"]


def verdicts(*lines):
    got = work.check("\n".join(lines), "us")
    return [(row["verdict"], row["stitches"]) for piece in got["pieces"] for row in piece["rows"]]


@pytest.mark.parametrize(
    ("told", "row"),
    [
        ("C4F: sk next 2 sts, FPdc around next 2 sts, FPdc around 2 sk sts.", "C4F"),
        ("C4 = skip 2 sts, tr in next 2 sts, tr in 2 skipped sts.", "C4"),
        ("Cable over next 4 sts (cbl): Skip next 2 sts, FPtr around each of next 2 sts, working in front of sts just"
         " made, FPtr around each of 2 skipped sts.", "cable over next 4 sts"),
    ],
)  # fmt: skip
def test_a_cable_is_worked_as_the_pattern_tells_it(told, row):
    founded = ("Ch 16.", "Row 1: Dc in 4th ch from hook and in each ch across, turn. (14 dc)")
    cabled = f"Row 2: Ch 3 (counts as dc), dc in next 4 sts, {row}, dc in last 5 sts, turn."
    assert verdicts(told, *founded, f"{cabled} (14 sts)") == [("ok", 14), ("ok", 14)]
    assert verdicts(told, *founded, f"{cabled} (15 sts)")[-1] == ("error", 14)


def test_a_cable_of_which_nothing_is_told_is_not_guessed():
    rows = ("Ch 16.", "Row 1: Dc in 4th ch from hook and in each ch across, turn. (14 dc)")
    assert verdicts(*rows, "Row 2: Ch 3, dc in next 4 sts, C4F, dc in last 5 sts, turn. (14 sts)")[-1][0] == "unchecked"


LETTERS = ("R1: MR 6X (6)", "R2: 6V (12)", "R3: (X, V)*6 (18)", "R4: (2X, V) X 6 (24)", "R5: (2X, A)*6 (18)")


def test_toys_are_written_in_letters():
    assert verdicts(*LETTERS) == [("ok", 6), ("ok", 12), ("ok", 18), ("ok", 24), ("ok", 18)]
    assert verdicts(*LETTERS[:3], "R4: (2X, V)*6 (25)")[-1] == ("error", 24)


def test_letters_are_stitches_only_where_the_rows_say_so():
    assert verdicts("R1: MR, 6 sc (6)", "R2: 6V (12)")[-1][0] == "unchecked"
