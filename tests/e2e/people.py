"""People: makers who ask the API as programs do, so that a browser test begins where it is about."""

from __future__ import annotations

import os
import re
import signal
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests

from embedded import ports
from tests.conftest import Live, wait_until
from tests.fakes.model_server import Step, _Request, sheet, status

WISH = re.compile(r"^Wish: (.*)$", re.MULTILINE)


class Writers:
    """What the scripted model writes for which wish; for any other it writes nothing."""

    def __init__(self) -> None:
        self.steps: dict[str, Step] = {}

    def __call__(self, request: _Request, prompt: str) -> None:
        asked = WISH.search(prompt)
        self.steps.get(asked[1] if asked else "", status(500))(request, prompt)


@dataclass(frozen=True)
class Scripted:
    """A whole Knotty that runs with a scripted model."""

    live: Live
    writers: Writers

    @property
    def url(self) -> str:
        """Where it is reached."""
        return self.live.url

    def restart_api(self) -> None:
        """Kills the api, as a crash does, and waits until it is back."""
        before = self.live.leader("gunicorn")
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: self.live.pids("gunicorn") != [] and before not in self.live.pids("gunicorn"), 60)
        wait_until(lambda: ports.answers(f"{self.url}/readyz"), 60)

    def maker(self) -> Maker:
        """Somebody new."""
        reply = requests.post(f"{self.url}/api/v1/makers", json={}, timeout=30)
        reply.raise_for_status()
        return Maker(self, reply.json()["token"])


@dataclass(frozen=True)
class Maker:
    """One maker, by the token of one device."""

    at: Scripted = field(repr=False)
    token: str

    def ask(self, method: str, path: str, **words: Any) -> requests.Response:
        """One request as this maker."""
        headers = {"Authorization": f"Bearer {self.token}", **words.pop("headers", {})}
        return requests.request(method, f"{self.at.url}/api/v1{path}", headers=headers, timeout=60, **words)

    def wish(self, words: str, text: str | Step, wait: bool = True) -> dict[str, Any]:
        """A wish that the model answers with this sheet, or in this way. Gives the job; `wait`: when it has ended."""
        self.at.writers.steps[words] = sheet(text) if isinstance(text, str) else text
        headers = {"Prefer": "wait=50"} if wait else {}
        reply = self.ask("POST", "/jobs", json={"prompt": words}, headers=headers)
        assert reply.status_code in (200, 201, 202), reply.text
        job: dict[str, Any] = reply.json()
        assert not wait or job["status"] not in ("queued", "running"), job
        return job

    def pattern(self, words: str, text: str) -> str:
        """The id of a pattern written for this wish."""
        return str(self.wish(words, text)["pattern"]["id"])

    def show(self, pattern: str) -> dict[str, Any]:
        """The pattern as the API tells it."""
        return dict(self.ask("GET", f"/patterns/{pattern}").json())

    def rows(self, pattern: str) -> list[dict[str, Any]]:
        """Its rows, in the order in which they are worked."""
        return [row for piece in self.show(pattern)["pieces"] for row in piece["rows"]]

    def change(self, pattern: str, **fields: Any) -> None:
        """Changes what a maker may change of a pattern."""
        tag = self.ask("GET", f"/patterns/{pattern}").headers["ETag"]
        reply = self.ask("PATCH", f"/patterns/{pattern}", json=fields, headers={"If-Match": tag})
        assert reply.status_code == 200, reply.text

    def remove(self, pattern: str) -> None:
        """Deletes a pattern."""
        tag = self.ask("GET", f"/patterns/{pattern}").headers["ETag"]
        reply = self.ask("DELETE", f"/patterns/{pattern}", headers={"If-Match": tag})
        assert reply.status_code == 204, reply.text

    def done(self, pattern: str) -> set[str]:
        """The cells that the server says are done."""
        told = self.ask("GET", f"/patterns/{pattern}/progress").json()
        return {cell for cell, register in told["cells"].items() if register["done"]}

    def tick(self, pattern: str, *cells: str, done: bool = True, replica: str = "program") -> dict[str, Any]:
        """Says of these cells that they are done, or not, now. Gives the server's answer."""
        now = time.time_ns() // 1_000_000
        ops = [
            {"id": uuid.uuid4().hex, "cell": cell, "done": done, "stamp": f"{now}-{number}-{replica}"}
            for number, cell in enumerate(cells)
        ]
        told: dict[str, Any] = self.ask("PATCH", f"/patterns/{pattern}/progress", json={"ops": ops}).json()
        assert len(told["applied"]) == len(cells), told
        return told

    def device(self) -> Maker:
        """The same maker on one more device, let in by a link."""
        link = self.ask("POST", "/devices/links").json()
        reply = requests.post(f"{self.at.url}/api/v1/devices/redeem", json={"code": link["code"]}, timeout=30)
        assert reply.status_code == 201, reply.text
        return Maker(self.at, reply.json()["token"])


def short(pattern: str) -> str:
    """The id as it stands in an address."""
    return pattern.removeprefix("pat_")
