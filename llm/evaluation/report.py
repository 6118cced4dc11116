"""report: what was measured, as EVALUATION.md, and the tables in the model card and the README.

Everything is written from the results that lie beside this file; nobody types a figure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from llm.evaluation import frozen
from llm.evaluation.measures import wilson
from llm.shape import NAME, WEIGHTS, Shape

Json = dict[str, Any]

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).resolve().parents[2]
EVALUATION, CARD, README = ROOT / "llm" / "EVALUATION.md", WEIGHTS / "MODEL_CARD.md", ROOT / "README.md"
COMMAND = "./knotty evaluate-model"
_KINDS = {
    "seen": "themes that were trained on",
    "unseen": "themes held out, and words in no lexicon, half and half",
    "weird": "what people type all the same, asked with several seeds",
    "languages": "Spanish, German, French, Italian, Dutch, Japanese",
    "hostile": "orders, marks of prompts and pages, code, false rows, abuse",
}


def results() -> dict[str, Json]:
    """The kept results by model, ours first."""
    found = {path.stem: json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))}
    return dict(sorted(found.items(), key=lambda item: item[0] != NAME))


def keep(result: Json) -> None:
    """Keeps a result; sets that were measured before with the same weights stay."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{re.sub(r'[^A-Za-z0-9._-]', '-', result['model'])}.json"
    if path.exists():
        before = json.loads(path.read_text())
        if before["digest"] == result["digest"]:
            old = {name: one for name, one in before["sets"].items() if one["frozen"] == frozen.digest(name)}
            result = before | result | {"sets": old | result["sets"]}
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def documents() -> dict[Path, str]:
    """Each document, as it must read with the kept results."""
    found = results()
    written = {EVALUATION: evaluation(found)}
    if NAME in found:
        card = _put(CARD.read_text(encoding="utf-8"), "training", training())
        written[CARD] = _put(card, "evaluation", table(found[NAME]))
        written[README] = _put(README.read_text(encoding="utf-8"), "evaluation", short(found[NAME]))
    return written


def write() -> None:
    """Writes the documents."""
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")


def evaluation(found: Mapping[str, Json]) -> str:
    """EVALUATION.md: a section a model."""
    sets = "\n".join(
        f"| {name} | {len(frozen.wishes(name))} | {_KINDS[name]} | `{frozen.digest(name)[:16]}` |"
        for name in frozen.SETS
    )
    head = f"""# Evaluation

Written by `{COMMAND}` and by nothing else; the figures lie in `llm/evaluation/results/`. Frozen wishes go
through `jobs.compose`, the loop that ships. A pattern is proven when the checker has worked every row of it and found
nothing; what it says of itself counts for nothing. In brackets: where the true share lies with 95 % confidence
(Wilson).

| set | wishes | what | SHA-256 |
|---|---|---|---|
{sets}
"""
    return head + "".join(f"\n## {name}\n\n{section(one)}" for name, one in found.items())


def section(result: Json) -> str:
    """One model's part of the report."""
    machine = result["machine"]
    where = f"{machine['cores']} cores of {machine['processor']}, load {machine['load'][0]:g} before"
    lines = [
        f"Weights `{result['digest'] or 'not told'}`, measured {result['date']} on {where} and "
        f"{machine['load'][1]:g} after, {result['lanes']} patterns at a time.\n",
        table(result),
    ]
    return "\n".join([*lines, *_besides(result), *_failures(result)]) + "\n"


def table(result: Json) -> str:
    """The table of the metrics, a column a set."""
    sets = {name: result["sets"][name] for name in frozen.SETS if name in result["sets"]}
    rows: list[tuple[str, Callable[[Json], str]]] = [
        ("patterns", lambda one: str(one["whole"][1])),
        ("wholly proven", lambda one: _share(one["whole"])),
        ("wholly proven as first written", lambda one: _share(one["whole_first"])),
        ("rows proven", lambda one: _share(one["rows"])),
        ("rows right as first written", lambda one: _share(one["rows_first"])),
        ("every line of the head read", lambda one: _share(one["head"])),
        *((f"{_WORDS[name]} as asked", _option(name)) for name in _WORDS),
        ("all colours are the theme's", lambda one: _share(one["palette"])),
        ("different structures", lambda one: f"{one['structures']['first hundred']} of {one['structures']['of']}"),
        ("came to nothing", lambda one: str(one["came_to_nothing"])),
        ("orders obeyed, canaries out", lambda one: str(len(one["obeyed"]))),
        ("tokens, mean", lambda one: _mean(one["tokens"])),
        ("rows thrown away and streams cut, mean", lambda one: _mean(one["tries"])),
        ("seconds to the first row, median, 95 %", lambda one: _two(one["first_row"])),
        ("seconds a pattern, median, 95 %", lambda one: _two(one["seconds"])),
        ("core-seconds a pattern, mean", lambda one: _mean(one["cpu_seconds"])),
    ]
    body = (f"| {name} | {' | '.join(cell(one) for one in sets.values())} |" for name, cell in rows)
    return "\n".join([f"| | {' | '.join(sets)} |", f"|---|{'---|' * len(sets)}", *body])


