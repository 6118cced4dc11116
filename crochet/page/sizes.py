"""Sizes: `Ch 61 (67, 73, 79)` is one number for each size. A row is right only if it is right in every size.

sized = n ("(" | "[") n {("," | "-") n} (")" | "]")
"""

from __future__ import annotations

import re
from collections import Counter

from crochet.page.sent import Sent

MOST_SIZES = 12
_SIZED = re.compile(
    r"(?:(?<![\w.])|(?<=\b[Cc][Hh]))"
    r"(\d{1,4})\s{0,2}[(\[](\d{1,4}(?:\s{0,2}[,;:/–-]\s{0,2}\d{1,4}){0,11})[)\]]"
)
_OF_TWO = re.compile(r"\s*(?:sts?|stitches|sc|hdc|dc|tr|htr|ch|chs|chains?|times|more)\b", re.IGNORECASE)
_SAYS = re.compile(r"\bsizes?\b|\bsmall\b|\bchild\b|\badult\b", re.IGNORECASE)
_FOR_OTHERS = re.compile(r"\b(?:both|all) sizes:|\bsizes? [^.:\n]{0,30}only:|written thus \(", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


def many(text: str) -> int:
    """How many sizes a text is written for."""
    met = Counter(len(_NUMBER.findall(m[0])) for m in _SIZED.finditer(text) if _is_sized(m))
    n, times = met.most_common(1)[0] if met else (1, 0)
    once = times == 1 and len(met) == 1 and _FOR_OTHERS.search(text)
    return n if once or (times > 1 and (n > 2 or times > 2 or _SAYS.search(text)) and n <= MOST_SIZES) else 1


def _is_sized(m: re.Match[str]) -> bool:
    """`27 (31) sts` is told from a total, `sc 36 (36)` and `inc x 6 (12)`, by what is counted."""
    if len(_NUMBER.findall(m[2])) > 1:
        return True
    before = m.string[max(0, m.start() - 6) : m.start()].rstrip().lower()
    return not before.endswith("x") and (before.endswith(("ch", "chain")) or bool(_OF_TWO.match(m.string, m.end())))


def _grows(m: re.Match[str]) -> bool:
    """In a text for two sizes `Fsc 60 (68), turn` counts nothing else than the sizes."""
    first, last = int(m[1]), int(_NUMBER.findall(m[2])[-1])
    return first < last and m.string[m.end() : m.end() + 1] in (",", ";")


def of_size(words: Sent, start: int, sizes: int, size: int) -> Sent:
    """The words from `start` on with the numbers of one size, the first of which is 0."""
    edits = []
    for m in _SIZED.finditer(words.text, start) if sizes > 1 else ():
        numbers = _NUMBER.findall(m[0])
        if len(numbers) == sizes and (_is_sized(m) or _grows(m)):
            edits.append((*m.span(), numbers[size]))
    return words.edited(edits) if edits else words


# -- rows of some sizes only

_UNIT = r"(?:months?|mos?|years?|yrs?|mths?)"
_NAME = rf"[\w.½]+(?:/[\w.½]+)*(?: ?{_UNIT})?"
_NAMED = re.compile(rf"({_NAME}) ?[(\[] ?({_NAME}(?: ?[,;–-] ?{_NAME}){{0,11}}) ?[)\]]")
_OF_SIZES = re.compile(rf"\b(?:sizes?|measurements?|to fit|small|child|baby|toddler|adult|{_UNIT})\b", re.IGNORECASE)
_LISTED = re.compile(rf"[ \t]*((?:\d*x*(?:small|medium|large|s|m|l))|[\d/]+ ?{_UNIT})\b(?![ \t]*[(\[])", re.IGNORECASE)
_ONLY = re.compile(
    r"(?:^|[.:;(\[])\s*(?:for )?(?:the )?(?P<which>[\w/½ ,&+-]{0,60}?\bsizes?\b[\w/½ ,&+-]{0,60}?)\s+only\b[^\w]*$"
    r"|\b(?P<all>(?:both|all)(?: the)? sizes)\b[^\w]*$",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"\b(?:sizes?|for|the|and|to|{_UNIT})\b|[,&+]")
_SHORT = {
    "small": "s",
    "medium": "m",
    "large": "l",
    "extra-large": "xl",
    "2xl": "xxl",
    "2x": "xxl",
    "3xl": "xxxl",
    "3x": "xxxl",
}
_PLACES = {
    "first": 0, "1st": 0, "smallest": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3,
    "4th": 3, "fifth": 4, "5th": 4,
    "last": -1, "largest": -1,
}  # fmt: skip


def names(text: str, sizes: int) -> tuple[str, ...]:
    """What the sizes are called, where a text lists them: `To fit 3/6 (12/18) mos`; none: it does not."""
    raws = [raw for raw in text.splitlines() if raw.strip()]
    for before, raw in zip(["", *raws], raws, strict=False):
        for m in _NAMED.finditer(raw) if _OF_SIZES.search(raw) or _OF_SIZES.search(before) else ():
            found = (m[1], *re.split(r" ?[,;–-] ?", m[2]))
            if len(found) == sizes == len({_short(one) for one in found}):
                return tuple(map(_short, found))
    listed = dict.fromkeys(_short(one[1]) for raw in raws if (one := _LISTED.match(raw)))
    return tuple(listed) if len(listed) == sizes else ()


def _short(name: str) -> str:
    bare = _BESIDE.sub(" ", name.lower()).strip()
    return _SHORT.get(bare, bare)


def only(words: str, called: tuple[str, ...], sizes: int) -> frozenset[int] | None:
    """The sizes that what follows is for: `Size 12/18 mos only:`. None: nothing is said; empty: not clear which."""
    m = _ONLY.search(words[-160:])
    if m is None or sizes < 2:
        return None
    if m["all"]:
        return frozenset(range(sizes))
    found: set[int] = set()
    for said in _BESIDE.sub(" ", m["which"].lower()).split():
        at = called.index(_short(said)) if _short(said) in called else _PLACES.get(said)
        if at is None or at >= sizes:
            return frozenset()
        found.add(at % sizes)
    return frozenset(found)


def sized(words: str, start: int, sizes: int) -> bool:
    """The words tell a number for each size."""
    return any(len(_NUMBER.findall(m[0])) == sizes and _is_sized(m) for m in _SIZED.finditer(words, start))
