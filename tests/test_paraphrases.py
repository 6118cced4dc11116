"""The same row in other words: what designers write in place of each other must all be read, and read the same."""

import re
from pathlib import Path

import pytest

from crochet import work

PATTERNS = Path(__file__).parent / "patterns"
TEXTS = [path.read_text() for room in ("good", "pages") for path in sorted((PATTERNS / room).glob("*.txt"))]
TEXTS = [text for text in TEXTS if "s.c." not in text]
MOST = 14  # texts a paraphrase is tried on
COUNT = r"(?m)(?<!\d)\.? \((\d[^()]*)\)\.?$"
JOIN = r"(?mi), join(?=[.,;)\s]*(\(|$))"
LABEL = r"(?m)^(Rnd|Row|Round) (\d+):"
STAR = r"\*([^*;()]{4,200}); rep from \* 2 more times"


def ordinal(m):
    n = int(m[2])
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(0 if n in (11, 12, 13) else n % 10, 'th') } {m[1].lower()}:"


PARAPHRASES = [
    *((COUNT, new) for new in (" — \\1.", " - \\1.", "–\\1.", "—\\1", ". \\1.", " = \\1", " [\\1]", " {\\1}")),
    *((COUNT, new) for new in (" (\\1)", ". (\\1 total)", ". You will have \\1.", "—\\1. Fasten off.")),
    *((JOIN, new) for new in (", join with sl st to first st", ", sl st to join", ". Sl st in first st to join")),
    *((JOIN, new) for new in ("; join rnd with sl st in beg st", ". Join with ss", ", join with sl st to beg")),
    (r", join\b", "; join"), (r", join\b", " and join"), (r", turn\b", ". Turn"), (r", turn\b", "; turn"),
    *((LABEL, new) for new in (ordinal, r"\1 \2.", r"\1 \2 -", r"\1 \2)", r"R\2:", r"**\1 \2:**", r"• \1 \2:")),
    (LABEL + " ", "\\1 \\2:\n"), (LABEL, r"\1 \2"),
    *((r"rep from \*", new) for new in ("repeat from *", "rep from first *", "rep *")),
    *((STAR, new) for new in (r"[\1] 3 times", r"(\1) x 3", r"(\1) x3", r"*\1*, rep between * and * 2 more times")),
    *((r"(\d+) more times", new) for new in (r"\1 times more", r"another \1 times", r"\1x more")),
    (r"(?m)(?<!\d)\.? \((\d+ \w+), (\d+ ch-\d sps)\)\.?$", r". \1. \2."),
    (r"2 more times", "twice more"), (r"2 more times", "for a total of 3 times"),
    *((r"\bin (?=next|same|first|last|ring)", new) for new in ("into ", "in the ", "into the ")),
    *((r"\baround\b(?=[,;.]| \()", new) for new in ("all around", "around the round", "to end of rnd")),
    *((r"\bacross\b(?=[,;.]| \()", new) for new in ("to end of row", "to the end", "across the row")),
    *((r"\bch (\d+)\b", new) for new in (r"ch\1", r"chain \1", r"ch-\1")),
    *((r"\bch-(\d) (sps?)\b", new) for new in (r"\1-ch \2", r"ch\1 \2", r"ch\1\2")),
    (r"\bch-(\d) sp\b", r"chain-\1 space"), (r"\bsp\b", "space"), (r"\bsts\b", "stitches"),
    (r"\b(\d+) (sc|dc|hdc|tr)\b", r"\1\2"), (r"in next (\d+) (sts|sc|dc|hdc)", r"in each of the next \1 \2"),
    (r"\b2 (sc|dc|hdc) in next st\b", r"\1 twice in next st"), (r"\bskip\b", "sk"), (r" and ", " & "),
    *((r"\bsl st\b", new) for new in ("slst", "sl. st", "slip stitch")), (r"\bsc\b(?![^()\n]*:)", "single crochet"),
    *((r"(?<!a )\bmagic ring\b", new) for new in ("MR", "adjustable ring", "a magic circle")),
    *((r", join to form ring", new) for new in (", sl st to form ring", " and join into a ring with a sl st")),
    *((r" \(counts as dc\)", new) for new in (" (counts as 1st dc here and throughout)", ", counts as first dc")),
    (r"in each (dc|sc|st)\b", r"in each \1 of prev row"), (r"(?<=\w) (?=\w)", "  "), (r"(?m)$", " "),
    (" ", "\u00a0"),
]  # fmt: skip


def rows(text):
    return [(piece["key"], row) for piece in work.check(text)["pieces"] for row in piece["rows"]]


@pytest.mark.parametrize(("said", "new"), PARAPHRASES)
def test_a_row_that_adds_up_does_so_in_other_words(said, new):
    changed = [(text, re.sub(said, new, text)) for text in TEXTS if re.search(said, text)]
    step = max(1, len(changed) // MOST)
    lost = []
    for text, other in changed[::step]:
        told = rows(other)
        ok = sum(row["verdict"] == "ok" for _, row in rows(text))
        wrong = [row["text"] for _, row in told if row["verdict"] != "ok"]
        lost += wrong if sum(row["verdict"] == "ok" for _, row in told) < ok else []

    assert changed
    assert lost == []
