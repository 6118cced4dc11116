"""Makes: stitches, each in its place.

make = ([n] stitch | stitch n) [target | "around" | "across"]
more = target | n target            (of the stitch before: `dc in next 3, 2 in next`)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crochet.craft.stitches import BUNDLES
from crochet.grammar.adjoining import beside_the_chain, of_a_limb
from crochet.grammar.charted import names
from crochet.grammar.compounds import compound
from crochet.grammar.declared import declared
from crochet.grammar.edges import spread
from crochet.grammar.joins import back, joins_for_a_space, slip
from crochet.grammar.loops import loops
from crochet.grammar.names import bundle_of, plain, stitch
from crochet.grammar.pattern import Group, Item, Make, Often, Repeat, Target, Thing, Unread
from crochet.grammar.petals import from_behind
from crochet.grammar.phrases import Phrases
from crochet.grammar.posts import post
from crochet.grammar.repeats import how_often
from crochet.grammar.shapes import made
from crochet.grammar.starts import counting
from crochet.grammar.targets import bare_each, onward, target
from crochet.grammar.things import BELOW
from crochet.grammar.together import CHANGES, MOST_LEGS, TOGETHER, Taken, change, over, together
from crochet.grammar.tokens import Reader

_MANNER = Phrases("loosely|tightly|evenly", "once? only|just")
_ROUND = Phrases("around", "across", "all around|across", "evenly? around|across", "around the rnd|round")


_AFTER_A_COUNT = frozenset(
    {",", ".", ";", ")", "]", "", "in", "into", "*", "and", "(", "[", "with", "using", "around", "across", "—",
     "=", "-", "evenly", "even"}
)  # fmt: skip
_BEGINS = "beg|beginning|starting|start|initial|standing|begin"


def make(text: Reader) -> Item | None:
    at, start = text.i, text.start
    if (usual := plain(text)) is not None:
        return _placed(text, start, *usual)
    if (several := compound(text)) is not None:
        on = _and_in(text) if isinstance(several, Group) and several.target.which not in ("bare", "same") else None
        if on is None or not isinstance(several, Group):
            return several
        span = (start, text.end)
        return Repeat((replace(several, span=span), replace(several, target=on, span=span)), Often("all", 1), span)
    if text.at("slip", "to", "join") and text.skip("slip"):
        return slip(text, start, 1)
    text.at("another") and text.peek(1).kind == "n" and text.skip("another")
    closed = bundle_of(text)
    n = None if closed else text.number()
    if n is None and not closed:
        text.skip("a|an|another")
    text.skip("x|more")
    text.skip(_BEGINS) and text.skip("-")
    loops(text)
    own = None if closed else made(text)
    kind = own.name if own else closed or stitch(text)
    many = n is None and text.peek().kind == "n" and text.texts[text.i + 1] == "inc"  # `dc2inc`, not `1sc1inc`
    taken = change(text, kind) if kind is None or many or text.peek().text in CHANGES else None
    if kind is None and taken is None:
        return back(text, at)
    if n is None and text.peek().kind == "n" and (text.texts[text.i + 1] in _AFTER_A_COUNT or names(text, text.i + 1)):
        n = text.number()
    if (
        n is None
        and "evenly" in text.words
        and text.peek().kind == "n"
        and text.peek(1).text in ("st", "sts", "stitches")
    ):
        n = text.number()  # `sc 40 sts evenly`
        text.i += 1
    n = n or _times_in(text)
    if taken is None and kind is not None:
        many = n is not None and 2 <= n <= MOST_LEGS
        if n is not None and many and (text.skip(TOGETHER) or text.skip("worked", TOGETHER)):  # `2 sc tog`
            taken, n = over(text, kind, n), 1
        else:
            taken = together(text, kind)
    if taken is not None:
        n = 1 if kind and n == taken.makes > 1 else n  # `2dc inc`: two in one stitch
        found = _taken(text, taken, n or 1, start)
        _as_one(text)
        return found
    if kind == "sl st":
        return slip(text, start, n or 1)
    assert kind is not None
    return _placed(text, start, n, kind)


_BARE = frozenset({",", ".", ";", ")", "]", "*", ""})  # after a stitch that is told without its place


_INTO = frozenset({"in", "into"})
_OVER = frozenset({"in", "around", "along", "on", "over"})
_BACK = frozenset({"from", "behind", "at", "in"})
_INTO_A_ROW = Phrases("into|in rnd|round|row #", "into|in the? rnd|round|row below", "# rnds|rows|rounds below")
_SOME = frozenset({"next", "same", "ch", "any", "corner", "first", "last"})  # no ring, and not each


def _placed(text: Reader, start: int, n: int | None, kind: str) -> Item:
    """The stitches with the place that is told behind them, if any."""
    here, after, told, n = text.texts[text.i], text.texts[text.i + 1], n is not None, n or 1
    if here in _BARE:
        return _unless_unknown(text, Make(n, kind, None, (start, text.end)))
    if here in _OVER and of_a_limb(text):  # `12 sc around first leg`
        return Make(n, kind, Target("spread", (Thing("st", said="st"),), until="around"), (start, text.end))
    if kind == "sc" and here in _INTO and (beside := beside_the_chain(text, n, start)) is not None:
        return beside
    where = target(text) if here in _INTO and after in _SOME else None
    if here in _BACK and from_behind(text):
        here = text.texts[text.i]
    if where is None and n > 1 and (where := spread(text, start)) is not None:
        return Make(n, kind, where, (start, text.end))
    if where is None:
        if (posted := post(text)) is not None:
            side, where = posted
            return _unless_unknown(text, Make(n, _post(side, kind), where, (start, text.end)))
        loops(text)
        while (text.at("each", "in|into") and text.skip("each")) or _MANNER.skip(text):
            pass
        n = _over_again(text, n)
        if _every_nth(text):  # what is done in those between is not told
            return Unread(text.text[start : text.end], (start, text.end))
        onto = text.at("to") and not (told and text.at("to", "top")) and bare_each(text)  # `sc to last 2 sts`
        where = onto or target(text) or (bare_each(text) if n == 1 or not _ROUND.skip(text) else None)
    counts = (_with_it(text, kind) or counting(text)) if where and where.which == "ring" else None
    where and text.at("only", ",|.|;|)") and text.skip("only")
    where and from_behind(text)
    if where and kind.startswith("spike"):
        BELOW.skip(text) or _INTO_A_ROW.skip(text)
    more = _and_in(text) if where else None
    legs = _spanned(kind, n, where) if here == "over" else 1
    one = Make(n, kind, where, (start, text.end), legs, more, counts)
    return joins_for_a_space(text, one) or _unless_unknown(text, one)


def _spanned(kind: str, n: int, where: Target | None) -> int:
    """`cluster over next 3 dc`: how many stitches its legs go into."""
    over = kind in BUNDLES and n == 1 and where is not None and where.which == "next" and where.things[0].cls == "st"
    return where.n if over and where is not None and where.counted else 1


_NTH = {"other": 2, "second": 2, "third": 3, "fourth": 4, "alternate": 2, "alt": 2}


def _every_nth(text: Reader) -> int:
    """`in every other st around`, `every 3rd stitch`: 2, 3; 0: nothing such stands here."""
    at = text.i
    text.skip("in|into")
    if text.skip("every|each|ea"):
        nth = _NTH.get(text.peek().text, text.peek().value if text.peek().kind == "o" else 0)
        text.i += 1
        if 1 < nth <= MOST_LEGS and (text.skip("st|stitch") or stitch(text)):
            _ROUND.skip(text)
            return nth
    text.i = at
    return 0


def _over_again(text: Reader, n: int) -> int:
    """`sc twice in each st`: how many, `n` times so often."""
    at = text.i
    often = {"twice": 2, "thrice": 3}.get(text.peek().text, 0)
    if often:
        text.i += 1
    else:
        often = text.number() or 0
        often = often if text.skip("times|x") else 0
    if 1 < often <= MOST_LEGS and text.at("in|into"):
        return n * often
    text.i = at
    return n


def _times_in(text: Reader) -> int | None:
    """`dc x 11 into ring`, `dc twice in next st`: so many in one place; None: nothing of this kind."""
    at = text.i
    crossed = text.skip("x")
    n = {"twice": 2, "once": 1}.get(text.peek().text) or (text.peek().value if text.peek().kind == "n" else None)
    if n is not None:
        text.i += 1
        if (text.peek(-1).text in ("twice", "once") or text.skip("times|time") or crossed) and text.at("in|into"):
            return n
    text.i = at
    return None


def ring_of(text: Reader) -> Item | None:
    """`MR 6`: so many stitches in a magic ring."""
    at, start = text.i, text.start
    n = text.number() if text.skip("mr|mc") else None
    if n is None or not (text.done() or text.at("(|[|,|.|;|=|—")):
        return back(text, at)
    return Make(n, "sc", Target("ring", (Thing("ring", "magic", said="ring"),)), (start, text.end))


def _as_one(text: Reader) -> None:
    """`(counts as first cluster)`, told of a cluster that is begun with a chain."""
    at = text.i
    if text.skip("(|[") and text.skip("counts|count|counting", "as"):
        text.skip("a|the|first|1|beg")
        text.skip("first|beg")
        if stitch(text) is not None:
            text.number() is not None and text.skip("tog")
            if text.skip(")|]"):
                return
    text.i = at


def continued(text: Reader, found: Sequence[Item]) -> Item | None:
    """`dc in next 3, 2 in next`, `in next 2 sts, ch-1 sp, and next 2 sts`: the same stitch as the one just told."""
    before = found[-1] if found else None
    if not isinstance(before, Make) or before.target is None or before.eats > 1 or before.kind in ("inc", "dec"):
        return None
    at, start = text.i, text.start
    n = text.number() if text.peek(1).text in ("in", "into", "more") else None
    n is not None and text.skip("more")
    n is None and text.skip("including|incl")
    where = target(text, bare=n is None)
    unclear = n is None and before.n > 1 and not text.found[at].text.startswith("in")
    if where is None or where.which == "ring" or unclear:
        text.i = at
        return None
    return Make(n or before.n, before.kind, where, (start, text.end))


def _with_it(text: Reader, kind: str) -> tuple[tuple[str, int], ...] | None:
    """`dc in 4th ch from hook (counts as 2 dc)`: the skipped chains are one, and the stitch itself the other."""
    at = text.i
    if text.skip("(", "counts|count", "as", "2|two") and stitch(text) == kind and text.skip(")"):
        return ((kind, 1),)
    text.i = at
    return None


_GO_ON = frozenset({",", "and", "then"})


def _counts_all(text: Reader, where: Target) -> bool:
    """`in each ch across (20 sc)`: what stands in the brackets is the row's count, and nothing that goes there."""
    at = text.i
    counts = where.which == "each" and declared(text) is not None
    text.i = at
    return counts


def _and_in(text: Reader) -> Target | None:
    """`sc in 2nd ch from hook and in each ch across`: the same stitch goes on there."""
    at = text.i
    if text.texts[at] not in _GO_ON or text.texts[at + (text.texts[at] == ",")] not in _GO_ON:
        return None
    text.skip(",")
    if text.at("and", "across") or text.at("and", "to", "end|the"):
        text.i += 1
        return bare_each(text)
    if text.skip("and|then") and text.at("in|into|each|ea|every|next"):
        more = target(text) if text.at("in|into") else onward(text)
        if more is not None and (not text.at("work|make|working|(|[") or _counts_all(text, more)):
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
        if taken.makes == 2 and n == 1 and (nth := _every_nth(text)):
            between = Make(nth - 1, taken.kind or "sc", None, span)
            around = Often("around", span=(start, text.end))
            return Repeat((between, Make(2, kind, None, span)), around, around.span)
        text.at("1", "st|stitch", "in|into") and text.skip("1") and text.skip("st|stitch")
        where = target(text) or bare_each(text)
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
