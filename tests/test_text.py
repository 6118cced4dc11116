"""Whole texts: rows under any label, however the lines are broken, and what is no row is passed over."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crochet import work
from crochet.page import labels, prose, sizes


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


PAGES = sorted((Path(__file__).parent / "patterns" / "pages").glob("*.txt"))


def page(path):
    return path.read_bytes().decode()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_published_page_is_ok(path):
    found = report(page(path), "auto")

    wrong = [(row["text"], row["findings"]) for piece in found["pieces"] for row in piece["rows"] if row["findings"]]
    assert found["verdict"] == "ok", (found["findings"], wrong)


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("pieces", [("HEAD", 1, 7), ("EARS", 2, 3), ("Arms", 2, 4), ("Nose", 1, 1)]),
        ("blanket", [("SQUARE", 48, 2), ("Border", 1, 2)]),
        ("edging", [("Coaster", 1, 1), ("Border", 1, 2)]),
        ("one-line", [("HEAD", 1, 3), ("BODY", 2, 3)]),
        ("one-goes-on", [("Head", 1, 3), ("Body", 1, 2)]),
        ("label-and-caption", [("Circle", 1, 2)]),
        ("odd-and-even", [("Cup", 1, 11)]),
    ],
)
def test_a_page_has_its_pieces(name, pieces):
    path = next(path for path in PAGES if path.stem == name)
    found = report(page(path))["pieces"]

    assert [(piece["name"], piece["make"], len(piece["rows"])) for piece in found] == pieces


def test_joined_squares_have_the_layout_that_the_words_tell():
    path = next(path for path in PAGES if path.stem == "blanket")

    assert report(page(path))["layout"] == [6, 8]


def told(found):
    yield from found["findings"]
    for piece in found["pieces"]:
        for row in piece["rows"]:
            yield from row["findings"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PAGES), st.data())
def test_whatever_is_named_stands_where_it_is_said_to_stand(path, data):
    text = page(path)
    at = data.draw(st.integers(0, len(text)))
    odd = data.draw(
        st.sampled_from(["wibble", "\u200b", "&amp;", "\u00ad\n", "-\n", "\ufb01", "\n", "**", "|", "(", "9"])
    )
    text = text[:at] + odd + text[at:]
    found = report(text, "auto")

    for piece in found["pieces"]:
        for row in piece["rows"]:
            assert text[slice(*row["span"])] == row["text"]
            spans = [one["span"] for one in row["findings"]]
            spans += [edit["span"] for one in row["findings"] for fix in one["fixes"] for edit in fix["edits"]]
            spans += [row["declared"]["span"]] if row["declared"] else []
            for start, end in spans:
                assert row["span"][0] <= start <= end <= row["span"][1]
    for one in told(found):
        assert ("wibble" in one["message"]) <= ("wibble" in text[slice(*one["span"])])


PIECES = [
    "Rnd 1:", "Rnds 2, 4 and 9999:", "Row 2 and all even rows:", "Next 9999 rnds:", "Border", "|", "**", "*", "\n",
    "\n\n", "Page 1 of 2", "NOTES", "Make 48", "Rep Rnd 2", "ch 4", "join.", "(12)", "&nbsp;", "-\n", "1.", "\t",
]  # fmt: skip
JUNK = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))


@settings(max_examples=120, deadline=None)
@given(JUNK)
def test_no_text_raises_and_every_place_is_within_it(text):
    found = report(text, "auto")

    for one in told(found):
        assert 0 <= one["span"][0] <= one["span"][1] <= len(text)


@pytest.mark.parametrize(
    "part",
    [
        "| a ",
        "** ",
        "Rnd 1: ",
        "Rep Rnd 2. ",
        "NOTES\n",
        "1. sc\n",
        "www.",
        "&shy;",
        "HEAD ",
        "Rnds 1, 2, ",
        "(",
        "ch 3. ",
        "\t",
    ],
)
def test_a_long_text_of_anything_ends(part):
    report(part * (100_000 // len(part)))


@pytest.mark.parametrize(
    ("note", "counted", "not_counted"),
    [
        ("Ch 3 at beginning of rnd counts as dc throughout.", {3}, set()),
        ("Ch-3 and ch-4 count as a st.", {3, 4}, set()),
        ("Beg ch-2 does not count as a st.", set(), {2}),
        ("Chain 2 is never counted as a stitch.", set(), {2}),
        ("The turning ch counts as first dc.", {3}, set()),
        ("Count your stitches.", set(), set()),
        ("Ch 3 counts as dc. Ch 1 does not count as a stitch.", {3}, {1}),
        ("Ch 3 counts as dc, ch 1 does not count as a st.", {3}, {1}),
        ("3ch stands for the first tr and 1ch doesn't count.", {3}, {1}),
        ("Ch 1 and ch 2 do not count as a st.", set(), {1, 2}),
        ("Ch 3 counts as dc unless I say so.", set(), set()),
        ("Ch 3 turning counts as a dc, ch 1 does not count.", {3}, {1}),
        ("Ch 1 does not count as a stitch and ch 3 counts as a dc.", {3}, {1}),
        ("3ch at the start stands for the first tr, 1ch doesn't.", {3}, {1}),
        ("Ch 2 takes the place of the first hdc.", {2}, set()),
        ("Ch 3 at the end of each row, do not turn.", set(), set()),
    ],
)
def test_notes_tell_which_chains_count(note, counted, not_counted):
    said = prose.counting(note)

    assert (set(said.counted), set(said.not_counted)) == (counted, not_counted)


@pytest.mark.parametrize(("told", "verdict"), [("12", "ok"), ("13", "unchecked")])
def test_a_total_beside_the_label_and_another_at_the_end_are_not_both_right(told, verdict):
    text = f"Rnd 1: 6 sc in magic ring. (6)\nRnd 2 ({told} sc): 2 sc in each st around. (12)"

    assert [row["verdict"] for row in rows_of(text)] == ["ok", verdict]


def test_a_note_in_a_piece_is_of_that_piece():
    text = (
        "Top\nNote: Ch 2 counts as hdc.\nRnd 1: Make a magic ring, ch 2, 11 hdc in ring, join. (12 hdc)\n\n"
        "Bottom\nNote: Ch 2 does not count as a st.\nRnd 1: Make a magic ring, ch 2, 11 hdc in ring, join. (12 hdc)"
    )

    assert [row["verdict"] for row in rows_of(text)] == ["ok", "error"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sew the squares together in 6 rows of 8.", (6, 8)),
        ("Arrange the motifs, 4 squares wide by 5 squares long.", (5, 4)),
        ("Join in six strips of eight.", (6, 8)),
        ("There are 6 rows of 8 stitches.", None),
        ("Join the squares.", None),
    ],
)
def test_words_lay_the_squares_out(words, expected):
    assert prose.layout(words) == expected


@pytest.mark.parametrize(
    ("between", "verdict"),
    [
        ("Now it gets exciting.", "ok"),
        ("Stuff firmly and add the eyes.", "ok"),
        ("Photo 3 shows the ball so far.", "ok"),
        ("Work 3 sc in each st around.", "unchecked"),
    ],
)
def test_stitches_that_belong_to_no_row_are_told_and_the_next_row_stands_on_nothing_known(between, verdict):
    found = report(f"Rnd 1: 6 sc in magic ring. (6)\n\n{between}\n\nRnd 2: inc x 6 (12)")

    assert found["verdict"] == verdict
    assert found["pieces"][0]["rows"][1]["verdict"] == verdict
    assert bool(found["findings"]) == (verdict != "ok")


def test_what_stands_after_the_last_row_is_no_finding():
    assert report("Rnd 1: 6 sc in magic ring. (6)\n\nFINISHING\nWork 10 sc along the edge.")["verdict"] == "ok"


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        ("Ch 4. Join with sl st to form ring.", []),
        ("With A, ch 5; join with sl st to form a ring.", []),
        ("With MC and 5 mm hook, ch 4, sl st in first ch.", []),
        ("Begin with a magic ring.", []),
        ("To begin: ch 6, sl st in first ch.", []),
        ("Start with a magic ring (or ch 4 and join with a sl st).", []),
        ("Ch 4 and join with sl st in order to form a ring.", []),
        ("Use a ring light.", ["start-assumed"]),
    ],
)
def test_the_ring_is_made_on_a_line_before_the_first_round(opening, said):
    made = report(f"COASTER\n{opening}\nRnd 1: Ch 3 (counts as dc), 11 dc in ring, join. (12 dc)")

    assert made["verdict"] == "ok"
    assert [one["id"] for one in made["pieces"][0]["rows"][0]["findings"]] == said


def test_numbers_that_leave_a_row_out_are_told_where_nothing_explains_it():
    rows = rows_of("Rnd 1: 6 sc in magic ring. (6)\nRnd 3: inc x 6 (12)")

    assert [one["id"] for one in rows[1]["findings"]] == ["bad-reference"]


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Ch 61 (67, 73). [60 (66, 72) sc]", 3),
        ("Sizes: small (large). Ch 61 (67). Sc in next 8 (10) sts.", 2),
        ("R1: sc 6 (6)\nR2: sc 12 (12)", 1),
        ("Rnd 2: inc x 6 (12)\nRnd 3: (sc, inc) x 6 (18) Rnd 4: (2 sc, inc) x 6 (24) sts", 1),
        ("Ch 61 (67, 73).", 1),
        ("Rnd 1: 6 sc in magic ring. (6)", 1),
    ],
)
def test_a_text_tells_for_how_many_sizes_it_is(text, many):
    assert sizes.many(text) == many


def test_a_row_that_is_wrong_in_one_size_only_says_in_which():
    row = rows_of((PAGES[0].parents[1] / "broken" / "page-sizes.txt").read_text())[-1]

    assert row["verdict"] == "error"
    assert row["findings"][0]["message"].startswith("In size 4: ")


@pytest.mark.parametrize(
    "label",
    ["Rnd 2 and all even rnds", "Rnd 2 (and all even rnds)", "Rnd 2 (WS) and every even rnd", "2nd and alt rnds"],
)
def test_a_row_may_be_that_of_all_even_numbers(label):
    rows = rows_of(
        f"Rnd 1: 6 sc in magic ring. (6)\n{label}: sc in each st around\nRnd 3: inc x 6 (12)\nRnd 5: (sc, inc) x 6 (18)"
    )

    assert [(row["number"], row["stitches"]) for row in rows] == [(1, 6), (2, 6), (3, 12), (4, 12), (5, 18)]


def test_a_number_left_out_after_words_not_understood_is_no_error():
    rows = rows_of("Rnd 1: 6 sc in magic ring. (6)\nRnd 2: wibble and do that again twice.\nRnd 5: inc x 6 (12)")

    assert [row["verdict"] for row in rows] == ["ok", "unchecked", "unchecked"]


TABLE = "Rnd | Yarn | What to do | Sts\n1 | blue | 6 sc in magic ring | 6\n2 | {} | {} | {}"


def test_a_table_is_read_by_its_header():
    first, second = rows_of(TABLE.format("Zephyr 7", "inc x 6", "12 sc"))

    assert (first["label"], first["colour"], first["declared"]["stitches"]) == ("Rnd 1", "blue", 6)
    assert (second["verdict"], second["colour"], second["declared"]["counts"]) == ("ok", None, {"sc": 12})
    assert rows_of(TABLE.format("Fog", "inc x 6 (12)", "12"))[-1]["verdict"] == "ok"  # told twice


@pytest.mark.parametrize(
    "cells",
    [
        ("blue, 3 sc in next st", "inc x 6", "12"),
        ("blue", "inc x 6 wibble", "12"),
        ("blue", "inc x 6", "12 wibbles"),
        ("blue", "inc x 6", "12 | then 2 sc"),
        ("blue", "inc x 6", "dozen"),
        ("blue", "inc x 6 (12)", "13"),
        ("blue", "", "12 sc"),
    ],
)
def test_a_cell_that_was_not_understood_keeps_its_row_from_ok(cells):
    assert rows_of(TABLE.format(*cells))[-1]["verdict"] != "ok"


def test_a_count_in_a_table_binds_its_row():
    row = rows_of(TABLE.format("blue", "inc x 6", "13"))[-1]

    assert [one["id"] for one in row["findings"]] == ["declared-mismatch"]


def test_a_total_in_long_words_is_the_row_s_and_no_talk():
    told = "Round 1. 6 single crochets in a magic ring. {}\n\nRound 2. 1 single crochet in each stitch."

    for words in ("That's 7 single crochets.", "That makes 7 stitches in all."):
        assert rows_of(told.format(words))[0]["verdict"] == "error"
        assert rows_of(told.format(words.replace("7", "6")))[0]["verdict"] == "ok"


def test_a_repeat_is_done_as_often_as_a_sentence_behind_it_says():
    row = "Rnd 2: Now *sc in next st, 2 sc in next st*, and do that {} in all. (9)"

    verdicts = [
        rows_of(f"Rnd 1: 6 sc in magic ring. (6)\n{row.format(often)}")[-1]["verdict"]
        for often in ("3 times", "2 times")
    ]
    assert verdicts == ["ok", "error"]


def test_a_stitch_may_be_defined_in_a_sentence_and_worked_with_its_article():
    told = (
        "A shell is 5 dc in one stitch.\nCh 14.\nRow 1: Sc in 2nd ch from hook, *skip 2 ch, work a shell in next ch, "
    )
    row = f"{told}skip 2 ch, sc in next ch; rep from * across. {{}} shells."

    assert [one["counts"] for one in rows_of(row.format(2))] == [{"sc": 3, "dc": 10}]
    assert rows_of(row.format(2))[0]["verdict"] == "ok"
    assert rows_of(row.format(3))[0]["verdict"] == "error"


@pytest.mark.parametrize(
    ("told", "verdict"), [("【6 sc】", "ok"), ("〔7 sc〕", "error"), ("→ 6 (6 sc)", "ok"), ("~7 sc", "error")]
)
def test_a_total_may_stand_in_broad_brackets_or_behind_a_wave_or_an_arrow(told, verdict):
    assert [row["verdict"] for row in rows_of(f"Rnd 1: Magic ring, 6 sc in ring, join. {told}")] == [verdict]
