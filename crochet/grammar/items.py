"""Items: what a row says to do, one after another.

items  = item {("," | ";" | "." | "and" | "then" | ...) item}
item   = start | make | group | skip | move | repeat | join | aside
repeat = star | bracket | items "rep" often
"""

from __future__ import annotations

from dataclasses import replace

from crochet.grammar.across import across
from crochet.grammar.adjoining import LINKS, linked
from crochet.grammar.asides import aside, beside, remark
from crochet.grammar.begun import begun
from crochet.grammar.bodies import Stops
from crochet.grammar.brackets import bracket, times_first
from crochet.grammar.charted import charted, in_pattern
from crochet.grammar.drawn import drawn
from crochet.grammar.edging import edging
from crochet.grammar.elided import elided
from crochet.grammar.filet import squares
from crochet.grammar.garments import noted
from crochet.grammar.growing import between_increases, grown
from crochet.grammar.inversions import closed_over, placed
from crochet.grammar.joins import begins_at, join
from crochet.grammar.lists import added_up, all_in, chained_between
from crochet.grammar.loops import loops
from crochet.grammar.makes import continued, make, ring_of
from crochet.grammar.names import FIRST_WORDS
from crochet.grammar.pattern import Aside, Chain, Group, Item, Make, Ref, Repeat, Unread
from crochet.grammar.phrases import Phrases
from crochet.grammar.picots import called, closes, picot, remarked
from crochet.grammar.posts import stood_in
from crochet.grammar.references import OPENS, ref, refers
from crochet.grammar.repeats import how_often, marks
from crochet.grammar.seaming import SEWS, seamed
from crochet.grammar.shaping import shaped
from crochet.grammar.signs import BETWEEN, LEADS, STARTS
from crochet.grammar.skips import skip
from crochet.grammar.stars import star, starred_again
from crochet.grammar.starts import chain, ring, stands_there, told_behind_the_turn, told_later
from crochet.grammar.targets import target
from crochet.grammar.tokens import Reader
from crochet.grammar.turns import begins_in, left_behind, worked_last
from crochet.grammar.unstarred import whole_row_again

_SAYS_MORE = frozenset({"—", ":", ".", "+", "/"})  # separators that may open a declaration or a repeat
_ENDING = BETWEEN | {"(", "[", "{", "*", "=", "=>", "**", "***", "<", "→"}
_HOW_OFTEN = frozenset({"x", "around", "across", "twice", "to", "until"})
_TIMES = frozenset({"times", "time", "more", "x"})
_HOOKED = frozenset({"in", "into", "through", "thru", "blo", "flo", "tbl", "tfl", "back", "front", "both", "under"})
_STANDING = Phrases("work|make|with? a|the? standing")
_END_WITH = Phrases(
    "ending|end|finishing the? last|final? rep|repeat|repetition? with|by|on",
    "ending|end|finishing the? row|rnd|round with|by",
)


def items(text: Reader, stops: Stops) -> list[Item]:
    """Items up to where `stops` says, or the end. What cannot be read becomes `Unread`, up to the next separator."""
    found: list[Item] = []
    texts = text.texts
    added = 0  # where a list begins that is added up by plus signs
    while True:
        if texts[text.i] != "+":
            added = len(found)
        while texts[text.i] in BETWEEN and not (texts[text.i] in _SAYS_MORE and _opens(text, stops)):
            text.i += 1
        if text.done() or stops(text):
            return found
        at, start = text.i, text.start
        word = texts[at + (text.found[at].kind == "n")]
        anew = word in _ANEW and "made" not in text.words
        if not anew and (_on_what_stands(text, found) or drawn(text, found)):
            continue
        item = _next(text, word, found, stops)
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
        if added < len(found) - 1:
            added_up(found, added)
        if "below" in text.words and len(found) > 1:
            stood_in(found)


