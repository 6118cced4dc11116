"""Prose: what the words beside the rows say: that a chain counts, that rows are repeated, how pieces are laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from crochet.grammar.notation import parse
from crochet.grammar.pattern import Aside, Join, Ref, Unread, walked
from crochet.grammar.tokens import lowered
from crochet.page import headings

_SENTENCE = re.compile(r"(?:[^.;!?]|\.(?=\w))+[.;!?]*")
_DIGITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_N = r"(?:[1-6]|one|two|three|four|five|six)"
_CHAIN = re.compile(rf"\b(?:ch|chain)s?[\s-]{{0,2}}({_N})\b|\b({_N})[\s-]?ch\b")
_SOME_CHAIN = re.compile(r"\b(?:turning|beg|beginning|starting|initial|first)\b[\s-]{0,2}(?:ch|chain)s?\b")
_COUNTS = re.compile(
    r"\bcount(?:s|ed|ing)?\b|\b(?:stands?|acts?|serves?|works?|used?) (?:in )?(?:as|for)\b|\b(?:replaces?|equals?)\b"
    r"|\btakes? the place of\b|\b(?:never does|does not|doesn't|do not|don't)\W*$"
)
_NOT = re.compile(r"\b(?:not|never|doesn't|don't|isn't|does n't)\b")
_HEIGHTS = {"hdc": (2,), "htr": (2,), "dc": (3,), "tr": (3, 4), "dtr": (4, 5)}
_AS = re.compile(
    r"\b(?:as|for|of|replaces?|equals?) (?:an? |the |first |1st |your |1 |one )*"
    r"(half double|half treble|double|treble|hdc|htr|dc|tr|dtr|sc|st)\b"
)
_LONG = {"half double": "hdc", "half treble": "htr", "double": "dc", "treble": "tr"}
_ROW = r"(?:rows?|rnds?|rounds?|rds?)"
_REFERS = re.compile(
    r"\s*(?:then\s+)?(?:(?:rep(?:eat)?|continue|cont|alternat(?:e|ing)(?: between)?)\s+"
    r"(?:(?:to|rep(?:eat)?(?:ing)?|with|the|for|working)\s+){0,4}"
    rf"(?:(?:last|previous|prev|these|those|this)\s+(?:\w+\s+)?{_ROW}\b|{_ROW}\b|r\s?\d|\d+(?:st|nd|rd|th)\b)"
    rf"|(?:work\s+)?(?:same\s+)?as\s+(?:for\s+)?(?:{_ROW}\s*\d|\d+(?:st|nd|rd|th)\s+{_ROW}\b)"
    r"|(?P<until>rep(?:eat)?|continue|cont|work|keep)\b[^*]{0,60}(?:\b(?:until|till?|even|straight|pat(?:t(?:ern)?)?|manner"
    rf"|established)\b|\b{_ROW}\s*(?:[.;]|\Z|\b(?:on|in|of|more|even)\b)))"
)
_FASTENED = re.compile(
    r"(?<=[.!)\]}])\s*"
    r"(?:sl\.? ?st (?:in|to|into) (?:the )?(?:next|first)(?: \d)? (?:sts?|sc|dc|hdc)[,;.]?\s*(?:and )?)?"
    r"(?:fasten|finish|bind) off[^.,;]{0,30}\.?\s*\Z",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\((?=\S+(?: \S+){3}).*[.!?].*\)\s*\Z")  # `(try it on the baby. Or on a grapefruit)`
_ON_THE_ROW = re.compile(
    r"\b(?:remain\w*|left|sts?|stitch\w*|ch|sc|dc|hdc|tr|end of|corner|sps?|marker)\b|\beven\b(?=.*\b(?:around|across))"
)
_IN_STITCH = re.compile(
    r"\b(?:in|of) (?:sc|dc|hdc|tr|htr|pat(?:t(?:ern)?)? st)\b"
    r"|\b(?:on|over) (?:these|those|rem|all|\d+)[a-z ]{0,20}sts\b"
)
_AGAIN = re.compile(r"(?<=[.;!)\]}])\s+(?=(?:then )?(?:rep|cont|work|keep))", re.IGNORECASE)
_DOES = re.compile(
    r"\s*(?:\d+\s*)?(?:[*(\[]|sl\.? ?st|make \d|in (?:next|each|same|first)\b|with (?:rs|ws|right|wrong)\b"
    r"|(?:ch|sc|dc|hdc|tr|htr|ss|work|working|join|attach|single|double|treble|half|skip|sk|inc|dec)\b)"
)
_WITHIN_A_ROW = re.compile(
    r"\s*(?:cont(?:inue)?|work|pat|keep)\b[^.;]{0,60}\bto (?:the )?(?:last \w|end of (?:row|rnd|round))"
)
_AS_ANOTHER = re.compile(
    r"\s*(?:work|make|complete|proceed|continue|cont|follow|rep(?:eat)?)\b[^.;*]{0,50}\b(?:as|same|like|instructions|directions)\b"
    rf"[^.;*]{{0,30}}?\b(?:for|on|of|given|as)\b(?! ?(?:the )?(?:last|prev|{_ROW}|\d))(?! ?\d)"
)
_ROWS_AS = re.compile(rf"\b(?:work|rep|make|follow|complete|same)\w*\b[^.;*]*\b{_ROW}\b")
_GOES_ON = re.compile(
    r"\s*(?:ch|chs|chain|sc|dc|hdc|tr|htr|dtr|ss|sl|slip|single|double|treble|half|inc|dec|sk|skip|miss|work|working|rep"
    r"|repeat|join|turn|end|ending|in|into|with|then|next|now|around|across|at|on|from|to|and|or|sts?"
    r"|do not|continue|make|using|starting|beg|beginning|complete|you|total|yo|draw|insert|pull|change"
    r"|that(?:'s| is| makes| gives)?(?: you)?(?: now)? \d+"
    r"|(?:sc|hdc|dc|tr|htr)\d?tog|invdec|f[sd]c|fhdc|magic|mr|attach|each|all|there|v-st|shell|picot|cluster|puff|popcorn|bobble|front|back|fp\w*|bp\w*)\b"
)
_TOTAL = re.compile(
    r"(?:[(\[{]\d{1,4}[^()\[\]{}]*[)\]}]|(?:→|[—–]|(?<!\d)/|= ?(?=\d\d))\s?\d{1,4}[a-z\d, -]{0,24})[.;]?\s*\Z"
)
_STARTS = re.compile(r"\W|\d|and\b|then\b")
_CLOSES = re.compile(
    r"\s*(?:join (?:with|in|to)\b|sl\.? ?st|slip|ss\b|turn|(?:ch|chain) ?-?\d+\W{0,3}(?:and )?turn|rep"
    r"|do not (?:join|turn|sl|ch|close)"
    r"|end\b|in (?:the )?(?:same|next|each|first|last|corner|ring|any)\b|into\b|around\b|twice\b|\d+ times|x ?\d)"
)
_LEADS = re.compile(
    r"\s*(?:(?:with|using) [^.;]{1,40}?,? )?(?:re-?)?(?:join|attach)\s+"
    r"(?!=|with\b|to\b|in\b|into\b|sl\b|ss\b|rnd|round|last|first|as\b|ends?\b|short|pieces|squares|motifs|edges|seams?|sides)[^.;]*\b(?:any|in|to|into|at|with)\b"
)
_SEAMS = re.compile(
    r"\s*(?:sl\.? ?st|ss|slip ?stitch|sc|crochet|join|sew|seam)\s+(?:the\s+)?"
    r"(?:(?:short|long|last|first|two|2|side|back|both|open|row)\s+){0,2}(?:rows?|ends?|edges?|seams?)\s+(?:to|together|of|with)\b"
)
_NOW = re.compile(r"(?:and )?(?:now|next|then)(?: for)? (?:the|your) (?!ring|next|last)(?:[a-z]+ )?[a-z]+[.:!]\s")
_FINISHES = re.compile(r"(?:then |and |now )?(?:sew|weave|darn|cinch|block|stuff|whip ?stitch|embroider|tie)\b")
_STITCH = re.compile(
    r"\b\d{0,3}(?:sc|dc|hdc|tr|htr|dtr|inc|dec)s?(?:\d?tog)?\b|\b(?:single|double|treble) crochet|\bch[ -]?\d"
    r"|\bsl\.? ?st\b"
)
_NUMBER = rf"(\d{{1,3}}|{'|'.join(headings.COUNTS)})"
_LAYOUTS = (
    (re.compile(rf"\b{_NUMBER} (?:rows?|strips?) (?:of|with) {_NUMBER}\b"), False),
    (
        re.compile(
            rf"\b{_NUMBER} (?:(?:squares?|motifs?|blocks?) )?(?:wide|across) (?:by|x|and) {_NUMBER} "
            r"(?:(?:squares?|motifs?|blocks?) )?(?:long|down|high|tall)"
        ),
        True,
    ),
)
_JOINS = re.compile(r"\b(?:join|sew|stitch|arrange|assemble|lay|layout|seam|crochet)\b")


@dataclass(frozen=True, slots=True)
class Counting:
    """Starting chains that the notes say to count as a stitch, and those they say not to."""

    counted: frozenset[int] = frozenset()
    not_counted: frozenset[int] = frozenset()

    def __or__(self, later: Counting) -> Counting:
        """Both; what is said later wins."""
        return Counting(
            (self.counted - later.not_counted) | later.counted, (self.not_counted - later.counted) | later.not_counted
        )


def spans(words: str) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph stand."""
    return [m.span() for m in _SENTENCE.finditer(words) if m[0].strip()]


