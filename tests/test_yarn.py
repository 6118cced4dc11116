"""Yarn: weights, sizes, layouts and amounts."""

import dataclasses

import pytest

from crochet.craft import yarn
from crochet.craft.yarn import PieceMade
from tests.fabrics import circle, classic, flat, solid

YARD = 0.9144


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("worsted", 4),
        ("DK", 3),
        ("Aran", 4),
        ("super fine", 1),
        ("super-bulky", 6),
        ("chunky yarn", 5),
        ("4", 4),
        (0, 0),
    ],
)
def test_a_weight_is_known_by_its_names_and_its_number(said, number):
    assert yarn.weight(said).number == number


@pytest.mark.parametrize("said", ["", "8", "-1", "cotton", "wor\x00sted", "x" * 999])
def test_an_unknown_weight_says_what_was_wanted(said):
    with pytest.raises(yarn.UnknownWeight, match="wanted: lace, super fine"):
        yarn.weight(said)


def test_hook_sizes_are_those_of_the_standard():
    assert yarn.hook_sizes(4) == (5.5, 6.5)
    assert yarn.hook_sizes(7) == (15, None)
    with pytest.raises(yarn.UnknownWeight):
        yarn.hook_sizes(8)


def test_a_hook_of_5_mm_is_an_h():
    assert yarn.hook_name(5) == "H"
    assert yarn.hook_name(5.2) is None


@pytest.mark.parametrize(
    ("item", "size", "inches"),
    [
        ("blanket", "any", (50, 60)),
        ("baby blanket", "any", (30, 36)),
        ("granny scarf", "any", (8, 64)),
        ("blanket", "Queen", (90, 100)),
        ("blanket", "50x60", (50, 60)),
        ("blanket", "40 by 50 in", (40, 50)),
        ("blanket", "127 × 254 cm", (50, 100)),
    ],
)
def test_a_size_is_a_name_two_numbers_or_what_the_item_usually_is(item, size, inches):
    assert yarn.size_of(item, size) == pytest.approx(inches)


@pytest.mark.parametrize("size", ["vast", "0x0", "50", "1x2x3", "9" * 500])
def test_an_unknown_size_says_what_was_wanted(size):
    with pytest.raises(yarn.UnknownSize, match="throw"):
        yarn.size_of("blanket", size)


def test_a_worsted_throw_takes_1520_to_2820_yards():
    # 50 x 60 in x 26 in of yarn / 36: the middle is 2,170 yd.
    square = classic(6)
    rows, columns = 8, 7

    made = yarn.estimate(12, "worsted", rows, columns, [PieceMade(rows * columns, square)])

    low, high = made.metres["A"]
    scale = made.width_in * made.height_in / (50 * 60)
    assert low / YARD / scale == pytest.approx(1520, rel=0.01)
    assert high / YARD / scale == pytest.approx(2820, rel=0.01)


@pytest.mark.parametrize("square", [classic(5), solid(5)])
def test_a_square_of_five_rounds_is_19_stitches_wide(square):
    made = yarn.estimate(12, "worsted", 1, 1, [PieceMade(1, square)])

    assert (made.width_in, made.height_in) == (6.3, 6.3)
    assert made.width_cm == 16.0


def test_yarn_is_shared_by_stitches_and_height():
    # Rounds of 12, 24 and 36 dc: A gets 48 of 72 parts.
    made = yarn.estimate(12, "worsted", 4, 4, [PieceMade(16, classic(3, "AB"))])

    a, b = sum(made.metres["A"]), sum(made.metres["B"])
    assert a / b == pytest.approx(2, rel=0.1)


def test_squares_with_their_yarns_exchanged_take_the_other_yarn():
    # One square in four has B where the others have A, and A for B: 48 and 24 parts become 42 and 30.
    squares = PieceMade(16, classic(3, "AB"), exchange=("A", "B"), exchanged=4)
    made = yarn.estimate(12, "worsted", 4, 4, [squares])

    assert sum(made.metres["A"]) / sum(made.metres["B"]) == pytest.approx(42 / 30, rel=0.1)


def test_a_yarn_of_the_other_kind_alone_is_counted():
    made = yarn.estimate(12, "worsted", 4, 4, [PieceMade(16, classic(3, "A"), exchange=("A", "C"), exchanged=8)])

    assert made.metres["A"] == made.metres["C"]


def test_the_margin_is_thirty_percent_either_way():
    low, high = yarn.estimate(12, "worsted", 8, 10, [PieceMade(80, classic(6))]).metres["A"]

    assert low / high == pytest.approx(0.7 / 1.3, rel=0.02)


