"""Findings: what a row's check found, how bad each is, and the verdict they make together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from crochet.grammar.pattern import Span

Severity = Literal["error", "warning", "unchecked"]
Verdict = Literal["ok", "error", "unchecked"]
ERRORS = frozenset(
    {"declared-mismatch", "declared-conflict", "overrun", "unworked", "unworked-space", "no-such-space",
     "repeat-does-not-fit", "corner-count", "corner-differs", "bad-target", "bad-reference", "dangling-marker",
     "foundation-short", "kind-mismatch", "dialect-mix"}
)  # fmt: skip
UNCHECKED = frozenset({"not-understood", "state-unknown", "layout-unknown", "too-large", "unreadable"})


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` where `span` is."""

    span: Span
    new: str

    def row(self) -> dict[str, Any]:
        return {"span": list(self.span), "new": self.new}


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that makes the row add up; it has been run."""

    says: str
    edits: tuple[Edit, ...]

    def row(self) -> dict[str, Any]:
        return {"says": self.says, "edits": [edit.row() for edit in self.edits]}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, where it stands, what follows from it (`also`), and what would mend it.

    `places`: those of the row below that it is about, for the chart (2i: stitch i, 2i + 1: gap i).
    `doubt`: it is odd, but nothing that the row says speaks against it: a warning, whatever else its kind is.
    """

    id: str
    message: str
    span: Span
    also: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    places: tuple[int, ...] = ()
    doubt: bool = False

    @property
    def severity(self) -> Severity:
        if self.doubt:
            return "warning"
        return "error" if self.id in ERRORS else "unchecked" if self.id in UNCHECKED else "warning"

    def moved(self, by: int) -> Finding:
        """The same in a text in which the row begins `by` later."""
        fixes = tuple(
            replace(fix, edits=tuple(Edit((e.span[0] + by, e.span[1] + by), e.new) for e in fix.edits))
            for fix in self.fixes
        )
        return replace(self, span=(self.span[0] + by, self.span[1] + by), fixes=fixes)

    def row(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "severity": self.severity,
            "also": list(self.also),
            "message": self.message,
            "span": list(self.span),
            "fixes": [fix.row() for fix in self.fixes],
        }


def verdict(found: Iterable[Finding]) -> Verdict:
    """Any error: error; else anything not checked: unchecked; else ok, warnings or not."""
    severities = {one.severity for one in found}
    return "error" if "error" in severities else "unchecked" if "unchecked" in severities else "ok"


def worst(verdicts: Iterable[str]) -> Verdict:
    """A pattern takes its worst row's verdict; no rows: unchecked."""
    seen = set(verdicts)
    return "error" if "error" in seen else "ok" if seen == {"ok"} else "unchecked"


def blamed(found: list[Finding]) -> list[Finding]:
    """One error a row: the first is the cause and absorbs its consequences. The rest stays."""
    errors = [one for one in found if one.severity == "error"]
    if len(errors) < 2:
        return found
    cause = min(errors, key=lambda one: _RANK.get(one.id, 1))
    also = tuple(dict.fromkeys(one.id for one in errors if one is not cause and one.id != cause.id))
    counted = next((one for one in errors if one.id == "declared-mismatch"), None)
    if counted is not None and cause.id == "corner-differs":
        cause = replace(cause, message=f"{cause.message} {counted.message}")
    return [replace(cause, also=also), *(one for one in found if one.severity != "error")]


# Which of several errors is the cause: what is wrong with the words, what was left, what came out of it.
_RANK = {"dialect-mix": 0, "unworked": 2, "unworked-space": 2, "kind-mismatch": 2, "corner-differs": 3,
         "corner-count": 3, "declared-mismatch": 4}  # fmt: skip
