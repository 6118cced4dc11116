"""The symbol chart: golden pictures in tests/charts, and laws that hold for every one.

After a wanted change, look at the pictures, then write them anew: KNOTTY_NEW_CHARTS=1 pytest tests/test_chart.py
"""

import cmath
import dataclasses
import itertools
import math
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crochet import work
from crochet.craft.fabric import Course, Foot, Gap, Stitch
from crochet.craft.stitches import START
from crochet.craft.symbols import SLASHES, height
from crochet.draw import draw
from crochet.drawing import chart
from crochet.drawing.geometry import lay
from crochet.drawing.glyphs import sign
from crochet.drawing.inks import INK
from tests.fabrics import border, circle, circle_to_square, classic, flat, keyed, solid

CHARTS = Path(__file__).parent / "charts"
YARNS = {"A": "#111111", "B": "#FF1493", "C": "#FFFFFF"}
SVG = "{http://www.w3.org/2000/svg}"
FLOWER = """Rnd 1: Ch 6, join to form ring. Ch 3 (counts as dc), 17 dc in ring, join. (18 dc)
Rnd 2: Ch 4 (counts as dc, ch 1), puff in next dc, ch 1, *dc in next dc, ch 1, puff in next dc, ch 1; rep from * 7 more times, join.
Rnd 3: Ch 1, sc in next ch-1 sp, ch 3, *sc in next ch-1 sp, ch 3; rep from * around, join.
Rnd 4: Sl st in next ch-3 sp, ch 3 (counts as dc), 4 dc in same sp, *sc in next ch-3 sp, 5 dc in next ch-3 sp; rep from * 7 more times, sc in next ch-3 sp, join.
"""  # noqa: E501
RIBS = """Row 1: Ch 19, dc in 4th ch from hook and in each ch across, turn. (17 dc)
Row 2: Ch 3, *fpdc in next st, bpdc in next st; rep from * across, turn.
Row 3: Ch 3, *bobble in next st, dc in next st; rep from * across, turn.
Row 4: Ch 3, *popcorn in next st, 3-dc cl in next st; rep from * across.
"""
SHELLS = """Row 1: Ch 20, sc in 2nd ch from hook, *sk 2 ch, 5 dc in next ch, sk 2 ch, sc in next ch; rep from * across, turn.
Row 2: Ch 3, 2 dc in first sc, *sk 2 dc, sc in next dc, sk 2 dc, 5 dc in next sc; rep from * 1 more time, sk 2 dc, sc in next dc, sk 2 dc, 3 dc in last sc, turn.
Row 3: Ch 1, sc in first dc, *sk 2 dc, 5 dc in next sc, sk 2 dc, sc in next dc; rep from * across, turn.
"""  # noqa: E501


def worked(text):
    """The worked rows of a text's first piece."""
    return [(row.key, dataclasses.replace(row.course, colour="A")) for row, _ in work.pieces_of(text)[3][0].rows]


PICTURES = {
    "flower": lambda: draw(FLOWER).svg,
    "flower-left": lambda: draw(FLOWER, look=chart.Look(left=True, paper=True)).svg,
    "ribs": lambda: draw(RIBS).svg,
    "shells": lambda: draw(SHELLS).svg,
    "classic-3": lambda: chart.svg(keyed(classic(3, "ABC")), YARNS, title="Punk Rock Riot"),
    "classic-2-of-3": lambda: chart.svg(keyed(classic(3, "ABC")), YARNS, upto="p1/r2"),
    "no-chain-3": lambda: chart.svg(keyed(classic(3, "AB", chain=0)), YARNS),
    "solid-3": lambda: chart.svg(keyed(solid(3, "AB")), YARNS),
    "sc-square-3": lambda: chart.svg(keyed(solid(3, "AB", 1, "sc")), YARNS),
    "hexagon-2": lambda: chart.svg(keyed(classic(2, "AB", 6)), YARNS),
    "circle-3": lambda: chart.svg(keyed(circle(3, "AB")), YARNS),
    "circle-to-square": lambda: chart.svg(keyed(circle_to_square("ABCB")), YARNS),
    "border": lambda: chart.svg(keyed(border(6, 5, 2, "AB"), 3), YARNS),
    "rows-3": lambda: chart.svg(keyed(flat(3, 8, "AB")), YARNS),
}
FAMILIES = {
    "classic": classic(6, "ABC"),
    "classic 12": classic(12, "ABC"),
    "quarter": classic(15, "ABC"),
    "no chain": classic(5, "ABC", chain=0),
    "solid": solid(7, "ABC"),
    "solid, three at a corner": solid(4, "ABC", 3),
    "sc square": solid(6, "AB", 1, "sc"),
    "hexagon": classic(5, "AB", 6),
    "triangle": classic(4, "AB", 3),
    "circle": circle(6, "AB"),
    "sc circle": circle(6, "AB", "sc"),
    "circle to square": circle_to_square("ABCB"),
    "rows": flat(5, 9, "AB"),
    "flower": [course for _, course in worked(FLOWER)],
    "shells": [course for _, course in worked(SHELLS)],
}