def _on_what_stands(text: Reader, found: list[Item]) -> bool:
    """Words on the item before: what closes its chain, what it is called, the ring under it."""
    last = found[-1] if found else None
    if text.texts[text.i] in ("(", "[") and found and told_later(text, found):
        return True
    if isinstance(last, Aside) and told_behind_the_turn(text, found):
        return True
    if isinstance(last, Ref):
        if (between := between_increases(text)) is not None:
            found.append(between)
        return between is not None or grown(text)
    if isinstance(last, Chain):
        if closes(text, found) or (text.at("between|in") and chained_between(text, found)):
            return True
        if text.at("in|into") and (magic := ring(text)):
            found.insert(len(found) - 1, magic)  # `ch 3 in a magic ring`
            return True
        if text.at("in|into") and all_in(text, found):
            return True
        starts = text.at("in|into") and text.i < _SHORT and all(isinstance(one, Aside) for one in found[:-1])
        if starts and stands_there(text):
            return True
    if isinstance(last, Make) and text.texts[text.i] in _TELLS and begun(text, found):
        return True
    if isinstance(last, Group) and _there_too(text, found):
        return True
    name = remarked(text)
    if name is None and isinstance(last, Make | Group | Repeat) and text.texts[text.i] in ("(", "["):
        name = called(text)
    if name and isinstance(last, Group):
        found[-1] = replace(last, name=name)
    return name is not None


def _there_too(text: Reader, found: list[Item]) -> bool:
    """`(sc, 3 dc, sc) in same sp and in each rem sp around`: the same in other places."""
    at, last = text.i, found[-1]
    where = target(text) if text.at("in|into") and text.peek(-1).text in ("and", "&") else None
    if isinstance(last, Group) and where is not None and where.which in ("each", "next"):
        found.append(replace(last, target=where, span=(text.found[at].start, text.end)))
        return True
    text.i = at
    return False


_SHORT = 12  # tokens, before what is told of the chain that a row starts with
_TELLS = frozenset({"(", "[", "—", "-"}) | frozenset({"first", "beg", "beginning", "counts"})
_ANEW = frozenset({"ch", "hdc", "dc", "tr"})  # with a number or without: an item begins, as most do
_SIGNS = frozenset({"(", "[", "{", "*"})  # no words
_STITCHES = frozenset({"sc", "hdc", "dc", "tr", "sl"})


def _next(text: Reader, word: str, found: list[Item], stops: Stops) -> Item | None:
    """The item that stands here, begun by this word. Most are chains and stitches, to which no words lead on."""
    at = text.i
    if text.texts[at] in SEWS and seamed(text):
        start = text.found[at].start
        return Aside("remark", (start, text.end), said=text.text[start : text.end])
    item = starred_again(text) if text.starred else None
    if text.texts[at] in LINKS:
        item = linked(text)
    item = (
        item
        or charted(text)
        or in_pattern(text)
        or squares(text)
        or edging(text)
        or (elided(text) if word in ("blo", "flo") else None)
    )
    if item is None and word in _STITCHES:
        item = make(text)
    elif item is None and word == "ch":
        item = picot(text) or chain(text)
    elif item is None and word not in _SIGNS:
        item = _led(text, stops)
    item = item or _item(text) or continued(text, found) or whole_row_again(text, found, at)
    return item or elided(text)


def _counted(text: Reader, bare: bool) -> bool:
    """`dec 6 times`, `sc2tog x 6`, `inc around`; only the first of what has a place."""
    here = text.peek()
    return text.texts[text.i + 1] in _TIMES if here.kind == "n" else bare and here.text in _HOW_OFTEN


def _goes_on(text: Reader, item: Item) -> bool:
    """What follows is said of the item, or it ends by itself."""
    if isinstance(item, Chain):
        return text.at("in|into|behind|between")
    if isinstance(item, Ref):
        return text.at("with|but|adding|working|having|increasing")
    return isinstance(item, Aside) and item.what == "remark"


