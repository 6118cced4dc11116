"""wishes: what makers might ask for, made up by the corpus: themes, colours, odd and invented words, typing errors."""

from __future__ import annotations

import random

from crochet.craft import colours
from crochet.craft.yarn import SIZES
from llm import families, items, lexicon, sizes
from llm.brief import Brief
from llm.lexicon import wish_words as words


def _list(text: str) -> list[str]:
    return text.split()


_ONSETS = _list("b br c ch cl d dr f fl g gl h j k kn l m n p pl qu r s sh sk sn st t tr v w y z zw")
_VOWELS = _list("a e i o u oo ee ai ou y ea io")
_CODAS = _list("b ck d ff g l lk m mp n nd ng p r rb rk s sh t x zz")
_COMMON = tuple(name for name in colours.HEX if len(name) < 16)


def draw(rng: random.Random, themes: list[lexicon.Theme], odd: float = 0.4) -> Brief:
    """A wish with its options; `odd` is the share of wishes about words that no lexicon has."""
    item = rng.choices(list(items.ITEMS.values()), [14, 5] + [1] * (len(items.ITEMS) - 2))[0]
    slots = {
        "i": rng.choice((item.name, item.name, *item.words)),
        "t": _odd(rng) if rng.random() < odd else _theme(rng, themes),
        "u": _odd(rng) if rng.random() < 0.5 else _theme(rng, themes),
        "c": rng.choice(_COMMON),
        "d": rng.choice(_COMMON),
        "p": rng.choice(words.PEOPLE),
        "m": _motif(rng),
        "o": rng.choice(items.unmade_words()),
    }
    wish = _said(rng, slots)
    if rng.random() < 0.05:
        wish = " ".join((wish, *(rng.choice(words.ESSAY).format(**slots) for _ in range(rng.randint(1, 6)))))[:500]
    if rng.random() < 0.08:
        wish = _typing_error(rng, wish)
    wish = rng.choices([wish, wish.lower(), wish.upper(), wish.title()], [60, 28, 4, 8])[0]
    return Brief(
        wish=wish,
        item=item.name if rng.random() < 0.25 else "",
        size=rng.choice(list(SIZES)) if rng.random() < 0.12 else "",
        rounds=_rounds(rng) if rng.random() < 0.25 else None,
        colours=tuple(rng.sample(_COMMON, rng.choices([1, 2, 3, 4, 5, 6], [1, 4, 5, 4, 2, 1])[0]))
        if rng.random() < 0.15
        else (),
        yarn=rng.choice(list(sizes.YARNS)) if rng.random() < 0.25 else "",
        terms=rng.choices(["", "US", "UK"], [60, 20, 20])[0],
        variant=rng.randrange(10**6),
    )


def _said(rng: random.Random, slots: dict[str, str]) -> str:
    """A wish in words: what it is about, often which kind of square, often how many of something; sometimes an order
    to the model, which is no wish."""
    kind = rng.choices(
        [words.WISHES, words.MOTIFS, words.FOREIGN_WISHES, words.ORDERS, words.UNMADE], [72, 14, 9, 4, 1]
    )[0]
    wish = rng.choice(kind).format(**slots)
    for _ in range(rng.choices([0, 1, 2, 3], [66, 22, 9, 3])[0]):
        clause = rng.choice(words.CLAUSES).format(**_numbers(rng), **slots)
        wish = (
            f"{clause}, {wish}"
            if rng.random() < 0.15
            else f"{wish}{rng.choice((', ', ', ', ' - ', ' ', '. '))}{clause}"
        )
    return wish


def _numbers(rng: random.Random) -> dict[str, str]:
    """Numbers for a clause: of rounds, squares, colours; sides in inches and centimetres; a yarn, a hook, a size."""
    rounds = rng.randint(13, 60) if rng.random() < 0.06 else _rounds(rng)
    side, other = rng.choice((30, 36, 40, 45, 48, 50, 60, 66, 70, 80, 90)), rng.choice((36, 40, 50, 60, 72, 80, 100))
    return {
        "n": str(rounds) if rounds >= len(_WORDS) or rng.random() < 0.6 else _WORDS[rounds],
        "k": str(rng.choice((4, 6, 9, 12, 16, 20, 24, 25, 30, 36, 42, 48, 63, 80, 100))),
        "r": str(rng.randint(2, 9)),
        "q": str(rng.randint(2, 9)),
        "f": rng.choice(("2", "3", "4", "5", "6", "two", "three", "four", "five", "8")),
        "a": str(side),
        "b": str(other),
        "x": str(round(side * 2.5)),
        "y": str(round(other * 2.5)),
        "w": rng.choice(words.YARNS),
        "h": rng.choice(("3", "3.5", "4", "4.5", "5", "5.5", "6", "8", "10")),
        "s": rng.choice(list(SIZES)),
    }


_WORDS = _list("zero one two three four five six seven eight nine ten eleven twelve")


def _motif(rng: random.Random) -> str:
    """A kind of square, as wishes call it."""
    family = rng.choice(list(families.FAMILIES.values()))
    return rng.choice((family.name, *family.words))


def _rounds(rng: random.Random) -> int:
    """Small squares most."""
    return rng.choices(range(1, 13), [2, 6, 12, 14, 14, 13, 11, 9, 7, 5, 4, 3])[0]


def _theme(rng: random.Random, themes: list[lexicon.Theme]) -> str:
    theme = rng.choice(themes)
    return rng.choice((theme.name, theme.name, *theme.synonyms))


def _odd(rng: random.Random) -> str:
    """Words that mean nothing to the lexicon: everyday ones in odd company, or invented ones."""
    if rng.random() < 0.06:
        return rng.choice(words.FOREIGN)
    parts = [_invented(rng) if rng.random() < 0.5 else rng.choice(words.ODD) for _ in range(rng.choice((1, 2, 2, 3)))]
    return " ".join(parts)


def _invented(rng: random.Random) -> str:
    word = "".join(
        rng.choice(_ONSETS) + rng.choice(_VOWELS) + (rng.choice(_CODAS) if rng.random() < 0.4 else "")
        for _ in range(rng.choice((1, 2, 2, 3)))
    )
    return rng.choice((word, word, word.capitalize()))


def _typing_error(rng: random.Random, text: str) -> str:
    at = rng.randrange(max(1, len(text) - 1))
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
            text[:at] + text[at : at + 1] + text[at:],
        )
    )
