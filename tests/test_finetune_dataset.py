"""What a Llama is tuned on: prompts as the worker sends them, sheets that answer them, rows to be written again."""

from __future__ import annotations

import hashlib
import json
import random
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from crochet import work
from llm import corpus
from llm.finetune import chat, dataset, slips
from llm.finetune.__main__ import main

PROMPTS = Path(__file__).parent / "prompts"
SHAPED = [path for path in sorted(PROMPTS.glob("llama3-*.json")) if not json.loads(path.read_text())["examples"]]
OPEN = "<|start_header_id|>assistant<|end_header_id|>\n\n"

ROUND_1 = (
    "Rnd 1 (A): Ch 4, join to form ring. Ch 3 (counts as dc), 2 dc in ring, ch 2, *3 dc in ring, ch 2; "
    "rep from * 2 more times, join. (12 dc, 4 ch-2 sps)"
)
HEAD = "Title: Sea\nItem: blanket\nPalette: as asked\nA: navy #000080\nTerms: US\nLayout: 3 rows of 4, one kind\n"
SHEET = f"{HEAD}Piece: Square\n{ROUND_1}\nFinishing: Weave in ends.\nEnd.\n"


@cache
def drawn() -> list[dataset.Example]:
    return list(dataset.examples(7, 100))


@cache
def repairs() -> list[dataset.Example]:
    return [one for one in drawn() if one.kind != "sheet"]


def sheet_of(one: dataset.Example) -> str:
    """The sheet that comes about when a model answers as the example does."""
    if one.kind == "sheet":
        return one.completion
    before = one.prompt.split(OPEN)[1].removesuffix("<|eot_id|>").partition("<|eot_id|>")[0]
    return f"{before}\n{one.prompt.rpartition(OPEN)[2]}{one.completion}"


@pytest.mark.parametrize("path", SHAPED, ids=lambda path: path.stem)
def test_a_prompt_is_word_for_word_the_workers(path: Path) -> None:
    made_of = json.loads(path.read_text())
    brief = (PROMPTS / f"{made_of['brief']}.txt").read_text()
    repair = chat.Repair(**made_of["repair"]) if made_of["repair"] else None

    assert chat.prompt(brief, made_of["sheet"], made_of["start"], repair) == path.with_suffix(".txt").read_text()


def test_every_answer_makes_a_whole_sheet_that_adds_up() -> None:
    for one in (*drawn()[:10], *repairs()):
        text = sheet_of(one)
        assert text.startswith("Title: ")
        assert text.endswith("\nEnd.")
        assert corpus.disagreement(text) == ""


def test_no_example_is_there_twice_and_as_many_as_asked_for() -> None:
    assert len(drawn()) == 100
    assert len({one.prompt for one in drawn()}) == len({one.completion for one in drawn()}) == 100


def test_the_same_seed_draws_the_same_and_another_draws_others() -> None:
    assert list(dataset.examples(7, 12)) == drawn()[:12]
    assert not set(dataset.examples(8, 12)) & set(drawn())


def test_no_palette_is_of_a_theme_that_is_kept_for_evaluation() -> None:
    kept_back = {theme.name for theme in corpus.themes(held_out=True)}
    labels = [re.search(r"(?m)^Palette: (?:near )?(.*)$", sheet_of(one)) for one in drawn()]

    assert all(label is not None and label[1] not in kept_back for label in labels)


def test_one_example_in_seven_is_a_row_to_be_written_again_of_more_than_one_kind() -> None:
    assert len(repairs()) == 15
    assert len({one.kind for one in repairs()}) >= 3


def test_a_row_to_be_written_again_does_not_add_up_and_is_told_why() -> None:
    for one in repairs():
        said = re.search(
            r"user<\|end_header_id\|>\n\n(.+)\nNot accepted\. (.+)\nWrite (.+) again and go on\.", one.prompt
        )
        assert said is not None
        wrong, finding, label = said.groups()
        assert wrong.startswith(f"{label} (")
        assert one.prompt.endswith(OPEN + label)
        right = sheet_of(one)
        start = right.index(f"\n{label} (") + 1
        end = right.index("\n", start)
        rows = [row for piece in work.check(f"{right[:start]}{wrong}\n")["pieces"] for row in piece["rows"]]
        assert right[start:end] != wrong
        assert rows[-1]["verdict"] != "ok"
        assert finding in [found["message"] for found in rows[-1]["findings"]]


def test_a_slip_is_one_change_in_a_row() -> None:
    kinds = Counter(kind for seed in range(30) for kind, _ in slips.changes(random.Random(seed), ROUND_1, "US"))

    assert kinds == {"declared count": 30, "number": 30, "stitch": 30, "chain dropped": 30}
    for seed in range(30):
        for _, wrong in slips.changes(random.Random(seed), ROUND_1, "US"):
            assert wrong != ROUND_1
            assert wrong.startswith("Rnd 1 (A): ")


def test_a_stitch_of_uk_terms_is_taken_for_its_uk_neighbour() -> None:
    row = "Rnd 1 (A): Ch 4, join. Ch 3, 11 tr in ring, join."
    wrong = {
        text for seed in range(9) for kind, text in slips.changes(random.Random(seed), row, "UK") if kind == "stitch"
    }

    assert wrong == {row.replace("tr", "dtr")}


def test_a_number_that_the_worker_mends_by_itself_is_no_lesson() -> None:
    found = [slips.draw(random.Random(seed), SHEET) for seed in range(40)]

    assert all(slip is not None for slip in found)
    assert {slip.kind for slip in found if slip} == {"number", "stitch", "chain dropped"}


def test_a_sheet_without_rows_has_no_slip() -> None:
    assert slips.draw(random.Random(7), f"{HEAD}Piece: Square\nEnd.\n") is None


def test_the_command_writes_both_files_and_says_what_is_in_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train, validation = tmp_path / "made" / "train.jsonl", tmp_path / "made" / "validation.jsonl"

    assert main(["dataset", "--n", "20", "--out", str(train)]) == 0

    said = capsys.readouterr().out
    lines = [json.loads(line) for line in train.read_text().splitlines()]
    assert len(lines) == 20
    assert lines[0] == {"prompt": drawn()[0].prompt, "completion": drawn()[0].completion}
    assert len(validation.read_text().splitlines()) == 1
    assert not set(validation.read_text().splitlines()) & set(train.read_text().splitlines())
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() in said for path in (train, validation))
    assert "of them repairs          3 (15.0%)" in said


def test_the_dataset_needs_nothing_installed(tmp_path: Path) -> None:
    command = [sys.executable, "-S", "-m", "llm.finetune", "dataset", "--n", "2", "--out", tmp_path / "train.jsonl"]
    subprocess.run(command, cwd=Path(__file__).parent.parent, check=True, capture_output=True)

    assert len((tmp_path / "train.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize("words", [[], ["help"], ["--help"]])
def test_help_lists_the_steps(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert re.findall(r"(?m)^ {4}\./knotty finetune (\w+)", capsys.readouterr().out) == [
        "dataset",
        "train",
        "convert",
        "check",
        "packages",
        "help",
    ]


def test_a_step_that_is_none_is_answered_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["knit"]) == 2
    assert "knit is not understood" in capsys.readouterr().err
