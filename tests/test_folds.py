"""Texts that lost their line breaks, as they come out of a field or a data set: the same rows are found in them."""

import re
from pathlib import Path

import pytest

from crochet import work

PATTERNS = Path(__file__).parent / "patterns"
# Without its lines nothing can tell a list's bullet from a repeat, or a table's cell from the next.
LINED = re.compile(r"(?m)^\s*[-*|>\[]|^\s*\d+[.)]|\S \| |\t|^(?:Title|Item):")
TEXTS = {path.stem: path.read_text() for room in ("good", "pages") for path in sorted((PATTERNS / room).glob("*.txt"))}
FOLDED = {name: text for name, text in TEXTS.items() if not LINED.search(text)}


def rows(text):
    return [row for piece in work.check(text)["pieces"] for row in piece["rows"]]


def folded(text):
    return " ".join(text.split())


@pytest.mark.parametrize("name", FOLDED)
def test_no_row_is_called_wrong_because_the_line_breaks_are_lost(name):
    assert [row["label"] for row in rows(folded(FOLDED[name])) if row["verdict"] == "error"] == []


def test_nearly_every_row_is_read_without_its_line_breaks():
    def read(text):
        return sum(row["verdict"] == "ok" for row in rows(text))

    assert sum(read(folded(text)) for text in FOLDED.values()) >= 0.97 * sum(map(read, FOLDED.values()))


def test_nearly_every_row_is_read_in_capitals():
    upper = [row for text in FOLDED.values() for row in rows(text.upper()) if "-\n" not in text]

    assert sum(row["verdict"] == "ok" for row in upper) >= 0.97 * len(upper)
    assert sum(row["verdict"] == "error" for row in upper) <= 1


def test_talk_behind_a_row_is_no_part_of_it():
    text = (
        "A bear. Head: Rnd 1: 6 sc in magic ring. (6) Rnd 2: Inc in each st around. (12) Stuff the head firmly. "
        "Ears (make 2): Rnd 1: 5 sc in magic ring. Leave a long tail. Finishing: Sew the ears to the head."
    )
    found = work.check(text, "us")

    assert [(piece["name"], piece["make"]) for piece in found["pieces"]] == [("Head", 1), ("Ears", 2)]
    assert [row["text"] for piece in found["pieces"] for row in piece["rows"]] == [
        "Rnd 1: 6 sc in magic ring. (6)", "Rnd 2: Inc in each st around. (12)", "Rnd 1: 5 sc in magic ring."
    ]  # fmt: skip
    assert found["verdict"] == "ok"


def test_what_opens_a_piece_is_no_part_of_its_name():
    first = "Rnd 1: 6 sc in magic ring. (6) Fasten off."
    text = f"{first} Strap: Ch 21. Row 1: Sc in 2nd ch from hook and in each ch across. (20 sc)"
    found = work.check(text, "us")

    assert [(piece["name"], piece["verdict"]) for piece in found["pieces"]] == [(None, "ok"), ("Strap", "ok")]


def test_rows_that_are_only_numbered_are_found_in_one_line():
    text = "Ball. 1. 6 sc in magic ring (6) 2. inc x 6 (12) 3. (sc, inc) x 6 (18) 4. sc in each st around (18)"

    assert [row["number"] for row in rows(text)] == [1, 2, 3, 4]


def test_a_sentence_between_stitches_stays_in_its_row():
    text = "Rnd 1: 6 sc in magic ring. Rnd 2: Inc in next 3 sts. Hum a tune. Inc in next 3 sts. (12) Rnd 3: Sc around."

    assert [row["verdict"] for row in rows(text)] == ["ok", "unchecked", "ok"]


@pytest.mark.parametrize("talk", ["don't forget your marker!", "- looking like a circle now", "Well done."])
def test_talk_behind_a_total_is_no_part_of_the_row(talk):
    found = rows(f"Rnd 1: MR, 6 sc (6)\nRnd 2: inc x 6 (12) {talk}\nRnd 3: (sc, inc) x 6 (18)")

    assert [row["verdict"] for row in found] == ["ok", "ok", "ok"]


def test_stitches_behind_a_total_are_no_talk():
    found = rows("Rnd 1: MR, 6 sc (6)\nRnd 2: inc x 6 (12) then sc around once more\nRnd 3: (sc, inc) x 6 (18)")

    assert found[1]["verdict"] != "ok"
