"""Whole texts: rows under any label, however the lines are broken, and what is no row is passed over."""

import pytest

from crochet import labels, work


def report(text, terms="us"):
    return work.check(text, terms)


def rows_of(text, terms="us"):
    return [row for piece in report(text, terms)["pieces"] for row in piece["rows"]]


@pytest.mark.parametrize(
    ("line", "numbers", "words"),
    [
        ("Rnd 2: ch 3", (2,), "ch 3"),
        ("Rnd 2. Ch 3", (2,), "Ch 3"),
        ("Rnd. 2: ch 3", (2,), "ch 3"),
        ("Round 2 - ch 3", (2,), "ch 3"),
        ("Round Two: ch 3", (2,), "ch 3"),
        ("ROUND 2", (2,), ""),
        ("Round #2: ch 3", (2,), "ch 3"),
        ("R2: 6 sc", (2,), "6 sc"),
        ("R 2", (2,), ""),
        ("Rd 2: ch 3", (2,), "ch 3"),
        ("Rnd 2 ch 3", (2,), "ch 3"),
        ("Rnd 2, ch 3", (2,), "ch 3"),
        ("Rds 3-5: sc", (3, 4, 5), "sc"),
        ("Rnds 4 to 6: sc", (4, 5, 6), "sc"),
        ("Rnds 4 & 5: sc", (4, 5), "sc"),
        ("Rows 3, 5 and 7: sc", (3, 5, 7), "sc"),
        ("Rows 3, 5, and 7: sc", (3, 5, 7), "sc"),
        ("Row 2 and all even rows: sc", (2,), "sc"),
        ("2nd rnd: ch 3", (2,), "ch 3"),
        ("2nd row: (RS). Ch 1", (2,), "Ch 1"),
        ("3rd and 4th rows: sc", (3, 4), "sc"),
        ("4th to 6th rnds: sc", (4, 5, 6), "sc"),
        ("First rnd: ch 3", (1,), "ch 3"),
        ("Second Row - ch 3", (2,), "ch 3"),
        ("Next rnd: ch 3", (), "ch 3"),
        ("Next 3 rnds: ch 3", (), "ch 3"),
        ("Next row (dec): sc", (), "sc"),
        ("Last rnd: sc", (), "sc"),
        ("Foundation row: sc", (), "sc"),
        ("Set-up row: sc", (), "sc"),
        ("Rnd 1 (RS): ch 3", (1,), "ch 3"),
        ("Row 1 (Right side): ch 3", (1,), "ch 3"),
        ("Row 2 [WS] ch 3", (2,), "ch 3"),
        ("Row 3 (inc row): sc", (3,), "sc"),
        ("Row 2 - 3 dc in next st", (2,), "3 dc in next st"),
        ("Rnd 1 (ch 4, 11 dc in ring)", (1,), "(ch 4, 11 dc in ring)"),
        ("Border Rnd 1: sc", (1,), "sc"),
        ("Edging row 1: sc", (1,), "sc"),
    ],
)
def test_a_row_begins_with_any_label(line, numbers, words):
    said = labels.label(line)

    assert said is not None
    assert (said.numbers, line[said.body :]) == (numbers, words)


@pytest.mark.parametrize(
    "line",
    [
        "Rep Rnd 2",
        "Row 2 is the right side.",
        "Row 2 of the pattern",
        "Rnds 5 and 6 will be long.",
        "Second thoughts",
        "",
    ],
)
def test_a_line_that_only_speaks_of_rows_has_no_label(line):
    assert labels.label(line) is None


@pytest.mark.parametrize(
    ("line", "colour"),
    [
        ("Rnd 2 (B): sc", "B"),
        ("Rnd 2 (MC): sc", "MC"),
        ("Rnd 2 (Color B): sc", "B"),
        ("Rnd 2 (with A): sc", "A"),
        ("Rnd 2 - with B: sc", "B"),
        ("Rnds 2 and 3 (B): sc", "B"),
        ("Rnd 2: (B) sc", "B"),
        ("Rnd 2 (RS): sc", None),
    ],
)
def test_a_label_tells_the_yarn(line, colour):
    assert labels.label(line).colour == colour


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Rnd 1: 6 sc, join. Rnd 2: sc around.", ["Rnd 2"]),
        ("1st rnd: 6 sc. 2nd rnd: sc around. 3rd rnd: sc.", ["2nd rnd", "3rd rnd"]),
        ("Rnd 1: 6 sc (6) Rnd 2: sc around", ["Rnd 2"]),
        ("Rnd 3: as in Rnd 2: sc around.", []),
        ("Rnd 3: Rep Rnd 2. Sc around.", []),
        ("Rnd 3: sc in each st of Rnd 1.", []),
        ("Rnd 3: same as Row 2: sc.", []),
        ("Rnd 3: sc (see Rnd 2: above).", []),
        ("Rnd 3: sc to end of rnd. Next rnd: sc.", ["Next rnd"]),
    ],
)
def test_rows_in_one_paragraph_part_where_a_label_follows_a_sentence(line, expected):
    assert [said.text for _, said in labels.inside(line)] == expected


CHATTY = """GRANNY COASTER

Hi friends! Here is my favourite little coaster.

MATERIALS
Worsted yarn in 2 colours (A and B)
5 mm hook

NOTES
Ch 3 at beginning of rnd counts as dc throughout.

INSTRUCTIONS
With A, ch 4. Join with sl st to first ch to form a ring.
1st rnd: Ch 3, 2 dc in ring, ch 2, *3 dc in ring, ch 2; rep from * twice more, join with sl st to top of
ch 3. Fasten off.
2nd rnd: Join B with sl st in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same
sp, ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more times, join.
(24 dc)

Weave in ends. Enjoy!
"""


def test_a_page_is_read_with_all_that_stands_around_its_rows():
    found = report(CHATTY)

    assert found["verdict"] == "ok", found
    assert [(piece["name"], len(piece["rows"])) for piece in found["pieces"]] == [("GRANNY COASTER", 2)]


def test_heads_begin_pieces_and_tell_how_many_are_made():
    found = report("HEAD\nRnd 1: 6 sc in magic ring. (6)\nStuff firmly.\n\nEars (make two)\nR1: 5 sc in magic ring [5]")

    assert found["verdict"] == "ok"
    assert [(piece["name"], piece["make"]) for piece in found["pieces"]] == [("HEAD", 1), ("Ears", 2)]


def test_numbered_lines_are_rows_where_no_row_has_another_label():
    rows = rows_of("1. 6 sc in magic ring (6)\n2. inc x 6 (12)\n3-4. sc in each st around (12)\n5) dec x 6 (6)")

    assert [(row["number"], row["verdict"]) for row in rows] == [(n, "ok") for n in range(1, 6)]


def test_rows_listed_together_are_worked_each_in_its_turn():
    rows = rows_of(
        "Rnd 1: 6 sc in magic ring. (6)\nRnds 2 and 4: inc in each st around\nRnd 3: sc in each st around (12)\n"
        "Next rnd: sc in each st around (24)"
    )

    assert [(row["number"], row["stitches"]) for row in rows] == [(1, 6), (2, 12), (3, 12), (4, 24), (5, 24)]


def test_every_finding_stands_where_the_text_has_it():
    text = "Hello\r\n\r\n\u200bRnd&nbsp;1: 6 sc in magic ring. (6)\r\n• Rnd 2 (12 sc): wibb\u00adle x 6\r\n"
    row = rows_of(text)[1]

    start, end = row["findings"][0]["span"]
    assert text[start:end] == "wibb\u00adle x 6"
    start, end = row["declared"]["span"]
    assert text[start:end] == "12 sc"
