"""Inks: the colours and the letters of the drawings."""

from __future__ import annotations

INK = "#1E2430"
# Rows without a yarn's colour take turns in these.
INKS = (INK, "#8A2F1D")
# Around what a finding names, and around nothing else: a ring is seen without its colour too.
FOUND = "#A3212B"
FAINT = "#8A8F99"
PLATE = "#FFFDF8"
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Helvetica, Arial, sans-serif"
