"""spelling: how many slips of the pen lie between two words."""

from __future__ import annotations


def slips(word: str, meant: str, most: int) -> int:
    """Letters left out, put in, taken for another, or two the wrong way round; `most + 1` where it is more than that.

    The first letter is hardly ever wrong, and a word with another one is another word: `toaster` is no `coaster`.
    """
    if word[:1] != meant[:1] or abs(len(word) - len(meant)) > most:
        return most + 1
    before, row = [0] * (len(meant) + 1), list(range(len(meant) + 1))
    for i, letter in enumerate(word, 1):
        above, before, row = before, row, [i]
        for j, other in enumerate(meant, 1):
            fewest = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and word[i - 2] == other:
                fewest = min(fewest, above[j - 2] + 1)
            row.append(fewest)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
