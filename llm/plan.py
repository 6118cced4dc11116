"""plan: what code decides of a sheet before the model writes: the same for the same brief.

The wish becomes a title, an item, colours and the kind of square; the item, a size or a grid, and a number of rounds.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crochet.craft import colours
from crochet.craft.yarn import SIZES
from llm import families, items, lexicon, pieces
from llm.brief import LETTERS, MOST_ROUNDS, Brief, calm

Terms = Literal["US", "UK"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YARN_WORDS = {
    "lace weight": "lace", "laceweight": "lace", "sock yarn": "super fine", "fingering": "super fine",
    "sport weight": "fine", "dk yarn": "dk", "double knit": "dk", "double knitting": "dk", "worsted": "worsted",
    "aran": "worsted", "chunky": "bulky", "bulky": "bulky", "super chunky": "super bulky", "super bulky": "super bulky",
}  # fmt: skip
_UK_WORDS = re.compile(r"\b(?:uk|british|treble crochet|uk terms|treble)\b")
_KINDS = {
    "checkerboard": re.compile(r"\b(?:checker(?:ed|board)?|chequer(?:ed|board)?|chess(?:board)?|schachbrett)\b"),
    "stripes": re.compile(r"\b(?:strip(?:e|es|ed|y)|rayas|gestreift|rayures|righe)\b"),
    "diagonal": re.compile(r"\bdiagonal(?:s|ly)?\b"),
    "frame": re.compile(r"\bframed?\b"),
    "scattered": re.compile(r"\b(?:scatter(?:ed)?|confetti|patchwork|random)\b"),
}
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


@dataclass(frozen=True, slots=True)
class Plan:
    """What code decides before the model writes: `colours` are (letter, name, hex)."""

    title: str
    item: str
    motif: str  # the kind of square that the wish names; empty: the model's to choose
    palette: str
    colours: tuple[tuple[str, str, str], ...]
    size: str  # of a blanket; other things have a grid of (rows, columns, rounds of a square)
    grid: tuple[int, int, int] | None
    kinds: str  # the plan of squares of two kinds that the wish names; empty: it names none
    rounds: int | None  # as asked for
    extra: str  # the line of a further piece, such as a strap; empty: there is none
    yarn: str
    terms: Terms
    seed: str


def plan(brief: Brief) -> Plan:
    """Decides what the model does not: the same for the same brief."""
    seed = f"{brief.wish}|{brief.variant}"
    words = lexicon.plain(brief.wish)
    named = items.find(brief.wish)
    item = _clean(brief.item, 30).lower() or (named[0].name if named else "blanket")
    motif = families.find(brief.wish)
    terms: Terms = "UK" if brief.terms == "UK" or (not brief.terms and _UK_WORDS.search(words)) else "US"
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
    return Plan(
        title=title(brief.wish),
        item=item,
        motif=motif.named(terms) if motif and motif.allows(rounds) else "",
        palette=palette,
        colours=tuple((letter, name, code) for letter, (name, code) in zip(LETTERS, chosen, strict=False)),
        size=size,
        grid=grid,
        kinds=next((name for name, said in _KINDS.items() if said.search(words)), ""),
        rounds=rounds,
        extra=pieces.extra(random.Random(f"piece {seed}"), item),
        yarn=brief.yarn or _yarn(words),
        terms=terms,
        seed=seed,
    )


def written(wish: str) -> list[str]:
    """The words of a text without its punctuation. A mark belongs to the letter before it: Hindi has one a syllable."""
    kept = (sign if unicodedata.category(sign)[0] in "LMN" or sign in "'’-" else " " for sign in wish)
    return [word for part in "".join(kept).split() if (word := part.strip("'’-"))]


def title(wish: str) -> str:
    """The maker's own words that make a title: without `I want a`, without the item. May be empty."""
    words = [word[:24] for word in written(calm(wish))]
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
    first, *others = list(theme.palette)[: max(2, min(most, rng.choice((3, 4, 4, 5, 5))))]
    rng.shuffle(others)  # the first tells most of the theme, and is in every square
    chosen = [first, *others]
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
