"""The frozen wishes: enough of each kind, as an API would take them, and none that a model is trained on."""

from __future__ import annotations

import random
import re
from itertools import islice

import pytest

from api.schemas import Options
from llm import corpus, lexicon, wishes
from llm.evaluation import frozen
from llm.lexicon import wish_words as words


def test_each_set_has_the_size_that_the_report_speaks_of() -> None:
    sizes = {name: len(frozen.wishes(name)) for name in frozen.SETS}

    assert sizes == {"seen": 100, "unseen": 100, "weird": 200, "languages": 20, "hostile": 100}


def test_no_wish_is_there_twice() -> None:
    assert len(frozen.prompts()) == sum(len(frozen.wishes(name)) for name in frozen.SETS)


@pytest.mark.parametrize("name", frozen.SETS)
def test_every_wish_is_one_that_the_api_takes(name: str) -> None:
    for wish in frozen.wishes(name):
        assert 0 < len(wish.prompt) <= 500
        Options.model_validate(dict(wish.options))


def test_options_of_every_kind_are_asked_on_a_third_of_the_wishes() -> None:
    asked = [wish.options for name in frozen.SETS for wish in frozen.wishes(name) if wish.options]

    assert 3 * len(asked) >= len(frozen.prompts())
    assert {option for options in asked for option in options} == {
        "item", "size", "yarn_weight", "colours", "terms", "rounds",
    }  # fmt: skip


def test_the_themes_of_the_seen_are_trained_on() -> None:
    trained = {theme.name for theme in corpus.themes(held_out=False)}

    assert [wish.prompt for wish in frozen.wishes("seen") if wish.theme not in trained] == []


def test_half_of_the_unseen_are_about_themes_held_out_and_half_are_in_no_lexicon() -> None:
    held = {theme.name for theme in corpus.themes(held_out=True)}
    known = [wish for wish in frozen.wishes("unseen") if wish.theme]
    unknown = [wish for wish in frozen.wishes("unseen") if not wish.theme]

    assert len(known) == len(unknown) == 50
    assert [wish.prompt for wish in known if wish.theme not in held] == []
    assert [wish.prompt for wish in unknown if lexicon.find(wish.prompt)] == []


def test_the_languages_are_six() -> None:
    assert {wish.language for wish in frozen.wishes("languages")} == {"es", "de", "fr", "it", "nl", "ja"}


def test_what_a_hostile_wish_must_not_bring_about_can_be_looked_for() -> None:
    for wish in frozen.wishes("hostile"):
        assert wish.never
        for pattern in wish.never:
            re.compile(pattern)


def test_no_wish_of_the_corpus_is_a_frozen_one() -> None:
    assert [asked.wish for asked, _ in corpus.pairs(7, 400) if frozen.even(asked.wish) in frozen.prompts()] == []


def test_a_wish_that_the_corpus_would_draw_is_passed_over_when_it_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (asked for asked, _ in islice(corpus.pairs(7, 2), 2))
    monkeypatch.setattr(frozen, "prompts", lambda: frozenset({frozen.even(first.wish)}))

    assert next(corpus.pairs(7, 1))[0] == second


def test_themes_held_out_are_drawn_neither_by_name_nor_by_another_word_for_them() -> None:
    held = {lexicon.plain(word) for theme in corpus.themes(held_out=True) for word in (theme.name, *theme.synonyms)}
    trained = corpus.themes(held_out=False)
    rng = random.Random(3)
    drawn = {lexicon.plain(wishes.draw(rng, trained, odd=0.0).wish) for _ in range(2000)}

    assert [wish for wish in drawn if wish in held] == []
    assert not held & {lexicon.plain(word) for word in words.ODD}
