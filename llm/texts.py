"""texts: what the model has read, kept so that a text which begins alike need not be read again.

A text is the brief as the model sees it, then the sheet. A continuation is the same text and some lines more or less.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from llm.model import Floats, Memory

KEPT = 8  # texts that nobody writes on any more; each has at most the memory of a whole context


@dataclass(slots=True, eq=False)
class Text:
    """A text as it grows: what the model has read of it, and where its lines end: (characters, tokens)."""

    memory: Memory
    logits: Floats | None = None
    text: str = ""
    ends: list[tuple[int, int]] = field(default_factory=list)

    def cut(self, at: int, room: int) -> Text:
        """This text up to the last line end not after the character `at`, with room to go on."""
        ends = [(0, 0), *(end for end in self.ends if end[0] <= at)]
        return Text(self.memory.copy(ends[-1][1], room), None, self.text[: ends[-1][0]], ends[1:])


class Texts:
    """The texts that are being written, and the last ones that were."""

    def __init__(self) -> None:
        self._written_on: list[Text] = []
        self._kept: list[Text] = []

    def like(self, wanted: str, room: int) -> Text | None:
        """The longest begin of a text, up to a line end, that is known already. None: nothing is.

        One that somebody is writing on counts too: what lies before a line end does not change any more.
        """
        known = [*self._written_on, *self._kept]
        shared, best = max(((_shared(one.text, wanted), -i) for i, one in enumerate(known)), default=(0, 0))
        return known[-best].cut(shared, room) if shared else None

    def begin(self, text: Text) -> None:
        """A text is written on from now."""
        self._written_on.append(text)

    def keep(self, text: Text) -> None:
        """A text is written on no more; it is kept without the room that it no longer needs."""
        self._written_on.remove(text)
        text.memory, text.logits = text.memory.copy(text.memory.length, text.memory.length), None
        self._kept = [text, *(kept for kept in self._kept if not text.text.startswith(kept.text))][:KEPT]

    def size(self) -> int:
        """Bytes of memory that all of them hold."""
        return sum(text.memory.kept.nbytes for text in (*self._written_on, *self._kept))


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common from their begin."""
    if other.startswith(one):
        return len(one)
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
