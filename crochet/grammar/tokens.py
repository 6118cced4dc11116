"""Tokens: a row's words, numbers and signs, normalised, each with its place in the text.

Every replacement is one character for one, so an offset in the normalised text is an offset in the text sent.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from crochet.grammar.pattern import Declared, Item
from crochet.grammar.spelling import KNOWN, SHORTEST, spelled
from crochet.grammar.vocabulary import NONE, Definitions

_SAME = str.maketrans(
    {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "–": "—", "―": "—", "‐": "-", "‑": "-", "−": "-", "×": "x",
     "’": "'", "‘": "'", "“": '"', "”": '"', "∗": "*", "＊": "*", "〈": "<", "〉": ">", "⟨": "<", "⟩": ">"}
)  # fmt: skip
# `--`, or a hyphen between two spaces, is a dash: `in next sp - petal made`. `ch - 3` is none.
_DASH = re.compile(r"--+|(?<!sl )(?<=\s)-(?=[,.;]|\s(?!\d{1,2}[ -]?(?:sps?|spaces?|loops?|lps?)\b))")
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_TENS_AND_ONE = rf"(?:{'|'.join(_TENS)})\b(?:[- ](?:{'|'.join(list(_NUMBERS)[:9])})\b)?"  # `twenty-five`
_TOKEN = re.compile(
    rf"(\d+(?:(?:st|nd|rd|th)\b| (?:nd|rd|th)\b)?|{_TENS_AND_ONE}|(?:inc|dec|invdec|sc|hdc|dc|tr)(?=x\d)"
    r"|[^\W\d_]+|\*+|=>|[^\w\s]|_)"
)
LARGEST = 1_000_000


class Token(NamedTuple):
    """`kind`: n (a number), o (an ordinal), w (a word; `value` 1: misspelt), s (a sign), e (the end)."""

    kind: str
    text: str
    value: int
    start: int
    end: int


def lowered(text: str) -> str:
    """The text in lower case, sign by sign, so that no offset moves."""
    if text.isascii():
        return text.lower()
    same = text.translate(_SAME)
    low = same.lower()
    return low if len(low) == len(same) else "".join(c.lower() if len(c.lower()) == 1 else c for c in same)


_WORDS = {word: ("n", n) for word, n in _NUMBERS.items()} | {word: ("o", n) for word, n in _ORDINALS.items()}


_ALSO = {"&": ("w", "and", 0)} | {
    short: ("w", whole, 0)
    for short, whole in {"rpt": "rep", "nxt": "next", "cnr": "corner", "cnrs": "corners", "crnr": "corner"}.items()
}


@lru_cache(4096)
def _meaning(said: str) -> tuple[str, str, int]:
    """(kind, text, value) of a token as it is written: a pattern says the same few words again and again."""
    if said[0].isdecimal():
        digits = said.rstrip("stndrh ")
        value = min(int(digits), LARGEST + 1) if len(digits) < 9 else LARGEST + 1
        return ("n" if digits == said else "o"), said.replace(" ", ""), value
    if said in _ALSO:
        return _ALSO[said]
    if (tens := re.match(r"[a-z]+ty\b", said)) and tens[0] in _TENS:
        return "n", said, _TENS[tens[0]] + _NUMBERS.get(said[tens.end() + 1 :], 0)
    if not said[0].isalnum():
        return "s", said, 0
    right = said if len(said) < SHORTEST or said in KNOWN else spelled(said)
    kind, value = _WORDS.get(right, ("w", int(right != said)))
    return kind, right, value


def is_number(word: str) -> bool:
    """`12`, `twelve`."""
    return word.isdecimal() or word in _NUMBERS


_token = partial(tuple.__new__, Token)  # the short way: a token costs more to make than to read


def tokens(text: str, start: int = 0) -> list[Token]:
    """The tokens of `text` from `start`; always one of kind `e` at the end."""
    low = lowered(text)
    if " - " in low or "--" in low:
        low = _DASH.sub(lambda m: "—".ljust(len(m[0])), low)
    parts = _TOKEN.split(low[start:])  # what stands between two tokens, and a token, by turns
    places = list(accumulate(map(len, parts), initial=start))
    kinds, texts, values = zip(*map(_meaning, parts[1::2]), strict=True) if len(parts) > 1 else ((), (), ())
    found = list(map(_token, zip(kinds, texts, values, places[1::2], places[2::2], strict=False)))
    found.append(Token("e", "", 0, len(low), len(low)))
    return found


_LETTERS = {"X": "sc", "V": "inc", "A": "dec"}


def named(found: list[Token], text: str, names: Definitions) -> list[Token]:
    """The tokens with the pattern's own names as words: `C4F`, and X, V, A where the pattern writes stitches so."""
    if names.codes:
        found = _with_codes(found, names.codes)
    if names.letters:
        found = [
            token._replace(text=_LETTERS[text[token.start : token.end]]) if _is_stitch(found, i, text) else token
            for i, token in enumerate(found)
        ]
    return found


