"""Changes: what may have been meant where a row does not add up, the smallest change first.

One number, one name of a stitch, `more`, the chain before the join, the first corner completed. `fixes` runs each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crochet.craft.stitches import START, TO_UK, shown, us_key
from crochet.findings import Edit, Fix
from crochet.grammar.pattern import Declared
from crochet.grammar.tokens import LARGEST, Token, tokens
from crochet.working.chained import as_others, crossed
from crochet.working.ground import Checked
from crochet.working.places import Fabric

_NAMES = frozenset(TO_UK) | frozenset(TO_UK.values())
_CHAIN = frozenset({"ch", "chain"})
_WORKED = frozenset(START) - {"sl st"}


def changes(text: str, body: int, below: Fabric | None, wrong: Checked, terms: str) -> Iterator[tuple[Fix, bool]]:
    """(change, whether it is a plain one). A longer or shorter starting chain bends the row to a wrong count."""
    found = tokens(text, body)
    said = wrong.declared.span if wrong.declared else (len(text), len(text))
    words = [token for token in found if not said[0] <= token.start < said[1]]
    error = next((one for one in wrong.findings if one.severity == "error"), None)
    at = error.span if error else (body, len(text))
    for fix in _first_corner(text, words):
        yield fix, True
    begun = _starting(words)
    numbers = [token for token in words if token.kind == "n" and 0 < token.value < LARGEST and token not in begun]
    numbers.sort(key=lambda token: not at[0] <= token.start < at[1])
    if _wrong_kinds(wrong):
        yield from ((fix, True) for fix in _names(words, below, wrong, terms, at))
    uneven = error is not None and error.id == "corner-differs" and not error.also
    yield from ((fix, True) for fix in crossed(words, at) if uneven)
    heights = _heights(wrong)
    if not {token.value for token in begun} & heights:
        yield from ((_number(token, n), True) for token in begun for n in heights)
    for by in (1, -1, 2, -2):
        yield from ((_number(token, token.value + by), True) for token in numbers if token.value + by > 0)
    yield from ((fix, True) for fix in crossed(words, at) if not uneven)
    yield from ((fix, True) for fix in _numbered(words))
    for fix in (*as_others(words), *_often(words), *_before_join(text, words), *_more(words)):
        yield fix, True
    lengths = [token for token in numbers if _is_length(words, token)]
    for by in (3, -3, 4, -4):
        yield from ((_number(token, token.value + by), True) for token in lengths if token.value + by > 0)
    for by in (1, -1, 2, -2):
        yield from ((_number(token, token.value + by), False) for token in begun if token.value + by > 0)


def _is_length(words: list[Token], token: Token) -> bool:
    """How often, or over how many stitches: copied from another round it is wrong by more than a slip of the hand."""
    i = words.index(token)
    return words[i + 1 : i + 2] != [] and (
        words[i + 1].text in ("times", "time", "more") or words[i - 1].text in ("next", "x")
    )


def _heights(wrong: Checked) -> set[int]:
    """How long the starting chains of the row's stitches are."""
    kinds = {kind for kind, _ in wrong.declared.counts} if wrong.declared else set()
    kinds |= set(wrong.made.course.counts()) if wrong.made else set()
    return {START[kind] for kind in kinds if START.get(kind)} or {START["dc"]}


def _starting(words: list[Token]) -> list[Token]:
    """The numbers of the chains that stand before the first stitch."""
    found: list[Token] = []
    for i, token in enumerate(words[:-2]):
        if token.text in _NAMES and token.text not in ("ch", "ss", "sl st"):
            break
        number = words[i + 1] if words[i + 1].text != "-" else words[i + 2]
        if token.text in _CHAIN and number.kind == "n":
            after = words[words.index(number) + 1 :][:2]
            if not any(one.text in ("sp", "space", "loop") for one in after):
                found.append(number)
    return found


def _number(token: Token, new: int) -> Fix:
    return Fix(f"Write {new} instead of {token.text}.", (Edit((token.start, token.end), str(new)),))