def counting(words: str) -> Counting:
    """What words say about starting chains: `Ch 3 counts as dc throughout`, `turning ch does not count as a st`."""
    found = Counting()
    low = lowered(words)
    for start, end in spans(low) if _COUNTS.search(low) else ():
        sentence = low[start:end]
        if "unless" not in sentence or "otherwise" in sentence:
            for clause in _clauses(sentence):
                found |= _counting(clause)
    return found


def _clauses(sentence: str) -> list[str]:
    """Of `ch 3 counts as a dc, ch 1 does not count` what is said of each chain."""
    found, verbs = [0], [m.start() for m in _COUNTS.finditer(sentence)]
    chains = [m.start() for m in _CHAIN.finditer(sentence)]
    for verb in verbs[:-1]:
        found += [at for at in chains if at > verb and any(at < other for other in verbs)][:1]
    return [sentence[a:b] for a, b in pairwise((*dict.fromkeys(found), len(sentence)))]


def _counting(clause: str) -> Counting:
    counts = _COUNTS.search(clause)
    if not counts:
        return Counting()
    chains = {_DIGITS.get(a or b) or int(a or b) for a, b in _CHAIN.findall(clause[: counts.start()])}
    kind = _AS.search(clause, counts.start())
    if not chains and _SOME_CHAIN.search(clause[: counts.start()]):
        name = _LONG.get(kind[1], kind[1]) if kind else "st"
        chains = set(_HEIGHTS.get(name, (2, 3, 4, 5)))
    if _NOT.search(clause):
        return Counting(not_counted=frozenset(chains))
    return Counting(counted=frozenset(chains)) if kind else Counting()


