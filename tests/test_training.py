"""Training: what is drawn, in which batches, and that a run which was stopped goes on as if it had not been."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from llm import corpus, tensors
from llm.brief import seen
from llm.tokens import BEGIN, learn
from llm.training.data import Data, draw

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 40_000


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder with a small corpus in tokens of its own."""
    folder = tmp_path_factory.mktemp("work")
    learn((sheet for _, sheet in corpus.pairs(5, 40)), 400).save(folder / "tokenizer.json")
    draw(folder, 5, BUDGET, 400)
    return folder


def test_a_corpus_is_drawn_up_to_its_budget_and_each_text_begins_with_its_brief(work: Path) -> None:
    data = Data(work)
    [(asked, sheet)] = corpus.pairs(5, 1)

    assert len(data.ids) >= BUDGET
    ids, _ = data.fetch([0])
    head = seen(asked, data.tokens)
    assert list(ids[0, : len(head)]) == head
    assert data.tokens.decode(ids[0, len(head) :]) == sheet


def test_what_is_asked_or_forced_is_not_learnt_and_all_rows_are(work: Path) -> None:
    data = Data(work)
    [(_, sheet)] = corpus.pairs(5, 1)
    ids, learnt = data.fetch([0])
    words = data.tokens.decode(ids[0][learnt[0]])

    assert words.endswith(sheet[sheet.index("\nPiece: ") :])
    assert "Wish: " not in words and "\nItem: " not in words and "\nPalette: " not in words


def test_each_sheet_is_in_one_batch_of_a_pass_and_no_batch_is_larger_than_it_may_be(work: Path) -> None:
    data = Data(work)
    batches = data.batches(0, 3000)

    assert sorted(i for batch in batches for i in batch) == list(range(len(data)))
    assert all(data.fetch(batch)[0].size <= 3000 for batch in batches if len(batch) > 1)
    assert data.batches(0, 3000) == batches
    assert data.batches(1, 3000) != batches


def test_little_of_a_batch_is_filling(work: Path) -> None:
    data = Data(work)
    batches = data.batches(0, 3000)

    assert sum(data.fetch(batch)[0].size for batch in batches) <= 1.2 * len(data.ids)


def test_short_sheets_are_filled_up_with_what_is_not_learnt(work: Path) -> None:
    data = Data(work)
    short, long = sorted(range(20), key=lambda i: data.size([i]))[::19]
    ids, learnt = data.fetch([short, long])

    assert set(ids[0, data.size([short]) :]) == {BEGIN}
    assert not learnt[0, data.size([short]) :].any()


def test_a_plan_passes_over_the_corpus_again_until_the_budget_is_spent(work: Path) -> None:
    data = Data(work)
    plan = data.plan(2 * BUDGET + 5000, 3000)

    assert sum(data.size(batch) for batch in plan) >= 2 * BUDGET + 5000
    assert sum(data.size(batch) for batch in plan[:-1]) < 2 * BUDGET + 5000


@pytest.mark.timeout(1200)  # the first run installs torch
def test_a_training_that_was_stopped_goes_on_to_the_same_weights(work: Path, tmp_path: Path) -> None:
    words = ["--shape", "32x1", "--tokens", "30000", "--batch", "2000", "--threads", "1", "--work", str(work)]

    def trained(*more: str, out: Path) -> None:
        subprocess.run([ROOT / "knotty", "train-mini", *words, *more, "--out", out], check=True, cwd=tmp_path)

    trained(out=tmp_path / "at once")
    (work / "checkpoint.pt").unlink()
    trained("--stop-after", "6", out=tmp_path / "in two")
    assert not (tmp_path / "in two" / "model.safetensors").exists()
    trained("--resume", out=tmp_path / "in two")

    one, other = (tensors.load(tmp_path / name / "model.safetensors") for name in ("at once", "in two"))
    assert one.keys() == other.keys()
    assert all(np.array_equal(one[name], other[name]) for name in one)
    stories = [json.loads((tmp_path / name / "training.json").read_text()) for name in ("at once", "in two")]
    assert stories[0]["steps"] == stories[1]["steps"] > 6
    assert stories[0]["loss"] == stories[1]["loss"]
