"""Declared: what a row says that it makes, `(24 dc, 4 ch-2 sps)`, in any of the ways in which it is said.

declared = ["(" | "[" | "{" | "<" | "—" | "=" | "=>" | ":" | "you should have" | "total"] counts [rest] [")" | ...]
counts   = count {("," | ";" | "and" | "+" | "/") count}
count    = n (stitch | "sts" | "ch-" n "sps" | "corners" | "groups" ["of" n stitch]) ["per side"]
rest     = "in total" | "made" | "around" | "rem" | "at end of rnd"
"""

from __future__ import annotations

from crochet.grammar.names import FIRST_WORDS, plain, stitch
from crochet.grammar.pattern import Declared
from crochet.grammar.phrases import Phrases
from crochet.grammar.shapes import part, place
from crochet.grammar.tokens import Reader
from crochet.grammar.told import Told, add_spaces, add_stitches

MOST_COUNTS = 12
_MARKS = frozenset({"—", "=", "=>", "-", ":", "→"})
_OPEN = {"(": ")", "[": "]", "{": "}", "<": ">"}
_SPACES = "sps|sp|spaces|space|loops|loop|lps|lp|holes|hole"
_TIPS = "point|points|tip|tips|peak|peaks|arc|arcs|bar|bars"  # `6 ch-3 points`
_SPACED = frozenset(f"corner|corners|ch|chain|chs|chains|{_SPACES}".split("|"))
_GROUPS = "groups|group|clusters|cluster|shells|blocks|block|tiles|tile|squares|square"
_LEADS = Phrases(
    "you|we will|should|ll now? have|count|see|get a? total? of?", "you|we ' ll now? have a? total? of?",
    "you|we now? have a? total? of?", "you|we should|will end|finish up? with|on a? total? of?",
    "there|these are|is|will|should be? now? a? total? of?", "for a? total of",
    "keeping|maintaining|having|leaving",
    "you|we ' ve got now? a? total? of?",
    "giving|gives|makes|making you? a? total? of?", "total|totals stitches|sts|st? count? :|of|-|—|=?",
    "stitch|st|sts|stitches count|counts? :|—|-|=", "count|counts :|=?",
)  # fmt: skip
_RESTS = Phrases(
    "in total|all", "total", "altogether", "all together", "made", "now", "around", "across", "formed",
    "around the ring|center|centre|circle",
    "rem|remain|remaining|left", "at|by|on|after the? end of the|this? rnd|round|row? #?",
    "on|in last row|rnd|round", "in the|this? rnd|round|row",
    "completed", "complete", "overall", "so far", "total made", "for this? rnd|round|row", "each rnd|round|row",
    "after|at|on|by rnd|round|row #", "when|once the? rnd|round|row # is done|finished|complete",
    "at|on the? top|bottom|end|ends|sides?",
    "including|incl|counting .? the? first|beg|beginning|starting|turning ch|chain - # as? a|1? dc|st|stitch?",
    "including|incl|counting .? the? first|beg|beginning|starting|turning? ch|chain #? as? a|1? dc|st|stitch?",
    "including|incl|counting|counts .? the|your? beg|beginning|starting|turning|first? ch|chain -? #",
    "including|incl|counting .? the|your? # ch|chain",
    "including|incl|counting the|your? ch|chain -? # as a|1|one? dc|tr|hdc|sc|dtr|st|stitch",
)  # fmt: skip
FIRST_TOKENS = frozenset({*_OPEN, "—", "=", "=>", "-", ":", ".", "→"}) | _LEADS.first


def declared(text: Reader) -> Declared | None:
    """A declaration, if one stands here; None: not one (nothing is passed over)."""
    at, start = text.i, text.start
    if text.told is not None and text.told[0] == at:
        _, text.i, said = text.told
        return said
    here = text.peek()
    closing = _OPEN.get(here.text)
    dots = here.text == "." and text.at(".", ".", ".")
    marked = closing is not None or dots or here.text in _MARKS
    if marked:
        text.i += 3 if dots else 1
        closing and text.skip("=|—|-")
        text.peek(-1).text in ("-", "=", "—") and (text.skip("-|—"), text.skip(">"))
    leads = _LEADS.skip(text)
    told = Told()
    counted = _counts(text, told, bare=marked or leads or alone(text), closing=closing)
    closing and text.skip(".")
    if not counted or (closing and not text.skip(closing)):
        text.i = at
        return None
    end = text.end
    text.skip(".|!")
    said = told.declared((start, end))
    text.told = (at, text.i, said)
    return said


