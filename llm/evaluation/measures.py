"""measures: what is counted of the patterns that came of some wishes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from llm import lexicon
from llm.evaluation.frozen import Frozen

Json = dict[str, Any]


class Share(NamedTuple):
    """So many of so many."""

    good: int = 0
    of: int = 0

    def plus(self, good: bool | int, of: int = 1) -> Share:
        """One more, or some."""
        return Share(self.good + int(good), self.of + of)


NONE = Share()


@dataclass(slots=True)
class Figures:
    """What was counted. Times are seconds; lists hold a number a pattern."""

    whole_first: Share = NONE  # wholly proven as first written
    whole: Share = NONE  # wholly proven in the end
    rows_first: Share = NONE
    rows: Share = NONE
    head: Share = NONE
    options: dict[str, Share] = field(default_factory=dict)
    palette: Share = NONE  # in the theme that the wish is about
    obeyed: list[list[str]] = field(default_factory=list)  # (wish, what it was not to bring about)
    came_to_nothing: int = 0
    results: Counter[str] = field(default_factory=Counter)  # first, fixed, rewritten, unproven
    findings: Counter[str] = field(default_factory=Counter)  # why rows were thrown away, mended or left unproven
    unproven: list[list[str]] = field(default_factory=list)  # (wish, row, what the checker says)
    structures: list[str] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    tries: list[int] = field(default_factory=list)
    first_row: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)

    def add(self, wish: Frozen, told: Json) -> None:
        """Counts what came of a wish, as `jobs.compose` tells it."""
        rows, head = told["rows"], told["head"] or {}
        self.results.update(row["result"] for row in rows)
        good = [row for row in rows if row["verdict"] == "ok"]
        first = [row for row in good if row["result"] == "first"]
        proven = told["verdict"] == "ok"
        self.came_to_nothing += told["error"] is not None
        self.whole = self.whole.plus(proven)
        self.whole_first = self.whole_first.plus(proven and len(first) == len(rows) and not told["usage"]["tries"])
        self.rows, self.rows_first = self.rows.plus(len(good), len(rows)), self.rows_first.plus(len(first), len(rows))
        self.head = self.head.plus(is_whole_head(head))
        for name, met in options_met(wish.options, told).items():
            self.options[name] = self.options.get(name, Share()).plus(met)
        if wish.theme and "colours" not in wish.options:
            self.palette = self.palette.plus(is_in_theme(head, wish.theme))
        self.obeyed += [[wish.prompt, pattern] for pattern in wish.never if says(told["sheet"], pattern)]
        self.findings.update(thrown["reason"] for thrown in told["thrown"])
        for row in (row for row in rows if row["verdict"] != "ok"):
            self.unproven.append([wish.prompt, row["text"], "; ".join(one["message"] for one in row["findings"])])
            self.findings.update(one["id"] for one in row["findings"])
        self.structures.append(structure(told))
        self._costs(told)

    def _costs(self, told: Json) -> None:
        usage = told["usage"] or {"output_tokens": 0, "tries": 0}
        self.tokens.append(usage["output_tokens"])
        self.tries.append(usage["tries"])
        self.seconds.append(told["seconds"])
        if told["first_row_seconds"] is not None:
            self.first_row.append(told["first_row_seconds"])
        if told.get("cpu_seconds") is not None:
            self.cpu_seconds.append(told["cpu_seconds"])

    def summary(self) -> Json:
        """What the report keeps: shares, and of the lists what tells most."""
        kept = asdict(self)
        for name in ("tokens", "tries", "first_row", "seconds", "cpu_seconds"):
            kept[name] = spread(kept[name])
        return kept | {
            "structures": {"first hundred": distinct(self.structures[:100]), "of": min(100, len(self.structures))},
            "results": dict(sorted(self.results.items())),
            "findings": dict(self.findings.most_common(12)),
            "unproven": self.unproven[:20],
        }


def is_whole_head(head: Mapping[str, Any]) -> bool:
    """Whether every line of a head is there and was read, none by a default."""
    unread = [note["code"] for note in head.get("notes", ()) if note["code"].endswith("-unread")]
    return bool(head.get("title") and head["title"] != "Untitled" and head.get("colours") and not unread)


def options_met(options: Mapping[str, Any], told: Json) -> dict[str, bool]:
    """Each option that was asked for, and whether the pattern has it so."""
    head = told["head"] or {}
    colours = {colour["name"].casefold() for colour in head.get("colours", ())}
    codes = {colour["hex"].upper() for colour in head.get("colours", ())}
    notes = {note["code"] for note in head.get("notes", ())}
    met = {
        "item": str(head.get("item", "")).casefold() == str(options.get("item", "")).casefold(),
        "yarn_weight": head.get("yarn", {}).get("weight") == options.get("yarn_weight"),
        "terms": head.get("terms") == options.get("terms"),
        "rounds": len(square(told)) == options.get("rounds"),
        "colours": all(name.casefold() in colours or name.upper() in codes for name in options.get("colours", ())),
        "size": bool(head.get("size")) and "size-not-met" not in notes,
    }
    return {name: met[name] for name in options if name in met}


def square(told: Json) -> list[Json]:
    """The rows of the first piece that is worked in rounds or rows: the square."""
    worked = [key for key, piece in told["pieces"].items() if piece["kind"] in ("rounds", "rows")]
    return [row for row in told["rows"] if worked and row["key"].partition("/")[0] == worked[0]]


def is_in_theme(head: Mapping[str, Any], theme: str) -> bool:
    """Whether each colour of a head is one of the theme's."""
    palette = {name.casefold() for name in lexicon.themes()[theme].palette}
    names = {colour["name"].casefold() for colour in head.get("colours", ())}
    return bool(names) and names <= palette


