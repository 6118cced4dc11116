"""brief: reads what the worker asks for, and says which words of the sheet are not the model's to choose.

    prompt = 8 lines `Name: value`, an empty line, the sheet so far

`plan` turns the wish into a title, an item and colours; `forced` gives the words that the next line must begin with.
The same brief and the same sheet so far give the same words, so that a continuation needs no memory.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from crochet.craft import colours
from crochet.craft.yarn import SIZES
from llm import items, lexicon, sizes
from llm.lexicon import words as sayings
from llm.tokens import BEGIN, Tokens

NAMES = ("Wish", "Item", "Size", "Rounds", "Colours", "Yarn", "Terms", "Variant")
LETTERS = "ABCDEF"
MOST_ROUNDS = 12  # what the model has seen; a bigger wish gets its biggest square
MOST_BORDER = 3
MOST_WISH_TOKENS = 120  # more of an essay would push the sheet out of the model's context
ANY = "any"
Terms = Literal["US", "UK"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YARN_WORDS = {
    "lace weight": "lace", "laceweight": "lace", "sock yarn": "super fine", "fingering": "super fine",
    "sport weight": "fine", "dk yarn": "dk", "double knit": "dk", "double knitting": "dk", "worsted": "worsted",
    "aran": "worsted", "chunky": "bulky", "bulky": "bulky", "super chunky": "super bulky", "super bulky": "super bulky",
}  # fmt: skip
_UK_WORDS = re.compile(r"\b(?:uk|british|treble crochet|uk terms|treble)\b")
_FILLER = _words("""
a an the i id im ill ive want wants wanted would like likes to make makes making made me my please can could you
your crochet crocheted pattern patterns for something some with in of on at and or but colours colors colour
color coloured colored very really style styled themed theme inspired vibes vibe feel feeling look looking looks
idea need needs give get us our new nice pretty cute big small little large lovely beautiful who loves that is
it its be as so from by using use square squares granny grannies una un une unas unos el la los las de del para mi
con en y o eine einen einem einer ein der die das den dem fur meine meinen mein mit und oder le les des du pour
ma mon avec et ou il lo gli per mia mio e di nel quiero quisiera hazme ich will mochte je veux voudrais vorrei
size sized
""")
_SMALL = _words("a an and at by for from in of on or the to with y de la el und et con")


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


@dataclass(frozen=True, slots=True)
class Plan:
    """What code decides before the model writes: `colours` are (letter, name, hex)."""

    title: str
    item: str
    palette: str
    colours: tuple[tuple[str, str, str], ...]
    size: str  # of a blanket; other things have a grid of (rows, columns)
    grid: tuple[int, int] | None
    rounds: int | None
    yarn: str
    terms: Terms
    seed: str


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
    wish = tokens.encode(_calm(brief.wish))[:MOST_WISH_TOKENS]
    return [BEGIN, *tokens.encode("Wish: "), *wish, *tokens.encode(f"\n{options(brief)}")]


def _calm(wish: str) -> str:
    """A wish without what only repeats itself: `xxxxxxx`, `please please please`. The model has read none like it."""
    wish = re.sub(r"(.)\1{3,}", r"\1\1", wish)
    words = wish.split()
    return " ".join(word for i, word in enumerate(words) if word not in words[max(0, i - 3) : i])


def options(brief: Brief) -> str:
    """What the model reads of the options."""
    return f"Size: {brief.size or ANY}\nRounds: {min(brief.rounds, MOST_ROUNDS) if brief.rounds else ANY}\n\n"


def plan(brief: Brief) -> Plan:
    """Decides what the model does not: the same for the same brief."""
    seed = f"{brief.wish}|{brief.variant}"
    words = lexicon.plain(brief.wish)
    named = items.find(brief.wish)
    item = _clean(brief.item, 30).lower() or (named[0].name if named else "blanket")
    palette, chosen = _palette(brief, random.Random(f"palette {seed}"))
    size = brief.size or _size(words)
    rounds = min(brief.rounds, MOST_ROUNDS) if brief.rounds else None
    usual = items.ITEMS.get(item) or items.ITEMS[items.UNKNOWN]
    chance = random.Random(f"size {seed}")
    grid = None
    if not size and usual.sizes:
        size = chance.choice(usual.sizes)
    elif not size:
        grid = items.usual_grid(chance, usual, least=min(max(2, len(chosen) - 1), 4))
        rounds = rounds or grid[2]
    return Plan(
        title=title(brief.wish),
        item=item,
        palette=palette,
        colours=tuple((letter, name, code) for letter, (name, code) in zip(LETTERS, chosen, strict=False)),
        size=size,
        grid=grid and grid[:2],
        rounds=rounds,
        yarn=brief.yarn or _yarn(words),
        terms="UK" if brief.terms == "UK" or (not brief.terms and _UK_WORDS.search(words)) else "US",
        seed=seed,
    )


def rounds_of(decided: Plan, sheet: Sequence[str]) -> int | None:
    """How many rounds the square must have. None: the gauge is not written yet, or cannot be read.

    The number of squares is worked out before the first round is written: the model cannot multiply.
    """
    if decided.rounds:
        return decided.rounds
    gauge = _gauge(sheet)
    if gauge is None:
        return None
    fitting = [n for n in sizes.sensible_rounds(decided.size, gauge) if n >= min(len(decided.colours), 3)] or [3]
    few = fitting[: max(1, (len(fitting) + 1) // 2 + 1)]
    return random.Random(f"rounds {decided.seed}").choice(few)


def forced(decided: Plan, sheet: Sequence[str]) -> str:
    """What the next line of the sheet begins with; with its line end where the whole line is fixed. Empty: nothing is.

    `sheet` holds the whole lines so far.
    """
    at = len(sheet)
    colour_lines = [f"{letter}: {name} {code}\n" for letter, name, code in decided.colours]
    head = [f"Title: {decided.title}", f"Item: {decided.item}\n", f"Palette: {decided.palette}\n", *colour_lines]
    head.append(f"Terms: {decided.terms}\n")
    if at < len(head):
        return head[at]
    last = sheet[-1]
    if last.startswith("Terms: ") and decided.yarn:
        return f"Yarn: {decided.yarn}\n"
    if last.startswith("Gauge: "):
        return _layout(decided, sheet)
    rounds = rounds_of(decided, sheet)
    if rounds and last.startswith("Piece: "):
        return "Rnd 1"
    if rounds and (label := re.match(r"Rnd (\d+)\b", last)) and int(label[1]) < rounds:
        return f"Rnd {int(label[1]) + 1}"
    return ""


def number(line: str, sheet: Sequence[str]) -> str:
    """The number of a row whose label is written up to there: `Rnd ` after Rnd 4 is 5. Empty: no number is due."""
    if line not in ("Rnd ", "Border Rnd "):
        return ""
    return str(_last(line, sheet) + 1)


def barred(decided: Plan, sheet: Sequence[str]) -> tuple[bytes, ...]:
    """What the next line cannot begin with: one more round when the square has all it must or can have, or a seam in a
    yarn that the sheet does not have."""
    rounds = rounds_of(decided, sheet) or MOST_ROUNDS
    return (
        *((b"R",) if _last("Rnd ", sheet) >= rounds else ()),
        *((b"B",) if _last("Border Rnd ", sheet) >= MOST_BORDER else ()),
        *(f"Joining ({letter}".encode() for letter in LETTERS[len(decided.colours) :]),
    )


def true(decided: Plan, line: str) -> bool:
    """Whether a title names no other thing, and a sentence about the sheet says only what such sentences say, of the
    colours that are there."""
    if line.startswith("Title: "):
        found = items.find(line[len(f"Title: {decided.title}") :])
        return found is None or found[0].name == decided.item
    if not line.startswith("About: "):
        return True
    own = " ".join((decided.item, *(name for _, name, _ in decided.colours))).lower()
    return {word.lower() for word in _written(line[len("About: ") :])} <= _sayings() | set(_written(own))


@cache
def _sayings() -> frozenset[str]:
    frames = re.sub(r"{\w+}", " ", " ".join((*sayings.OPENINGS, *sayings.CLOSES)))
    return frozenset(word.lower() for word in _written(frames))


def _last(label: str, sheet: Sequence[str]) -> int:
    """The number of the last row if it has this label; else 0."""
    found = re.match(rf"{label}(\d+)\b", sheet[-1]) if sheet else None
    return int(found[1]) if found else 0


def _written(wish: str) -> list[str]:
    """The words of a wish without its punctuation. A mark belongs to the letter before it: Hindi has one a syllable."""
    kept = (sign if unicodedata.category(sign)[0] in "LMN" or sign in "'’-" else " " for sign in wish)
    return [word for part in "".join(kept).split() if (word := part.strip("'’-"))]


def title(wish: str) -> str:
    """The maker's own words that make a title: without `I want a`, without the item. May be empty."""
    words = [word[:24] for word in _written(_calm(wish))]
    item = items.find(wish)
    skip = set(item[1].split()) if item else set()
    real = [i for i, word in enumerate(words) if not _is_filler(word, skip)]
    if len(real) > 4 and (theme := lexicon.find(wish)):
        return _title_case(theme[1].split())
    if not real:
        return ""
    real = real[:4]
    kept = [words[i] for i in range(real[0], real[-1] + 1) if i in real or words[i].lower() in _SMALL]
    return _title_case(kept)


