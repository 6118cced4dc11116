"""Items: what a row says to do, one after another.

items  = item {("," | ";" | "." | "and" | "then") item}
item   = start | make | group | skip | move | repeat | join | aside
repeat = "*" items ["**" items] "rep from *" often | "*" items "*" often | "[" items "]" often
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crochet.makes import aside, back, chain, how_often, join, make, ring, skip
from crochet.names import FIRST_WORDS
from crochet.pattern import Aside, Chain, Group, Item, Make, Repeat, Unread
from crochet.picots import closes, picot, remarked
from crochet.references import OPENS, ref, refers
from crochet.targets import loops, target
from crochet.tokens import Reader

NESTING = 8
_SEPARATORS = ",|;|.|and|then|:"
_BETWEEN = frozenset(_SEPARATORS.split("|"))
_ENDING = _BETWEEN | {"(", "[", "{", "*", "—", "=", "=>", "**"}
_TIMES = frozenset({"times", "time", "more"})
_CLOSE = {"(": ")", "[": "]", "{": "}"}
_REMARKS = (
    ("corner", "made"), ("first", "corner", "made"), ("rs", "facing"), ("ws", "facing"), ("with", "rs", "facing"),
    ("with", "ws", "facing"), ("right", "side", "facing"), ("loosely",),
)  # fmt: skip
_HOOKED = frozenset({"in", "into", "through", "thru", "blo", "flo", "tbl", "tfl", "back", "front", "both", "under"})
_REMARKED = frozenset(remark[0] for remark in _REMARKS)


def items(text: Reader, stops: Callable[[Reader], bool]) -> list[Item]:
    """Items up to where `stops` says, or the end. What cannot be read becomes `Unread`, up to the next separator."""
    found: list[Item] = []
    while True:
        while text.found[text.i].text in _BETWEEN:
            text.i += 1
        if text.done() or stops(text):
            return found
        opens = text.start
        leads = text.skip("ending|end", "with|by") or (not refers(text) and text.skip("working|work"))
        if leads and not text.at("(|[|{|*") and _ends(text, stops):
            found.append(Unread(text.text[opens : text.end], (opens, text.end)))
            continue
        if text.at("with") and (text.peek(1).kind == "n" or text.peek(1).text in ("(", "[")):
            text.i += 1
        if closes(text, found):
            continue
        at, start = text.i, text.start
        if (name := remarked(text)) is not None:
            if name and found and isinstance(found[-1], Group):
                found[-1] = replace(found[-1], name=name)
            continue
        item = _item(text)
        if isinstance(item, Make) and item.target is None and _counted(text):
            often = how_often(text)
            item = Repeat((item,), often, (start, text.end)) if often else item
        if item is not None and (_ends(text, stops) or (isinstance(item, Aside) and item.what == "remark")):
            found.append(item)
            continue
        if text.i == at:
            text.i += 1
        while not (text.done() or _ends(text, stops)):
            text.i += 1
        found.append(Unread(text.text[start : text.end], (start, text.end)))


def _counted(text: Reader) -> bool:
    """`dec 6 times`, `sc2tog x 6`, `inc around`."""
    return text.at("x|around|across|twice|to|until") or (text.peek().kind == "n" and text.peek(1).text in _TIMES)


def _ends(text: Reader, stops: Callable[[Reader], bool]) -> bool:
    return text.done() or text.peek().text in _ENDING or stops(text) or text.at("loosely")


def _item(text: Reader) -> Item | None:
    start = text.start
    if text.at("*"):
        return _star(text)
    if text.at("(|[|{"):
        return _bracket(text)
    if text.peek().text in _REMARKED and any(text.skip(*remark) for remark in _REMARKS):
        return Aside("remark", (start, text.end))
    if text.peek().text in _HOOKED and loops(text):
        return Aside("remark", (start, text.end))
    if text.peek().text in OPENS and (rows := ref(text)) is not None:
        return rows
    if text.at("in|into"):
        return _placed(text)
    if text.peek().kind == "n":
        return picot(text) or chain(text) or make(text)
    if text.at("ch|picot") and (small := picot(text)):
        return small
    if text.peek().text in FIRST_WORDS and (made := make(text)):
        return made
    return ring(text) or chain(text) or join(text) or aside(text) or skip(text) or make(text)


def _placed(text: Reader) -> Item | None:
    """`in next ch-2 sp work (3 dc, ch 2, 3 dc)`: the place is told before what goes into it."""
    at, start = text.i, text.start
    magic = ring(text)
    if magic is not None:
        return magic
    where = target(text)
    text.skip(",|:")
    text.skip("work|make|working")
    if where is None or text.depth >= NESTING:
        return back(text, at)
    if text.at("(|["):
        close = _CLOSE[text.peek().text]
        text.i += 1
        text.depth += 1
        body = items(text, lambda t: t.at(")|]"))
        text.depth -= 1
        if body and text.skip(close):
            return Group(tuple(body), where, (start, text.end))
        return back(text, at)
    listed = _list(text)
    return Group(tuple(listed), where, (start, text.end)) if listed else back(text, at)


def _list(text: Reader) -> list[Item]:
    """`2 dc, ch 2, 3 dc` up to where the sentence ends; empty where something else is among them."""
    found: list[Item] = []
    while True:
        one = chain(text) or make(text)
        if isinstance(one, Make) and (one.target is not None or one.eats > 1 or one.kind == "sl st"):
            return []
        if not isinstance(one, Chain | Make):
            return []
        found.append(one)
        if text.done() or text.at(".|;|*|)|]|rep|**"):
            return found
        if not text.skip(","):
            text.skip("and")
        text.skip("and|then")
        if text.at("*|[|(|join|sl|rep|in|into"):
            return found


def _star(text: Reader) -> Item | None:
    start = text.start
    if text.depth >= NESTING or not text.skip("*"):
        return None
    text.depth += 1
    body, cut = _body(text, lambda t: t.at("rep|repeat") or t.at("*") or t.at("**"))
    text.depth -= 1
    if text.skip("*"):
        text.skip(_SEPARATORS)
        if text.skip("rep|repeat", "from|between", "*", "to|and", "*") or text.skip("rep|repeat", "from", "*"):
            often = how_often(text, star=True)
            return None if often is None else Repeat(tuple(body), often, (start, text.end), cut)
        often = how_often(text)
        return None if often is None else Repeat(tuple(body), often, (start, text.end), cut)
    if not text.skip("rep|repeat"):
        return Unread(text.text[start : text.end], (start, text.end), "dangling-marker")
    text.skip("from")
    whole = not (text.skip("*") and text.skip("to", "**"))
    often = how_often(text, star=True)
    if often is None:
        return None
    if (cut is None and not whole) or (cut is not None and not _cut_at_the_end(text) and whole):
        return Unread(text.text[start : text.end], (start, text.end), "dangling-marker")
    return Repeat(tuple(body), often, (start, text.end), cut)


def _cut_at_the_end(text: Reader) -> bool:
    """`ending last rep at **`, `end at ** on last rep`: the last pass ends there."""
    at = text.i
    text.skip(_SEPARATORS)
    if text.skip("ending|end"):
        last = _last_pass(text)
        if text.skip("at", "**") or text.skip("**"):
            if not last:
                _last_pass(text)
            return True
    text.i = at
    return False


def _last_pass(text: Reader) -> bool:
    text.skip("on|in") and text.skip("the")
    text.skip("the")
    return text.skip("last|final", "rep|repeat|time|pass|repetition")


def _body(text: Reader, stops: Callable[[Reader], bool]) -> tuple[list[Item], int | None]:
    body = items(text, stops)
    cut = None
    if text.skip("**"):
        cut = len(body)
        body += items(text, stops)
    return body, cut


def _bracket(text: Reader) -> Item | None:
    start = text.start
    close = _CLOSE[text.peek().text]
    if text.depth >= NESTING:
        return None
    text.i += 1
    text.depth += 1
    body, cut = _body(text, lambda t: t.at(")|]|}") or t.at("**"))
    text.depth -= 1
    if not text.skip(close) or not body:
        return None
    if len(body) == 1 and isinstance(body[0], Aside) and body[0].what == "remark":
        return body[0]
    where = None if text.at("to", "last") else target(text)  # `[...] to last 2 sps` is how often
    if where is not None:
        return Group(tuple(body), where, (start, text.end))
    often = how_often(text)
    return None if often is None else Repeat(tuple(body), often, (start, text.end), cut)
