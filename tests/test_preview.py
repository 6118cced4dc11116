"""The flat colour picture of the finished thing."""

import dataclasses
import re
import xml.etree.ElementTree as ET

import pytest

from crochet.drawing.preview import preview_svg
from tests.fabrics import circle, classic, flat, solid

YARNS = {"A": "#111111", "B": "#FF1493", "C": "#FFFFFF"}
SVG = "{http://www.w3.org/2000/svg}"


def test_every_square_has_its_place():
    root = ET.fromstring(preview_svg(8, 7, classic(6, "ABC"), YARNS))
    uses = root.findall(f"{SVG}use")

    assert [use.get("data-place") for use in uses] == [str(n) for n in range(1, 57)]
    assert len({(use.get("x"), use.get("y")) for use in uses}) == 56
    assert len(root.findall(f"{SVG}symbol")) == 1


def test_a_round_is_a_band_in_its_yarn_the_last_one_drawn_first():
    symbol = ET.fromstring(preview_svg(2, 2, classic(3, "ABC"), YARNS)).find(f"{SVG}symbol")

    assert [band.get("class") for band in symbol if band.get("class")] == ["fill-C", "fill-B", "fill-A"]
    assert [band.get("fill") for band in symbol][:3] == ["#FFFFFF", "#FF1493", "#111111"]


@pytest.mark.parametrize(
    ("courses", "tag"),
    [(classic(3), "rect"), (classic(3, corners=6), "polygon"), (circle(3), "circle"), (flat(3, 9), "rect")],
)
def test_a_band_has_the_outline_of_its_piece(courses, tag):
    symbol = ET.fromstring(preview_svg(1, 1, courses, YARNS)).find(f"{SVG}symbol")

    assert sum(band.tag == f"{SVG}{tag}" and bool(band.get("class")) for band in symbol) == 3


def test_border_and_joining_show_and_all_yarns_have_their_letter():
    picture = preview_svg(3, 3, classic(2, "A"), YARNS, border=solid(3, "BC", 1, "sc")[1:], joining="C")
    root = ET.fromstring(picture)

    assert len([r for r in root.iter(f"{SVG}rect") if "border" in r.get("class", "")]) == 2
    assert 'class="yarn-C"' in picture
    assert [text.text for text in root.iter(f"{SVG}text")] == ["A", "B", "C"]


def test_squares_of_the_other_kind_are_drawn_in_the_other_yarn():
    root = ET.fromstring(preview_svg(2, 2, classic(2, "AB"), YARNS, exchange=("B", "C"), exchanged={2, 3}))
    one, other = root.findall(f"{SVG}symbol")

    assert [band.get("class") for band in one if band.get("class")] == ["fill-B", "fill-A"]
    assert [band.get("class") for band in other if band.get("class")] == ["fill-C", "fill-A"]
    kinds = [use.get("href") == f"#{other.get('id')}" for use in root.findall(f"{SVG}use")]
    assert kinds == [False, True, True, False]
    assert [text.text for text in root.iter(f"{SVG}text")] == ["A", "B", "C"]


def test_an_exchange_of_yarns_that_no_row_has_makes_one_kind():
    root = ET.fromstring(preview_svg(2, 2, classic(2, "A"), YARNS, exchange=("B", "C"), exchanged={2, 3}))

    assert len(root.findall(f"{SVG}symbol")) == 1


def test_hexagons_stand_in_each_others_gaps_and_every_other_triangle_is_turned():
    hexagons = ET.fromstring(preview_svg(2, 2, classic(3, corners=6), YARNS)).findall(f"{SVG}use")
    triangles = ET.fromstring(preview_svg(2, 3, classic(3, corners=3), YARNS)).findall(f"{SVG}use")
    pennants = ET.fromstring(preview_svg(1, 3, classic(3, corners=3), YARNS)).findall(f"{SVG}use")

    assert [use.get("x") for use in hexagons] == ["0", "100", "50", "150"]
    assert [bool(use.get("transform")) for use in triangles] == [False, True, False, True, False, True]
    assert [use.get("transform") for use in pennants] == [None] * 3


@pytest.mark.parametrize(("courses", "tag"), [(classic(3, corners=6), "polygon"), (circle(3), "circle")])
def test_a_border_has_the_outline_of_what_it_goes_around(courses, tag):
    root = ET.fromstring(preview_svg(1, 1, courses, YARNS, border=solid(2, "BC", 1, "sc")[1:]))

    assert [band.tag for band in root if "border" in band.get("class", "")] == [f"{SVG}{tag}"]


def test_a_blanket_of_unreasonable_size_is_bounded():
    root = ET.fromstring(preview_svg(9999, 9999, classic(2), YARNS))

    assert len(root.findall(f"{SVG}use")) == 2500


def test_a_long_blanket_keeps_its_shape():
    uses = ET.fromstring(preview_svg(100, 2, classic(2), YARNS)).findall(f"{SVG}use")

    assert len(uses) == 200


def test_text_is_escaped_and_a_colour_that_is_none_is_paper():
    picture = preview_svg(1, 1, classic(2), {"A": '"><script>'}, title="<b>&")

    ET.fromstring(picture)
    assert "<script" not in picture
    assert "<b>" not in picture


def test_the_same_rows_give_the_same_picture_and_no_style():
    picture = preview_svg(2, 3, classic(4, "AB"), YARNS)

    assert picture == preview_svg(2, 3, classic(4, "AB"), dict(YARNS))
    assert not re.search(r"style|nan|inf", picture)


@pytest.mark.parametrize("colour", [None, "?", "AB"])
def test_a_row_of_no_yarn_is_the_first(colour):
    courses = [dataclasses.replace(course, colour=colour) for course in classic(2)]

    assert 'class="fill-A"' in preview_svg(1, 1, courses, YARNS)


def test_nothing_made_yet_is_a_blank_place():
    assert ET.fromstring(preview_svg(2, 2, [], YARNS)).get("viewBox")
