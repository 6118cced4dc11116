"""Tokens: a row's words, numbers and signs, normalised, each with its place in the text.

Every replacement is one character for one, so an offset in the normalised text is an offset in the text sent.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SAME = str.maketrans(
    {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "–": "—", "―": "—", "‐": "-", "‑": "-", "−": "-", "×": "x",
     "’": "'", "‘": "'", "“": '"', "”": '"', "∗": "*", "＊": "*"}
)  # fmt: skip
_TOKEN = re.compile(r"(\d+)(st|nd|rd|th)\b|(\d+)|([^\W\d_]+)|(\*\*?|=>|[^\w\s]|_)")
_NUMBERS = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(), 1
    )
}
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
LARGEST = 1_000_000


class Token(NamedTuple):
    """`kind`: n (a number), o (an ordinal), w (a word), s (a sign), e (the end)."""

    kind: str
    text: str
    value: int
    start: int
    end: int


def lowered(text: str) -> str:
    """The text in lower case, sign by sign, so that no offset moves."""
    same = text.translate(_SAME)
    low = same.lower()
    return low if len(low) == len(same) else "".join(c.lower() if len(c.lower()) == 1 else c for c in same)


def _number(digits: str) -> int:
    return min(int(digits), LARGEST + 1) if len(digits) < 9 else LARGEST + 1


def tokens(text: str, start: int = 0) -> list[Token]:
    """The tokens of `text` from `start`; always one of kind `e` at the end."""
    low = lowered(text)
    found = []
    for m in _TOKEN.finditer(low, start):
        if m[1]:
            found.append(Token("o", m[0], _number(m[1]), m.start(), m.end()))
        elif m[3]:
            found.append(Token("n", m[0], _number(m[3]), m.start(), m.end()))
        elif m[4]:
            word = m[4]
            if word in _NUMBERS:
                found.append(Token("n", word, _NUMBERS[word], m.start(), m.end()))
            elif word in _ORDINALS:
                found.append(Token("o", word, _ORDINALS[word], m.start(), m.end()))
            else:
                found.append(Token("w", word, 0, m.start(), m.end()))
        else:
            found.append(Token("s", m[0], 0, m.start(), m.end()))
    found.append(Token("e", "", 0, len(low), len(low)))
    return found


class Reader:
    """A place in a list of tokens, moved on by what is recognised."""

    def __init__(self, text: str, found: list[Token], terms: str) -> None:
        self.text = text
        self.found = found
        self.terms = terms
        self.i = 0
        self.depth = 0

    def peek(self, ahead: int = 0) -> Token:
        return self.found[min(self.i + ahead, len(self.found) - 1)]

    def at(self, *words: str) -> bool:
        """The next tokens are exactly these; `|` separates alternatives within one."""
        return all(self.peek(k).text in word.split("|") for k, word in enumerate(words) if word != "||") and (
            self.peek().kind != "e"
        )

    def skip(self, *words: str) -> bool:
        """Pass over these tokens, if they stand here."""
        if not self.at(*words):
            return False
        self.i += len(words)
        return True

    def number(self) -> int | None:
        if self.peek().kind != "n":
            return None
        self.i += 1
        return self.peek(-1).value

    @property
    def start(self) -> int:
        return self.peek().start

    @property
    def end(self) -> int:
        """Where the last token passed over ended."""
        return self.found[self.i - 1].end if self.i else 0

    def done(self) -> bool:
        return self.peek().kind == "e"
