"""Findings: what is wrong is told on the row that is wrong, once, with a change that mends it."""

import random
import re
from pathlib import Path

import pytest

from crochet import work
from tests.squares import Style, classic, sheet, solid

BROKEN = sorted((Path(__file__).parent / "patterns" / "broken").glob("*.txt"))


def rows_of(report):
    return [row for piece in report["pieces"] for row in piece["rows"]]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_pattern_is_told_on_its_row_with_its_fix(path):
    text = path.read_text()
    label, wanted = re.search(r"^# expect: (.*) (\S+)$", text, re.MULTILINE).groups()
    fix = re.search(r"^# fix: (.*)$", text, re.MULTILINE)[1]
    text = re.sub(r"^# (?:expect|fix): .*\n", "", text, flags=re.MULTILINE)
    terms = "auto" if "UK terms" in text else "us"
    wrong = [row for row in rows_of(work.check(text, terms)) if row["verdict"] == "error"]

    assert [row["label"] for row in wrong] == [label]
    errors = [one for one in wrong[0]["findings"] if one["severity"] == "error"]
    assert [one["id"] for one in errors] == [wanted]
    if fix:
        assert any(fix in work.apply(text, one["edits"]) for one in errors[0]["fixes"]), errors[0]["fixes"]
    else:
        assert errors[0]["fixes"] == []


def test_the_arithmetic_is_told_in_words():
    rows = classic(2)
    rows[1] = rows[1].replace("(24 dc", "(27 dc")

    assert "6 + 3 × 6 = 24 dc, not 27" in rows_of(work.check("\n".join(rows)))[1]["findings"][0]["message"]


def test_messages_speak_the_patterns_own_terms():
    rows = classic(2, Style(uk=True))
    rows[1] = rows[1].replace("(24 tr", "(25 tr")
    finding = rows_of(work.check("\n".join(rows), "uk"))[1]["findings"][0]

    assert "24 tr, not 25" in finding["message"]


def test_a_word_that_is_not_understood_is_never_ok():
    dice = random.Random(7)
    rows = [*classic(3), *solid(3)]
    for _ in range(150):
        words = dice.choice(rows).split(" ")
        at = dice.randrange(3, len(words))
        line = " ".join([*words[:at], "wibble", *words[at:]])
        before = classic(3) if line.startswith("Rnd 1") or "ch 1" in line else solid(3)
        text = "\n".join([*before[: int(line[4]) - 1], line])
        assert work.check(text, "us")["verdict"] != "ok", line


def test_any_one_number_changed_is_noticed_on_its_row_and_put_back():
    """Each number of a fully declared pattern, one or two more or less."""
    dice = random.Random(11)
    noticed = restored = 0
    for text in (
        sheet(classic(4)),
        sheet(classic(4, chain=0)),
        sheet(solid(4)),
        sheet(classic(3, Style(brackets=True))),
    ):
        good = rows_of(work.check(text))
        lines = text.split("\n")
        for i, line in enumerate(lines):
            if not line.startswith("Rnd"):
                continue
            for m in dice.sample(list(re.finditer(r"\d+", line)), 9):
                by = dice.choice((-2, -1, 1, 2))
                if m.start() < line.index(":") or int(m[0]) + by < 1:
                    continue
                wrong = line[: m.start()] + str(int(m[0]) + by) + line[m.end() :]
                changed = "\n".join([*lines[:i], wrong, *lines[i + 1 :]])
                rows = rows_of(work.check(changed))
                bad = [row for row in rows if row["verdict"] != "ok"]
                if not bad:
                    same = next(k for k, row in enumerate(rows) if row["text"] == wrong)
                    for what in ("counts", "spaces", "corners", "per_side"):
                        assert rows[same][what] == good[same][what], wrong
                    continue
                noticed += 1
                assert [row["text"] for row in bad] == [wrong]
                assert len([one for one in bad[0]["findings"] if one["severity"] == "error"]) == 1
                fixes = [fix for one in bad[0]["findings"] for fix in one["fixes"]]
                restored += any(work.apply(changed, fix["edits"]) == text for fix in fixes)

    assert noticed > 80
    assert restored / noticed >= 0.97


def test_a_dropped_cluster_and_a_swapped_space_are_noticed():
    good = classic(4)
    for old, new in [
        ("3 dc in next ch-1 sp, ch 1, ", ""),
        ("in next ch-1 sp", "in next ch-2 sp"),
        ("ch 2, 3 dc) in same", "ch 1, 3 dc) in same"),
        ("(3 dc, ch 2, 3 dc)", "(3 dc, 3 dc)"),
        ("(3 dc, ch 2, 3 dc)", "(3 dc, ch 2, 3 tr)"),
    ]:
        rows = [*good[:3], good[3].replace(old, new, 1)]
        report = work.check("\n".join(rows))
        assert [row["verdict"] for row in rows_of(report)] == ["ok", "ok", "ok", "error"], (old, new)


