"""Makes: the single things a row says to do: a ring, a chain, a join, stitches; and how often something is done.

start = "ch" n ["(" ("counts as" stitch | "does not count") ")"]
make  = ([n] stitch | stitch n) [target]
join  = "join" [colour] ["with" stitch] [target]
often = n "times" | n "more times" | "x" n | "around" | "to last" [n] thing | "to next" thing
"""

from __future__ import annotations

from crochet.compounds import compound
from crochet.names import FIRST_WORDS, bundle_of
from crochet.pattern import Aside, Chain, Item, Join, Make, Often, Repeat, Ring, Skip, Span, Target, Thing, Unread
from crochet.shapes import made
from crochet.targets import further, loops, onward, post, stitch, target, thing, turning_chain
from crochet.together import MOST_LEGS, TOGETHER, Taken, change, over, together
from crochet.tokens import Reader
from crochet.turning import rowwise


def ring(text: Reader) -> Item | None:
    at, start = text.i, text.start
    text.skip("make|start|begin|form") and (text.skip("with"), text.skip("a|an"))
    text.skip("with|in|into") and text.skip("a|the")
    if text.skip("magic|adjustable", "ring|circle|loop") or text.skip("mr") or text.skip("magic"):
        return Ring((start, text.end))
    text.i = at
    return None


def chain(text: Reader) -> Item | None:
    at, start = text.i, text.start
    n: int | None = None
    if text.skip("ch|chain"):
        text.skip("-")
        if text.at(".") and text.peek(1).kind == "n" and text.peek(2).text not in FIRST_WORDS:
            text.i += 1  # `ch. 3`
        n = text.number()
        if n is None and text.at("(|[") and text.peek(1).text in ("counts", "count", "does", "here"):
            return back(text, at)  # a starting chain, and its number is missing
        n = 1 if n is None else n
    elif text.peek().kind == "n" and text.peek(1).text in ("ch", "chs", "chain", "chains") and text.peek(2).text != "-":
        n = text.number()
        text.i += 1
    if n is None or text.at("sp|sps|-"):
        text.i = at
        return None
    counts = _counting(text)
    return Chain(n, (start, text.end), counts)


def _counting(text: Reader) -> tuple[tuple[str, int], ...] | None:
    """`(counts as first dc)`, `(counts as dc and ch 1)`, `(does not count as a st)`."""
    at = text.i
    bracket = text.skip("(|[")
    if not bracket:
        text.skip(",")
    found: tuple[tuple[str, int], ...] | None = None
    _skipped_chains(text)
    if text.skip("counts|count|counting|counted", "as") or text.skip("here", "counts", "as"):
        text.skip("a|the|first|1|one")
        text.skip("first")
        kind = stitch(text)
        if kind:
            found = ((kind, 1),)
            if text.skip("and|+|,|plus") and text.skip("ch"):
                text.skip("-")
                found = (*found, ("ch", text.number() or 1))
                text.skip("sp")
        elif text.skip("st|stitch"):
            found = (("st", 1),)
    elif text.skip("does", "not", "count") or text.skip("doesn", "'", "t", "count") or text.skip("not", "counted"):
        text.skip("as") and (text.skip("a"), text.skip("st|stitch") or stitch(text))
        found = ()
    here = text.skip("throughout|here") and False
    if found is None or here or (bracket and not text.skip(")|]")):
        text.i = at
        return None
    return found


def _skipped_chains(text: Reader) -> None:
    """`skipped 3 chs` before `count as dc`."""
    at = text.i
    text.skip("the")
    text.skip("first|beg|beginning") and text.number()
    text.number()
    if text.skip("skipped|missed|unworked|first|beg|beginning") or text.i > at:
        text.number()
        if text.skip("ch|chs|chain|chains|sts") and text.at("counts|count|counting|counted|does|do"):
            return
    text.i = at


def join(text: Reader) -> Item | None:
    at, start = text.i, text.start
    if not text.skip("join|attach"):
        return None
    colour = _colour(text)
    if text.skip("to|and", "form") or text.skip("form"):
        text.skip("a")
        return Join((start, text.end), ring=True) if text.skip("ring|circle") else back(text, at)
    standing: str | None = None
    if text.skip("with"):
        text.skip("a|an")
        if text.skip("standing"):
            standing = stitch(text)
            if standing is None:
                return back(text, at)
        elif colour is None and text.peek().kind == "w" and text.peek().text not in FIRST_WORDS:
            colour = _colour(text)
        else:
            text.skip("sl", "st") or text.skip("ss") or stitch(text)
    top = _top(text)
    where = None if top else target(text)
    if text.skip("to|and", "form"):
        text.skip("a")
        return Join((start, text.end), ring=True) if text.skip("ring|circle") else back(text, at)
    if where is not None and where.things[0].cls == "ring":
        return back(text, at)
    return Join((start, text.end), colour, standing, where, top=top, closes=colour is None and standing is None)


