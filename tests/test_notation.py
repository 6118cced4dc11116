"""Notation: what people write is read, the same in every style; what is not read is said, and nothing is raised."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crochet import work
from crochet.grammar.notation import parse
from crochet.grammar.pattern import Chain, Group, Join, Make, Repeat, Ring, Rules, Unread
from crochet.page import labels
from tests.squares import classic

RING = (
    "Rnd 1: Ch 4, join to form ring. Ch 3, 2 dc in ring, ch 2, "
    "*3 dc in ring, ch 2; rep from * 2 more times, join. (12 dc)"
)
SECOND = (
    "Rnd 2: Join B in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same sp, ch 1, "
    "*(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more times, join. (24 dc)"
)
SOLID = (
    "Rnd 2: Join B in any ch-2 sp. Ch 3, (dc, ch 2, 2 dc) in same sp, "
    "*dc in next 3 dc, (2 dc, ch 2, 2 dc) in next ch-2 sp; rep from * 2 more times, dc in next 3 dc, join. (28 dc)"
)


def verdict(*lines):
    return work.check("\n".join(lines), "us")["verdict"]


def counts(*lines):
    return work.check("\n".join(lines), "us")["pieces"][-1]["rows"][-1]["counts"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ch 4, join to form ring", "Make a magic ring"),
        ("Ch 4, join to form ring", "Ch 5, sl st in first ch to form a ring"),
        ("Ch 4, join to form ring", "Ch 4, join with sl st to form ring"),
        ("Ch 3,", "Ch 3 (counts as first dc),"),
        ("Ch 3,", "Ch3,"),
        ("ch 2, *3 dc in ring, ch 2; rep from * 2 more times", "[ch 2, 3 dc in ring] 3 times, ch 2"),
        ("ch 2, *3 dc in ring, ch 2; rep from * 2 more times", "(ch 2, 3 dc in ring) x 3, ch 2"),
        ("*3 dc in ring, ch 2; rep from * 2 more times", "*3 dc in ring, ch 2*, 3 times"),
        ("rep from * 2 more times", "repeat from * twice more"),
        ("rep from * 2 more times", "rep from * two more times"),
        (", join.", ", join with sl st in top of ch 3."),
        (", join.", ", sl st in 3rd ch of ch 3 to join. Fasten off."),
        (", join. (12 dc)", ", join — 12 dc"),
        (", join. (12 dc)", ", join. = 12 dc, 4 ch-2 sps"),
        (", join. (12 dc)", ", join. [4 groups of 3 dc, 4 corners]"),
        (", join. (12 dc)", ", join. (3 dc per side)"),
        ("dc", "double crochet"),
        ("dc", "DC"),
        ("-", "–"),
        (" ", "\u00a0"),
    ],
)
def test_a_first_round_is_read_however_it_is_written(old, new):
    assert old in RING or old == "-"
    line = RING[:7] + RING[7:].replace(old, new)
    assert verdict(line) == "ok", line
    assert counts(line) == {"dc": 12}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Join B in any ch-2 sp. Ch 3, (", "Join B with a standing dc in any corner sp, ("),
        ("Join B in any ch-2 sp.", "Attach B with sl st in any corner."),
        ("Join B in any ch-2 sp.", "Sl st in next 2 dc, sl st in next ch-2 sp."),
        ("Join B in any ch-2 sp.", "Sl st in each of next 2 dc and in next ch-2 sp."),
        ("Join B in any ch-2 sp.", "Sl st to next corner."),
        ("rep from * 2 more times", "rep from * around"),
        ("ch-2 sp", "2-ch sp"),
        ("next ch-2 sp", "next corner"),
        (
            "ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more times",
            "*ch 1, (3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * around",
        ),
        (
            "(2 dc, ch 2, 3 dc) in same sp, ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more times",
            "2 dc in same sp, ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more times, "
            "3 dc in first ch-2 sp, ch 2",
        ),
        ("Join B in any ch-2 sp. Ch 3, (2 dc", "Join B in any ch-2 sp. (Ch 3, 2 dc"),
        (
            "Join B in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same sp",
            "With B, (ch 3, 2 dc, ch 2, 3 dc) in any ch-2 sp",
        ),
        ("Ch 3, (2 dc, ch 2, 3 dc) in same sp", "Ch 3, 2 dc, ch 2, 3 dc in same sp"),
        ("*(3 dc, ch 2, 3 dc) in next", "*3 dc, ch 2, 3 dc in next"),
        ("(2 dc, ch 2, 3 dc) in same sp", "2 dc in same sp, ch 2, 3 dc in same sp"),
        ("Join B in any ch-2 sp.", "Sl st in next 2 dc and in ch-2 sp."),
        ("(2 dc, ch 2, 3 dc) in same sp", "in same sp work (2 dc, ch 2, 3 dc)"),
        ("*(3 dc, ch 2, 3 dc) in next ch-2 sp,", "*in next ch-2 sp work 3 dc, ch 2, 3 dc,"),
        (
            "ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more times",
            "*ch 1, (3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * around, ending with ch 1",
        ),
        (", ch 1; rep from * 2 more times", ", ch 1*, rep from * to * 2 more times"),
        ("join.", "join, break yarn."),
        ("join.", "sl st in 3rd ch of beg ch-3. Cut yarn and fasten off."),
        (
            "Ch 3, (2 dc, ch 2, 3 dc) in same sp, ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; "
            "rep from * 2 more times",
            "Ch 5, 3 dc in same sp, ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more times, "
            "2 dc in same sp as beg ch-5",
        ),
    ],
)
def test_a_second_round_is_read_however_it_is_written(old, new):
    assert old in SECOND
    line = SECOND.replace(old, new)
    assert verdict(RING, line) == "ok", work.check(RING + "\n" + line)["pieces"][0]["rows"][1]["findings"]
    assert counts(RING, line) == {"dc": 24}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dc in next 3 dc", "dc in each of next 3 dc"),
        ("dc in next 3 dc", "dc in next 3 sts"),
        ("*dc in next 3 dc, (", "*dc in each st to next corner, ("),
        ("dc in next 3 dc, join", "dc in each st to end, join"),
        ("dc in next 3 dc, join", "dc in each rem st, join"),
        ("dc in next 3 dc, join", "3 dc, join"),
    ],
)
def test_a_solid_round_is_read_however_it_is_written(old, new):
    line = SOLID.replace(old, new)
    assert line != SOLID
    assert verdict(RING, line) == "ok", line
    assert counts(RING, line) == {"dc": 28}


THIRD = "Rnd 3: Join A in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same sp, *ch 1, 3 dc in next ch-1 sp, ch 1"


@pytest.mark.parametrize(
    "end",
    [
        "**, (3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * around, ending last rep at **, join.",
        ", **(3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * 3 more times, end at ** on last rep, join.",
        "** (3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * to ** 3 more times, join.",
        ", (3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * around, join.",
    ],
)
def test_two_stars_end_the_last_pass(end):
    assert verdict(RING, SECOND, THIRD + end) == "ok"
    assert counts(RING, SECOND, THIRD + end) == {"dc": 36}


def test_two_stars_that_nothing_speaks_of_are_an_error():
    end = "**, (3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * 3 more times, join."
    rows = work.check("\n".join([RING, SECOND, THIRD + end]), "us")["pieces"][0]["rows"]

    assert [one["id"] for one in rows[2]["findings"]] == ["dangling-marker"]


BARE = (
    "Join B in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same sp, *(3 dc, ch 2, 3 dc) in next ch-2 sp; rep from * 2 more"
)


@pytest.mark.parametrize("gap", ["in next gap", "between next 2 groups", "in next sp between groups", "between groups"])
def test_the_gap_between_groups_has_names(gap):
    second = f"Rnd 2: {BARE} times, join."
    third = second.replace("Rnd 2", "Rnd 3").replace(" in same sp,", f" in same sp, 3 dc {gap},")
    third = third.replace("; rep", f", 3 dc {gap}; rep")

    assert verdict(RING, second, third) == "ok"
    assert counts(RING, second, third) == {"dc": 36}


@pytest.mark.parametrize(
    "row",
    [
        "Ch 1, sc in same st as join, sc in each st around, join. (12 sc)",
        "Ch 1, sc in same st, sc in next 11 sts, join. (12 sc)",
        "inc 12 (24)",
        "*sc 1, inc 1* 6 times (18)",
        "Ch 3, dc in same st as joining, 2 dc in each st around, join. (24 dc)",
    ],
)
def test_a_round_without_corners_is_read_however_it_is_written(row):
    assert verdict("Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join.", f"Rnd 2: {row}") == "ok"


@pytest.mark.parametrize("where", ["last corner", "same ch-2 sp", "first corner sp"])
def test_a_way_to_the_start_that_cannot_be_gone_is_not_read_as_another(where):
    assert verdict(RING, SECOND.replace("Join B in any ch-2 sp.", f"Sl st in next 2 dc and in {where}.")) == "unchecked"


def test_a_list_without_brackets_is_not_taken_for_one_where_only_single_stitches_fit():
    line = "Rnd 2: Join B in any ch-2 sp. Ch 3, dc in same sp, 3 dc, 2 dc in next sp, [3 dc, 2 dc in next sp] 2 times, "
    assert verdict(RING, line + "3 dc, join. (20 dc)") == "ok"


def test_a_start_chain_taller_than_its_stitch_is_the_stitch_and_a_space():
    line = (
        "Rnd 2: Ch 4, *dc in next st, ch 1; rep from * around, join with sl st in 3rd ch of ch 4. (12 dc, 12 ch-1 sps)"
    )
    assert verdict("Rnd 1: Make a magic ring, ch 3, 11 dc in ring, join. (12 dc)", line) == "ok"


def test_what_is_read_is_a_tree():
    line = (
        "Rnd 2: Join B in any ch-2 sp. Ch 3, (dc, ch 2, 2 dc) in same sp, "
        "[dc in next 3 sts] twice, wibble, join. (9 dc)"
    )
    row = parse(line, labels.label(line).body)

    assert [type(item) for item in row.items] == [Join, Chain, Group, Repeat, Unread, Join]
    assert [type(item) for item in parse("Magic ring, 6 sc in ring").items] == [Ring, Make]
    rules = parse("sc in each st around, 2 sc in each joint, (sc, ch 2, sc) in each corner sp, join").items[0]
    assert isinstance(rules, Rules)
    assert len(rules.rules) == 3
    assert row.declared.counts == (("dc", 9),)


def test_every_item_knows_where_it_stands():
    line = "Rnd 1: ch\u00a03, 2 dc in ring × 2, wibble wobble, join."
    unread = [item for item in parse(line, 7).items if isinstance(item, Unread)]

    assert line[slice(*unread[-1].span)] == "wibble wobble"


def test_a_row_runs_on_to_the_next_label():
    broken = RING.replace(", ch 2, *", ",\n  ch 2, *") + "\n" + SECOND.replace("; rep", ";\nrep")
    report = work.check(broken, "us")

    assert report["verdict"] == "ok"
    assert [row["label"] for row in report["pieces"][0]["rows"]] == ["Rnd 1", "Rnd 2"]
    a, b = report["pieces"][0]["rows"][1]["span"]
    assert broken[a:b].startswith("Rnd 2:")


def test_a_range_of_rounds_is_worked_round_by_round():
    rows = work.check("Rnd 1: 6 sc in magic ring. (6)\nRnds 2-4: sc in each st around (6 sc)")["pieces"][0]["rows"]

    assert [(row["number"], row["verdict"]) for row in rows] == [(1, "ok"), (2, "ok"), (3, "ok"), (4, "ok")]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_no_text_raises(junk):
    work.check(junk)
    work.check(f"Rnd 1: {junk}\nRnd 2 (A): {junk}")
    state, _ = work.step(work.begin(), classic(1)[0])
    work.step(state, f"Rnd 2 (B): {junk}")
    work.step(state, junk)


PIECES = st.lists(
    st.sampled_from(
        ["*", "**", "(", ")", "[", "]", ",", ".", ";", "rep from *", "2 times", "3 more times", "around", "dc", "ch 2",
         "3 dc", "in next", "in each", "ch-2 sp", "corner", "in same sp", "join", "sl st", "to", "st", "ring", "dec",
         "999999999", "sk 2 sts", "to last 2 sts", "until", "and", "turn", "inc", "x 4", "(12 dc)", "—", "first",
         "last", "any", "🧶", "\0", "ending with", "working", "in next sp work", "same st as join", "as beg ch-5",
         "with", "rep from * to * 2 more times", "ending last rep at **", "4th ch from hook", "in blo of", "magic ring",
         "between next 2 groups", "4 ch-2 corner sps", "(ch 3, 2 dc) in same sp"]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES, st.sampled_from(["us", "uk"]))
def test_no_row_made_of_the_crafts_own_words_raises(words, terms):
    state, _ = work.step(work.begin(terms), classic(1)[0])
    work.step(state, "Rnd 2: " + " ".join(words))
    work.step(work.begin(terms), "Rnd 1: Magic ring, " + " ".join(words))
    work.step(state, "Border Rnd 1: " + " ".join(words))


@pytest.mark.parametrize(
    "junk",
    [
        "*" * 100_000,
        "([" * 50_000,
        "9" * 100_000,
        "1 dc, " * 16_000,
        "🧶" * 100_000,
        "\0" * 100_000,
        "rep from * " * 9_000,
    ],
)
def test_a_hundred_kilobytes_of_junk_end(junk):
    began = time.monotonic()
    assert work.check("Rnd 1: " + junk)["verdict"] != "ok"
    assert work.check(junk)["verdict"] != "ok"
    assert time.monotonic() - began < 20  # a hang guard


@pytest.mark.parametrize(
    "row",
    [
        "Rnd 2: ch 999999999, join.",
        "Rnd 2: 999999999 dc in next ch-2 sp, join.",
        "Rnd 2: [[[[3 dc in next st] 900 times] 900 times] 900 times] 900 times, join.",
        "Rnd 2: [[[[[turn] 90 times] 90 times] 90 times] 90 times] 90 times, join.",
    ],
)
def test_what_is_too_large_is_not_worked(row):
    assert verdict(RING, row) in ("unchecked", "error")


def test_too_long_a_text_is_not_read():
    report = work.check("x" * 256_001)

    assert report["verdict"] == "unchecked"
    assert [one["id"] for one in report["findings"]] == ["too-large"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Wibble, make a magic ring", "unchecked"),
        ("5 dc in next st, make a magic ring", "unchecked"),
        ("Turn, make a magic ring", "unchecked"),
        ("With A, make a magic ring", "ok"),
        ("With A, ch 4, sl st in first ch to form ring", "ok"),
        ("(RS facing) ch 4, join", "ok"),
    ],
)
def test_words_before_the_ring_are_not_passed_over(words, expected):
    assert verdict(RING.replace("Ch 4, join to form ring", words)) == expected


def test_a_ring_has_no_place_on_a_finished_round():
    rows = work.check("\n".join([RING, SECOND, RING.replace("Rnd 1", "Rnd 3")]), "us")["pieces"][0]["rows"]

    assert [one["id"] for one in rows[2]["findings"]] == ["bad-target"]


@pytest.mark.parametrize("line", ["Ch 4, join with sl st to form a ring.", "Make a magic ring.", "With A, make an MR."])
def test_a_ring_may_be_made_on_a_line_of_its_own(line):
    report = work.check(f"{line}\n{RING.replace('Ch 4, join to form ring. ', '')}\n{SECOND}", "us")

    assert report["verdict"] == "ok", report
    assert report["summary"]["rows"] == 2


@pytest.mark.parametrize(
    ("row", "expected", "made"),
    [
        ("Ch 4, 11 dc in 4th ch from hook, join. (12 dc)", "ok", {"dc": 12}),
        ("Ch 2, 6 sc in 2nd ch from hook. (6 sc)", "ok", {"sc": 6}),
        ("Ch 4, (2 dc, ch 2, 3 dc, ch 2, 3 dc, ch 2, 3 dc, ch 2) in 4th ch from hook, join.", "ok", {"dc": 12}),
        ("Ch 3, 11 dc in 4th ch from hook, join. (12 dc)", "error", None),
        ("Ch 9, 11 dc in 4th ch from hook, join. (12 dc)", "unchecked", {"dc": 11}),
    ],
)
def test_a_round_may_begin_in_a_chain_from_the_hook(row, expected, made):
    assert verdict(f"Rnd 1: {row}") == expected
    assert counts(f"Rnd 1: {row}") == made


@pytest.mark.parametrize(
    "row",
    [
        "Ch 1, sc in blo of each st around, join. (12 sc)",
        "Ch 1, sc blo in each st around, join. (12 sc)",
        "Ch 1, sc in the back loop only of each st around, join. (12 sc)",
        "Ch 1, working in back loops only, sc in each st around, join. (12 sc)",
    ],
)
def test_loops_are_where_the_hook_goes_and_count_nothing(row):
    assert verdict("Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join.", f"Rnd 2: {row}") == "ok"


@pytest.mark.parametrize(("often", "findings"), [("2 more times", []), ("3 more times", ["repeat-ambiguous"])])
def test_more_times_after_a_bracket_is_read_by_what_fits(often, findings):
    row = SECOND.replace("*(3 dc", "[(3 dc").replace("; rep from * 2 more times", f"] {often}")
    report = work.check(f"{RING}\n{row}", "us")["pieces"][0]["rows"][1]

    assert report["verdict"] == "ok"
    assert [one["id"] for one in report["findings"]] == findings


@pytest.mark.parametrize("end", ["ending with", "work", "working", "ending with, join."])
def test_words_that_lead_on_to_nothing_are_not_understood(end):
    assert verdict(RING, SECOND.replace("join. (24 dc)", end)) == "unchecked"


def test_a_chain_closed_with_a_slip_stitch_is_a_ring():
    words = "Ch 3, 1 dc in ring, ch 1, [2 dc in ring, ch 1] repeat 5 times. Sl st in third ch. (12 dc, 6 ch-1 sps)"
    found = work.check(f"Rnd 1: Ch 5, close with sl st. {words}", "us")

    [row] = [row for piece in found["pieces"] for row in piece["rows"]]

    assert (row["verdict"], row["counts"], row["spaces"]) == ("ok", {"dc": 12}, {"1": 6})


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("Ch 3, turn, counts as first dc, dc in next st.", (("dc", 1),)),
        ("Chain 3 and turn, which is your first double crochet. Dc in next st.", (("dc", 1),)),
        ("Ch 1, turn, does not count as a st, sc in first st.", ()),
        ("Ch 1, turn, sc in first st.", None),
    ],
)
def test_what_a_chain_counts_as_may_be_told_behind_the_turn(said, counts):
    [chain, _, made] = parse(said).items

    assert isinstance(chain, Chain)
    assert chain.counts == counts
    assert isinstance(made, Make)
