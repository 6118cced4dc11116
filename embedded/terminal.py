"""The terminal: `./knotty pattern "a wish"` writes one pattern here, by the same job API the page uses.

Rows go to standard output as they come, each with its counts and a seal; progress and everything else to standard
error, so that `./knotty pattern "a wish" > pattern.txt` keeps the pattern alone.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import requests

from embedded import children, home
from embedded.children import CannotStart

SEALS = {"ok": ("✓", 32), "error": ("✗", 31), "unchecked": ("·", 33)}
PHASES = {
    "waking_model": "waking the writer",
    "writing": "writing",
    "rewriting": "trying a row again",
    "finishing": "finishing",
}
ENDS = {"job.succeeded", "job.failed", "job.canceled"}


def main(words: list[str]) -> int:
    """Asks for a pattern and prints it. Gives the exit code: 0 written, 1 not, 130 given up."""
    parser = argparse.ArgumentParser(prog="./knotty pattern", description="Write one pattern in the terminal.")
    parser.add_argument("wish", nargs="+", help='what it shall be, like: "punk rock blanket"')
    parser.add_argument("--terms", choices=["us", "uk"], help="the words of the craft; else as the wish says")
    parser.add_argument("--rounds", type=int, help="how many rounds a square has")
    parser.add_argument("--seed", type=int, help="the same wish and seed give the same pattern")
    asked = parser.parse_args(words)
    options = {name: value for name in ("terms", "rounds", "seed") if (value := getattr(asked, name)) is not None}
    with _knotty() as (url, stays):
        code = write(url, " ".join(asked.wish), options)
    if not stays:
        print("The pattern is kept: ./knotty up shows it at that address.", file=sys.stderr)
    return code


def write(url: str, wish: str, options: dict[str, object]) -> int:
    """Posts the job, prints its rows as they are written, and says how it ended."""
    reply = requests.post(f"{url}/api/v1/jobs", json={"prompt": wish, "options": options}, timeout=60)
    job = reply.json()
    if reply.status_code >= 400:
        faults = [f"{fault.get('pointer', '')}: {fault.get('detail', '')}" for fault in job.get("errors", [])]
        raise CannotStart("\n".join([str(job.get("detail") or job.get("title")), *faults]))
    printer = Printer(f"{url}/p/{job['pattern']['id']}")
    try:
        for kind, data in events(f"{url}/api/v1/jobs/{job['id']}/events"):
            printer.show(kind, data)
            if kind in ENDS:
                return 0 if kind == "job.succeeded" else 1
    except KeyboardInterrupt:
        printer.clear()
        token = {"Authorization": f"Bearer {job.get('maker_token', '')}"}
        with contextlib.suppress(requests.RequestException):
            requests.post(f"{url}/api/v1/jobs/{job['id']}/cancel", headers=token, timeout=10)
        print("Given up; the rows so far are kept.", file=sys.stderr)
        return 130
    raise CannotStart("The job's story ended before the job did.")


def events(url: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A job's events in order, each once, over as many connections as it takes."""
    last, fell = "", 0
    while True:
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last else {})
        try:
            with requests.get(url, headers=headers, stream=True, timeout=(10, 60)) as reply:
                if reply.status_code == 204:
                    return
                reply.raise_for_status()
                for number, kind, data in _parse(reply):
                    last, fell = number or last, 0
                    yield kind, data
            time.sleep(0.2)  # a stream ends itself after a minute; the next one goes on where it was
        except (requests.RequestException, OSError) as fault:
            fell += 1
            if fell > 20:
                raise CannotStart(f"Knotty does not answer any more: {fault}") from None
            time.sleep(min(0.2 * 2**fell, 5))


