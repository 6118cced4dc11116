"""items: what is made of squares, the words for it, and how many squares of how many rounds it usually takes."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from crochet.craft import yarn
from llm.lexicon import Find, Index, each_word, longest, plain, replaced, search
from llm.lexicon.spelling import slips

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
        _item("blanket", """blankets, blankie, manta, mantas, mantita, cobija, frazada, decke, decken, kuscheldecke,
              wolldecke, couverture, couvertures, plaid, jete, coperta, coperte, copertina, coberta,
              cobertor, deken, dekens, dekentje, throw blanket, throw, throws, haekeldecke, hakeldecke,
              blanked""",
              sizes="lap throw throw afghan"),
        _item("baby blanket", """baby blankets, cot blanket, crib blanket, pram blanket, stroller blanket,
              receiving blanket, babydecke, krabbeldecke, manta de bebe, manta para bebe,
              mantita de bebe, couverture bebe, couverture de bebe, couverture pour bebe,
              copertina neonato, copertina per neonato, coperta neonato, coperta per neonato, manta bebe, babydeken,
              babydekentje, wiegdeken""",
              sizes="stroller crib crib"),
        _item("afghan", """afghans, afgan""",
              sizes="afghan throw"),
        _item("bedspread", """bed cover, bedcover, coverlet, bed blanket, counterpane, colcha, cubrecama, tagesdecke,
              bettuberwurf, couvre lit, dessus de lit, copriletto, sprei, bedsprei""",
              sizes="twin full queen king"),
        _item("lap blanket", """lapghan, lap robe, knee rug, knee blanket, wheelchair blanket, kniedecke, plaid genoux,
              knieedeken, schootdeken""",
              sizes="lap"),
        _item("lovey", """comforter blanket, security blanket, snuggle blanket, doudou, schmusetuch,
              mantita de apego, knuffeldoek""",
              sizes="lovey"),
        _item("pet blanket", """dog blanket, cat blanket, dog bed, cat bed, pet mat, pet bed, cat mat, dog mat,
              hundedecke, katzendecke, manta para perro, manta para gato, couverture chien,
              couverture pour chien, coperta per cani, hondendeken, kattendeken""",
              grids=(((3, 5), (3, 5), (4, 7)),), single=(10, 12)),
        _item("doll blanket", """dolls blanket, doll quilt, doll bed blanket, teddy blanket, puppendecke,
              manta de muneca,
              couverture de poupee, coperta bambola, poppendeken""",
              grids=(((2, 4), (2, 4), (2, 4)),), single=(7, 10)),
        _item("cushion", """cushions, pillow, pillows, throw pillow, throw pillows, cushion cover, cushion covers,
              pillow cover, pillow covers, pillowcase, pillow case, cojin, cojines, almohada,
              almohadon, kissen, kissenbezug, kissenhulle, coussin, coussins, housse de coussin,
              cuscino, cuscini, federa, almofada, almofadas, kussen, kussens, kussenhoes""",
              grids=(((2, 4), (2, 4), (3, 6)),), single=(8, 12)),
        _item("scarf", """scarves, scarfs, bufanda, bufandas, schal, schals, echarpe, echarpes, cache col, sciarpa,
              sciarpe, cachecol, sjaal, sjaals, sjaaltje""",
              grids=(((9, 14), (2, 3), (2, 4)), ((10, 14), (1, 1), (4, 6)))),
        _item("shawl", """shawls, chal, mantoncillo, chale, scialle, stola, xale, xaile, schultertuch,
              dreieckstuch, omslagdoek""",
              grids=(((8, 14), (3, 5), (3, 5)),)),
        _item("wrap", """wraps, body wrap""",
              grids=(((10, 14), (3, 4), (3, 5)),)),
        _item("poncho", """ponchos""",
              grids=(((6, 8), (3, 4), (4, 6)),)),
        _item("cowl", """cowls, neck warmer, neckwarmer, snood, infinity scarf, cuello, loop schal, loopschal,
              tour de cou, scaldacollo, gola, col sjaal""",
              grids=(((8, 10), (2, 2), (2, 4)),)),
        _item("headband", """headbands, ear warmer, ear warmers, stirnband, diadema, cinta para el pelo, bandeau,
              fascia per capelli, faixa de cabelo, hoofdband, haarband""",
              grids=(((7, 9), (1, 1), (2, 3)),)),
        _item("bag", """bags, tote, totes, tote bag, handbag, shopper, shopping bag, market bag, purse, backpack,
              bolsa, bolsas, bolso, bolsos, tasche, handtasche, beutel, sac, sac a main, cabas, borsa,
              borse, tas, tasje, schoudertas""",
              grids=(((6, 8), (3, 4), (3, 5)), ((2, 2), (1, 1), (9, 12)))),
        _item("table runner", """runner, runners, table runners, camino de mesa, tischlaufer, chemin de table,
              runner da tavola, caminho de mesa, tafelloper""",
              grids=(((8, 14), (2, 3), (3, 5)),)),
        _item("placemat", """placemats, place mat, place mats, table mat, table mats, tischset, tischsets, platzset,
              mantel individual, individuales, set de table, tovaglietta, tovagliette, jogo americano,
              individual de mesa, onderlegger, onderleggers""",
              grids=(((3, 4), (4, 6), (2, 4)),)),
        _item("coaster", """coasters, mug rug, mug rugs, posavasos, untersetzer, glasuntersetzer, dessous de verre,
              sous verre, sottobicchiere, sottobicchieri, porta copos, base para copos, onderzetter,
              onderzetters""",
              single=(2, 4)),
        _item("potholder", """potholders, pot holder, pot holders, pot holder set, hot pad, hot pads, oven mitt,
              agarradera, agarraderas, agarrador, topflappen, manique, maniques, presina, presine,
              pega, pegas de cozinha, pannenlap, pannenlappen""",
              single=(4, 7)),
        _item("trivet", """trivets, hot mat, salvamanteles, topfuntersetzer, dessous de plat, sottopentola,
              descanso de panela, pannenonderzetter""",
              single=(5, 8)),
        _item("dishcloth", """dishcloths, dish cloth, dish cloths, dishrag, spultuch, spullappen, pano de cocina,
              lavette, strofinaccio, pano de prato, pano de cozinha, vaatdoek""",
              single=(5, 9)),
        _item("washcloth", """washcloths, wash cloth, face cloth, facecloth, flannel cloth, face scrubbie, waschlappen,
              toallita, gant de toilette, debarbouillette, salvietta, toalhinha, washandje""",
              single=(5, 9)),
        _item("doily", """doilies, deckchen, tapete de mesa, napperon, centrino, toalhinha de mesa, kleedje,
              tafelkleedje""",
              single=(5, 11)),
        _item("wall hanging", """wall hangings, wall art, wall decoration, tapestry, wandbehang, wandteppich, tapiz,
              colgante de pared, tenture murale, tenture, decoration murale, arazzo,
              decorazione da parete, tapecaria, painel de parede, wandkleed, muurdecoratie""",
              grids=(((3, 5), (3, 5), (3, 6)),), single=(9, 12)),
        _item("curtain", """curtains, drapes, cortina, cortinas, vorhang, vorhange, gardine, rideau, rideaux, tenda,
              tende, gordijn, gordijnen""",
              grids=(((9, 14), (6, 9), (3, 5)),)),
        _item("rug", """rugs, bath mat, floor mat, carpet, alfombra, alfombras, teppich, badematte, tapis,
              tappeto, tappeti, tapete, tapetes, vloerkleed, tapijt, badmat""",
              grids=(((5, 7), (3, 5), (4, 7)),), single=(11, 12)),
        _item("seat pad", """seat pads, chair pad, chair pads, stool cover, chair cushion, chair cover, sitzkissen,
              stuhlkissen, cojin de silla, galette de chaise, cuscino per sedia, assento de cadeira,
              stoelkussen""",
              grids=(((2, 3), (2, 3), (4, 6)),), single=(8, 12)),
        _item("bunting", """garland, garlands, pennants, pennant, banderines, guirnalda, girlande, wimpelkette,
              guirlande, fanions, festone, bandierine, bandeirolas, grinalda, slinger, vlaggenlijn""",
              grids=(((1, 1), (8, 14), (3, 5)),)),
        _item("bookmark", """bookmarks, marcapaginas, punto de libro, separador de libros, lesezeichen, marque page,
              marque pages, segnalibro, segnalibri, marcador de livro, boekenlegger""",
              grids=(((5, 7), (1, 1), (1, 2)),)),
    )
}  # fmt: skip


# What people crochet that is not made of squares here.
_UNMADE = """
cardigans: cardigan, cardigans, rebeca, strickjacke, gilet, chaqueta, giacca, casaco, vest
sweaters: sweater, sweaters, jumper, jumpers, pullover, jersey, maglione, trui, camisola, sueter, tops, crop top
hats: a hat, hats, beanie, beanies, bonnet, gorro, gorros, mutze, cappello, berretto, touca, muts
socks: socks, sock pattern, calcetines, socken, chaussettes, calzini, meias, sokken
gloves: gloves, mittens, mitts, guantes, handschuhe, gants, guanti, luvas, wanten, handschoenen
slippers: slippers, booties, zapatillas, hausschuhe, chaussons, pantofole, chinelos, sloffen
dresses: a dress, dresses, vestido, kleid, robe, vestito, jurk
skirts: skirt, skirts, falda, jupe, gonna, saia
soft toys: soft toy, soft toys, amigurumi, plush, plushie, plushies, stuffed toy, peluche, kuscheltier, knuffel
baskets: basket, baskets, cesta, korb, panier, cestino, cesto, mandje
""".strip()


@cache
def _index() -> Index:
    return Index({plain(word): item.name for item in ITEMS.values() for word in (item.name, *item.words)})


@cache
def _unmade() -> Index:
    lines = (line.split(": ") for line in _UNMADE.splitlines())
    return Index({word: name for name, said in lines for word in said.split(", ")})


def unmade_words() -> list[str]:
    """Words for things that are not made of squares."""
    return sorted(_unmade().names)


def find(text: str) -> tuple[Item, str] | None:
    """The item a text names, and the words that named it. The longest wins, then the first; then one that is misspelt
    by a letter. None: it names none."""
    found = longest(search(text, _index())) or longest(_misspelt(text))
    return (ITEMS[found.name], found.words) if found else None


def unmade(text: str) -> str:
    """The thing that a text names and that is not made of squares. Empty: none, or one that is made too."""
    found = longest(search(text, _unmade()))
    return found.name if found and not find(text) else ""


def without(text: str, gap: str = " ") -> str:
    """A text without its words for the thing that it names; `gap` stands in their place."""
    finds = [*search(text, _index())] or [*_misspelt(text)]
    named = longest(finds)
    return replaced(text, [found for found in finds if named and found.name == named.name], gap)


def for_baby(text: str, other: Find) -> bool:
    """Whether some words of a text are a part of those for a baby's blanket: its baby is no theme."""
    found = [one for one in search(text, _index()) if one.name == "baby blanket"]
    return any(one.start <= other.start and other.end <= one.end for one in found)


