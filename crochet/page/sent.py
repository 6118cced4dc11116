"""Sent: a text as it was sent and as it is read, with the place of every character.

A paste brings entities, tags, zero-width signs, words broken over two lines, bold labels and tables. They are put
right before anything is read; what is found is told in places of the text sent.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crochet.grammar.pattern import Span

# The dot of a short name, told from the end of a sentence by what goes on: `2nd ch. from hook`, `d.c. into next tr.`
_GOES_ON = (
    r"(?=[ ](?:from|of|throughout|total|counts?|sps?|spaces?|loops?|lps?|in|into|to|over|between|across|around|at|on"
    r"|and|together|next|last)\b"
    r"|[ ][(](?:to|counts?|for)\b|[),;])"
)
_ODD = re.compile(
    rf"""
    (?P<entity>&(?:\#\d{{1,6}}|\#[xX][0-9a-fA-F]{{1,5}}|[a-zA-Z]{{2,8}});)
  | (?P<end></?(?:br|p|li|div|tr|h[1-6]|ul|ol|table)\b[^<>\n]{{0,200}}>)
  | (?P<tag></?(?:b|strong|em|i|u|span|a|td|th|tbody|thead|font|sup|sub)\b[^<>\n]{{0,200}}>)
  | (?P<none>(?<=\b[sS][lL])\.(?=[ ]?[sS][tT]\b)|(?<=\b[sS])\.(?=[sS]\.)|(?<=\b[sS]\.[sS])\.
    |(?<=\b(?:ch|st|sp|tr|dc|sc|lp))\.{_GOES_ON}|(?<=\b(?:chs|sts|sps|lps|htr|hdc|dtr|rep|Rep))\.{_GOES_ON}
    |(?<=\b[sS][lL]\.[ ][sS][tT])\.(?=[ ][a-z])
    |\u00ad\r?\n|[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff])
  | (?P<line>\r\n?|[\u2028\u2029\x0b\x0c\x85])
  | (?P<broken>(?<=[a-z])-[ ]?\r?\n[ \t]{{0,40}}(?=[a-z]))
  | (?P<escaped>\\(?=[*_#()\[\]-]))
  | (?P<wide>(?<=[^\s|])[ ]{{2,}}(?=[^\s|]))
  | (?P<other>[\u00a0\u2000-\u200a\u202f\u2070-\u209c\u02b0-\u02ff\u1d2c-\u1d6a\ufb00-\ufb06\uff01-\uff5e\u3000])
  | (?P<bracket>[\u3008-\u3011\u3014-\u301b])
    """,
    re.VERBOSE,
)
_MAY_BE_ODD = re.compile(
    r"[&<\\\r\x0b\x0c\x85\xa0\xad\u02b0-\u02ff\u1d2c-\u1d6a\u2000-\u200f\u2028-\uffff]|[a-z]- ?\n|  |[lLhtprc]\."
)
# Compounds that keep their hyphen where a line ends in it; other words are put together again.
_COMPOUND = re.compile(r"\b(?:ch|chain|half|right|wrong|sl|front|back|double|treble|single|v|x|set|join|rnd|turning)\Z")


@dataclass(frozen=True, slots=True)
class Sent:
    """Words, and the place of each of their characters in the text `sent`. `wide`: where more than one was sent."""

    text: str
    places: Sequence[int]
    sent: str
    wide: Mapping[int, int] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        """Where the words from `start` to `end` stand in the text sent."""
        last = len(self.places) - 1
        if last < 0:
            return (0, 0)
        if end <= start:
            at = self.places[start] if start <= last else self._end(last)
            return (at, at)
        a, b = self.places[min(start, last)], self._end(min(end, last + 1) - 1)
        if isinstance(self.places, range) or b > a:
            return (a, b)
        return (a, max(self._end(i) for i in range(start, min(end, last + 1))))  # its last words were moved there

    def whole(self) -> Span:
        """Where all of it stands."""
        if isinstance(self.places, range):
            return self.span(0, len(self.text))
        return (min(self.places, default=0), max((self._end(i) for i in range(len(self.places))), default=0))

    def _end(self, i: int) -> int:
        return self.wide.get(self.places[i], self.places[i] + 1)

    def part(self, start: int, end: int) -> Sent:
        return Sent(self.text[start:end], self.places[start:end], self.sent, self.wide)

    def edited(self, edits: Iterable[tuple[int, int, str]]) -> Sent:
        """With other words at some places, in order: `(start, end, new)`. New words stand where the old did."""
        words: list[str] = []
        places: list[int] = []
        wide = dict(self.wide)
        done = 0
        for start, end, new in edits:
            if start < done:
                continue
            words.append(self.text[done:start])
            places += self.places[done:start]
            done = end
            if new:
                if end == start:  # a bracket belongs to what it closes, other signs to what they stand before
                    start, end = (start - 1, start) if new[0] in ")]" and start else (start, start + 1)
                a, b = self.span(start, end)
                words.append(new)
                places += [a] * len(new)
                if b > a + 1:
                    wide[a] = b
        words.append(self.text[done:])
        places += self.places[done:]
        return Sent("".join(words), places, self.sent, wide)


def joined(parts: Sequence[Sent]) -> Sent:
    """Lines put together, each after the end of the one before."""
    if len(parts) == 1:
        return parts[0]
    words: list[str] = []
    places: list[int] = []
    for part in parts:
        if places:
            words.append("\n")
            places.append(places[-1])
        words.append(part.text)
        places += part.places
    return Sent("".join(words), places, parts[0].sent, parts[0].wide)


def as_read(text: str) -> Sent:
    """A text as it is read: with the signs of a paste put right."""
    found = Sent(text, range(len(text)), text)
    if _MAY_BE_ODD.search(text):
        found = _changed(found, _ODD, _plain)
    return found


def _changed(text: Sent, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str | None]) -> Sent:
    edits = [(m.start(), m.end(), to) for m in pattern.finditer(text.text) if (to := new(m)) is not None]
    return text.edited(edits) if edits else text


def _plain(m: re.Match[str]) -> str | None:
    """What stands for a sign of a paste; None: it stays."""
    if m["entity"]:
        plain = html.unescape(m[0])
        return None if plain == m[0] else "" if plain in "\xad\u200b\u200c\u200d" else plain
    if m["end"] or m["line"]:
        return "\n"
    if m["broken"]:
        return "-" if _COMPOUND.search(m.string, max(0, m.start() - 8), m.start()) else ""
    if m["wide"]:
        return " "
    if m["bracket"]:
        return "[" if unicodedata.category(m[0]) == "Ps" else "]"
    if m["other"]:
        plain = unicodedata.normalize("NFKC", m[0])
        return plain if plain != m[0] else None
    return ""