def drawn(picture: str, key: str) -> str:
    """The path data of a row."""
    row = next(g for g in ET.fromstring(picture).iter(f"{SVG}g") if g.get("data-row") == key)
    return row[-1].attrib["d"]


def points(path: str) -> list[tuple[float, float]]:
    """Where the pen of path data goes: it knows M, and relative l and a."""
    here, found = (0.0, 0.0), []
    for command, numbers in re.findall(r"([MlaQL])([^MlaQL]*)", path):
        values = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        x, y = values[-2:]
        here = (here[0] + x, here[1] + y) if command in "la" else (x, y)
        found.append(here)
    return found


@pytest.mark.parametrize("name", PICTURES)
def test_a_chart_looks_as_it_did(name):
    picture, golden = PICTURES[name](), CHARTS / f"{name}.svg"
    if os.environ.get("KNOTTY_NEW_CHARTS"):
        golden.write_text(picture, encoding="utf-8")

    assert picture == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_row_has_its_key_and_its_yarn(family):
    courses = FAMILIES[family]
    rows = [g for g in ET.fromstring(chart.svg(keyed(courses), YARNS)).iter(f"{SVG}g") if g.get("data-row")]

    assert [row.get("data-row") for row in rows] == [key for key, _ in keyed(courses)]
    assert [row[1].get("class") for row in rows] == [f"yarn yarn-{course.colour}" for course in courses]
    assert [row[1].get("stroke") for row in rows] == [YARNS[course.colour] for course in courses]


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_is_drawn_outside_the_picture(family):
    root = ET.fromstring(chart.svg(keyed(FAMILIES[family]), YARNS))
    x, y, width, height = (float(n) for n in root.attrib["viewBox"].split())

    places = [p for path in root.iter(f"{SVG}path") for p in points(path.attrib["d"])]
    places += [(float(t.attrib["x"]), float(t.attrib["y"])) for t in root.iter(f"{SVG}text")]
    assert all(x + 2 <= px <= x + width - 2 and y + 2 <= py <= y + height - 2 for px, py in places)


@pytest.mark.parametrize("courses", [classic(9), solid(6), classic(5, corners=6), circle(4)])
def test_symbols_are_as_many_as_the_row_counts(courses):
    picture = chart.svg(keyed(courses), YARNS)

    for key, course in keyed(courses):
        path = drawn(picture, key)
        # A dc is a leg, a slash and a bar; the first is three chains, closed by the dot of the join.
        assert path.count("l") == 3 * (course.counts()["dc"] - 1)
        ovals = sum(gap.chains for gap in course.gaps) + 3 + 1
        assert path.count("a") == 2 * ovals


@pytest.mark.parametrize("family", FAMILIES)
def test_tops_of_a_row_keep_apart(family):
    for row in lay(FAMILIES[family]):
        tops = [mark.top for mark in row.marks]
        assert all(abs(a - b) > 0.7 for a, b in itertools.pairwise(tops))


@pytest.mark.parametrize("family", ["classic", "solid", "hexagon", "sc square"])
def test_a_leg_leans_no_more_than_a_fan(family):
    for row in lay(FAMILIES[family]):
        for mark in row.marks:
            leg = (mark.top - mark.feet[0]) / mark.out
            assert abs(math.atan2(leg.imag, leg.real)) < math.radians(60)