def alone(text: Reader) -> bool:
    """`Sc in each st around. 12.`: a sentence that is a number."""
    return text.i > 0 and text.texts[text.i - 1] == "." and text.texts[text.i + 1] in (".", "")


def _counts(text: Reader, told: Told, bare: bool, closing: str | None) -> bool:
    """Counts up to where they end; `bare`: a number alone counts stitches; `closing`: what closes their bracket. False:
    something else stands there."""
    for k in range(MOST_COUNTS):
        at = text.i
        if not count(text, told) and not (closing and _of_things(text, told, closing, at)):
            text.i = at
            n = text.number() if bare and (k == 0 or told.stitches is None) else None
            if n is None or (text.peek().kind == "w" and not _RESTS.at(text)):
                return False
            told.stitches = n
        _RESTS.skip(text)
        _between_each(text, told)
        if text.peek().text == "(":
            _side_in_brackets(text, told)
        sided = text.at("—|-") and text.peek(1).kind == "n" and text.peek(2).text in ("per", "each", "a", "on")
        separated = (
            text.skip(",|and|;|+|/|plus|with|:")
            or (text.at("=") and text.peek(2).text == closing and text.skip("="))  # `(12 fpdc, 12 dc = 24)`
            or (sided and text.skip("—|-"))
            or (_counts_on(text) and text.skip("."))
        )
        separated and text.skip("and|&|plus|with")
        if separated and text.at("counting|including|incl") and _RESTS.skip(text):
            return True
        if text.peek().kind != "n" and not _one(text):
            text.i -= separated
            return True
    return False


_AFTER = frozenset({"rep", "repeat", "fasten", "turn"})


def _counts_on(text: Reader) -> bool:
    """`12 dc. 4 ch-3 sps.`: each of the row's counts is a sentence, up to its end."""
    at, more = text.i, Told()
    while text.texts[text.i] == "." and text.peek(1).kind == "n":
        text.i += 1
        if not count(text, more):
            break
    after = text.peek(text.texts[text.i] == ".")
    ends = at < text.i and (after.kind == "e" or after.text in _AFTER)
    text.i = at
    return ends


def _side_in_brackets(text: Reader, told: Told) -> None:
    """`32 dc (8 dc on each side)`."""
    at = text.i
    text.i += 1
    n = text.number()
    kind = stitch(text) if n is not None else None
    text.skip("sts|stitches")
    if n is not None and _SIDE.skip(text) and text.skip(")"):
        told.per_side, told.per_side_kind = n, kind
    else:
        text.i = at


def counted(text: Reader) -> Declared | None:
    """The one count that stands here; None: none does."""
    told = Told()
    return told.declared((0, 0)) if count(text, told) else None


def _between_each(text: Reader, told: Told) -> None:
    """`[16 dc] with 1 ch between each`: as many spaces as stitches."""
    at, n = text.i, sum(told.counts.values()) or told.stitches or 0
    text.skip(",")
    if n and text.skip("with"):
        size = text.number()
        if size and text.skip("ch|chain|chs|chains"):
            text.skip("stitch|stitches|st|sts")
            if text.skip("between", "each|them|every"):
                text.skip("one|st|stitch|dc|tr|sc|hdc")
                told.spaces[size] = n
                return
    text.i = at


def _one(text: Reader) -> bool:
    """`[24 hdc and] a ch-6 sp`."""
    return text.at("a|an") and (text.peek(1).kind == "n" or text.peek(1).text in ("ch", "chain", "corner"))


