"""Seams and finishing: the closed lists of what `Joining:` and `Finishing:` lines may say."""

from __future__ import annotations

import re

from crochet.grammar.pattern import Span

_STITCH = (
    r"(?:flat )?(?:slip stitch|sl st|ss)|single crochet|double crochet|sc|dc|mattress stitch|whip ?stitch|sew|"
    r"crochet|weave|braid(?:ed)? join|flat join|flat braid|zig-?zag join|ladder stitch|invisible (?:seam|join|stitch)"
)
_WHERE = (
    r"through (?:the |both )?(?:back|front|both)? ?(?:loops?|lps?)(?: only)?|on the (?:right|wrong) side|"
    r"with (?:right|wrong) sides (?:together|facing)|blo|flo"
)
_SEAM = re.compile(
    rf"(?:(?:{_STITCH})(?: (?:the )?(?:squares?|motifs?|pieces?|sides?))?(?: together)?(?: (?:{_WHERE}))*"
    rf"|(?:{_WHERE})|(?:join|work|sew)?(?: ?(?:in|the|all))? ?rows(?: first)?"
    r"|(?:then )?(?:join )?(?:the )?(?:row to row|rows together|columns)"
    r"|(?:then )?(?:join )?(?:the )?(?:squares|rows|columns)(?: into (?:rows|strips))?(?: first)?"
    r"|join as you go(?: (?:in|on) the last (?:round|rnd|row)(?: of each (?:square|motif|piece))?)?)"
)
_END = (
    r"(?:weave|sew|darn)(?: in)?(?: all| the| any)?(?: loose| yarn)? ends|fasten off|(?:steam|wet|spray)? ?block"
    r"(?: (?:gently|lightly|to size|to measurements))?|steam lightly|press lightly(?: from the wrong side)?"
    r"|pin out(?: to size)?|leave to dry(?: flat)?|(?:let|lay flat to) dry(?: flat)?|cut (?:the )?yarn"
    r"|break (?:off )?yarn|sew (?:on )?(?:the |a |one )?(?:straps?|handles?|ties?|cords?|loops?)"
    r"(?: (?:in place|(?:to|along|inside) (?:the|a|each|one|both) (?:(?:top|lower|neck|side) )?"
    r"(?:edges?|sides?|ends?|corners?|back)))?"
)
_FINISHING = re.compile(rf"(?:then )?(?:{_END})")
_PARTS = re.compile(r"[^,.;]+")
_AND = re.compile(r"\s+and\s+")


def unread(kind: str, text: str, start: int) -> list[Span]:
    """The phrases of a joining (`seam`) or `finishing` line, from `start` on, that are on no list."""
    known = _SEAM if kind == "seam" else _FINISHING
    found: list[Span] = []
    for part in _PARTS.finditer(text, start):
        phrase = part[0].strip().lower()
        if not phrase or known.fullmatch(phrase):
            continue
        if all(known.fullmatch(one.strip()) for one in _AND.split(phrase)):
            continue
        at = part.start() + len(part[0]) - len(part[0].lstrip())
        found.append((at, at + len(phrase)))
    if not text[start:].strip():
        found.append((start, len(text)))
    return found