def test_rep_from_n_times_is_read_by_what_fits():
    more = classic(2)[1].replace("2 more times", "2 times")
    in_all = classic(2)[1].replace("2 more times", "3 times")

    for row in (more, in_all):
        assert work.check(f"{classic(1)[0]}\n{row}")["verdict"] == "ok", row


def test_spaces_that_are_passed_over_are_warned_of():
    state = work.begin("us", (1, 1))
    for line in classic(2):
        state, _ = work.step(state, line)
    _, border = work.step(state, "Border Rnd 1 (A): Sc in each st around, 3 sc in each corner sp, join.")

    assert border.verdict == "ok"
    assert [one.id for one in border.findings] == ["space-ignored"]


def test_a_starting_chain_is_not_read_as_no_stitch_to_make_a_wrong_count_right():
    rows = classic(2)
    rows[1] = rows[1].replace("Ch 3 (counts as dc)", "Ch 3").replace("*(3 dc", "*(4 dc").replace("(24 dc", "(26 dc")

    assert [row["verdict"] for row in rows_of(work.check("\n".join(rows)))] == ["ok", "error"]


def test_another_reading_of_the_starting_chain_is_warned_of():
    first = work.check("Rnd 1: Magic ring, ch 3, 12 dc in ring, join. (12 dc)", "us")["pieces"][0]["rows"][0]

    assert first["verdict"] == "ok"
    assert [one["id"] for one in first["findings"]] == ["start-chain-assumed"]


def test_once_a_starting_chain_counts_it_counts():
    text = "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)\n"
    text += "Rnd 2: Ch 3, 2 dc in each st around, join. (24 dc)"

    assert [row["verdict"] for row in rows_of(work.check(text, "us"))] == ["ok", "error"]


def test_one_space_in_a_whole_first_round_is_odd():
    row = work.check("Rnd 1: Magic ring, ch 3, 2 dc in ring, ch 2, 9 dc in ring, join. (12 dc)", "us")
    told = work.check("Rnd 1: Magic ring, ch 3, 2 dc in ring, ch 2, 9 dc in ring, join. (12 dc, 1 ch-2 sp)", "us")

    assert [one["id"] for one in rows_of(row)[0]["findings"]] == ["corner-differs"]
    assert told["verdict"] == "ok"


def test_words_not_read_in_a_repeat_are_told_once():
    row = classic(2)[1].replace("(3 dc, ch 2, 3 dc) in next", "wibble, (3 dc, ch 2, 3 dc) in next")

    assert [one["id"] for one in rows_of(work.check(f"{classic(1)[0]}\n{row}"))[1]["findings"]] == ["not-understood"]


def test_corner_spaces_may_be_told_apart_from_others_of_their_size():
    first = classic(1)[0]
    second = classic(2, chain=2)[1].partition("(24")[0]

    for told, expected in [
        ("(24 dc, 4 ch-2 corner sps, 4 ch-2 sps)", "ok"),
        ("(24 dc, 8 ch-2 sps)", "ok"),
        ("(24 dc, 4 ch-2 corner sps)", "ok"),
        ("(24 dc, 4 ch-3 corner sps)", "error"),
        ("(24 dc, 4 ch-2 corner sps, 6 ch-2 sps)", "error"),
        ("(24 dc, 4 ch-2 sps, 4 ch-2 sps)", "error"),
    ]:
        assert work.check(f"{first}\n{second}{told}")["verdict"] == expected, told


def test_a_count_of_the_right_corners_does_not_excuse_uneven_sides():
    row = classic(1)[0].replace("2 dc in ring", "4 dc in ring").replace("(12 dc", "(14 dc")

    assert [one["id"] for one in rows_of(work.check(row))[0]["findings"]] == ["corner-differs"]


@pytest.mark.parametrize(("old", "new"), [("sp, ch 1, *", "sp, ch 3, *"), ("(24 dc", "(28 dc")])
def test_rows_after_a_wrong_one_stand_on_what_it_was_to_be(old, new):
    rows = [row.replace(", 4 ch-2 sps, 4 ch-1 sps", ", 4 ch-2 sps") for row in classic(4)]
    rows[1] = rows[1].replace(old, new)

    assert [row["verdict"] for row in rows_of(work.check("\n".join(rows)))] == ["ok", "error", "ok", "ok"]


def test_two_totals_are_put_right():
    rows = classic(2)
    rows[1] = rows[1].replace("4 ch-1 sps", "4 ch-2 sps")
    fixes = rows_of(work.check("\n".join(rows)))[1]["findings"][0]["fixes"]

    assert [edit["new"] for fix in fixes for edit in fix["edits"]] == ["1"]


def test_a_change_that_needs_no_odd_reading_is_offered_first():
    rows = classic(2)
    rows[1] = rows[1].replace("(counts as dc), (2 dc, ch 2", ", (3 dc, ch 2")
    fixes = rows_of(work.check("\n".join(rows)))[1]["findings"][0]["fixes"]

    assert fixes[0]["says"] == "Write 2 instead of 3."


