"""References: rows that are worked as others are. `Rep Rnd 2`, `As Row 3`, `Rep Rows 2 and 3 five times more`.

ref = ("rep" | ["work"] ["same"] "as" ["for"]) rows [n "times" ["more"]] ["for pat"] [until]
    | evenly [until]
rows = ("row"|"rnd") n {("-"|"to"|"and"|",") n} | ordinal {"and" ordinal} ("row"|"rnd") | "last" [n] ("row"|"rnd")
until = ("until" | "for" n "in" | "to" | "ending") words
"""

from __future__ import annotations

from crochet.grammar.adjoining import PIECES
from crochet.grammar.declared import declared
from crochet.grammar.evenly import evenly
from crochet.grammar.growing import grown
from crochet.grammar.names import STITCHES, stitch
from crochet.grammar.pattern import Item, Ref
from crochet.grammar.phrases import Phrases, names_yarn
from crochet.grammar.tokens import Reader

_WORD = "row|rows|rnd|rnds|round|rounds|rd|rds|r"
_LAST = "last|previous|prev|preceding|these|above|this|that|those"
_UNTIL = "until|till|til|for|to|ending|end|as"
OPENS = frozenset(
    {"rep", "repeat", "repeating", "as", "same", "work", "worked", "continue", "cont", "continuing", "keep",
     "proceed", "even", "do", "redo", "the", "make", "follow", "complete", "alternate", "alternating", "alternately"}
)  # fmt: skip
_OFF = frozenset({"fasten", "finish", "bind", "cut", "break"})
MOST_ROWS = 200


def ref(text: Reader) -> Item | None:
    """A reference to other rows; None: none stands here (nothing is passed over)."""
    at, start = text.i, text.start
    if (on := evenly(text)) is not None:
        if on.stitch is None and not on.rows and _grows(text):
            return Ref((), 1, None, 1, (start, text.end))  # `continue as set, adding one gap on each side`
        passes = on.rows or _times(text)
        goes_on = _until(text)
        return Ref((), 0, on.stitch, passes or int(not goes_on), (start, text.end), pattern=on.stitch is None)
    if not _opens(text):
        text.i = at
        return _of_another(text)
    rows, last = _rows(text) if not _bare_number(text) else ((text.number() or 0,), 0)
    if not rows and not last:
        text.i = at
        return _of_another(text)
    piece = _piece(text) if rows else None
    times = _times(text)
    stitches = 0 if times else _stitches(text)
    goes_on = _until(text)
    passes = times or int(not (goes_on or stitches))
    return Ref(rows, last, None, passes, (start, text.end), stitches=stitches, of=piece)


def _bare_number(text: Reader) -> bool:
    """`Same as 5.`: a number that is all there is."""
    return text.peek().kind == "n" and text.peek(-1).text == "as" and text.peek(1).text in (".", "", ",", "(")


def _grows(text: Reader) -> bool:
    at = text.i
    told = grown(text)
    text.i = at
    return told


_AS_FOR = Phrases(
    "as|like given|worked|described|set|for|on|in? for|on|in|of?",
    "exactly|the? same way|manner? as|like? for|on|in|of?",
    "of", "from", "same as given|for?",
)  # fmt: skip
_NO_PIECE = frozenset(
    ["pattern", "pat", "patt", "above", "before", "established", "follows", "row", "rows", "rnd", "rnds", "round",
     "rounds", "previous", "last", "this", "each", "every", "needed", "desired", "directed", "instructed", "below",
     "ch", "chain", "sc", "dc", "hdc", "tr", "st", "sts", "main", "shown", "usual", "well", "many", "you", "far"]
)  # fmt: skip


def _of_another(text: Reader) -> Item | None:
    """`work 1st to 3rd rnds as given for Head`, `same as Head`: rows of another piece; None: none stand here."""
    at, start = text.i, text.start
    text.skip("work|rep|repeat|make|follow|complete")
    rows, _ = _rows(text)
    piece = _piece(text, named=not rows)
    if piece is None:
        text.i = at
        return None
    if (last := _as_far_as(text)) and not rows:
        rows = tuple(range(1, last + 1))
    return Ref(rows, 0, None, 1, (start, text.end), of=piece)


