"""Text: a whole published text in its lines: rows, heads of pieces, notes, and what stands between them.

A row runs on to the next label, heading or blank line. Lines may be broken anywhere, be bullets, or hold several rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from crochet.grammar.tokens import lowered
from crochet.page import decorations, folds, headings, labels, markdown, prose, sheet
from crochet.page.headings import Heading, Section
from crochet.page.labels import Label
from crochet.page.sent import Sent, as_read, joined

_BULLET = re.compile(r"\s*(?:[-–—•▪●○◦‣·✓✔☐□➤►▶★☆♥❤♡>]+|\[[ xX]?\])\s*")
_STAR = re.compile(r"\s*\*(?=[\s.—–-])\s*")
_STEP = re.compile(r"\s*\d{1,3}[.)]\s+")
_HASH = re.compile(r"\s*#{1,6}\s+")
_NUMBERED = re.compile(r"\s*(\d{1,3})(?:\s?[-–]\s?(\d{1,3}))?\s?[.):](?!\d)\s*")
_RULE = re.compile(r"[|:\s_=*~.-]+")
_ENDED = (".", "!", ")", "]", "}", "?", ":")
_GOES_ON = re.compile(r"\b(?:rep|repeat|from|in|into|to|and|the|next|each|of|work)\Z", re.IGNORECASE)
_A_COUNT = re.compile(r"\s*[-–—=(\[{→/]*\s*\d{1,4}\s*[a-z -]{0,20}[)\]}.]*\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prose:
    """Words that are no row. `section`: what they are about; empty: the pattern itself."""

    section: str


Said = sheet.Line | Heading | Section | Prose


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of a text is, and its words with their places."""

    said: Said
    words: Sent


def lines(sent: str) -> list[Line]:
    """The lines of a whole text, in order."""
    text = folds.unfolded(markdown.plain(decorations.plain(as_read(sent))))
    reading = _Reading(text, _is_numbered(text.text), _width(text.text))
    at = 0
    for raw in text.text.split("\n"):
        reading.line(at, at + len(raw))
        at += len(raw) + 1
    reading.close()
    return reading.found


def _is_numbered(text: str) -> bool:
    """Rows are numbered lines, `1. 6 sc in MR`: none has a label in words, and at least two follow each other."""
    last, follow = 0, 0
    for raw in text.split("\n"):
        step = _STEP.match(raw)
        if labels.label(_without_bullet(raw)) or (step and labels.label(raw, step.end())):
            return False
        m = _NUMBERED.match(raw)
        if m and headings.works(raw[m.end() :]):
            follow += int(m[1]) == last + 1
            last = int(m[2] or m[1])
    return follow >= 2


