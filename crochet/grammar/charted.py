"""Charted: stitches that are told by their yarn alone, as in a chart written out: `5 M, 2 H`, `MC x 9`, `(A) x 24`.

charted = n ["sts"] ["in" | "with"] yarn | yarn ["x"] n | ("(" | "[") yarn (")" | "]") "x" n
"""

from __future__ import annotations

from crochet.craft import colours
from crochet.grammar.names import STITCHES
from crochet.grammar.pattern import Make
from crochet.grammar.phrases import Phrases, names_yarn
from crochet.grammar.targets import bare_each, target
from crochet.grammar.tokens import Reader
from crochet.grammar.yarns import colour

IN = "in "  # the kind of such a stitch, before the name of its yarn
_SHORT = frozenset({"mc", "cc", "ca", "cb", "cd", "ce"})
_NO_YARN = frozenset({"v", "x"})  # a V-st, and a sign
_ENDS = frozenset({",", ".", ";", ":", ")", "]", "*", "**", "(", "[", "—", "=", "/", "|", "-", "and", "then", "rep",
                   "repeat", "turn", "to", "around", "across", ""})  # fmt: skip


_LED = frozenset({"in", "with", "st", "sts", "stitches"})
_MAY_BE = frozenset({*"abcdefghijklmnopqrstuwyz", *_SHORT, *(name.split()[0] for name in colours.HEX)})


def charted(text: Reader) -> Make | None:
    """Stitches told by their yarn; None: none stand here, and nothing is passed over."""
    at, start, here = text.i, text.start, text.peek()
    first = text.texts[at + 1] if here.kind == "n" or here.text in ("(", "[") else here.text
    if first not in _MAY_BE and first not in _LED:
        return None
    counted = _counted(text) or _called(text)
    if counted is None:
        text.i = at
        return None
    n, yarn = counted
    return Make(n, IN + yarn, None, (start, text.end))


def yarn_alone(text: Reader) -> bool:
    """Pass over a yarn's name right behind stitches, `3 sc A`, `inc B`; else nothing is passed over."""
    at = text.i
    if text.texts[at] in _MAY_BE and _yarn(text) and _ends(text):
        return True
    text.i = at
    return False


def _counted(text: Reader) -> tuple[int, str] | None:
    """`5 M`, `5 sts in M`, `3 black`."""
    at = text.i
    n = text.number()
    some = n is not None and text.skip("sts|st|stitches")
    led = n is not None and text.skip("in|with")
    yarn = _yarn(text) if n else None
    some or text.skip("sts|st|stitches")
    if n and yarn and _ends(text) and (some or led or _of_a_chart(text)):
        return n, yarn
    text.i = at
    return None


def _called(text: Reader) -> tuple[int, str] | None:
    """`MC 9`, `A x 3`, `(A) x 24`."""
    at = text.i
    closing = {"(": ")", "[": "]"}.get(text.texts[at])
    text.i += closing is not None
    yarn = _yarn(text)
    if yarn and (closing is None or text.skip(closing)):
        crossed = text.skip("x")
        n = text.number() if crossed or closing is None else None
        text.skip("times") or (text.skip("sts|st|stitches"))
        if n and _ends(text) and _of_a_chart(text):
            return n, yarn
    text.i = at
    return None


def _of_a_chart(text: Reader) -> bool:
    """The row tells of yarns and how many, time and again, or of no stitch at all."""
    pairs = sum(_pair(text, i) for i in range(len(text.found) - 1))
    return pairs > 1 or not text.words & STITCHES


def _pair(text: Reader, i: int) -> bool:
    """`5 M`, `MC 9`, `A) x`."""
    here, after = text.found[i], text.found[i + 1]
    if after.kind == "n" or (after.text == ")" and text.texts[i + 2] == "x"):
        return names(text, i)
    return (here.kind == "n" or here.text in STITCHES) and names(text, i + 1)  # `10 sc MC, 4 CC`


def names(text: Reader, i: int) -> bool:
    """A yarn is named there, in capitals or by its colour."""
    token = text.found[i]
    said = text.text[token.start : token.end]
    return (names_yarn(token.text) and token.text not in _NO_YARN and said.isupper()) or token.text in colours.HEX


def _yarn(text: Reader) -> str | None:
    """A yarn by a short name in capitals, or a colour by its name."""
    here = text.peek()
    if here.kind != "w" or here.text in text.names.begins or here.text in _NO_YARN:
        return None
    said = text.text[here.start : here.end]
    if names_yarn(here.text) and not (said.isupper() or here.text in _SHORT):
        return None
    if names_yarn(here.text):
        text.i += 1
        numbered = text.peek().kind == "n" and text.start == here.end and (text.peek(1).kind == "n" or text.at("x"))
        return f"{here.text}{text.number() if numbered else ''}".upper()
    known = any(" ".join(text.texts[text.i : text.i + k]) in colours.HEX for k in (3, 2, 1))
    return colour(text) if known else None


def _ends(text: Reader) -> bool:
    """What is told by its yarn ends here, or the next begins."""
    return text.texts[text.i] in _ENDS or text.peek().kind == "n" or text.done()


PATTERN = f"{IN}pattern"
_PATTERN = Phrases(
    "work|working|cont|continue|continuing|keep? in? the|est|established? pat|patt|pattern as? est|established|set?",
)


def in_pattern(text: Reader) -> Make | None:
    """`patt to last 2 sts`, `work in pattern across first 18 sts`; None: no such words stand here."""
    at, start = text.i, text.start
    if text.words.isdisjoint(("pat", "patt", "pattern")) or not _PATTERN.skip(text):
        return None
    limited = text.at("to|until|till|across|over|along|in") and not text.at("until", "piece|work|it")
    within = text.at("across|over|along|in", "first|next|the|these|all|last|each")
    where = (target(text) if within else bare_each(text)) if limited else None
    if where is not None and where.things[0].cls == "st" and _ends(text):
        return Make(1, PATTERN, where, (start, text.end))
    text.i = at
    return None
