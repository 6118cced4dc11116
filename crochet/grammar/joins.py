"""Joins: new yarn at the start of a row, what closes it at its end, and the yarn's name.

begin  = ("begin" | "start") ("in" | "at" | "from") ("any" | "a" | "one") place
join   = ("join" | "attach" | ...) [colour] ["with" ["standing"] stitch] [target]
close  = "join" ["with" stitch] [target] | "sl st" target "to join" | "invisible join" | "do not join"
"""

from __future__ import annotations

from dataclasses import replace

from crochet.craft.stitches import START
from crochet.grammar.adjoining import adjoined, of_a_limb
from crochet.grammar.edges import EDGED, edge
from crochet.grammar.edging import somewhere
from crochet.grammar.names import FIRST_WORDS, stitch
from crochet.grammar.pattern import Item, Join, Make, Target
from crochet.grammar.petals import from_behind
from crochet.grammar.phrases import Phrases
from crochet.grammar.posts import post
from crochet.grammar.targets import further, located, target
from crochet.grammar.tokens import Reader
from crochet.grammar.yarns import colour

_VERBS = Phrases(
    "join|attach|rejoin|reattach|add|tie|connect", "re - join|attach", "draw|pull up? a? loop of?", "close|closing",
    "tie on|in",
)  # fmt: skip
_ROUND = Phrases("the|this? rnd|round|row|work|circle", "together", "up", "the? end of the|this? rnd|round|row")
_INVISIBLE = Phrases(
    "with an|the? invisible|needle|duplicate join|st|stitch|fasten? off?",
    "an|the? invisible|invisibly|needle|duplicate join|fasten|fasten off?",
    "invisible|invisibly|needle st|stitch? join", "invisibly", "an? invisible st|stitch|finish|fastening",
)  # fmt: skip
_FORMS = "(? to|forms|form|forming|makes|for form|make|complete? the|your|a? last|final|4th|#? "
_FOR_A_SPACE = Phrases(
    f"{_FORMS}corner? ch|chain? -? #? -? ch? sp|space|loop|lp )?",
    f"{_FORMS}ch|chain? -? #? corner sp|space|loop|lp? )?",
    "( counts|count|counting as the|a|1|one? last|final|fourth|4th? corner? ch|chain? -? #? -? ch? sp|space|loop|lp )",
    "( counts|count|counting as the|a|1|one? last|final|fourth|4th? ch|chain? -? #? corner sp|space|loop|lp? )",
    "( last|final|4th corner? ch|chain? -? #? sp|space|loop|lp made|formed|completed? )",
    "( last|final|4th? corner sp|space? made|formed|completed? )",
)  # fmt: skip
_AND_ENDS = Phrases(
    "to even out|up the|this? rnd|round|row|step|edge?",
    "to join|close|complete|finish the|this? rnd|round|row?",
    "and join",
    "joining",
)
_TO_ITS_START = Phrases(
    "as|like before|usual|always", "as|like for? the? previous|last|first|other rnd|round|rnds|rounds",
    "to|with the? previous|last|first|beginning|start|beg of? the|this? rnd|round|row",
    "to|at|in the? beginning|start|beg of? the|this? rnd|round|row", "to the? rnd|round",
    "to|in|into the? first|joining|beginning|beg|starting? sl|slip st|stitch at? the? beginning|start|beg? of? "
    "this|the? rnd|round?",
)  # fmt: skip


_STANDS = Phrases("begin|start|beginning|starting? with|using a? standing")
_JOINS_THERE = Phrases(",? join|attach|rejoin|add|tie|begin|start the?")
_AT_FIRST = "starting|beginning|start|begin"


def begins_at(text: Reader) -> bool:
    """`start in any corner`, `begin with a standing dc`: no words that only lead on."""
    return _begins_somewhere(text) or text.at("begin|start", "with", "a")


