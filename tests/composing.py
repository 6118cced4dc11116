"""Composing: a pattern by a scripted model, and a sink that keeps what it is given."""

from __future__ import annotations

import threading

from jobs import compose
from jobs.writer import Halted, Writer
from settings import Settings
from tests.fakes.model_server import ModelServer


class Shown:
    """A sink that keeps what it is given."""

    def __init__(self, halt_at=None):
        self.heads, self.rows, self.thrown, self.phases = [], [], [], []
        self.text, self.end, self.halt_at = "", None, halt_at

    def head(self, head, rows_expected, lines):
        self.heads.append(head)
        self.text += lines

    def row(self, piece, row, lines):
        if len(self.rows) == self.halt_at:
            raise Halted
        self.rows.append({**row, "piece": piece})
        self.text += lines

    def rewritten(self, key, text, message, reason):
        self.thrown.append((key, reason))

    def waking(self, away, model):
        self.phases.append((away, model and model["name"]))

    def finish(self, head, pieces, verdict, usage, lines):
        self.text += lines
        self.end = {"head": head, "pieces": pieces, "verdict": verdict, "usage": usage}


def composed(*script, wish=None, sink=None, **settings):
    """What is shown of one pattern by a scripted model, and the server that was asked."""
    sink = sink or Shown()
    with ModelServer(*script) as server:
        writer = Writer(Settings(model_url=server.url, **settings), threading.Event())
        compose.Composer(wish or compose.Wish("harbour wall", {}, 1), writer, sink).run()
    return sink, server


def results(shown):
    return [(row["key"], row["result"], row["verdict"]) for row in shown.rows]
