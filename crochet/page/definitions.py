"""Definitions: what a pattern itself says its stitches are: `Shell: (2 dc, ch 2, 2 dc) in same st`.

definition = name ["(" name ")"] (":" | "=" | "—") (items in one place | prose | name)

Prose that draws a loop through others makes one stitch, however it is made. A stitch told in words that are not
understood is not guessed at: rows that use it are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crochet.craft.stitches import BUNDLES, NAMES, Words
from crochet.grammar.items import items
from crochet.grammar.names import FIRST_WORDS, stitch
from crochet.grammar.pattern import Aside, Chain, Group, Item, Make, Repeat, Skip, Unread
from crochet.grammar.shapes import BEGINS, GROUPED, PICOT, USUAL
from crochet.grammar.tokens import Reader, lowered, tokens
from crochet.grammar.vocabulary import NONE, Definitions, Shape, definitions
from crochet.page.sheet import RowLine
from crochet.page.text import Line, Prose

LIST = "stitches"  # the section of a text that lists them
MOST = 60
LONGEST = 600
_NAME = re.compile(
    r"(?:^|(?<=[.;,)\]:]))[\s•*–-]{0,4}"
    r"(?P<name>[a-z]{1,3}\d{1,2}[a-z]{0,2}"
    r"|(?:\d{1,2}[- ]?[a-z]{2,4}[- ])?[a-z][a-z'’/-]{0,18}(?:[ -][a-z'’/-]{1,18}){0,4})"
    r"(?: over (?:the )?(?:next )?\d{1,2} st(?:itche)?s)?"
    r"\s{0,3}(?:[(\[](?P<short>[^()\[\]\n]{1,30})[)\]])?\s{0,3}(?::|=|[—–]|(?<=\s)-\s"
    r"|\bis (?:worked|made) as\b:?|\bis (?=\d{1,2} [a-z]))",
    re.MULTILINE,
)
_FOR = re.compile(  # `For shell, (2 dc, ch 2, 2 dc) in indicated sp`
    r"\b(?:for|to (?:make|work)) (?:an? |the )?(?P<name>[a-z][a-z'’/-]{0,18}(?:[ -][a-z'’/-]{1,18}){0,3})"
    r"\s?(?:[(\[](?P<short>[^()\[\]\n]{1,30})[)\]])?, (?=[(\[*]|(?:work|make|\d|ch|yo|yarn|draw|insert)\b)"
)
_ENDED = re.compile(r"[.!]\s{0,5}\n|[.!]\s{1,3}(?=(?:ch|chain)\s\d\d)")  # a chain to begin with is no stitch
_PROSE = re.compile(
    r"\byo\b|yarn over|yoh|wrap (?:the )?yarn|insert (?:the )?hook|draw (?:up|through)|pull (?:up|through)"
    r"|pulled? through|drop (?:the )?(?:loop|lp|last)|loops? (?:rem|on (?:the )?hook)|lps? on hook|last (?:loop|lp|yo)"
    r"|complete as"
)
_PLACE = r"(?:ch-?\s?\d?[ -])?(?:corner )?(?:st|stitch|sp|space|place|spot|ch|chain|loop|lp|ring|sc|dc|corner)\b"
_INDICATED = (
    r"(?:indicated|specified|stated|noted|designated|given|instructed|required|called for|directed|chosen|appointed)"
)
_SAME = re.compile(
    rf"\b(?:all |both |worked |work )*(?:in|into)(?: the)?(?: same| one| next| {_INDICATED}){{0,2}} {_PLACE}"
    rf"(?:(?: or|/| or in)(?: the)?(?: same| next)? ?{_PLACE})*(?: as)?(?: {_INDICATED})?(?: in (?:the )?pattern)?"
)
# `Corner = (2 dc, ch 2, 2 dc); the first dc is a ch 3`, `V = (dc, ch 1, dc) all in the same spot. Ch 3 counts as a dc`
_WHOLE = re.compile(rf"[(\[][^()\[\]]{{3,80}}[)\]](?: {_SAME.pattern})?(?=[;.] )")
_WHERE = re.compile(rf"\b(?:as|where|when) {_INDICATED}\b|\bof indicated st\b")
_MANY = re.compile(r"\b(times|twice|once) +in same st\b")
_CROSSED = re.compile(
    r"(?:sk|skip) (?:the )?(?:next )?(?:1 )?(?:st|stitch|sc|dc|hdc|tr)\W+(?P<st>[a-z]{2,4}) in (?:the )?next "
    r"(?:st|stitch|sc|dc|hdc|tr)\W.{0,80}\b(?P=st) in (?:the )?(?:skipped|skip|missed|sk|same skipped|st just skipped)"
)
_COUNTED = re.compile(  # what the chain it begins with counts as: `(ch 4 = dc + ch 1)`
    r"\s*[(\[](?:(?:the|this|first|beg|beginning|starting|turning) )*"
    r"(?:ch|chain)[ -]?\d ?(?:=|counts? as|is|equals)[^()\[\]]{1,40}[)\]]"
)
_NO_STITCH = frozenset(
    word
    for line in (
        "note notes row rows rnd rnds round rounds gauge hook hooks size yarn materials border edging finishing terms",
        "abbreviations stitches special instructions pattern step foundation notions tension sizes layout colour color",
        "level measurements finished about title item palette terminology key tip rep repeat rs ws sp sps st sts ch",
        "cont rem tog approx mc cc blo flo sk",
    )
    for word in line.split()
)
_CHANGES = frozenset({"inc", "incs", "increase", "increases", "dec", "decs", "decrease", "decreases", "invdec"})
_SYNONYMS = {key: [words for words, (_, name) in NAMES.items() if name == key] for key in sorted(BUNDLES)} | {
    key: [words for words, one in USUAL.shapes.items() if one.name == key] for key in ("v-st", "shell", PICOT)
}
_BEGIN = frozenset(BEGINS.split("|"))


def read(parts: Iterable[tuple[str, bool]], terms: str) -> Definitions:
    """The stitches that lines tell of. Each comes with whether it stands in a list of stitches."""
    found: dict[Words, Shape] = {}
    for text, listed in parts:
        for name, short, body in _told(text):
            if len(found) < 8 * MOST and (shape := _shape(name, body, terms, listed, definitions(found))):
                for words in (_words(name), *(_words(one) for one in re.split(r" or |,|/", short))):
                    if words and not _plain(" ".join(words), terms):
                        found |= dict.fromkeys(_variants(words), shape)
                if _words(name)[0] not in _BEGIN:
                    found |= dict.fromkeys(_SYNONYMS.get(shape.name, ()), shape)
    return definitions(found) if found else NONE


def _told(text: str) -> Iterator[tuple[str, str, str]]:
    """(name, its abbreviation, what is said of it) of each definition in a line."""
    low = lowered(text)
    named = sorted([*_NAME.finditer(low), *_FOR.finditer(low)], key=re.Match.start)
    marks = [m for m in named if _words(m["name"]) and _words(m["name"])[0] not in _NO_STITCH][:MOST]
    ends = [*(m.start() for m in marks[1:]), len(low)]
    for m, end in zip(marks, ends, strict=False):
        body = _ENDED.split(low[m.end() : end], maxsplit=1)[0].strip()
        whole = _WHOLE.match(body)
        body = whole[0] if whole else body
        yield m["name"], m["short"] or "", " ".join(body.split())[:LONGEST]


_CODE = re.compile(r"([a-z]{1,3})\d{1,2}[a-z]{0,2}")
_NO_CODE = FIRST_WORDS.keys() | {"ch", "r", "rd", "rnd", "row", "mc", "cc", "st", "sp", "sh"}


def _is_code(name: str) -> bool:
    """`c4f`, a cable: letters and a number that are one name."""
    found = _CODE.fullmatch(name)
    return found is not None and found[1] not in _NO_CODE


def _words(name: str) -> Words:
    """The words of a name, without the number of its legs: `3-dc cluster` is a cluster."""
    if _is_code(name):
        return (name,)
    words = tuple(token.text for token in tokens(name) if token.kind == "w")
    words = words[1:] if words[:1] in (("a",), ("an",), ("the",)) and len(words) > 1 else words
    return words[1:] if name[:1].isdigit() and len(words) > 1 else words


def _plain(name: str, terms: str) -> bool:
    """The name is a usual stitch's, which no pattern makes otherwise."""
    text = Reader(name, tokens(name), terms)
    key = stitch(text)
    return name in _NO_STITCH or (key is not None and text.done() and key not in BUNDLES)