def _begins_somewhere(text: Reader) -> bool:
    if text.at(_AT_FIRST, "in|at|from") and "any" in text.texts[text.i + 2 : text.i + 9]:
        return True  # `start in the first dc of any shell`
    return text.at(_AT_FIRST, "in|at|from", "a|one")


def back(text: Reader, at: int) -> Item | None:
    """Nothing of this kind stands here."""
    text.i = at
    return None


def _about(text: Reader) -> Target | None:
    """`[join B with a sl st] around the post of any dc`."""
    posted = post(text)
    return posted[1] if posted else None


def join(text: Reader) -> Item | None:
    """A join of new yarn, of a ring, or of the end of a round to its start."""
    at, start = text.i, text.start
    if _INVISIBLE.skip(text):
        return Join((start, text.end), target=target(text), closes=True)
    if _begins_somewhere(text):
        text.i += 1
        place = text.start
        where = located(text, place) if text.skip("from") else target(text)
        if where is not None:
            return Join((start, text.end), target=where)  # the place, and nothing of the yarn
    text.i = at
    if text.at("new|next", "colour|color|yarn", "in|at|to") and colour(text):  # `new colour in any ch-2 sp: ch 3`
        where = target(text)
        if where is not None and where.which == "any":
            return Join((start, text.end), "new yarn", target=where)
    text.i = at
    draws = text.at("draw|pull")
    stands = _STANDS.at(text) and (text.skip("begin|start|beginning|starting") or True)
    if not stands and (text.at("tie", "off") or not _VERBS.skip(text)):
        return back(text, at)
    if not stands and (beside := adjoined(text, start)) is not None:
        return beside
    yarn = _yarn(text) if not stands else None
    yarn is None and _ROUND.skip(text)
    if _forms_a_ring(text):
        return Join((start, text.end), ring=True)
    if _INVISIBLE.skip(text):
        return Join((start, text.end), target=target(text), closes=True)
    standing, yarn = _with(text, yarn)
    if stands and _JOINS_THERE.skip(text):
        yarn = colour(text)
    if _forms_a_ring(text):  # `with a sl st into a ring`
        return Join((start, text.end), ring=True)
    top = top_of(text)
    where = None if top or _TO_ITS_START.skip(text) else target(text) or _about(text)
    limb = where is None and not top and of_a_limb(text)  # `join to first leg with sc`
    standing = (limb and _with(text, "")[0]) or standing
    where = where or (None if top or limb else somewhere(text))  # `at thumb hole`
    edge(text, EDGED)  # `to any st on the top edge`
    if _forms_a_ring(text):
        return Join((start, text.end), ring=True)
    if (draws and where is None) or (where is not None and where.things[0].cls == "ring"):
        return back(text, at)
    if where or top:
        standing = _with(text, "")[0] or standing  # `join B in any sp with a standing dc`
    if where and yarn is None and text.at("with"):
        yarn = _with(text, None)[1]
    _AND_ENDS.skip(text)
    standing and _FOR_A_SPACE.skip(text)
    return Join((start, text.end), yarn, standing, where, top=top, closes=yarn is None and standing is None)


def _yarn(text: Reader) -> str | None:
    """`[join] B`, and as it is said of wool, `[join] in B`: the letter or the name; None: it is no yarn."""
    at = text.i
    if text.skip("in") and (yarn := colour(text)) is not None:
        return yarn
    text.i = at
    return colour(text)


_INTO_A_RING = frozenset({"to", "and", "form", "forming", "into", "in"})
_INTO_IT = Phrases(
    "into|in which the? first|next? rnd|round|row 1|one? is|will be? worked",
    "to work in|into",
    "into|in which to work the? first|next? rnd|round|row?",
)


def _forms_a_ring(text: Reader) -> bool:
    at = text.i
    if text.texts[at] not in _INTO_A_RING:
        return False
    if text.skip("to|and", "form|make") or text.skip("form|forming|into") or text.at("in", "a", "ring|circle|loop"):
        text.skip("in")
        text.skip("a|the")
        text.skip("big|large|long|small")
        if text.skip("ring|circle|loop"):
            _with(text, "")
            _INTO_IT.skip(text)
            return True
    text.i = at
    return False


