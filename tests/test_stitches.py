"""Stitches: every name that people write is one stitch, in either terms, and counts as what it is."""

import pytest

from crochet import work
from crochet.craft import stitches
from crochet.grammar.names import stitch
from crochet.grammar.tokens import Reader, tokens

RING = "Rnd 1: Magic ring, ch 3 (counts as dc), 11 dc in ring, join. (12 dc)"
SC = "Rnd 1: 12 sc in magic ring, join. (12 sc)"
SPACES = "Rnd 1: Magic ring, *dc in ring, ch 2; rep from * 5 more times, join. (6 dc, 6 ch-2 sps)"


def read(words, terms="us"):
    text = Reader(words, tokens(words), terms)
    key = stitch(text)
    return key if text.skip(".") or text.done() else None


def row(*lines, terms="us"):
    return work.check("\n".join(lines), terms)["pieces"][-1]["rows"][-1]


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("sl st", ["sl st", "slst", "sl. st.", "slip stitch", "slip-stitch", "sl-st", "ss", "s.s.", "Sl sts"]),
        ("sc", ["sc", "SC", "s.c.", "scs", "single crochet", "single crochets", "single crochet stitches", "sc sts"]),
        ("hdc", ["hdc", "h.d.c.", "half double", "half-double crochet", "half dbl crochet", "hdcs"]),
        ("dc", ["dc", "d.c.", "DC", "dbl crochet", "double crochets", "double", "double crochet stitch"]),
        ("tr", ["tr", "trc", "treble", "treble crochet", "triple crochet", "trebles"]),
        ("dtr", ["dtr", "dbl tr", "double treble", "double treble crochet"]),
        ("trtr", ["trtr", "ttr", "triple treble", "trip tr"]),
        ("fpdc", ["FPdc", "fp dc", "front post dc", "front post double crochet", "dcfp", "fpdcs", "FP dc sts"]),
        ("bphdc", ["bphdc", "BP hdc", "back post half double crochet"]),
        ("fptr", ["fptr", "FPtrc", "front-post treble"]),
        ("exsc", ["exsc", "esc", "ex sc", "extended sc", "extended single crochet"]),
        ("rsc", ["rsc", "rev sc", "reverse sc", "reverse single crochet", "crab st", "crab stitch"]),
        ("fsc", ["fsc", "foundation sc", "foundation single crochet"]),
        ("spike sc", ["spike sc", "spike st", "spike stitch", "long sc"]),
        ("cl", ["cl", "CL", "cluster", "3-dc cluster", "3-dc cl", "3dc-cl", "3 dc cluster", "dc cluster", "4-tr cls"]),
        ("pc", ["pc", "PC", "popcorn", "popcorn st", "pop", "popcorns", "5-dc popcorn"]),
        ("puff", ["puff", "puff st", "puff stitches", "pf", "3-hdc puff", "puffs"]),
        ("bobble", ["bobble", "bo", "MB", "5-dc bobble", "bobble stitch"]),
    ],
)
def test_a_stitch_is_read_by_all_its_names(key, names):
    assert {name: read(name) for name in names} == dict.fromkeys(names, key)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("sc", ["dc", "d.c.", "double crochet"]),
        ("hdc", ["htr", "half treble", "half tr"]),
        ("dc", ["tr", "treble", "treble crochet"]),
        ("tr", ["dtr", "double treble"]),
        ("dtr", ["trtr", "ttr", "triple treble", "triple tr"]),
        ("trtr", ["qtr", "quad tr", "quadruple treble"]),
        ("fpdc", ["fptr", "rtrf", "raised front treble", "front post treble"]),
        ("bpdc", ["bptr", "rtrb", "RBtr"]),
        ("exsc", ["exdc", "extended dc"]),
        ("cl", ["cl", "3-tr cl", "3-dtr cluster"]),
        ("?sc", ["sc"]),
        ("?fpsc", ["fpsc"]),
    ],
)
def test_a_uk_name_is_the_us_stitch_one_lower(key, names):
    assert {name: read(name, "uk") for name in names} == dict.fromkeys(names, key)


@pytest.mark.parametrize("words", ["", "d", "wibble", "chain", "next", "3", "sp", "post", "front", "3-dc", "2 sc"])
def test_other_words_are_no_stitch(words):
    assert read(words) is None


@pytest.mark.parametrize(
    ("key", "plain", "uk"),
    [
        ("fpdc", "dc", "fptr"),
        ("dc3tog", "dc", "tr3tog"),
        ("exsc", "sc", "exdc"),
        ("bphdc2tog", "hdc", "bphtr2tog"),
        ("cl", "dc", "cl"),
        ("petal", "dc", "petal"),
        ("spike sc", "sc", "spike dc"),
        ("sl st", "sl st", "ss"),
    ],
)
def test_a_key_knows_its_plain_stitch_and_its_uk_name(key, plain, uk):
    assert stitches.base(key) == plain
    assert stitches.shown(key, "uk") == uk
    assert stitches.shown(key, "us") == key


