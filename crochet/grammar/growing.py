"""Growing: what is said of a round that is worked as another, and is larger: `adding 1 more group on each side`.

grown = ("adding" | "working" | "having" | ...) words, two of them `more` and `side` or `row`, or `increasing as set`
"""

from __future__ import annotations

from crochet.grammar.names import FIRST_WORDS
from crochet.grammar.pattern import Aside
from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader

_DOES = frozenset(
    ["adding", "working", "having", "with", "making", "increasing", "allowing", "and", "but", "work", "add", "you",
     "there", "each", "every", "this", "it", "so", "gaining", "giving"]
)  # fmt: skip
_MORE = frozenset({"more", "extra", "additional", "added", "another"})
_SIDES = frozenset({"side", "sides", "row", "rows", "rnd", "rnds", "round", "rounds", "time"})
_ABOUT = frozenset(
    ["a", "an", "the", "of", "on", "along", "to", "in", "at", "across", "for", "all", "group", "groups", "cluster",
     "clusters", "set", "sets", "shell", "shells", "st", "sts", "stitch", "stitches", "between", "corner", "corners",
     "sp", "sps", "space", "spaces", "ch", "chs", "-", "block", "blocks", "granny", "square", "repeat", "rep",
     "center", "per", "than", "before", "last", "will", "have", "has", "get", "gets", "is", "be", "are", "tile",
     "tiles", "squares", "previous", "prev", "that", "gap", "gaps", "fill", "just", "cl", "v", "loop", "loops",
     "increase", "increases", "by"]
)  # fmt: skip
_AS_SET = Phrases("increasing|growing as set|established|before", "increasing|growing in the? same way|manner")
_ENDS = frozenset([",", ".", ";", ":", "(", "[", "{", "<", "—", "=", "=>", "→", ""])


BETWEEN_INCS = "between incs"
_WITH = "but? with|having|working|work|making|make|placing"
_INC = "inc|incs|increase|increases"
_STS = Phrases(
    f"{_WITH} # more|extra|additional? sc|dc|hdc|htr|tr|st|sts|stitch|stitches? between|before each|the|every? {_INC}",
    f"{_WITH} # more|extra|additional? half? single|double|treble crochet between|before each|the|every? {_INC}",
    f"{_WITH} a|one|1 more|extra? half? single|double|treble crochet between|before each|the|every? {_INC}",
    f"{_WITH} a|one|1 more|extra? sc|dc|hdc|htr|tr|st|sts|stitch|stitches? between|before each|the|every? {_INC}",
)


def between_increases(text: Reader) -> Aside | None:
    """`but with 3 sc between increases`, of a round that is worked as another; None: it does not stand here."""
    at = text.i
    text.skip(",|;|—")
    start, begins = text.start, text.i
    if not _STS.skip(text) or not (text.done() or text.peek().text in _ENDS):
        text.i = at
        return None
    words = text.found[begins : text.i]
    n = next((token.value for token in words if token.kind == "n"), 1)
    more = any(token.text in _MORE for token in words)
    return Aside(BETWEEN_INCS, (start, text.end), -n if more else n)


def grown(text: Reader) -> bool:
    """Pass over `adding one more 3-dc group on each side`; else nothing is passed over."""
    at = text.i
    while text.at(",|;|:|—"):
        text.i += 1
    if _AS_SET.skip(text):
        return True
    more = side = False
    if text.at("adding|gaining", "1|one|a|an|2|two"):
        more = True  # `adding one gap per side each round`
    if text.peek().text in _DOES or (text.peek().kind == "n" and text.peek(1).text in _MORE):
        while (word := text.peek().text) not in _ENDS:
            more, side = more or word in _MORE, side or word in _SIDES
            if not (text.peek().kind == "n" or word in _DOES | _MORE | _SIDES | _ABOUT or word in FIRST_WORDS):
                more = False
                break
            text.i += 1
    if not (more and side):
        text.i = at
    return more and side
