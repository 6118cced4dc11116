"""Closing: the words that end a cluster told loop by loop: `yo and draw through all loops on hook, ch 1 to close`."""

from __future__ import annotations

from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader

OVER = Phrases(
    "yarn|thread|wool over|round|around the? hook?", "yo|yoh|yrh|yon", "y . o .",
    "wrap the? yarn|thread over|around the? hook?",
)  # fmt: skip
_PULLS = Phrases("draw|pull|slip yarn|thread|loop|lp|it|hook? through|thru|off", "through|thru", "work off")
_AS_BEFORE = Phrases("complete|finish|close the? cluster|cl as before", "complete as before")
_CLOSED = Phrases(
    "ch|chain 1? to close|secure|fasten|tighten|complete|finish the? cluster|cl|puff|popcorn|pc|bobble|st|stitch? st?",
    "ch|chain 1? tightly? ( to close|secure|fasten|tighten|complete )",
)  # fmt: skip
PARTS = frozenset({",", ".", ";", "and", "then", "&", ":"})


def separated(text: Reader) -> None:
    while text.peek().text in PARTS:
        text.i += 1


def finished(text: Reader) -> bool:
    """`yo and draw through all loops on hook`, `complete cluster as before`."""
    at = text.i
    OVER.skip(text)
    separated(text)
    if (_PULLS.skip(text) and _all_loops(text)) or _AS_BEFORE.skip(text):
        return True
    text.i = at
    return False


def _all_loops(text: Reader) -> bool:
    """`all 4 loops on hook`, `remaining loops`, `4 loops on hook`: more than the two of a stitch."""
    every = text.skip("all|both") and (text.skip("of") or True)
    text.skip("the|these|them|your")
    every = text.skip("rem|remaining") or every
    n = text.number()
    text.skip("rem|remaining")
    loops = text.skip("loops|lps|loop|lp")
    text.skip("rem|remaining|left|now")
    hook = text.skip("on|off") and (text.skip("the|your") or True) and text.skip("hook")
    text.skip("at", "once") or text.skip("at", "one", "time") or text.skip("tightly")
    remaining(text)
    return bool((every or (n or 0) > 2) and (loops or (every and hook)))


def tail(text: Reader) -> None:
    """The chain that closes it: `ch 1 to close`."""
    at = text.i
    separated(text)
    if not _CLOSED.skip(text):
        text.i = at


def remaining(text: Reader) -> None:
    """`(2 loops on hook)`, told on the way."""
    at = text.i
    if text.skip("(|["):
        text.number()
        text.skip("rem|remaining")
        if text.skip("loops|lps|loop|lp"):
            text.skip("rem|remain|remaining|left|now|are")
            text.skip("on") and (text.skip("the"), text.skip("hook"))
            text.skip("rem|remain|remaining")
            if text.skip(")|]"):
                return
    text.i = at
