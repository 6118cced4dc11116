"""frozen: the wishes that a model is judged by. Written once by hand, never trained on, never changed for a model.

seen        about themes that the corpus has used, in words that it has not
unseen      half about themes held out of the corpus, half about what is in no lexicon
weird       what people type all the same
languages   Spanish, German, French, Italian, Dutch, Japanese
hostile     orders to the model, marks of prompts and pages, code, ready-made false rows, abuse
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

SETS = ("seen", "unseen", "weird", "languages", "hostile")
FOLDER = Path(__file__).parent / "frozen"


@dataclass(frozen=True, slots=True)
class Frozen:
    """A wish, and what is known of it: the lexicon's theme it is about, and patterns of what no answer may say."""

    prompt: str
    options: Mapping[str, Any] = field(default_factory=dict)
    theme: str = ""
    language: str = "en"
    never: tuple[str, ...] = ()


@cache
def wishes(name: str) -> tuple[Frozen, ...]:
    """The wishes of a set, in their order."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_read(json.loads(line)) for line in lines)


@cache
def prompts() -> frozenset[str]:
    """Every frozen wish, without regard to capitals and blanks: what the corpus passes over."""
    return frozenset(even(wish.prompt) for name in SETS for wish in wishes(name))


def even(prompt: str) -> str:
    """A wish without what only differs in writing."""
    return " ".join(prompt.casefold().split())


def digest(name: str) -> str:
    """The SHA-256 of a set."""
    return hashlib.sha256((FOLDER / f"{name}.jsonl").read_bytes()).hexdigest()


def _read(said: dict[str, Any]) -> Frozen:
    return Frozen(**said | {"never": tuple(said.get("never", ()))})
