"""Labels: `Rnds 4-8 (A):` at the head of a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crochet.craft import colours
from crochet.grammar.tokens import lowered

_WORD = r"(?:rounds?|rnds?|rds?|rows?)"
_NAMED = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
VALUES = {word: n for words in (_NAMED, _ORDINALS) for n, word in enumerate(words, 1)}
_N = rf"(?:\d{{1,4}}|{'|'.join(_NAMED)})"
_DOTTED = rf"\d{{1,3}}\.(?=(?:\s?[—-]\s?\d{{1,3}}\.)?\s+{_WORD}\b(?!\s*\d))"  # `2. row`, and not the 2 of `2. Row 1`
_O = rf"(?:\d{{1,4}}(?:st|nd|rd|th)|{_DOTTED}|{'|'.join(_ORDINALS)})"
_SEP = r"(?:\.(?=[-—]))?\s{0,3}(?:-|—|\bto\b|\bthru\b|\bthrough\b|,?\s{0,3}\band\b|&|\+|/|,)\s{0,3}"
_OTHERS = (
    r"(?:\s+(?:and|&)\s+(?:(?:all|every|each|other|the|rem(?:aining)?|following|foll)\s+){0,3}"
    r"(?P<OTHERS>even|odd|alt(?:ernate)?|other|[rw]s|(?:right|wrong)[- ]side)\b\.?(?:[- ]numbered)?"
)
# What rows are called that have no number.
_NEXT = (
    r"next|following|last|final|foundation|set-?\s?up|base|starting|beginning|joining|dec(?:rease)?|inc(?:rease)?"
    r"|shell|picot|eyelet|trim|buttonhole|dividing|divide|bobble|mesh|ridge|turning|beading|casing|ruffle"
    r"|shaping|ribbing|rib|neck|neckband|armhole|underarm|thumb|heel|toe|opening|drawstring|fold|tie"
)
_HEAD = re.compile(
    rf"""\s*(?:
    (?P<border>(?:border|edging|edge|trim)\s+)?(?:
        (?P<word>{_WORD}|r(?=\.?\s?\d))\s?\.?\s{{0,3}}(?:\#\s?|no\.?\s?)?(?P<list>{_N}(?:{_SEP}(?:(?:{_WORD}|r)\s?)?{_N}){{0,12}})\b
            {_OTHERS.replace("OTHERS", "others")}\s+{_WORD})?
      | (?P<word4>{_WORD})\s+the\s+(?P<nth>{_O})
      | (?P<ords>{_O}(?:{_SEP}{_O}){{0,12}}){_OTHERS.replace("OTHERS", "alternate")})?\s+(?P<word2>{_WORD})\b
      | (?P<next>{_NEXT})\s+(?:(?P<many>{_N})\s+(?:\((?P<manies>[\d, ]{{1,30}})\)\s*)?)?(?P<word3>{_WORD})\b)
    | (?P<bare>border|edging)(?:\s+(?P<m>\d{{1,4}}))?(?=\s*[(:]))""",
    re.VERBOSE,
)
_DASH = re.compile(
    rf"(?P<n>{_N})\s{{0,3}}(?:-|—)\s{{1,3}}{_N}\s?(?:ch|chs|sc|dc|hdc|tr|htr|dtr|fsc|fhdc|fdc|sl|inc|dec|single|double|half|treble)\b"
)
_REMARK = r"[(\[]\s{0,3}(?P<remark>[^()\[\]\n]{1,40})[)\]]"
_END = re.compile(
    rf"""\s*(?:{_REMARK}\s*)?(?:{_OTHERS.replace("OTHERS", "others")}\s+{_WORD})?\s*)?
    (?:(?:-|—|,)?\s{{0,3}}(?:(?:with|using|in)\s+)?(?:colou?r\s+|yarn\s+)?(?P<with>[a-z]|mc|cc\d?)\s*(?=:))?
    (?P<end>->|[:.)=~—-]|(?=\s*(?:\n|$)))""",
    re.VERBOSE,
)
_HUED = re.compile(r"\s*(?:-|—|,)?\s*(?:(?:with|in) )?(?P<hue>[a-z]{3,12}(?: [a-z]{3,12}){0,2})(?=\s*:)")  # `R1 Aqua:`
_HUED_THEN = re.compile(r"\s+(?P<hue>[a-z]{3,12}(?: [a-z]{3,12}){0,2})\.(?=\s+[(*\[\w])")  # `Rnd 3 Pale orange. Ch 3`
_WORKS = re.compile(
    r"[,;]?\s+(?=[*(\[\d]|(?:ch\d*|as|chain|sc|dc|hdc|tr|htr|dtr|sl|ss|slst|sk|skip|miss|join|attach|work(?:ing)?|with|turn|rep|repeat|inc"
    r"|new (?:colou?r|yarn)|start(?:ing)? (?:with )?\d"
    r"|into\s+(?:a|the)\s+(?:magic|ring)|dec|beg|in|make|blo|flo|single|double|treble|half|slip|magic|mr|using|begin|pull|(?:sc|hdc|dc|tr)[2-9]tog|invdec|fs?c|fhdc|fdc"
    r"|[fb]p(?:sc|hdc|dc|tr)|shell|cluster|puff|popcorn|bobble)\b)"
)
_SIDE = re.compile(
    r"\s*(?:[(\[]\s*(?P<yarn>[a-z]|mc|cc\d?)\s*[)\]]|[(\[]\s*(?:rs|ws|right side|wrong side)(?: facing| row)?\s*[)\]]"
    r"|(?:rs|ws)(?= ?:))[:.,]?"
)
_ALSO = re.compile(
    r"(?:and|&|also)\s+(?:(?:all|every|each|other)\s+){0,2}"
    rf"(?:even|odd|alt(?:ernate)?|other|[rw]s|(?:right|wrong)[- ]side)\b.{{0,12}}{_WORD}"
)
_YARN = re.compile(
    r"(?:(?:with|using|in)\s+)?(?:(?:col(?:ou?r)?\.?|yarn)\s+(?P<number>[1-6])"
    r"|(?:colou?r\s+|yarn\s+)?(?P<yarn>[a-z]|mc|cc\d?))\s*"
)
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s*")
_PART = re.compile(rf"{_O}|{_N}|-|—|\bto\b|thru|through")
_MEASURE = re.compile(  # `Rnds 1-3 = 2½ in`: a gauge
    r"(?:about |approx(?:imately|\.)? )?[\d½¼¾⅛⅜⅝⅞][\d½¼¾⅛⅜⅝⅞/ .,x×by]{0,16}\s?"
    r"(?:\"|''|”|in\b|ins\b|inch|cm\b|mm\b)"
)
_SIZES = re.compile(r"\d{1,3}(?:\s*,\s*\d{1,3}){1,9}|\d{1,3} (?:rows?|rnds?|rounds?)(?: total)?|all sizes")
_COUNT = re.compile(
    r"\d{1,4}(?:\s*(?:sts?|stitches|sc|dc|hdc|tr|htr|(?:half[ -])?(?:single|double|treble)(?: crochets?)?))?"
    r"\s*(?:total)?"
)
_STITCH = re.compile(r"\b(?:ch|sc|dc|hdc|tr|htr|dtr|sl|ss)\b(?! (?:row|rnd|round))")
FURTHEST = 200


@dataclass(frozen=True, slots=True)
class Label:
    """A row's label: `Rnd 2`, its numbers, the yarn's letter, and where the row's words begin.

    `numbers`: none: the row takes the next number, as do `many` of them. `others`: `and all even rows` goes on by two.
    `count`: where a total stands before the row's words, `Rnd 2 (12 sc):`. `firm`: signs, not words, end the label.
    `sizes`: the last number, or how many, in the other sizes: `Rows 2-3 (4, 5):`.
    """

    text: str
    number: int
    to: int
    colour: str | None
    border: bool
    rounds: bool
    body: int
    numbers: tuple[int, ...] = ()
    many: int = 1
    others: bool = False
    count: tuple[int, int] | None = None
    firm: str = ""
    sizes: tuple[int, ...] = ()


def label(line: str, start: int = 0, low: str | None = None) -> Label | None:
    """The label that begins at `start`; None: none does. `low`: the line in lower case, where it is known."""
    low = lowered(line) if low is None else low
    m = _HEAD.match(low, start)
    if m is None:
        return None
    numbers, end = _numbers(m), m.end()
    ended = _ended(low, end)
    dash = _DASH.match(low, m.start("list")) if m["list"] and not m["word"].endswith("s") else None
    if dash and (ended is None or ended.end == " "):  # `Row 2 - 3 dc in next st`
        numbers, end, ended = numbers[:1], dash.end("n"), _ended(low, dash.end("n"))
    if ended is None or (ended.end == "=" and _MEASURE.match(low, ended.body)):
        return None
    text = " ".join(line[start:end].split())
    number = numbers[0] if numbers else 0
    rounds = not (m["word"] or m["word2"] or m["word3"] or m["word4"] or "").startswith("row")
    return Label(
        text, number, numbers[-1] if numbers else 0, ended.colour, bool(m["border"] or m["bare"]), rounds, ended.body,
        numbers, min(_value(m["many"] or "1"), FURTHEST), bool(m["others"] or m["alternate"] or ended.others),
        ended.count, ended.end, ended.sizes or _listed(m["manies"]) or _other_last(low, numbers, ended.count),
    )  # fmt: skip


def _other_last(low: str, numbers: tuple[int, ...], count: tuple[int, int] | None) -> tuple[int, ...]:
    """`Rows 3-6 (7):` is a total, or the last row in the other size: what is behind the label tells."""
    told = low[count[0] : count[1]] if count and len(numbers) > 1 else ""
    return (int(told),) if told.isdecimal() and numbers[-1] < int(told) <= numbers[-1] + FURTHEST else ()


def _listed(numbers: str | None) -> tuple[int, ...]:
    """`4, 5, 6`."""
    return tuple(min(int(n), FURTHEST) for n in _DIGITS.findall(numbers)) if numbers else ()


_MAY_BE = re.compile(
    rf"(?<![\w(])(?:{_WORD}(?![a-z])(?=[\s.#]{{0,4}}{_N})|r(?=\.?\s?\d)|{_O}\b(?=[^.;:]{{0,60}}?\b{_WORD}\b)"
    rf"|(?:{_NEXT})\b(?=(?:\s+{_N})?[\s(\d,)]{{1,24}}{_WORD}\b))"
)
_MENTION = re.compile(
    r"\b(?:notes?:|in|of|as|on|at|to|from|for|with|and|or|like|after|before|until|through|thru|rep|repeat|repeating|work|working|same|see"
    r"|per|follow|than|the|this|last|next|each|every|between|by|over|into)[^\w.;:!?)\]}]{0,3}\Z"
)


_TOTAL = re.compile(r"[(\[{]\s*(\d{1,4})\b[^()\[\]{}]*[)\]}]\W*\Z")


def total_behind(words: str) -> str | None:
    """The number of the total in brackets that a row's words end in, `(24 dc)`; None: they do not."""
    found = _TOTAL.search(words)
    return found[1] if found else None


