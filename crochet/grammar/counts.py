"""Counts: one of the counts that a declaration is made of, `24 dc`, `4 ch-2 sps`, `8 groups of 3 dc`.

count = n (stitch | "sts" | "ch-" n "sps" | "corners" | "groups" ["of" n stitch]) ["per side"]
"""

from __future__ import annotations

from crochet.grammar.names import plain, stitch
from crochet.grammar.pattern import Declared
from crochet.grammar.phrases import Phrases
from crochet.grammar.shapes import part, place
from crochet.grammar.tokens import Reader
from crochet.grammar.told import Told, add_spaces, add_stitches

_SPACES = "sps|sp|spaces|space|loops|loop|lps|lp|holes|hole|buttonholes|buttonhole|arcs|arc"
_TIPS = "point|points|tip|tips|peak|peaks|arc|arcs|bar|bars"  # `6 ch-3 points`
_SPACED = frozenset(f"corner|corners|ch|chain|chs|chains|{_SPACES}".split("|"))
_GROUPS = "groups|group|clusters|cluster|shells|blocks|block|tiles|tile|squares|square"
SIDE = Phrases(
    "per|each|a|every side", "on|along|in|across|for each|every|all of? the? #? side|sides|edge",
    "between each? of? the? corner|corners ch|chain? -? #? sps|sp|spaces|space?",
)  # fmt: skip

_AT_THE_ENDS = Phrases("at|on each|either|both end|ends|edge|edges")
_HALVES = Phrases(  # `4 shells and a half at each side`
    "and|plus a|one half one|shell|fan? at|on|to each|either|both|every side|sides|end|ends|edge|edges"
)


def counted(text: Reader) -> Declared | None:
    """The one count that stands here; None: none does."""
    told = Told()
    return told.declared((0, 0)) if count(text, told) else None


def one_of(text: Reader) -> bool:
    """Whether one is told without a number: `[24 hdc and] a ch-6 sp`."""
    return text.at("a|an") and (text.peek(1).kind == "n" or text.peek(1).text in ("ch", "chain", "corner"))


def count(text: Reader, told: Told) -> bool:
    """One more count, if one stands here."""
    here = text.peek()
    if here.kind == "o" and here.text.endswith("st"):  # `20st`
        text.i += 1
        add_stitches(told, None, here.value)
        return True
    one = one_of(text)
    if here.kind != "n" and not one:
        return False
    n = 1 if one else here.value  # `24 hdc and a ch-6 sp`
    text.i += 1
    if text.peek().kind == "w" and (usual := plain(text)) is not None:
        return _told_of(text, told, usual[1], n)
    text.skip("x") and text.skip("-")
    text.skip("little|small|big|large|tiny|full|whole|complete")
    text.at("total", "sts|stitches") and text.skip("total")
    if told.groups and not told.groups[1] and n % 2 == 0 and text.skip("edge|end|border"):
        text.skip("sts|st|stitches") or stitch(text)
        told.edge = n // 2  # `4 clusters and 2 edge dc`
        return True
    if told.groups and told.groups[1] and told.stitches is None and text.skip("edge|end|side"):
        text.skip("sts|st|stitches") or stitch(text)
        told.stitches = told.groups[0] * told.groups[1] + n  # `50 pairs and 2 edge sts`
        return True
    if _of_spaces(text, told, n) or _of_names(text, told, n) or _of_groups(text, told, n):
        return True
    kind = None
    if not text.skip("sts|stitches|st|stitch"):
        kind = stitch(text)
        if kind is not None and text.peek().kind == "n" and text.peek(1).text == "tog":
            kind = f"{kind}{text.number()}tog"
            text.i += 1
        if kind is None:
            told.per_side = n if (sided := SIDE.skip(text)) else told.per_side
            return sided
    text.skip("sts|st|stitches")
    return _told_of(text, told, kind, n)


def _told_of(text: Reader, told: Told, kind: str | None, n: int) -> bool:
    """So many stitches (of a kind), in all, on each side, or beside groups at each end."""
    if told.groups and _AT_THE_ENDS.skip(text):
        told.edge = n
    elif SIDE.skip(text):
        told.per_side, told.per_side_kind = n, kind
    else:
        add_stitches(told, kind, n)
    return True


