"""Repeats: how often something is done, and the words that lead back to a star.

often = n "times" | n "more times" | "x" n | "around" | "to last" [n] thing | "to next" thing
back  = ("rep" | "repeat") ["from" | "between"] ["*" ["to" ("*" | "**")]] often
"""

from __future__ import annotations

from collections.abc import Iterator

from crochet.grammar.pattern import Often, Span, Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.things import thing, turning_chain
from crochet.grammar.tokens import Reader

_MARKS = frozenset({"*", "**", "***", "****", "+", "++", "#", "†", "‡", "^", "~", "§", "•", "=", "o"})
FROM = frozenset({"from", "between", "bet", "btw", "btwn"})
_AROUND = Phrases(
    "all? the? way? around|across|round the|this? rnd|round|row|circle|piece|ring|square|work?",
    "to the? end|start|beginning|eor of? the|this? rnd|round|row?",
    "to the? end across", "across|around to the? beginning|start|beg of? the|this? rnd|round|row?",
    "across the? row to the? end", "across to the? end of? the|this? row?",
    "until|till the? end of? the|this? rnd|round|row?",
    "until you|we? reach the? end|start|beginning of the|this? rnd|round|row",
    "the rest|remainder of? the|this? rnd|round|row?", "the? whole|entire rnd|round|row",
    "for the? rest|remainder of? the|this? rnd|round|row?",
    "for each|every|the|all? remaining|rem|other? side|sides|corner|corners|sts|st|stitches|sp|sps|spaces",
    "in|for the? rest|remainder of the|this? rnd|round|row", "on the|each|every? other|remaining|rem? side|sides",
    "over the? entire|whole rnd|round|row", "throughout", "to end", "for the? whole|entire|rest? rnd|round|row",
    "around|along the? outer|outside|entire|whole? edge|edges|perimeter|blanket|motif|square|piece",
    "in each rem|remaining corner|side|st", "over|along all|rest rnd|round|sts|stitches?", "evenly around",
    "around ,? evenly",
)  # fmt: skip
_IN_RING = Phrases("in|into the|same|center? ring|circle|loop", "in|into the|same sp|space")
_IN_ALL = Phrases("in all|total", "total", "altogether", "all together")
_LAST = Phrases(
    "to|until|till within? the? last", "until|till there are only?", "leaving the? last",
    "across|around ,? to|until the? last", "up to the? last", "until only? the? last",
)  # fmt: skip
_NEXT = Phrases("to|until|till the? next", "across|around|along to|until the? next", "up to the? next")
REPEAT = Phrases(
    "rep|repeat|repeating the|this|these? instructions|pattern|sequence|section|steps|step?",
    "rep|repeat from the? beginning|beg|start", "rep|repeat the|these|last? # sts|stitches",
)  # fmt: skip


_THROUGH = frozenset({"to", "-", "and"})


def marks(text: Reader) -> frozenset[str]:
    """The signs that open a repeat in this row: the star, and any that the row says to repeat from."""
    if text.marks is None:
        told = [(i, text.texts[i]) for i in _behind(FROM & text.words, text)]
        text.marks = frozenset(mark for _, mark in told) & _MARKS | {"*"}
        text.again = max((i for i, mark in told if mark == "*" and text.found[i + 1].text in _THROUGH), default=-1)
    return text.marks


def _behind(words: frozenset[str], text: Reader) -> Iterator[int]:
    """The places behind each of these words."""
    for word in words:
        i = 0
        for _ in range(text.texts.count(word)):
            i = text.texts.index(word, i) + 1
            yield i


def led_back(text: Reader, mark: str) -> str:
    """Pass over `rep from *`, `rep from * to **`, `repeat between *s`; tells the last mark named."""
    at = text.i
    text.skip("rep|repeat|work")
    text.skip("the|these") and text.skip("instructions|pattern|section")
    text.skip("instructions|pattern")
    said = text.skip("from|between|bet|btw|btwn")
    text.skip("the|first") and text.skip("first")
    if mark == "*" and not said and text.skip("**"):
        return mark  # `repeat ** around`: both stars at once
    if not text.skip(mark):
        if said:
            text.i = at
        return ""
    text.skip("'") or None
    if text.skip("s"):
        return mark
    if (text.at("to|and|until|till|through|-") and text.peek(1).text in ("**", mark)) or text.at(mark):
        text.i += 1
        text.skip("second|next")
        if text.skip("**") and mark != "**":
            return "**"
        text.skip(mark)
        text.skip(mark)
    return mark


def cut_at_the_end(text: Reader) -> bool:
    """`ending last rep at **`, `end at ** on last rep`: the last pass ends there."""
    at = text.i
    while text.at(",|;|.|(|and|but"):
        text.i += 1
    if text.skip("ending|end|ends|finishing|finish|stopping|stop"):
        last = _last_pass(text)
        if text.skip("at|on|with", "**") or text.skip("**"):
            if not last:
                _last_pass(text)
            text.peek(-1).text == "(" or text.skip(")")
            return True
    text.i = at
    return False