def _variants(words: Words) -> Iterator[Words]:
    """A name in one and several, with `st` short and long, and `beg` as it may be written."""
    ends = {"st": "st sts stitch stitches", "stitch": "st sts stitch stitches", "sts": "st sts stitch stitches"}
    many = f"{words[-1]}{'es' if words[-1][-1] in 'hsx' else 's'}"
    for last in ends.get(words[-1], f"{words[-1]} {many}").split():
        for first in ("beg", "beginning", "starting", "start") if words[0] in _BEGIN else words[:1]:
            yield (first, *words[1:-1], last) if len(words) > 1 else (last,)


def _shape(name: str, body: str, terms: str, listed: bool, known: Definitions) -> Shape | None:
    """What is told of a name; None: it is no stitch of the pattern's own."""
    long, colon, how = body.partition(":")  # `bo = bobble: 4 dc tog in one st`
    if colon and how.strip() and _words(long) and _usual(_key(_words(long), terms)):
        name, body = long, how.strip()
    words = _words(name)
    begins = len(words) > 1 and words[0] in _BEGIN
    key = _key(words[1:] if begins else words, terms)
    usual = words[0] in _CHANGES and len(words) == 1 and not re.search(r"\b(?:dc|hdc|htr|tr)\b", body)
    whole = body[:1] in ("(", "[") and "," in body and body.rstrip(" .")[-1:] in (")", "]")  # `V = (dc, ch 1, dc)`
    told_in_brackets = whole or (body[:1] in ("(", "[") and _SAME.search(body) is not None)
    known_so = listed or told_in_brackets or _usual(key) or words[-1] in ("st", "stitch") or _is_code(name)
    known_so = known_so or (words[-1] in ("cable", "twist", "braid") and "sk" in body)
    if usual or _plain(" ".join(words), terms) or not known_so:
        return None
    alias = _alias(body, terms, known)
    if alias is not None:
        return None if _plain(" ".join(words), terms) else alias
    if _PROSE.search(body):
        return Shape(key, unread=_grouped(key))
    if crossed := _CROSSED.search(body):
        text = Reader(crossed["st"], tokens(crossed["st"]), terms)
        made = stitch(text)
        return Shape(key, (Make(2, made, None, (0, 0)),), plain=True) if made else None
    told = _items(body, terms, known)
    if told is None and (crossing := _crossing(body, terms, known)):
        return Shape(key, crossing, plain=True)
    if told is None:
        return Shape(key, unread=key not in BUNDLES) if _usual(key) or (listed and _of_craft(body, terms)) else None
    if told == (Aside(PICOT, (0, 0)),):
        return Shape(PICOT)
    if len(told) == 1 and isinstance(told[0], Make) and told[0].n == 1:
        return Shape(key if key in BUNDLES else told[0].kind)
    return Shape(key, told)


