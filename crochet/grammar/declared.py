"""Declared: what a row says that it makes, `(24 dc, 4 ch-2 sps)`, in any of the ways in which it is said.

declared = ["(" | "[" | "{" | "<" | "—" | "=" | "=>" | ":" | "you should have" | "total"] counts [rest] [")" | ...]
counts   = count {("," | ";" | "and" | "+" | "/") count}
rest     = "in total" | "made" | "around" | "rem" | "at end of rnd"
"""

from __future__ import annotations

from crochet.grammar.counts import SIDE, count, one_of
from crochet.grammar.names import stitch
from crochet.grammar.pattern import Declared
from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader
from crochet.grammar.told import Told

MOST_COUNTS = 12
_MARKS = frozenset({"—", "=", "=>", "-", ":", "→", "/", "~"})
_POINTS = frozenset({"/", "→"})
_OPEN = {"(": ")", "[": "]", "{": "}", "<": ">"}
_LEADS = Phrases(
    "you|we will|should|ll now? have|count|see|get a? total? of?", "you|we ' ll now? have a? total? of?",
    "you|we now? have a? total? of?", "you|we should|will end|finish up? with|on a? total? of?",
    "there|these are|is|will|should be? now? a? total? of?", "for a? total of",
    "that ' s now? a? total? of?", "that is|makes|gives|leaves you? now? a? total? of?",
    "keeping|maintaining|having|leaving",
    "you|we ' ve got now? a? total? of?",
    "giving|gives|makes|making you? a? total? of?", "total|totals stitches|sts|st? count? :|of|-|—|=?",
    "stitch|st|sts|stitches count|counts? :|—|-|=", "count|counts :|=?",
)  # fmt: skip
_RESTS = Phrases(
    "in total|all", "total", "altogether", "all together", "made", "now", "around", "across", "formed",
    "around the ring|center|centre|circle",
    "rem|remain|remaining|left", "at|by|on|after the? end of the|this? rnd|round|row? #?",
    "on|in last row|rnd|round", "in the|this? rnd|round|row",
    "completed", "complete", "overall", "so far", "total made", "for this? rnd|round|row", "each rnd|round|row",
    "after|at|on|by rnd|round|row #", "when|once the? rnd|round|row # is done|finished|complete",
    "at|on the? top|bottom|end|ends|sides?",
    "including|incl|counting .? the? first|beg|beginning|starting|turning ch|chain - # as? a|1? dc|st|stitch?",
    "including|incl|counting .? the? first|beg|beginning|starting|turning? ch|chain #? as? a|1? dc|st|stitch?",
    "including|incl|counting|counts .? the|your? beg|beginning|starting|turning|first? ch|chain -? #",
    "including|incl|counting .? the|your? #? ch|chs|chain|chains",
    "including|incl|counting the|your? ch|chain -? # as a|1|one? dc|tr|hdc|sc|dtr|st|stitch",
    "including|incl|counting the|your? # ch|chain as a|#|one? dc|tr|hdc|sc|dtr|st|stitch here|throughout?",
    "including|incl|counting the|your? # ch|chain as a|#|one? dc|tr|hdc|sc|dtr|st|stitch here and on|in all|every "
    "rnds|rounds|rows|rnd|round|row", "between", "in|per each rnd|round|row",
)  # fmt: skip
FIRST_TOKENS = frozenset({*_OPEN, "—", "=", "=>", "-", ":", ".", "→", "/", "~"}) | _LEADS.first


def declared(text: Reader) -> Declared | None:
    """A declaration, if one stands here; None: not one (nothing is passed over)."""
    at, start = text.i, text.start
    if text.told is not None and text.told[0] == at:
        _, text.i, said = text.told
        return said
    here = text.peek()
    closing = _OPEN.get(here.text)
    dots = here.text == "." and text.at(".", ".", ".")
    marked = closing is not None or dots or here.text in _MARKS
    if here.text == "/" and not _behind_a_slash(text):
        return None
    if marked:
        text.i += 3 if dots else 1
        closing and text.skip("=|—|-")
        text.peek(-1).text in ("-", "=", "—") and (text.skip("-|—"), text.skip(">"))
    leads = _LEADS.skip(text)
    told = Told()
    pointed = here.text in _POINTS  # what follows may be a sentence of its own: `/12 break yarn`
    counted = _counts(text, told, bare=marked or leads or alone(text), closing=closing, pointed=pointed)
    closing and text.skip(".")
    if not counted or (closing and not text.skip(closing)):
        text.i = at
        return None
    end = text.end
    text.skip(".|!")
    said = told.declared((start, end))
    text.told = (at, text.i, said)
    return said


