"""families: the kinds of square that the corpus knows, each written round by round from a formula."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from llm.families import circle, flowers, granny, mesh, mitred, mixed, rectangle, shawl, solid, tiles, vstitch
from llm.families.style import Style, draw
from llm.lexicon import Index, longest, plain, replaced, search


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of square. `rounds` writes one: (style, the yarn's letter of each round) -> the lines without labels.

    `across` gives what n rounds measure, wide and high, in stitches of the gauge. `edge` names what the first round of
    a border is worked in. `sides` is 0 where the outline is no regular polygon.
    """

    name: str
    words: tuple[str, ...]  # what a wish calls it
    rounds: Callable[[Style, Sequence[str]], list[str]]
    suit: Callable[[random.Random, Style], Style]
    across: Callable[[int], tuple[float, float]]
    edge: Callable[[Style, int], str]
    weight: float
    least: int = 1
    most: int = 12
    label: str = "Rnd"
    sides: int = 4
    uk: str = ""  # its name in UK terms where it differs
    alone: tuple[int, int] | None = None  # least and most rounds of one that is the whole thing

    def named(self, terms: str) -> str:
        """Its name in the sheet's terms."""
        return self.uk if self.uk and terms == "UK" else self.name

    def inches(self, rounds: int, gauge: int) -> tuple[float, float]:
        """What a piece of so many rounds measures, wide and high."""
        wide, high = self.across(rounds)
        return wide * 4 / gauge, high * 4 / gauge

    def usual(self, rounds: int) -> int:
        """The rounds of one where a square of so many is usual. A row is half as high as a round is wide."""
        return min(max(2 * rounds if self.label == "Row" else rounds, self.least), self.most)

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


def _spaced_edge(style: Style, _rounds: int) -> str:
    return f"each st and ch-{style.side} sp"


def _mixed_edge(style: Style, rounds: int) -> str:
    """As its last round is."""
    if style.family == "mixed granny square":
        solid_on = mixed.kinds_of(style, rounds)[-1] == mixed.SOLID
    else:
        solid_on = style.solid_on and rounds > 3
    return "each st" if solid_on else f"each st and ch-{style.side} sp"


def _hexagon_edge(style: Style, rounds: int) -> str:
    return _granny_edge(style, rounds) if style.side else "each st"


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(words.split()) for words in text.split(","))


def _plain(_rng: random.Random, style: Style) -> Style:
    return style


