"""Borders: every kind adds up over any number of squares, by the checker."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from crochet import work
from llm import borders
from llm.families import FAMILIES, author
from tests.squares import sheet

KINDS = (
    "sc in each", "hdc in each", "dc in each", "in each gap", "back loop", "blo of", "reverse sc", "crab st",
    "sl st in 3rd ch", "ch 3, sk next st", "(sc, ch 2, sc) in next st", "(dc, ch 1, dc)", "sc in next st, ch 1, sk",
    "5 dc in next st", "7 dc in corner sp", "sl st in each",
)  # fmt: skip


def drawn(seed: int, family: str, terms: str = "US") -> Iterator[tuple[str, str]]:
    """(border, sheet) on squares of one family in different layouts."""
    for layout in ("one piece", "2 rows of 2, one kind", "3 rows of 4, one kind", "1 row of 5, one kind"):
        rng = random.Random(f"{seed} {layout}")
        rounds = rng.randint(FAMILIES[family].least, FAMILIES[family].least + 3)
        style = author(rng, FAMILIES[family], terms, rounds)
        rows = FAMILIES[family].rounds(style, ["A"] * rounds)
        single = layout == "one piece"
        edging = borders.border(rng, style, ["A", "B", "B"][: rng.randint(1, 3)], rounds, single)
        text = sheet(
            [f"Rnd {n} (A): {row}" for n, row in enumerate(rows, 1)],
            layout,
            terms,
            tuple([] if single else ["Joining (A): Whip stitch through the back loops."])
            + tuple(f"Border Rnd {n} (A): {row}" for n, row in enumerate(edging, 1)),
        )
        yield "\n".join(edging).lower(), text


@pytest.mark.parametrize("family", [name for name, each in FAMILIES.items() if each.sides == 4 and each.label == "Rnd"])
def test_every_border_adds_up_over_every_layout(family: str) -> None:
    for seed in range(12):
        for border, text in drawn(seed, family, "UK" if seed % 4 == 3 else "US"):
            assert work.check(text)["verdict"] == "ok", (border, text)


def test_there_are_more_than_ten_kinds() -> None:
    seen = "\n".join(border for seed in range(80) for border, _ in drawn(seed, "classic granny square"))

    assert [kind for kind in KINDS if kind not in seen] == []