def _behind_a_slash(text: Reader) -> bool:
    """`sc around /32`; between two numbers a slash parts sizes, unless it stands with the second: `dec x 6 /6`."""
    before, slash, after = text.peek(-1), text.peek(), text.peek(1)
    return after.kind == "n" and (before.kind != "n" or before.end < slash.start == after.start - 1)


def alone(text: Reader) -> bool:
    """`Sc in each st around. 12.`: a sentence that is a number."""
    return text.i > 0 and text.texts[text.i - 1] == "." and text.texts[text.i + 1] in (".", "")


def _counts(text: Reader, told: Told, bare: bool, closing: str | None, pointed: bool) -> bool:
    """Counts up to where they end; `bare`: a number alone counts stitches, `pointed`: whatever word is next; `closing`:
    what closes their bracket. False: something else stands there."""
    for k in range(MOST_COUNTS):
        at = text.i
        if not count(text, told):
            text.i = at
            n = text.number() if bare and (k == 0 or told.stitches is None) else None
            if n is None or (text.peek().kind == "w" and not (pointed or _RESTS.at(text))):
                return False
            told.stitches = n
        closing and text.at(".", "total|altogether") and text.skip(".")  # `(19 d.c. total)`
        _RESTS.skip(text)
        _between_each(text, told)
        if text.peek().text == "(" and not _side_in_brackets(text, told) and not closing:
            _more_in_brackets(text, told)
        sided = text.at("—|-") and text.peek(1).kind == "n" and text.peek(2).text in ("per", "each", "a", "on")
        parted = closing is not None and text.texts[text.i] in _PARTS and text.peek(1).kind == "n"
        text.i += parted
        separated = (
            parted
            or text.skip(",|and|;|+|/|plus|with|:")
            or (text.at("=") and text.peek(1).kind == "n" and text.skip("="))  # `(12 fpdc, 12 dc = 24)`
            or (sided and text.skip("—|-"))
            or (_counts_on(text) and text.skip("."))
        )
        separated and text.skip("and|&|plus|with")
        if separated and text.at("counting|including|incl") and _RESTS.skip(text):
            return True
        if text.peek().kind != "n" and not one_of(text):
            text.i -= separated
            return True
    return False


_PARTS = frozenset({"—", "-", "|"})  # `(42 dc - 6 petals)`
_AFTER = frozenset({"rep", "repeat", "fasten", "turn"})


def _counts_on(text: Reader) -> bool:
    """`12 dc. 4 ch-3 sps.`: each of the row's counts is a sentence, up to its end."""
    at, more = text.i, Told()
    while text.texts[text.i] == "." and text.peek(1).kind == "n":
        text.i += 1
        if not count(text, more):
            break
    after = text.peek(text.texts[text.i] == ".")
    ends = at < text.i and (after.kind == "e" or after.text in _AFTER)
    text.i = at
    return ends


def _more_in_brackets(text: Reader, told: Told) -> None:
    """`→ 21 (5 bobbles)`: what of the total has a name."""
    at = text.i
    text.i += 1
    if not (text.peek().kind == "n" and count(text, told) and text.skip(")")):
        text.i = at


def _side_in_brackets(text: Reader, told: Told) -> bool:
    """`32 dc (8 dc on each side)`."""
    at = text.i
    text.i += 1
    n = text.number()
    kind = stitch(text) if n is not None else None
    text.skip("sts|stitches")
    if n is not None and SIDE.skip(text) and text.skip(")"):
        told.per_side, told.per_side_kind = n, kind
        return True
    text.i = at
    return False


def _between_each(text: Reader, told: Told) -> None:
    """`[16 dc] with 1 ch between each`: as many spaces as stitches."""
    at, n = text.i, sum(told.counts.values()) or told.stitches or 0
    text.skip(",")
    if n and text.skip("with"):
        size = text.number()
        if size and text.skip("ch|chain|chs|chains"):
            text.skip("stitch|stitches|st|sts")
            if text.skip("between", "each|them|every"):
                text.skip("one|st|stitch|dc|tr|sc|hdc")
                told.spaces[size] = n
                return
    text.i = at


def next_row(text: Reader, at: int) -> bool:
    """What stands there starts the next row: `turn`, `ch 3 (counts as dc), turn`."""
    bracket = False
    first = int(text.found[at].kind == "n" and text.found[at + 1].text in ("ch", "chain"))  # `2ch, turn`
    at += first
    for k, token in enumerate(text.found[at : at + 14]):
        if token.text == "turn":
            return True
        if token.text == "" or (k == 0 and token.text not in ("ch", "chain")):
            return token.text == "" and k + first > 1
        bracket = token.text not in (")", "]") and (bracket or token.text in ("(", "["))
        if k and not (bracket or token.kind == "n" or token.text in ("-", ",", ".", ")", "]", "and")):
            return False
    return False
