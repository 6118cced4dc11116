"""measures: what a wish says in numbers and words of the trade: rounds, squares, size, yarn, hook, terms.

`read` takes them out of a wish: what is left is what it is about.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from crochet.craft import yarn
from crochet.craft.layouts import MOST_PLACES
from llm import items
from llm.lexicon import measure_words as words

_SIDES = (2.0, 240.0)  # in inches, the least and the most of a size that can be made of squares
_CM = yarn.CM_IN_AN_INCH


@dataclass(slots=True)
class Said:
    """What a wish says. Empty or None: nothing. `rest` is the wish without it, blanks in its place.

    `size` is a size's name or `60 x 80 in`; `bad_size` one that is out of reach. `grid` is (rows, columns); `squares`
    a number of squares without it. `colours` is how many; `tonal`: shades of one.
    """

    rest: str
    rounds: int | None = None
    grid: tuple[int, int] | None = None
    squares: int | None = None
    size: str = ""
    bad_size: str = ""
    yarn: str = ""
    hook: float | None = None
    terms: str = ""
    colours: int | None = None
    tonal: bool = False


def read(wish: str) -> Said:
    """Takes the measures out of a wish."""
    said = Said(wish)
    item = items.find(wish)
    thing = item[0].name if item else "blanket"
    _take_colours(said)
    _take_rounds(said)
    _take_squares(said)
    _take_two_sides(said, thing)
    _take_hook(said)
    _take_size(said, thing)
    _take_yarn(said)
    _take_terms(said)
    return said


def _folded(text: str) -> str:
    """The text in plain letters, sign for sign, so that a place in it is the same place in the text."""
    return "".join(_fold(sign) for sign in text)


@cache
def _fold(sign: str) -> str:
    if sign in "×✕✖":
        return "x"
    if sign in "’‘`´":
        return "'"
    if sign in "”“″":
        return '"'
    plain = next((c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c)), sign).casefold()
    return plain if len(plain) == 1 else sign


def _take(said: Said, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first find; all are taken out of the rest."""
    finds = list(pattern.finditer(_folded(said.rest)))
    for found in finds:
        said.rest = said.rest[: found.start()] + " " * (found.end() - found.start()) + said.rest[found.end() :]
    return finds[0] if finds else None


def _any(said: Iterable[str]) -> str:
    """One of these, the longest first."""
    return "(?:" + "|".join(sorted(said, key=len, reverse=True)) + ")"


def _groups(said: Mapping[str, str]) -> str:
    """One of these, each a group of its own name."""
    return "|".join(rf"(?P<{name.replace(' ', '_')}>\b(?:{words})\b)" for name, words in said.items())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    number, rounds, hook = rf"(?P<n>\d{{1,6}}|{_any(words.NUMBERS)})", rf"(?:{words.ROUNDS})\b", words.HOOK
    other, many = number.replace("<n>", "<m>"), _any(words.SQUARES)
    side = rf"(?<![\d.,])(\d{{1,5}}(?:[.,]\d{{1,2}})?)[ -]?({_any(words.UNITS)})"
    squares = rf"(?: grid\b| (?:\w+ )?{many}\b)"
    patterns = {
        "rounds": rf"(?<![\d.,-]){number}[ -]*(?:\w+ )?{rounds}(?:[ -]*each)?|\b{rounds} ?[:=] ?(?P<m>\d{{1,6}})",
        "grid": rf"\b{number} ?(?:rows? of|{words.BY}) ?{other}(?:{squares}|(?= *(?:$|[,.;!])))",
        "one piece": rf"\b(?:one|single|1)(?: big| large| huge| giant| single| granny)* (?:{many}|piece)\b"
        rf"|{words.ONE_PIECE}",
        "squares": rf"(?<![\d.,x-]){number}[ -]*(?:(?:{words.SQUARE_KINDS})[ -]*){{0,3}}{many}\b",
        "colours": rf"\b{number}[ -]*(?:\w+ )?(?:{words.COLOURS})\b",
        "two": rf"\b(?:{words.TWO_COLOURS})\b",
        "three": rf"\b(?:{words.THREE_COLOURS})\b",
        "one": rf"\b(?:{words.ONE_COLOUR})\b",
        "tonal": rf"\b(?:{words.TONAL})\b",
        "hook": rf"(?:\b{hook}{words.HOOK_SIZE}[ :.]*)?(?<![\dx] )(?<![\d.,x])\b(\d{{1,2}}(?:[.,]\d{{1,2}})?) ?-?mm\b"
        rf"(?! ?(?:x|by))(?: (?:crochet )?{hook})?",
        "letter": rf"\b(?:(?:size )?({words.HOOK_LETTER})(?:[ -]?\d{{1,2}})?[ -](?:size )?(?:crochet )?hook"
        rf"|hook(?: size)?:? ({words.HOOK_LETTER})(?:[ -]?\d{{1,2}})?)\b",
        "two sides": rf"{side}? ?(?:{words.BY}|sur|\*) ?{side}?(?![a-z0-9])",
        "side": rf"{side}(?![a-z0-9])(?! ?(?:squares|granny|gauge|hooks?)\b)",
        "name": _groups(words.SIZES),
        "yarn": rf"\b(?:({_any(words.SURE_WEIGHTS)})(?:[ -]?(?:{words.YARN}))?"
        rf"|({_any(words.WEIGHTS)})[ -](?:{words.YARN}))\b",
        "other yarn": _groups(words.OTHER_WEIGHTS),
        "uk": rf"\b(?:in )?(?:{words.UK})\b",
        "us": rf"\b(?:in )?(?:{words.US})\b",
    }
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