def mentions(before: str) -> bool:
    """What stands before a label only speaks of that row: `in each st of`, `Rep`."""
    return bool(_MENTION.search(lowered(before[-24:])))


def inside(line: str) -> list[tuple[int, Label]]:
    """(where, label) of the rows that begin within a line: after a sentence, or where a colon says so.

    Each label's own places are counted from where it begins.
    """
    low = lowered(line)
    found: list[tuple[int, Label]] = []
    at = 1
    while m := _MAY_BE.search(low, at):
        at = m.end()
        before = low[max(0, m.start() - 24) : m.start()].rstrip()
        ended = before[-1:] in tuple('.!?;)]}*"')
        if not ended and (before[-1:] == "(" or mentions(before)):
            continue
        said = label(line, m.start(), low)
        if before[-1:] in tuple(",-—") and not (said and said.firm == ":"):
            continue
        if said and (said.firm in ":=" or (ended and said.firm in ".-—)=")):
            at = said.body
            count = (said.count[0] - m.start(), said.count[1] - m.start()) if said.count else None
            found.append((m.start(), replace(said, body=said.body - m.start(), count=count)))
    return found


def _value(word: str) -> int:
    return VALUES.get(word) or int(word.rstrip("stndrh."))


def _numbers(m: re.Match[str]) -> tuple[int, ...]:
    """The numbers of a label: `3, 5 and 7`, `4-8` counted out."""
    if m["bare"]:
        return (int(m["m"] or 1),)
    found: list[int] = []
    span = False
    for part in _PART.findall(m["list"] or m["nth"] or m["ords"] or ""):
        if part in ("-", "—", "to", "thru", "through"):
            span = True
            continue
        n = _value(part)
        found += range(found[-1] + 1, min(n, found[-1] + FURTHEST) + 1) if span and found else (n,)
        span = False
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Ended:
    """How a label ends: by which sign, where its words begin, and what it says in brackets."""

    end: str
    body: int
    colour: str | None
    count: tuple[int, int] | None
    sizes: tuple[int, ...]
    others: bool


