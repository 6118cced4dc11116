"""Layouts: which squares of a whole have two yarns exchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crochet.craft import layouts
from crochet.craft.layouts import Layout

A_AND_C = ("A", "C")


def picture(plan: str, rows: int, columns: int) -> list[str]:
    other = set(Layout(rows, columns, plan, A_AND_C).exchanged)
    return ["".join("x" if row * columns + at in other else "." for at in range(1, columns + 1)) for row in range(rows)]


@pytest.mark.parametrize(
    ("plan", "drawn"),
    [
        ("checkerboard", [".x.x.", "x.x.x", ".x.x.", "x.x.x"]),
        ("stripes", [".....", "xxxxx", ".....", "xxxxx"]),
        ("columns", [".x.x.", ".x.x.", ".x.x.", ".x.x."]),
        ("frame", ["xxxxx", "x...x", "x...x", "xxxxx"]),
        ("diagonal", ["..x..", ".x..x", "x..x.", "..x.."]),
        ("scattered", ["x..x.", "..x..", "....x", ".x.x."]),
    ],
)
def test_a_plan_says_which_squares_are_of_the_other_kind(plan, drawn):
    assert picture(plan, 4, 5) == drawn


def test_squares_of_one_kind_have_nothing_exchanged():
    assert Layout(8, 10, "one kind").exchanged == []
    assert Layout().exchanged == []


@given(st.integers(4, 40), st.integers(4, 40), st.sampled_from(layouts.PLANS))
def test_a_whole_of_two_kinds_has_some_of_both(rows, columns, plan):
    assert 0 < len(Layout(rows, columns, plan, A_AND_C).exchanged) < rows * columns


@given(st.integers(2, 40), st.integers(1, 40), st.sampled_from(layouts.PLANS))
def test_what_is_written_is_read_as_the_same_layout(rows, columns, plan):
    layout = Layout(rows, columns, plan, A_AND_C)

    assert layouts.read(layout.written()) == (layout, True)
    assert layouts.read("one piece") == (Layout(), True)


@pytest.mark.parametrize("text", ["", "many", "0 rows of 4", "900 rows of 900", "rows of", "8 by 10"])
def test_a_layout_without_rows_and_columns_is_none(text):
    assert layouts.read(text) is None


@pytest.mark.parametrize(
    "plan", ["spiral, A and C exchanged", "stripes", "stripes, A and A exchanged", "stripes, A and Z exchanged", "???"]
)
def test_a_plan_that_is_not_understood_is_one_kind_and_says_so(plan):
    assert layouts.read(f"8 rows of 10, {plan}") == (Layout(8, 10, "one kind"), False)


def test_a_row_of_the_other_kind_has_the_other_yarn():
    assert [layouts.swapped(letter, A_AND_C) for letter in "ABC"] == ["C", "B", "A"]


def test_a_throw_of_squares_of_seven_and_two_thirds_inches_is_eight_rows_of_seven():
    assert layouts.fitted((50, 60), (23 / 3, 23 / 3)) == (8, 7)


@given(
    st.tuples(st.floats(4, 110), st.floats(4, 110)),
    st.tuples(st.floats(4, 30), st.floats(4, 30)),
    st.sampled_from([0, 3, 4, 6]),
)
def test_a_whole_is_near_the_size_that_is_asked_for(whole, piece, corners):
    rows, columns = layouts.fitted(whole, piece, corners)

    assert rows >= 1 <= columns
    for got, unit, wanted in zip(layouts.extent(corners, rows, columns), piece, whole, strict=True):
        assert abs(got * unit - wanted) <= unit or wanted < 2 * unit


@given(st.floats(4, 110), st.floats(0.01, 4), st.sampled_from([3, 4, 6]))
def test_a_whole_never_has_too_many_pieces(whole, piece, corners):
    rows, columns = layouts.fitted((whole, whole), (piece, piece), corners)

    assert rows * columns <= layouts.MOST_PLACES


@pytest.mark.parametrize("corners", [0, 3, 4, 6])
@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 6), (4, 5), (5, 1)])
def test_the_pieces_lie_within_the_whole_and_no_two_on_one_spot(corners, rows, columns):
    spots = list(layouts.spots(corners, rows, columns))

    assert len(set(spots)) == rows * columns
    assert max(x for x, _, _ in spots) + 1 == layouts.extent(corners, rows, columns)[0]
    assert max(y for _, y, _ in spots) + 1 == layouts.extent(corners, rows, columns)[1]
