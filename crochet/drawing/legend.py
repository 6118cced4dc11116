"""Legend: the key to a chart's symbols, below it: each stitch that is in it, with its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from crochet.craft.fabric import Course
from crochet.craft.stitches import shown
from crochet.craft.symbols import height
from crochet.drawing.glyphs import UNIT, number, sign
from crochet.drawing.inks import FONT, INK

# In stitch widths: the height of a line, of its letters, and what stands around a symbol and after a name.
LINE, SIZE, SIGN, APART = 2.8, 1.2, 2.0, 1.0
# A letter is so wide, at most, of its height.
LETTER = 0.6


@dataclass(frozen=True, slots=True)
class Legend:
    """SVG elements, and how much room they take below the chart."""

    parts: list[str]
    height: float


def kinds(courses: Sequence[Course]) -> list[str]:
    """The stitches a chart shows, chain and slip stitch first, then from the lowest to the tallest."""
    made = {stitch.kind for course in courses for stitch in course.stitches if not stitch.chain}
    chained = any(gap.chains for course in courses for gap in course.gaps)
    starts = any(course.stitches[0].chain for course in courses)
    joins = any(course.closed and course.stitches[0].chain for course in courses)
    first = ["ch"] * (chained or starts) + ["sl st"] * (joins or "sl st" in made)
    return first + sorted(made - {"sl st"}, key=lambda kind: (height(kind), kind))


def legend(courses: Sequence[Course], low: complex, width: float, terms: str) -> Legend:
    """The key for a chart whose lower left corner is `low`, as wide as that is, in the terms of its pattern."""
    parts = [f'<g class="key" font-family="{FONT}" font-size="{number(UNIT * SIZE)}" fill="{INK}" stroke="none">']
    x, line = APART, 0
    for kind in kinds(courses):
        name = shown(kind, terms)
        wide = SIGN + LETTER * SIZE * len(name) + APART
        if x + wide > width and x > APART:
            x, line = APART, line + 1
        at = complex(low.real + x, low.imag - line * LINE - LINE + 0.5)
        scale = min(1.0, (LINE - 0.6) / (height(kind) + 0.6))
        parts.append(
            f'<path fill="none" stroke="{INK}" stroke-width="{number(1.4 / scale)}" stroke-linecap="round" '
            f'transform="translate({number(UNIT * (at.real + SIGN / 2))} {number(-UNIT * at.imag)}) '
            f'scale({number(scale)})" d="{sign(kind)}"/>'
            f'<text x="{number(UNIT * (at.real + SIGN))}" y="{number(-UNIT * (at.imag + 0.4))}">{escape(name)}</text>'
        )
        x += wide
    return Legend([*parts, "</g>"], (line + 1) * LINE + 0.5)
