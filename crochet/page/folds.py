"""Folds: a text that lost its line breaks, or a line that runs on from a row into talk, broken where lines begin.

A line begins with a row's label or a bullet, with the head of a section or a piece, and where talk follows a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from crochet.grammar.tokens import lowered
from crochet.page import headings, labels, prose
from crochet.page.sent import Sent

SHORTEST = 24  # letters: a line as short as this holds one thing
_ENDS = re.compile(r"(?<=[.!?:)\]}\"”])[ \t\xa0]+(?=[\"“(\[*]*[A-Z0-9•·▪■●])")
_REMARKED = re.compile(r"(?<=[)\]}])(?:[ \t\xa0]+[-–—]+)?[ \t\xa0]+(?=[a-z])")
_TOTAL = re.compile(r"[(\[{]\d{1,4}[^()\[\]{}]*[)\]}]\Z")
_GOES_ON = re.compile(
    r"\s*(?:\d+|x ?\d+|ch|sc|dc|hdc|tr|htr|sts?|stitches|times|more|in|into|twice|around|across|to|and|for|each|all"
    r"|rep|single|double|treble|half)\b",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"(?:single|double|treble|half)\b", re.IGNORECASE)  # a stitch by its long name
_BULLET = re.compile(r"(?<=\S)[ \t\xa0]+(?=[•▪●○◦·✓➤►]\s*\S)")
_STEP = re.compile(r"[\W\d]*\Z")
_COUNTS = re.compile(r"[(\[{]\d|\b\d{1,4} (?:single|double|treble|triple|half)\b")
_AGAIN = re.compile(r"(?:as|same|rep|repeat|then|work|cont)\b", re.IGNORECASE)
_WORKED = re.compile(r"\bch-?\d|\*|\b(?:single|double|treble|triple) crochets?\b", re.IGNORECASE)
_NAME = r"(?:[A-Z][\w'’-]*|\d)(?: (?:[A-Z][\w'’-]*|\d{1,2}|of|and|the|for|with|&)){0,4}"
_HEAD = re.compile(
    rf"(?P<name>{_NAME})(?P<make> ?[(\[](?:make|x|mk|work) ?[^()\[\]]{{1,24}}[)\]])?(?P<colon>:)?(?=[ \t\xa0])"
)
_BEGINS = re.compile(
    r"[ \t\xa0]+(?:(?:with|using) [^.]{1,40}?,? )?(?:ch(?:ain)?[ -]?\d|make an?\b|magic\b|mr\b)", re.IGNORECASE
)
_SECTION = re.compile(
    r"(?<=[ \t\xa0])(?:materials?|supplies|gauge|tension|(?:pattern )?notes?|abbreviations|special stitch(?:es)?"
    r"|stitch (?:guide|key|glossary)|instructions|directions)(?=:|[ \t\xa0]+\S)"
)
_DEFINED = re.compile(r"(?<=[.)])[ \t\xa0]+(?=[A-Z][\w -]{2,40}(?:\([\w -]{1,12}\))? ?[:=])")
_NUMBER = re.compile(r"(?:(?<=\s)|\A)(\d{1,3})(?:[-–](\d{1,3}))?[.):][ \t\xa0]+(?=\S)")


def unfolded(text: Sent) -> Sent:
    """The text with a line break wherever a line begins in the middle of another."""
    breaks: list[int] = []
    at = 0
    for line in text.text.split("\n"):
        if len(line) > SHORTEST:
            breaks += (at + i for i in sorted(set(_within(line))))
        at += len(line) + 1
    return text.edited((i, i + 1, "\n") for i in breaks) if breaks else text


def _within(line: str) -> Iterator[int]:
    """The places of the spaces before which a line ends."""
    first = labels.label(line)
    starts = [(at, at + said.body) for at, said in labels.inside(line) if not first or at >= first.body]
    starts = [(0, first.body), *starts] if first else starts
    if not starts:
        yield from _numbered(line)
        return
    yield from _before(line, starts[0][0])
    yield from (m.start() for m in _BULLET.finditer(line))
    end = 0
    for (at, body), (till, _) in pairwise([*starts, (len(line), 0)]):
        if at and line[at - 1].isspace() and not _STEP.match(line, end, at):
            yield at - 1
        yield from _after(line, body, till)
        end = till


def _before(line: str, end: int) -> Iterator[int]:
    """Where, before the first row, sections and pieces begin, and definitions of stitches."""
    yield from (m.start() - 1 for m in _SECTION.finditer(lowered(line), 0, end) if line[m.start()].isupper())
    yield from (m.start() for m in _DEFINED.finditer(line, 0, end))
    yield from (m.end() - 1 for m in _ENDS.finditer(line, 0, end) if _is_head(line, m.end(), end))


def _after(line: str, start: int, end: int) -> Iterator[int]:
    """Where, behind the words of a row, a head stands, or talk in which nothing is worked."""
    ends = [m.end() for m in _ENDS.finditer(line, start, end) if _ended(line, m.start())]
    talk = True
    for at, till in reversed(list(pairwise([*ends, end]))):
        sentence = line[at:till]
        if _is_head(line, at, end):
            talk = True
            yield at - 1
            yield from _behind(line, at, end)
            continue
        talk = talk and sentence[0].isupper() and (_is_talk(sentence) or (till == end and prose.leads(sentence)))
        over = talk or (_TOTAL.search(line[:at].rstrip()[-60:]) and not _COUNTS.search(sentence))
        if over and not _AGAIN.match(sentence) and prose.leaves(sentence, line[start:at]):
            yield at - 1
    for m in _REMARKED.finditer(line, start, end):
        if _is_remarked(line, m, end):
            yield from range(*m.span())


def _is_remarked(line: str, m: re.Match[str], end: int) -> bool:
    """`(6) don't forget your marker!`: talk behind a total, though nothing in it begins a sentence."""
    words = line[m.end() : end]
    before = line[max(0, m.start() - 60) : m.start()]
    total = _TOTAL.search(before) and before.count("[") == before.count("]")  # not `[10 (12, 14) sc]`, of sizes
    talk = len(words.split()) > 1 and _is_talk(words) and not _SPELLED.match(words)
    return bool(total) and talk and prose.leaves(words, line[: m.start()])


def _is_talk(sentence: str) -> bool:
    return not (headings.works(sentence) or _WORKED.search(sentence) or _COUNTS.search(sentence))


def _ended(line: str, at: int) -> bool:
    """A sentence ends before `at`: a bracket ends one where it holds a total."""
    if line[at - 1] not in ")]}":
        return True
    goes_on = _GOES_ON.match(line, at)  # `next 5 (11) HDC`, `(2 DC, CH 2, 2 DC) IN NEXT CH-2 SP`
    return goes_on is None and bool(_TOTAL.search(line[max(0, at - 60) : at]))


def _is_head(line: str, at: int, end: int) -> bool:
    """The head of a section or a piece begins here: `Finishing: ...`, `Left Ear (make 2) Ch 5 ...`, `Border: ...`."""
    m = _HEAD.match(line, at, end)
    if m is None:
        return False
    label = labels.label(line, at)
    if label or headings.section(m[0]):
        return bool(m["colon"])
    firm = m["make"] or m["colon"] or m.end() >= end - 1
    begins = firm or _BEGINS.match(line, m.end())
    return bool(begins) and not headings.works(m["name"]) and headings.heading(m[0], False) is not None


def _behind(line: str, at: int, end: int) -> Iterator[int]:
    """`Strap: Ch 21.`: what opens a piece is no part of its name."""
    m = _HEAD.match(line, at, end)
    if m and m["colon"] and _BEGINS.match(line, m.end()) and not (labels.label(line, at) or headings.section(m[0])):
        yield m.end()


def _numbered(line: str) -> Iterator[int]:
    """Rows that are numbered only, `1. 6 sc in MR (6) 2. inc x 6 (12)`, counting up from the first."""
    following = 0
    found: list[int] = []
    for m in _NUMBER.finditer(line):
        if int(m[1]) == following + 1 and headings.works(line[m.end() : m.end() + 60]):
            found.append(m.start())
            following = int(m[2] or m[1])
    if following >= 3:
        yield from (at - 1 for at in found if at)
