"""Seaming: what is told of closing a piece: folded, sewn or crocheted together. It makes no stitch.

seamed = ("sew" | "whipstitch" | "sl st" | "fold" | ...) words, one of them `together`, `half`, `seam`, `closed`, ...
"""

from __future__ import annotations

from crochet.grammar.tokens import Reader

SEWS = frozenset(
    ["sew", "sewing", "seam", "seaming", "whipstitch", "whip", "stitch", "mattress", "sl", "slip", "ss", "sc", "join",
     "fold", "folding", "flatten", "close", "graft", "place", "pinch", "using", "use", "then", "holding", "hold",
     "with"]
)  # fmt: skip
CLOSES = frozenset({"together", "half", "closed", "shut", "flat", "seam", "lengthwise", "widthwise"})
_ABOUT = frozenset(
    ["st", "stitch", "short", "long", "end", "ends", "edge", "edges", "side", "sides", "first", "last", "row", "rows",
     "foundation", "beginning", "starting", "ch", "chain", "to", "the", "of", "and", "both", "layers", "thicknesses",
     "through", "back", "front", "loops", "lps", "brim", "band", "piece", "pieces", "work", "center", "centre", "top",
     "bottom", "up", "across", "along", "with", "tail", "needle", "yarn", "a", "in", "right", "wrong", "facing",
     "form", "forming", "ring", "tube", "circle", "opening", "hole", "cuff", "strip", "square", "matching", "this",
     "rs", "ws", "sides", "motifs", "squares", "only", "two", "all", "for", "it", "so", "that", "meet", "match",
     "fastening", "off", "open"]
)  # fmt: skip
_ENDS = frozenset([",", ".", ";", ":", "(", ")", "[", "]", "*", ""])


def seamed(text: Reader) -> bool:
    """Pass over `sl st short ends together`, `fold in half`, `sew the side seam`; else nothing is passed over."""
    if CLOSES.isdisjoint(text.words) or text.texts[text.i] not in SEWS:
        return False
    at, told = text.i, False
    while text.peek().text not in _ENDS:
        token = text.peek()
        told = told or token.text in CLOSES
        if not (token.text in SEWS | CLOSES | _ABOUT or token.kind == "o" or token.value in (1, 2)):
            told = False
            break
        text.i += 1
    if not told:
        text.i = at
    return told