def _key(words: Words, terms: str) -> str:
    """What a stitch is called in reports, and by what rows find it."""
    usual = USUAL.shapes.get(words) or GROUPED.shapes.get(words)
    if usual is not None:
        return usual.name if words not in GROUPED.shapes else words[0].removesuffix("s")
    name = " ".join(words)
    text = Reader(name, tokens(name), terms)
    key = stitch(text)
    return key if key in BUNDLES and text.done() else name


def _usual(key: str) -> bool:
    return key in BUNDLES or _grouped(key) or key == PICOT


def _grouped(key: str) -> bool:
    last = key.split()[-1]
    return key in ("v-st", "half shell") or last in ("shell", "fan", "scallop")


def _alias(body: str, terms: str, known: Definitions) -> Shape | None:
    """`BS = bobble stitch`: another name, and nothing more, for a stitch that is known."""
    text = Reader(body, tokens(body), terms, known)
    at = text.i
    key = stitch(text)
    if key is None:
        text.i = at
        return known.shapes.get(_words(body)) or USUAL.shapes.get(_words(body))
    text.skip(".")
    return Shape(key) if text.done() and "?" not in key else None


def _items(body: str, terms: str, known: Definitions) -> tuple[Item, ...] | None:
    """What goes into the one place of a stitch; None: it was not understood, or goes into several."""
    line = _MANY.sub(r"\1", _WHERE.sub("", _SAME.sub(" in same st", _COUNTED.sub("", body)))).strip()
    text = Reader(line, tokens(line), terms, known)
    text.depth = 1
    found = [one for one in items(text, lambda _: False) if not _remark(one)]
    if not found or not text.done() or any(isinstance(one, Unread) for one in _all(found)):
        return None
    flat = list(_inner(found))
    return None if any(one is None for one in flat) else tuple(one for one in flat if one is not None)


