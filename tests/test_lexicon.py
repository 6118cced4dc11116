"""The lexicon: themes, their other words and their colours."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from crochet.craft import colours
from llm import items, lexicon

LINES = [
    [part.strip() for part in line.split("|")]
    for line in (Path(lexicon.__file__).parent / "themes.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_there_are_two_hundred_themes_and_more() -> None:
    assert len(lexicon.themes()) >= 200


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_every_colour_of_a_theme_is_one_we_know(line: list[str]) -> None:
    names = [name.strip() for name in line[2].split(",")]

    assert 3 <= len(names) <= 6
    assert [name for name in names if colours.of(name) is None] == []
    assert len(set(names)) == len(names)


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