def says(sheet: str, pattern: str) -> bool:
    """Whether a sheet says something outside its title, which is the maker's own words."""
    rest = "".join(line for line in sheet.splitlines(keepends=True) if not line.startswith("Title: "))
    return re.search(pattern, rest, re.IGNORECASE | re.MULTILINE) is not None


def structure(told: Json) -> str:
    """What is made, without colours, words and sizes: counts round by round, how squares are laid, seam, border."""
    layout = (told["head"] or {}).get("layout") or {}
    laid = "one piece" if layout.get("rows", 1) * layout.get("columns", 1) == 1 else str(layout.get("plan"))
    kinds = {key: "border" if piece["name"] == "Border" else piece["kind"] for key, piece in told["pieces"].items()}
    parts = [laid]
    for row in told["rows"]:
        kind = kinds.get(row["key"].partition("/")[0], "")
        counts, spaces = row.get("counts") or {}, row.get("spaces") or {}
        if kind == "border":  # its numbers follow from the size
            parts.append(f"border {sorted(counts)} {sorted(spaces)} {row.get('corners')}")
        elif kind in ("rounds", "rows"):
            parts.append(f"{sorted(counts.items())} {sorted(spaces.items())}")
        else:
            parts.append(kind)
    return "\n".join(parts)


def distinct(structures: Iterable[str]) -> int:
    """How many differ."""
    return len(set(structures))


def spread(numbers: list[float]) -> Json:
    """Mean, median and 95th centile."""
    if not numbers:
        return {}
    ranked = sorted(numbers)
    return {
        "mean": round(sum(ranked) / len(ranked), 3),
        "p50": ranked[len(ranked) // 2],
        "p95": ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))],
    }


def wilson(share: tuple[int, int]) -> tuple[float, float]:
    """Between which shares the true one lies with 95 % of confidence."""
    good, of = share
    if not of:
        return 0.0, 1.0
    z, part = 1.959964, good / of
    middle = (part + z * z / (2 * of)) / (1 + z * z / of)
    half = z * ((part * (1 - part) + z * z / (4 * of)) / of) ** 0.5 / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)
