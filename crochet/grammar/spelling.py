"""Spelling: a word of the craft with one letter wrong. Short words are never guessed at: `dc` is one from `sc`."""

from __future__ import annotations

from functools import lru_cache

from crochet.craft.stitches import NAMES

SHORTEST = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MORE = """
adjustable across another around attach beginning between center centre chain chains change circle clusters corner
corners count counts decrease decreases every facing fasten finish first following fourth front group groups increase
increases initial invisible joining loops loosely magic making middle picot picots popcorn previous remaining repeat
repeats right round rounds second shell shells space spaces stitch stitches start starting standing third through times
together total treble turning twice until working worked wrong
"""
# Words that are right, though one letter from a word of the craft.
_OWN = """
bubble bubbles chair chairs charge charged changed closed counted court courts crosses extra finished firsts frost
frosts fronts invisibly looks totals grout grouped joints joins joint leaves loose loopy loosen mature pilot pivot
rounded repeated scale scales
shall shelf shells singe smell spaced spacer spare spares spell spine spice spiced stars stark starts starter
swell switch stick sticks stitched
stitcher there tires tiles timer trembles tremble trebled turnings twine third-ply workings
"""
KNOWN = frozenset(word for words in NAMES for word in words if len(word) >= SHORTEST) | frozenset(_MORE.split())
# What a word may be meant for: words, and not abbreviations such as `hdcblo`.
_MEANT = frozenset(word for word in KNOWN if sum(c in "aeiou" for c in word) > 1) | frozenset(_MORE.split())
_LEFT_ALONE = frozenset(_OWN.split())
# Words that are no yarn's name, where one might stand: `with the hook`, `with both`.
CRAFT = frozenset(
    ["hook", "hooks", "loop", "loops", "both", "knit", "same", "back", "sides", "side", "wrong", "left", "right",
     "facing", "that", "this", "these", "those", "each", "first", "last", "next", "with", "into", "from", "your",
     "tail", "needle", "needles", "pins", "markers", "marker", "stitch", "stitches", "yarn", "strands", "double",
     "single", "treble", "half", "long", "wool"]
)  # fmt: skip


@lru_cache(4096)
def spelled(word: str) -> str:
    """The word as it should be: one letter put in, left out, changed or swapped with the next; else as it is."""
    if len(word) < SHORTEST or len(word) > 14 or word in KNOWN or word in _LEFT_ALONE:
        return word
    near = sorted(one for one in _one_edit(word) if one in _MEANT and len(one) >= SHORTEST)
    return near[0] if near else word


def _one_edit(word: str) -> set[str]:
    """Every word one edit away; the first letter stays, unless it changed places with the second."""
    splits = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    found = {a + b[1:] for a, b in splits if b}
    found |= {a + c + b[1:] for a, b in splits if b for c in _LETTERS}
    found |= {a + c + b for a, b in splits for c in _LETTERS}
    return found | {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
