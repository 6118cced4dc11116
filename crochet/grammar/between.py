"""Between: a gap as a place, told by what is on either side: `between next 2 clusters`, `in sp before next V-st`."""

from __future__ import annotations

from crochet.grammar.limits import limit
from crochet.grammar.pattern import Target, Thing
from crochet.grammar.phrases import Phrases
from crochet.grammar.shapes import place
from crochet.grammar.spaces import GROUPS, between_stitches, names_between
from crochet.grammar.tokens import Reader

GAPS = frozenset({"gap", "space", "sp"})
_GROUP = Phrases("# -? dc|tr|hdc|htr|sc|treble|double? -? group|cluster", "group")


def before_a_group(text: Reader) -> Target | None:
    """`in the gap before the next V-st`: where one of these follows another; `in gap before next 3-dc group`."""
    at = text.i
    if (
        text.skip("in|into|to")
        and (text.skip("the") or True)
        and text.skip("gap|space|sp")
        and text.skip("before|after")
    ):
        text.skip("the|each|next") and text.skip("next|last|same")
        if (name := place(text)) is not None:
            return Target("next", (Thing("between", name, said="gap between them"),))
        if _GROUP.skip(text):
            return Target("next", (Thing("gap", said="gap between groups"),))
    text.i = at
    return None


def between_groups(text: Reader) -> Target | None:
    """`between next 2 groups`, `between clusters`: the gap there."""
    at = text.i
    last = (text.at("between", "last") and text.peek(2).text not in ("and", "&")) or text.at("between", "the", "last")
    every = text.peek(1).text in ("each", "every", "all")
    if (name := names_between(text)) is not None:
        where = Thing("between", name, said="gap between them")
    elif GROUPS.skip(text):
        where = Thing("gap", said="gap between groups")
    elif between_stitches(text):
        where = Thing("between", "", said="gap between sts")
    else:
        text.i = at
        return None
    until = limit(text)[0] if every else None
    return Target("last" if last else "each" if until else "next", (where,), until=until)