@pytest.mark.parametrize(
    "words",
    [
        "FPdc around each st around, join.",
        "fpdc in each st around, join.",
        "*FPdc around next st, BPdc around next dc; rep from * around, join.",
        "*dc around the post of next dc, fpdc in next st; rep from * around, join. (12 dc)",
        "(dc around front post of next st, dc in next st) 6 times, join. (6 fpdc, 6 dc)",
        "dc in back loop only around, join. (12 dc)",
        "BLO: dc in each st around, join. (12 dc)",
        "dc tbl in each st around, join.",
        "dc through both loops of each st around, join.",
        "working in both loops, dc in each dc around, join.",
        "dc blo in each st around, join.",
        "in back loops only, dc in each st around, join.",
        "2 d.c. in each d.c. around, join. (24 d.c.)",
        "dc in next 12 dc sts, join. (12 dc sts)",
        "12 dc, join. (12 double crochets)",
        "esc in each st around, join. (12 esc)",
        "rev sc in each st around, join. (12 sc)",
        "crab st in each st around, join.",
        "dc around, join. (12 dc)",
    ],
)
def test_stitches_of_every_kind_are_worked(words):
    assert row(RING, f"Rnd 2: Ch 1, {words}")["verdict"] == "ok", row(RING, f"Rnd 2: Ch 1, {words}")["findings"]


@pytest.mark.parametrize(
    "words",
    [
        "sc2tog 6 times (6)",
        "sc 2 tog 6 times (6)",
        "6 sc2tog (6 sc)",
        "(sc2tog over next 2 sts) x 6 (6)",
        "[sc2tog over next 2 sc] around (6)",
        "dec 6 times (6)",
        "dec around (6 sc)",
        "6 dec (6)",
        "invdec x 6 (6)",
        "*inv dec; rep from * around (6)",
        "(2 sc tog) 6 times (6)",
        "(sc next 2 sts together) 6 times. (6)",
        "(dec over next 2 sts) 6 times (6)",
        "sc dec 6 times (6)",
        "scdec around (6)",
        "sc2tog twice, 4 dec (6)",
        "dec 5 times, dec in last 2 sts (6)",
        "(sc3tog) 4 times (4)",
        "(dc3tog over next 3 sts, ch 2) 4 times, join. (4 dc, 4 ch-2 sps)",
        "sc2tog in each st around (6)",
        "decrease 6 times (6)",
    ],
)
def test_a_decrease_takes_its_stitches_together(words):
    got = row(SC, f"Rnd 2: {words}")
    assert got["verdict"] == "ok", got["findings"]


@pytest.mark.parametrize(
    "words",
    [
        "inc 12 times (24)",
        "(inc) x 12 (24)",
        "inc in each st around (24 sc)",
        "12 inc (24)",
        "inc around (24)",
        "sc inc in each sc around (24)",
        "12 sc inc (24 sc)",
        "(inc in next st) 12 times (24)",
        "inc in next 12 sts (24)",
        "increase in each stitch around (24)",
        "dc inc around (24 dc)",
        "dcinc in next st, 11 dc inc (24 dc)",
    ],
)
def test_an_increase_is_two_in_one(words):
    got = row(SC, f"Rnd 2: {words}")
    assert got["verdict"] == "ok", got["findings"]


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("(3-dc cl in next ch-2 sp, ch 3) 6 times, join. (6 cl)", {"cl": 6}),
        ("Beg cl in first sp, ch 3, (cl in next sp, ch 3) 5 times, join. (6 clusters, 6 ch-3 sps)", {"cl": 6}),
        ("(puff st in next sp, ch 2) around, join. (6 puff sts)", {"puff": 6}),
        ("*PC in next ch-2 sp, ch 3; rep from * around, join. (6 popcorns)", {"pc": 6}),
        ("*5-dc bobble in next ch sp, ch 3; rep from * around, join. (6 bobbles)", {"bobble": 6}),
        ("*dc3tog in next ch-2 sp, ch 3; rep from * around, join. (6 cl)", {"dc3tog": 6}),
        ("*tr2tog over next 2 ch-2 sps, ch 5; rep from * around, join. (3 ch-5 sps)", {"tr2tog": 3}),
        (
            "ch 3, dc2tog in same sp (counts as first cl), ch 2, *cl in next sp, ch 2; rep from * around. (6 cl)",
            {"cl": 6},
        ),
        (
            "(puff, ch 1) twice in same sp, *(puff, ch 1) 2 times in next sp; rep from * around. (12 puffs)",
            {"puff": 12},
        ),
        ("*2 puffs in next sp, ch 2; rep from * around, join. (12 puffs)", {"puff": 12}),
    ],
)
def test_stitches_closed_as_one_are_one(words, counts):
    got = row(SPACES, f"Rnd 2: Sl st in next sp, {words}")
    assert (got["verdict"], got["counts"]) == ("ok", counts), got["findings"]


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("sc2tog 5 times (6)", "unworked"),
        ("dec 7 times", "overrun"),
        ("(sc3tog, sc) 3 times (5)", "declared-mismatch"),
        ("FPdc around each st around (11 fpdc)", "declared-mismatch"),
        ("12 fpdc (12 fptr)", "kind-mismatch"),
        ("sc in each dc around", "kind-mismatch"),
        ("htr in each st around", "dialect-mix"),
        ("12 inc (23)", "declared-mismatch"),
        ("sc2tog in next st, sc in next 11 sts", "not-understood"),
        ("cl in next st, wobble cl in next 11 sts", "not-understood"),
    ],
)
def test_a_slip_with_such_stitches_is_found(words, finding):
    assert finding in [one["id"] for one in row(SC, f"Rnd 2: {words}")["findings"]]


def test_a_stitch_round_the_post_goes_by_its_plain_name_where_nothing_else_does():
    posts = "Rnd 2: Ch 1, FPdc around each st around, join."
    assert row(RING, posts, "Rnd 3: Ch 1, sc in each dc around, join. (12 sc)")["verdict"] == "ok"
    assert row(RING, posts, "Rnd 3: Ch 1, sc in each hdc around, join.")["verdict"] == "error"
