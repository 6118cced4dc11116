"""Clients: twelve people who want a pattern each while everything is being killed, and who do as our guide says.

They create under an idempotency key and ask again until they are answered, follow the stream by its ids, poll, tick
each row that they see, send their ticks again in another order, and two of them change their mind.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.faults.follow import follow
from tests.faults.house import ENDED, House

Json = dict[str, Any]


@dataclass(eq=False)
class Client(threading.Thread):
    """One of them. What went wrong is in `wrong`, in words."""

    house: House
    number: int
    chance: random.Random
    token: str
    receiver: str
    pause: float  # before the wish
    changes_mind: bool
    said: Counter[int]
    job: Json = field(default_factory=dict)
    heard: list[Json] = field(default_factory=list)
    ticks: list[Json] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(name=f"client {self.number}", daemon=True)
        self.end = time.monotonic() + 240  # a job that has not ended by then is lost

    def run(self) -> None:
        try:
            time.sleep(self.pause)
            self._wish()
            for event in follow(self.house, self.job["id"], lambda: time.monotonic() > self.end):
                self.heard.append(event)
                self._heard(event)
            self._poll()
            self._tick_again()
        except Exception as error:
            self.wrong.append(f"client {self.number}: {type(error).__name__}: {error}")

    def _wish(self) -> None:
        """Until it is answered; whatever is lost on the way, every answer is of one job."""
        body = {"prompt": "punk rock blanket", "webhook": {"url": self.receiver}}
        for _ in range(self.chance.choice((1, 1, 2))):  # some are nervous, and press twice
            reply = self._asked("POST", "/jobs", (200, 202), json=body, headers={"Idempotency-Key": str(self.number)})
            if self.job and self.job["id"] != reply["id"]:
                self.wrong.append(f"client {self.number} has two jobs: {self.job['id']}, {reply['id']}")
            self.job = reply

    def _heard(self, event: Json) -> None:
        if event["type"] == "row.written":
            stamp = f"{1_700_000_000_000 + event['id']}-0-{self.number:08x}"
            cell = event["data"]["row"]["key"]
            tick = {"id": f"{self.number}-{event['id']}", "cell": cell, "done": self.chance.random() < 0.8}
            self.ticks.append(tick | {"stamp": stamp})
            self._send(self.ticks[-1:])
            if self.changes_mind and len(self.ticks) == 2:
                self._asked("POST", f"/jobs/{self.job['id']}/cancel", (200, 409))
                self.changes_mind = False

    def _tick_again(self) -> None:
        """An outbox that is sent three times, in any order."""
        for _ in range(3):
            self._send(self.chance.sample(self.ticks, len(self.ticks)))

    def _send(self, ops: list[Json]) -> None:
        if ops:
            self._asked("PATCH", f"/patterns/{self.job['pattern']['id']}/progress", (200,), json={"ops": ops})

    def _poll(self) -> None:
        """What the stream has told last is what a look shows."""
        shown = self._asked("GET", f"/jobs/{self.job['id']}", (200,))
        if shown["status"] not in ENDED:
            self.wrong.append(f"client {self.number}: the stream ended and the job is {shown['status']}")

    def _asked(self, method: str, path: str, right: tuple[int, ...], **more: Any) -> Json:
        """Asks until there is an answer; 503 and a lost connection are asked again, anything else is wrong."""
        headers = {"Authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        while True:
            try:
                reply = self.house.ask(method, path, seconds=15, headers=headers, **more)
            except requests.RequestException:
                self.said[0] += 1
            else:
                self.said[reply.status_code] += 1
                if reply.status_code in right:
                    found: Json = reply.json()
                    return found
                if reply.status_code != 503:
                    raise AssertionError(f"{method} {path}: {reply.status_code} {reply.text[:300]}")
            assert time.monotonic() < self.end, f"{method} {path} was never answered"
            time.sleep(0.1 + 0.2 * self.chance.random())


class Watch(threading.Thread):
    """Asks what touches the store, ten times a second, and knows the longest stretch without an answer."""

    def __init__(self, house: House, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self._house, self._over = house, over
        self.longest = 0.0

    def run(self) -> None:
        since = time.monotonic()
        while not self._over.wait(0.1):
            try:
                answered = self._house.ask("GET", "/jobs?limit=1", seconds=5).status_code == 200
            except requests.RequestException:
                answered = False
            now = time.monotonic()
            if answered:
                self.longest, since = max(self.longest, now - since), now


def together(clients: list[Client], meanwhile: Callable[[], None]) -> None:
    """All of them at once, and what is done to them."""
    for client in clients:
        client.start()
    meanwhile()
    for client in clients:
        client.join()
