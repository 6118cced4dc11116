"""Petals: what is told of where the work lies while a round is worked behind it. It makes no stitch.

behind = ("working" | "keeping" | "fold" | ...) words, one of them `petals` or `behind`
"""

from __future__ import annotations

from crochet.grammar.tokens import Reader

_DOES = frozenset(
    ["working", "work", "worked", "keeping", "keep", "holding", "hold", "fold", "folding", "push", "pushing", "bend",
     "bending", "pulling", "bring", "behind", "always", "be", "making", "flip", "press", "placing", "now"]
)  # fmt: skip
_LIES = frozenset({"petal", "petals", "behind"})
_ABOUT = frozenset(
    ["the", "all", "each", "ch", "chs", "chain", "chains", "loop", "loops", "lps", "sts", "stitches", "last",
     "previous", "prev", "rnd", "round", "row", "rnds", "rounds", "of", "to", "in", "at", "back", "front",
     "forward", "forwards",
     "down", "toward", "towards", "you", "out", "way", "and", "this", "these", "your", "is", "are", "from", "side",
     "sp", "sps", "shells", "shell", "throughout", "free", "on", "made", "first", "second", "sure", "flower", "worked",
     "sc", "dc", "-"]
)  # fmt: skip
_ENDS = frozenset([",", ".", ";", ":", "(", ")", "[", "]", "*", ""])


def behind(text: Reader) -> bool:
    """Pass over `working behind petals`, `keeping ch behind petals of last rnd`, `fold petals forward`."""
    at = text.i
    told = bare = False
    if text.peek().text in _DOES:
        bare = text.peek().text == "behind"
        while text.peek().text not in _ENDS:
            token = text.peek()
            told = told or token.text in _LIES
            if not (token.text in _DOES | _LIES | _ABOUT or token.kind in ("n", "o")):
                told = False
                break
            text.i += 1
    if not told or (bare and text.i - at < 2 and text.found[at - 1].text not in _DOES):
        text.i = at
        return False
    return True
