"""Headings: what a line is that is no row: the head of a piece or a section, a note, page furniture, prose.

heading = name ["(" "make" n ")"] [":"] | section [":" words]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crochet.grammar.tokens import lowered
from crochet.page import labels

LONGEST = 70
_SECTIONS = {
    "materials": r"materials?(?: needed| used)?|supplies|(?:what )?you(?:'ll| will)? need|what you need|yarns?|hooks?"
    r"|crochet hook|notions|tools|equipment|colou?rs?(?: used| key| guide| chart)?|contrast [a-f]|main colou?r|mc|cc",
    "gauge": r"gauge|tension|gauge swatch|stitch gauge",
    "size": r"sizes?|sizing|finished (?:size|measurements?|dimensions)|measurements?|dimensions"
    r"|approx(?:imate)? size|skill level|difficulty|level|experience",
    "notes": r"(?:(?:pattern|general|important|helpful|crochet|designer'?s?|special|author'?s?|quick) )?"
    r"(?:notes?|tips?|hints?)|n\.?b\.?|before you (?:begin|start)|important|please note|copyright|chart notes"
    r"|about(?: this pattern| the pattern)?|faq|disclaimer",
    "stitches": r"abbreviations?(?: used| key| list)?|abbrev(?:s|\.)?|terms|terminology|key|legend|glossary|us terms"
    r"|(?:crochet )?stitch(?:es)?(?: (?:key|guide|abbreviations|used|legend|explanations?|definitions?|glossary"
    r"|patterns?|list))|special (?:stitch(?:es)?|techniques?|abbreviations?|terms)(?: used)?|pattern stitch(?:es)?"
    r"|stitches|techniques?",
    "work": r"(?:(?:the|crochet|free|written|full) )*(?:pattern|instructions?|directions?|method)(?: begins?| starts?)?"
    r"|how to(?: make| crochet)?(?: it)?|let'?s (?:begin|start|get started|go)|(?:to )?(?:begin|start)|to make"
    r"|get started|(?:step|part|section) \w{1,6}",
    "finish": r"(?:to )?finish(?:ing)?(?: touches)?|assembl(?:y|ing|e)|(?:to )?(?:make|making) up|sewing(?: up)?"
    r"|(?:to )?join(?:ing)?(?: (?:the )?(?:squares|motifs|pieces|blocks))?|(?:to )?assemble|blocking|construction"
    r"|put(?:ting)? it (?:all )?together|seams?|seaming|weave in ends|layout|washing|care|after ?care",
}
_SECTION = {
    kind: re.compile(rf"(?:{names})(?:\s*\([^()\n]{{0,40}}\))?\s*(?:[:—-]|$)") for kind, names in _SECTIONS.items()
}
_EDGE = re.compile(
    r"(?:(?:the|outer|blanket|final|simple|main|outside) )*(?:border|edging|edge|trim)s?(?: instructions?| pattern)?"
)
COUNTS = tuple(labels.VALUES)[:20]
_MANY = rf"(?P<n>\d{{1,4}}|{'|'.join(COUNTS)})"
_MAKE = re.compile(
    rf"\s*[,:;—-]?\s*[(\[]?\s*(?:make|work|crochet|mk)\s+(?:a total of\s+)?{_MANY}\b(?:\s*x)?(?:\s*[a-z,]+){{0,6}}\s*"
    r"[)\]]?\s*[:.]?$|\s*[(\[]\s*(?:x\s*)?(?P<n2>\d{1,4})\s*x?\s*[)\]]\s*:?$|\s+x\s*(?P<n3>\d{1,3})\s*:?$"
)
_MAKES = re.compile(
    rf"(?:make|crochet|work)\s+(?:a total of\s+)?{_MANY}\s+(?:[a-z-]+\s+){{0,3}}?"
    r"(?:squares?|motifs?|blocks?|pieces?|hexagons?|of (?:these|them))\b|make\s+(?P<n2>\d{1,4})\s*\.?$"
)
_FURNITURE = re.compile(
    r"(?:page\s+)?\d{1,3}\s*(?:of|/)\s*\d{1,3}|page\s+\d{1,3}|\d{1,3}|[|:\s_=*~.•-]+|(?:https?:|www\.)\S+"
    r"|(?:©|\(c\)\s|copyright\b|all rights reserved).{0,200}|.{0,80}(?:©|all rights reserved).{0,120}"
    r"|(?:advertisement|pin (?:it|this|me)|share(?: this)?|print(?: this)?|save|like this|continue reading|read more"
    r"|photo|image|jump to recipe|\[?image.{0,60})",
)
_WITHIN = re.compile(
    r"(?:(?<=[.!)\]}] )|^)(?P<name>[A-Z]{3,}(?: [A-Z0-9]+){0,4})(?P<make> \((?:make|x) ?\w+\))?:?"
    r"(?=\s+[A-Z(][a-z]|\s*$)"
)
_COUNTED = re.compile(r"\d+ (?:sc|dc|ch)")
_LETTERS = re.compile(r"[^\W\d_]")
_CRAFT = re.compile(
    r"\b\d{0,3}(?:sc|dc|hdc|tr|htr|dtr|ss|slst|mr|inc|dec)s?(?:\d?tog)?\b|\bsl\.? ?st"
    r"|\b(?:magic|ch|chs|chain|sk|skip|miss"
    r"|rep|repeat|turn|join|sts?|stitch(?:es)?|sp|sps|inc|dec|invdec|cl|shell|picot|blo|flo"
    r"|times|around|twice|fpdc|bpdc|pc|next|rnds?|rounds?|rows?|same|each|loop|corner)\b"
    r"|^\s*\d{1,3} ?(?:[a-uwyz]|mc|cc)(?=,|\s*$)"  # `5W, 2P`
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a piece: its name, how many are made. `edge`: it goes around; `plain`: a line like a title."""

    name: str
    make: int = 1
    edge: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The head of a section. `inline`: its words begin on the same line, there."""

    kind: str
    inline: int | None = None


def is_furniture(line: str) -> bool:
    """A page number, an address, a line of signs: what stands on a page and says nothing."""
    low = line.strip().lower()
    return not low or (len(low) <= 200 and bool(_FURNITURE.fullmatch(low)))


def section(line: str) -> Section | None:
    """The section that a line begins; None: none."""
    low = lowered(line).strip(" \t#*_=~")
    for kind, names in _SECTION.items():
        m = names.match(low)
        if m:
            at = lowered(line).index(low) + m.end()
            return Section(kind, at if line[at:].strip(" \t*_#") else None)
    return None


def heading(line: str, alone: bool) -> Heading | None:
    """The piece that a line is the head of. `alone`: nothing stands right before it, so a title in words may be one."""
    said = line.strip(" \t*_=~\n")
    marked = said.startswith("#")
    said = said.lstrip("# ").strip("*_ ")
    if not said or len(said) > LONGEST or not _LETTERS.search(said):
        return None
    low = lowered(said)
    make = _MAKE.search(low)
    make = None if make and works(make[0]) else make
    name = said[: make.start()] if make else said
    ends = name.rstrip().endswith(":")
    name = name.strip(" :,-–—(")
    if not name or name[-1] in ".!?;," or len(name.split()) > 8:
        return None
    words = name.split()
    upper = name.isupper() and sum(c.isalpha() for c in name) >= 3
    edge = bool(_EDGE.fullmatch(lowered(name)))
    if not (make or marked or upper or edge):
        if works(name) or any(c in name for c in "*[]="):
            return None
        if not (ends and len(words) <= 5) and not (alone and len(words) <= 6 and _titled(words)):
            return None
    elif not marked and not upper and works(name) and (len(words) > 5 or _COUNTED.search(lowered(name))):
        return None
    n = (make["n"] or make["n2"] or make["n3"]) if make else "1"
    return Heading(name, number(n), edge, not (make or marked or upper or edge or ends))


def within(line: str, start: int, end: int) -> int:
    """Where, in words that run on to a first row, the head of its piece begins: `... (12). HEAD`; else the end."""
    found = end
    for m in _WITHIN.finditer(line, start, end):
        if not works(m["name"]) and heading(m["name"] + (m["make"] or ""), False):
            found = m.start("name")
    return found


def _titled(words: list[str]) -> bool:
    return all(word[0].isupper() or not word[0].isalpha() or len(word) <= 3 for word in words) and words[0][0].isupper()


def number(word: str) -> int:
    """`6`, `six`."""
    return max(1, labels.VALUES.get(word) or int(word))


def made(line: str) -> int | None:
    """`Make 48 squares.`: how many; None: the line does not say."""
    m = _MAKES.match(lowered(line).strip())
    return number(m["n"] or m["n2"]) if m else None


def works(words: str) -> bool:
    """The words speak of working stitches."""
    return bool(_CRAFT.search(lowered(words)))