def _as_far_as(text: Reader) -> int:
    """`to end of Rnd 6`, `through Rnd 6`: that row; 0: not said."""
    at = text.i
    text.skip("up")
    if text.skip("to|until|through|thru"):
        text.skip("the")
        text.skip("end|completion") and text.skip("of")
        rows, _ = _rows(text)
        text.skip("inclusive")
        if rows and rows[-1] <= MOST_ROWS:
            return rows[-1]
    text.i = at
    return 0


def _piece(text: Reader, named: bool = False) -> str | None:
    """`as given for Head`, `of Outer Ear`: the name of a piece, which if no row is `named` has to have a capital."""
    at = text.i
    text.skip("inclusive")
    text.skip(",")
    if _AS_FOR.skip(text):
        text.skip("the")
        begins = text.start
        words: list[str] = []
        capital = text.text[begins : begins + 1].isupper()
        while text.peek().kind == "w" and len(words) < 4 and text.peek().text not in _UNTIL.split("|"):
            words.append(text.peek().text)
            text.i += 1
        ends = text.done() or text.at(",|.|;|(|)|[|to|until|through|—|=")
        called = capital or not named or (len(words) > 1 and words[-1] in PIECES)
        if words and ends and words[0] not in _NO_PIECE and called:
            return " ".join(words)
    text.i = at
    return None


def refers(text: Reader) -> bool:
    """Rows are referred to here; nothing is passed over."""
    at = text.i
    found = text.peek().text in OPENS and ref(text) is not None
    text.i = at
    return found


def _opens(text: Reader) -> bool:
    if text.skip("rep|repeat|repeating|alternate|alternating") or text.skip("alternately", "rep|repeat|work"):
        text.skip("from|for|as|between")
        return True
    text.skip("then")
    if text.at("work|working", _WORD) and text.peek(2).kind == "n":
        text.i += 1  # `work row 3 with MC`
        return True
    if text.at("do|redo", _WORD) and text.peek(2).kind == "n":
        text.i += 1  # `do row 2 again`
        return True
    text.skip("work|worked|continue|cont|proceed")
    text.skip("in")
    text.skip("exactly")
    text.skip("the")
    text.skip("same") and text.skip("way|manner")
    return text.skip("as|like") and (text.skip("for|given|in|per") or True)


def _rows(text: Reader) -> tuple[tuple[int, ...], int]:
    """The numbers told, or how many of the last."""
    text.skip("the")
    if text.skip(_LAST):
        n = text.number() or 1
        return ((), n) if text.skip(_WORD) else ((), 0)
    named = text.skip(_WORD)
    found: list[int] = []
    span = False
    while len(found) <= MOST_ROWS:
        token = text.peek()
        if token.kind == ("n" if named else "o") and token.value < 10_000:
            text.i += 1
            found += (
                range(found[-1] + 1, min(token.value, found[-1] + MOST_ROWS) + 1) if span and found else [token.value]
            )
        else:
            break
        named or (text.peek(1).kind != "o" and text.skip(_WORD))
        if _counted(text):
            break
        span = text.at("-|to|—|thru|through")
        ahead = 2 if text.peek(1).text == "&" or text.at(",", "and") else 1
        more = text.peek(ahead).kind if not (named and text.peek(ahead).text in _WORDS) else text.peek(ahead + 1).kind
        often = text.peek(ahead + 1).text in _OFTEN  # `rep row 2, 4 times`
        if often or not text.at("-|to|—|and|&|,|thru|through") or more != ("n" if named else "o"):
            break
        text.i += ahead
        named and text.skip(_WORD)
    if not named and text.peek(-1).text not in _WORDS and not text.skip(_WORD):
        return (), 0
    return tuple(found), 0


_OFTEN = frozenset({"times", "time", "more", "x"})
_WORDS = frozenset(_WORD.split("|"))


