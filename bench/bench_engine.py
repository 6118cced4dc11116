"""What the small model costs: `python -m pytest bench/bench_engine.py`, on one quiet core.

Figures to look at; nothing here passes or fails by the clock. `extra_info` has the tokens, so that a mean in seconds
can be read as tokens a second.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: one core is what is measured

import threading

import pytest

from llm.brief import Brief, write
from llm.engine import Engine
from llm.pen import Manner, Written
from llm.shape import WEIGHTS
from llm.texts import Texts
from llm.turns import Turns

PROMPT = write(Brief("a mermaid scarf", rounds=8, variant=7))


@pytest.fixture(scope="module")
def sheet() -> str:
    *pieces, _ = Engine.load(WEIGHTS).write(PROMPT, Manner(seed=1))
    return "".join(pieces)


def written(engine: Engine, prompt: str, most: int = 900) -> Written:
    *_, done = engine.write(prompt, Manner(seed=1, most=most))
    return done


def test_a_whole_sheet(benchmark):
    done = benchmark.pedantic(lambda: written(Engine.load(WEIGHTS), PROMPT), rounds=5)

    benchmark.extra_info["tokens"] = done.tokens


def test_loading_the_weights(benchmark):
    benchmark.pedantic(Engine.load, args=(WEIGHTS,), rounds=5)


def test_a_row_behind_a_sheet_that_is_known(benchmark, sheet):
    engine = Engine.load(WEIGHTS)
    written(engine, PROMPT)
    kept = PROMPT + sheet[: sheet.index("Rnd 7 ")]

    done = benchmark.pedantic(written, args=(engine, kept, 40), rounds=5)

    benchmark.extra_info["tokens"] = done.tokens


def test_a_row_behind_a_sheet_that_is_read_anew(benchmark, sheet):
    kept = PROMPT + sheet[: sheet.index("Rnd 7 ")]

    def fresh() -> tuple[tuple[Engine, str, int], dict[str, object]]:
        return (Engine.load(WEIGHTS), kept, 40), {}

    done = benchmark.pedantic(written, setup=fresh, rounds=5)

    benchmark.extra_info["tokens"] = done.tokens
    benchmark.extra_info["tokens read"] = done.prompt_tokens


@pytest.mark.parametrize("clients", [1, 2])
def test_clients_of_one_process_in_turns(benchmark, clients):
    """Two sheets in turns cost little more than one after the other, and neither waits for the other's end."""
    engine = Engine.load(WEIGHTS)
    turns = Turns(60.0)
    prompts = [write(Brief("a mermaid scarf", rounds=8, variant=n)) for n in range(2)]

    def ask(prompts: list[str]) -> None:
        for prompt in prompts:
            list(turns.text(engine.write(prompt, Manner(seed=1))))

    def both() -> None:
        engine.texts = Texts()
        threads = [threading.Thread(target=ask, args=(prompts[n::clients],)) for n in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    benchmark.pedantic(both, rounds=5)