def _with(text: Reader, yarn: str | None) -> tuple[str | None, str | None]:
    """`with a standing dc`, `with sl st`, `with B`: (the stitch that is made, the yarn)."""
    at = text.i
    if not text.skip("with|w|by|using"):
        return None, yarn
    text.skip("/")
    if text.at("a|an") and text.peek(1).text in {*FIRST_WORDS, "standing"}:
        text.i += 1
    text.skip("loose|loosely")
    if text.skip("standing"):
        standing = stitch(text)
        if standing:
            return standing, yarn
    elif (made := stitch(text)) is not None:
        dotted = text.at(".", "to|into") and text.text[text.peek(1).start].islower()
        text.i += dotted  # `join with ss. to form ring`
        return (None if made == "sl st" else made), yarn
    elif yarn is None and (named := colour(text)):
        return None, named
    text.i = at
    return None, yarn


def joins_for_a_space(text: Reader, made: Make) -> Item | None:
    """`sc in top of ch 3 to form last ch-2 sp`: it closes the round, and stands for the chains. None: not said so."""
    where, start = made.target, made.span[0]
    last = where is not None and made.n == made.eats == 1 and (where.which == "first" or where.things[0].cls == "top")
    at = text.i
    text.skip(",|—")
    if last and START.get(made.kind, 0) and _FOR_A_SPACE.skip(text):
        return Join((start, text.end), standing=made.kind, target=where, closes=True)
    return back(text, at)


def top_of(text: Reader) -> tuple[int, int] | None:
    """`in top of ch 3`, `to 3rd ch of ch 4`: (which chain, of how many), 0 where not said. None: not this."""
    at = text.i
    if text.skip("in|into|to|at|on|onto|through"):
        text.skip("the")
        found = _top(text)
        if found is not None:
            _MADE.skip(text)
            return found
    text.i = at
    return None


_OF = Phrases("st|stitch|loop|ch|chain? of|on|in|from the|your|same?")
_BEGINS = Phrases(
    "the|your? beginning|starting|start|beg|begining|first|initial|turning|original|same|1st of?",
    "the? beg|beginning|first|initial? sk|skipped|missed|unworked",
)
_BEGINNING = Phrases("of the|this? rnd|round|row")
_MADE = Phrases(
    "made|worked at the? beginning|start of this|the? rnd|round|row?", "made|worked", "of this|the rnd|round|row",
    "at the? beginning|start|beg of? this|the? rnd|round|row?", "at the? beg|beginning|start",
    "from the? beginning|start|bottom|base of? this|the? rnd|round|row?",
)  # fmt: skip


def _top(text: Reader) -> tuple[int, int] | None:
    nth = 0
    if text.peek().kind == "o" or text.at("top|first"):
        top = text.at("top|first")
        first = text.at("first")
        nth = 1 if first else 0 if top else text.peek().value
        text.i += 1
        named = text.skip("ch|chain|chains|chs")
        if first and named and text.peek().kind != "n" and not text.at("-|sp|space|of|in|from"):
            return (1, 0)
        of = _OF.skip(text)
        if not of and named and not top and not text.at("sp|space|loop|lp|-"):
            return (nth, 0)  # `to 3rd ch`
        if not of or (first and not named):
            return None
    elif not text.at("beginning|starting|start|beg|turning") and not (
        text.at("ch|chain") and (text.peek(1).kind == "n" or (text.peek(1).text == "-" and text.peek(2).kind == "n"))
    ):
        return None
    _BEGINS.skip(text)
    text.skip("-")
    if text.skip("ch|chain|chs|chains"):
        text.skip("-")
        n = text.number() or 0
        return None if text.at("sp|space|loop|lp|sps|-") else (nth, n)
    if nth == 0 and (_BEGINNING.skip(text) or True) and (text.done() or text.at(".|,|;|(|[|—|-|=|turn|and")):
        return (1, 0)
    number = text.number()
    if number is not None:
        text.skip("-")
        if text.skip("chs|ch|chain|chains") and not text.at("sp|space|loop|lp"):
            return (nth, number)
    return None


