"""plan: what code decides of a sheet before the model writes: the same for the same brief.

The wish becomes a title, an item, colours and the kind of square; the item, a size or a grid, and a number of rounds.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Literal

from crochet.craft.layouts import MOST_PLACES
from llm import asides, families, items, lexicon, measures, palettes, pieces, sizes
from llm.brief import LETTERS, MOST_ROUNDS, Brief
from llm.families import Family
from llm.items import Item
from llm.measures import Said
from llm.titles import title

Terms = Literal["US", "UK"]
_HOOKS = (0.5, 40.0)  # mm

_KINDS = {
    "checkerboard": re.compile(r"\b(?:checker(?:ed|board)?|chequer(?:ed|board)?|chess(?:board)?|schachbrett)\b"),
    "stripes": re.compile(r"\b(?:strip(?:e|es|ed|y)|rayas|gestreift|rayures|righe)\b"),
    "diagonal": re.compile(r"\bdiagonal(?:s|ly)?\b"),
    "frame": re.compile(r"\bframed?\b"),
    "scattered": re.compile(r"\b(?:scatter(?:ed)?|confetti|patchwork|random)\b"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What code decides before the model writes: `colours` are (letter, name, hex)."""

    title: str
    item: str
    motif: str  # the kind of square that the wish names; empty: the model's to choose
    palette: str
    colours: tuple[tuple[str, str, str], ...]
    size: str  # a name or `60 x 80 in`: of a blanket, and where one is asked for
    # Rows, columns and rounds of a square: of other things, and where they are asked for.
    grid: tuple[int, int, int] | None
    bound: bool  # whether size or grid are asked for
    kinds: str  # the plan of squares of two kinds that the wish names; empty: it names none
    rounds: int | None  # as asked for
    extra: str  # the line of a further piece, such as a strap; empty: there is none
    yarn: str
    terms: Terms
    hook: float | None  # in mm
    notes: tuple[str, ...]  # what of the wish could not be met: a code and its numbers
    seed: str


def plan(brief: Brief) -> Plan:
    """Decides what the model does not: the same for the same brief. An option is worth more than the wish."""
    seed = f"{brief.wish}|{brief.variant}"
    wish = asides.without(brief.wish)
    said = measures.read(wish)
    named = items.find(wish)
    item = palettes.tidy(brief.item, 30).lower() or (named[0].name if named else "blanket")
    palette = palettes.choose(brief, said, random.Random(f"palette {seed}"))
    usual = items.ITEMS.get(item) or items.ITEMS[items.UNKNOWN]
    motif, rounds, notes = _rounds(brief, said, _motif(wish, usual))
    laid = _laid(brief, said, usual, random.Random(f"size {seed}"), len(palette.pairs), motif)
    yarn, hook = _yarn(brief, said)
    terms: Terms = "UK" if (brief.terms or said.terms) == "UK" else "US"
    words = lexicon.plain(wish)
    return Plan(
        title=title(palettes.wanted(said.rest), own=not asides.doubtful(brief.wish)),
        item=item,
        motif=motif.named(terms) if motif else "",
        palette=palette.label,
        colours=tuple((letter, name, code) for letter, (name, code) in zip(LETTERS, palette.pairs, strict=False)),
        size=laid.size,
        grid=laid.grid,
        bound=laid.bound,
        kinds=next((name for name, said in _KINDS.items() if said.search(words)), ""),
        rounds=rounds,
        extra=pieces.extra(random.Random(f"piece {seed}"), item),
        yarn=yarn,
        terms=terms,
        hook=hook,
        notes=(*_unmade(brief, wish, item), *palette.notes, *notes, *laid.notes, *_unmet(brief, said, yarn, hook)),
        seed=seed,
    )


def _motif(wish: str, usual: Item) -> Family | None:
    """The kind of square that a wish names; a coaster is no giant granny."""
    motif = families.find(wish)
    too_big = motif and motif.alone and usual.single and usual.single[1] < motif.alone[0]
    return None if too_big else motif


def _rounds(brief: Brief, said: Said, motif: Family | None) -> tuple[Family | None, int | None, list[str]]:
    """The kind of square and its rounds; what of the two does not go together, and is told."""
    if brief.rounds:
        rounds = min(brief.rounds, MOST_ROUNDS)
        if motif and not motif.allows(rounds):
            return None, rounds, [f"motif-not-met {motif.name}; {rounds}"]
        return motif, rounds, []
    if said.rounds is None:
        return motif, None, []
    least, most = (motif.least, motif.most) if motif else (1, MOST_ROUNDS)
    rounds = min(max(least, said.rounds), most)
    return motif, rounds, [f"rounds-not-met {said.rounds}; {rounds}"] if rounds != said.rounds else []


@dataclass(frozen=True, slots=True)
class _Laid:
    """How squares are laid out: by size, by rows and columns, or by both; whether that is as asked."""

    size: str
    grid: tuple[int, int, int] | None
    bound: bool
    notes: tuple[str, ...] = ()


def _laid(brief: Brief, said: Said, usual: Item, chance: random.Random, colours: int, motif: Family | None) -> _Laid:
    """The layout that is asked for, or such as the item usually has."""
    size = brief.size or said.size
    notes = [f"size-not-met {said.bad_size}"] if said.bad_size and not size else []
    asked = said.grid
    if said.squares is not None:
        asked = items.grid_of(usual.name, said.squares) if 0 < said.squares <= MOST_PLACES else None
        if asked is None or asked[0] * asked[1] != said.squares or (motif and motif.alone):
            notes.append(f"squares-not-met {said.squares}")
    bound = bool(size or asked)
    if not size and usual.sizes:
        size = chance.choice(usual.sizes)
    grid = None
    if asked or not size:
        usual_grid = items.usual_grid(chance, usual, least=min(max(2, colours - 1), 4))
        grid = (*asked, usual_grid[2]) if asked else usual_grid
    return _Laid(size, grid, bound, tuple(notes))


def _yarn(brief: Brief, said: Said) -> tuple[str, float | None]:
    """Yarn and hook; a hook alone says which yarn goes with it."""
    hook = said.hook if said.hook and _HOOKS[0] <= said.hook <= _HOOKS[1] else None
    thick = max(sizes.YARNS, key=lambda name: float(sizes.YARNS[name][1][-1]))
    asked = brief.yarn or (said.yarn if said.yarn in sizes.YARNS or not said.yarn else thick)
    return asked or (sizes.yarn_for(hook) if hook else ""), hook


def _unmet(brief: Brief, said: Said, yarn: str, hook: float | None) -> list[str]:
    """The yarn and the hook that a wish names and that there is no pattern for here."""
    notes = []
    if said.yarn and not brief.yarn and said.yarn != yarn:
        notes.append(f"yarn-not-met {said.yarn}; {yarn}")
    if said.hook and hook is None:
        notes.append(f"hook-not-met {said.hook:g}")
    return notes


def _unmade(brief: Brief, wish: str, item: str) -> list[str]:
    thing = "" if brief.item else items.unmade(wish)
    return [f"item-not-met {thing}; {item}"] if thing else []
