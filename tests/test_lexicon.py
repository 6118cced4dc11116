"""The lexicon: themes, their other words and their colours."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from crochet.craft import colours
from llm import items, lexicon

LINES = [
    [part.strip() for part in line.split("|")]
    for line in (Path(lexicon.__file__).parent / "themes.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_there_are_five_hundred_themes_and_more() -> None:
    assert len(lexicon.themes()) >= 500


def colour_names(line: list[str]) -> list[str]:
    return [name.strip() for name in re.split("[,>]", line[2])]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_every_colour_of_a_theme_is_one_we_know(line: list[str]) -> None:
    names = colour_names(line)

    assert 3 <= len(names) <= 6
    assert [name for name in names if colours.of(name) is None] == []
    assert len(set(names)) == len(names)


def test_no_two_colours_of_a_theme_look_alike() -> None:
    alike = [
        (line[0], one, other)
        for line in LINES
        for one, other in combinations(colour_names(line), 2)
        if colours.difference(colours.of(one) or "", colours.of(other) or "") < 0.05
    ]

    assert alike == []


def test_no_word_of_a_theme_is_a_thing_that_is_made() -> None:
    words = {lexicon.plain(word) for item in items.ITEMS.values() for word in (item.name, *item.words)}
    themes = {lexicon.plain(word) for theme in lexicon.themes().values() for word in (theme.name, *theme.synonyms)}

    assert words & themes == set()


def test_the_order_of_a_rainbow_is_kept() -> None:
    assert lexicon.themes()["rainbow"].ordered
    assert not lexicon.themes()["autumn"].ordered


def test_no_word_stands_for_two_themes() -> None:
    words = Counter(
        lexicon.plain(word) for theme in lexicon.themes().values() for word in (theme.name, *theme.synonyms)
    )

    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize(
    ("wish", "theme"),
    [
        ("punk rock blanket", "punk rock"),
        ("PUNK-ROCK!!", "punk rock"),
        ("una manta para el Día de los Muertos", "day of the dead"),
        ("Kirschblüte Decke", "cherry blossom"),
        ("coral reef cushion", "coral reef"),
        ("something for a starry night", "night sky"),
    ],
)
def test_a_theme_is_found_in_a_wish(wish: str, theme: str) -> None:
    found = lexicon.find(wish)

    assert found is not None
    assert found[0].name == theme


def test_a_word_inside_another_names_nothing() -> None:
    assert lexicon.find("the scatterbrained concatenation") is None


@pytest.mark.parametrize(("wish", "theme"), [("haloween blankt", "halloween"), ("butterfliy scarf", "butterfly")])
def test_a_typing_error_finds_the_nearest_theme(wish: str, theme: str) -> None:
    near = lexicon.near(wish)

    assert near is not None
    assert near.name == theme


def test_an_invented_word_is_near_nothing() -> None:
    assert lexicon.near("zorbly fandango quux") is None


def test_there_are_a_dozen_items_and_more_and_each_can_be_laid_out() -> None:
    assert len(items.ITEMS) >= 12
    assert all(item.sizes or item.grids or item.single for item in items.ITEMS.values())


@pytest.mark.parametrize(
    ("wish", "item"), [("a pink baby blanket", "baby blanket"), ("bufanda azul", "scarf"), ("tote bag", "bag")]
)
def test_an_item_is_found_in_a_wish(wish: str, item: str) -> None:
    found = items.find(wish)

    assert found is not None
    assert found[0].name == item
