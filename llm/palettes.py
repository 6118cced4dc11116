"""palettes: the colours of a pattern, and what is said of where they come from.

    colours that are named     those                            as asked
    a theme of the lexicon     its                              the theme's name
    a near miss of one         its                              near ...
    nothing we know            some that go together            our pick

What a wish wants left out is in none of them.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from crochet.craft import colours, harmonies
from crochet.craft.colours import Mention
from llm import items, lexicon
from llm.brief import LETTERS, Brief
from llm.lexicon import Theme
from llm.measures import Said

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Palette:
    """Where the colours come from, the colours as (name, hex), and what of the wish could not be met."""

    label: str
    pairs: list[Pair]
    notes: tuple[str, ...] = ()


def choose(brief: Brief, said: Said, rng: random.Random) -> Palette:
    """The palette of a brief; `said.rest` is the wish that it is looked for in."""
    if brief.colours:
        return Palette("as asked", [_asked(name, i) for i, name in enumerate(brief.colours)])
    found = colours.mentions(said.rest)
    without = frozenset(harmonies.kind(one.hex) for one in found if not one.wanted)
    theme = _theme(said.rest, found)
    wanted = {one.name: one.hex for one in found if one.wanted and not (theme and _within(one, theme))}
    named = [*wanted.items(), *_codes(said.rest)]
    seed = f"{brief.wish} {brief.variant}"
    if said.tonal and named:
        return Palette("as asked", harmonies.tones(named[0][1], _most(said.colours or rng.choice((3, 4, 4, 5)))))
    if named and theme and not colours.only_things(named) and items.for_baby(said.rest, theme):
        theme = None  # the baby of a baby blanket
    if named and not (theme and (colours.only_things(named) or len(named) == 1)):
        return _named(named, said.colours, without, seed)
    known = lexicon.themes()[theme.name] if theme else lexicon.near(_strange(said.rest, found))
    many = said.colours or _many(brief.rounds or said.rounds, known, rng)
    notes = _too_many(many)
    if known is None:
        return Palette("our pick", harmonies.harmony(seed, _most(many), without=without), notes)
    first = named if len(named) == 1 and not colours.only_things(named) else []
    label = known.name if theme else f"near {known.name}"
    return Palette(label, _of_theme(known, first, _most(many), without, seed, rng), notes)


def _named(named: list[Pair], many: int | None, without: frozenset[str], seed: str) -> Palette:
    """The named colours; some that go with them where the wish wants more."""
    asked = max(many or 0, len(named))
    notes = _too_many(asked)
    kept = named[: len(LETTERS)]
    more = min(asked, len(LETTERS)) - len(kept)
    if more > 0:
        notes = (*notes, f"colours-our-pick {len(kept)}; {len(kept) + more}")
        kept = kept + harmonies.harmony(seed, more, beside=kept, without=without)
    return Palette("as asked", kept, notes)


def _of_theme(
    theme: Theme, first: list[Pair], many: int, without: frozenset[str], seed: str, rng: random.Random
) -> list[Pair]:
    """So many of a theme's colours, the most telling first of all; too few of them are filled up in harmony."""
    pairs = [(name, colours.of(name) or "#808080") for name in theme.palette]
    pairs = [pair for pair in pairs if harmonies.kind(pair[1]) not in without][:many]
    if not theme.ordered:
        rng.shuffle(pairs)
    if first:
        apart = [pair for pair in pairs if colours.difference(pair[1], first[0][1]) >= harmonies.APART / 2]
        pairs = [*first, *apart][:many]
    if len(pairs) < min(many, 2) or (many > len(theme.palette) > 0):
        pairs += harmonies.harmony(seed, many - len(pairs), beside=pairs, without=without)
    return pairs


def _theme(wish: str, found: list[Mention]) -> lexicon.Find | None:
    """The theme that a wish names; not where its words are only a part of a colour's (`french` in `french blue`), nor
    where they are one of several colours (`plum and gold`)."""
    several = sum(one.wanted for one in found) > 1
    return lexicon.longest(
        theme
        for theme in lexicon.mentions(wish)
        if not any(
            one.start <= theme.start
            and theme.end <= one.end
            and (not one.wanted or several or one.end - one.start > theme.end - theme.start)
            for one in found
        )
    )


def _within(one: Mention, theme: lexicon.Find) -> bool:
    """Whether a colour's word is a theme's, or a part of it: `red` in `red panda`."""
    return theme.start <= one.start and one.end <= theme.end


def _strange(wish: str, found: list[Mention]) -> str:
    """A wish without its colours and the words for what is made: what is left may be a theme that is misspelt."""
    for one in found:
        wish = wish[: one.start] + " " * (one.end - one.start) + wish[one.end :]
    return items.without(wish)


def wanted(wish: str) -> str:
    """A wish without the colours that it wants left out."""
    for one in colours.mentions(wish):
        if not one.wanted:
            wish = wish[: one.start] + " " * (one.end - one.start) + wish[one.end :]
    return wish


def _codes(wish: str) -> list[Pair]:
    """Colours that a wish gives in hex."""
    return [_asked(code, 0) for code in re.findall(r"#[0-9A-Fa-f]{6}\b", wish)]


def _many(rounds: int | None, theme: Theme | None, rng: random.Random) -> int:
    """How many colours are ours to choose: no more than a theme has, nor the square rounds."""
    usual = rng.choice((3, 4, 4, 5, 5) if theme else (4, 4, 5))
    if theme:
        usual = len(theme.palette) if theme.ordered else min(usual, len(theme.palette))
    return max(2, min(usual, rounds)) if rounds else usual


def _most(many: int) -> int:
    return max(1, min(many, len(LETTERS)))


def _too_many(many: int) -> tuple[str, ...]:
    return (f"colours-not-met {many}; {len(LETTERS)}",) if many > len(LETTERS) else ()


def _asked(name: str, place: int) -> Pair:
    """A colour the maker asked for. A bare hex keeps its value, under the name of what it looks like."""
    if code := re.fullmatch(r"#?([0-9A-Fa-f]{6})", name):
        return f"shade of {colours.nearest(f'#{code[1]}')[0]}", f"#{code[1].upper()}"
    plain = tidy(name, 30).lower() or "yarn"
    return plain, colours.of(plain) or harmonies.harmony(f"{plain} {place}", 1)[0][1]


def tidy(text: str, most: int) -> str:
    """Letters, digits, spaces and a few marks; one line; not too long."""
    return " ".join(re.sub(r"[^\w '’-]", " ", text).split())[:most].strip()
