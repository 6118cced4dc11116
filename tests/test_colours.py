"""Colours: names found in a wish, conversions, palettes."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crochet.craft import colours, harmonies
from crochet.craft.colour_names import CSS, THINGS, YARN


def names(wish: str) -> list[str]:
    return [name for name, _ in colours.named(wish)]


def test_every_hex_is_six_upper_case_digits():
    assert all(re.fullmatch(r"#[0-9A-F]{6}", code) for code in colours.HEX.values())


def test_css_and_hundreds_of_everyday_names_are_known():
    assert len(YARN) > 400
    assert {name.replace(" ", "") for name in CSS} <= set(colours.HEX)
    assert colours.HEX["rebeccapurple"] == "#663399"


def test_gray_and_grey_are_one_colour():
    assert colours.HEX["dove grey"] == colours.HEX["dove gray"]
    assert names("grey and gray") == ["grey", "gray"]


def test_things_are_known_colours():
    assert set(colours.HEX) >= THINGS


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("punk rock blanket in black and hot pink", ["black", "hot pink"]),
        ("Sage-Green, OATMEAL and dusty   rose", ["sage green", "oatmeal", "dusty rose"]),
        ("bottle green before green", ["bottle green", "green"]),
        ("blues and greens", ["blue", "green"]),
        ("black on black", ["black"]),
        ("Decke in Weiß und Grün", ["white", "green"]),
        ("couverture rouge et crème", ["red", "cream"]),
        ("teal, petrol; mustard!", ["teal", "petrol", "mustard"]),
        ("", []),
    ],
)
def test_colours_are_found_in_the_order_of_the_wish(wish, found):
    assert names(wish) == found


def test_longest_name_wins_over_the_colours_inside_it():
    assert names("midnight blue") == ["midnight blue"]


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("wool cushion in mustard and teal", ["mustard", "teal"]),
        ("a cushion in cream wool", ["cream"]),
        ("a blanket of wool and linen", []),
        ("cream, linen and sage", ["cream", "linen", "sage"]),
    ],
)
def test_a_fibre_is_a_colour_only_among_colours(wish, found):
    assert [name for name, _ in colours.named(wish)] == found


def test_a_colour_inside_another_word_is_not_found():
    assert names("scared important stand, a titan's redwood and greenery") == []
    assert names("tangerine") == ["tangerine"]


def test_a_name_does_not_reach_over_a_comma():
    assert names("hot, pink") == ["pink"]


def test_an_unwanted_colour_is_left_out():
    assert names("no pink please, grey without any white, anything but orange") == ["grey"]


def test_a_shade_word_moves_a_colour_we_know():
    (name, code), *rest = colours.named("dark sage")

    assert (name, rest) == ("dark sage", [])
    assert colours.to_oklch(code)[0] < colours.to_oklch(colours.HEX["sage"])[0]
    assert colours.of("dark sage") == code


def test_an_unknown_name_has_no_hex():
    assert colours.of("Tuesday") is None
    assert colours.of("Hot Pink") == "#FF1493"


def test_a_rose_garden_may_be_a_theme():
    assert colours.only_things(colours.named("rose garden"))
    assert not colours.only_things(colours.named("rose and navy"))


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_oklch_and_back_is_the_same_colour(rgb):
    code = "#{:02X}{:02X}{:02X}".format(*rgb)

    back = colours.from_oklch(*colours.to_oklch(code))

    assert all(abs(int(code[i : i + 2], 16) - int(back[i : i + 2], 16)) <= 1 for i in (1, 3, 5))


def test_a_colour_no_screen_can_show_loses_chroma_not_lightness():
    lightness, chroma, _ = colours.to_oklch(colours.from_oklch(0.7, 0.9, 140))

    assert abs(lightness - 0.7) < 0.02
    assert chroma < 0.3


def test_nearest_is_the_colour_itself_when_it_has_a_name():
    assert colours.nearest("#FF1493")[0] == "hot pink"
    assert colours.nearest("#FE1594")[0] == "hot pink"


def test_contrast_of_black_and_white_is_21():
    assert round(colours.contrast("#000000", "#FFFFFF"), 2) == 21


def test_a_harmony_is_the_same_for_the_same_seed():
    assert harmonies.harmony("owls 7", 5) == harmonies.harmony("owls 7", 5)
    assert harmonies.harmony("owls 7", 5) != harmonies.harmony("owls 8", 5)


@given(st.integers(), st.integers(1, 6))
def test_a_harmony_has_n_named_colours_that_can_be_told_apart(seed, n):
    palette = harmonies.harmony(seed, n)

    assert len(palette) == n
    assert all(YARN[name] == code for name, code in palette)
    assert all(colours.difference(a, b) >= 0.09 for (_, a), (_, b) in itertools.combinations(palette, 2))


def test_junk_finds_nothing_and_ends():
    assert colours.named("\x00* [(" * 5000 + "🧶" * 1000) == []