def _crossing(body: str, terms: str, known: Definitions) -> tuple[Item, ...] | None:
    """The stitches of a cable, some of them into those that it skips; None: it is no such."""
    text = Reader(body, tokens(body), terms, known)
    text.depth = 1
    found = [one for one in items(text, lambda _: False) if not _remark(one)]
    made = [one.target for one in found if isinstance(one, Make)]
    placed = all(where is not None and where.which in ("next", "each", "first", "last") for where in made)
    back = any(where is not None and where.things[0].cls == "left" for where in made)
    if text.done() and placed and back and all(isinstance(one, Make | Skip) for one in found):
        return tuple(found)
    return None


def _all(found: Iterable[Item]) -> Iterator[Item]:
    for one in found:
        yield one
        if isinstance(one, Group | Repeat):
            yield from _all(one.items)


def _remark(item: Item) -> bool:
    return isinstance(item, Aside) and item.what == "remark"


def _inner(found: Iterable[Item]) -> Iterator[Item | None]:
    """The items as they stand in one place; None for what has a place of its own."""
    for one in found:
        if isinstance(one, Group) and one.target.which in ("same", "next", "first", "bare") and not one.target.counted:
            yield from _inner(one.items)
        elif isinstance(one, Repeat) and one.often.how == "all":
            yield replace(one, items=tuple(item for item in _inner(one.items) if item), span=(0, 0))
        elif isinstance(one, Make) and not (one.target and one.target.counted):
            kind = f"{one.kind}{one.eats}tog" if one.eats > 1 else one.kind
            yield replace(one, kind=kind, eats=1, target=None, span=(0, 0))
        elif isinstance(one, Chain) or (isinstance(one, Aside) and one.what == PICOT):
            yield replace(one, span=(0, 0))
        else:
            yield None


def _of_craft(body: str, terms: str) -> bool:
    """The words speak of stitches."""
    text = Reader(body, tokens(body), terms)
    while not text.done():
        at = text.i
        if stitch(text):
            return True
        text.i = at + 1
    return False


def told(lines: Iterable[Line], terms: str) -> Definitions:
    """The stitches that a text tells of, in the lines it is read in."""
    lines = list(lines)
    rows = (one.words.text for one in lines if isinstance(one.said, RowLine))
    letters = any(_IN_LETTERS.search(words) for words in rows)
    found = _told_in(lines, terms)
    return replace(found, letters=True) if letters else found


_IN_LETTERS = re.compile(r"[(\[]\s*\d{0,2}\s*X\s*,\s*\d{0,2}\s*[VA]\s*[)\]]")  # `(2X, V) * 6`, as toys are written


def _told_in(lines: Iterable[Line], terms: str) -> Definitions:
    return read(((one.words.text, one.said.section == LIST) for one in lines if isinstance(one.said, Prose)), terms)