def back(text: Reader, at: int) -> Item | None:
    """Nothing of this kind stands here."""
    text.i = at
    return None


def _colour(text: Reader) -> str | None:
    text.skip("yarn|colour|color|new") and text.skip("yarn|colour|color")
    token = text.peek()
    if token.kind == "w" and (len(token.text) == 1 or token.text in ("mc", "cc")) and token.text != "x":
        text.i += 1
        return token.text.upper()
    return None


def _top(text: Reader) -> tuple[int, int] | None:
    """`in top of ch 3`, `to 3rd ch of ch 4`: (which chain, of how many), 0 where not said. None: not this."""
    at = text.i
    if text.skip("in|into|to|at"):
        text.skip("the")
        nth = 0
        if text.peek().kind == "o":
            nth = text.peek().value
            text.i += 1
            ok = text.skip("ch|chain", "of|from")
        elif (
            text.at("first", "ch|chain") and text.peek(2).text not in ("-", "sp", "space") and text.peek(2).kind != "n"
        ):
            text.i += 2
            return (1, 0)
        else:
            ok = text.skip("top", "of")
        if ok:
            text.skip("the")
            text.skip("beginning|starting|start|beg|first|initial|turning")
            text.skip("-")
            if text.skip("ch|chain|chs"):
                text.skip("-")
                return (nth, text.number() or 0)
            if (number := text.number()) is not None and text.skip("chs|ch|chain|chains"):
                return (nth, number)
    text.i = at
    return None


def aside(text: Reader) -> Item | None:
    start = text.start
    if text.skip("fasten|bind|finish", "off") or text.skip("fo"):
        text.skip("and") and not (text.skip("weave", "in") and text.skip("ends")) and text.skip("break")
        _colour(text)
        return Aside("fasten off", (start, text.end))
    if text.skip("break|cut", "yarn|thread") or text.skip("break|cut", "off", "yarn|thread"):
        text.skip("and") and (text.skip("fasten|finish", "off") or text.skip("weave", "in", "ends"))
        return Aside("fasten off", (start, text.end))
    if (said := rowwise(text)) is not None:
        return Aside(said[0], (start, text.end), said[1])
    at = text.i
    if (text.skip("change|switch", "to") or text.skip("with")) and _colour(text):
        return Aside("colour", (start, text.end))
    text.i = at
    return None


def skip(text: Reader) -> Item | None:
    at, start = text.i, text.start
    if not text.skip("sk|skip|miss"):
        return None
    text.skip("the")
    first = text.skip("first")
    first or text.skip("next|last")
    n = 1 if text.peek(1).text in ("ch", "-") and not text.at("1|2|3|4|5|6|7|8|9") else text.number() or 1
    where = thing(text)
    if where is None and text.i <= at + 1:
        return back(text, at)
    return Skip(n, where or Thing("st"), (start, text.end), first, _counting(text))


_AFTER_A_COUNT = frozenset({",", ".", ";", ")", "]", "", "in", "into", "*", "and", "(", "["})
_BEGINS = "beg|beginning|starting|start|initial|standing|begin"


def make(text: Reader) -> Item | None:
    at, start = text.i, text.start
    if (several := compound(text)) is not None:
        return several
    closed = bundle_of(text)
    n = None if closed else text.number()
    text.skip(_BEGINS) and text.skip("-")
    loops(text)
    own = None if closed else made(text)
    kind = own.name if own else closed or stitch(text)
    taken = change(text, kind)
    if kind is None and taken is None:
        return back(text, at)
    if n is None and text.peek().kind == "n" and text.peek(1).text in _AFTER_A_COUNT:
        n = text.number()
    if taken is None and kind is not None:
        if n is not None and 2 <= n <= MOST_LEGS and text.skip(TOGETHER):  # `2 sc tog`
            taken, n = over(text, kind, n), 1
        else:
            taken = together(text, kind)
    if taken is not None:
        return _taken(text, taken, n or 1, start)
    if kind == "sl st":
        return _slip(text, start, n or 1)
    assert kind is not None
    if text.at("around|round|over|in|on|from") and (posted := post(text)):
        side, where = posted
        return _unless_unknown(text, Make(n or 1, _post(side, kind), where, (start, text.end)))
    loops(text)
    where = target(text)
    counts = _counting(text) if where and where.which == "ring" else None
    more = _and_in(text) if where else None
    return _unless_unknown(text, Make(n or 1, kind, where, (start, text.end), more=more, counts=counts))