def _counted(text: Reader) -> bool:
    """`Rep Row 2 - 24 hdc`, `As Rnd 3 - 18`: what follows is the count, and no row."""
    dash, n = text.peek(), text.peek(1)
    if dash.text not in ("-", "—") or n.kind != "n":
        return False
    at = text.i
    counts = declared(text) is not None
    text.i = at
    apart = dash.start > text.end and n.start > dash.end and not text.peek(-2).text.endswith("s")
    return counts and (apart or text.peek(2).kind == "w")


def _times(text: Reader) -> int:
    """How often the rows are worked; 0: not said."""
    text.skip("again")
    at = text.i
    text.skip(",")
    text.skip("another")
    for words, n in (("once", 1), ("twice", 2)):
        if text.skip(words):
            text.skip("more")
            return n
    n = text.number() or 0
    text.skip("more")
    if n and text.skip("times|time|x"):
        text.skip("more") or text.skip("in", "all|total")
        return n
    text.i = at
    return 0


def _stitches(text: Reader) -> int:
    """`until 12 sc remain`, `until there are 60 sts`: how many; 0: not said so."""
    at = text.i
    text.skip(",")
    if text.skip("until|till|til"):
        text.skip("there|you|we") and text.skip("are|is|have|get")
        text.skip("only|just") or text.skip("a", "total", "of")
        n = text.number() or 0
        named = text.skip("sts|stitches|st") or stitch(text)
        text.skip("are|is")
        text.skip("remain|remains|rem|remaining|left")
        if n and named and (text.done() or text.at(".|;|,|—|(")):
            return n
    text.i = at
    return 0


_YARNED = frozenset({"colour", "color", "colours", "colors", "yarn", "yarns", "stripe", "stripes", "mc", "cc"})


def _in_colours(text: Reader) -> bool:
    """`changing colour every 2 rows in sequence D, A, B`, `working Rows 4-6 with B`: what yarn they are worked in."""
    at = text.i
    if text.skip("changing|alternating|alternate|working|keeping|following|carrying|switching|in|with"):
        told = False
        while not (text.done() or text.at("until|till|.|;|(|ending")):
            token = text.peek()
            plain = token.kind == "n" or token.text in _YARNED or names_yarn(token.text) or token.text in _COLOURED
            told = told or token.text in _YARNED or names_yarn(token.text)
            if not plain:
                break
            text.i += 1
        if told and (text.done() or text.at("until|till|.|;|ending")):
            return True
    text.i = at
    return False


_COLOURED = frozenset(
    ["every", "each", "row", "rows", "rnd", "rnds", "round", "rounds", "in", "sequence", "order", "as", "established",
     "set", "with", "and", "then", "of", "the", "same", "other", "second", ",", "-", "—", "at", "end", "new", "next",
     "to", "between", "pattern", "striping", "for"]
)  # fmt: skip


_ENDS_WITH = Phrases("ending|end the? last|final? rep|repeat|row? with|by 1|2|3|4|5?")


def _ends_with_stitches(text: Reader) -> bool:
    """`ending last rep with dc in top of tch`: how the row itself ends; nothing is passed over."""
    at = text.i
    found = _ENDS_WITH.skip(text) and text.peek().text in STITCHES
    text.i = at
    return found


def _until(text: Reader) -> bool:
    """`until piece measures 10 in`, `for pattern`, `to desired length`: up to the end of the sentence."""
    at = text.i
    text.skip(",")
    if text.skip("for|in", "pat|patt|pattern"):
        text.skip(",")
        if text.done() or text.at(".|;"):
            return True
    if _in_colours(text):
        text.skip(",")
        if text.done() or text.at(".|;"):
            return False
    if not text.at(_UNTIL) or _ends_with_stitches(text):
        text.i = at
        return False
    depth = 0
    while not text.done():
        token = text.peek()
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        follows = "" if text.peek(1).text in _OFF else text.text[token.end :].lstrip()[:1]
        follows = "," if follows in "([" and text.peek(2).kind == "n" else follows  # `7 in. (18 cm)`
        ends = token.text == "," and text.peek(1).text in _OFF
        if (
            depth <= 0
            and (ends or token.text in (".", ";"))
            and not (follows.islower() or follows.isdigit() or follows == ",")
        ):
            break
        text.i += 1
    return True