def count(text: Reader, told: Told) -> bool:
    """One more count, if one stands here."""
    here = text.peek()
    if here.kind == "o" and here.text.endswith("st"):  # `20st`
        text.i += 1
        add_stitches(told, None, here.value)
        return True
    one = _one(text)
    if here.kind != "n" and not one:
        return False
    n = 1 if one else here.value  # `24 hdc and a ch-6 sp`
    text.i += 1
    if text.peek().kind == "w" and (usual := plain(text)) is not None:
        return _told_of(text, told, usual[1], n)
    text.skip("x") and text.skip("-")
    text.at("total", "sts|stitches") and text.skip("total")
    if told.groups and told.groups[1] and told.stitches is None and text.skip("edge|end|side"):
        text.skip("sts|st|stitches") or stitch(text)
        told.stitches = told.groups[0] * told.groups[1] + n  # `50 pairs and 2 edge sts`
        return True
    if _of_spaces(text, told, n) or _of_names(text, told, n) or _of_groups(text, told, n):
        return True
    kind = None
    if not text.skip("sts|stitches|st|stitch"):
        kind = stitch(text)
        if kind is not None and text.peek().kind == "n" and text.peek(1).text == "tog":
            kind = f"{kind}{text.number()}tog"
            text.i += 1
        if kind is None:
            told.per_side = n if (sided := _SIDE.skip(text)) else told.per_side
            return sided
    text.skip("sts|st|stitches")
    return _told_of(text, told, kind, n)


def _told_of(text: Reader, told: Told, kind: str | None, n: int) -> bool:
    """So many stitches (of a kind), in all or on each side."""
    if _SIDE.skip(text):
        told.per_side, told.per_side_kind = n, kind
    else:
        add_stitches(told, kind, n)
    return True


def _of_spaces(text: Reader, told: Told, n: int) -> bool:
    """`4 ch-2 sps`, `4 2-ch sps`, `4 corner ch-2 sps`, `4 corners`, `12 sps`."""
    at = text.i
    if text.texts[at] not in _SPACED and text.peek().kind != "n":
        return False
    corner = text.skip("corner|corners")
    size: int | None = None
    named = text.skip("ch|chain|chs|chains")
    if named:
        text.skip("-")
        size = text.number()
    elif text.peek().kind == "n" and text.peek(1).text in ("-", "ch", "chain"):
        size = text.number()
        text.skip("-")
        named = text.skip("ch|chain")
        text.skip("-")
        if not named:
            text.i = at
            return False
    corner = text.skip("corner|corners") or corner
    if size is not None and text.skip("picots|picot"):
        told.named = (*told.named, ("picot", n))  # `12 ch-3 picots`
        return True
    spaces = text.skip(_SPACES) or corner or (size is not None and text.skip(_TIPS))
    text.skip("corners|corner")
    if not spaces and named and size is not None:
        add_spaces(told, size, n)  # `12 dc, 12 ch-1`
    elif not spaces and named and not text.at("-") and (told.counts or told.stitches or told.groups or told.named):
        told.chains = n
    elif not spaces:
        text.i = at
        return False
    elif corner:
        told.corners = n
        told.corner_chains = told.corner_chains if size is None else size
    elif size is None:
        told.loose_spaces = (told.loose_spaces or 0) + n
    else:
        add_spaces(told, size, n)
    return True


def _of_filet(text: Reader, told: Told, n: int) -> bool:
    """`25 mesh`, `3 open, 1 solid`, `2 bls`: the squares of a row of mesh."""
    if text.at("open", "mesh|meshes|square|squares|sps|,|)|.|;") and text.skip("open"):
        text.skip("mesh|meshes|square|squares|sps")
        told.loose_spaces = (told.loose_spaces or 0) + n
        return True
    name = "mesh square" if text.skip("mesh|meshes") else "solid square" if text.skip("bl|bls|blk|blks") else ""
    if not name and text.at("solid|filled", "mesh|meshes|square|squares|block|blocks|,|)|.|;"):
        text.i += 1
        name = "solid square"
    if name:
        text.skip("mesh|meshes|square|squares|block|blocks")
        before = dict(told.named)
        told.named = tuple((before | {name: before.get(name, 0) + n}).items())
    return bool(name)


