"""Phrases: closed lists of words that mean one thing, however they are varied.

A phrase is written as words: `a|b` are alternatives, a final `?` may be missing, `#` is any number. A list is read word
by word, all of its phrases at once: what may follow the words met so far is worked out when they are first met.
"""

from __future__ import annotations

from typing import NamedTuple

from crochet.grammar.tokens import Reader, is_number


class _Word(NamedTuple):
    texts: frozenset[str]
    optional: bool


_Rest = tuple[_Word, ...]  # what is left of a phrase


class Phrases:
    """A list of phrases; the longest of them that stands in a text is the one met."""

    def __init__(self, *phrases: str) -> None:
        self._begun = _Begun(tuple(tuple(_word(word) for word in phrase.split()) for phrase in phrases))

    @property
    def first(self) -> frozenset[str]:
        """The words that a phrase may begin with."""
        return frozenset(self._begun.goes_on())

    def end(self, text: Reader) -> int:
        """Where the longest phrase that stands here ends; 0: none does."""
        texts, i, begun, end = text.texts, text.i, self._begun, 0
        while True:
            after = begun.after or begun.goes_on()
            word = texts[i]
            if word not in after:
                if "#" not in after or text.found[i].kind != "n":
                    return end
                word = "#"
            begun = after[word]
            i += 1
            if begun.whole:
                end = i

    def skip(self, text: Reader) -> bool:
        """Pass over the longest phrase that stands here."""
        end = self.end(text)
        if end:
            text.i = end
        return end > 0

    def at(self, text: Reader) -> bool:
        """A phrase stands here."""
        return self.end(text) > 0


class _Begun:
    """Phrases of which the same words have been met: what is left of each, and by which words they go on."""

    __slots__ = ("after", "rests", "whole")

    def __init__(self, rests: tuple[_Rest, ...]) -> None:
        self.rests = rests
        self.whole = any(all(word.optional for word in rest) for rest in rests)
        self.after: dict[str, _Begun] | None = None

    def goes_on(self) -> dict[str, _Begun]:
        if self.after is None:
            self.after = {word: _Begun(tuple(left.values())) for word, left in _by_next(self.rests).items()}
        return self.after


def _by_next(rests: tuple[_Rest, ...]) -> dict[str, dict[int, _Rest]]:
    """For each word that may come next, what is then left of each phrase that it belongs to."""
    found: dict[str, dict[int, _Rest]] = {}
    for k, rest in enumerate(rests):
        for i, word in enumerate(rest, 1):
            for text in word.texts:
                found.setdefault(text, {}).setdefault(k, rest[i:])
            if not word.optional:
                break
    for text in [text for text in found if is_number(text)]:
        for k, left in found.get("#", {}).items():
            found[text][k] = max(left, found[text].get(k, ()), key=len)
    return found


def _word(written: str) -> _Word:
    optional = len(written) > 1 and written.endswith("?")
    return _Word(frozenset((written[:-1] if optional else written).split("|")), optional)


def names_yarn(word: str) -> bool:
    """`A`, `MC`: one letter or one of the usual short names."""
    return (len(word) == 1 and word.isalpha() and word != "x") or word in ("mc", "cc", "ca", "cb", "cd", "ce")
