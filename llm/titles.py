"""titles: the maker's own words that a pattern's title begins with."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise, takewhile

from crochet.craft import colours
from llm import families, items, lexicon
from llm.brief import calm


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FILLER = _words("""
a an the i id im ill ive want wants wanted would like likes to make makes making made me my please can could you
your crochet crocheted pattern patterns for something some with in of on at and or but colours colors colour
color coloured colored very really style styled themed theme inspired vibes vibe feel feeling look looking looks
idea need needs give get us our new nice pretty cute big small little large lovely beautiful who loves that is
it its be as so from by using use square squares granny grannies una un une unas unos el la los las de del para mi
con en y o eine einen einem einer ein der die das den dem fur meine meinen mein mit und oder le les des du pour
ma mon avec et ou il lo gli per mia mio e di nel quiero quisiera hazme ich will mochte je veux voudrais vorrei
size sized this these there then than them they she he her his hers we am are was were been has have had do does
did will shall should may might must just only also too each every any all call mail email text tell show write
create design love loving hi hello hey thanks thank thx pls plz about after before made out up yes no not
colores farben couleurs colori cores kleuren um uma umas uns os as da do dos das meu minha com het een voor mijn
van op bij te ik wil graag je voudrais svp s il vous plait bitte gerne moglich hatte gern por favor quero gostaria
muster patron patrones motif modele schema modello cuadros quadrate carres hilo hook yarn wool
au aux one cosy cozy sofa couch quick beginner beginners getting
married dreams here cold could warm mood thema tema theme tejer hakeln haken uncinetto ganchillo croche
""")
_ARTICLES = _words("a an the la el")
_SMALL = _ARTICLES | _words("and at by for from in of on or to with y de und et con e di du des van")
_GAP = " pattern "  # a word that says nothing, for what is taken out: what stood around it does not join
_MOST = 40
_MOST_OWN = 4  # words


def written(wish: str) -> list[str]:
    """The words of a text without its punctuation. A mark belongs to the letter before it: Hindi has one a syllable."""
    kept = (sign if unicodedata.category(sign)[0] in "LMN" or sign in "'’-" else " " for sign in wish)
    return [word for part in "".join(kept).split() if (word := part.strip("'’-"))]


def title(wish: str, own: bool = True) -> str:
    """The maker's own words that make a title: without `I want a`, without the item. May be empty.

    Not `own`: only what is known to be a theme.
    """
    theme = lexicon.find(wish)
    if not own:
        return _title_case(theme[1].split()) if theme else ""
    if wish.isupper():
        wish = wish.lower()
    told = families.without(items.without(_themed(wish), _GAP), _GAP)
    words = [word[:24] for word in written(calm(told))]
    real = [i for i, word in enumerate(words) if not _is_filler(word)]
    if len(real) > _MOST_OWN and theme:
        return _title_case(theme[1].split())
    if not real or (len(real) > _MOST_OWN and real[-1] - real[0] >= len(real)):
        return ""  # a story: its first words would say nothing
    first, *others = real[:_MOST_OWN]
    kept = [words[first]]
    for last, place in pairwise((first, *others)):
        kept += [*_link(words[last + 1 : place]), words[place]]
    return _title_case(kept)


def _themed(wish: str) -> str:
    """A wish without its list of colours, where it names a theme beside them."""
    theme = lexicon.longest(lexicon.mentions(wish))
    listed = [lexicon.Find(one.name, one.name, one.start, one.end) for one in colours.mentions(wish)]
    if theme is None or len(listed) < 2 or any(one.start < theme.end and theme.start < one.end for one in listed):
        return wish
    return lexicon.replaced(wish, listed, _GAP)


def _link(between: Sequence[str]) -> Sequence[str]:
    """The small words that join two real ones: those after the last word left out. `circle in a [square of] moss`."""
    small = list(takewhile(lambda word: word.lower() in _SMALL, reversed(between)))[::-1]
    cut = len(small) < len(between)
    return [] if cut and small and small[0].lower() in _ARTICLES else small


def _is_filler(word: str) -> bool:
    """Whether a word says nothing: a common one, a long number, one letter over and over."""
    plain = lexicon.plain(word)
    said = len(set(plain)) > 1 or not plain.isascii()
    return not said or plain in _FILLER or (plain.isdigit() and len(plain) > 4)


def _title_case(words: Sequence[str]) -> str:
    cased = [w.lower() if i and w.lower() in _SMALL else w[0].upper() + w[1:] for i, w in enumerate(words)]
    text = " ".join(cased)
    return text if len(text) <= _MOST else text[:_MOST].rsplit(" ", 1)[0]
