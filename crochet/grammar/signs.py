"""Signs: what stands between two items, and the words that an item may begin with or be led on to by."""

from __future__ import annotations

from crochet.grammar.names import FIRST_WORDS

BETWEEN = frozenset([",", ";", ".", "and", "then", ":", "&", "+", "/", "!", "—", "also", "but", "•", "…", "\\",
                     "←", "↑", "↗", "↙", "⬅", "↔"])  # fmt: skip
STARTS = FIRST_WORDS.keys() | {
    "ch", "chain", "join", "attach", "sk", "skip", "miss", "rep", "repeat", "turn", "fasten", "work", "working",
    "ending", "end", "leave", "leaving", "holding", "keeping", "retaining", "making", "being",
    "yo", "yoh", "yarn", "drop", "remove", "inc", "dec", "invdec", "loosely", "tightly",
}  # fmt: skip
LEADS = "having|work|working|make|making|place|placing|put|putting|crochet|worked|start|begin|do|just|simply|now"
