"""brief: what the worker asks for, as the lines that it sends.

prompt = 8 lines `Name: value`, an empty line, the sheet so far
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from crochet.craft.yarn import SIZES
from llm import asides, sizes
from llm.tokens import BEGIN, Tokens

NAMES = ("Wish", "Item", "Size", "Rounds", "Colours", "Yarn", "Terms", "Variant")
LETTERS = "ABCDEF"
MOST_ROUNDS = 12  # what the model has seen; a bigger wish gets its biggest square
MOST_WISH_TOKENS = 120  # more of an essay would push the sheet out of the model's context
ANY = "any"


class BadPrompt(ValueError):
    """The prompt does not begin with a brief; the message says what was wanted."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked for. Empty or None: left open."""

    wish: str
    item: str = ""
    size: str = ""
    rounds: int | None = None
    colours: tuple[str, ...] = ()
    yarn: str = ""
    terms: str = ""
    variant: int = 0


def clean(wish: str) -> str:
    """A wish as the worker cleans it: NFC, one line, no control characters, none of a prompt's special tokens."""
    text = re.sub(r"<\|.*?\|>", " ", unicodedata.normalize("NFC", wish))
    kept = (" " if unicodedata.category(c)[0] == "C" and c != "\u200d" else c for c in text)
    return " ".join("".join(kept).split())


def read(prompt: str) -> tuple[Brief, str]:
    """The brief, and the sheet so far (empty, or ending where the model is to go on). Raises BadPrompt."""
    head, parted, sheet = prompt.partition("\n\n")
    lines = head.split("\n")
    values: list[str] = []
    for name, line in zip(NAMES, lines, strict=False):
        if not line.startswith(f"{name}: "):
            raise BadPrompt(f"line {len(values) + 1} of the brief is not `{name}: ...`")
        values.append(line.removeprefix(f"{name}: ").strip())
    if len(lines) != len(NAMES) or not parted:
        raise BadPrompt(f"a brief is {len(NAMES)} lines and an empty line")
    wish, item, size, rounds, names, yarn, terms, variant = ("" if value == ANY else value for value in values)
    return (
        Brief(
            wish=wish or values[0],
            item=item,
            size=size.lower() if size.lower() in SIZES else "",
            rounds=max(1, int(rounds)) if re.fullmatch(r"\d{1,6}", rounds) else None,
            colours=tuple(name.strip() for name in names.split(",") if name.strip())[: len(LETTERS)],
            yarn=yarn.lower() if yarn.lower() in sizes.YARNS else "",
            terms=terms.upper() if terms.upper() in ("US", "UK") else "",
            variant=int(variant) if re.fullmatch(r"\d{1,18}", variant) else 0,
        ),
        sheet,
    )


def write(brief: Brief) -> str:
    """The brief as the worker writes it."""
    names = ", ".join(brief.colours)
    values = (brief.wish, brief.item, brief.size, brief.rounds, names, brief.yarn, brief.terms, brief.variant)
    return (
        "".join(f"{name}: {ANY if value in ('', None) else value}\n" for name, value in zip(NAMES, values, strict=True))
        + "\n"
    )


def seen(brief: Brief, tokens: Tokens) -> list[int]:
    """The part of a brief that the model reads, as tokens: the rest is forced, so it reads it in the sheet."""
    wish = tokens.encode(calm(asides.without(brief.wish)))[:MOST_WISH_TOKENS]
    return [BEGIN, *tokens.encode("Wish: "), *wish, *tokens.encode(f"\n{options(brief)}")]


def calm(wish: str) -> str:
    """A wish without what only repeats itself: `xxxxxxx`, `please please please`. The model has read none like it."""
    wish = re.sub(r"(.)\1{3,}", r"\1\1", wish)
    words = wish.split()
    return " ".join(word for i, word in enumerate(words) if word not in words[max(0, i - 3) : i])


def options(brief: Brief) -> str:
    """What the model reads of the options."""
    return f"Size: {brief.size or ANY}\nRounds: {min(brief.rounds, MOST_ROUNDS) if brief.rounds else ANY}\n\n"