def slip(text: Reader, start: int, n: int) -> Item:
    """A slip stitch: a move, a join (`in top of ch 3 to join`), what forms a ring, or a stitch like any other."""
    if (beside := adjoined(text, start)) is not None:
        return beside
    text.at("loosely", "across|over|along|around") and text.skip("loosely")
    if text.at("loosely|across|over|along|back|up", "to|into|in"):
        text.i += 1
    elif text.at("across|over|along", "first|next|each|the") or (
        text.at("across|over|along") and text.peek(1).kind == "n"
    ):  # `sl st across first 3 sts`
        at = text.i
        text.i += 1
        if (where := target(text, bare=True)) is not None:
            return Make(n, "sl st", where, (start, text.end))
        text.i = at
    if _AND_ENDS.skip(text):
        bare = text.at("top|first|beg|beginning") or text.peek().kind == "o"
        top = top_of(text) or (_top(text) if bare else None)
        return Join((start, text.end), target=None if top else target(text, bare), top=top, closes=True)
    if n == 1 and (home := _home(text, start)) is not None:
        return home
    from_behind(text)
    if (loop := _up_a_loop(text)) is not None:
        return Make(1, "sl st", replace(loop, n=1, counted=False), (start, text.end))
    top = top_of(text)
    where = None if top else target(text) or _about(text)
    from_behind(text)
    if _forms_a_ring(text):
        return Join((start, text.end), ring=True)
    changing = _changes(text)
    joins = _AND_ENDS.skip(text)
    starts = where is not None and (where.which == "first" or where.things[0].cls == "top")
    if top or joins or changing or (where is not None and starts and n == where.n == 1):
        return Join((start, text.end), target=where, top=top, closes=True)
    more: Target | None = None
    if where and text.at("and", "in|into|to"):
        text.i += 1
        more = target(text)
    elif where and text.at("and", "next|corner|ch|chain|the"):
        text.i += 1
        more = further(text)
        text.i -= more is None
    return Make(n, "sl st", where, (start, text.end), more=more)


def _home(text: Reader, start: int) -> Join | None:
    """`sl st top of ch 3`, `sl st first sc`, without a word between; None: nothing such stands here."""
    at = text.i
    if not (text.at("top|first") or text.peek().kind == "o"):
        return None
    top = _top(text)
    if top is None:
        text.i = at  # what looked like a chain's top was none
    where = None if top else target(text, bare=True)
    if top or (where is not None and where.which == "first" and where.n == 1):
        return Join((start, text.end), target=where, top=top, closes=True)
    text.i = at
    return None


_UP = Phrases("in|into|to each? of? the? first|next? # ch|chs|chains of|in", "in|into|to # ch|chs of|in")


def _up_a_loop(text: Reader) -> Target | None:
    """`sl st in each of next 2 ch of first loop`: the way to its middle; None: nothing such stands here."""
    at, start = text.i, text.start
    if _UP.skip(text) and not text.at("beg|beginning|starting|turning"):
        where = located(text, start)
        one = where is not None and where.which in ("next", "first") and where.things[0].cls in ("sp", "corner")
        if where is not None and one and (where.things[0].chains or text.peek(-1).text not in ("ch", "chain")):
            return replace(where, which="next")
    text.i = at
    return None


def _changes(text: Reader) -> bool:
    """`changing to B`: the yarn is changed in this stitch."""
    at = text.i
    text.skip(",")
    if text.skip("changing|switching|change|switch", "to") and colour(text):
        return True
    text.i = at
    return False
