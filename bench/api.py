"""The job API beside peers: the same insert and enqueue, the same reading of a job's status, requests per second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import requests

from bench.load import Answers, request, storm, wish
from bench.machine import Began, spread, table
from bench.stage import FASTAPI, FLASK, OURS, Stage, stage

CONNECTIONS = 16
POLLED = 50  # jobs that wait while they are read
ADDRESS = {OURS: "/api/v1/jobs", FASTAPI: "/jobs", FLASK: "/jobs"}


def measure(quick: bool) -> str:
    """The figures, as they are told. Quick: ours alone, because the peers have to be installed first."""
    began = Began()
    rounds, seconds, names = (1, 0.5, (OURS,)) if quick else (5, 3.0, (OURS, FASTAPI, FLASK))
    found: dict[tuple[str, str], list[Answers]] = {}
    with stage() as here:
        here.serve_ours()
        if not quick:
            here.serve_fastapi()
            here.serve_flask()
        makers = here.makers(CONNECTIONS)
        for number in range(rounds + 1):  # the first warms up and is not counted
            for name in names:  # in turn, so that whatever else the machine does meets all of them
                for verb, answers in _round(here, name, makers, seconds if number else seconds / 2):
                    if number:
                        found.setdefault((verb, name), []).append(answers)
                        print(f"{verb:5} {name:14} {answers.a_second:8.0f}/s {answers.median_ms:7.1f} ms", flush=True)
    return f"{began.told()} {_words(rounds, seconds)}\n\n{_told(found, names)}"


def _round(here: Stage, name: str, makers: list[str], seconds: float) -> Iterator[tuple[str, Answers]]:
    port, path = here.ports[name], ADDRESS[name]
    who = makers if name == OURS else [""] * CONNECTIONS
    yield "POST", storm(port, [[wish(token, path)] for token in who], 202, seconds)
    here.forget(name)
    made = [_made(port, path, who[n % CONNECTIONS]) for n in range(POLLED)]
    yield "GET", storm(port, [[request("GET", f"{path}/{job}", token) for job in made] for token in who], 200, seconds)
    here.forget(name)


def _made(port: int, path: str, token: str) -> str:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.post(
        f"http://127.0.0.1:{port}{path}", json={"prompt": "punk rock blanket"}, headers=headers, timeout=30
    )
    answer.raise_for_status()
    return str(answer.json()["id"])


def _words(rounds: int, seconds: float) -> str:
    return (
        f"{rounds} rounds of {seconds:g} s each, the three in turn within a round, the median of the rounds and from"
        f" where to where; {CONNECTIONS} connections kept open, each asking again as soon as it has its answer."
    )


def _told(found: dict[tuple[str, str], list[Answers]], names: Sequence[str]) -> str:
    """The table; by how much ours is to each peer within the same rounds."""
    peers, rows = names[1:], []
    for verb, what in (("POST", "POST: keep a wish, call a worker"), ("GET", "GET: how a waiting job is")):
        rates = {name: [each.a_second for each in found[verb, name]] for name in names}
        ratios = [[mine / theirs for mine, theirs in zip(rates[OURS], rates[peer], strict=True)] for peer in peers]
        rows.append([f"{what}, a second", *(spread(rates[name], 0) for name in names), *(spread(r, 2) for r in ratios)])
        for part, of in (("median", "median_ms"), ("p99", "p99_ms")):
            times = [f"{spread([getattr(each, of) for each in found[verb, name]])} ms" for name in names]
            rows.append([f"{verb}, {part}", *times, *([""] * len(peers))])
    return table(["", *names, *(f"ours to {peer}" for peer in peers)], rows)
