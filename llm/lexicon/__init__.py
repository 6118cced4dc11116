"""lexicon: what colours a theme has. `punk rock` is black and hot pink; `sakura` is a cherry blossom."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from crochet.craft import colours

NEAR = 0.6  # below this cosine of 3-grams, two words only happen to share letters


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, the other words for it, and its colours' names, the most telling first; `ordered`: as in a flag."""

    name: str
    synonyms: tuple[str, ...]
    palette: tuple[str, ...]
    ordered: bool = False


def plain(text: str) -> str:
    """Lower case, no accents, words apart by one space: `Día de los Muertos!` is `dia de los muertos`."""
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("'", "").replace("’", "")).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in folded if not unicodedata.combining(c))))


@cache
def themes() -> dict[str, Theme]:
    """Every theme by its name."""
    found: dict[str, Theme] = {}
    for line in (Path(__file__).parent / "themes.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, synonyms, palette = (part.strip() for part in line.split("|"))
            words = tuple(word.strip() for word in synonyms.split(",") if word.strip())
            colour_names = (colour.strip() for colour in re.split("[,>]", palette))
            found[name] = Theme(name, words, tuple(name for name in colour_names if colours.of(name)), ">" in palette)
    return found


@cache
def _index() -> dict[str, str]:
    """Plain word or phrase -> the theme it stands for. A theme's own name wins over another's synonym."""
    index: dict[str, str] = {}
    for theme in themes().values():
        for word in theme.synonyms:
            index.setdefault(plain(word), theme.name)
    return index | {plain(name): name for name in themes()}


@cache
def _finder() -> re.Pattern[str]:
    words = sorted(_index(), key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


def find(text: str) -> tuple[Theme, str] | None:
    """The theme a text names, and the words that named it: the longest, and of equals the first. None: no theme."""
    found = max(_finder().finditer(plain(text)), key=lambda m: len(m.group()), default=None)
    return (themes()[_index()[found.group()]], found.group()) if found else None


def near(text: str) -> Theme | None:
    """The theme whose name is spelt most like a word, or two neighbouring words, of the text. None: nothing is near."""
    words = plain(text).split()[:80]
    tries = [word for word in words if len(word) > 4] + [f"{a} {b}" for a, b in pairwise(words)]
    best, theme = NEAR, None
    for one in tries:
        for word, cosine in _alike(one):
            if cosine > best:
                best, theme = cosine, themes()[_index()[word]]
    return theme


def _alike(word: str) -> Iterator[tuple[str, float]]:
    """The lexicon's words that share a 3-gram with a word, each with the cosine of the two."""
    grams = _grams(word)
    shared: Counter[str] = Counter()
    holders, sizes = _spelt()
    for gram, n in grams.items():
        for other, times in holders.get(gram, ()):
            shared[other] += n * times
    size = math.sqrt(sum(n * n for n in grams.values()))
    return ((other, n / (size * sizes[other])) for other, n in shared.items())


@cache
def _spelt() -> tuple[dict[str, list[tuple[str, int]]], dict[str, float]]:
    """3-gram -> the words that have it, how often; and each word's length as a vector of 3-grams."""
    holders: dict[str, list[tuple[str, int]]] = {}
    sizes: dict[str, float] = {}
    for word in _index():
        if len(word) > 4:
            grams = _grams(word)
            sizes[word] = math.sqrt(sum(n * n for n in grams.values()))
            for gram, n in grams.items():
                holders.setdefault(gram, []).append((word, n))
    return holders, sizes


def _grams(word: str) -> Counter[str]:
    padded = f"  {word} "
    return Counter(padded[i : i + 3] for i in range(len(padded) - 2))