def _narrow(n: int) -> tuple[float, float]:
    """Low stitches grow a side by two."""
    return 2 * n, 2 * n


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family("classic granny square", _words("classic, classic granny, traditional granny, granny clasico"),
               granny.rounds, granny.classic, _square, _granny_edge, 24),
        Family("no-chain granny square", _words("no chain granny, granny without chains"),
               granny.rounds, granny.no_chain, lambda n: (3.3 * n, 3.3 * n), _solid_edge, 9),
        Family("solid square", _words("solid, solid granny, solid granny square, ohne locher, carre plein"),
               solid.rounds, solid.double, _square, _solid_edge, 14),
        Family("single crochet square", _words("sc square, single crochet"), solid.rounds, solid.single,
               _narrow, _solid_edge, 3, uk="double crochet square"),
        Family("half double square", _words("hdc square, half double crochet"), solid.rounds, solid.half,
               _square, _solid_edge, 3, uk="half treble square"),
        Family("mixed granny square", _words("mixed granny, granny and solid"), mixed.rounds, mixed.suit,
               _square, _mixed_edge, 6, least=2),
        Family("cluster flower square", _words("cluster, flower, flowers"), flowers.rounds, flowers.cluster,
               _square, _mixed_edge, 4, least=3),
        Family("popcorn flower square", _words("popcorn, bobbles"), flowers.rounds, flowers.popcorn,
               _square, _mixed_edge, 3, least=3),
        Family("puff flower square", _words("puff, puff stitch, puffs"), flowers.rounds, flowers.puff,
               _square, _mixed_edge, 3, least=3),
        Family("sunburst square", _words("sunburst, sunburst granny"), flowers.sunburst, flowers.sun,
               _square, _mixed_edge, 4, least=4),
        Family("circle in a square", _words("circle to square, circle in square, circles, circle"), circle.rounds,
               circle.suit, _square, _solid_edge, 4, least=3),
        Family("V-stitch square", _words("v stitch, v st"), vstitch.rounds, vstitch.suit,
               lambda n: (3 * n + 1, 3 * n + 1), _spaced_edge, 4),
        Family("mesh square", _words("mesh, filet"), mesh.rounds, mesh.suit, _square, _spaced_edge, 3),
        Family("linen stitch square", _words("linen stitch, moss stitch"), granny.rounds, granny.moss,
               _narrow, _granny_edge, 3),
        Family("mitred square", _words("mitred, mitered, miter, mitre"), mitred.rows, mitred.single,
               lambda n: (n, n), _solid_edge, 3, least=3, most=20, label="Row", sides=0),
        Family("mitred granny square", _words("mitred granny, mitered granny, corner granny"), mitred.granny,
               mitred.groups, _square, _solid_edge, 2, label="Row", sides=0),
        Family("corner-to-corner triangle", _words("corner to corner, c2c"), tiles.rows, tiles.suit,
               lambda n: (5 * n, 2.5 * n), _solid_edge, 1, least=3, most=20, label="Row", sides=0, alone=(9, 20)),
        Family("granny hexagon", _words("hexagon, hexagons, hexagonal, sechseck, hexagone, hexagono"), granny.rounds,
               granny.hexagon, lambda n: (3.7 * n, 4.2 * n), _hexagon_edge, 4, sides=6),
        Family("solid hexagon", _words("solid hexagons"), solid.rounds, solid.hexagon,
               lambda n: (3.5 * n, 4 * n), _solid_edge, 2, sides=6),
        Family("granny triangle", _words("triangle, triangles, triangular, dreieck, triangulo"), granny.rounds,
               granny.triangle, lambda n: (4 * n, 3.5 * n), _hexagon_edge, 2, sides=3),
        Family("solid triangle", _words("solid triangles"), solid.rounds, solid.triangle,
               lambda n: (6 * n - 3, 5.2 * n - 3), _solid_edge, 1, sides=3),
        Family("granny rectangle", _words("rectangle, rectangles, rectangular, rechteck"), rectangle.rounds,
               rectangle.suit, lambda n: (4 * n - 1, 4 * (n + rectangle.EXTRA) - 1), _granny_edge, 3, least=2),
        Family("granny shawl triangle", _words("triangle shawl, triangular shawl"), shawl.rows, shawl.suit,
               lambda n: (12 * n, 6 * n), _solid_edge, 1, least=4, most=18, label="Row", sides=0, alone=(8, 18)),
        Family("big granny square", _words("one big square, giant granny, giant granny square, big granny, one square"),
               granny.rounds, granny.big, _square, _granny_edge, 2, least=10, most=20, alone=(12, 20)),
    )
}  # fmt: skip
# How often other shapes are taken for a thing; "": for any other.
_SUITING: dict[str, dict[str, float]] = {
    "granny triangle": {"bunting": 60, "shawl": 4, "": 0.5},
    "solid triangle": {"bunting": 30, "": 0.3},
    "granny shawl triangle": {"shawl": 80, "wrap": 30, "": 0},
    "corner-to-corner triangle": {"shawl": 30, "wrap": 15, "": 0},
    "granny hexagon": {"coaster": 12, "trivet": 8, "": 4},
    "granny rectangle": {"placemat": 12, "rug": 6, "table runner": 6, "bunting": 0, "coaster": 0, "": 3},
}
_OF_ONE = ("rug", "pet blanket", "doll blanket", "cushion", "seat pad")
BIG = FAMILIES["big granny square"]
CLASSIC = FAMILIES["classic granny square"]


@cache
def _index() -> Index:
    return Index({plain(word): family.name for family in FAMILIES.values() for word in (family.name, *family.words)})


def find(text: str) -> Family | None:
    """The kind of square that a text names: the longest name wins, then the first. None: it names none."""
    found = longest(search(text, _index()))
    return FAMILIES[found.name] if found else None


def without(text: str, gap: str = " ") -> str:
    """A text without the kinds that it names in several words; one word, such as `flower`, may be its theme as well."""
    return replaced(text, [found for found in search(text, _index()) if " " in found.words], gap)


def of(sheet: Sequence[str]) -> Family:
    """The kind of square of a sheet, by its `Motif:` line; the classic one where there is none that we know."""
    said = next((line.removeprefix("Motif: ") for line in sheet if line.startswith("Motif: ")), "").strip()
    return FAMILIES.get(said) or next((family for family in FAMILIES.values() if family.uk == said != ""), CLASSIC)


def weight(family: Family, item: str, small: bool) -> float:
    """How often a thing is made of these: a bunting of triangles; a shawl may be one, a blanket may be one square."""
    if family is BIG and small and item not in _OF_ONE:
        return 0
    suiting = _SUITING.get(family.name, {})
    return suiting.get(item, suiting.get("", family.weight))


def author(rng: random.Random, family: Family, terms: str, rounds: int) -> Style:
    """One author of such a piece of so many rounds. One chain makes a corner only for who knows where it lies."""
    style = family.suit(rng, draw(rng, family.name, terms))
    if style.corner > 1:
        return style
    if rounds < 2:
        return replace(style, corner=2)
    telling = style.declare in ("corners", "side", "groups")
    return replace(style, corner_word="ch", declare="all" if telling else style.declare)
