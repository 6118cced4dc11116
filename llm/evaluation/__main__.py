"""Measures a model on the frozen wishes and writes EVALUATION.md, the model card's table and the README's.

Run by `./knotty evaluate-model`. Without `--url` it measures the weights in this repository, on servers it starts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

import requests

from llm.brief import Brief, write
from llm.evaluation import copied, frozen, measures, report
from llm.evaluation.frozen import Frozen
from llm.evaluation.lane import Lane, Server
from llm.evaluation.measures import Figures
from llm.shape import NAME, WEIGHTS

Json = dict[str, Any]
SEEDS = 5  # for each weird wish
VARIED = ("punk rock blanket", "a hum")  # asked again and again: how many different things come of one wish
VARIED_SEEDS = range(1, 21)


class Task(NamedTuple):
    """One pattern to ask for."""

    kind: str
    wish: Frozen
    seed: int


def main() -> int:
    """Measures, keeps the result and writes the documents."""
    wanted = _arguments().parse_args()
    server = Server(wanted.url, wanted.name, wanted.prompt, wanted.api) if wanted.url else None
    sets = wanted.sets.split(",")
    if unknown := set(sets) - set(frozen.SETS):
        sys.exit(f"there is no set {', '.join(sorted(unknown))}; there are {', '.join(frozen.SETS)}")
    before, ours = os.getloadavg()[0], server is None and "seen" in sets
    tasks = planned(sets, wanted.limit, wanted.seeds)
    with ExitStack() as open_:
        lanes = [open_.enter_context(Lane(server, wanted.weights)) for _ in range(wanted.lanes)]
        forced = drafted(lanes[0].server, frozen.wishes("seen")[: wanted.limit or None]) if "seen" in sets else None
        answers = asked(tasks, lanes)
    result = {
        "model": wanted.name,
        "digest": server.digest() if server else weights_digest(wanted.weights),
        "date": datetime.now(UTC).date().isoformat(),
        "lanes": wanted.lanes,
        "machine": machine(before),
        "sets": {name: summary(name, tasks, answers) for name in sets},
        "variety": varied(tasks, answers),
        "forced": forced,
        "copied": from_corpus(wanted.weights, [told["sheet"] for told in answers]) if ours else None,
    }
    result = {name: value for name, value in result.items() if value or name == "digest"}
    print(report.section(result))
    if not wanted.limit and wanted.weights == WEIGHTS:
        report.keep(result)
        report.write()
    return 0


def planned(sets: Sequence[str], limit: int = 0, seeds: int = SEEDS) -> list[Task]:
    """Every pattern that is asked for, in order; with the seen ones also two wishes again and again."""
    tasks = [
        Task(name, wish, seed)
        for name in sets
        for seed in range(1, (seeds if name == "weird" else 1) + 1)
        for wish in frozen.wishes(name)[: limit or None]
    ]
    if "seen" in sets:
        again = VARIED_SEEDS[: limit or None]
        tasks += [Task("varied", Frozen(prompt), seed) for prompt in VARIED for seed in again]
    return tasks


def asked(tasks: Sequence[Task], lanes: Sequence[Lane]) -> list[Json]:
    """What came of each task, in the same order, asked on some lanes at once."""
    waiting: SimpleQueue[int] = SimpleQueue()
    for number in range(len(tasks)):
        waiting.put(number)
    answers: dict[int, Json] = {}

    def work(lane: Lane) -> None:
        while True:
            try:
                number = waiting.get_nowait()
            except Empty:
                return
            answers[number] = lane.ask(tasks[number].wish, tasks[number].seed)
            if len(answers) % 50 == 0:
                print(f"{len(answers)} of {len(tasks)}", file=sys.stderr, flush=True)

    threads = [threading.Thread(target=work, args=(lane,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(answers) < len(tasks):
        sys.exit("not every wish was answered; what is above says why")
    return [answers[number] for number in range(len(tasks))]


def summary(name: str, tasks: Sequence[Task], answers: Sequence[Json]) -> Json:
    """The figures of one set."""
    figures = Figures()
    for task, told in zip(tasks, answers, strict=True):
        if task.kind == name:
            figures.add(task.wish, told)
    return figures.summary() | {"frozen": frozen.digest(name)}


def varied(tasks: Sequence[Task], answers: Sequence[Json]) -> list[Json]:
    """How many different things came of one wish with many seeds."""
    found = []
    for prompt in VARIED:
        same = [told for task, told in zip(tasks, answers, strict=True) if task[:2] == ("varied", Frozen(prompt))]
        if same:
            structures = measures.distinct(measures.structure(told) for told in same)
            found.append({"prompt": prompt, "seeds": len(same), "structures": structures})
    return found


def machine(load_before: float) -> Json:
    """Where it was measured."""
    told = Path("/proc/cpuinfo").read_text()
    names = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")]
    load = [round(load_before, 1), round(os.getloadavg()[0], 1)]
    return {"cores": os.cpu_count(), "processor": names[0] if names else platform.machine(), "load": load}


def drafted(server: Server, wishes: Sequence[Frozen]) -> Json | None:
    """How much of first drafts is fed and not sampled; None where the server does not tell."""
    drafts = tokens = forced = 0
    for number, wish in enumerate(wishes):
        body = {"model": server.name, "prompt": write(_brief(wish, number)), "raw": True, "stream": False}
        try:
            told = requests.post(f"{server.url}/api/generate", json=body, timeout=120).json()
        except (requests.RequestException, ValueError):
            return None
        if "forced_count" not in told:
            return None
        drafts, tokens, forced = drafts + 1, tokens + told["eval_count"], forced + told["forced_count"]
    return {"drafts": drafts, "tokens": tokens, "forced": forced}


def _brief(wish: Frozen, variant: int) -> Brief:
    said = dict(wish.options)
    return Brief(
        wish.prompt,
        item=said.get("item", ""),
        size=said.get("size", ""),
        rounds=said.get("rounds"),
        colours=tuple(said.get("colours", ())),
        yarn=said.get("yarn_weight", ""),
        terms=said.get("terms", ""),
        variant=variant,
    )


def weights_digest(weights: Path) -> str:
    """The SHA-256 of weights that lie here."""
    return hashlib.sha256((weights / "model.safetensors").read_bytes()).hexdigest()


def from_corpus(weights: Path, sheets: Sequence[str]) -> Json:
    """How much of some sheets stands in the corpus that the weights were trained on."""
    said = json.loads((weights / "training.json").read_text())["command"]
    seed = re.search(r"--seed[ =](\d+)", said)
    return copied.told(sheets, copied.Corpus(int(seed[1]) if seed else 7))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=report.COMMAND, description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--url", help="a model's server; else the weights here are measured, on servers of our own")
    parser.add_argument("--name", default=NAME, help="the model's name there")
    parser.add_argument("--prompt", default="plain", help="the shape of its prompts: plain, llama3")
    parser.add_argument("--api", default="", help="how it is spoken to: ollama, openai")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="other weights of ours; then nothing is written")
    parser.add_argument("--sets", default=",".join(frozen.SETS))
    parser.add_argument("--limit", type=int, default=0, help="so many wishes of each set; then nothing is written")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how often each weird wish is asked")
    parser.add_argument("--lanes", type=int, default=min(os.cpu_count() or 1, 4), help="patterns written at once")
    return parser


if __name__ == "__main__":
    sys.exit(main())
