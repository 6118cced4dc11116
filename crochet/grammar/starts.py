"""Starts: a ring, and chains, above all the one a round starts with and what it counts as.

ring   = ["make" | "form"] "magic ring" | "mr"
chain  = "ch" n | "ch-" n | n "ch" | "beg ch-" n  [counts] ["(corner)"]
counts = ["("] ("counts as" | "for" | "=" | "this is") ["first"] stitch ["and" "ch" n] | "does not count" [")"]
"""

from __future__ import annotations

from dataclasses import replace

from crochet.craft.stitches import START
from crochet.grammar.names import FIRST_WORDS, stitch
from crochet.grammar.pattern import Aside, Chain, Item, Make, Ring, Target, Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader

_CHAINS = frozenset({"ch", "chs", "chain", "chains"})
_BEGINS = _CHAINS | {"beg", "beginning", "starting", "turning"}
_THIS = Phrases(
    "this ch|chain? -? #?", "which|that|it", "here ,?", "now", "always", "ch|chain -? #?", "the ch|chain -? #?",
)  # fmt: skip
_COUNTS = Phrases(
    "counts|count|counted|counting here|now|always? as|for", "is|will|to always? counted|count|be counted? as",
    "is|are|makes|forms", "serves|acts|stands|works as|for|in for?", "equals|replaces", "for", "=", "as",
    "to stand|count|serve|act as|for|in for?",
    "counts|count", "we|you count|counts as?",
)  # fmt: skip
_COUNTS_NOT = Phrases(
    "not|never counted|counting",
    "does|do|will|should not count|counted|counts", "doesn|don|won ' t count|counts", "doesnt|dont count|counts",
    "not counted|counting|included", "is not counted", "isn ' t counted", "never counts", "not as? a st|stitch",
    "not count|counts",
)  # fmt: skip
_AS_NOTHING = Phrases(
    "as a|one|1|the|your? first|1st? st|stitch|sc|dc|hdc|htr|tr|dtr", "a|one st|stitch",
    "in|toward|towards the|your? total|final? st|stitch? count|total?",
)  # fmt: skip
_HERE = Phrases(
    "throughout ,?|the|this? pattern?", "here|now ,? and|&|, throughout|thruout|after the|this? pattern?",
    "here or throughout", "here|now and always|after|after", "here and in|on|for all? following? rnds|rounds|rows?",
    "always", "through out pattern?", "here|now", "made", "from now|here on",
    "on this|every|all and? all? following|other? rnd|rnds|round|rounds|row|rows",
)  # fmt: skip
_MAGIC = Phrases(
    "a|an|the? magic|adjustable|magical|sliding|slip ring|circle|loop method|technique? (|[? mr|mc? )|]?",
    "a|an|the? mr", "magic",
    "a|an|the mc", "mc", "double magic ring|circle|loop",
)  # fmt: skip
_CORNER = Phrases(
    "( corner ch? -? #? sp|space? made? )", "( first|second|third|fourth|1st|2nd|3rd|4th corner sp|space? made? )",
    "( ch? -? #? =|is|makes|make|forms|counts as? a|the? corner sp|space? )", "for the|a|each? corner sp|space?",
    "[ corner ]", "( to|for form|make? the|a? corner sp|space? )", "to form|make the|a? corner sp|space?",
)  # fmt: skip
_FIRSTS = frozenset({"first", "1st", "initial", "beginning", "beg"})
_FIRST = Phrases("a|an|the|your|one|our|each? first|1st|initial|beginning|beg one|1?", "a|an|the|your|one|1|each")


_AFTER_A_COUNT = frozenset({"", ",", ".", ";", "(", "[", ")", "]", "=", "—", "{", "<", "and", "join"})


def ring(text: Reader) -> Item | None:
    """A magic ring, made or worked into; `mc` is one only where something is made or worked `in` it."""
    at, start = text.i, text.start
    makes = text.skip("make|start|starting|begin|beginning|form|create|work|using")
    makes and text.skip("with|by")
    inside = text.skip("in|into|inside")
    if not (makes or inside):
        text.skip("with")
    alone = text.at("mr") and text.peek(1).kind == "n" and text.texts[text.i + 2] in _AFTER_A_COUNT
    if alone and not (makes or inside):
        text.i += 1
        where = Target("ring", (Thing("ring", "magic"),), span=(start, text.end))
        many, kind = text.number() or 1, stitch(text)  # `MR 6`, `MR 8sc`
        return Make(many, kind if kind and "?" not in kind else "sc", where, (start, text.end))
    chained = text.at("a|the", "mc") and not (makes or inside)
    if text.i == at == 0 and text.at("mc", ",") and "ring" in text.words and text.skip("mc"):
        return Ring((start, text.end))  # `mc, ch 1, 8 sc in ring`
    if (makes or inside or not text.at("mc")) and not chained and _MAGIC.skip(text):
        if text.at("with") and text.peek(1).kind == "n" and text.skip("with"):
            n, kind = text.number(), stitch(text)  # `magic ring with 6 sc`
            if n and kind and "?" not in kind:
                return Make(n, kind, Target("ring", (Thing("ring", "magic"),)), (start, text.end))
            text.i = at
            return None
        return Ring((start, text.end))
    text.i = at
    return None