def _parse(reply: requests.Response) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(id, event, data) of each event of a text/event-stream; comments are pings.

    What is sent is the event of the log, `{id, type, at, data}`; its inner `data` is what happened.
    """
    fields: dict[str, str] = {}
    for raw in reply.iter_lines(chunk_size=1):
        line = raw.decode()
        if line:
            name, _, value = line.partition(":")
            fields[name] = f"{fields[name]}\n{value[1:]}" if name == "data" and "data" in fields else value[1:]
            continue
        if "data" in fields and "event" in fields:
            yield fields.get("id", ""), fields["event"], json.loads(fields["data"])["data"]
        fields = {}


@dataclass
class Printer:
    """What the terminal shows of a job: in colour and with progress where somebody watches, plain where not."""

    page: str
    colour: bool = field(default_factory=lambda: sys.stdout.isatty() and "NO_COLOR" not in os.environ)
    watched: bool = field(default_factory=sys.stderr.isatty)
    rows: int = 0
    proven: int = 0
    expected: int | None = None
    piece: str = ""

    def show(self, kind: str, data: dict[str, Any]) -> None:
        """Shows one event."""
        if kind == "head.written":
            self._head(data)
        elif kind == "row.written":
            self._row(data["row"])
        elif kind == "job.phase":
            self._progress(PHASES.get(data.get("phase", ""), ""))
        elif kind == "row.rewritten":
            self._progress(f"{data.get('key')} did not add up, trying again")
        elif kind == "job.succeeded":
            self._end()
        elif kind == "job.failed":
            self.clear()
            error = data.get("error") or {}
            print(f"No pattern this time: {error.get('detail') or error.get('type')}", file=sys.stderr)

    def clear(self) -> None:
        if self.watched:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _head(self, data: dict[str, Any]) -> None:
        head = data.get("head", data)
        self.expected = data.get("rows_expected")
        self._print(self._bold(head.get("title") or "Pattern"))
        if head.get("about"):
            self._print(head["about"])
        self._print()
        for colour in head.get("colours", []):
            self._print(f"  {colour['letter']}  {self._swatch(colour['hex'])}{colour['name']} {colour['hex']}")
        yarn, hook = head.get("yarn") or {}, head.get("hook") or {}
        facts = [yarn.get("weight"), f"{hook['mm']:g} mm hook" if hook.get("mm") else None, head.get("gauge")]
        self._print("  " + ", ".join(str(fact) for fact in facts if fact))
        for remark in head.get("notes", []):
            self._print(f"  Note: {remark['text']}")
        self._print()

    def _row(self, row: dict[str, Any]) -> None:
        self.rows += 1
        self.proven += row.get("verdict") == "ok"
        seal, colour = SEALS.get(row.get("verdict", ""), SEALS["unchecked"])
        label = f"{row.get('label', '')}{' (' + row['colour'] + ')' if row.get('colour') else ''}: "
        text = str(row.get("text", ""))
        shown = text if text.startswith(str(row.get("label") or "\0")) else label + text
        self._print(f"{self._paint(seal, colour)} {shown}")
        for finding in row.get("findings", []):
            self._print(f"    {finding.get('message', '')}")
        self._progress("writing")

    def _end(self) -> None:
        self.clear()
        what = "Every row adds up" if self.proven == self.rows else f"{self.proven} of {self.rows} rows add up"
        self._print()
        self._print(self._bold(f"{what}."))
        print(self.page, file=sys.stderr)

    def _progress(self, what: str) -> None:
        if self.watched and what:
            so_far = f"row {self.rows}" + (f" of {self.expected}" if self.expected else "")
            self.clear()
            print(f"  {what}, {so_far} ...", end="", file=sys.stderr, flush=True)

    def _print(self, text: str = "") -> None:
        self.clear()
        print(text, flush=True)

    def _paint(self, text: str, colour: int) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour else text

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def _swatch(self, hexadecimal: str) -> str:
        if not self.colour:
            return ""
        red, green, blue = (int(hexadecimal[i : i + 2], 16) for i in (1, 3, 5))
        return f"\x1b[48;2;{red};{green};{blue}m   \x1b[0m "


@contextlib.contextmanager
def _knotty() -> Iterator[tuple[str, bool]]:
    """The address of a running Knotty, or of one that is started for the occasion; and whether it stays."""
    place = home.folder()
    found = home.running(place)
    if url := os.environ.get("KNOTTY_URL"):
        yield url.rstrip("/"), True
    elif found and found.ready:
        yield found.url.rstrip("/"), True
    else:
        print("Knotty is not running, so it is started for this one pattern.", file=sys.stderr, flush=True)
        env = os.environ | {"LOG_LEVEL": "ERROR"}
        process = children.spawn([sys.executable, "-m", "embedded", "up"], env=env, out=sys.stderr.fileno())
        try:
            yield _ready_url(process.poll), False
        finally:
            children.stop(process, signal.SIGTERM, grace=60)


def _ready_url(ended: Callable[[], int | None], seconds: float = 300) -> str:
    end = time.monotonic() + seconds
    while ended() is None and time.monotonic() < end:
        if (found := home.running(home.folder())) and found.ready:
            return found.url.rstrip("/")
        time.sleep(0.1)
    raise CannotStart("Knotty did not get ready; its own words are above.")
