"""Terms: whether a text is written in US or UK terms.

Strongest first: a statement; `sc`, `hdc` are US, `htr` is UK; `ch 3 (counts as tr)` is UK, `as dc` US; `ss` weak.
"""

from __future__ import annotations

import re

from crochet.tokens import lowered

_SAYS = re.compile(r"\b(us|uk|american|british)\s+(?:crochet\s+)?(?:terms|terminology)|terms\s*:\s*(us|uk)\b")
_US = re.compile(r"\b\d*\s*(?:sc|hdc)(?:\d?tog|s)?\b|single crochet|half double")
_UK = re.compile(r"\b\d*\s*htr\b|half treble")
_START = re.compile(r"ch\W{0,2}3\W{1,3}counts as (?:a |first |the first )*(dc|tr)\b")
_WEAK_UK = re.compile(r"\bss\b|\d\s?ch-sp")
_STITCH = re.compile(r"\b(?:\d*\s?(?:dc|sc|hdc|tr|htr|dtr|sl st|ss|ch)\b)")


def detect(text: str) -> str | None:
    """`us` or `uk`; None: the text shows neither."""
    low = lowered(text)
    if m := _SAYS.search(low):
        return "uk" if (m[1] or m[2]) in ("uk", "british") else "us"
    us, uk = bool(_US.search(low)), bool(_UK.search(low))
    if us != uk:
        return "us" if us else "uk"
    if m := _START.search(low):
        return "uk" if m[1] == "tr" else "us"
    return "uk" if not us and _WEAK_UK.search(low) else None


def names_stitches(line: str) -> bool:
    """The line speaks of stitches."""
    return bool(_STITCH.search(lowered(line)))
