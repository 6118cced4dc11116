"""Colours: yarn colour names and their hex, found in a free wish, and palettes that go together.

`HEX` knows a few hundred everyday names and those of CSS (with words apart or closed up, grey or gray). Distances and
harmonies are measured in OKLab, where equal steps look equal (Björn Ottosson, 2020).
"""

from __future__ import annotations

import math
import random
import re
import unicodedata
from functools import cache

from crochet.craft.colour_names import CSS, THINGS, YARN


def _with_spellings(table: dict[str, str]) -> dict[str, str]:
    """The same table with both of gray and grey."""
    return table | {name.replace("gray", "grey"): code for name, code in table.items() if "gray" in name}


# Later wins: an everyday `red` before that of CSS. Only what CSS closes up (`hotpink`) keeps CSS's exact value.
HEX: dict[str, str] = {
    **_with_spellings({name.replace(" ", ""): code for name, code in CSS.items()}),
    **_with_spellings(CSS),
    **_with_spellings(YARN),
}

# The basic colours in the languages wishes come in most. "or" (French gold) and "rot" are left to longer words:
# one is an English conjunction, the other what wool does in a damp cellar.
_FOREIGN = {
    "black": "noir noire schwarz schwarze schwarzer negro negra nero nera zwart preto preta",
    "white": "blanc blanche weiss weisse weisser blanco blanca bianco bianca branco branca",
    "gray": "gris grise grau graue grauer grigio grigia grijs cinza",
    "red": "rouge rote roter rotes rojo roja rosso rossa rood vermelho vermelha",
    "pink": "rosa rosado rosada roze",
    "orange": "naranja arancione oranje laranja",
    "yellow": "jaune gelb gelbe gelber amarillo amarilla giallo gialla geel amarelo amarela",
    "green": "vert verte verde grun grune gruner groen",
    "blue": "bleu bleue blau blaue blauer azul azzurro azzurra blauw",
    "purple": "lila violett violette violetta morado morada viola paars roxo roxa",
    "brown": "brun brune marron braun braune brauner marrone bruin marrom",
    "turquoise": "turkis turquesa turchese",
    "cream": "creme",
}
_TRANSLATED = {word: name for name, words in _FOREIGN.items() for word in words.split()}

_BASIC = (
    "black",
    "white",
    "gray",
    "grey",
    "red",
    "pink",
    "orange",
    "yellow",
    "green",
    "blue",
    "purple",
    "brown",
    "cream",
)
# How a shade word moves a colour: lightness, and what is left of its chroma.
_SHADES = {
    "light": (0.13, 0.75), "pale": (0.18, 0.5), "pastel": (0.2, 0.5), "soft": (0.08, 0.7), "dusty": (0.0, 0.55),
    "dusky": (-0.05, 0.55), "muted": (0.0, 0.55), "dark": (-0.16, 0.9), "deep": (-0.13, 1.0), "bright": (0.05, 1.3),
    "vivid": (0.02, 1.35), "neon": (0.1, 1.8), "warm": (0.0, 1.1), "rich": (-0.05, 1.15),
}  # fmt: skip
_UNWANTED = re.compile(r"\b(?:no|not|without|avoid|except|anything but|never|ohne|sans|sin|senza) (?:any |more )?$")


