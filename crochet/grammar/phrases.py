"""Phrases: closed lists of words that mean one thing, however they are varied.

A phrase is written as words: `a|b` are alternatives, a final `?` may be missing, `#` is any number.
"""

from __future__ import annotations

from typing import NamedTuple

from crochet.grammar.tokens import Reader


class _Word(NamedTuple):
    texts: frozenset[str]
    optional: bool


class Phrases:
    """A list of phrases; the first of them that stands in a text is the one met."""

    def __init__(self, *phrases: str) -> None:
        self._by_first: dict[str, list[tuple[_Word, ...]]] = {}
        for phrase in phrases:
            words = tuple(_word(word) for word in phrase.split())
            for word in words:
                for first in word.texts:
                    self._by_first.setdefault(first, []).append(words)
                if not word.optional:
                    break

    @property
    def first(self) -> frozenset[str]:
        """The words that a phrase may begin with."""
        return frozenset(self._by_first)

    def skip(self, text: Reader) -> bool:
        """Pass over the longest phrase that stands here."""
        first = text.peek()
        here = self._by_first.get(first.text, [])
        if first.kind == "n":
            here = here + self._by_first.get("#", [])
        ends = [end for words in here if (end := _end(text, words))]
        if not ends:
            return False
        text.i = max(ends)
        return True

    def at(self, text: Reader) -> bool:
        """A phrase stands here."""
        at = text.i
        here = self.skip(text)
        text.i = at
        return here


def _word(written: str) -> _Word:
    optional = len(written) > 1 and written.endswith("?")
    return _Word(frozenset((written[:-1] if optional else written).split("|")), optional)


def _end(text: Reader, words: tuple[_Word, ...]) -> int | None:
    """Where the phrase ends that begins here; None: it does not stand here."""
    i = text.i
    for word in words:
        token = text.found[min(i, len(text.found) - 1)]
        if token.text in word.texts or ("#" in word.texts and token.kind == "n"):
            i += 1
        elif not word.optional:
            return None
    return i


def names_yarn(word: str) -> bool:
    """`A`, `MC`: one letter or one of the usual short names."""
    return (len(word) == 1 and word.isalpha() and word != "x") or word in ("mc", "cc")