def _of_names(text: Reader, told: Told, n: int) -> bool:
    """`6 shells`, `12 picots`: groups by their name."""
    at = text.i
    if _of_filet(text, told, n):
        return True
    name = "picot" if text.skip("picots|picot") else place(text) or part(text)
    name = name or ("v-st" if text.at("v", "'") and text.skip("v") else None)
    name and text.skip("'", "s")  # `10 V's`
    if name and not text.at("of"):
        told.named = (*told.named, (name, n))
        return True
    text.i = at
    return False


def _of_groups(text: Reader, told: Told, n: int) -> bool:
    """`8 groups`, `8 groups of 3 dc`, `8 3-dc groups`."""
    at = text.i
    if text.at("x") and text.peek(1).kind == "n":  # `4 x 3 dc`
        text.i += 1
        each, kind = text.number(), stitch(text)
        if each and kind:
            told.groups = (n, each, kind)
            return True
        text.i = at
    if text.peek().kind == "n":
        each = text.number()
        text.skip("-")
        kind = stitch(text)
        if each is not None and kind and text.skip(_GROUPS):
            told.groups = (n, each, kind)
            return True
    elif text.skip("pairs|pair") or text.skip("crossed|cross", "pairs|pair"):
        kind = stitch(text) if text.skip("of") else None
        told.groups = (n, 2, kind)
        return True
    elif text.skip(_GROUPS):
        if not text.skip("of"):
            told.groups = (n, 0, None)
            return True
        each = text.number()
        kind = stitch(text)
        if each is not None and kind is not None:
            told.groups = (n, each, kind)
            return True
    text.i = at
    return False


_NO_THINGS = _SPACED | FIRST_WORDS.keys() | frozenset(
    ["time", "times", "x", "in", "into", "to", "of", "from", "with", "or", "each", "every", "next", "same", "ring",
     "more", "round", "rounds", "rnd", "rnds", "row", "rows", "inch", "inches", "cm", "mm", "m", "g", "oz", "yd",
     "yards", "metres", "meters", "skip", "sk", "miss", "work", "rep", "repeat", "turn", "join", "as", "sts",
     "stitches"]
)  # fmt: skip
_MOST_WORDS = 3


def _of_things(text: Reader, told: Told, closing: str, at: int) -> bool:
    """`6 picot shells`, `7 open mesh`: of what nobody explains, in a bracket."""
    text.i = at
    n = text.number()
    words: list[str] = []
    if _RESTS.at(text):  # `(30 total)`
        text.i = at
        return False
    while n and text.peek().kind == "w" and len(words) < _MOST_WORDS and not text.at("and|plus"):
        words.append(text.peek().text)
        text.i += 1
    if not words or not _NO_THINGS.isdisjoint(words) or text.peek().text not in (closing, ",", ".", ";", "and", "+"):
        text.i = at
        return False
    told.things = (*told.things, (" ".join(words), n or 0))
    return True


_SIDE = Phrases(
    "per|each|a|every side", "on|along|in|across|for each|every|all of? the? #? side|sides|edge",
    "between each? of? the? corner|corners ch|chain? -? #? sps|sp|spaces|space?",
)  # fmt: skip


def next_row(text: Reader, at: int) -> bool:
    """What stands there starts the next row: `turn`, `ch 3 (counts as dc), turn`."""
    bracket = False
    first = int(text.found[at].kind == "n" and text.found[at + 1].text in ("ch", "chain"))  # `2ch, turn`
    at += first
    for k, token in enumerate(text.found[at : at + 14]):
        if token.text == "turn":
            return True
        if token.text == "" or (k == 0 and token.text not in ("ch", "chain")):
            return token.text == "" and k + first > 1
        bracket = token.text not in (")", "]") and (bracket or token.text in ("(", "["))
        if k and not (bracket or token.kind == "n" or token.text in ("-", ",", ".", ")", "]", "and")):
            return False
    return False
