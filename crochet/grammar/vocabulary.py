"""Vocabulary: what the names of made-up stitches stand for: the usual ones, and those a pattern tells of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crochet.craft.stitches import Words
from crochet.grammar.pattern import Item


@dataclass(frozen=True, slots=True)
class Shape:
    """What a name stands for: `items` into one place, or (none) one stitch of the key `name`.

    `plain`: the items stand in a row of their own. `unread`: the text tells what it is, in words not understood.
    """

    name: str
    items: tuple[Item, ...] = ()
    plain: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Definitions:
    """Shapes by the words of their names; `begins`: the first words, and how long a name so begun may be.

    `codes`: names of letters and numbers, `c4f`, which are words here. `letters`: X, V and A are sc, inc and dec.
    """

    shapes: Mapping[Words, Shape] = field(default_factory=dict)
    begins: Mapping[str, int] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    letters: bool = False


NONE = Definitions()


def firsts(table: Mapping[Words, object]) -> dict[str, int]:
    """The words a name of the table begins with, and how many words the longest of these has."""
    found: dict[str, int] = {}
    for words in table:
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


def definitions(shapes: Mapping[Words, Shape]) -> Definitions:
    codes = frozenset(words[0] for words in shapes if len(words) == 1 and not words[0].isalpha())
    return Definitions(shapes, firsts(shapes), codes)