def _width(text: str) -> int:
    """How wide the lines are that were broken at a width; 0: none were, as no line goes on from a long one."""
    raws = [raw.rstrip() for raw in text.split("\n")]
    long = sorted(len(raw) for raw in raws if len(raw) > 30)
    if len(long) < 4 or long[-1] > 120 or not any(_broken(a, b) for a, b in pairwise(raws)):
        return 0
    return long[len(long) * 9 // 10]


def _broken(line: str, following: str) -> bool:
    """A line was broken: the next one goes on in the middle of its sentence."""
    return len(line) > 30 and not line.endswith((*_ENDED, ";")) and following[:1].islower()


def _without_bullet(raw: str) -> str:
    m = _BULLET.match(raw) or _STAR.match(raw)
    return raw[m.end() :] if m else raw


@dataclass(slots=True)
class _Reading:
    """The lines found so far, and the row or paragraph that is open."""

    text: Sent
    numbered: bool
    width: int
    found: list[Line] = field(default_factory=list)
    section: str = ""
    within: str | None = None  # the section of one paragraph, begun on its first line
    label: Label | None = None
    parts: list[Sent] = field(default_factory=list)
    blank: bool = True
    torn: bool = False
    bullet: bool = False

    def line(self, start: int, end: int) -> None:
        """One line as it stands in the text."""
        raw = self.text.text[start:end]
        if headings.is_furniture(raw):
            if not raw.strip():
                self.blank = True
            elif _RULE.fullmatch(raw):
                self.close()
            else:
                self.torn = True
            return
        if self.blank and not self._waits():
            self.close()
        bare = start + len(raw) - len(raw.lstrip())
        start = self._begins(start, raw)
        self.bullet = start > bare
        raw = self.text.text[start:end]
        first = None if self.parts and labels.mentions(self.parts[-1].text.rstrip()) else self._label(raw)
        starts = [(0, first)] if first else []
        starts += [one for one in labels.inside(raw) if not first or one[0] >= first.body]
        before = starts[0][0] if starts else len(raw)
        head = headings.within(raw, 0, before) if starts else before
        if head:
            self._words(start, start + head)
        if head < before:
            self._words(start + head, start + before)
        for i, (at, said) in enumerate(starts):
            till = starts[i + 1][0] if i + 1 < len(starts) else len(raw)
            head = headings.within(raw, at + said.body, till) if 0 < i + 1 < len(starts) else till
            self._row(said, start + at, start + head)
            if head < till:
                self._words(start + head, start + till)
        self.blank = self.torn = False

    def _waits(self) -> bool:
        """A row goes on after a gap: its label stands alone, or a page ended in the middle of it."""
        if self.label is None:
            return False
        return self._alone() or (self.torn and not self._ended())

    def _alone(self) -> bool:
        """Nothing stands behind the label yet."""
        return self.label is not None and len(self.parts) == 1 and not self.parts[0].text[self.label.body :].strip()

    def _begins(self, start: int, raw: str) -> int:
        """Where a line begins after its bullet: one before a label, or one of several that make a row."""
        m = _BULLET.match(raw)
        if m and not (self.label and _A_COUNT.match(raw)):
            return start + m.end()
        for pattern in (_STAR, _STEP, _HASH):
            m = pattern.match(raw) if pattern is not _STEP or not labels.label(raw) else None  # `2. row` is a label
            if m and (
                self._label(raw[m.end() :]) or (pattern is _STEP and self.label and not self.numbered and self._ended())
            ):
                return start + m.end()
        return start + len(raw) - len(raw.lstrip())

    def _label(self, raw: str) -> Label | None:
        m = _NUMBERED.match(raw) if self.numbered else None
        if m and headings.works(raw[m.end() :]):
            first = int(m[1])
            last = min(int(m[2] or first), first + labels.FURTHEST)
            numbers = tuple(range(first, last + 1)) or (first,)
            return Label(raw[: m.end()].strip(), first, numbers[-1], None, False, True, m.end(), numbers)
        return labels.label(raw)

    def _row(self, said: Label, start: int, end: int) -> None:
        self.close()
        self.label, self.parts = said, [self.text.part(start, end)]
        self.section, self.within = "", None

    def _words(self, start: int, end: int) -> None:
        """A line without a label: the head of something, or it goes on with what is open."""
        words = self.text.part(start, end)
        raw = words.text.strip()
        if not raw:
            return
        read = sheet.read_line(raw)
        if not isinstance(read, sheet.Unknown | sheet.RowLine):
            self.close()
            self.found.append(Line(read, words))
            return
        if self._begun(raw, words):
            return
        over = self._ended(raw)
        begun = self.blank or not self._alone()
        if self.label and over and begun and prose.leaves(raw, self.parts[-1].text):
            self.close()
        if self.within and over and raw[0].isupper():
            self.close()
        listed = self.bullet or (over and raw[0].isupper())
        before = self.parts[-1].text.rstrip() if self.parts else ""
        apart = listed and not before.endswith((*_ENDED, ",", ";")) and not _GOES_ON.search(before)
        if self.label and (apart or (raw[0].isalpha() and prose.totalled(before))):
            words = words.edited([(0, 0, ". ")])  # what stands on lines of its own is told one after another
        self.parts.append(words)

    def _begun(self, raw: str, words: Sent) -> bool:
        """The head of a section or a piece stands here."""
        if self.label and ((self._alone() and headings.works(raw)) or not (self._ended(raw) or self._ended())):
            return False
        wrapped = self.label is not None and not self._ended(raw)
        begins = headings.section(raw)
        if begins and not (wrapped and begins.inline):
            self._section(begins, words)
            return True
        head = headings.heading(raw, self.blank)
        if head is None or (wrapped and not (head.make > 1 or (raw.isupper() and not self.parts[-1].text.isupper()))):
            return False
        self.close()
        self.found.append(Line(head, words))
        self.section = "" if not head.plain else self.section
        return True

    def _section(self, begins: Section, words: Sent) -> None:
        self.close()
        if begins.inline is None:
            self.section = "" if begins.kind == "work" else begins.kind
            self.found.append(Line(begins, words))
        else:
            self.within = begins.kind
            self.parts.append(words)

    def _ended(self, following: str = "") -> bool:
        """What is open has come to an end: its sentence is over, or its line was not broken at a width."""
        if not self.parts:
            return True
        last = self.parts[-1].text.rstrip()
        full = bool(self.width) and len(last) + len(following.split(" ", 1)[0]) >= self.width
        if not following:
            return last.endswith(_ENDED) or prose.totalled(last)
        return not full and (
            last.endswith(_ENDED)
            or prose.totalled(last)
            or (following[0].isupper() and not last.endswith((",", "-", "(")))
        )

    def close(self) -> None:
        """What is open ends here."""
        parts, label = self.parts, self.label
        self.parts, self.label = [], None
        if label:
            self.found += _finished(label, parts)
        elif parts:
            section = self.section if self.within is None else self.within
            self.found.append(Line(Prose(section), joined(parts)))
        self.within = None


def _finished(label: Label, parts: list[Sent]) -> Iterator[Line]:
    """A row with all its lines, and the rows that its last sentences have worked again."""
    words = joined([parts[0], *_plain(parts)])
    lead = len(prose.spans(words.text[label.body :])) == 1 and prose.leads(words.text[label.body :])
    if label.firm == "\n" and not words.text[label.body :].strip():
        return  # a caption
    if label.border and not label.text[-1:].isdigit() and (not words.text[label.body :].strip() or lead):
        yield Line(Heading(label.text, edge=True), words.part(0, label.body))
        if lead:
            yield Line(Prose(""), words.part(label.body, len(words.text)))
        return
    ends = prose.again(words.text, label.body)
    if len(label.numbers) > 1 or label.many > 1:
        ends = min(ends, prose.fastened(words.text, label.body))  # only after the last of them
    yield _row_of(label, words.part(0, len(words.text[:ends].rstrip())))
    if ends < len(words.text):
        yield Line(Prose(""), words.part(ends, len(words.text)))


def _row_of(label: Label, words: Sent) -> Line:
    """The line of a row; a total told beside its label goes to its end, where others tell it, unless it is there."""
    body = label.body
    beside = words.text[slice(*label.count)] if label.count else ""
    told_there = labels.total_behind(words.text) in re.findall(r"\d+", beside)
    of_sizes = label.sizes and words.text.rstrip().endswith((")", "]", "}"))
    if label.count and not (told_there or of_sizes):
        told = words.part(*label.count)
        words = words.edited((i, i + 1, " ") for i in range(*label.count))
        words = Sent(
            f"{words.text} ({told.text})",
            [*words.places, told.places[0], told.places[0], *told.places, told.places[-1]],
            words.sent,
            words.wide,
        )
    return Line(sheet.row_line(words.text, replace(label, body=min(body, len(words.text)))), words)


def _plain(parts: list[Sent]) -> Iterator[Sent]:
    """The further lines of a row without their bullets: stars are bullets where nothing is repeated from them."""
    stars = [part for part in parts[1:] if _STAR.match(part.text)]
    said = "\n".join(part.text for part in parts)
    bullets = bool(stars) and (said.count("*") == len(stars) and not re.search(r"\brep", lowered(said)))
    bullets = bullets or any(re.match(r"\s*\*\s+\*", part.text) for part in stars)
    for part in parts[1:]:
        m = _STAR.match(part.text) if bullets else None
        yield part.edited([(0, m.end(), ". ")]) if m else part
