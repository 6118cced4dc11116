"""The corpus: sheets made by formula, and worked by the checker, which counts by places."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from llm import brief, corpus, families
from llm.families import FAMILIES
from llm.lexicon import themes
from llm.plan import plan

ORDER = re.compile(
    r"Title: .+\nItem: .+\nPalette: .+\n(?:[A-F]: [^#\n]+ #[0-9A-F]{6}\n){1,6}Terms: (?:US|UK)\n(?:Note: [a-z-]+ .+\n)*"
    r"Yarn: .+\nHook: [\d.]+ mm\nGauge: \d+ (?:dc|tr) = 4 in\nMotif: [a-zV-]+(?: [a-z-]+)*\n"
    r"Layout: (?:one piece|\d+ rows of \d+, (?:one kind|[a-z]+, [A-F] and [A-F] exchanged))\n"
    r"About: .+\nPiece: [A-Z][A-Za-z -]+\n"
    r"(?:(?:Rnd|Row) \d+ \([A-F]\): .+\n)+(?:Joining \([A-F]\): .+\n)?"
    r"(?:Border Rnd \d \([A-F]\): .+\n){0,3}"
    r"(?:Piece: [A-Z][a-z]+(?:, make \d+)?\n(?:Row \d \([A-F]\): .+\n)+)?Finishing: .+\nEnd\.\n"
)


@cache
def sheets() -> list[tuple[brief.Brief, str]]:
    return list(corpus.pairs(11, 300))


def test_the_same_seed_draws_the_same_sheets() -> None:
    assert list(corpus.pairs(11, 20)) == sheets()[:20]
    assert list(corpus.pairs(12, 20)) != sheets()[:20]


def test_every_sheet_has_its_lines_in_order() -> None:
    assert [text for _, text in sheets() if not ORDER.fullmatch(text)] == []


def test_every_row_of_every_sheet_adds_up_by_the_checker() -> None:
    assert [(text, fault) for _, text in sheets() if (fault := corpus.disagreement(text))] == []


def test_no_line_is_longer_than_a_worker_reads() -> None:
    assert max(len(line) for _, text in sheets() for line in text.splitlines()) <= 400


def test_no_two_sheets_are_alike_and_no_structure_is_common() -> None:
    assert len({text for _, text in sheets()}) == len(sheets())
    structures = Counter(structure(text) for _, text in sheets())
    assert len(structures) >= 0.8 * len(sheets())


def structure(text: str) -> tuple[str, ...]:
    """What is made: counts round by round, layout and border; no colours, no words of the wish."""
    lines = text.splitlines()
    return tuple(
        re.sub(r"\b[A-F]\b", "", line) for line in lines if line.startswith(("Layout", "Rnd", "Row", "Border"))
    )


def test_the_rounds_asked_for_are_the_rounds_written() -> None:
    for asked, text in sheets():
        if asked.rounds:
            first = text.split("\nPiece: ")[1]
            assert len(re.findall(r"^R(?:nd|ow) ", first, re.MULTILINE)) == asked.rounds


def test_only_declared_yarns_are_used() -> None:
    for _, text in sheets():
        declared = set(re.findall(r"^([A-F]): ", text, re.MULTILINE))
        assert set(re.findall(r"\(([A-F])\): |[Jj]oin ([A-F]) |[Aa]ttach ([A-F]) ", text)) or declared
        used = {letter for found in re.findall(r"^\w[\w ]*\(([A-F])\): ", text, re.MULTILINE) for letter in found}
        assert used <= declared


def test_a_fifth_is_in_uk_terms_and_names_no_us_stitch() -> None:
    uk = [text for _, text in sheets() if "\nTerms: UK\n" in text]

    assert 0.1 < len(uk) / len(sheets()) < 0.35
    for text in uk:
        assert not re.search(r"\b(?:hdc|sk)\b", text[text.index("\nPiece:") :])


def test_every_family_and_items_enough_are_drawn() -> None:
    assert len({text.splitlines()[1] for _, text in sheets()}) >= 12
    drawn = {families.of(text.splitlines()).name for _, text in corpus.pairs(3, 900)}
    assert drawn == set(FAMILIES)


def test_a_theme_held_out_is_in_no_sheet() -> None:
    held = {theme.name for theme in corpus.themes(held_out=True)}

    assert len(held) >= 20
    assert held | {theme.name for theme in corpus.themes(held_out=False)} == set(themes())


def test_the_brief_of_a_sheet_leads_to_its_head() -> None:
    for asked, text in sheets()[:50]:
        decided = plan(asked)
        assert text.startswith(f"Title: {decided.title}")
        assert [f"{letter}: {name} {code}" for letter, name, code in decided.colours] == re.findall(
            r"^[A-F]: .+$", text, re.MULTILINE
        )