def once_more_to(text: Reader) -> bool:
    """`then from * to ** once`: another pass, which ends at the two stars."""
    at = text.i
    while text.at(",|;|.|and|then|&"):
        text.i += 1
    text.skip("rep|repeat|work|once") and text.skip("again")
    if text.skip("from") and text.skip("*") and text.skip("to|until|till|through|-") and text.skip("**"):
        again = text.skip("once|again|1") and (text.skip("times|time") or True)
        again and (text.skip("more") or text.skip("again"))
        return True
    text.i = at
    return False


WHOLE = -1  # the last of what a pass does, whatever it is


def omits_last(text: Reader) -> int:
    """`omitting last sc on last rep`: how many stitches before its end the last pass ends; 0: nothing is told.

    `WHOLE`: `omitting last (3 dc, ch 2, 3 dc)`, `omitting last corner`.
    """
    at = text.i
    text.skip(",|.|;")
    text.skip("except|but")
    leaves = text.skip("leaving|leave", "out|off") or text.skip("omitting|omit")
    if leaves or text.skip("ending|end", "without"):
        text.skip("the")
        if text.skip("last|final"):
            whole = _WHOLE.skip(text) or _in_brackets(text)
            n = WHOLE if whole else text.number() or 1
            if whole or thing(text) is not None:
                text.skip("at", "end", "of") or text.skip("at", "the", "end", "of")
                _last_pass(text)
                return n
    text.i = at
    return 0


_WHOLE = Phrases("corner|group|shell|cluster|bracket|set", "ch -? #", "ch|chain")


def _in_brackets(text: Reader) -> bool:
    """Pass over `(3 dc, ch 2, 3 dc)`, where it is told again."""
    ahead = text.texts[text.i : text.i + 16]
    if not text.at("(|[") or not (")" in ahead or "]" in ahead):
        return False
    text.i += 1 + next(i for i, word in enumerate(ahead) if word in (")", "]"))
    return True


def _last_pass(text: Reader) -> bool:
    text.skip("on|in|for") and text.skip("the")
    text.skip("the")
    return text.skip("last|final", "rep|repeat|time|pass|repetition|reps|repeats|side")


def how_often(text: Reader, star: bool = False) -> Often | None:
    """How often, if it stands here; `star`: after `rep from *`, whose body was worked once when it is read."""
    at, start = text.i, text.start
    text.skip("for")
    in_all = text.skip("a") and text.skip("total", "of")
    more = text.skip("another") and (text.skip("additional") or True)
    starred = not star and text.at("*") and text.peek(1).kind == "n" and text.peek(2).kind in "se"
    crossed = text.skip("x") or (starred and text.skip("*"))
    n = {"once": 1, "twice": 2, "thrice": 3}.get(text.peek().text)
    times = n is not None
    if times:
        text.i += 1
    else:
        n = text.number()
    if n is None:
        text.i = at
        return _places(text)
    more = text.skip("more|additional|further|extra|other") or more
    crossed = text.skip("x") or crossed
    times = text.skip("times|time|repeats|reps") or times
    more = text.skip("more|again") or more
    if not (times or crossed or (more and (text.at(",|.|;|)|]") or text.done()))):
        text.i = at
        return None
    in_all = _IN_ALL.skip(text) or in_all
    star and _IN_RING.skip(text)
    span = (start, text.end)
    if in_all or (crossed and not star):
        return Often("all", n, span=span)
    if n == 1:
        return Often("all", 2 if star else 1, span=span)
    return _times(n, star, more, span)


def _times(n: int, star: bool, more: bool, at: Span) -> Often:
    """A star's body was worked once when its `rep from *` is read, so `3 more times` is 4 in all.

    `rep from * 3 times` and `[...] 3 more times` are written by people who mean 3 and by others who mean 4.
    """
    if star and more:
        return Often("all", n + 1, span=at)
    return Often("unsure" if star or more else "all", n, span=at)


def _tile(text: Reader) -> Thing | None:
    """`[to last] block` of corner to corner: the space that it has."""
    return Thing("sp", said="block") if text.skip("block|blocks|tile|tiles") else None


_LANDMARKS = "corner|ch|chain|center|centre|middle"


def _places(text: Reader) -> Often | None:
    """`around`, `to last 2 sts`, `to next ch-2 sp`."""
    at, start = text.i, text.start
    if _LAST.skip(text):
        left = text.number() or 1
        where = _tile(text) or thing(text)
        if where is not None:
            text.skip("rem|remain|remaining|left")
            return Often("last", left, where, (start, text.end))
        text.i = at
    text.at("across|around", "until|till") and text.skip("across|around")
    if text.skip("until|till") and (kept := text.number()) is not None:
        where = _tile(text) or thing(text)
        if where is not None and text.skip("remain|remains|rem|left|are|is"):
            text.skip("left|remaining")
            return Often("last", kept, where, (start, text.end))
    text.i = at
    if text.skip("to|until") and (text.skip("the") or True) and (where := turning_chain(text)) is not None:
        return Often("around", thing=where, span=(start, text.end))
    text.i = at
    to = text.at("to|until|till", _LANDMARKS) or text.at("to|until|till", "the", _LANDMARKS)
    if _NEXT.skip(text) or (to and text.skip("to|until|till")):
        text.skip("the")
        where = thing(text)
        if where is not None:
            return Often("around", thing=where, span=(start, text.end))
        text.i = at
    return Often("around", span=(start, text.end)) if _AROUND.skip(text) else None
