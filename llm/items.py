"""items: what is made of squares, the words for it, and how many squares of how many rounds it usually takes."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache

from llm.lexicon import plain

Range = tuple[int, int]
UNKNOWN = "pet blanket"  # what a thing that is not listed is laid out like


@dataclass(frozen=True, slots=True)
class Item:
    """An item. `sizes`: blankets, laid out by size; `grids`: (rows, columns, rounds) as ranges; `single`: rounds of
    the one square it may be made of."""

    name: str
    words: tuple[str, ...]
    sizes: tuple[str, ...] = ()
    grids: tuple[tuple[Range, Range, Range], ...] = ()
    single: Range | None = None


def _item(
    name: str,
    words: str,
    sizes: str = "",
    grids: tuple[tuple[Range, Range, Range], ...] = (),
    single: Range | None = None,
) -> Item:
    return Item(name, tuple(w.strip() for w in words.split(",") if w.strip()), tuple(sizes.split()), grids, single)


# A word of another language stands in plain letters: `plain` drops accents before it looks.
ITEMS: dict[str, Item] = {
    item.name: item
    for item in (
        _item("blanket", """blankets, blankie, manta, cobija, decke, couverture, plaid, coperta, deken, throw blanket,
              throw, haekeldecke, hakeldecke""", sizes="lap throw throw afghan"),
        _item("baby blanket", """baby blankets, cot blanket, crib blanket, pram blanket, stroller blanket, babydecke,
              manta de bebe, couverture bebe""", sizes="stroller crib crib"),
        _item("afghan", "afghans", sizes="afghan throw"),
        _item("bedspread", "bed cover, bedcover, coverlet, colcha, tagesdecke, couvre lit, copriletto",
              sizes="twin full queen king"),
        _item("lap blanket", "lapghan, lap robe, knee rug, knee blanket, wheelchair blanket", sizes="lap"),
        _item("lovey", "comforter blanket, security blanket, doudou", sizes="lovey"),
        _item("pet blanket", "dog blanket, cat blanket, dog bed, cat bed, pet mat, hundedecke",
              grids=(((3, 5), (3, 5), (4, 7)),), single=(10, 12)),
        _item("doll blanket", "dolls blanket, doll quilt, puppendecke",
              grids=(((2, 4), (2, 4), (2, 4)),), single=(7, 10)),
        _item("cushion", """cushions, pillow, pillows, cushion cover, pillow cover, cojin, almohada, kissen, coussin,
              cuscino""", grids=(((2, 4), (2, 4), (3, 6)),), single=(8, 12)),
        _item("scarf", "scarves, bufanda, schal, echarpe, sciarpa, sjaal",
              grids=(((9, 14), (2, 3), (2, 4)), ((10, 14), (1, 1), (4, 6)))),
        _item("shawl", "shawls, chal, chale, scialle, stola", grids=(((8, 14), (3, 5), (3, 5)),)),
        _item("wrap", "wraps", grids=(((10, 14), (3, 4), (3, 5)),)),
        _item("poncho", "ponchos", grids=(((6, 8), (3, 4), (4, 6)),)),
        _item("cowl", "cowls, neck warmer, snood", grids=(((8, 10), (2, 2), (2, 4)),)),
        _item("headband", "headbands, ear warmer, stirnband", grids=(((7, 9), (1, 1), (2, 3)),)),
        _item("bag", "bags, tote, tote bag, handbag, shopper, bolsa, bolso, tasche, sac, borsa, market bag",
              grids=(((6, 8), (3, 4), (3, 5)), ((2, 2), (1, 1), (9, 12)))),
        _item("table runner", "runner, table runners, camino de mesa, tischlaufer, chemin de table",
              grids=(((8, 14), (2, 3), (3, 5)),)),
        _item("placemat", "placemats, place mat, table mat, tischset", grids=(((3, 4), (4, 6), (2, 4)),)),
        _item("coaster", "coasters, posavasos, untersetzer, dessous de verre, sottobicchiere", single=(2, 4)),
        _item("potholder", "potholders, pot holder, pot holders, hot pad, topflappen, manique", single=(4, 7)),
        _item("trivet", "trivets, hot mat", single=(5, 8)),
        _item("dishcloth", "dishcloths, dish cloth, spultuch", single=(5, 9)),
        _item("washcloth", "washcloths, face cloth, flannel cloth, waschlappen", single=(5, 9)),
        _item("doily", "doilies, deckchen, napperon", single=(5, 11)),
        _item("wall hanging", "wall hangings, wall art, tapestry, wandbehang",
              grids=(((3, 5), (3, 5), (3, 6)),), single=(9, 12)),
        _item("curtain", "curtains, cortina, vorhang, rideau", grids=(((9, 14), (6, 9), (3, 5)),)),
        _item("rug", "rugs, bath mat, floor mat, alfombra, teppich, tapis",
              grids=(((5, 7), (3, 5), (4, 7)),), single=(11, 12)),
        _item("seat pad", "chair pad, stool cover, chair cushion, sitzkissen",
              grids=(((2, 3), (2, 3), (4, 6)),), single=(8, 12)),
        _item("bunting", "garland, pennants, girlande", grids=(((1, 1), (8, 14), (3, 5)),)),
        _item("bookmark", "bookmarks, lesezeichen", grids=(((5, 7), (1, 1), (1, 2)),)),
    )
}  # fmt: skip


@cache
def _index() -> dict[str, str]:
    return {plain(word): item.name for item in ITEMS.values() for word in (item.name, *item.words)}


@cache
def _finder() -> re.Pattern[str]:
    words = sorted(_index(), key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


def find(text: str) -> tuple[Item, str] | None:
    """The item a text names, and the words that named it. The longest wins, then the first. None: it names none."""
    found = max(_finder().finditer(plain(text)), key=lambda m: len(m.group()), default=None)
    return (ITEMS[_index()[found.group()]], found.group()) if found else None


def usual_grid(chance: random.Random, item: Item, least: int) -> tuple[int, int, int]:
    """(rows, columns, rounds) as the item usually has them, at least so many rounds; for items without sizes."""
    if item.single and (not item.grids or chance.random() < 0.5):
        return 1, 1, chance.randint(*item.single)
    high, wide, deep = chance.choice(item.grids)
    return chance.randint(*high), chance.randint(*wide), max(least, chance.randint(*deep))