def _is_stitch(found: list[Token], i: int, text: str) -> bool:
    """`2X`, `(X, V)`; `) X 6` says how often."""
    if text[found[i].start : found[i].end] not in _LETTERS:
        return False
    return not (i and found[i - 1].text in (")", "]", "*") and found[i + 1].kind == "n")


def _with_codes(found: list[Token], codes: frozenset[str]) -> list[Token]:
    joined: list[Token] = []
    i = 0
    while i < len(found):
        for k in (3, 2):
            parts = found[i : i + k]
            code = "".join(one.text for one in parts)
            if code in codes and parts[0].kind == "w" and parts[-1].end - parts[0].start == len(code):
                joined.append(Token("w", code, 0, parts[0].start, parts[-1].end))
                i += k
                break
        else:
            joined.append(found[i])
            i += 1
    return joined


class _Alternatives(dict[str, frozenset[str]]):
    """`rnd|round`: the token texts it stands for; the end's own empty text never is one."""

    def __missing__(self, word: str) -> frozenset[str]:
        self[word] = found = frozenset(word.split("|")) - {""}
        return found


_ALTERNATIVES = _Alternatives()
_text = itemgetter(1)  # of a token
_AHEAD = 16  # so many tokens may be looked at past the end


class Reader:
    """A place in a list of tokens, moved on by what is recognised."""

    __slots__ = (
        "again",
        "depth",
        "found",
        "held",
        "i",
        "limbs",
        "marks",
        "names",
        "starred",
        "terms",
        "text",
        "texts",
        "told",
        "words",
    )

    def __init__(self, text: str, found: list[Token], terms: str, names: Definitions = NONE) -> None:
        self.text = text
        self.found = found + found[-1:] * _AHEAD
        self.texts = list(map(_text, self.found))
        self.words = frozenset(self.texts)  # what a row never says need not be looked for
        self.terms = terms
        self.names = names
        self.i = 0
        self.depth = 0
        self.marks: frozenset[str] | None = None  # the signs that open a repeat; see `repeats.marks`
        self.limbs = False  # places are named by the pieces that they are of, which a round makes into one
        self.again = -1  # where `from * to *` last stands; see `repeats.marks`
        self.told: tuple[int, int, Declared] | None = None  # the declaration met last: looked ahead for, and then read
        self.starred: tuple[Item, ...] = ()  # what stood between two stars and was worked once
        self.held: tuple[int, int, tuple[int, int]] | None = None  # whose last loops are held back; see `drawn`

    def peek(self, ahead: int = 0) -> Token:
        return self.found[self.i + ahead]

    def at(self, first: str, *more: str) -> bool:
        """The next tokens are exactly these; `|` separates alternatives within one."""
        texts, i = self.texts, self.i
        if texts[i] not in _ALTERNATIVES[first]:
            return False
        for word in more:
            i += 1
            if texts[i] not in _ALTERNATIVES[word]:
                return False
        return True

    def skip(self, first: str, *more: str) -> bool:
        """Pass over these tokens, if they stand here."""
        texts, i = self.texts, self.i
        if texts[i] not in _ALTERNATIVES[first]:
            return False
        for word in more:
            i += 1
            if texts[i] not in _ALTERNATIVES[word]:
                return False
        self.i = i + 1
        return True

    def number(self) -> int | None:
        token = self.found[self.i]
        if token.kind != "n":
            return None
        self.i += 1
        return token.value

    @property
    def start(self) -> int:
        return self.found[self.i].start

    @property
    def end(self) -> int:
        """Where the last token passed over ended."""
        return self.found[self.i - 1].end if self.i else 0

    def done(self) -> bool:
        return self.found[self.i].kind == "e"