def _ended(low: str, at: int) -> _Ended | None:
    m = _END.match(low, at)
    colour: str | None = None
    hue: str | None = None
    count: tuple[int, int] | None = None
    sizes: tuple[int, ...] = ()
    others = bool(m and (m["others"] or (m["remark"] and _ALSO.fullmatch(m["remark"].strip()))))
    if m and m["remark"]:
        yarn = _YARN.fullmatch(m["remark"])
        if yarn:
            colour = yarn["yarn"] or "abcdef"[int(yarn["number"]) - 1]
        elif _COUNT.fullmatch(m["remark"].strip()):
            count = m.span("remark")
        elif "," in m["remark"] and _SIZES.fullmatch(m["remark"].strip()):
            sizes = _listed(m["remark"])
        elif not _SIZES.fullmatch(m["remark"].strip()) and (_STITCH.search(m["remark"]) or _DIGIT.search(m["remark"])):
            m = None
    if m is None and (hued := _HUED.match(low, at)) and hued["hue"].split()[-1] in colours.HEX:
        m, hue = _END.match(low, hued.end("hue")), hued["hue"]
    if m is None and (hued := _HUED_THEN.match(low, at)) and hued["hue"].split()[-1] in colours.HEX:
        m, colour, hue, end = hued, hued["hue"], hued["hue"], "."
    elif m is None:
        m = _WORKS.match(low, at)
        if m is None:
            return None
        end = " "
    else:
        colour, end = colour or m["with"] or hue, m["end"] or "\n"
    body = m.end()
    while side := _SIDE.match(low, body):
        colour = colour or side["yarn"]
        body = side.end()
    body = _SPACE.match(low, body).end()  # type: ignore[union-attr]  # it may be empty
    named = colour.upper() if colour and colour != hue else colour
    return _Ended(end, body, named, count, sizes, others)
