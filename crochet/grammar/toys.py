"""Toys: what a row says of stuffing, eyes and noses, and of tails for sewing; nothing is worked there.

toy = verb {word of a closed list | number}, one of them a part or the stuffing, up to the end of the sentence
"""

from __future__ import annotations

from crochet.grammar.tokens import Reader

_VERBS = frozenset(
    ["add", "attach", "insert", "place", "position", "put", "sew", "stuff", "stuffing", "fill", "finish", "begin",
     "start", "continue", "embroider", "glue", "stitch", "flatten", "fold", "pinch", "press", "squeeze", "close",
     "attaching", "adding", "inserting", "placing", "secure", "mark", "pin", "weigh", "fasten", "now", "lightly",
     "firmly", "don", "do", "if", "you"]
)  # fmt: skip
_NOUNS = frozenset(
    ["eye", "eyes", "nose", "noses", "safety", "stuffing", "stuff", "fiberfill", "fibrefill", "polyfill", "filling",
     "toy", "wire", "mouth", "snout", "ears", "ear", "legs", "leg", "arms", "arm", "head", "body", "tail", "wings",
     "wing", "beak", "muzzle", "face", "hair", "hands", "feet", "horn", "horns", "pellets", "beads", "marker",
     "piece", "hole", "opening", "part", "cuff", "cuffs", "strap", "straps", "handle", "handles", "pocket", "pockets",
     "sleeve", "sleeves", "collar", "hood", "flap", "button", "buttons", "heel", "toe", "thumb", "brim", "lining"]
)  # fmt: skip
_WORDS = frozenset(
    ["next", "the", "a", "an", "your", "with", "some", "more", "of", "in", "into", "on", "at", "and", "&", "-", "to",
     "as",
     "you", "go", "it", "this", "that", "these", "lightly", "firmly", "well", "tightly", "fully", "now", "here",
     "before", "after", "closing", "between", "rnd", "rnds", "round", "rounds", "row", "rows", "st", "sts", "stitch",
     "stitches", "apart", "both", "each", "side", "sides", "front", "back", "top", "bottom", "from", "for", "sewing",
     "size", "mm", "plastic", "black", "white", "small", "medium", "large", "up", "down", "approx", "about", "then",
     "do", "not", "first", "second", "last", "one", "two", "flat", "end", "top", "continue", "going", "bit",
     "little", "add", "working", "closed", "close", "yet", "all", "third", "upper", "lower", "inside", "long",
     "leaving", "leave", "yarn", "center", "centre", "middle", "need", "should", "be", "if", "would", "like", "wish",
     "want", "visible", "same", "over", "remaining", "rest", "only", "just", "later", "off", "out", "by", "work",
     "piece", "pieces", "shape", "hand", "hands", "fingers", "while", "when", "made", "opposite", "evenly", "space",
     "spaced", "apart", ",", "around", "them", "have"]
)  # fmt: skip
_ENDS = frozenset([".", ";", ")", "]", "", "!", "(", "["])
_GOES_ON = frozenset([",", "and", "then"])


def toy(text: Reader) -> bool:
    """Pass over a sentence that tells how a toy is stuffed or where its parts go; else nothing is passed over."""
    at = text.i
    if text.peek().text not in _VERBS:
        return False
    noun, ends = False, 0
    while text.peek().text not in _ENDS:
        token = text.peek()
        noun = noun or token.text in _NOUNS
        if token.text in _GOES_ON and noun:
            ends = text.i
        if not (token.kind in "no" or token.text in _WORDS or token.text in _NOUNS or token.text in _VERBS):
            break
        text.i += 1
    else:
        ends = text.i
    text.i = ends if noun and ends else at
    return text.i > at