def test_legs_of_a_fan_do_not_cross():
    row = lay(classic(5))[-1]
    for a, b in zip(row.marks, row.marks[1:], strict=False):
        if abs(a.feet[0] - b.feet[0]) < 0.3:
            assert ((b.top - a.top) * (b.feet[0] - a.feet[0]).conjugate()).real > 0


def test_later_rows_are_ink_only_and_the_picture_keeps_its_size():
    courses = keyed(classic(4, "ABC"))
    whole, part = (ET.fromstring(chart.svg(courses, YARNS, upto=upto)) for upto in (None, "p1/r2"))
    classes = [g.get("class") for g in part.iter(f"{SVG}g") if g.get("data-row")]

    assert part.get("viewBox") == whole.get("viewBox")
    assert classes == ["row", "row now", "row later", "row later"]


def test_only_the_piece_asked_for_is_drawn():
    courses = keyed(classic(2)) + keyed(solid(3), piece=2)

    assert 'data-row="p2' not in chart.svg(courses, YARNS)
    assert 'data-row="p1' not in chart.svg(courses, YARNS, upto="p2/r1")


def test_more_than_twelve_rounds_are_drawn_as_a_quarter():
    whole, quarter = (chart.svg(keyed(classic(n)), YARNS) for n in (12, 13))

    assert len(quarter) < len(whole) / 2


def test_of_a_very_big_square_the_first_and_last_rounds_are_drawn():
    picture = chart.svg(keyed(classic(40, "ABC")), YARNS)
    rows = [g.get("data-row") for g in ET.fromstring(picture).iter(f"{SVG}g") if g.get("data-row")]

    assert rows == ["p1/r1", "p1/r2", "p1/r3", "p1/r4", "p1/r5", "p1/r6", "p1/r39", "p1/r40"]
    assert "Round 20:" in picture


def test_of_many_rows_the_first_and_last_are_drawn_and_nothing_lies_outside():
    picture = chart.svg(keyed(flat(60, 30)), YARNS)
    root = ET.fromstring(picture)
    _, top, _, height = (float(n) for n in root.attrib["viewBox"].split())

    assert [g.get("data-row") for g in root.iter(f"{SVG}g") if g.get("data-row")][5:] == ["p1/r6", "p1/r59", "p1/r60"]
    arrow = next(e for e in root.iter(f"{SVG}path") if e.get("class") == "arrow")
    assert all(top < y < top + height for _, y in points(arrow.attrib["d"]))


def test_of_a_round_piece_every_round_is_drawn():
    picture = chart.svg(keyed(circle(40, "A", "sc")), YARNS)

    assert picture.count("data-row=") == 40


def test_a_round_that_lost_a_corner_stays_on_its_four_sides():
    whole = classic(2)
    short = dataclasses.replace(whole[1], stitches=whole[1].stitches[3:], gaps=whole[1].gaps[3:])

    rows = lay([whole[0], short])

    assert rows[1].corners == 4
    assert len({round(math.degrees(math.atan2(m.out.imag, m.out.real))) % 360 for m in rows[1].marks}) == 4


def test_of_a_border_only_a_corner_is_drawn():
    picture = chart.svg(keyed(border(8, 7, 6, "AB"), 3), YARNS)

    assert len(picture) < 20_000
    assert "Round 1: 754 sc." in picture
    assert 'class="ground"' not in picture


def test_a_piece_whose_first_round_could_not_be_worked_is_still_drawn_whole():
    picture = chart.svg(keyed(classic(4, "ABC"))[1:], YARNS)

    assert drawn(picture, "p1/r2").count("l") == 3 * 23
    assert 'class="ground"' not in picture


def test_a_border_around_more_rows_than_columns_is_taller_than_wide():
    row = lay(border(8, 7, 6))[0]

    assert row.level / row.aside == pytest.approx(8 / 7, rel=0.02)


def test_a_corner_of_three_without_chains_stands_on_its_middle_stitch():
    row = lay(border(2, 2, 2, "AB"))[1]

    on_corner = [
        m for m in row.marks if abs(abs(m.top.real) - row.aside) < 1e-6 and abs(abs(m.top.imag) - row.level) < 1e-6
    ]
    assert len(on_corner) == 4


