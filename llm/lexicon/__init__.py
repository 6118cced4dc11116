"""lexicon: what colours a theme has. `punk rock` is black and hot pink; `sakura` is a cherry blossom."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from crochet.craft import colours
from llm.lexicon.spelling import slips

_WORD = re.compile(r"(?:[^\W_]|['’\u0300-\u036f])+")
ALIKE = 0.4  # below this cosine of 3-grams, two words only happen to share letters


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
def _index() -> Index:
    """Plain word or phrase -> the theme it stands for. A theme's own name wins over another's synonym."""
    index: dict[str, str] = {}
    for theme in themes().values():
        for word in theme.synonyms:
            index.setdefault(plain(word), theme.name)
    return Index(index | {plain(name): name for name in themes()})


class Find(NamedTuple):
    """Words of a text that an index knows: what they stand for, the words in plain letters, where they stand."""

    name: str
    words: str
    start: int
    end: int


class Index:
    """What words and phrases in plain letters stand for."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.most_words = max(phrase.count(" ") for phrase in names) + 1


def search(text: str, index: Index) -> Iterator[Find]:
    """Every run of words that the index knows, in the order of the text, the longer before the shorter."""
    found = list(each_word(text))
    for at in range(len(found)):
        for count in range(min(index.most_words, len(found) - at), 0, -1):
            said = " ".join(word.words for word in found[at : at + count])
            if name := index.names.get(said):
                yield Find(name, said, found[at].start, found[at + count - 1].end)


def each_word(text: str) -> Iterator[Find]:
    """Every word of a text, which stands for itself."""
    for found in _WORD.finditer(text):
        if word := plain(found.group()):
            yield Find(word, word, found.start(), found.end())


def longest(finds: Iterable[Find]) -> Find | None:
    """The longest of the finds, and of equals the first."""
    return max(finds, key=lambda find: len(find.words), default=None)


def replaced(text: str, finds: Iterable[Find], gap: str) -> str:
    """A text with a gap in place of each find, and of one inside another once."""
    parts, at = [], 0
    for found in sorted(finds, key=lambda find: (find.start, -find.end)):
        if found.start >= at:
            parts += [text[at : found.start], gap]
        at = max(at, found.end)
    return "".join([*parts, text[at:]])


def mentions(text: str) -> Iterator[Find]:
    """Every theme that a text names, and where."""
    return search(text, _index())


def find(text: str) -> tuple[Theme, str] | None:
    """The theme a text names, and the words that named it: the longest, and of equals the first. None: no theme."""
    found = longest(mentions(text))
    return (themes()[found.name], found.words) if found else None


def near(text: str) -> Theme | None:
    """The theme that a word, or two neighbouring ones, of the text are but for a slip or two. None: nothing is near."""
    said = plain(text).split()[:80]
    tries = [word for word in said if len(word) > 4] + [f"{a} {b}" for a, b in pairwise(said)]
    best, theme = 0.0, None
    for one in tries:
        for word, cosine in _alike(one):
            if cosine > max(best, ALIKE) and slips(one, word, 2) <= (1 if len(word) < 8 else 2):
                best, theme = cosine, themes()[_index().names[word]]
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
    for word in _index().names:
        if len(word) > 4:
            grams = _grams(word)
            sizes[word] = math.sqrt(sum(n * n for n in grams.values()))
            for gram, n in grams.items():
                holders.setdefault(gram, []).append((word, n))
    return holders, sizes


def _grams(word: str) -> Counter[str]:
    padded = f"  {word} "
    return Counter(padded[i : i + 3] for i in range(len(padded) - 2))