def refers(sentence: str) -> bool:
    """The sentence has rows worked again: `Rep Rows 2 and 3 until it measures 10 in`."""
    low = lowered(sentence)
    m = _REFERS.match(low)
    return m is not None and "*" not in low and not (m["until"] and _ON_THE_ROW.search(_IN_STITCH.sub(" ", low)))


def refers_within(words: str) -> bool:
    """A sentence after the words of a row has rows worked again."""
    found = (_SENTENCE.match(words, m.end()) for m in _AGAIN.finditer(words))
    return any(sentence is not None and refers(sentence[0]) for sentence in found)


def again(words: str, start: int) -> int:
    """Where a sentence after the words of a row has rows worked again in words not understood; else where they end."""
    for m in _AGAIN.finditer(words, start + 1):
        sentence = _SENTENCE.match(words, m.end())
        if sentence and refers(sentence[0]) and not understood(sentence[0]):
            return m.end()
    return len(words)


def fastened(words: str, start: int) -> int:
    """Where the words of a row end in `Fasten off.`; else where they end."""
    m = _FASTENED.search(words, max(start, len(words) - 80))
    return m.start() if m else len(words)


def understood(sentence: str) -> bool:
    """The sentence is one that rows are written in."""
    return not any(isinstance(one, Unread) for one in walked(parse(sentence).items))


def leaves(line: str, before: str) -> bool:
    """A line after a whole sentence of a row that no longer belongs to it: rows worked again, or prose.

    After a row's total only what closes the row is still part of it.
    """
    total, low = totalled(before), lowered(line)
    goes_on = _CLOSES if total else _GOES_ON
    if total and (_SEAMS.match(low) or _NOW.match(low) or _FINISHES.match(low)):
        return True
    if total and not (line[0].isupper() or _STARTS.match(line)):
        works = headings.works(line) and _GOES_ON.match(low)
        return not works and not _CLOSES.match(low)  # `[36]` and `eyes go between R9 and R10, 5 sts apart`
    if _IN_BRACKETS.match(line) and not headings.works(line):
        return True
    return refers(line) or (
        line[0].isupper() and (leads(line) or _SEAMS.match(low) is not None or not goes_on.match(low))
    )


def totalled(words: str) -> bool:
    """The words end in a total: `(24 dc)`, `/24`, `→ 24 dc`."""
    return _TOTAL.search(words[-40:]) is not None


def leads(sentence: str) -> bool:
    """The sentence joins the yarn for the row after it: `Join B with sl st in any corner.`"""
    return bool(_LEADS.match(lowered(sentence)))


def rows_of_another(sentence: str) -> tuple[int, ...]:
    """The rows that a sentence has worked as those of another piece: `Work 1st to 3rd rnds as given for Head`."""
    if not _ROWS_AS.search(lowered(sentence)):
        return ()
    read = parse(sentence).items
    refs = [one for one in read if isinstance(one, Ref)]
    told = len(refs) == 1 and all(isinstance(one, Ref | Aside | Join) for one in read)
    return refs[0].rows if told and refs[0].of else ()


def elsewhere(sentence: str) -> bool:
    """The sentence has another piece worked, whose rows are not told again: `Work as given for Back to armholes`."""
    return bool(_AS_ANOTHER.match(lowered(sentence)))


def instructs(sentence: str) -> bool:
    """The sentence has stitches worked."""
    low = lowered(sentence)
    return bool((_DOES.match(low) and _STITCH.search(low)) or _WITHIN_A_ROW.match(low))


def layout(words: str) -> tuple[int, int] | None:
    """`Sew the squares together in 6 rows of 8`: (rows, in each row); None: the words do not say."""
    low = " ".join(lowered(words).split())
    for pattern, turned in _LAYOUTS if _JOINS.search(low) else ():
        m = pattern.search(low)
        if m:
            a, b = headings.number(m[1]), headings.number(m[2])
            return (b, a) if turned else (a, b)
    return None
