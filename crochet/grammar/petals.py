"""Petals: what is told of where the work lies while a round is worked behind it. It makes no stitch.

behind = ("working" | "keeping" | "fold" | ...) words, one of them `petals` or `behind`
back   = "from" ["the"] "back" | "at" ["the"] "back" | "behind" ["next"] "petal" | ...     (beside a place)
"""

from __future__ import annotations

from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader

_DOES = frozenset(
    ["working", "work", "worked", "keeping", "keep", "holding", "hold", "fold", "folding", "push", "pushing", "bend",
     "bending", "pulling", "bring", "behind", "always", "be", "making", "flip", "press", "placing", "now",
     "leaving"]
)  # fmt: skip
_LIES = frozenset({"petal", "petals", "behind"})
_ABOUT = frozenset(
    ["the", "all", "each", "ch", "chs", "chain", "chains", "loop", "loops", "lps", "sts", "stitches", "last",
     "previous", "prev", "rnd", "round", "row", "rnds", "rounds", "of", "to", "in", "at", "back", "front",
     "forward", "forwards",
     "down", "toward", "towards", "you", "out", "way", "and", "this", "these", "your", "is", "are", "from", "side",
     "sp", "sps", "shells", "shell", "throughout", "free", "on", "made", "first", "second", "sure", "flower", "worked",
     "sc", "dc", "-", "next", "them", "so", "that", "rear", "below", "underneath", "2", "wrong"]
)  # fmt: skip
_ENDS = frozenset([",", ".", ";", ":", "(", ")", "[", "]", "*", ""])
_BACK = "back|rear|behind"
_FROM_BEHIND = Phrases(
    f"from|at|on|in|to the? {_BACK}|wrong side?",
    f"from|at|on|in|to the? {_BACK}|wrong side? of the? next|last|first|each? work|flower|piece|petal|petals|motif",
    "from behind", "behind the|next|each|first|all? petal|petals|flower|work",
)  # fmt: skip


def from_behind(text: Reader) -> bool:
    """Pass over `from the back`, `at back of work`, beside a place; else over nothing."""
    end = 0 if text.words.isdisjoint(_BEHIND) else _FROM_BEHIND.end(text)
    if not end or text.texts[end] in _OF:
        return False
    text.i = end
    return True


_OF = frozenset({"of", "-", "loop", "loops", "lp", "lps", "bar", "bars", "post", "posts"})  # `to the back of next sc`
_BEHIND = frozenset({"back", "rear", "behind"})
_WORKED = frozenset({"sc", "dc"})
_INTO = frozenset({"in", "into", "around", "on"})
_BETWEEN_THEM = Phrases("between the|each? petals", "between the? next? 2|each? petals")


def behind(text: Reader) -> bool:
    """Pass over `working behind petals`, `keeping ch behind petals of last rnd`, `fold petals forward`."""
    at = text.i
    told = bare = False
    if text.at("between") and text.peek(-1).text == "(" and _BETWEEN_THEM.skip(text):
        return True
    if text.peek().text in _DOES:
        bare = text.peek().text == "behind"
        while text.peek().text not in _ENDS:
            token = text.peek()
            if told and token.text in _WORKED and text.peek(1).text in _INTO:
                break  # `working behind petals sc in next sc`
            told = told or token.text in _LIES
            if not (token.text in _DOES | _LIES | _ABOUT or token.kind in ("n", "o")):
                told = False
                break
            text.i += 1
    if not told or (bare and text.i - at < 2 and text.found[at - 1].text not in _DOES):
        text.i = at
        return False
    return True
