"""Offline: composing without a database, for evaluation and for a look at what a model does.

`python -m jobs.compose` reads wishes as JSON lines, `{"prompt": ..., "options": {...}, "seed": 7}`, and writes what
came of each as one JSON line: the pattern's head, pieces, rows and sheet, the tries that were thrown away, its cost.
It runs the code that ships, on the model that MODEL_URL names.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable
from time import monotonic
from typing import Any, TextIO

from jobs import compose, prompts
from jobs.writer import ModelRefused, ModelUnavailable, Writer
from settings import Settings

Json = dict[str, Any]


class Kept:
    """A sink that keeps what it is given, as one JSON value."""

    def __init__(self) -> None:
        self._began = monotonic()
        self.told: Json = {"head": None, "pieces": {}, "rows": [], "thrown": [], "verdict": None, "usage": None}
        self.told |= {"sheet": "", "first_row_seconds": None, "error": None, "model": None}

    def head(self, head: Json, rows_expected: int | None, lines: str) -> None:
        """Keeps the head."""
        self.told |= {"head": head, "rows_expected": rows_expected}
        self.told["sheet"] += lines

    def row(self, piece: Json, row: Json, lines: str) -> None:
        """Keeps a row."""
        if not self.told["rows"]:
            self.told["first_row_seconds"] = self.seconds()
        self.told["pieces"][piece["key"]] = piece
        self.told["rows"].append(row)
        self.told["sheet"] += lines

    def rewritten(self, key: str, text: str, message: str, reason: str) -> None:
        """Keeps what was thrown away."""
        self.told["thrown"].append({"key": key, "text": text, "message": message, "reason": reason})

    def waking(self, away: bool, model: Json | None) -> None:
        """Keeps who writes."""
        if not away and model is not None:
            self.told["model"] = model

    def finish(self, head: Json, pieces: Json, verdict: str, usage: Json, lines: str) -> None:
        """Keeps the end."""
        self.told |= {"head": head, "pieces": pieces, "verdict": verdict, "usage": usage}
        self.told["sheet"] += lines

    def seconds(self) -> float:
        """Since the wish was taken."""
        return round(monotonic() - self._began, 3)


def composed(wish: compose.Wish, settings: Settings) -> Json:
    """What came of one wish: `error` is None, or why there is no pattern."""
    kept, writer = Kept(), Writer(settings, threading.Event())
    kept.told["model"] = writer.model()
    try:
        compose.Composer(wish, writer, kept).run()
    except (compose.OutputInvalid, ModelRefused, ModelUnavailable) as error:
        kept.told["error"] = {"type": type(error).__name__, "detail": str(error)}
    return {"prompt": wish.prompt, "options": dict(wish.options), **kept.told, "seconds": kept.seconds()}


def main(lines: Iterable[str] = sys.stdin, out: TextIO = sys.stdout) -> int:
    """0, or 1 when a wish came to nothing."""
    settings, missed = Settings.from_env(), 0
    for number, line in enumerate(line for line in lines if line.strip()):
        asked = json.loads(line)
        options = asked.get("options", {})
        variant = asked["seed"] if "seed" in asked else prompts.variant(str(number), options)
        told = composed(compose.Wish(asked["prompt"], options, variant), settings)
        missed += told["error"] is not None
        print(json.dumps(told, ensure_ascii=False), file=out, flush=True)
    return min(1, missed)
