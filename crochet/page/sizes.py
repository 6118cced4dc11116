"""Sizes: `Ch 61 (67, 73, 79)` is one number for each size. A row is right only if it is right in every size.

sized = n ("(" | "[") n {("," | "-") n} (")" | "]")
"""

from __future__ import annotations

import re
from collections import Counter

from crochet.page.sent import Sent

MOST_SIZES = 12
_SIZED = re.compile(r"(?<![\w.])(\d{1,4})\s?[(\[](\d{1,4}(?:\s?[,;:/–-]\s?\d{1,4}){0,11})[)\]]")
_OF_TWO = re.compile(r"[ \t]*(?:sts?|stitches|sc|hdc|dc|tr|htr|ch|chs|chains?|times|more)\b", re.IGNORECASE)
_SAYS = re.compile(r"\bsizes?\b|\bsmall\b|\bchild\b|\badult\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


def many(text: str) -> int:
    """How many sizes a text is written for."""
    met = Counter(len(_NUMBER.findall(m[0])) for m in _SIZED.finditer(text) if _is_sized(m))
    n, times = met.most_common(1)[0] if met else (1, 0)
    return n if times > 1 and (n > 2 or times > 2 or _SAYS.search(text)) and n <= MOST_SIZES else 1


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
