"""Shapes: V-sts, shells and picots are made by their names, and later rows find them."""

import pytest

from crochet import work
from crochet.grammar.notation import parse
from crochet.grammar.pattern import Aside, Group

RING = "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"
VS = "Rnd 2: Beg V-st in same st, *sk next dc, V-st in next dc; rep from * around, join. (6 V-sts)"
SHELLS = (
    "Rnd 2: Ch 1, sc in first st, *sk next dc, 5-dc shell in next dc, sk next dc, sc in next dc; rep from * around, "
    "sk next dc, 5-dc shell in next dc, sk next dc, join. (3 shells)"
)


def rows(*lines):
    return [row for piece in work.check("\n".join(lines), "us")["pieces"] for row in piece["rows"]]


def last(*lines):
    return rows(*lines)[-1]


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("V-st in next st", {"dc": 2}),
        ("v st in next st", {"dc": 2}),
        ("V-stitch in next dc", {"dc": 2}),
        ("shell in next dc", {"dc": 5}),
        ("7-dc shell in next dc", {"dc": 7}),
        ("5-tr fan in next dc", {"tr": 5}),
        ("6-dc group in next dc", {"dc": 6}),
        ("(V-st, ch 2, V-st) in next dc", {"dc": 4}),
        ("2 V-sts in next dc", {"dc": 4}),
        ("half shell in next dc", {"dc": 3}),
        ("(dc, ch 3, dc) in next dc (V-st made)", {"dc": 2}),
    ],
)
def test_a_shape_is_worked_by_its_name(words, counts):
    got = last(RING, f"Rnd 2: *{words}, sk next dc; rep from * around, join.")
    assert (got["verdict"], got["counts"]) == ("ok", {kind: 6 * n for kind, n in counts.items()}), got["findings"]


@pytest.mark.parametrize(
    "words",
    [
        "Sl st in next ch-1 sp, beg V-st in same sp, *V-st in next V-st; rep from * around, join. (6 V-sts)",
        "Sl st in next ch-1 sp, beg V-st in same sp, V-st in each V-st around, join. (12 dc, 6 ch-1 sps)",
        "Sl st in next ch-1 sp, ch 3, 4 dc in same sp, shell in ch-1 sp of each V-st around, join. (6 shells)",
        "Sl st in next ch-1 sp, ch 3, 4 dc in same sp, *shell in ch-1 sp of next V-st; rep from * around, join.",
        "*Sc in ch-1 sp of next V-st, ch 3; rep from * around, join. (6 sc, 6 ch-3 sps)",
        "*Sc between next 2 V-sts, ch 3; rep from * around, join. (6 sc, 6 ch-3 sps)",
        "*Sc in next sp between V-sts, ch 3; rep from * around, join. (6 sc, 6 ch-3 sps)",
        "*Sc in next dc, sc in next ch-1 sp, sc in next dc; rep from * around, join. (18 sc)",
        "*3 sc in next V-st, ch 1, sk next V-st; rep from * around, join. (9 sc)",
    ],
)
def test_a_row_finds_the_v_stitches_below(words):
    assert last(RING, VS, f"Rnd 3: {words}")["verdict"] == "ok", last(RING, VS, f"Rnd 3: {words}")["findings"]


@pytest.mark.parametrize(
    "words",
    [
        "*5-dc shell in next sc, sc in center dc of next shell; rep from * around, join. (3 shells)",
        "*5-dc shell in next sc, sc in 3rd dc of next shell; rep from * around, join. (3 sc, 15 dc)",
        "*Ch 3, sc in next sc, ch 3, sc in center dc of next 5-dc shell; rep from * around, join. (6 ch-3 sps)",
        "*Sc in next sc, sk next 2 dc, 5-dc shell in next dc, sk next 2 dc; rep from * around, join.",
        "*Sc in next sc, ch 5, sk next shell; rep from * around, join. (3 sc, 3 ch-5 sps)",
        "*Sc in next sc, shell in next shell; rep from * around, join. (3 shells)",
        "*Sc in next sc, sc in first dc of next shell, ch 3, sc in last dc of same shell; rep from * around, join.",
    ],
)
def test_a_row_finds_the_shells_below(words):
    lines = (RING, SHELLS, f"Rnd 3: Ch 1, {words}")
    assert last(*lines)["verdict"] == "ok", last(*lines)["findings"]


def test_groups_written_out_are_found_by_the_name_they_look_like():
    spread = "Rnd 2: Ch 4, dc in same st, *sk next dc, (dc, ch 1, dc) in next dc; rep from * around, join."
    assert last(RING, spread, "Rnd 3: *3 sc in next V-st; rep from * around, join. (18 sc)")["verdict"] == "ok"


@pytest.mark.parametrize(
    "words",
    [
        "picot",
        "ch-3 picot",
        "picot-3",
        "ch 3, sl st in 3rd ch from hook",
        "ch 3, sl st in first ch",
        "ch 3, sl st in first ch of ch-3",
        "ch 3, sl st in top of last sc",
        "ch 4, sl st in sc just made",
        "ch 3, ss into the last dc made",
    ],
)
def test_a_picot_makes_no_stitch_and_leaves_no_space(words):
    got = last(RING, f"Rnd 2: Ch 1, *sc in next 2 dc, {words}; rep from * around, join. (12 sc, 6 picots)")
    assert (got["verdict"], got["spaces"]) == ("ok", {}), got["findings"]


def test_a_chain_closed_at_the_start_is_the_ring_and_no_picot():
    assert last("Rnd 1: Ch 4, sl st in first ch. Ch 1, 8 sc in ring, join. (8 sc)")["verdict"] == "ok"


def test_a_later_row_works_into_the_picots():
    picots = "Rnd 2: Ch 1, *sc in next 2 dc, picot; rep from * around, join."
    assert last(RING, picots, "Rnd 3: *Sc in next picot, ch 3; rep from * around, join. (6 ch-3 sps)")["counts"] == {
        "sc": 6
    }


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("Sl st in next ch-1 sp, beg V-st in same sp, 4 V-sts in next V-st, join.", "unworked-space"),
        ("*V-st in next V-st; rep from * 5 more times, join. (5 V-sts)", "declared-mismatch"),
        ("*V-st in next V-st; rep from * 6 more times, join.", "overrun"),
        ("*V-st in next V-st; rep from * 4 more times, join. (5 V-sts)", "unworked-space"),
        ("*Sc in ch-2 sp of next V-st; rep from * around, join.", "no-such-space"),
        ("*Sc in center dc of next shell; rep from * around, join.", "no-such-space"),
        ("*Wobble in next V-st; rep from * around, join.", "not-understood"),
        ("*3 dc in next fan; rep from * around, join.", "no-such-space"),
    ],
)
def test_a_slip_with_shapes_is_found(words, finding):
    assert finding in [one["id"] for one in last(RING, VS, f"Rnd 3: {words}")["findings"]]


def test_the_tree_says_the_name():
    tree = parse("V-st in next st, picot, (2 dc, ch 2, 2 dc) in next sp (shell made)")
    assert [type(one) for one in tree.items] == [Group, Aside, Group]
    assert [one.name for one in tree.items if isinstance(one, Group)] == ["v-st", "shell"]