def _and_in(text: Reader) -> Target | None:
    """`sc in 2nd ch from hook and in each ch across`: the same stitch goes on there."""
    at = text.i
    text.skip(",")
    if text.skip("and|then") and text.at("in|into|each|every|next"):
        more = target(text) if text.at("in|into") else onward(text)
        if more is not None and not text.at("work|make|working|(|["):
            return more
    text.i = at
    return None


def _post(side: str, kind: str) -> str:
    return kind if kind.startswith(("fp", "bp", "?")) else side + kind


def _taken(text: Reader, taken: Taken, n: int, start: int) -> Item:
    """An increase, a decrease or a cluster."""
    span = (start, text.end)
    kind = taken.kind or ("inc" if taken.makes > 1 else "dec")
    if taken.around:
        return Repeat((Make(1, kind, None, span, taken.eats),), Often("around", span=span), span)
    where = taken.where
    if taken.makes > 1:
        where = target(text)
        if where is None and taken.kind:
            where = Target("next", (Thing("st", said="st"),), n, n > 1, span=span)
            n = 1
    made = _unless_unknown(text, Make(n * taken.makes, kind, where, (start, text.end), taken.eats, taken.more))
    often = how_often(text) if n == 1 else None
    return Repeat((made,), often, (start, text.end)) if often else made


def _unless_unknown(text: Reader, made: Make) -> Item:
    if "?" in made.kind:
        return Unread(text.text[made.span[0] : made.span[1]], made.span, "dialect-mix")
    return made


def _slip(text: Reader, start: int, n: int) -> Item:
    """A slip stitch: a move, a join (`in top of ch 3 to join`), what forms a ring, or a stitch like any other."""
    top = _top(text)
    where = None if top else target(text)
    if text.skip("to", "form") or text.skip("and", "form"):
        text.skip("a")
        text.skip("ring|circle")
        return Join((start, text.end), ring=True)
    joins = text.skip("to", "join") or text.skip("to", "close")
    if top or joins or (where and where.which == "first"):
        return Join((start, text.end), target=where, top=top, closes=True)
    more: Target | None = None
    if where and text.at("and", "in|into|to"):
        text.i += 1
        more = target(text)
    elif where and text.at("and", "next"):
        text.i += 1
        more = further(text)
    return Make(n, "sl st", where, (start, text.end), more=more)


def _times(n: int, star: bool, more: bool, at: Span) -> Often:
    """A star's body was worked once when its `rep from *` is read, so `3 more times` is 4 in all.

    `rep from * 3 times` and `[...] 3 more times` are written by people who mean 3 and by others who mean 4.
    """
    if star and more:
        return Often("all", n + 1, span=at)
    return Often("unsure" if star or more else "all", n, span=at)


def how_often(text: Reader, star: bool = False) -> Often | None:
    at, start = text.i, text.start
    if text.skip("twice"):
        more = text.skip("more")
        return _times(2, star, more, (start, text.end))
    if text.skip("once") or text.skip("1", "time"):
        text.skip("more")
        return Often("all", 2 if star else 1, span=(start, text.end))
    if text.skip("x"):
        n = text.number()
        return None if n is None else Often("all", n, span=(start, text.end))
    another = text.skip("another")
    n = text.number()
    if n is not None:
        more = text.skip("more") or another
        if text.skip("times|time"):
            more = text.skip("more") or more
            if text.skip("in") and text.skip("all|total"):
                return Often("all", n, span=(start, text.end))
            return _times(n, star, more, (start, text.end))
        text.i = at
        return None
    if text.at("across|around", "to|until", "last|next"):
        text.i += 1
    if text.skip("around|across|round") or text.skip("to", "end") or text.skip("all", "around"):
        text.skip("of", "rnd|row|round")
        return Often("around", span=(start, text.end))
    if text.skip("to|until", "last"):
        left = text.number() or 1
        where = thing(text)
        return None if where is None else Often("last", left, where, (start, text.end))
    if text.skip("to|until") and (text.skip("the") or True) and (where := turning_chain(text)) is not None:
        return Often("around", thing=where, span=(start, text.end))
    text.i = at
    if text.skip("to|until", "next"):
        where = thing(text)
        return None if where is None else Often("around", thing=where, span=(start, text.end))
    text.i = at
    return None
