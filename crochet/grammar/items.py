"""Items: what a row says to do, one after another.

items  = item {("," | ";" | "." | "and" | "then" | ...) item}
item   = start | make | group | skip | move | repeat | join | aside
repeat = "*" items ["**" items] "rep from *" often | "*" items "*" often | "[" items "]" often | items "rep" often
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crochet.grammar.across import across
from crochet.grammar.asides import aside, beside, remark
from crochet.grammar.drawn import drawn
from crochet.grammar.garments import noted
from crochet.grammar.joins import back, join
from crochet.grammar.loops import loops
from crochet.grammar.makes import continued, make, ring_of, skip
from crochet.grammar.names import FIRST_WORDS
from crochet.grammar.pattern import Aside, Chain, Group, Item, Join, Make, Often, Repeat, Skip, Unread
from crochet.grammar.phrases import Phrases
from crochet.grammar.picots import closes, picot, remarked
from crochet.grammar.references import OPENS, ref, refers
from crochet.grammar.repeats import FROM, REPEAT, cut_at_the_end, how_often, led_back, marks, omits_last, once_more_to
from crochet.grammar.shaping import shaped
from crochet.grammar.starts import chain, ring
from crochet.grammar.targets import target
from crochet.grammar.tokens import Reader
from crochet.grammar.turns import begins_in, left_behind, worked_last

NESTING = 8
_SEPARATORS = ",|;|.|and|then|:|&|+|/|!|—|also|but|•|…|\\"
_BETWEEN = frozenset(_SEPARATORS.split("|"))
_SAYS_MORE = frozenset({"—", ":", ".", "+"})  # separators that may open a declaration or a repeat
_ENDING = _BETWEEN | {"(", "[", "{", "*", "=", "=>", "**", "***", "<", "→"}
_FREE = frozenset({"same", "bare"})  # what stands in a group may go there
_HOW_OFTEN = frozenset({"x", "around", "across", "twice", "to", "until"})
_TIMES = frozenset({"times", "time", "more", "x"})
_HOOKED = frozenset({"in", "into", "through", "thru", "blo", "flo", "tbl", "tfl", "back", "front", "both", "under"})
_CLOSE = {"(": ")", "[": "]", "{": "}"}
_STARTS = FIRST_WORDS.keys() | {
    "ch", "chain", "join", "attach", "sk", "skip", "miss", "rep", "repeat", "turn", "fasten", "work", "working",
    "ending", "end", "leave", "leaving", "holding", "keeping", "retaining",
    "yo", "yoh", "yarn", "drop", "remove", "inc", "dec", "invdec", "loosely", "tightly",
}  # fmt: skip
_LEADS = "having|work|working|make|making|place|placing|put|crochet|worked|start|begin|do"
_END_WITH = Phrases("ending|end|finishing the? last|final? rep|repeat|repetition? with|by|on")
Stops = Callable[[Reader], bool]


def items(text: Reader, stops: Stops) -> list[Item]:
    """Items up to where `stops` says, or the end. What cannot be read becomes `Unread`, up to the next separator."""
    found: list[Item] = []
    texts = text.texts
    while True:
        while texts[text.i] in _BETWEEN and not (texts[text.i] in _SAYS_MORE and _opens(text, stops)):
            text.i += 1
        if text.done() or stops(text):
            return found
        if _on_what_stands(text, found) or drawn(text, found):
            continue
        at, start = text.i, text.start
        item = _next(text, found, stops)
        if isinstance(item, (Make, Group)) and _counted(text, item.target is None):
            often = how_often(text)
            item = Repeat((item,), often, (start, text.end)) if often else item
        told = beside(text) if isinstance(item, (Make, Repeat, Group)) else None
        if item is None or not (_ends(text, stops) or _goes_on(text, item)):
            text.i += text.i == at
            while not (text.done() or texts[text.i] in _ENDING or stops(text)):
                text.i += 1
            item, told = Unread(text.text[start : text.end], (start, text.end)), None
        found += [item, told] if told else [item]


def _on_what_stands(text: Reader, found: list[Item]) -> bool:
    """Words on the item before: what closes its chain, what it is called, the ring under it."""
    last = found[-1] if found else None
    if isinstance(last, Chain):
        if closes(text, found):
            return True
        if text.at("in|into") and (magic := ring(text)):
            found.insert(len(found) - 1, magic)  # `ch 3 in a magic ring`
            return True
    name = remarked(text)
    if name and isinstance(last, Group):
        found[-1] = replace(last, name=name)
    return name is not None


_STITCHES = frozenset({"sc", "hdc", "dc", "tr", "sl"})


def _next(text: Reader, found: list[Item], stops: Stops) -> Item | None:
    """The item that stands here. Most are chains and stitches, to which no words lead on."""
    at = text.i
    word = text.texts[at + (text.found[at].kind == "n")]
    item = _starred_again(text) if text.starred else None
    if item is None and word in _STITCHES:
        item = make(text)
    elif item is None:
        item = picot(text) or chain(text) if word == "ch" else _led(text, stops)
    return item or _item(text) or continued(text, found) or _whole_row_again(text, found, at)


def _counted(text: Reader, bare: bool) -> bool:
    """`dec 6 times`, `sc2tog x 6`, `inc around`; only the first of what has a place."""
    here = text.peek()
    return text.texts[text.i + 1] in _TIMES if here.kind == "n" else bare and here.text in _HOW_OFTEN


def _goes_on(text: Reader, item: Item) -> bool:
    """What follows is said of the item, or it ends by itself."""
    if isinstance(item, Chain):
        return text.at("in|into", "a|the|magic|mr")
    return isinstance(item, Aside) and item.what == "remark"


def _opens(text: Reader, stops: Stops) -> bool:
    """A declaration or a repeat begins at this sign."""
    return text.peek().text in marks(text) or stops(text)


def _ends(text: Reader, stops: Stops) -> bool:
    """An item may end here: at a sign, or where the next one begins without any between them."""
    here, after = text.texts[text.i], text.texts[text.i + 1]
    if here in _ENDING or text.done() or here in _STARTS or here in marks(text):
        return True
    if text.peek().kind == "n" and (after in _STARTS or after in ("more", "x")):
        return True
    return stops(text)


def _led(text: Reader, stops: Stops) -> Item | None:
    """Words that lead on to an item are passed over; leading on to nothing they are not understood."""
    at, start = text.i, text.start
    if (told := worked_last(text) or begins_in(text) or left_behind(text) or across(text)) is not None:
        return told
    if _END_WITH.skip(text) or (text.at("ending|end") and _worked_there(text) and text.skip("ending|end")):
        text.skip("a")
    elif not refers(text) and remark(text):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])
    elif text.at("rep|repeat", "(|["):
        text.i += 1
    elif refers(text) or text.at("do", "not") or not text.skip(_LEADS):
        if text.at("with") and (text.peek(1).kind == "n" or text.peek(1).text in ("(", "[")):
            text.i += 1
        return None
    if not text.at("(|[|{|*") and _ends(text, stops) and text.peek().text not in _STARTS and text.peek().kind != "n":
        return Unread(text.text[start : text.end], (start, text.end))
    if ring(text) is not None:
        text.i = at
    return None


def _worked_there(text: Reader) -> bool:
    """`end ch 2, dc in first sc`, `end (2 sc, picot, 2 sc) in last sp`."""
    after = text.peek(1).text
    return after in FIRST_WORDS or after in ("ch", "(", "[") or text.peek(1).kind == "n"


def _item(text: Reader) -> Item | None:
    if text.peek().kind == "n":
        return picot(text) or chain(text) or _times_first(text) or make(text)
    if text.peek().text in marks(text):
        return _star(text)
    start = text.start
    if text.at("(|[|{"):
        beside = noted(text)
        return Aside("remark", (start, text.end), said=text.text[start : text.end]) if beside else _bracket(text)
    if text.peek().text in _HOOKED and loops(text):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])
    if text.peek().text in OPENS and (rows := ref(text)) is not None:
        return rows
    if text.at("in|into|inside"):
        return _placed(text)
    if text.at("over"):
        return _closed_over(text)
    if text.peek().text[:3] in ("inc", "dec") and (change := shaped(text)) is not None:
        return change
    if text.at("ch|picot") and (small := picot(text)):
        return small
    if text.peek().text in FIRST_WORDS and (made := make(text)):
        return made
    if text.at("mr|mc") and (counted := ring_of(text)):
        return counted
    return ring(text) or chain(text) or join(text) or aside(text) or skip(text) or make(text)


def _placed(text: Reader) -> Item | None:
    """`in next ch-2 sp work (3 dc, ch 2, 3 dc)`: the place is told before what goes into it."""
    at, start = text.i, text.start
    told = ring(text) or aside(text)
    if told is not None:
        return told
    where = target(text)
    text.skip(",|:|—|-")
    text.skip(_LEADS)
    text.skip(":")
    if where is None or text.depth >= NESTING:
        return back(text, at)
    if text.at("(|["):
        close = _CLOSE[text.peek().text]
        text.i += 1
        text.depth += 1
        body = items(text, lambda t: t.at(")|]"))
        text.depth -= 1
        if body and text.skip(close) and how_often(text) is None:
            return Group(tuple(body), where, (start, text.end))
        return back(text, at)
    listed = _list(text)
    return Group(tuple(listed), where, (start, text.end)) if listed else back(text, at)


def _closed_over(text: Reader) -> Item | None:
    """`over next 2 ch work dc2tog`: the places are told before what is closed over them."""
    at, start = text.i, text.start
    where = target(text)
    text.skip(",")
    text.skip(_LEADS)
    made = make(text) if where is not None and where.counted else None
    if where is None or not isinstance(made, Make) or made.target is not None or made.eats != where.n:
        return back(text, at)
    return replace(made, target=where, span=(start, text.end))


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
            text.skip("and|&|+")
        text.skip("and|then")
        if text.at("*|[|(|join|sl|rep|in|into"):
            return found


# -- repeats


def _star(text: Reader) -> Item | None:
    at, start, mark = text.i, text.start, text.peek().text
    if text.depth >= NESTING or not text.skip(mark):
        return None
    text.depth += 1
    body, cut = _body(text, _at({"rep", "repeat", mark}, marks(text)))
    text.depth -= 1
    if text.skip(mark):
        ended = text.i
        while text.peek().text in _BETWEEN:
            text.i += 1
        star = text.at("rep|repeat|work") and bool(led_back(text, mark))
        often = how_often(text, star=star) or (_bare_end(text) if star else None)
        if often is None and text.at("=") and ended == text.i:
            often = Often("around", span=(text.start, text.start))  # `*1 sc, 1 inc* = 18 sc`
        if often is None and body and cut is None and _named_again(text, mark):
            text.i = ended  # worked once; further on the row says `from * to *`
            text.starred = nexts(tuple(body))
            return Repeat(tuple(body), Often("all", 1, span=(start, text.end)), (start, text.end))
        return None if often is None else Repeat(nexts(tuple(body)), often, (start, text.end), cut)
    if mark != "*" and not text.at("rep|repeat"):
        return back(text, at)
    if not text.at("rep|repeat") and text.depth == 0 and (around := _closed_by_around(text, at)) is not None:
        return around
    if not text.at("rep|repeat"):
        footnote = not any(_worked(one) for one in body)  # `*The end of row 15 ...`: a mark to the reader
        return Unread(text.text[start : text.end], (start, text.end), None if footnote else "dangling-marker")
    whole = led_back(text, mark) != "**"
    often = how_often(text, star=True) or _bare_end(text)
    if often is None:
        return None
    last = body[-1] if cut is None and len(body) > 1 else None
    if isinstance(last, Make) and omits_last(text) == last.n:
        return Repeat(nexts(tuple(body)), often, (start, text.end), len(body) - 1)
    if cut is not None and once_more_to(text):
        often = replace(often, n=often.n + 1) if often.how in ("all", "unsure") else often
        return Repeat(nexts(tuple(body)), often, (start, text.end), cut)
    if (cut is None and not whole) or (cut is not None and not cut_at_the_end(text) and whole):
        return Unread(text.text[start : text.end], (start, text.end), "dangling-marker")
    return Repeat(nexts(tuple(body)), often, (start, text.end), cut)


def _closed_by_around(text: Reader, at: int) -> Item | None:
    """`*sc2tog; around`: the star has no second one, and what goes around is what stands behind it."""
    ended, start = text.i, text.found[at].start
    text.i = at + 1
    text.depth += 1
    body = items(text, lambda t: t.at("around|across|—|=|-|(|[|*"))
    text.depth -= 1
    last = body[-1] if body else None
    if len(body) == 1 and isinstance(last, Repeat) and last.often.how == "around":
        return last
    if body and all(isinstance(one, Make | Chain | Skip) for one in body) and text.skip("around|across"):
        return Repeat(nexts(tuple(body)), Often("around", span=(start, text.end)), (start, text.end))
    return back(text, ended)


def _named_again(text: Reader, mark: str) -> bool:
    """Further on the row says to work what stands between two stars once more."""
    return mark == "*" and text.i < text.again


def _starred_again(text: Reader) -> Item | None:
    """`work from * to * around`: what was worked between the stars before."""
    at, start = text.i, text.start
    if text.skip("rep|repeat|work") and text.peek().text in FROM:
        text.i -= 1
        often = how_often(text, star=False) if led_back(text, "*") else None
        if often is not None:
            return Repeat(text.starred, often, (start, text.end))
    return back(text, at)


def _bare_end(text: Reader) -> Often | None:
    """`rep from *, join`: nothing says how often, so it is around."""
    if text.peek().text in _BETWEEN or text.done() or text.at("ending|end|(|[|="):
        return Often("around", span=(text.start, text.start))
    return None


def _at(ends: set[str], opening: frozenset[str]) -> Stops:
    """Where one of these signs stands, or the `**` that cuts a repeat and opens none."""
    stops = ends | ({"**"} - opening)
    return lambda text: text.texts[text.i] in stops


def _body(text: Reader, stops: Stops) -> tuple[list[Item], int | None]:
    body = items(text, stops)
    cut = None
    if text.skip("**"):
        cut = len(body)
        body += items(text, stops)
    return body, cut


def _bracket(text: Reader) -> Item | None:
    start = text.start
    close = _CLOSE[text.peek().text]
    before = text.peek(-1).text if text.i else ""
    opens = before in _BETWEEN or before in marks(text) or not text.i
    if text.depth >= NESTING:
        return None
    text.i += 1
    text.depth += 1
    body, cut = _body(text, _at({")", "]", "}"}, marks(text)))
    text.depth -= 1
    if not text.skip(close) or not body:
        return None
    if all(isinstance(one, Aside) and one.what in ("remark", "colour") for one in body):
        return body[0]
    placed = any(isinstance(one, Make | Group) and one.target and one.target.which not in _FREE for one in body)
    where = None if placed or text.at("to", "last") else target(text)  # `[...] to last 2 sps` is how often
    if where is not None:
        return Group(tuple(body), where, (start, text.end))
    often = _after_a_bracket(text)
    if often is None and opens and all(_worked(one) for one in body):
        often = Often("all", 1, span=(start, text.end))  # `*[sc, inc], rep from * around`
    if often is None:
        return None
    if not placed and often.how == "all" and text.at("in|into") and (where := target(text)) is not None:
        return Group((Repeat(tuple(body), often, (start, text.end)),), where, (start, text.end))
    return Repeat(tuple(body) if often.n == 1 else nexts(tuple(body)), often, (start, text.end), cut)


def _worked(one: Item) -> bool:
    return isinstance(one, Make | Chain | Group | Skip)


def nexts(body: tuple[Item, ...]) -> tuple[Item, ...]:
    """`(2 sc in first st, sc in next st) around`: on each pass the first is the next one."""
    first = body[0] if body else None
    if isinstance(first, Make) and first.target is not None and first.target.which == "first":
        return (replace(first, target=replace(first.target, which="next")), *body[1:])
    return body


def _after_a_bracket(text: Reader) -> Often | None:
    """`6 times`, `x 6`, `* 6`, `rep 6 times`, `, repeat around`."""
    at = text.i
    if text.at("*") and text.peek(1).kind == "n" and text.peek(2).text not in _STARTS:
        text.i += 1
        n = text.number() or 0
        text.skip("times")
        return Often("all", n, span=(text.found[at].start, text.end))
    often = how_often(text)
    if often is None:
        while text.at(",|;|."):
            text.i += 1
        text.depth or (text.at("*", "rep|repeat") and text.skip("*"))  # `[...] * repeat 6 times`
        star = bool(REPEAT.skip(text))
        often = (how_often(text, star=True) or _bare_end(text)) if star else None
    if often is None:
        text.i = at
    return often


def _times_first(text: Reader) -> Item | None:
    """`3 x (sc, inc)`, `6 times (sc, inc)`: how often is told before."""
    at, start = text.i, text.start
    if text.texts[at + 1] not in ("x", "times"):
        return None
    n = text.number() or 0
    if text.skip("x|times") and text.at("(|[|{"):
        close = _CLOSE[text.peek().text]
        text.i += 1
        text.depth += 1
        body = items(text, lambda t: t.at(")|]|}")) if text.depth < NESTING else []
        text.depth -= 1
        if body and text.skip(close):
            return Repeat(tuple(body), Often("all", n, span=(start, text.found[at + 1].end)), (start, text.end))
    return back(text, at)


def _whole_row_again(text: Reader, found: list[Item], begins: int) -> Item | None:
    """`sc in next st, inc, repeat around`: no star is named, and all of the row is meant from its first stitch on."""
    at, start = text.i, text.found[begins].start
    if text.depth or not found:
        return None
    text.i = begins
    bracket = text.skip("(|[")
    if bracket or text.at("x"):
        often = how_often(text)
        often = often if often and (not bracket or text.skip(")|]")) else None
    else:
        often = (how_often(text, star=True) or _bare_end(text)) if REPEAT.skip(text) else None
    body = [*nexts(tuple(one for one in found if not isinstance(one, Aside)))]
    while body and (isinstance(body[0], Join) or _counts_nothing(body[0])):
        body.pop(0)
    steps = (
        isinstance(one, Make | Skip | Chain) and (_steps(one) or (not i and _first(one))) for i, one in enumerate(body)
    )
    if often is None or not body or not all(steps):
        return back(text, at)
    keep = len(found) - next(i for i, one in enumerate(reversed(found), 1) if one.span == body[0].span)
    del found[keep:]
    return Repeat(tuple(body), often, (body[0].span[0] if body else start, text.end))


def _counts_nothing(one: Item) -> bool:
    return isinstance(one, Chain) and (one.n == 1 or one.counts == ())


def _first(one: Item) -> bool:
    """`2 sc in first st, 1 sc in next, repeat around`."""
    return isinstance(one, Make) and one.target is not None and one.target.which == "first" and one.more is None


def _steps(one: Item) -> bool:
    """It goes on to the next place, so it can be done again."""
    return not isinstance(one, Make) or one.target is None or (one.target.which == "next" and one.more is None)