@cache
def _by_letter() -> dict[str, list[tuple[str, str]]]:
    """The words for what is made by their first letter, which is hardly ever wrong."""
    found: dict[str, list[tuple[str, str]]] = {}
    for word, name in _index().names.items():
        found.setdefault(word[0], []).append((word, name))
    return found


def _misspelt(text: str) -> Iterator[Find]:
    """Words that are an item's but for one slip of the pen; in a word of five letters two that have changed places."""
    words = list(each_word(text))
    pairs = [Find("", f"{a.words} {b.words}", a.start, b.end) for a, b in pairwise(words)]
    for found in (*words, *pairs):
        for word, name in _by_letter().get(found.words[:1], ()):
            near = len(word) > 5 or (len(word) == 5 and sorted(word) == sorted(found.words))
            if near and slips(found.words, word, 1) == 1 and found.words not in _OTHERS:
                yield found._replace(name=name)
                break


_OTHERS = frozenset(("certain",))


def grid_of(item: str, squares: int) -> tuple[int, int]:
    """(rows, columns) of so many squares, as near as can be to how the item is shaped; where that number makes no such
    rectangle, of the nearest number that does."""
    wide, tall = yarn.size_of(item)
    for step in range(squares):
        for count in (squares + step, squares - step):
            pairs = [(count // n, n) for n in range(1, count + 1) if count % n == 0]
            apart = [(abs(math.log(rows / columns * wide / tall)), (rows, columns)) for rows, columns in pairs]
            best = min(apart, default=(9.0, (1, 1)))
            if best[0] <= _LEAST_ALIKE:
                return best[1]
    return 1, 1


_LEAST_ALIKE = math.log(2.2)


def usual_grid(chance: random.Random, item: Item, least: int) -> tuple[int, int, int]:
    """(rows, columns, rounds) as the item usually has them, at least so many rounds; of a blanket, of one square."""
    if not (item.single or item.grids):
        return 1, 1, max(least, chance.randint(3, 7))
    if item.single and (not item.grids or chance.random() < 0.5):
        return 1, 1, chance.randint(*item.single)
    high, wide, deep = chance.choice(item.grids)
    return chance.randint(*high), chance.randint(*wide), max(least, chance.randint(*deep))
