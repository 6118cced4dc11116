"""Stars: `*sc in next st, inc; rep from * 5 more times`, `*sc, inc* around`, `rep from * to * once`.

star = "*" items ["**" items] "rep from *" ["to **"] often | "*" items "*" often | "*" items "around"
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.bodies import NESTING, Items, bare_end, body, nexts, within, worked
from crochet.grammar.declared import declared
from crochet.grammar.joins import back
from crochet.grammar.pattern import Chain, Group, Item, Make, Often, Repeat, Skip, Unread
from crochet.grammar.repeats import FROM, WHOLE, cut_at_the_end, how_often, led_back, marks, omits_last, once_more_to
from crochet.grammar.signs import BETWEEN
from crochet.grammar.tokens import Reader

_STOPS = frozenset({"", ".", ",", ";", "and", "join", "("})  # behind a `repeat` that says no more


def star(text: Reader, items: Items) -> Item | None:
    """A repeat that a star opens, or another sign that the row says to repeat from; None: it was not understood."""
    at, start, mark = text.i, text.start, text.peek().text
    if text.depth >= NESTING or not text.skip(mark):
        return None
    inner, cut = body(text, items, {"rep", "repeat", mark}, marks(text))
    if text.skip(mark):
        return _between_stars(text, start, mark, inner, cut)
    if text.at("rep|repeat"):
        return _from_the_star(text, start, mark, inner, cut)
    if mark != "*":
        return back(text, at)
    if text.depth == 0 and (around := _closed_by_around(text, items, at)) is not None:
        return around
    footnote = not any(worked(one) for one in inner)  # `*The end of row 15 ...`: a mark to the reader
    return Unread(text.text[start : text.end], (start, text.end), None if footnote else "dangling-marker")


def _between_stars(text: Reader, start: int, mark: str, inner: list[Item], cut: int | None) -> Item | None:
    """`*sc, inc* around`, `*sc, inc*, rep from * to * 5 times`: a second star has been passed over."""
    ended = text.i
    while text.peek().text in BETWEEN:
        text.i += 1
    led = text.at("rep|repeat|work") and bool(led_back(text, mark))
    led = led or (text.peek(-1).text in ("rep", "repeat") and text.peek().text in _STOPS)
    led = led or text.skip("do|work", "that|this|it|so")  # `*...*, and do that 3 times in all`
    often = how_often(text, star=led) or (bare_end(text) if led else None)
    if often is None and ended == text.i and _told_in_all(text):
        often = Often("around", span=(text.start, text.start))  # `*1 sc, 1 inc* = 18 sc`
    if often is None and inner and cut is None and mark == "*" and text.i < text.again:
        text.i = ended  # worked once; further on the row says `from * to *`
        text.starred = nexts(tuple(inner))
        return Repeat(tuple(inner), Often("all", 1, span=(start, text.end)), (start, text.end))
    last = inner[-1] if cut is None and len(inner) > 1 else None
    if often is not None and last is not None and _omitted(text, last):
        cut = len(inner) - 1
    elif cut is not None:
        cut_at_the_end(text)
    return None if often is None else Repeat(nexts(tuple(inner)), often, (start, text.end), cut)


def _told_in_all(text: Reader) -> bool:
    """A total ends the row: `= 18 sc`, `(18 sts)`."""
    at = text.i
    ends = text.at("=") or (
        text.at("(|[|—") and declared(text) is not None and (text.skip(".") or True) and text.done()
    )
    text.i = at
    return ends


def _from_the_star(text: Reader, start: int, mark: str, inner: list[Item], cut: int | None) -> Item | None:
    """`*sc, inc; rep from * 5 more times, ending at **`: where `rep` stands."""
    whole = led_back(text, mark) != "**" or mark == "**"
    often = how_often(text, star=True) or bare_end(text)
    if often is None:
        return None
    last = inner[-1] if cut is None and len(inner) > 1 else None
    if last is not None and _omitted(text, last):
        cut = len(inner) - 1
    elif cut is not None and once_more_to(text):
        often = replace(often, n=often.n + 1) if often.how in ("all", "unsure") else often
    elif (cut is None and not whole) or (cut is not None and not cut_at_the_end(text) and whole):
        return Unread(text.text[start : text.end], (start, text.end), "dangling-marker")
    return Repeat(nexts(tuple(inner)), often, (start, text.end), cut)


def _omitted(text: Reader, last: Item) -> bool:
    """The last pass ends before its last item: `omitting last 3 sc`, `omitting last corner`."""
    at, n = text.i, omits_last(text)
    if n == WHOLE or (isinstance(last, Make) and n == _stitches(last)):
        return isinstance(last, Make | Group | Chain)
    text.i = at
    return False


def _stitches(item: Make) -> int:
    """How many it makes: `sc in each of next 3 dc` 3."""
    where = item.target
    return item.n * (where.n if where is not None and where.counted else 1)


def _closed_by_around(text: Reader, items: Items, at: int) -> Item | None:
    """`*sc2tog; around`: the star has no second one, and what goes around is what stands behind it."""
    ended, start = text.i, text.found[at].start
    text.i = at + 1
    inner = within(text, items, lambda t: t.at("around|across|—|=|-|(|[|*"))
    last = inner[-1] if inner else None
    if len(inner) == 1 and isinstance(last, Repeat) and last.often.how == "around":
        return last
    if inner and all(isinstance(one, Make | Chain | Skip) for one in inner) and text.skip("around|across"):
        return Repeat(nexts(tuple(inner)), Often("around", span=(start, text.end)), (start, text.end))
    return back(text, ended)


def starred_again(text: Reader) -> Item | None:
    """`work from * to * around`: what was worked between the stars before."""
    at, start = text.i, text.start
    if text.skip("rep|repeat|work") and text.peek().text in FROM:
        text.i -= 1
        often = how_often(text, star=False) if led_back(text, "*") else None
        if often is not None:
            return Repeat(text.starred, often, (start, text.end))
    return back(text, at)
