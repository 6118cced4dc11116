"""Streams: how long a row takes from its commit to whoever follows the job, with fifty and with two hundred streams."""

from __future__ import annotations

import json
import selectors
import socket
import threading
import time
from dataclasses import dataclass, field
from statistics import median

from bench import hot
from bench.machine import Began, share, spread, table
from bench.stage import OURS, stage
from db import records, session
from jobs.queue import Doorbell

ROWS_A_SECOND = 40
PROCESSES = 3  # of the api: one holds 96 streams at most


@dataclass
class Ears:
    """Many open streams, read by one thread; when each row has arrived, by its job and key."""

    arrived: dict[tuple[str, str], float] = field(default_factory=dict)

    def follow(self, port: int, token: str, jobs: list[str]) -> None:
        """Opens a stream of each of these jobs; one that finds a full process tries again."""
        self._selector = selectors.DefaultSelector()
        for job in jobs:
            self._selector.register(_opened(port, token, job), selectors.EVENT_READ, (job, bytearray()))
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends them all."""
        self._ends.set()
        self._thread.join(5)
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]

    def _listen(self) -> None:
        while not self._ends.is_set():
            for key, _ in self._selector.select(0.1):
                data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                now = time.perf_counter()
                if not data:
                    self._selector.unregister(key.fileobj)
                    continue
                job, got = key.data
                got += data
                while (end := got.find(b"\n\n")) >= 0:
                    block, got[: end + 2] = bytes(got[:end]), b""
                    if b"event: row.written" in block:
                        told = json.loads(block[block.index(b"data: ") + 6 :].split(b"\n")[0])
                        self.arrived[job, told["data"]["row"]["key"]] = now


def measure(quick: bool) -> str:
    """The figures, as they are told."""
    began = Began()
    rounds, seconds, crowds = (1, 1.0, (5,)) if quick else (3, 6.0, (50, 200))
    rows = []
    with stage() as here:
        here.serve_ours(WEB_CONCURRENCY=str(1 if quick else PROCESSES), SSE_SECONDS="600", HELD_A_MAKER="1000")
        engine = session.bind(here.settings())
        bell, [token] = Doorbell(here.settings().redis_url), here.makers(1)
        for crowd in crowds:
            took = [_round(here.ports[OURS], token, bell, crowd, seconds) for _ in range(rounds)]
            print(f"{crowd} streams: p95 {spread([share(each, 0.95) for each in took])} ms", flush=True)
            rows.append(
                [
                    f"{crowd} streams",
                    f"{spread([median(each) for each in took])} ms",
                    f"{spread([share(each, 0.95) for each in took])} ms",
                    f"{spread([share(each, 0.99) for each in took])} ms",
                ]
            )
        engine.dispose()
    words = (
        f"{rounds} rounds of {seconds:g} s each, {ROWS_A_SECOND} rows a second over all jobs, a stream for each, one"
        f" thread that reads them all; {1 if quick else PROCESSES} processes of the api. From the return of the row's"
        " commit to the client's read."
    )
    return f"{began.told()} {words}\n\n{table(['', 'median', 'p95', 'p99'], rows)}"


def _round(port: int, token: str, bell: Doorbell, crowd: int, seconds: float) -> list[float]:
    maker = records.bearer_of(token)
    assert maker is not None
    jobs = [str(records.open_job(maker.maker_id, "punk rock blanket", {})["id"]) for _ in range(crowd)]
    for job in jobs:
        records.claim(job, 600, hot.MODEL)
    ears, kept = Ears(), {}
    ears.follow(port, token, jobs)
    time.sleep(0.5)
    due = time.perf_counter()
    for number in range(int(seconds * ROWS_A_SECOND)):
        time.sleep(max(0.0, due - time.perf_counter()))
        due += 1 / ROWS_A_SECOND
        job, key = jobs[number % crowd], 1 + number // crowd
        records.add_row(job, 1, hot.PIECE, hot.row(key), "Rnd 1\n", 600)
        kept[job, f"p1/r{key}"] = time.perf_counter()
        bell.tell(job)
    until = time.perf_counter() + 5
    while len(ears.arrived) < len(kept) and time.perf_counter() < until:
        time.sleep(0.01)
    ears.close()
    for job in jobs:
        records.cancel(job, maker.maker_id)
    if lost := kept.keys() - ears.arrived.keys():
        raise RuntimeError(f"{len(lost)} of {len(kept)} rows never arrived.")
    return [1000 * (ears.arrived[row] - at) for row, at in kept.items()]


def _opened(port: int, token: str, job: str) -> socket.socket:
    head = f"GET /api/v1/jobs/{job}/events HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n"
    for _ in range(50):
        sock = socket.create_connection(("127.0.0.1", port), 10)
        sock.sendall(head.encode())
        first = sock.recv(4096)
        if first.split(b" ", 2)[1] == b"200":
            return sock
        sock.close()
        time.sleep(0.02)
    raise RuntimeError(f"No stream opened: {first[:200]!r}")