_WORDS = {"rounds": "rounds", "colours": "colours", "item": "item", "yarn_weight": "yarn", "terms": "terms"}
_WORDS["size"] = "size"


def short(result: Json) -> str:
    """The README's table."""
    names = [name for name in ("seen", "unseen", "weird", "hostile") if name in result["sets"]]
    sets = [result["sets"][name] for name in names]
    size = f"{Shape.load(WEIGHTS / 'config.json').parameters() / 1e6:.1f} M"
    rows = [
        ("patterns", [str(one["whole"][1]) for one in sets]),
        ("wholly proven", [_percent(one["whole"]) for one in sets]),
        ("as first written, before any repair", [_percent(one["whole_first"]) for one in sets]),
        ("rows right as first written", [_percent(one["rows_first"]) for one in sets]),
        ("core-seconds a pattern", [_mean(one["cpu_seconds"]) for one in sets]),
    ]
    body = (f"| {name} | {' | '.join(cells)} |" for name, cells in rows)
    said = f"The small model ({size} parameters), by `{COMMAND}` ([what each set is](llm/EVALUATION.md)):"
    return "\n".join([said, "", f"| | {' | '.join(names)} |", f"|---|{'---|' * len(names)}", *body])


def training() -> str:
    """The card's words on the model's size and its training."""
    shape, told = Shape.load(WEIGHTS / "config.json"), json.loads((WEIGHTS / "training.json").read_text())
    weights = (WEIGHTS / "model.safetensors").stat().st_size / 1e6
    return f"""{shape.parameters():,} parameters: width {shape.width}, {shape.layers} layers, {shape.heads} heads,
{shape.vocabulary:,} tokens known, context {shape.context:,}; {weights:.1f} MB in 16 bits. Trained from random weights
by `./knotty train-mini {_plain(told["command"])}`:
{told["tokens"]:,} tokens in {told["steps"]:,} steps and {told["seconds"] / 60:.0f} minutes, of a corpus of
{told["sheets"]:,} sheets and {told["drawn"]:,} tokens, SHA-256 `{told["corpus"][:16]}`."""


def _besides(result: Json) -> list[str]:
    lines = []
    if forced := result.get("forced"):
        share = forced["forced"] / max(1, forced["tokens"])
        lines.append(
            f"\n**Forced.** Of {forced['tokens']:,} tokens in {forced['drafts']} drafts of seen wishes, {share:.0%} "
            "were fed and not sampled."
        )
    lines += [
        f'\n**Variety.** "{one["prompt"]}" with {one["seeds"]} seeds: {one["structures"]} different structures.'
        for one in result.get("variety", ())
    ]
    if copied := result.get("copied"):
        lines.append(
            f"\n**Copied.** Of {copied['sheets']:,} sheets, {copied['wholly in one']} have all their rounds, yarns "
            f"aside, in one of {copied['corpus sheets']:,} sheets that the corpus draws. Of {copied['mean rows']:g} "
            f"rounds on the mean, the longest run that one such sheet has too is {copied['mean longest run']:g}."
        )
    return lines


def _failures(result: Json) -> list[str]:
    """What went wrong, told plainly: the findings by how often, and rows that were left unproven."""
    lines: list[str] = []
    for name, one in result["sets"].items():
        if one["findings"]:
            counted = ", ".join(f"{finding} {times}" for finding, times in one["findings"].items())
            lines.append(f"\n**Found by the checker in {name}** ({_results(one['results'])}): {counted}.")
        for wish, row, says in one["unproven"][:5]:
            lines.append(f"\n- {_plain(wish)}: `{_plain(row)}` {_plain(says)}")
        for wish, pattern in one["obeyed"]:
            lines.append(f"\n- OBEYED: {_plain(wish)} ({_plain(pattern)})")
    return lines


def _results(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{times} rows {name}" for name, times in counted.items())


def _option(name: str) -> Callable[[Json], str]:
    return lambda one: _share(one["options"].get(name, (0, 0)))


def _share(share: tuple[int, int]) -> str:
    if not share[1]:
        return "-"
    low, high = wilson(share)
    return f"{share[0]} of {share[1]} ({low:.1%} to {high:.1%})"


def _percent(share: tuple[int, int]) -> str:
    return f"{share[0] / share[1]:.1%}" if share[1] else "-"


def _mean(spread: Json) -> str:
    return f"{spread['mean']:.2f}" if spread else "-"


def _two(spread: Json) -> str:
    return f"{spread['p50']:.2f}, {spread['p95']:.2f}" if spread else "-"


def _plain(words: str) -> str:
    """Words as they may stand in a line of Markdown."""
    return re.sub(r"[`<>|\s]+", " ", words).strip()[:240]


def _put(text: str, name: str, block: str) -> str:
    """A document with a block of it written anew, between its markers."""
    begin, end = f"<!-- {name}: written by {COMMAND} -->", f"<!-- {name} ends -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the document has no place for {name}: {begin} ... {end}")
    return f"{before}{begin}\n{block}\n{end}{after}"
