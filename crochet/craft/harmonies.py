"""Harmonies: yarn colours that go together, shades of one colour, and what kind of colour one is.

Hues are turned and steps measured in OKLCH, where equal steps look equal.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

from crochet.craft.colour_names import YARN
from crochet.craft.colours import difference, from_oklch, to_oklch

APART = 0.09  # colours of a palette can be told apart by lamplight

# Turns of the colour wheel that please: neighbours, a neighbour pair and its opposite, thirds, split opposites.
_SCHEMES = ((0, 28, 56, -28), (0, 25, 180, 205), (0, 120, 240, 30), (0, 150, 210, 20), (0, 18, 180, -18))
# Lightness and chroma by place: a light ground first, then body, accent, depth, and two between.
_STEPS = ((0.93, 0.03), (0.66, 0.12), (0.55, 0.15), (0.36, 0.09), (0.78, 0.11), (0.46, 0.12))
# Where on the wheel of hues, in degrees, which kind of colour begins.
_WHEEL = ((12, "red"), (42, "orange"), (75, "yellow"), (118, "green"), (172, "turquoise"), (222, "blue"),
          (284, "purple"), (332, "pink"))  # fmt: skip
Pair = tuple[str, str]


def harmony(seed: int | str, n: int, beside: Sequence[Pair] = (), without: Collection[str] = ()) -> list[Pair]:
    """n yarn colours (1 to 6) that go together, the same for the same seed: `[(name, hex)]`.

    A hue is drawn, turned by one of a few schemes, and each step taken to the nearest everyday colour that looks
    clearly different from those chosen before and from those `beside` them. None is of a kind in `without`.
    """
    draw = random.Random(f"harmony {seed}")
    hue, scheme = draw.uniform(0, 360), draw.choice(_SCHEMES)
    allowed = [pair for pair in YARN.items() if kind(pair[1]) not in without]
    chosen: list[Pair] = []
    for place, (lightness, chroma) in enumerate(_STEPS[: max(1, min(n, 6))]):
        wanted = from_oklch(
            lightness + draw.uniform(-0.04, 0.04), chroma * draw.uniform(0.8, 1.2), hue + scheme[place % len(scheme)]
        )
        others = [code for _, code in (*beside, *chosen)]
        free = [pair for pair in allowed if all(difference(pair[1], code) >= APART for code in others)]
        if not free:
            break
        chosen.append(min(free, key=lambda pair: difference(pair[1], wanted)))
    draw.shuffle(chosen)
    return chosen


def tones(code: str, n: int) -> list[Pair]:
    """Up to n yarn colours of one kind, light to dark: the shades of blue."""
    _, _, hue = to_oklch(code)
    wanted = kind(code)
    same = [
        pair for pair in YARN.items() if kind(pair[1]) == wanted and (wanted in _GREYS or _turn(pair[1], hue) <= 30)
    ]
    chosen: list[Pair] = []
    for step in range(n):
        lightness = 0.9 - 0.62 * step / max(1, n - 1)
        free = [pair for pair in same if all(difference(pair[1], other) >= APART / 2 for _, other in chosen)]
        if free:
            chosen.append(min(free, key=lambda pair: abs(to_oklch(pair[1])[0] - lightness)))
    return chosen


_GREYS = frozenset(("black", "white", "gray"))


def kind(code: str) -> str:
    """Which basic colour a hex is a kind of: black, white, gray, brown, red, orange, yellow, green, turquoise, blue,
    purple or pink."""
    lightness, chroma, hue = to_oklch(code)
    if (
        chroma < 0.018
        or (chroma < 0.035 and lightness < 0.8)
        or (chroma < 0.06 and lightness > 0.86 and 55 < hue < 118)
    ):
        return "black" if lightness < 0.32 else "white" if lightness > 0.86 else "gray"
    name = next((name for begins, name in reversed(_WHEEL) if hue >= begins), "pink")
    if name == "red":
        return "pink" if lightness > 0.635 else "brown" if lightness < 0.42 and chroma < 0.1 else "red"
    if name in ("orange", "yellow") and chroma < 0.125 and lightness < 0.72:
        return "brown" if hue < 95 else "green"
    if name == "pink" and lightness < 0.45:
        return "purple" if 300 < hue < 350 else "red"
    return "pink" if name == "orange" and lightness > 0.86 else name


def _turn(code: str, hue: float) -> float:
    """How many degrees a colour's hue is from another."""
    away = abs(to_oklch(code)[2] - hue) % 360
    return min(away, 360 - away)
