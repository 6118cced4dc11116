"""abouts: the sentence on a pattern's colours and use. What it says of colours is true of the rounds."""

from __future__ import annotations

import random
from dataclasses import dataclass

from crochet.craft.layouts import Layout
from llm.lexicon import sheet_words as words
from llm.yarns import Yarns

FRAMES = (
    *words.OPENINGS, *words.OPENINGS_OF_SQUARES, *words.OPENINGS_OF_TWO_KINDS, *words.CLOSES,
    *words.CLOSES_OF_BORDERS, *words.CLOSES_OF_SEAMS,
)  # fmt: skip
PLAIN = "plain stitches"  # where there is no second colour to speak of


@dataclass(frozen=True, slots=True)
class Subject:
    """What is spoken of. `names`: of the yarns, by letter. `square`: whether its piece is one."""

    item: str
    names: dict[str, str]
    yarns: Yarns
    layout: Layout
    square: bool


def about(rng: random.Random, of: Subject) -> str:
    """`Black in the middle, one loud edge.`"""
    several = of.layout.rows * of.layout.columns > 1
    openings, closes = list(words.OPENINGS), list(words.CLOSES)
    if several and of.square:
        openings += words.OPENINGS_OF_SQUARES
    if of.layout.exchange and of.square:
        openings += words.OPENINGS_OF_TWO_KINDS * 3
    if of.yarns.edges:
        closes += words.CLOSES_OF_BORDERS
    if several:
        closes += words.CLOSES_OF_SEAMS
    slots = _slots(of)
    return f"{rng.choice(openings).format(**slots)}, {rng.choice(closes).format(**slots)}."


def _slots(of: Subject) -> dict[str, str]:
    middle = of.names[of.yarns.rounds[0]]
    next_ = next((of.names[letter] for letter in of.yarns.rounds if of.names[letter] != middle), "") or next(
        (name for name in of.names.values() if name != middle), PLAIN
    )
    outermost = of.names[[*of.yarns.rounds, *of.yarns.edges][-1]]
    seam = of.names[of.yarns.joint]
    article = "An" if of.item[:1] in "aeiou" else "A"
    return {
        "c": middle, "C": middle[0].upper() + middle[1:], "d": next_, "e": outermost, "j": seam,
        "A": article, "i": of.item,
    }  # fmt: skip
