"""families: the kinds of square that the corpus knows, each written round by round from a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from llm.families import granny, solid
from llm.families.style import Style
from llm.lexicon import plain


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of square. `rounds` writes one: (style, the yarn's letter of each round) -> the lines without labels.

    `across` gives what n rounds measure, wide and high, in stitches of the gauge. `edge` names what the first round of
    a border is worked in. `sides` is 0 where the outline is no regular polygon.
    """

    name: str
    words: tuple[str, ...]  # what a wish calls it
    rounds: Callable[[Style, Sequence[str]], list[str]]
    across: Callable[[int], tuple[float, float]]
    edge: Callable[[Style, int], str]
    weight: float
    least: int = 1
    most: int = 12
    label: str = "Rnd"
    sides: int = 4

    @property
    def title(self) -> str:
        """The name of its piece."""
        return self.name.title()

    def inches(self, rounds: int, gauge: int) -> tuple[float, float]:
        """What a piece of so many rounds measures, wide and high."""
        wide, high = self.across(rounds)
        return wide * 4 / gauge, high * 4 / gauge

    def allows(self, rounds: int | None) -> bool:
        """Whether there is one of so many rounds; of an open number there is."""
        return rounds is None or self.least <= rounds <= self.most


def _square(n: int) -> tuple[float, float]:
    """4n - 1 stitches: 3n of the groups and n - 1 chains, or a solid side."""
    return 4 * n - 1, 4 * n - 1


def _solid_edge(_style: Style, _rounds: int) -> str:
    return "each st"


def _granny_edge(style: Style, rounds: int) -> str:
    """A square of one round has no spaces but its corners."""
    return f"each st and ch-{style.side} sp" if rounds > 1 else "each st"


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(words.split()) for words in text.split(","))


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family(
            "classic granny square", _words("classic, classic granny, traditional granny, granny clasico"),
            granny.rounds, _square, _granny_edge, 48,
        ),
        Family(
            "no-chain granny square", _words("no chain granny, granny without chains"),
            granny.rounds, _square, _solid_edge, 22,
        ),
        Family(
            "solid square", _words("solid, solid granny, solid granny square, ohne locher, carre plein"),
            solid.rounds, _square, _solid_edge, 30,
        ),
    )
}  # fmt: skip
CLASSIC = FAMILIES["classic granny square"]


@cache
def _index() -> dict[str, str]:
    return {plain(word): family.name for family in FAMILIES.values() for word in (family.name, *family.words)}


@cache
def _finder() -> re.Pattern[str]:
    words = sorted(_index(), key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


def find(text: str) -> Family | None:
    """The kind of square that a text names: the longest name wins, then the first. None: it names none."""
    found = max(_finder().finditer(plain(text)), key=lambda m: len(m.group()), default=None)
    return FAMILIES[_index()[found.group()]] if found else None


def of(sheet: Sequence[str]) -> Family:
    """The kind of square of a sheet, by its `Motif:` line; the classic one where there is none that we know."""
    said = next((line.removeprefix("Motif: ") for line in sheet if line.startswith("Motif: ")), "")
    return FAMILIES.get(said.strip(), CLASSIC)
