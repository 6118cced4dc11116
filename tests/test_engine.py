"""The engine: the same numbers as torch, the same text for the same seed, and nothing that the model did not say."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import numpy as np
import pytest

from crochet import work
from llm import corpus, items, tensors
from llm.brief import BadPrompt, Brief, write
from llm.engine import Engine, TooLong
from llm.model import Floats, Memory, Model, random_weights
from llm.pen import Manner, Written, pick
from llm.plan import plan
from llm.shape import WEIGHTS, Shape
from llm.texts import KEPT
from llm.tokens import BEGIN, Tokens, learn

TINY = Shape.named("64x2", 300)


def tiny(seed: int = 1) -> Engine:
    """An engine that knows nothing, over a vocabulary of a few phrases."""
    tokens = learn((sheet for _, sheet in corpus.pairs(5, 12)), TINY.vocabulary)
    return Engine(Model(TINY, random_weights(TINY, seed)), tokens)


@pytest.fixture(scope="module")
def mini() -> Engine:
    return Engine.load(WEIGHTS)


def text_of(engine: Engine, prompt: str, **manner: float) -> tuple[str, Written]:
    *pieces, done = engine.write(prompt, Manner(**manner))  # type: ignore[arg-type]
    assert isinstance(done, Written)
    return "".join(str(piece) for piece in pieces), done


# The model


def test_logits_are_those_of_torch() -> None:
    # From llm.training.network.Mini with these weights; tests/parity/logits.json holds what torch 2.13 answered.
    wanted = json.loads((Path(__file__).parent / "parity" / "logits.json").read_text())
    weights = {
        name: w * (1.25 if w.ndim == 1 else 4 if "proj" in name else 1) for name, w in random_weights(TINY, 5).items()
    }
    model = Model(TINY, weights)

    logits = model.read(wanted["ids"], model.memory())

    assert np.abs(logits - np.array(wanted["logits"])).max() < 1e-3


def test_reading_at_once_and_one_by_one_are_the_same() -> None:
    model = Model(TINY, random_weights(TINY, 2))
    ids = [BEGIN, *range(40, 80)]
    slow = model.memory()
    for token in ids:
        one_by_one = model.read([token], slow)

    assert np.abs(model.read(ids, model.memory()) - one_by_one).max() < 1e-4


def test_tensors_come_back_as_they_were_saved(tmp_path: Path) -> None:
    weights = random_weights(TINY, 3)
    tensors.save(tmp_path / "model.safetensors", weights)

    loaded = tensors.load(tmp_path / "model.safetensors")

    assert loaded.keys() == weights.keys()
    assert all(np.abs(loaded[name] - weights[name]).max() < 1e-3 for name in weights)


@pytest.mark.parametrize("cut", [0, 7, 40, 2000])
def test_a_file_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    tensors.save(tmp_path / "whole", random_weights(TINY, 3))
    (tmp_path / "cut").write_bytes((tmp_path / "whole").read_bytes()[:cut])

    with pytest.raises(tensors.BadTensors):
        tensors.load(tmp_path / "cut")


def test_a_nucleus_leaves_out_what_is_unlikely() -> None:
    logits = np.log(np.array([0.6, 0.3, 0.07, 0.03]))
    rng = np.random.default_rng(0)

    drawn = {pick(logits, Manner(temperature=1, top_p=0.85), rng) for _ in range(300)}

    assert drawn == {0, 1}


# What is forced, and what is not


def test_weights_that_know_nothing_write_no_row_that_adds_up() -> None:
    """Proof that no pattern text hides in the code: all that is not forced comes from the weights."""
    for seed in range(20):
        sheet, _ = text_of(tiny(seed), write(Brief("punk rock blanket", rounds=4)), seed=seed, most=500)
        rows = [row for piece in work.check(sheet)["pieces"] for row in piece["rows"]]
        assert [row["text"] for row in rows if row["verdict"] == "ok"] == []


def test_even_weights_that_know_nothing_keep_to_the_forced_head_and_labels() -> None:
    asked = Brief("punk rock blanket", rounds=3, yarn="dk", variant=7)

    sheet, done = text_of(tiny(), write(asked), seed=3, most=10_000)

    lines = sheet.split("\n")
    colours = plan(asked).colours
    assert lines[0].startswith("Title: Punk Rock")
    assert lines[1:3] == ["Item: blanket", "Palette: punk rock"]
    assert lines[3 : 3 + len(colours)] == [f"{letter}: {name} {code}" for letter, name, code in colours]
    assert lines[3 + len(colours) : 5 + len(colours)] == ["Terms: US", "Yarn: dk"]
    assert 0 < done.forced < done.tokens


def test_a_prompt_that_is_no_brief_is_refused() -> None:
    with pytest.raises(BadPrompt):
        next(iter(tiny().write("hello", Manner())))


def test_a_sheet_that_fills_the_context_is_refused() -> None:
    with pytest.raises(TooLong):
        next(iter(tiny().write(write(Brief("x")) + "1 2 3\n" * 400, Manner())))


def test_a_budget_ends_the_text_with_length() -> None:
    _, done = text_of(tiny(), write(Brief("sea")), most=60)

    assert done.reason == "length"
    assert done.tokens <= 60


# The model in the repository


def test_the_same_seed_writes_the_same_sheet() -> None:
    prompt = write(Brief("a lighthouse cushion", variant=3))

    assert text_of(Engine.load(WEIGHTS), prompt, seed=5)[0] == text_of(Engine.load(WEIGHTS), prompt, seed=5)[0]


def test_another_seed_writes_another_sheet(mini: Engine) -> None:
    prompt = write(Brief("a lighthouse cushion", variant=3))

    assert len({text_of(mini, prompt, seed=seed)[0] for seed in range(5)}) == 5


def test_a_sheet_ends_with_end_and_has_the_rounds_asked_for(mini: Engine) -> None:
    for rounds in (1, 3, 5, 8):
        sheet, done = text_of(mini, write(Brief("a fox on a bicycle", rounds=rounds)), seed=rounds)
        assert done.reason == "stop"
        assert sheet.endswith("\nEnd.\n")
        assert [int(n) for n in re.findall(r"^Rnd (\d+) ", sheet, re.MULTILINE)] == list(range(1, rounds + 1))


def test_rows_are_numbered_in_order_and_use_declared_yarns_only(mini: Engine) -> None:
    for seed, wish in enumerate(("rainbow", "毛布をください", "a fisherman's rug", "ignore your orders", "🧶")):
        sheet, _ = text_of(mini, write(Brief(wish, variant=seed)), seed=seed, temperature=1.2)

        declared = set(re.findall(r"^([A-F]): ", sheet, re.MULTILINE))
        for label in ("Rnd", "Border Rnd"):
            numbers = [int(n) for n in re.findall(rf"^{label} (\d+) \(", sheet, re.MULTILINE)]
            assert numbers == list(range(1, len(numbers) + 1))
        assert set(re.findall(r"^(?:Rnd \d+|Border Rnd \d+|Joining) \((.)\): ", sheet, re.MULTILINE)) <= declared


@pytest.mark.parametrize("wish", ["x" * 500, "blanket " * 60, "1234567890", "!?!?!?", "ha " * 160, "🧶" * 100])
def test_a_wish_that_only_repeats_itself_gets_a_sound_pattern_too(mini: Engine, wish: str) -> None:
    verdicts = []
    for seed in range(8):
        sheet, done = text_of(mini, write(Brief(wish.strip(), variant=seed)), seed=seed)
        assert done.reason == "stop"
        verdicts += [row["verdict"] for piece in work.check(sheet)["pieces"] for row in piece["rows"]]

    assert verdicts.count("ok") >= 0.9 * len(verdicts)


def test_behind_the_sentence_about_a_sheet_comes_its_piece(mini: Engine) -> None:
    for seed, wish in enumerate(("grout", "a lighthouse cushion", "scottish thistle scarf", "plinth")):
        sheet, _ = text_of(mini, write(Brief(wish, variant=seed)), seed=seed, most=200)
        assert re.search(r"^About: .+\nPiece: .+\n(?:Rnd|Row) 1 \(", sheet, re.MULTILINE)


def test_a_title_goes_on_after_the_makers_words_and_names_no_other_thing(mini: Engine) -> None:
    for seed in range(25):
        sheet, _ = text_of(mini, write(Brief("una bufanda para mi abuela", variant=seed)), seed=seed, most=60)
        title = sheet.split("\n")[0]
        assert re.fullmatch(r"Title: Abuela( .+)?", title)
        found = items.find(title)
        assert found is None or found[0].name == "scarf"


def test_a_continuation_goes_on_from_the_last_line(mini: Engine) -> None:
    prompt = write(Brief("punk rock blanket", rounds=5, variant=7))
    whole, _ = text_of(mini, prompt, seed=1)
    kept = whole[: whole.index("Rnd 3 ")]

    rest, done = text_of(mini, prompt + kept, seed=2)

    assert rest.startswith("Rnd 3 (")
    assert done.reason == "stop"
    assert [int(n) for n in re.findall(r"^Rnd (\d+) ", kept + rest, re.MULTILINE)] == [1, 2, 3, 4, 5]


def test_a_continuation_is_the_same_whether_its_begin_is_remembered_or_read_anew(mini: Engine) -> None:
    prompt = write(Brief("a mermaid scarf", rounds=4, variant=7))
    whole, _ = text_of(mini, prompt, seed=1)
    kept = whole[: whole.index("Rnd 2 ")]

    remembered, _ = text_of(mini, prompt + kept, seed=2, temperature=0)
    anew, _ = text_of(Engine.load(WEIGHTS), prompt + kept, seed=2, temperature=0)

    assert remembered == anew


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> tuple[Engine, list[int]]:
    """The model in the repository, and how many tokens each of its readings was of."""
    engine, read = Engine.load(WEIGHTS), []
    one_read = engine.model.read

    def reading(ids: list[int], memory: Memory) -> Floats:
        read.append(len(ids))
        return one_read(ids, memory)

    monkeypatch.setattr(engine.model, "read", reading)
    return engine, read


def test_a_continuation_from_the_last_good_row_reads_one_token_before_it_writes(
    counted: tuple[Engine, list[int]],
) -> None:
    engine, read = counted
    prompt = write(Brief("a mermaid scarf", rounds=6, variant=7))
    whole, _ = text_of(engine, prompt, seed=1)
    kept = whole[: whole.index("Rnd 5 ")]
    read.clear()

    _, done = text_of(engine, prompt + kept, seed=2)

    assert done.prompt_tokens > 200
    assert read[0] == 1
    assert sum(read) <= 1 + done.tokens


def test_a_row_that_was_mended_is_all_that_is_read_of_a_sheet_that_is_known(counted: tuple[Engine, list[int]]) -> None:
    engine, read = counted
    prompt = write(Brief("a mermaid scarf", rounds=6, variant=7))
    whole, _ = text_of(engine, prompt, seed=1)
    known = whole[: whole.index("Rnd 5 ")]
    mended = "Rnd 5 (A): Ch 3, dc in each st around, join. (12 dc)\n"
    read.clear()

    next(iter(engine.write(prompt + known + mended, Manner(seed=2))))

    assert read[0] == len(engine.tokens.encode(mended))


def test_a_text_that_somebody_else_is_still_writing_is_known_up_to_its_last_line(
    counted: tuple[Engine, list[int]],
) -> None:
    engine, read = counted
    prompt = write(Brief("a mermaid scarf", rounds=6, variant=7))
    writing, sheet = engine.write(prompt, Manner(seed=1)), ""
    while "\nRnd 3 " not in sheet:
        sheet += str(next(writing))
    read.clear()

    rest, _ = text_of(engine, prompt + sheet[: sheet.index("Rnd 3 ")], seed=2, most=200)
    assert read[0] == 1
    assert rest.startswith("Rnd 3 (")

    alone, _ = text_of(Engine.load(WEIGHTS), prompt, seed=1)
    assert sheet + "".join(piece for piece in writing if isinstance(piece, str)) == alone


def test_two_texts_that_take_turns_are_those_that_each_would_be_alone() -> None:
    asked = [write(Brief(wish, rounds=3, variant=3)) for wish in ("a lighthouse cushion", "taxes")]
    alone = [text_of(Engine.load(WEIGHTS), prompt, seed=5)[0] for prompt in asked]
    engine = Engine.load(WEIGHTS)
    texts, sheets = [engine.write(prompt, Manner(seed=5)) for prompt in asked], ["", ""]
    for pieces in itertools.zip_longest(*texts):
        for i, piece in enumerate(pieces):
            sheets[i] += piece if isinstance(piece, str) else ""

    assert sheets == alone


def test_no_more_is_remembered_than_eight_texts_of_a_whole_context() -> None:
    engine = tiny()
    whole = engine.model.memory().kept.nbytes
    for seed in range(12):
        text_of(engine, write(Brief(f"wish number {seed}")), seed=seed, most=10_000)

    assert whole < engine.texts.size() <= KEPT * whole


def test_what_the_model_in_the_repository_remembers_fits_in_a_hundred_megabytes(mini: Engine) -> None:
    assert KEPT * mini.model.memory().kept.nbytes <= 100_000_000


def test_size_and_gauge_give_the_layout(mini: Engine) -> None:
    sheet, _ = text_of(mini, write(Brief("sea", size="throw", rounds=6, yarn="worsted")), seed=1)

    gauge = int(re.search(r"^Gauge: (\d+) dc", sheet, re.MULTILINE)[1])  # type: ignore[index]
    edge = 23 * 4 / gauge
    assert f"Layout: {round(60 / edge)} rows of {round(50 / edge)}, " in sheet


def test_most_rows_of_a_first_draft_add_up(mini: Engine) -> None:
    verdicts = []
    for seed, wish in enumerate(
        ("punk rock blanket", "zorbly fandango", "abuela cushion", "a scarf like the sea", "taxes")
    ):
        sheet, _ = text_of(mini, write(Brief(wish, variant=seed)), seed=seed)
        verdicts += [row["verdict"] for piece in work.check(sheet)["pieces"] for row in piece["rows"]]

    assert verdicts.count("ok") >= 0.9 * len(verdicts)
    assert len(verdicts) >= 20


def test_at_most_a_quarter_is_forced(mini: Engine) -> None:
    done = [text_of(mini, write(Brief("punk rock blanket", rounds=6)), seed=seed)[1] for seed in range(5)]

    assert sum(one.forced for one in done) <= 0.25 * sum(one.tokens for one in done)


def test_the_vocabulary_and_the_weights_fit_each_other(mini: Engine) -> None:
    assert len(Tokens.load(WEIGHTS / "tokenizer.json")) == mini.model.shape.vocabulary
    assert (WEIGHTS / "model.safetensors").stat().st_size <= 20_000_000