def chain(text: Reader) -> Item | None:
    """`ch 3`, `ch-3`, `3 ch`, `beg ch-3`, and what it counts as. A chain space is none."""
    at, start = text.i, text.start
    if text.texts[at] not in _BEGINS and text.texts[at + 1] not in _CHAINS:
        return None
    n = _length(text)
    if n is None or text.texts[text.i] in _OF_A_SPACE:
        text.i = at
        return None
    text.texts[text.i] == "for" and _PURPOSE.skip(text)
    corner = text.texts[text.i] in _CORNERS and _CORNER.skip(text)
    counts = counting(text) if not corner and _may_count(text) else None
    return Chain(n, (start, text.end), counts)


_CORNERS = _CORNER.first
_PURPOSE = Phrases(
    "for the|a|an|your? first|second|each|one|left|right|hanging|button? handle|handles|strap|straps|loop|buttonhole|"
    "tie|ties|cord|armhole|underarm|thumb|stem|hanger|tail|leg|arm|ear|neck|opening|eyelet hole|loop|opening?",
)
_OF_A_SPACE = frozenset({"sp", "sps", "space", "spaces", "loop", "loops", "lp", "lps", "-"})


def _length(text: Reader) -> int | None:
    """How many chains; None: it is not told, or no chain stands here."""
    texts = text.texts
    begins = texts[text.i] in ("beg", "beginning", "starting", "turning")
    text.i += begins
    n: int | None = None
    if texts[text.i] in ("ch", "chs", "chain"):
        text.i += texts[text.i + 1 : text.i + 3] == [":", "("]
        text.i += 3 * (texts[text.i + 1 : text.i + 4] == ["(", "ch", ")"])  # `chain (ch) 6`
        text.i += 1 + (texts[text.i + 1] == "-")
        if text.peek().text == "." and text.peek(1).kind == "n" and text.peek(2).text not in FIRST_WORDS:
            text.i += 1  # `ch. 3`
        n = text.number()
        if n is None and text.at("(|[") and text.peek(1).text in ("counts", "count", "does", "here"):
            return None  # a starting chain, and its number is missing
        n = 1 if n is None else n
    elif not begins and text.peek().kind == "n" and text.peek(1).text in _CHAINS and text.peek(2).text != "-":
        n = text.number()
        text.i += 1
    text.i += n is not None and texts[text.i] in ("sts", "stitches", "stitch", "st")
    return n


_SAYS = "=|counts|count|counting|counted|is|which|that|does|do|will|always|being"
_OF_THE_START = Phrases("begin|beginning|start|starting with the?", "the|this|your? first|1st?")
_MAY_TELL = _CHAINS | {"the", "beg", "beginning", "begin", "first", "start", "starting", "this"}


def told_later(text: Reader, found: list[Item]) -> bool:
    """`3 ch, 2 tr in same st (3 ch = tr)`: what the chain counts as that the row began with."""
    told = text.peek(1).text in _MAY_TELL or (text.peek(1).kind == "n" and text.peek(2).text in _CHAINS)
    first = next((i for i, one in enumerate(found) if isinstance(one, Chain)), -1)
    chain = found[first]
    if not told or (first >= 0 and isinstance(chain, Chain) and chain.counts is not None):
        return False
    at = text.i
    text.i += 1
    _OF_THE_START.skip(text)
    n = _length(text)
    text.skip(",")
    counts = _counts(text, ")" if text.texts[at] == "(" else "]") if n and text.at(_SAYS) else None
    if counts is None or (isinstance(chain, Chain) and n != chain.n):
        text.i = at
        return False
    if first >= 0 and isinstance(chain, Chain):
        found[first] = replace(chain, counts=counts)
    return True


def told_behind_the_turn(text: Reader, found: list[Item]) -> bool:
    """`ch 3, turn, which is your first dc`: what the chain before counts as."""
    chain, turn = found[-2:] if len(found) > 1 else (None, None)
    turned = isinstance(turn, Aside) and turn.what == "turn"
    if not (turned and isinstance(chain, Chain) and chain.counts is None and text.texts[text.i] in _TELLS):
        return False
    counts = counting(text)
    if counts is not None:
        found[-2] = replace(chain, counts=counts)
    return counts is not None


_THERE = Phrases(
    "in|into|on the? first|same|joined|joining|next? st|stitch|sc|dc|hdc|htr|tr|sp|space",
    "in|into|on the? first|same|joined|joining st|stitch|sc|dc|hdc|htr|tr|sp|space as|of the? join|joining|sl? st?",
)


def stands_there(text: Reader) -> bool:
    """Pass over `in same st as join`, behind the chain that a row starts with; `ch 3 in next sp` goes elsewhere."""
    at = text.i
    if _THERE.skip(text) and text.at(",|.|;|("):
        return True
    text.i = at
    return False


