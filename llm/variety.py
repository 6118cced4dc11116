"""variety: how much sheets differ from each other: what they are of, and how many structures there are.

A structure is what is made: the counts of every row, how the pieces are laid, the border; no colours, words or sizes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from crochet import work

Structure = tuple[object, ...]


def structure(text: str) -> Structure:
    """What a sheet makes."""
    pieces = work.check(text)["pieces"]
    rows = [[(row["counts"], row["spaces"]) for row in piece["rows"]] for piece in pieces]
    return repr(rows), _said(text, "Layout").partition(", ")[2].partition(",")[0]


def statistics(texts: Sequence[str]) -> str:
    """Shares of kinds, things, layouts, plans of colours, terms and rounds; how many structures there are."""
    structures = Counter(structure(text) for text in texts)
    hundreds = [texts[i : i + 100] for i in range(0, len(texts) - 99, 100)]
    distinct = [len({structure(text) for text in hundred}) for hundred in hundreds]
    most = structures.most_common(1)[0][1] if structures else 0
    tables = {
        "motif": [_said(text, "Motif") for text in texts],
        "item": [_said(text, "Item") for text in texts],
        "layout": [_layout(text) for text in texts],
        "colour plan": [_colour_plan(text) for text in texts],
        "terms": [_said(text, "Terms") for text in texts],
        "rounds": [str(len(_letters(text))) for text in texts],
        "border rounds": [str(len(re.findall(r"^Border Rnd ", text, re.MULTILINE))) for text in texts],
    }
    lines = [f"{name}: {_shares(values)}" for name, values in tables.items()]
    lines.append(f"distinct structures: {len(structures)} of {len(texts)}")
    lines.append(f"in a hundred sheets, least: {min(distinct, default=len(structures))}")
    lines.append(f"the most frequent structure: {100 * most / max(1, len(texts)):.2f} %")
    return "\n".join(lines) + "\n"


def _shares(values: Sequence[str]) -> str:
    found = Counter(values).most_common()
    return f"{len(found)}: " + ", ".join(f"{value} {100 * n / len(values):.1f} %" for value, n in found)


def _said(text: str, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", text, re.MULTILINE)
    return found[1] if found else ""


def _layout(text: str) -> str:
    said = _said(text, "Layout")
    return said.split(", ")[1] if ", " in said else said


def _letters(text: str) -> str:
    """The yarns of the first piece's rounds."""
    first = text.partition("\nPiece: ")[2].partition("\nPiece: ")[0]
    return "".join(re.findall(r"^R(?:nd|ow) \d+ \(([A-F])\)", first, re.MULTILINE))


def _colour_plan(text: str) -> str:
    """How the yarns follow each other, as a maker would see it."""
    letters = _letters(text)
    if len(set(letters)) < 2:
        return "one yarn"
    changes = sum(one != other for one, other in pairwise(letters))
    if changes == 1:
        middle = len(letters) - len(letters.lstrip(letters[0]))
        return "an edge or a middle" if middle in (1, len(letters) - 1) else "two blocks"
    if changes == len(letters) - 1:
        again = letters.find(letters[0], 1)
        return (
            "in turn" if again > 0 and letters == (letters[:again] * len(letters))[: len(letters)] else "no two alike"
        )
    return "blocks" if changes < len(set(letters)) else "mixed"
