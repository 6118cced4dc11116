"""Shaping: what a row increases or decreases at its ends, told behind its stitches.

shaped = ("inc" | "dec") ["1"] ["st" | stitch] ["at"] ("each end" | "beg" ["and" "end"] | "end") ["of row"]
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.names import stitch
from crochet.grammar.pattern import Aside, Chain, Item, Make, Ref, Target, Thing, Unread
from crochet.grammar.phrases import Phrases
from crochet.grammar.tokens import Reader

_INC = "inc|increase|increasing|incing"
_DEC = "dec|decrease|decreasing"
_BOTH = Phrases(
    "at|on|in? each|both|either|every end|ends|side|sides of? the|this|next? row?",
    "at|on|in? the? beg|beginning|start and|& at? the? end of? the|this? row?",
    "at|on the? first and last st|stitch",
)
_BEG = Phrases("at|on|in the? beg|beginning|start of? the|this? row?", "beg of row")
_END = Phrases("at|on|in the? end of? the|this? row?", "end of row")
_STITCH = Thing("st", said="st")


def shaped(text: Reader) -> Item | None:
    """Stitches taken or added at the ends of a row; None: nothing such stands here."""
    at, start = text.i, text.start
    text.skip("and|while|by")
    grows = text.at(_INC)
    if text.skip(_INC) or text.skip(_DEC):
        if (spread := _evenly(text)) and not text.peek().text.endswith("tog"):
            return Aside(f"{'inc' if grows else 'dec'} evenly", (start, text.end), n=spread)
        text.skip("1|one|a")
        kind = None if text.skip("st|stitch") else stitch(text)
        where = "ends" if _BOTH.skip(text) else "beg" if _BEG.skip(text) else "end" if _END.skip(text) else ""
        if where and not (kind and "?" in kind):
            return Aside(f"{'inc' if grows else 'dec'} {where}", (start, text.end), said=kind or "")
    text.i = at
    return None


_EVENLY = Phrases(
    "evenly spaced|placed|around|across? around|across|along? the? row|rnd|round?", "spaced evenly around|across?",
    "evenly around|across ,? the? row|rnd|round", "evenly in|over|on the? row|rnd|round",
)  # fmt: skip


def _evenly(text: Reader) -> int:
    """`6 sts evenly spaced`: how many; 0: nothing such stands here."""
    at = text.i
    evenly = text.skip("evenly")
    n = text.number() or 0
    named = n and (text.skip("st|sts|stitch|stitches") or stitch(text) or True)
    text.skip("times")
    if named and (_EVENLY.skip(text) or evenly) and text.peek().text in _ENDS:
        return n
    text.i = at
    return 0


_ENDS = frozenset({",", ".", ";", ":", "(", "[", "{", "—", "=", "-", "", "and", "join", "turn", "then"})


def worked(found: list[Item]) -> list[Item]:
    """The items of a row with what it says of its ends as stitches there; what is not clear is not understood."""
    told = next((one for one in found if isinstance(one, Aside) and one.what[:4] in ("inc ", "dec ")), None)
    if told is None or told.n or any(isinstance(one, Ref) for one in found):
        return found  # of a row that is worked as another, once that is known
    rest = [one for one in found if one is not told]
    at = next((i for i, one in enumerate(rest) if not isinstance(one, Aside | Chain)), -1)
    if at < 0 and not told.said:
        return found  # the stitch is that of the row before
    each = rest[at] if at >= 0 else None
    if each is None and told.said:
        at = next((i for i, one in enumerate(rest, 1) if isinstance(one, Chain)), 0)
        each = Make(1, told.said, Target("each", (_STITCH,), until="end", span=told.span), told.span)
        rest.insert(at, each)
    if not _plain(each) or not all(isinstance(one, Aside) for one in rest[at + 1 :]):
        return [Unread("stitches at the ends of the row", one.span) if one is told else one for one in found]
    assert isinstance(each, Make)
    chain = next((one for one in rest[:at] if isinstance(one, Chain)), None)
    return [*rest[:at], *_with_ends(each, told, chain is not None and chain.n > 2), *rest[at + 1 :]]


def _plain(one: Item | None) -> bool:
    """A stitch in each of the row below."""
    if not isinstance(one, Make) or one.n > 1 or one.eats > 1 or one.more or one.target is None:
        return False
    where = one.target
    return where.which == "each" and not (where.counted or where.left or where.short) and where.until in (None, "end")


def _with_ends(each: Make, told: Aside, counts: bool) -> list[Item]:
    """`counts`: the chain that the row starts with is its first stitch."""
    what, where = told.what.split(" ")
    first, last = where in ("beg", "ends"), where in ("end", "ends")
    kept = (2 if what == "dec" else 1) if last else 0
    assert each.target is not None
    until = replace(each.target, until=_STITCH if kept else "end", left=kept)
    if what == "dec":
        two = replace(each, target=None, eats=2)
        start, end = two, two
    else:
        base = Target("first", (Thing("start", said="base of the chain"),), span=told.span)
        on_next, on_last = Target("next", (_STITCH,), span=told.span), Target("last", (_STITCH,), span=told.span)
        start = replace(each, target=base) if counts else replace(each, n=2, target=on_next)
        end = replace(each, n=2, target=on_last)
    return [*([start] if first else []), replace(each, target=until), *([end] if last else [])]