def test_a_border_adds_to_the_size_and_takes_its_own_yarn():
    squares = PieceMade(12, classic(4, "A"))
    plain = yarn.estimate(12, "worsted", 4, 3, [squares])
    bordered = yarn.estimate(12, "worsted", 4, 3, [squares, PieceMade(1, classic(2, "B"), border=True)])

    assert bordered.width_in == pytest.approx(plain.width_in + 2 * 2 * 2 * 0.86 / 3, abs=0.1)
    assert set(bordered.metres) == {"A", "B"}
    assert bordered.make == plain.make == 12


def test_a_piece_apart_takes_yarn_but_does_not_make_the_thing_bigger():
    squares, strap = PieceMade(12, classic(4, "A")), flat(6, 80)
    plain = yarn.estimate(12, "worsted", 4, 3, [squares])
    strapped = yarn.estimate(12, "worsted", 4, 3, [squares, PieceMade(2, strap, apart=True)])

    assert (strapped.width_in, strapped.height_in) == (plain.width_in, plain.height_in)
    assert strapped.metres["A"][1] > plain.metres["A"][1]
    assert yarn.estimate(12, "worsted", 4, 3, [PieceMade(2, strap, apart=True)]) == yarn.Estimate(0, 0, 0)


def test_a_hexagon_and_a_circle_have_their_own_outline():
    hexagon = yarn.estimate(12, "worsted", 1, 1, [PieceMade(1, classic(4, corners=6))])
    disc = yarn.estimate(12, "worsted", 1, 1, [PieceMade(1, circle(4))])

    assert hexagon.width_in == pytest.approx(15 * 3**0.5 / 3, abs=0.1)
    assert hexagon.height_in == pytest.approx(15 * 2 / 3, abs=0.1)
    assert disc.width_in == pytest.approx(48 / 3.1416 / 3, abs=0.1)


def test_hexagons_lie_in_each_others_gaps():
    one = yarn.estimate(12, "worsted", 1, 1, [PieceMade(1, classic(4, corners=6))])
    made = yarn.estimate(12, "worsted", 5, 4, [PieceMade(20, classic(4, corners=6))])

    assert made.width_in == pytest.approx(4.5 * one.width_in, rel=0.02)
    assert made.height_in == pytest.approx(4 * one.height_in, rel=0.02)


def test_triangles_lie_between_each_other_but_hang_side_by_side_in_a_single_row():
    one = yarn.estimate(12, "worsted", 1, 1, [PieceMade(1, classic(4, corners=3))])
    strip = yarn.estimate(12, "worsted", 1, 5, [PieceMade(5, classic(4, corners=3))])
    made = yarn.estimate(12, "worsted", 2, 5, [PieceMade(10, classic(4, corners=3))])

    assert strip.width_in == pytest.approx(5 * one.width_in, rel=0.02)
    assert made.width_in == pytest.approx(3 * one.width_in, rel=0.02)
    assert made.height_in == pytest.approx(2 * one.height_in, rel=0.02)


def test_a_piece_in_rows_is_as_wide_as_its_longest():
    made = yarn.estimate(12, "worsted", 1, 1, [PieceMade(1, flat(7, 12))])

    assert made.width_in == 4
    assert made.height_in == pytest.approx(4, abs=0.1)


def test_lace_has_a_size_but_no_amount():
    made = yarn.estimate(36, "lace", 2, 2, [PieceMade(4, classic(3))])

    assert made.width_in > 0
    assert made.metres == {}


def test_nothing_made_is_nothing():
    assert yarn.estimate(12, "worsted", 2, 2, []) == yarn.Estimate(0, 0, 0, {})


def test_yarn_of_no_colour_counts_as_the_first():
    courses = [dataclasses.replace(course, colour=None) for course in classic(2)]

    assert list(yarn.estimate(12, "dk", 1, 1, [PieceMade(1, courses)]).metres) == ["A"]


def test_a_piece_that_grows_from_a_corner_is_a_square_of_its_area():
    mitred = [flat(1, 2 * r + 1, kind="sc")[0] for r in range(1, 11)]

    made = yarn.estimate(16, "worsted", 1, 1, [PieceMade(1, mitred)])

    # Ten rows with 3 to 21 stitches: 120, each about as high as it is wide, so a square of about 11
    assert made.width_in == made.height_in
    assert 9 < made.width_in * 4 < 12