_SKIPPED = frozenset(["the", "first", "beg", "beginning", "skipped", "missed", "unworked", "(", "["])
_PASSED = _CHAINS | {
    "the",
    "first",
    "beg",
    "beginning",
    "skipped",
    "skip",
    "sk",
    "missed",
    "unworked",
    "'",
    "s",
    "sts",
    "-",
    "of",
}
_SKIPS = _SKIPPED | _CHAINS
_TELLS = _THIS.first | _COUNTS.first | _COUNTS_NOT.first | _SKIPPED


def _may_count(text: Reader) -> bool:
    """What follows a chain may tell what it counts as: most do not, and this is found out soonest."""
    i = text.i + (text.texts[text.i] in (",", "—", "-"))
    return text.texts[i] in _TELLS or (text.found[i].kind == "n" and text.texts[i + 1] in _SKIPS)


def counting(text: Reader) -> tuple[tuple[str, int], ...] | None:
    """`(counts as first dc)`, `(counts as dc and ch 1)`, `(does not count as a st)`; None: nothing is said."""
    at = text.i
    closing = {"(": ")", "[": "]"}.get(text.peek().text)
    if closing is None and text.at(",", "(|["):
        text.i += 1
        closing = {"(": ")", "[": "]"}[text.peek().text]
    if closing or text.at(",|—|-"):
        text.i += 1
    found = _counts(text, closing)
    if found is None:
        text.i = at
    return found


def _counts(text: Reader, closing: str | None) -> tuple[tuple[str, int], ...] | None:
    """What a chain counts as, up to the bracket that is `closing`; None: it is not told."""
    _skipped(text) or _THIS.skip(text)
    found: tuple[tuple[str, int], ...] | None = ()
    if _COUNTS_NOT.skip(text):
        _AS_NOTHING.skip(text)
    else:
        found = _what(text, bool(closing))
    text.skip(",")
    if not _HERE.skip(text) and text.peek(-1).text == "," and not closing:
        text.i -= 1
    closing and text.skip(",|.")
    return None if closing and not text.skip(closing) else found


def _skipped(text: Reader) -> bool:
    """`skipped 3 chs`, `3 ch missed`, `the first 3 sk ch` before `count as dc`."""
    at, chains = text.i, False
    while text.peek().kind == "n" or text.peek().text in _PASSED:
        chains = chains or text.peek().text in _CHAINS
        text.i += 1
    if chains and text.at("counts|count|counting|counted|does|do|as|are|is|=|not"):
        return True
    text.i = at
    return False


_PASSED_TOO = Phrases("a|an|the|# skipped|skip|sk|missed|unworked ch|chs|chain|chains|st|sts|stitch|stitches")


def _what(text: Reader, bracket: bool) -> tuple[tuple[str, int], ...] | None:
    """`counts as first dc and ch 1`: what stands there. In brackets `(first dc made)` needs no verb."""
    verb = _COUNTS.skip(text)
    at = text.i
    _FIRST.skip(text)
    first = any(token.text in _FIRSTS for token in text.found[at : text.i])
    kind = "st" if text.skip("st|stitch") else stitch(text)
    if kind is None and verb and bracket and text.at(")|]"):
        return (("st", 1),)  # `(begin with ch 3, which counts)`
    if kind is None or not (verb or bracket):
        return None
    also = text.at("and|+|plus|&") or (text.at(",", "ch|chain") and START.get(kind, 0) > 1)
    told = verb or first or also  # `(dc and ch 1)` needs no verb
    if not told and text.at(")|]", ",|.|;") and START.get(kind, 0) > 1:
        return ((kind, 1),)  # `ch 3 (dc), 2 dc in ring`
    if not told:
        return None
    text.skip("st|stitch")
    text.skip("of", "the|this", "rnd|round|row") or text.skip("of", "rnd|round|row")
    at = text.i
    text.skip("and|+|,|plus|&|with")
    text.skip("a|1|one", "ch|chain") and (text.skip("-") or text.skip("stitch|st"))
    if _PASSED_TOO.skip(text):
        return ((kind, 1),)  # `a dc and a skipped ch`: the chain belongs to no stitch
    one = text.peek(-1).text in ("ch", "chain", "-", "stitch", "st")
    n = (text.skip("sp|space") or 1) if one and text.i > at else _chains(text)
    if n is None:
        text.i = at
        return ((kind, 1),) if verb or first else None
    at = text.i
    if not (text.skip("and|+|plus|&") and _PASSED_TOO.skip(text)):  # `dc + ch 1 + one skipped ch`
        text.i = at
    return ((kind, 1), ("ch", int(n)))


def _chains(text: Reader) -> int | None:
    """`ch 1`, `ch-1 sp`, `2 ch`, `1-ch sp`."""
    n = text.number()
    text.skip("-")
    if not text.skip("ch|chs|chain|chains"):
        return None
    text.skip("-")
    n = n or text.number() or 1
    text.skip("-")
    text.skip("sp|space|loop|lp|stitch|stitches|st|sts")
    return n