def _number(text: str) -> int:
    return int(text) if text.isdigit() else words.NUMBERS[text]


def _take_colours(said: Said) -> None:
    for name, count in (("two", 2), ("three", 3), ("one", 1)):
        if _take(said, _patterns()[name]):
            said.colours = count
    if found := _take(said, _patterns()["colours"]):
        said.colours = _number(found["n"])
    said.tonal = bool(_patterns()["tonal"].search(_folded(said.rest)))


def _take_hook(said: Said) -> None:
    if found := _take(said, _patterns()["hook"]):
        said.hook = float(found[1].replace(",", "."))
    elif found := _take(said, _patterns()["letter"]):
        letter = (found[1] or found[2]).upper()
        said.hook = next((mm for mm, name in yarn.HOOKS.items() if letter in name.split("/")), None)


def _take_rounds(said: Said) -> None:
    if found := _take(said, _patterns()["rounds"]):
        said.rounds = _number(found["n"] or found["m"])


def _take_squares(said: Said) -> None:
    if _take(said, _patterns()["one piece"]):
        said.grid = 1, 1
    elif found := _take(said, _patterns()["grid"]):
        one, other = _number(found["n"]), _number(found["m"])
        bare = not re.search(r"[a-z]", found.group()[found.end("m") - found.start() :])
        if bare and max(one, other) > 12:
            said.rest = said.rest[: found.start()] + found.group() + said.rest[found.end() :]  # it is a size
        elif one * other <= MOST_PLACES and one and other:
            said.grid = one, other
        else:
            said.squares = one * other
    elif found := _take(said, _patterns()["squares"]):
        said.squares = _number(found["n"])


def _take_two_sides(said: Said, item: str) -> None:
    wish = _folded(said.rest)
    if found := _take(said, _patterns()["two sides"]):
        one, unit, other, other_unit = found.groups()
        if other_unit == "in" and not unit and re.match(r" \w", wish[found.end() :]):
            other_unit = None  # `140 x 200 in Blau`
        _measure(said, item, one, unit or other_unit, other, other_unit or unit)


def _take_size(said: Said, item: str) -> None:
    if not (said.size or said.bad_size) and (found := _take(said, _patterns()["side"])):
        _one_side(said, item, found)
    if (found := _patterns()["name"].search(_folded(said.rest))) and found.lastgroup:
        said.size = said.size or found.lastgroup
        if found.lastgroup != "throw":
            _take(said, _patterns()["name"])


def _one_side(said: Said, item: str, found: re.Match[str]) -> None:
    """`a 16 inch cushion` is square; `a scarf 2 m long` is as wide as it usually is."""
    wide, tall = yarn.size_of(item)
    side = _inches(found[1], found[2])
    if re.match(r" ?(?:long|tall|lang|de largo|lunga?|longue?|comprimento|high)", _folded(said.rest)[found.end() :]):
        wide, tall = (side, tall) if wide > tall * 1.6 else (wide, side)
    elif max(wide, tall) / min(wide, tall) > 1.6:
        wide, tall = (side, tall) if wide > tall else (wide, side)
    else:
        wide = tall = side
    unit = words.UNITS[found[2]][0]
    _keep(said, wide, tall, unit)


def _measure(said: Said, item: str, one: str, unit: str | None, other: str, other_unit: str | None) -> None:
    """Two sides. Without a unit, that one is meant which comes nearer to what the thing usually measures."""
    if unit and other_unit:
        _keep(said, _inches(one, unit), _inches(other, other_unit), words.UNITS[other_unit][0])
        return
    usual = math.prod(yarn.size_of(item))
    area = max(0.01, float(one.replace(",", ".")) * float(other.replace(",", ".")))
    unit = min(("in", "cm"), key=lambda name: abs(math.log(area / (_CM**2 if name == "cm" else 1) / usual)))
    _keep(said, _inches(one, unit), _inches(other, unit), unit)


def _inches(number: str, unit: str) -> float:
    return float(number.replace(",", ".")) * words.UNITS[unit][1]


def _keep(said: Said, wide: float, tall: float, unit: str) -> None:
    by = _CM if unit == "cm" else 1
    size = f"{round(wide * by, 1):g} x {round(tall * by, 1):g} {unit}"
    if all(_SIDES[0] <= side <= _SIDES[1] for side in (wide, tall)):
        said.size = size
    else:
        said.bad_size = size


def _take_yarn(said: Said) -> None:
    if (found := _take(said, _patterns()["other yarn"])) and found.lastgroup:
        said.yarn = found.lastgroup.replace("_", " ")
    elif found := _take(said, _patterns()["yarn"]):
        said.yarn = yarn.weight(" ".join((found[1] or found[2]).replace("-", " ").split())).name


def _take_terms(said: Said) -> None:
    if _take(said, _patterns()["uk"]):
        said.terms = "UK"
    elif _take(said, _patterns()["us"]):
        said.terms = "US"