def _plain(text: str) -> str:
    """Lower case, no accents, anything between words a single space: `Café-au-Lait` is `cafe au lait`."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()
    return " ".join(re.findall(r"[^\W_]+|[,.;:!?]", "".join(c for c in folded if not unicodedata.combining(c))))


@cache
def _finder() -> re.Pattern[str]:
    """One pattern for every known name, the longest first."""
    plain = {_plain(name) for name in HEX} | set(_TRANSLATED) | {f"{name}s" for name in _BASIC}
    names = "|".join(sorted(plain, key=lambda name: (-len(name), name)))
    shades = "|".join(_SHADES)
    return re.compile(rf"\b(?:(?P<name>{names})|(?P<shade>{shades}) (?P<base>{names}))\b")


def _known(word: str) -> str:
    """The name in HEX that a plain word of the finder stands for."""
    if word in HEX:
        return word
    return _TRANSLATED.get(word) or word.removesuffix("s")


def of(name: str) -> str | None:
    """The hex of a colour name, also of one with a shade word before it (`dark sage`). None: not a colour we know."""
    found = _finder().fullmatch(_plain(name))
    return _named(found)[1] if found else None


def _named(found: re.Match[str]) -> tuple[str, str]:
    """Name and hex of one find."""
    if found["name"]:
        name = _known(found["name"])
        return name, HEX[name]
    base = _known(found["base"])
    lift, keep = _SHADES[found["shade"]]
    lightness, chroma, hue = to_oklch(HEX[base])
    return f"{found['shade']} {base}", from_oklch(lightness + lift, chroma * keep, hue)


def named(text: str) -> list[tuple[str, str]]:
    """The colours a wish names, in its order, each once: `[(name, hex)]`.

    Longest name first, whole words only (no `tan` in `tangerine`), blind to case, accents and hyphens; basic colours
    in a few other languages too. `no pink` and `without pink` are left out. Names in THINGS may be meant as a theme:
    see `only_things`.
    """
    plain = _plain(text)
    found: dict[str, str] = {}
    for match in _finder().finditer(plain):
        if not _UNWANTED.search(plain[: match.start()]):
            name, code = _named(match)
            found.setdefault(name, code)
    return list(found.items())


def only_things(found: list[tuple[str, str]]) -> bool:
    """Whether every colour found is as often a thing (`rose`, `ocean`), so that the wish may mean a theme instead."""
    return all(name in THINGS for name, _ in found)


def to_oklch(code: str) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma (0 gray, about 0.3 vivid) and hue in degrees of `#RRGGBB`."""
    lightness, a, b = _oklab(code)
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """`#RRGGBB` of that lightness and hue, with as much of the chroma as a screen can show."""
    lightness = min(max(lightness, 0.0), 1.0)
    # Too vivid for the screen: halve in on the most chroma that fits. 20 halvings are finer than a byte.
    low, high = 0.0, chroma
    rgb = _rgb(lightness, chroma, hue)
    if not all(-1e-4 <= part <= 1.0001 for part in rgb):
        for _ in range(20):
            middle = (low + high) / 2
            if all(-1e-4 <= part <= 1.0001 for part in _rgb(lightness, middle, hue)):
                low = middle
            else:
                high = middle
        rgb = _rgb(lightness, low, hue)
    return "#" + "".join(f"{round(255 * _gamma(min(max(part, 0.0), 1.0))):02X}" for part in rgb)


def _linear(code: str) -> tuple[float, float, float]:
    """Linear light of `#RRGGBB`."""
    parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


@cache
def _oklab(code: str) -> tuple[float, float, float]:
    red, green, blue = _linear(code)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear red, green, blue; outside 0 to 1 where a screen cannot show it."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def difference(one: str, other: str) -> float:
    """How different two colours look: 0 the same, about 0.02 just seen, 1 black and white."""
    return math.dist(_oklab(one), _oklab(other))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    dark, light = sorted(
        sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), _linear(c), strict=True)) for c in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def nearest(code: str) -> tuple[str, str]:
    """The everyday colour that looks most like `#RRGGBB`: (name, hex)."""
    return min(YARN.items(), key=lambda entry: difference(entry[1], code))


# Turns of the colour wheel that please: neighbours, a neighbour pair and its opposite, thirds, split opposites.
_SCHEMES = ((0, 28, 56, -28), (0, 25, 180, 205), (0, 120, 240, 30), (0, 150, 210, 20), (0, 18, 180, -18))
# Lightness and chroma by place: a light ground first, then body, accent, depth, and two between.
_STEPS = ((0.93, 0.03), (0.66, 0.12), (0.55, 0.15), (0.36, 0.09), (0.78, 0.11), (0.46, 0.12))


def harmony(seed: int | str, n: int) -> list[tuple[str, str]]:
    """n yarn colours (1 to 6) that go together, the same for the same seed: `[(name, hex)]`.

    A hue is drawn, turned by one of a few schemes, and each step taken to the nearest everyday colour that looks
    clearly different from those chosen before.
    """
    draw = random.Random(f"harmony {seed}")
    hue, scheme = draw.uniform(0, 360), draw.choice(_SCHEMES)
    chosen: list[tuple[str, str]] = []
    for place, (lightness, chroma) in enumerate(_STEPS[: max(1, min(n, 6))]):
        wanted = from_oklch(
            lightness + draw.uniform(-0.04, 0.04), chroma * draw.uniform(0.8, 1.2), hue + scheme[place % len(scheme)]
        )
        free = [entry for entry in YARN.items() if all(difference(entry[1], code) >= 0.09 for _, code in chosen)]
        chosen.append(min(free, key=lambda entry: difference(entry[1], wanted)))
    draw.shuffle(chosen)
    return chosen