def _of_spaces(text: Reader, told: Told, n: int) -> bool:
    """`4 ch-2 sps`, `4 2-ch sps`, `4 corner ch-2 sps`, `4 corners`, `12 sps`."""
    at = text.i
    if text.texts[at] not in _SPACED and text.peek().kind != "n":
        return False
    corner = text.skip("corner|corners")
    size: int | None = None
    named = text.skip("ch|chain|chs|chains")
    if named:
        text.skip("-")
        size = text.number()
        text.skip("-")  # `ch-1-sps`
    elif text.peek().kind == "n" and text.peek(1).text in ("-", "ch", "chain"):
        size = text.number()
        text.skip("-")
        named = text.skip("ch|chain")
        text.skip("-")
        if not named:
            text.i = at
            return False
    corner = text.skip("corner|corners") or corner
    if size is not None and text.skip("picots|picot"):
        told.named = (*told.named, ("picot", n))  # `12 ch-3 picots`
        return True
    spaces = text.skip(_SPACES) or corner or (size is not None and text.skip(_TIPS))
    text.skip("corners|corner")
    if not spaces and named and size is not None:
        add_spaces(told, size, n)  # `12 dc, 12 ch-1`
    elif not spaces and named and not text.at("-") and (told.counts or told.stitches or told.groups or told.named):
        told.chains = n
    elif not spaces:
        text.i = at
        return False
    elif corner:
        told.corners = n
        told.corner_chains = told.corner_chains if size is None else size
    elif size is None:
        told.loose_spaces = (told.loose_spaces or 0) + n
    else:
        add_spaces(told, size, n)
    return True


def _of_filet(text: Reader, told: Told, n: int) -> bool:
    """`25 mesh`, `3 open, 1 solid`, `2 bls`: the squares of a row of mesh."""
    if text.at("open", "mesh|meshes|square|squares|sps|,|)|.|;") and text.skip("open"):
        text.skip("mesh|meshes|square|squares|sps")
        told.loose_spaces = (told.loose_spaces or 0) + n
        return True
    name = "mesh square" if text.skip("mesh|meshes") else "solid square" if text.skip("bl|bls|blk|blks") else ""
    if not name and text.at("solid|filled", "mesh|meshes|square|squares|block|blocks|,|)|.|;"):
        text.i += 1
        name = "solid square"
    if name:
        text.skip("mesh|meshes|square|squares|block|blocks")
        before = dict(told.named)
        told.named = tuple((before | {name: before.get(name, 0) + n}).items())
    return bool(name)


def _of_names(text: Reader, told: Told, n: int) -> bool:
    """`6 shells`, `12 picots`: groups by their name."""
    at = text.i
    if _of_filet(text, told, n):
        return True
    name = "picot" if text.skip("picots|picot") else place(text) or part(text)
    name = name or ("v-st" if text.at("v", "'") and text.skip("v") else None)
    name and text.skip("'", "s")  # `10 V's`
    if name and not text.at("of"):
        told.named = (*told.named, (name, n))
        if _HALVES.skip(text):
            told.named = (*told.named, (f"half {name}", 2))
        return True
    text.i = at
    return False


def _of_groups(text: Reader, told: Told, n: int) -> bool:
    """`8 groups`, `8 groups of 3 dc`, `8 3-dc groups`."""
    at = text.i
    if text.at("x") and text.peek(1).kind == "n":  # `4 x 3 dc`
        text.i += 1
        each, kind = text.number(), stitch(text)
        if each and kind:
            told.groups = (n, each, kind)
            return True
        text.i = at
    if text.peek().kind == "n":
        each = text.number()
        text.skip("-")
        kind = stitch(text)
        if each is not None and kind and text.skip(_GROUPS):
            told.groups = (n, each, kind)
            return True
    elif text.skip("pairs|pair") or text.skip("crossed|cross", "pairs|pair"):
        kind = stitch(text) if text.skip("of") else None
        told.groups = (n, 2, kind)
        return True
    elif text.skip(_GROUPS):
        if not text.skip("of"):
            told.groups = (n, 0, None)
            return True
        each = text.number()
        kind = stitch(text)
        kind is None and text.skip("sts|st|stitches")
        if each is not None:
            told.groups = (n, each, kind)
            return True
    text.i = at
    return False
