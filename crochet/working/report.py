"""Report: what a check found, as the JSON object that command, API and page share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crochet.craft.fabric import Course
from crochet.findings import Finding, worst
from crochet.findings import verdict as verdict_of
from crochet.grammar.pattern import Declared, Span
from crochet.page.sent import Sent
from crochet.working.ground import Checked, Mend

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row, checked. Spans are offsets in the line that was given."""

    key: str
    label: str
    number: int | None
    colour: str | None
    text: str
    span: Span
    anchor: str
    checked: Checked
    findings: tuple[Finding, ...]
    kind: str = "rounds"
    stood: Course | None = None  # what it was worked on; after an error, not what the row below made as written
    mends: tuple[Mend, ...] = ()  # what would mend it, more than is shown

    @property
    def verdict(self) -> str:
        return verdict_of(self.findings)

    @property
    def course(self) -> Course | None:
        """The finished row; None: it could not be worked to its end."""
        return self.checked.made.course if self.checked.made else None

    def row(self, at: int = 0) -> Json:
        """The row object of the report, in a text in which the line begins at `at`."""
        made, said = self.checked.made, self.checked.declared
        return {
            "key": self.key,
            "label": self.label,
            "number": self.number,
            "colour": self.colour,
            "text": self.text,
            "span": [self.span[0] + at, self.span[1] + at],
            "verdict": self.verdict,
            "anchor": self.anchor,
            "counts": made.course.counts() if made else None,
            "stitches": len(made.course.stitches) if made else None,
            "spaces": _spaces(made.course.spaces()) if made else None,
            "corners": made.course.corners() if made else None,
            "per_side": list(made.per_side) if made else None,
            "groups": len(made.groups) if made else None,
            "declared": _declared(said, at) if said else None,
            "findings": [finding.moved(at).row() for finding in self.findings],
        }


def _placed(row: Json, words: Sent) -> Json:
    """A row's report with its places in the whole text that was sent."""
    start, end = words.whole()
    there: Json = {"span": [start, end], "text": words.sent[start:end]}
    if row["declared"]:
        there["declared"] = row["declared"] | {"span": list(words.span(*row["declared"]["span"]))}
    there["findings"] = [_there(finding, words) for finding in row["findings"]]
    return row | there


def _there(finding: Json, words: Sent) -> Json:
    fixes = [
        fix | {"edits": [edit | {"span": list(words.span(*edit["span"]))} for edit in fix["edits"]]}
        for fix in finding["fixes"]
    ]
    return finding | {"span": list(words.span(*finding["span"])), "fixes": fixes}


def _spaces(spaces: Mapping[int, int]) -> dict[str, int]:
    return {str(chains): n for chains, n in sorted(spaces.items())}


def _declared(said: Declared, at: int) -> Json:
    return {
        "counts": dict(said.counts),
        "stitches": said.stitches,
        "spaces": _spaces(dict(said.spaces)),
        "corners": said.corners,
        "per_side": said.per_side,
        "groups": said.groups[0] if said.groups else None,
        "span": [said.span[0] + at, said.span[1] + at],
    }


@dataclass(slots=True)
class Piece:
    """A piece: its rows, each with its words as they stand in the text, and how many of it are made."""

    key: str
    name: str | None
    make: int
    rows: list[tuple[RowReport, Sent]] = field(default_factory=list)


def whole(
    file: str | None, read: str, layout: tuple[int, int] | None, found: Sequence[Finding], pieces: Sequence[Piece]
) -> Json:
    """The whole report. A pattern takes its worst row's verdict, and what was found beside its rows counts too."""
    verdicts = [row.verdict for piece in pieces for row, _ in piece.rows]
    own = verdict_of(found)
    return {
        "report": 1,
        "file": file,
        "verdict": worst([*verdicts, own]) if verdicts else "unchecked",
        "terms": read,
        "layout": list(layout) if layout else None,
        "summary": {"rows": len(verdicts)} | {one: verdicts.count(one) for one in ("ok", "error", "unchecked")},
        "findings": [one.row() for one in found],
        "pieces": [
            {
                "key": piece.key,
                "name": piece.name,
                "make": piece.make,
                "verdict": worst(row.verdict for row, _ in piece.rows),
                "rows": [_placed(row.row(), words) for row, words in piece.rows],
            }
            for piece in pieces
        ],
    }
