"""Rows worked one after another: the laws of the families, borders, and what the next row stands on."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crochet import work
from crochet.page import sheet
from crochet.working import lines
from tests.squares import Style, classic, solid
from tests.squares import sheet as sheet_of

GOOD = sorted((Path(__file__).parent / "patterns" / "good").glob("*.txt"))
STYLES = st.builds(
    Style, st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.just(False),
    st.sampled_from(["ch-2 sp", "corner sp", "corner"]),
)  # fmt: skip


def rows_of(report):
    return [row for piece in report["pieces"] for row in piece["rows"]]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_pattern_is_ok(path):
    report = work.check(path.read_text())

    assert report["verdict"] == "ok", [row["findings"] for row in rows_of(report) if row["verdict"] != "ok"]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), STYLES, st.sampled_from([4, 6]), st.sampled_from([0, 1]))
def test_a_classic_of_n_rounds_has_3_k_n_stitches(rounds, style, corners, chain):
    rows = classic(rounds, style, corners, chain)
    report = work.check("\n".join(rows), "uk" if style.uk else "us")

    assert report["verdict"] == "ok", [row["findings"] for row in rows_of(report)]
    last = rows_of(report)[-1]
    assert last["counts"] == {"dc": 3 * corners * rounds}
    assert last["corners"] == corners
    assert set(last["per_side"]) == {3 * rounds}
    if rounds > 1 and chain == 1:
        assert last["spaces"] == {"1": corners * (rounds - 1), "2": corners}


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 12), STYLES)
def test_a_solid_square_of_n_rounds_has_16n_minus_4_stitches(rounds, style):
    report = work.check("\n".join(solid(rounds, style)), "uk" if style.uk else "us")

    assert report["verdict"] == "ok", [row["findings"] for row in rows_of(report)]
    assert rows_of(report)[-1]["counts"] == {"dc": 16 * rounds - 4}


@pytest.mark.parametrize(("rounds", "rows", "columns"), [(1, 2, 2), (4, 8, 10), (2, 1, 5), (6, 3, 1), (3, 1, 1)])
def test_a_border_around_the_joined_squares_has_its_law(rounds, rows, columns):
    state = work.begin("us", (rows, columns))
    for line in ["Piece: Square", *classic(rounds), "Joining (A): Whip stitch through the back loops."]:
        state, _ = work.step(state, line)
    spaces = "each st and ch-1 sp" if rounds > 1 else "each st"
    joints = ", 2 sc in each joint" if rows * columns > 1 else ""
    _, border = work.step(state, f"Border Rnd 1 (A): Sc in {spaces} around{joints}, 3 sc in each corner sp, join.")

    assert border.verdict == "ok", border.findings
    expected = 2 * (rows + columns) * (4 * rounds + 1) + 4 if rows * columns > 1 else 16 * rounds + 8
    assert border.row()["counts"] == {"sc": expected}
    assert border.key == "p3/r1"


def test_a_second_border_round_goes_around_the_corners_of_the_first():
    state = work.begin("us", (1, 1))
    for line in [*solid(3), "Border Rnd 1 (A): Sc in each st around, 3 sc in each corner sp, join."]:
        state, first = work.step(state, line)
    _, second = work.step(
        state, "Border Rnd 2 (A): Ch 1, sc in each st around, 3 sc in center st of each corner, join."
    )

    assert second.verdict == "ok", second.findings
    assert second.row()["stitches"] == first.row()["stitches"] + 8
    assert second.row()["corners"] == 4


def test_joints_need_squares_that_are_joined():
    state = work.begin("us", (1, 1))
    for line in classic(2):
        state, _ = work.step(state, line)
    _, border = work.step(state, "Border Rnd 1: Sc in each st and ch-1 sp around, 2 sc in each joint, join.")

    assert border.verdict == "error"
    assert border.findings[0].id == "no-such-space"


def test_squares_joined_without_a_layout_have_no_outline():
    state = work.begin("us")
    for line in [*classic(2), "Joining: Whip stitch through the back loops."]:
        state, _ = work.step(state, line)
    _, border = work.step(state, "Border Rnd 1: Sc in each st and ch-1 sp around, 3 sc in each corner sp, join.")

    assert border.verdict == "unchecked"
    assert border.findings[0].id == "layout-unknown"


def test_step_by_step_is_the_same_as_the_whole_text():
    text = sheet_of(
        [*classic(3)[:1], classic(3)[1].replace("ch 2, 3 dc) in next", "ch 3, 3 dc) in next"), classic(3)[2]],
        "3 rows of 4, one kind",
        after=(
            "Joining (A): Whip stitch through the back loops.",
            "Border Rnd 1 (A): Sc in each st and ch-1 sp around, 2 sc in each joint, 3 sc in each corner sp, join.",
        ),
    )
    whole = rows_of(work.check(text))
    head, _ = sheet.heading(text.split("\n"))
    state = work.begin(head.terms, (head.layout.rows, head.layout.columns))
    singly, at = [], 0
    for line in text.split("\n"):
        said = sheet.read_line(line)
        if not isinstance(said, sheet.Head | sheet.End | sheet.Unknown):
            state, report = work.step(state, line)
            if not isinstance(said, sheet.PieceLine):
                singly.append(report.row(at))
        at += len(line) + 1

    assert singly == whole
    assert [row["verdict"] for row in whole] == ["ok", "error", "ok", "ok", "ok", "ok"]


def test_a_state_can_be_kept_and_another_line_tried():
    state, _ = work.step(work.begin(), classic(1)[0])
    work.step(state, classic(2)[1].replace("3 dc", "4 dc"))
    _, report = work.step(state, classic(2)[1])

    assert report.verdict == "ok"


def test_after_an_error_the_next_row_stands_on_the_row_put_right():
    rows = classic(3)
    rows[1] = rows[1].replace("rep from * 2 more", "rep from * 3 more")
    report = work.check("\n".join(rows))

    assert [row["verdict"] for row in rows_of(report)] == ["ok", "error", "ok"]
    assert rows_of(report)[2]["anchor"] == "fixed"


def test_after_an_unread_row_the_next_stands_on_what_it_declares():
    rows = classic(3)
    rows[1] = rows[1].replace("Join B", "Wibble B")
    report = work.check("\n".join(rows))

    assert [row["verdict"] for row in rows_of(report)] == ["ok", "unchecked", "ok"]
    assert rows_of(report)[2]["anchor"] == "declared"


def test_groups_may_be_what_stands_between_the_chains():
    row = "Rnd 2: Ch 3, dc in next 2 dc, ch 3, *dc in next 3 dc, ch 3; rep from * around, join. (8 groups)"
    [_, found] = rows_of(work.check(f"Rnd 1: Ch 3, 23 dc in magic ring, join. (24)\n{row}"))

    assert found["verdict"] == "ok"


def test_stitches_between_groups_may_lie_under_chains_in_a_row_too():
    row = "Row 2: Ch 3, dc in next 2 dc, ch 3, dc in last 3 dc. (6 dc, 1 ch-3 sp)"
    [_, found] = rows_of(work.check(f"Row 1: Ch 9, dc in 4th ch from hook and in each ch across, turn. (7 dc)\n{row}"))

    assert found["verdict"] == "ok"


def test_corners_may_be_told_where_one_of_them_is_none_by_its_place():
    strip = (
        "Rnd 1: Ch 8, 2 dc in 4th ch from hook, ch 1, sk 3 ch, (3 dc, ch 2, 3 dc, ch 2, 3 dc) in last ch; working on"
        " the other side of the chain, ch 1, sk 3 ch, (3 dc, ch 2, 3 dc, ch 2) in same ch as first dc group, sl st to"
        " top of ch-3. (18 dc, 4 ch-2 corners)"
    )
    [found] = rows_of(work.check(strip))

    assert (found["verdict"], found["counts"], found["spaces"]) == ("ok", {"dc": 18}, {"1": 2, "2": 4})


def test_groups_by_a_letter_of_ones_own_may_be_counted_with_an_apostrophe():
    text = (
        "V = (dc, ch 1, dc).\nRow 1: Ch 9, dc in 4th ch from hook and in each ch across, turn. (7 dc)\n"
        "Row 2: Ch 3, *sk next dc, V in next dc; rep from * 2 more times. (3 V's, 1 dc)"
    )

    assert [row["verdict"] for row in rows_of(work.check(text))] == ["ok", "ok"]


def test_without_a_declared_state_a_row_is_right_where_it_fits_what_was_read_of_the_row_below():
    rows = classic(3)
    rows[1] = rows[1].replace("Join B", "Wibble B").split(" (24")[0]
    report = work.check("\n".join(rows) + "\n\nPiece: Another\n" + "\n".join(classic(2)))

    assert [row["verdict"] for row in rows_of(report)] == ["ok", "unchecked", "ok", "ok", "ok"]


def test_a_row_that_does_not_fit_what_was_read_of_the_row_below_is_not_called_wrong():
    rows = classic(3)
    rows[1] = rows[1].replace("Join B", "Wibble B").replace("ch 2, 3 dc) in next", "wibble) in next").split(" (24")[0]
    report = work.check("\n".join(rows) + "\n\nPiece: Another\n" + "\n".join(classic(2)))

    assert [row["verdict"] for row in rows_of(report)] == ["ok", "unchecked", "unchecked", "ok", "ok"]
    assert rows_of(report)[2]["findings"][0]["id"] == "state-unknown"
    assert [piece["key"] for piece in report["pieces"]] == ["p1", "p2"]


def test_a_fix_is_applied_where_the_report_says_it_stands():
    text = sheet_of([classic(1)[0], classic(2)[1].replace("3 dc) in next", "2 dc) in next")])
    fix = next(row for row in rows_of(work.check(text)) if row["findings"])["findings"][0]["fixes"][0]

    assert work.apply(text, fix["edits"]) == sheet_of(classic(2))


def test_the_course_is_what_the_chart_draws():
    state, report = work.step(work.begin(), classic(1)[0])

    assert report.course is not None
    assert report.course.colour == "A"
    assert report.course.closed
    assert [stitch.chain for stitch in report.course.stitches] == [True] + [False] * 11
    _, second = work.step(state, classic(2)[1])
    assert {stitch.foot.place for stitch in second.course.stitches} == {"sp"}


@pytest.mark.parametrize("layout", ["59 rows of 64, lovely", "a few rows"])
def test_a_layout_that_is_not_read_is_not_taken_for_one_piece(layout):
    border = "Border Rnd 1 (A): Sc in each st and ch-1 sp around, 2 sc in each joint, 3 sc in each corner sp, join."
    text = sheet_of(classic(2), layout, after=("Joining (A): Whip stitch through the back loops.", border))
    rows = rows_of(work.check(text))

    assert [row["verdict"] for row in rows] == ["ok", "ok", "ok", "unchecked", "ok"]
    assert rows[3]["findings"][0]["id"] == "layout-unknown"


@pytest.mark.parametrize(
    "row",
    [
        "*dc in next st, ch 1, dc in next st; rep from * around, join (5 dc)",
        "*dc in next st, ch 1, [dc in next st, ch 1] 3 times; rep from * to last 7 sts, join (5 dc)",
    ],
)
def test_a_wide_wrong_row_ends(row):
    state, _ = work.step(work.begin(), "Rnd 1: Magic ring, 9000 dc in ring. (9000 dc)")
    began = time.monotonic()
    _, report = work.step(state, f"Rnd 2: Ch 3, {row}")

    assert report.verdict == "error"
    assert time.monotonic() - began < 30  # a hang guard


def test_a_text_of_endless_work_is_not_worked_to_its_end(monkeypatch):
    monkeypatch.setattr(lines, "MOST_WORK", 5_000)
    pattern = ["Rnd 1: Magic ring, 500 sc in ring. (500 sc)"]
    pattern += [f"Rnd {n}: Sc in each st around. (500 sc)" for n in range(2, 60)]
    rows = work.check("\n".join(pattern), "us")["pieces"][0]["rows"]

    assert [row["verdict"] for row in rows[:3]] == ["ok"] * 3
    assert [finding["id"] for finding in rows[-1]["findings"]] == ["too-large"]


def test_after_many_tries_at_mending_no_more_are_made(monkeypatch):
    monkeypatch.setattr(lines, "MOST_MENDING", 100)
    wrong = "Rnd 1: Magic ring, 6 sc in ring. (7 sc)\n"
    pieces = work.check(wrong * 9, "us")["pieces"]

    assert [bool(piece["rows"][0]["findings"][0]["fixes"]) for piece in pieces] == [True] + [False] * 8


@pytest.mark.parametrize(
    "first",
    [
        "Rnd 1: Wibble six times into the loop. (12 sc)",
        "Rnd 1: 12 sc in magic ring, wibble, join. (12 sc)",
        "Rnd 1: Wibble six times into the loop. (12)",
    ],
)
def test_a_round_that_is_not_understood_hands_on_what_it_declares(first):
    report = work.check(f"{first}\nRnd 2: 2 sc in each st around. (24 sc)\nRnd 3: Sc in each st around. (24 sc)", "us")

    assert [(row["verdict"], row["anchor"]) for row in report["pieces"][0]["rows"]] == [
        ("unchecked", "computed"),
        ("ok", "declared"),
        ("ok", "computed"),
    ]


def test_a_round_with_unread_words_that_makes_what_it_says_keeps_its_spaces():
    text = (
        "Rnd 1: Magic ring, ch 3 (counts as dc), 2 dc in ring, ch 2, [3 dc in ring, ch 2] 3 times, "
        "wibble, join. (12 dc)\n"
        "Rnd 2: Sl st in next 2 dc and in next ch-2 sp, ch 3 (counts as dc), (2 dc, ch 2, 3 dc) in same sp, "
        "*(3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * 2 more times, join. (24 dc)"
    )

    assert [row["verdict"] for row in work.check(text, "us")["pieces"][0]["rows"]] == ["unchecked", "ok"]


def test_what_does_not_fit_a_row_known_by_its_count_only_is_not_called_wrong():
    text = "Rnd 1: Wibble six times into the loop. (12 sc)\nRnd 2: 2 dc in each ch-2 sp around. (24 dc)"

    assert [row["verdict"] for row in work.check(text, "us")["pieces"][0]["rows"]] == ["unchecked", "unchecked"]


@pytest.mark.parametrize(
    ("round_3", "verdict"),
    [
        ("Ch 1, sc evenly around, join. (12 sc)", "ok"),
        ("Ch 1, work 18 sc evenly around, join. (18 sc)", "ok"),
        ("Ch 1, sc evenly around, working 2 dc in next ch-3 sp, join.", "unchecked"),
    ],
)
def test_what_is_spread_evenly_is_right_where_it_is_told_how_many(round_3, verdict):
    report = work.check(f"Rnd 1: 12 sc in magic ring, join. (12 sc)\nRnd 2: {round_3}", "us")
    row = report["pieces"][0]["rows"][1]

    assert row["verdict"] == verdict
    assert verdict == "ok" or [one["id"] for one in row["findings"]] == ["layout-unknown"]


@pytest.mark.parametrize("round_2", ["sc evenly around", "sc evenly around entire edge, having 3 sc in each corner"])
def test_how_many_is_left_to_the_maker_is_told_and_no_number_is_made_up(round_2):
    rows = rows_of(work.check(f"Rnd 1: 12 sc in magic ring, join. (12 sc)\nRnd 2: Ch 1, {round_2}, join.", "us"))

    assert [one["id"] for one in rows[1]["findings"]] == ["left-to-maker"]
    assert (rows[1]["verdict"], rows[1]["counts"], rows[1]["stitches"]) == ("ok", None, None)


@pytest.mark.parametrize(
    ("rounds", "verdicts"),
    [
        (["Ch 1, sc in each sc around, join."], ["ok"]),
        (["Ch 1, (sc in next 4 sc, sc2tog) around, join. (65 sc)", "Ch 1, sc in each sc. (65 sc)"], ["ok", "ok"]),
        (["Ch 1, (sc in next 4 sc, sc2tog) around, join. (65 sc)", "Ch 1, sc in each sc. (66 sc)"], ["ok", "error"]),
        (["Ch 1, sc in each ch-2 sp around, join."], ["unchecked"]),
    ],
)
def test_what_stands_on_an_edge_of_any_number_is_right_on_some_number_and_then_held_to_it(rounds, verdicts):
    text = "\n".join(f"Rnd {i}: {one}" for i, one in enumerate(["Ch 1, sc evenly around neck edge, join.", *rounds], 1))

    assert [row["verdict"] for row in rows_of(work.check(text, "us"))] == ["ok", *verdicts]


def test_a_gap_between_two_stitches_is_a_place():
    text = (
        "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)\n"
        "Rnd 2: Join B in sp between any 2 dc, ch 3 (counts as dc), dc in same sp, "
        "*2 dc in sp between next 2 dc; rep from * around, join. (24 dc)"
    )

    assert work.check(text, "us")["verdict"] == "ok"


@pytest.mark.parametrize(
    "rounds",
    [
        ["Ch 4, join to form ring, ch 3 (counts as dc), 9 dc in ring, join. (10 dc)",
         "Ch 3 (counts as dc), dc in same space, 2 dc in each dc around, join. (20 dc)"],
        ["6 sc in magic ring. (6 sc)", "Sc blo. (6)"],
        ["Ch 4, join to form ring, ch 1, 8 sc in loop, join. (8 sc)"],
    ],
)  # fmt: skip
def test_rounds_told_shortly_are_right(rounds):
    report = work.check("\n".join(f"Rnd {n}: {row}" for n, row in enumerate(rounds, 1)), "us")

    assert report["verdict"] == "ok"


def test_a_group_with_no_place_after_the_last_of_a_row_ends_in_a_finding():
    rows = [
        "Ch 22.",
        "Row 1: Sc in 2nd ch from hook and across. (21 sc)",
        "Row 2: Ch 1, turn, sc, shell, (6 ch, sc in sp)",
    ]
    text = "\n".join(rows)

    assert work.check(text, "us")["pieces"][0]["rows"][1]["verdict"] != "ok"


def test_a_word_not_understood_among_squares_of_filet_is_not_passed_over():
    first = "Row 1: Ch 33, dc in 4th ch from hook and in each ch across, turn. (10 bls)"
    rows = first + "\nRow 2: Ch 3, 4 sps, {}2 bls, 4 sps, turn."

    assert [row["verdict"] for row in rows_of(work.check(rows.format("")))] == ["ok", "ok"]
    assert [row["verdict"] for row in rows_of(work.check(rows.format("wibble ")))] == ["ok", "unchecked"]
