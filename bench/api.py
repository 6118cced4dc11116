"""The job API beside peers: the same insert and enqueue, the same reading of a job's status, requests per second.

Run from the root: `python -m bench.api [SECONDS [ROUNDS]]`. What it measures it prints, and writes into RESULTS.md.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psutil
import redis
import requests

from bench.load import Answers, storm
from bench.stage import FASTAPI, FLASK, OURS, Stage, all_up

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
CONNECTIONS = 16
POLLED = 50  # jobs that wait while they are read
WISH = json.dumps({"prompt": "punk rock blanket"}).encode()
NAMES = (OURS, FASTAPI, FLASK)
ADDRESS = {OURS: "/api/v1/jobs", FASTAPI: "/jobs", FLASK: "/jobs"}


def main() -> None:
    """Measures, in turn, so that whatever else the machine does meets all of them."""
    seconds, rounds = (float(word) for word in (*sys.argv[1:], "5", "7")[:2])
    load = psutil.getloadavg()[0]
    with all_up() as stage:
        makers = list(_makers(stage))
        found: dict[tuple[str, str], list[Answers]] = {}
        for number in range(int(rounds) + 1):  # the first warms up and is not counted
            for name in NAMES:
                for verb, answers in _round(stage, name, makers, seconds):
                    if number:
                        found.setdefault((verb, name), []).append(answers)
                        print(f"{verb:5} {name:14} {answers.a_second:8.0f}/s {answers.median_ms:7.1f} ms", flush=True)
    told = _told(found, seconds, int(rounds), load)
    print(told)
    _write(told)


def _makers(stage: Stage) -> Iterator[str]:
    """A token for each connection: as many people ask at once."""
    for _ in range(CONNECTIONS):
        yield requests.post(f"http://127.0.0.1:{stage.ports[OURS]}/api/v1/makers", timeout=30).json()["token"]


def _round(stage: Stage, name: str, makers: list[str], seconds: float) -> Iterator[tuple[str, Answers]]:
    port, path = stage.ports[name], ADDRESS[name]
    head = "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n"
    who = [f"Authorization: Bearer {token}\r\n" if name == OURS else "" for token in makers]
    posts = [head.format(path, each, len(WISH)).encode() + WISH for each in who]
    yield "POST", storm(port, [[post] for post in posts], 202, seconds)
    _forget(stage, name)
    made = [_made(port, path, makers[n % CONNECTIONS] if name == OURS else "") for n in range(POLLED)]
    reads = "GET {}/{} HTTP/1.1\r\nHost: localhost\r\n{}\r\n"
    gets = [[reads.format(path, job, each).encode() for job in made] for each in who]
    yield "GET", storm(port, gets, 200, seconds)
    _forget(stage, name)


def _made(port: int, path: str, token: str) -> str:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.post(
        f"http://127.0.0.1:{port}{path}", data=WISH, headers={"Content-Type": "application/json"} | headers, timeout=30
    )
    answer.raise_for_status()
    return str(answer.json()["id"])


def _forget(stage: Stage, name: str) -> None:
    """No round finds what the one before has left."""
    with stage.database(name) as connection:
        connection.execute("TRUNCATE jobs, patterns CASCADE" if name == OURS else "TRUNCATE jobs")
        connection.execute("VACUUM ANALYZE")
    with redis.Redis(unix_socket_path=str(stage.valkey.socket)) as client:
        client.flushall()


def _told(found: dict[tuple[str, str], list[Answers]], seconds: float, rounds: int, load: float) -> str:
    """The medians as a table, and what they were measured with."""
    lines = [f"| requests a second | {' | '.join(NAMES)} | ours to {FASTAPI} | ours to {FLASK} |"]
    lines.append("|---|" + "---:|" * (len(NAMES) + 2))
    for verb, what in (("POST", "POST: keep a wish, call a worker"), ("GET", "GET: how a waiting job is")):
        rates = {name: median(each.a_second for each in found[verb, name]) for name in NAMES}
        ratios = (f"{rates[OURS] / rates[peer]:.2f}" for peer in (FASTAPI, FLASK))
        lines.append("| " + " | ".join((what, *(f"{rates[name]:.0f}" for name in NAMES), *ratios)) + " |")
        for share, of in (("median", lambda each: each.median_ms), ("p99", lambda each: each.p99_ms)):
            times = (f"{median(of(each) for each in found[verb, name]):.1f} ms" for name in NAMES)
            lines.append("| " + " | ".join((f"{verb}, {share}", *times, "", "")) + " |")
    machine = f"{psutil.cpu_count()} cores of {_processor()}, {psutil.virtual_memory().total / 2**30:.0f} GiB"
    return "\n".join(
        (
            f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine}, Python {platform.python_version()}, load {load:.1f}"
            f" before it began. Medians of {rounds} rounds of {seconds:g} s each, the three in turn within a round;"
            f" {CONNECTIONS} connections kept open, each asking again as soon as it has its answer.",
            "",
            *lines,
        )
    )


def _processor() -> str:
    told = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return told[0].partition(": ")[2] if told else platform.machine()


def _write(told: str) -> None:
    before, begin, rest = RESULTS.read_text().partition("<!-- begin: python -m bench.api -->\n")
    _, end, after = rest.partition("<!-- end: python -m bench.api -->")
    RESULTS.write_text(f"{before}{begin}\n{told}\n\n{end}{after}")


if __name__ == "__main__":
    main()
