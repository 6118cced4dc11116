"""Spacing: positions along a line that keep their distances. Pure numbers."""

from __future__ import annotations


def spread(wished: list[float], steps: list[float]) -> list[float]:
    """The positions nearest to the wished ones that keep every step: isotonic regression of what the steps leave.

    `steps[0]` is to the stitch before the side and does not count.
    """
    offset, offsets = 0.0, []
    for i, step in enumerate(steps):
        offset += step if i else 0.0
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []  # (sum, how many), means rising
    for wish, off in zip(wished, offsets, strict=True):
        total, n = wish - off, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / n:
            more, m = blocks.pop()
            total, n = total + more, n + m
        blocks.append((total, n))
    level = [total / n for total, n in blocks for _ in range(n)]
    return [x + off for x, off in zip(level, offsets, strict=True)]


def within(stands: list[float], steps: list[float], end: float) -> list[float]:
    """Push back what its neighbours pushed past the end of the side, and them with it, as the steps allow."""
    out, least = list(stands), -end
    for i in range(len(out)):
        out[i] = max(out[i], least)
        least = out[i] + steps[i + 1] if i + 1 < len(out) else least
    most = end
    for i in range(len(out) - 1, -1, -1):
        out[i] = min(out[i], most)
        most = out[i] - steps[i]
    return out


def evened(stands: list[float], steps: list[float]) -> list[float]:
    """Half-way to an even pace between the same ends: straight legs would leave a solid side in pairs."""
    if len(stands) < 3:
        return stands
    spare = (stands[-1] - stands[0] - sum(steps[1:])) / (len(stands) - 1)
    even, x = [], stands[0]
    for i, step in enumerate(steps):
        x += step + spare if i else 0.0
        even.append(x)
    return [(a + 2 * b) / 3 for a, b in zip(stands, even, strict=True)]