def _is_filler(word: str, item_words: set[str]) -> bool:
    plain = lexicon.plain(word)
    return not plain or plain in _FILLER or plain in item_words or (plain.isdigit() and len(plain) > 4)


def _title_case(words: Sequence[str]) -> str:
    if len(words) > 1 and all(word.isupper() for word in words):
        words = [word.lower() for word in words]
    cased = [w.lower() if i and w.lower() in _SMALL else w[0].upper() + w[1:] for i, w in enumerate(words)]
    text = " ".join(cased)
    return text if len(text) <= 40 else text[:40].rsplit(" ", 1)[0]


def _palette(brief: Brief, rng: random.Random) -> tuple[str, list[tuple[str, str]]]:
    """The palette's label and its colours: those asked for, a theme's, a near theme's, or some that go together."""
    if brief.colours:
        return "as asked", [_asked(name, i) for i, name in enumerate(brief.colours)]
    most = min(5, max(2, brief.rounds)) if brief.rounds else 5
    named = colours.named(brief.wish)[: len(LETTERS)]
    found = lexicon.find(brief.wish)
    if named and not (found and (colours.only_things(named) or len(named) == 1)):
        return "as asked", named
    label = found[0].name if found else ""
    theme = found[0] if found else lexicon.near(brief.wish)
    if theme is None:
        return "our pick", colours.harmony(f"{brief.wish} {brief.variant}", min(most, rng.choice((4, 4, 5))))
    chosen = list(theme.palette)[: max(2, min(most, rng.choice((3, 4, 4, 5, 5))))]
    rng.shuffle(chosen)
    pairs = [(name, colours.of(name) or "#808080") for name in chosen]
    if len(named) == 1 and not colours.only_things(named):
        pairs = named + [pair for pair in pairs if pair[0] != named[0][0]][: max(1, most - 1)]
    return label or f"near {theme.name}", pairs


