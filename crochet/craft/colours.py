"""Colours: yarn colour names and their hex, found in a free wish; how different two look.

`HEX` knows a few hundred everyday names and those of CSS (with words apart or closed up, grey or gray). Distances are
measured in OKLab, where equal steps look equal (Björn Ottosson, 2020).
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from crochet.craft.colour_names import CSS, THINGS, YARN
from crochet.craft.colour_words import AFTER, GERMAN, translated


def _with_spellings(table: dict[str, str]) -> dict[str, str]:
    """The same table with both of gray and grey."""
    return table | {name.replace("gray", "grey"): code for name, code in table.items() if "gray" in name}


# Later wins: an everyday `red` before that of CSS. Only what CSS closes up (`hotpink`) keeps CSS's exact value.
HEX: dict[str, str] = {
    **_with_spellings({name.replace(" ", ""): code for name, code in CSS.items()}),
    **_with_spellings(CSS),
    **_with_spellings(YARN),
}

_BASIC = (
    "black", "white", "gray", "grey", "red", "pink", "orange", "yellow", "green", "blue", "purple", "brown", "cream",
    "turquoise",
)  # fmt: skip
_OFTEN_MISSPELT = (*_BASIC, "lavender", "mustard", "burgundy", "magenta", "maroon", "beige", "lilac", "violet")
# How a shade word moves a colour: lightness, and what is left of its chroma.
_SHADES = {
    "light": (0.13, 0.75), "pale": (0.18, 0.5), "pastel": (0.2, 0.5), "soft": (0.08, 0.7), "dusty": (0.0, 0.55),
    "dusky": (-0.05, 0.55), "muted": (0.0, 0.55), "dark": (-0.16, 0.9), "deep": (-0.13, 1.0), "bright": (0.05, 1.3),
    "vivid": (0.02, 1.35), "neon": (0.1, 1.8), "warm": (0.0, 1.1), "rich": (-0.05, 1.15),
}  # fmt: skip
_UNWANTED = re.compile(
    r"\b(?:no|not|without|avoid|avoiding|except|anything but|everything but|never|nothing|isn ?t|aren ?t|don ?t"
    r"|doesn ?t|hates?|dislikes?|instead of|minus|allergic to|ohne|kein|keine|keinen|nicht|sans|pas de|ni|sin"
    r"|nada de|odio|senza|niente|sem|zonder|geen|niet)"
    r"(?: (?:any|more|too|much|please|like|likes|want|use|a|the|me gusta el|in|of|de|di|that|is|colou?r))*$"
)
_NOT_ONLY = re.compile(r"\bnot (?:only|just)\b[^,.;:!?]*$")
_AND_SO_ON = frozenset(("or", "nor", "and", "und", "oder", "y", "o", "ou", "et", "e"))
_FIBRES = frozenset(("wool", "linen", "flax"))  # colours too, but what a `wool cushion` is made of


@dataclass(frozen=True, slots=True)
class Mention:
    """A colour in a text: its name and hex, where it stands, and whether it is wanted or to be left out.

    `start` of one that is left out is that of the word that says so.
    """

    name: str
    hex: str
    start: int
    end: int
    wanted: bool = True


def _plain(text: str) -> str:
    """Lower case, no accents, anything between words a single space: `Café-au-Lait` is `cafe au lait`."""
    return " ".join(word for word, _, _ in _words(text))


def _words(text: str) -> list[tuple[str, int, int]]:
    """(plain word or punctuation mark, start, end)."""
    return [
        (word, found.start(), found.end())
        for found in re.finditer(r"[^\W_]+|[,.;:!?]", text)
        if (word := _folded(found.group()))
    ]


def _folded(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.replace("ß", "ss")).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))


@cache
def _index() -> dict[str, str]:
    """Every name in plain letters -> the English name it stands for."""
    return translated() | {f"{name}s": name for name in _BASIC} | {_plain(name): name for name in HEX}


@cache
def _longest() -> int:
    return max(name.count(" ") for name in _index()) + 1


def of(name: str) -> str | None:
    """The hex of a colour name, also of one with a shade word before it (`dark sage`). None: not a colour we know."""
    words = [word for word, _, _ in _words(name)]
    found = _at(words, 0) if words else None
    return found[1] if found and found[2] == len(words) else None


def _at(words: list[str], at: int) -> tuple[str, str, int] | None:
    """The colour that begins with that word: name, hex, how many words. The longest wins."""
    for count in range(min(_longest() + 1, len(words) - at), 0, -1):
        if found := _phrase(words[at : at + count], words):
            return *found, count
    return None


def _phrase(words: list[str], around: list[str]) -> tuple[str, str] | None:
    """Name and hex of all these words together."""
    phrase = " ".join(words)
    if name := _index().get(phrase):
        return _shade(name)
    if len(words) > 1:
        if words[0] in _SHADES and (name := _index().get(" ".join(words[1:]))):
            return _shade(f"{words[0]} {name}")
        if words[-1] in AFTER and (name := _index().get(" ".join(words[:-1]))):
            return _shade(f"{AFTER[words[-1]]} {name}")
        return None
    if phrase == "rot" and GERMAN.intersection(around):
        return "red", HEX["red"]
    if name := _misspelt(phrase):
        return name, HEX[name]
    return None


def _shade(name: str) -> tuple[str, str] | None:
    """Name and hex of a name, or of a name with a shade word before it."""
    if name in HEX:
        return name, HEX[name]
    shade, _, base = name.partition(" ")
    if shade not in _SHADES or (below := _shade(base)) is None:
        return None
    lift, keep = _SHADES[shade]
    lightness, chroma, hue = to_oklch(below[1])
    return name, from_oklch(lightness + lift, chroma * keep, hue)


@cache
def _misspelt(word: str) -> str | None:
    """The common colour that a word is but for two letters the wrong way round, or one that is doubled or left out."""
    if len(word) < 5:
        return None
    for name in _OFTEN_MISSPELT:
        swapped = {name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(1, len(name) - 1)}
        doubled = {name[: i + 1] + name[i:] for i in range(len(name))}
        short = {name[:i] + name[i + 1 :] for i in range(1, len(name))} if len(name) > 5 else set()
        if word in swapped | doubled | short:
            return name
    return None


def mentions(text: str) -> list[Mention]:
    """The colours that a text names, in its order, wanted or not.

    Longest name first, whole words only (no `tan` in `tangerine`), blind to case, accents and hyphens; those of a few
    other languages too. A fibre is a colour only in a list of some: `linen and sage`.
    """
    words = _words(text)
    plain = [word for word, _, _ in words]
    found: list[Mention] = []
    at, last, begun = 0, -1, 0  # `last`: where the colour before ended, if that was unwanted
    while at < len(words):
        if (colour := _at(plain, at)) is None:
            at += 1
            continue
        name, code, count = colour
        before = " ".join(plain[max(0, at - 12) : at])
        if last >= 0 and last < at and set(plain[last:at]) <= _AND_SO_ON:
            wanted = False
        elif (said := _UNWANTED.search(before)) and not _NOT_ONLY.search(before):
            wanted, begun = False, words[at - said.group().count(" ") - 1][1]
        else:
            wanted = True
        end = words[at + count - 1][2]
        found.append(Mention(name, code, words[at][1] if wanted else begun, end, wanted))
        at += count
        last = -1 if wanted else at
    dyed = [one for one in found if one.name not in _FIBRES]
    return [one for one in found if one.name not in _FIBRES or any(_are_listed(text, one, other) for other in dyed)]


def _are_listed(text: str, *two: Mention) -> bool:
    """Whether nothing but a comma or an `and` is between the two: `linen and sage`."""
    first, second = sorted(two, key=lambda one: one.start)
    between = {word for word, _, _ in _words(text[first.end : second.start])}
    return bool(between) and between <= _AND_SO_ON | {","}


def named(text: str) -> list[tuple[str, str]]:
    """The colours a wish names, in its order, each once: `[(name, hex)]`.

    `no pink` and `without pink` are left out. Names in THINGS may be meant as a theme: see `only_things`.
    """
    found = {one.name: one.hex for one in reversed(mentions(text)) if one.wanted}
    return list(reversed(found.items()))


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
