"""data: the corpus as tokens, drawn once into the work folder, and in batches."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from llm import brief as briefs
from llm import corpus
from llm.brief import Brief
from llm.plan import plan
from llm.shape import CONTEXT
from llm.tokens import BEGIN, Tokens, learn

TO_LEARN_TOKENS_FROM = 5000  # sheets
POOL = 512  # sheets of which those of like length go together


class Data:
    """The corpus as tokens. `learnt` is false where the text is forced or asked: nothing is to be learnt there."""

    def __init__(self, folder: Path) -> None:
        self.tokens = Tokens.load(folder / "tokenizer.json")
        held = np.load(folder / "corpus.npz")
        self.ids, self.learnt, self.digest = held["ids"], held["learnt"], str(held["digest"])
        self.ends = [0, *(int(end) for end in held["ends"])]

    def __len__(self) -> int:
        return len(self.ends) - 1

    def size(self, batch: list[int]) -> int:
        """How many tokens some sheets have."""
        return sum(self.ends[i + 1] - self.ends[i] for i in batch)

    def plan(self, budget: int, size: int) -> list[list[int]]:
        """The batches of a training, in their order: pass after pass, up to a budget of tokens."""
        plan: list[list[int]] = []
        seen = epoch = 0
        while seen < budget:
            for batch in self.batches(epoch, size):
                if seen < budget:
                    plan.append(batch)
                    seen += self.size(batch)
            epoch += 1
        return plan

    def batches(self, seed: int, size: int) -> list[list[int]]:
        """One pass over the sheets in a random order, sheets of like length together, `size` tokens a batch."""
        rng = random.Random(seed)
        order = list(range(len(self)))
        rng.shuffle(order)
        batches: list[list[int]] = []
        for pool in range(0, len(order), POOL):
            batch: list[int] = []
            for sheet in sorted(order[pool : pool + POOL], key=lambda i: self.size([i])):
                if (len(batch) + 1) * self.size([sheet]) > size and batch:
                    batches.append(batch)
                    batch = []
                batch.append(sheet)
            batches.append(batch)
        rng.shuffle(batches)
        return batches

    def fetch(self, batch: list[int]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """(batch, length) of ids, and of what is learnt; short sheets are filled up at the end."""
        longest = max(self.size([i]) for i in batch)
        ids = np.full((len(batch), longest), BEGIN, np.int64)
        learnt = np.zeros((len(batch), longest), np.bool_)
        for row, i in enumerate(batch):
            start, end = self.ends[i], self.ends[i + 1]
            ids[row, : end - start] = self.ids[start:end]
            learnt[row, : end - start] = self.learnt[start:end]
        return ids, learnt


class _Text(NamedTuple):
    """One text as tokens."""

    ids: list[int]
    learnt: list[bool]


def draw(folder: Path, seed: int, budget: int, vocabulary: int) -> None:
    """Draws a corpus of so many tokens into a folder that has none; learns the tokens where they are not there yet."""
    if (folder / "corpus.npz").exists():
        return
    if not (folder / "tokenizer.json").exists():
        first = corpus.pairs(seed, TO_LEARN_TOKENS_FROM)
        learn((f"Wish: {a.wish}\n{briefs.options(a)}{s}" for a, s in first), vocabulary).save(folder / "tokenizer.json")
    tokens, digest = Tokens.load(folder / "tokenizer.json"), hashlib.sha256()
    ids: list[int] = []
    learnt: list[bool] = []
    ends: list[int] = []
    for asked, sheet in corpus.pairs(seed, 10**9):
        digest.update((briefs.write(asked) + sheet).encode())
        text = _text(tokens, asked, sheet)
        if len(text.ids) <= CONTEXT:
            ids += text.ids
            learnt += text.learnt
            ends.append(len(ids))
        if len(ids) >= budget:
            break
    held: dict[str, Any] = {"ids": np.array(ids, np.uint16), "learnt": np.array(learnt), "ends": np.array(ends)}
    np.savez(folder / "corpus.npz", **held, digest=digest.hexdigest())


def _text(tokens: Tokens, asked: Brief, sheet: str) -> _Text:
    """Begin, the brief as the model sees it, the sheet."""
    head = briefs.seen(asked, tokens)
    title = len(f"Title: {plan(asked).title}".encode())
    after_title = len(sheet[: sheet.index("\n") + 1].encode())
    free = len(sheet[: sheet.index("\nTerms: ") + 1].encode())
    ids, learnt, at = list(head), [False] * len(head), 0
    for token in tokens.encode(sheet):
        at += len(tokens.texts[token])
        ids.append(token)
        learnt.append(title < at <= after_title or at > free)
    return _Text(ids, learnt)