def _asked(name: str, place: int) -> tuple[str, str]:
    """A colour the maker asked for. A bare hex keeps its value, under the name of what it looks like."""
    if code := re.fullmatch(r"#?([0-9A-Fa-f]{6})", name):
        return f"shade of {colours.nearest(f'#{code[1]}')[0]}", f"#{code[1].upper()}"
    clean = _clean(name, 30).lower() or "yarn"
    return clean, colours.of(clean) or colours.harmony(f"{clean} {place}", 1)[0][1]


def _clean(text: str, most: int) -> str:
    """Letters, digits, spaces and a few marks; one line; not too long."""
    return " ".join(re.sub(r"[^\w '’-]", " ", text).split())[:most].strip()


def _size(words: str) -> str:
    named = re.search(r"\b(" + "|".join(SIZES) + r") size(?:d)?\b|\b(queen|king|twin) (?:bed|blanket)\b", words)
    return (named[1] or named[2]) if named else ""


def _yarn(words: str) -> str:
    found = [word for word in _YARN_WORDS if re.search(rf"\b{word}\b", words)]
    return _YARN_WORDS[max(found, key=len)] if found else ""


def _gauge(sheet: Sequence[str]) -> int | None:
    for line in sheet:
        if gauge := re.match(r"Gauge: (\d{1,2})\b", line):
            return max(1, int(gauge[1]))
    return None


def _layout(decided: Plan, sheet: Sequence[str]) -> str:
    gauge, rounds = _gauge(sheet), rounds_of(decided, sheet)
    if decided.grid:
        rows, columns = decided.grid
    elif gauge is None or rounds is None:
        return ""
    else:
        rows, columns = sizes.layout(decided.size, rounds, gauge)
    return "Layout: one piece\n" if rows * columns == 1 else f"Layout: {rows} rows of {columns}, one kind\n"
