"""The vocabulary: phrases, digits apart, nothing lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm import brief, corpus
from llm.shape import WEIGHTS
from llm.tokens import BEGIN, LONGEST, Tokens, learn


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [brief.options(asked) + sheet for asked, sheet in corpus.pairs(3, 60)]


@pytest.fixture(scope="module")
def tokens(texts: list[str]) -> Tokens:
    return learn(texts, 500)


@given(st.text())
def test_any_text_comes_back_whole(text: str) -> None:
    tokens = Tokens([(ord("c"), ord("h")), (257, ord(" "))])

    assert tokens.decode(tokens.encode(text)) == text.encode("utf-8", "replace").decode()


def test_a_sheet_comes_back_whole(tokens: Tokens, texts: list[str]) -> None:
    assert all(tokens.decode(tokens.encode(text)) == text for text in texts)


def test_no_token_joins_digits_or_crosses_a_line_end(tokens: Tokens) -> None:
    for text in tokens.texts[BEGIN + 1 :]:
        assert not any(chr(byte).isdigit() or byte == 10 for byte in text)
        assert 2 <= len(text) <= LONGEST


def test_some_tokens_are_phrases(tokens: Tokens) -> None:
    assert any(text.strip().count(b" ") >= 2 for text in tokens.texts)


def test_the_same_texts_teach_the_same_vocabulary(tokens: Tokens, texts: list[str]) -> None:
    assert learn(texts, 500).merges == tokens.merges


def test_a_line_is_encoded_alike_wherever_it_stands(tokens: Tokens, texts: list[str]) -> None:
    lines = texts[0].splitlines(keepends=True)

    assert tokens.encode(texts[0]) == [token for line in lines for token in tokens.encode(line)]


def test_a_saved_vocabulary_is_the_same_when_loaded(tokens: Tokens, tmp_path) -> None:
    tokens.save(tmp_path / "tokenizer.json")

    assert Tokens.load(tmp_path / "tokenizer.json").texts == tokens.texts


def test_the_model_in_the_repository_knows_all_its_tokens() -> None:
    config = json.loads((WEIGHTS / "config.json").read_text())

    assert len(Tokens.load(WEIGHTS / "tokenizer.json")) == config["vocab_size"]
