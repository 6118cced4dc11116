"""chat: the prompt of a tuned Llama, word for word as the worker writes its shape `llama3`.

system | brief | the sheet so far, as the assistant's open turn
system | brief | the sheet so far | a row that was not accepted, and why | an open turn that begins with the row's label

The worker does not import this room, nor this room the worker: golden files in tests/prompts/ bind both.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SPECIAL = re.compile(r"<\|.*?\|>")
_SYSTEM = (
    "You write granny-square crochet patterns in ordinary notation, one instruction a line and nothing else. First "
    "the head: Title, Item, Palette, the yarns A to F with their colours, Terms, Yarn, Hook, Gauge, Motif, Layout, "
    "About. Then Piece and its rounds, Joining, Border rounds, further pieces with their rows, Finishing, and End. as "
    "the last line. Every round names its yarn in brackets and ends with the number of stitches it makes; a border's "
    "may leave the number out."
)


class Repair(NamedTuple):
    """A row that was not accepted, what the checker found in it, and the label to write again."""

    line: str
    finding: str
    label: str


def prompt(brief: str, sheet: str = "", start: str = "", repair: Repair | None = None) -> str:
    """What the model reads, without the token that begins a text: every tokenizer puts that there itself."""
    turns = [_turn("system", _SYSTEM), _turn("user", brief)]
    sheet = _SPECIAL.sub(" ", sheet)
    if repair is not None:
        again = f"{repair.line}\nNot accepted. {repair.finding}\nWrite {repair.label} again and go on."
        turns += [_turn("assistant", sheet), _turn("user", _SPECIAL.sub(" ", again))]
        sheet, start = "", start or repair.label
    return "".join((*turns, "<|start_header_id|>assistant<|end_header_id|>\n\n", sheet, start))


def _turn(role: str, words: str) -> str:
    return f"<|start_header_id|>{role}<|end_header_id|>\n\n{words.strip()}<|eot_id|>"