def _numbered(words: list[Token]) -> Iterator[Fix]:
    """A number before a stitch of a group that has none: `(2 dc, ch 2, dc)`."""
    for before, token, after in zip(words, words[1:], words[2:], strict=False):
        if (
            token.text in _NAMES
            and before.text in ("(", "[", ",")
            and after.text in (")", "]", ",")
            and token.text != "ch"
        ):
            yield Fix(f"Write 2 {token.text} instead of one.", (Edit((token.start, token.start), "2 "),))


def _wrong_kinds(wrong: Checked) -> bool:
    """Stitches are made, or asked for, that are not those of the count or of the row below."""
    if any("kind-mismatch" in (one.id, *one.also) for one in wrong.findings):
        return True
    said = wrong.declared or Declared((0, 0))
    made = wrong.made.course.counts() if wrong.made else {}
    asked = Counter(dict(said.counts))
    return bool(said.counts and made) and (set(asked) != set(made) or asked.total() == sum(made.values()))


def _names(words: list[Token], below: Fabric | None, wrong: Checked, terms: str, at: tuple[int, int]) -> Iterator[Fix]:
    """Another stitch's name for one, of those that the row makes, declares or stands on. First for what has no such."""
    said = [kind for kind, _ in wrong.declared.counts] if wrong.declared else []
    made = list(wrong.made.course.counts()) if wrong.made else []
    under = list(below.course.counts()) if below else []
    kinds = [kind for kind in dict.fromkeys((*said, *under, *made)) if kind in START and kind != "sl st"]
    names = [token for token in words if token.kind == "w" and us_key(token.text, terms) in _WORKED]
    names.sort(key=lambda token: (us_key(token.text, terms) in kinds, not at[0] <= token.start < at[1]))
    for token in names:
        for new in (shown(kind, terms) for kind in kinds if shown(kind, terms) != token.text):
            yield Fix(f"Write {new} instead of {token.text}.", (Edit((token.start, token.end), new),))


def _often(words: list[Token]) -> Iterator[Fix]:
    for token in words:
        if token.text in ("once", "twice", "thrice"):
            for new in ("once", "twice", "3 times", "4 times"):
                if new != token.text:
                    yield Fix(f"Write {new} instead of {token.text}.", (Edit((token.start, token.end), new),))


def _before_join(text: str, words: list[Token]) -> Iterator[Fix]:
    """The chain before the join put in, or taken out."""
    join = next((i for i in range(len(words) - 1, -1, -1) if words[i].text == "join" and i > 2), None)
    if join is None:
        return
    start = words[join].start
    if words[join - 1].text == "to":  # sl st in top of ch 3 to join
        start = next((words[k].start for k in range(join, 0, -1) if words[k].text in ("sl", "ss")), start)
    capital = text[start].isupper()
    for n in (1, 2, 3):
        yield Fix(f"Put ch {n} before the join.", (Edit((start, start), f"Ch {n}. " if capital else f"ch {n}, "),))
    before = [token for token in words if token.end <= start]
    if len(before) > 3 and before[-3].text == "ch" and before[-2].kind == "n":
        yield Fix("Leave out the chain before the join.", (Edit((before[-3].start, start), ""),))


def _more(words: list[Token]) -> Iterator[Fix]:
    for i, token in enumerate(words):
        if token.text == "times" and i and words[i - 1].kind == "n":
            yield Fix("Write “more times”.", (Edit((token.start, token.start), "more "),))
        if token.text == "more":
            yield Fix("Leave out “more”.", (Edit((token.start, words[i + 1].start), ""),))


def _first_corner(text: str, words: list[Token]) -> Iterator[Fix]:
    """`2 dc in same sp` where the other corners are `(3 dc, ch 2, 3 dc)`: the first becomes `(2 dc, ch 2, 3 dc)`."""
    same = next((i for i, t in enumerate(words) if t.text == "same" and i > 2), None)
    if same is None or words[same - 2].text in (")", "]"):
        return
    for i in range(same, len(words) - 6):
        a, k, _, comma, ch = words[i : i + 5]
        if a.text in ("(", "[") and k.kind == "n" and comma.text == "," and ch.text == "ch":
            close = next((t for t in words[i:] if t.text in (")", "]")), None)
            if close is None:
                return
            rest = text[comma.start : close.start]
            start, end = words[same - 3].start, words[same - 2].end
            yield Fix("Finish the first corner.", (Edit((start, end), f"({text[start:end]}{rest})"),))
            return