def _opens(text: Reader, stops: Stops) -> bool:
    """A declaration or a repeat begins at this sign."""
    return text.peek().text in marks(text) or stops(text)


def _ends(text: Reader, stops: Stops) -> bool:
    """An item may end here: at a sign, or where the next one begins without any between them."""
    here, after = text.texts[text.i], text.texts[text.i + 1]
    if here in _ENDING or text.done() or here in STARTS or here in marks(text):
        return True
    if text.peek().kind == "n" and (after in STARTS or after in ("more", "x")):
        return True
    if here == "with" and text.peek(1).kind == "n" and text.texts[text.i + 3] in ("in", "into"):
        return True  # `dc in each st around with 3 dc in each corner`
    if here == "with" and after in ("(", "[") and text.peek(2).text in FIRST_WORDS:
        return True
    return stops(text)


def _led(text: Reader, stops: Stops) -> Item | None:
    """Words that lead on to an item are passed over; leading on to nothing they are not understood."""
    at, start = text.i, text.start
    if (told := worked_last(text) or begins_in(text) or left_behind(text) or across(text)) is not None:
        return told
    slips = text.at("close|finish", "with|by", "sl|slip", "st|stitch", ".|,|;")
    if slips or text.at("close|finish", "with|by", "ss|slst", ".|,|;"):
        return join(text)  # `ch 5, close with sl st.`
    if text.at("finish|close|complete|end", "with|by") and _worked_there(text, 2):
        text.i += 2
    elif _END_WITH.skip(text) or (text.at("ending|end") and _worked_there(text) and text.skip("ending|end")):
        text.skip("a")
    elif not refers(text) and remark(text):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])
    elif text.at("rep|repeat", "(|["):
        text.i += 1
    elif text.texts[_STANDING.end(text)] in ("(", "[") and _STANDING.skip(text):
        return None
    elif refers(text) or text.at("do", "not") or begins_at(text) or not text.skip(LEADS):
        if text.at("with") and (text.peek(1).kind == "n" or text.peek(1).text in ("(", "[")):
            text.i += 1
        return None
    text.peek(-1).text == "now" and text.skip(LEADS)  # `now work 3 dc in ring`
    if not text.at("(|[|{|*") and _ends(text, stops) and text.peek().text not in STARTS and text.peek().kind != "n":
        return Unread(text.text[start : text.end], (start, text.end))
    if ring(text) is not None:
        text.i = at
    return None


def _worked_there(text: Reader, ahead: int = 1) -> bool:
    """`end ch 2, dc in first sc`, `end (2 sc, picot, 2 sc) in last sp`."""
    after = text.peek(ahead)
    return after.text in FIRST_WORDS or after.text in ("ch", "(", "[", "a") or after.kind == "n"


def _item(text: Reader) -> Item | None:
    if text.peek().kind == "n":
        return picot(text) or chain(text) or times_first(text, items) or make(text)
    if text.peek().text in marks(text):
        return star(text, items)
    start = text.start
    if text.at("(|[|{"):
        beside = noted(text)
        return Aside("remark", (start, text.end), said=text.text[start : text.end]) if beside else bracket(text, items)
    if text.peek().text in _HOOKED and loops(text):
        return Aside("remark", (start, text.end), said=text.text[start : text.end])
    if text.peek().text in OPENS and (rows := ref(text)) is not None:
        return rows
    if text.at("in|into|inside"):
        return placed(text, items)
    if text.at("over"):
        return closed_over(text) or placed(text, items)
    if text.peek().text[:3] in ("inc", "dec") and (change := shaped(text)) is not None:
        return change
    if text.at("ch|picot") and (small := picot(text)):
        return small
    if text.peek().text in FIRST_WORDS and (made := make(text)):
        return made
    if text.at("mr|mc") and (counted := ring_of(text)):
        return counted
    return ring(text) or chain(text) or join(text) or aside(text) or skip(text) or make(text)
