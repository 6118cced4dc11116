"""The kinds of square: each made by its formula, in every author's words, and worked by the checker."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from crochet import work
from llm import families
from llm.families import FAMILIES

AUTHORS = 16
# Stitches of round or row n, where all authors agree on them.
LAWS: dict[str, Callable[[int], int]] = {
    "classic granny square": lambda n: 12 * n,
    "no-chain granny square": lambda n: 12 * n,
    "big granny square": lambda n: 12 * n,
    "solid square": lambda n: 16 * n - 4,
    "V-stitch square": lambda n: 8 * n,
    "mesh square": lambda n: 8 * n,
    "linen stitch square": lambda n: 4 * n,
    "granny hexagon": lambda n: 12 * n,
    "solid hexagon": lambda n: 12 * n,
    "granny rectangle": lambda n: 12 * n + 18,
    "granny shawl triangle": lambda n: 6 * n + 2,
    "mitred granny square": lambda n: 6 * n,
}


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_adds_up_in_every_wording(name: str) -> None:
    family = FAMILIES[name]
    for seed in range(AUTHORS):
        rng = random.Random(f"{name} {seed}")
        terms, rounds = rng.choice(("us", "us", "uk")), rng.randint(family.least, min(family.most, 12))
        style = families.author(rng, family, terms.upper(), rounds)
        yarns = [rng.choice("AB") for _ in range(rounds)]
        state, _ = work.step(work.begin(terms), f"Piece: {family.named(terms.upper()).title()}")
        report = None
        for n, row in enumerate(family.rounds(style, yarns), 1):
            state, report = work.step(state, f"{family.label} {n} ({yarns[n - 1]}): {row}")
            assert report.verdict == "ok", (row, report.findings)
            assert len(row) <= 380
            assert name not in LAWS or style.group == 4 or report.row()["stitches"] == LAWS[name](n)
        assert report is not None
        if rounds > 1:
            assert report.row()["corners"] == family.sides


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("a blanket of hexagons in blue", "granny hexagon"),
        ("Sechseck Decke", "granny hexagon"),
        ("mitered square cushion", "mitred square"),
        ("popcorn pillow", "popcorn flower square"),
        ("solid hexagons", "solid hexagon"),
        ("V-stitch baby blanket", "V-stitch square"),
        ("bunting with triangles", "granny triangle"),
        ("circle to square coaster", "circle in a square"),
    ],
)
def test_a_wish_names_a_kind_of_square(wish: str, name: str) -> None:
    found = families.find(wish)

    assert found is not None
    assert found.name == name


def test_a_granny_square_may_be_of_any_kind() -> None:
    assert families.find("a granny square blanket") is None


def test_a_sheet_in_uk_terms_names_its_square_in_them() -> None:
    single = FAMILIES["single crochet square"]

    assert single.named("UK") == "double crochet square"
    assert families.of(["Terms: UK", "Motif: double crochet square"]) is single
    assert families.of(["Motif: something else"]) is families.CLASSIC


def test_a_bunting_is_mostly_of_triangles_and_only_a_shawl_is_a_shawl() -> None:
    triangle, shawl = FAMILIES["granny triangle"], FAMILIES["granny shawl triangle"]

    assert families.weight(triangle, "bunting", True) > sum(family.weight for family in FAMILIES.values()) / 4
    assert families.weight(shawl, "shawl", True) > 0 == families.weight(shawl, "cushion", True)