def test_a_round_begun_with_a_chain_and_not_joined_is_warned_of():
    row = rows_of(work.check("Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring. (12 dc)", "us"))[0]

    assert row["verdict"] == "ok"
    assert [one["id"] for one in row["findings"]] == ["join-target"]


def test_a_ring_and_a_chain_alone_are_no_round():
    assert work.check("Rnd 1: Magic ring, ch 2.", "us")["verdict"] == "unchecked"


def test_stitches_left_are_a_doubt_where_the_count_is_met_and_an_error_where_it_is_not():
    first = "Rnd 1: 6 sc in magic ring (6)\nRnd 2: inc x 6 (12)\n"
    for row, verdict in [
        ("Rnd 3: (sc, inc) x 5 (15)", "ok"),
        ("Rnd 3: (sc, inc) x 5 (18)", "error"),
        ("Rnd 3: *sc in next 4 sts, inc; rep from * around", "error"),
    ]:
        assert rows_of(work.check(first + row, "us"))[2]["verdict"] == verdict, row


def test_a_stitch_named_by_its_kind_is_looked_for_among_the_others():
    text = "Rnd 1: Magic ring, ch 1, *sc in ring, 3 dc in ring; rep from * 3 more times, join. (4 sc, 12 dc)\n"
    text += "Rnd 2: Ch 1, *sc in next sc, ch 5; rep from * around, join. (4 sc, 4 ch-5 sps)"

    assert work.check(text, "us")["verdict"] == "ok"


GROWS = "R1: 6 sc in magic ring (6)\nR2: inc x 6 (12)\nR3: (sc, inc) x 6 (24)"


@pytest.mark.parametrize(
    ("after", "mends"),
    [("R4: (2 sc, inc) x 6 (24)", ["(18)"]), ("R4: (3 sc, inc) x 6 (30)", []), ("R4: glorp (24)", ["(18)"])],
)
def test_a_change_that_the_next_row_does_not_fit_is_not_offered(after, mends):
    row = rows_of(work.check(f"{GROWS}\n{after}", "us"))[2]

    assert row["verdict"] == "error"
    assert [fix["edits"][0]["new"] for one in row["findings"] for fix in one["fixes"]] == [one[1:-1] for one in mends]


@pytest.mark.parametrize(("before", "behind"), [(4, 4), (3, 5)])
def test_of_two_changes_the_one_that_the_next_row_fits_comes_first(before, behind):
    text = f"""Ch 11.
Row 1: Sc in 2nd ch from hook and in next 9 ch, turn. (10 sc)
Row 2: Ch 1, sc in next 4 sc, ch 2, sk 2 sc, sc in next 5 sc, turn. (8 sc, 1 ch-2 sp)
Row 3: Ch 1, sc in next {behind} sc, 2 sc in next ch-2 sp, sc in next {before} sc, turn. (10 sc)"""
    rows = rows_of(work.check(text, "us"))
    first = rows[1]["findings"][0]["fixes"][0]

    assert [row["verdict"] for row in rows] == ["ok", "error", "ok"]
    assert f"sc in next {before} sc, ch 2, sk 2 sc, sc in next {behind} sc" in work.apply(text, first["edits"])


def test_a_chain_once_said_to_be_no_stitch_is_none_in_later_rounds():
    text = "R1: Magic ring, ch 2 (does not count as a st), 10 hdc in ring, join. (10 hdc)\n"
    row = rows_of(work.check(text + "R2: Ch 2, 2 hdc in each st around, join. (20 hdc)", "us"))[1]

    assert (row["verdict"], row["counts"], row["findings"]) == ("ok", {"hdc": 20}, [])


def test_a_wrong_count_leaves_the_next_row_every_way_to_read_the_one_that_has_it():
    text = "Ch 18.\nRow 1: Hdc in 3rd ch from hook and in each ch across, turn. (14 hdc)\nRow 2: Ch 1, sc in each hdc"
    found = [rows_of(work.check(f"{text} across. ({n} sc)", "us")) for n in (16, 17, 15)]

    assert [[row["verdict"] for row in rows] for rows in found] == [
        ["error", "ok"],
        ["error", "ok"],
        ["error", "error"],
    ]


def test_a_wrong_count_told_once_for_two_rounds_is_wrong_in_both_and_corrected():
    text = "Rnd 1: 6 sc in magic ring. (6)\nRnd 2: 2 sc in each st around. (12)\nRnds 3-4: Sc in each st around. (11)"
    [*_, third, fourth] = rows_of(work.check(text))

    assert [third["verdict"], fourth["verdict"]] == ["error", "error"]
    for row in (third, fourth):
        [fix] = row["findings"][0]["fixes"]
        assert work.apply(text, fix["edits"]) == text.replace("(11)", "(12)")