def test_a_square_out_of_a_circle_stands_upright():
    square = lay(circle_to_square())[-1]

    for mark, after, gap in zip(square.marks, square.marks[1:], circle_to_square()[-1].gaps, strict=False):
        if gap.corner:
            foot = (mark.feet[0] + after.feet[0]) / 2
            assert abs(abs(foot.real) - abs(foot.imag)) < 0.4


def test_rows_turn_only_where_their_feet_run_back():
    course = flat(1, 8)[0]
    rows = lay([course, flat(2, 8)[1], course])

    starts = [row.marks[0].top.real - row.marks[-1].top.real for row in rows]
    assert [start > 0 for start in starts] == [True, False, False]


def test_legs_on_a_chain_do_not_lean_out_where_more_stands_on_it_than_it_has_room_for():
    shells = [Stitch("dc", Foot("st", 1 + i // 2)) for i in range(60)]
    row = lay([Course(tuple(shells), (Gap(),) * 60, closed=False)])[0]

    assert all(abs(mark.top.real - mark.feet[0].real) < 2 for mark in row.marks)


def test_a_round_that_was_turned_runs_the_other_way_and_its_legs_do_not_cross_the_ring():
    course = circle(1)[0]
    feet = [0, *range(11, 0, -1)]
    turned = dataclasses.replace(course, stitches=tuple(Stitch("dc", Foot("st", i), i == 0) for i in feet))
    rows = lay([course, turned, turned])

    for row, way in zip(rows, (1, -1, 1), strict=True):
        turns = [cmath.phase(b.top / a.top) for a, b in itertools.pairwise(row.marks)]
        assert all(way * turn > 0 for turn in turns)
        assert all(abs(mark.top - mark.feet[0]) < 2.5 for mark in row.marks)


@pytest.mark.parametrize("back", [False, True])
def test_a_decrease_stands_on_the_stitches_it_takes_whichever_way_the_row_runs(back):
    below = flat(1, 4)[0]
    feet = [(3, "dc"), (2, "dc2tog"), (0, "dc")] if back else [(0, "dc"), (1, "dc2tog"), (3, "dc")]
    above = Course(tuple(Stitch(kind, Foot("st", i)) for i, kind in feet), (Gap(),) * 3, closed=False)
    rows = lay([below, above])

    feet = sorted(foot.real for foot in rows[1].marks[1].feet)
    assert feet == pytest.approx(sorted(rows[0].marks[i].top.real for i in (1, 2)), abs=0.3)


def test_every_stitch_has_a_symbol_of_its_own():
    kinds = [*START, "ch", "cl", "pc", "puff", "bobble"]
    kinds += [f"{base}{n}tog" for base in ("sc", "hdc", "dc", "tr") for n in (2, 3, 5)]
    kinds += [
        f"{before}{base}" for before in ("fp", "bp", "ex", "r", "f", "spike ", "linked ") for base in ("sc", "dc")
    ]

    assert len({sign(kind) for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("kind, legs, slashes", [("cl", 3, 3), ("bobble", 5, 0), ("puff", 3, 0), ("pc", 4, 4)])
def test_half_made_stitches_are_joined_at_both_ends(kind, legs, slashes):
    curves = re.findall(r"M(\S+ \S+)Q\S+ \S+ (\S+ \S+?)(?=M|$)", sign(kind))

    assert len(curves) == legs
    assert len(set(curves)) == 1
    assert sign(kind).count("l") == slashes + (kind != "pc")
    assert ("a" in sign(kind)) == (kind == "pc")


SHEET = """Piece: Square
Rnd 1 (A): Ch 4, join to form ring. Ch 3 (counts as dc), 2 dc in ring, ch 2, *3 dc in ring, ch 2; rep from * 2 more times, join. (12 dc, 4 ch-2 sps)
Rnd 2 (B): Join B in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same sp, ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1; rep from * 2 more times, join. (24 dc, 4 ch-2 sps, 4 ch-1 sps)
Rnd 3 (C): Join C in any ch-2 sp. Ch 3, (2 dc, ch 2, 3 dc) in same sp, ch 1, 3 dc in next ch-1 sp, ch 1, *(3 dc, ch 2, 3 dc) in next ch-2 sp, ch 1, 3 dc in next ch-1 sp, ch 1; rep from * 2 more times, join. (36 dc, 4 ch-2 sps, 8 ch-1 sps)
"""  # noqa: E501


def test_what_the_checker_worked_is_drawn_as_what_the_formula_says():
    state, rows = work.begin(), []
    for line in SHEET.splitlines():
        state, report = work.step(state, line)
        if report.course is not None:
            rows.append((report.key, report.course))

    assert chart.svg(rows, YARNS) == chart.svg(keyed(classic(3, "ABC")), YARNS)


def test_every_stitch_the_checker_knows_has_its_height_and_symbol():
    assert [height(kind) for kind in START] == [0, 1, 1.5, 2, 3, 4, 5]
    assert set(SLASHES) < set(START)


def test_a_chart_stays_small():
    picture = chart.svg(keyed(classic(12, "ABC")), YARNS)

    assert len(list(ET.fromstring(picture).iter())) < 60
    assert len(picture) < 250_000


def test_text_is_escaped_and_a_colour_that_is_none_is_ink():
    picture = chart.svg(
        [('p1/r1"><script>', classic(1)[0])], {"A": '"/><script>alert(1)</script>'}, title='<b>Owl & "moon"</b>'
    )

    ET.fromstring(picture)
    assert "<script" not in picture
    assert "<b>" not in picture
    assert INK in picture


def test_no_style_and_no_ids_so_that_a_strict_page_can_inline_it():
    picture = chart.svg(keyed(classic(2)), YARNS)

    assert "style=" not in picture
    assert "<style" not in picture
    assert not re.search(r"\sid=", picture)


def test_the_picture_is_told_in_words():
    picture = chart.svg(keyed(classic(2)), YARNS, title="Owls")

    assert "<title>Chart: Owls</title>" in picture
    assert "Round 2: 24 dc, 4 ch-1 spaces, 4 ch-2 spaces." in picture


def test_in_detail_every_stitch_says_what_it_is_and_where_it_stands():
    courses = keyed(classic(3, "ABC"))
    picture = chart.svg(courses, YARNS, look=chart.Look(detail=True))
    said = [(e.get("data-st"), e.get("data-into")) for e in ET.fromstring(picture).iter() if e.get("data-st")]

    assert said == [
        (f"{key}s{i}", "ring" if made.foot.place == "ring" else f"p1/r{row}g{made.foot.index}")
        for row, (key, course) in enumerate(courses)
        for i, made in enumerate(course.stitches)
    ]


def test_in_detail_the_marks_are_those_of_the_whole():
    for colours in (YARNS, {}):
        whole, each = (
            "".join(re.findall(r' d="(.*?)"', chart.svg(keyed(classic(3)), colours, look=chart.Look(detail=detail))))
            for detail in (False, True)
        )
        marks = re.findall("M[^M]*", each)
        assert sorted(re.findall("M[^M]*", whole)) == sorted(marks)


def test_of_too_many_stitches_none_is_drawn_on_its_own():
    picture = chart.svg(keyed(solid(17)), YARNS, look=chart.Look(detail=True))
    big = chart.svg(keyed(circle(30, "A")), YARNS, look=chart.Look(detail=True))

    assert "data-st" in picture
    assert all(len(list(ET.fromstring(one).iter())) < 3000 for one in (picture, big))


def test_without_yarns_rows_take_turns_in_two_inks():
    rows = [g for g in ET.fromstring(chart.svg(keyed(classic(3)), {})).iter(f"{SVG}g") if g.get("data-row")]

    assert [[path.get("class") for path in row] for row in rows] == [["ink ink-1"], ["ink ink-2"], ["ink ink-1"]]
    assert len({row[0].get("stroke") for row in rows}) == 2


def test_for_a_left_hand_the_chart_is_mirrored_and_its_numbers_are_not():
    right, left = (chart.svg(keyed(circle(3)), YARNS, look=chart.Look(left=left)) for left in (False, True))
    boxes = [[float(n) for n in ET.fromstring(one).attrib["viewBox"].split()] for one in (right, left)]
    texts = [list(ET.fromstring(one).iter(f"{SVG}text")) for one in (right, left)]

    assert boxes[0][0] + boxes[0][2] == pytest.approx(-boxes[1][0])
    assert [float(e.attrib["x"]) for e in texts[0]] == [-float(e.attrib["x"]) for e in texts[1]]
    assert not any(e.get("transform") for e in texts[1])
    assert [drawn(one, "p1/r2") for one in (right, left)] == [drawn(right, "p1/r2")] * 2
    assert left.count("scale(-1 1)") == 2


def test_the_key_names_each_symbol_of_the_chart_in_the_patterns_terms():
    courses = keyed([*circle(1), *solid(2, kind="sc")[1:]])

    def key(terms):
        root = ET.fromstring(chart.svg(courses, YARNS, look=chart.Look(terms=terms)))
        return [e.text for g in root.iter(f"{SVG}g") if g.get("class") == "key" for e in g.iter(f"{SVG}text")]

    assert key("us") == ["ch", "sl st", "sc", "dc"]
    assert key("uk") == ["ch", "ss", "dc", "tr"]
    assert key(None) == []


def test_on_paper_a_stitch_is_3_mm_wide_or_wider():
    for rounds in (1, 6, 12):
        root = ET.fromstring(chart.svg(keyed(classic(rounds)), YARNS, look=chart.Look(paper=True)))
        width, units = float(root.attrib["width"].removesuffix("mm")), float(root.attrib["viewBox"].split()[2]) / 10
        assert width / units >= 2.99


def test_what_a_finding_names_is_ringed():
    found = {"p1/r2": (7, 4), "p1/r3": ()}
    root = ET.fromstring(chart.svg(keyed(classic(3)), YARNS, look=chart.Look(found=found)))
    ringed = next(g for g in root.iter(f"{SVG}g") if g.get("class") == "found")

    assert [(e.get("data-st"), e.get("data-into")) for e in ringed] == [(None, "p1/r1g3"), ("p1/r1s2", None)]
    assert [e.get("data-for") for e in root.iter(f"{SVG}path") if e.get("class") == "found"] == ["p1/r3"]


@pytest.mark.parametrize("text", [FLOWER, RIBS, SHELLS], ids=["flower", "ribs", "shells"])
def test_the_stitches_drawn_are_those_of_the_report(text):
    report = work.check(text)
    drawn = draw(text, look=chart.Look(detail=True))

    assert drawn.verdict == report["verdict"] == "ok"
    for row in report["pieces"][0]["rows"]:
        said = re.findall(rf'data-st="{row["key"]}s(\d+)"', drawn.svg)
        assert said == [str(i) for i in range(row["stitches"])]


def test_no_rows_are_an_empty_plate():
    assert ET.fromstring(chart.svg([], YARNS)).get("viewBox")


KINDS = (
    "exsc",
    "spike sc",
    "cl",
    "sc",
    "hdc",
    "dc",
    "tr",
    "sl st",
    "dc2tog",
    "sc3tog",
    "fpdc",
    "sc-blo",
    "puff",
    "pc",
    "picot",
    "unheard of",
)
FEET = st.builds(Foot, st.sampled_from(["ring", "st", "sp", "joint"]), st.integers(0, 99))


@st.composite
def any_course(draw):
    size = draw(st.integers(0, 12))
    stitches = [Stitch(draw(st.sampled_from(KINDS)), draw(FEET), draw(st.booleans())) for _ in range(size)]
    gaps = [Gap(draw(st.integers(0, 7)), draw(st.booleans())) for _ in range(size)]
    return Course(tuple(stitches), tuple(gaps), draw(st.booleans()), draw(st.sampled_from(["A", "Z", "?", None])))


@given(st.lists(any_course(), max_size=4), st.booleans(), st.lists(st.integers(0, 40), max_size=3))
def test_any_rows_whatever_are_drawn_without_fail(courses, left, places):
    look = chart.Look(left=left, detail=True, paper=True, terms="us", found={"p1/r2": places})
    picture = chart.svg(keyed(courses), YARNS, look=look)

    ET.fromstring(picture)
    assert not re.search(r"nan|inf", re.sub(r"<(title|desc)>.*?</\1>", "", picture))
