"""Compose: one pattern, line by line, with the checker in the loop.

    head lines                   read, kept
    a row that adds up           kept as "first"
    one number wrong             mended by a change the checker has verified: "fixed"
    else                         the stream is cut, the model goes on from the last good row: "rewritten"
    the tries are spent          the best try is kept and marked: "unproven"
    a label out of order         the stream is cut, the model goes on behind the right label

Knows no database: what it makes goes to a `Sink`. `python -m jobs.compose` reads briefs as JSON lines and writes
patterns as JSON lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, NoReturn, Protocol

from crochet import sheet, work
from jobs import document, prompts
from jobs.writer import Done, ModelRefused, StreamBroken, Writer

Json = dict[str, Any]

TRIES_A_ROW = 4
TRIES_A_PATTERN = 20  # rows thrown away; from then on what does not add up is kept, unproven
CUTS_A_PATTERN = 20  # streams that brought no row that could be judged; then the pattern ends where it is
MOST_ROWS = 200
MOST_CHATTER = 3  # lines that belong to no sheet, in one stream
TEMPERATURES = (0.7, 0.5, 0.8, 0.3)
TOKENS = {"plain": 2400, "llama3": 4000}  # a pattern's, every try counted
SECONDS = {"plain": 20.0, "llama3": 240.0}  # of the model's own time
STREAM_TOKENS = 900
LEAST_HEAD = 3  # head lines after which a round without a `Piece:` line is taken for the first piece's
LAST_WORD = 8  # pieces after `End.` in which the server's last word is looked for: it says what the stream cost


class OutputInvalid(Exception):
    """The model wrote no row that can be understood, within its budget."""


class Sink(Protocol):
    """Where accepted things go. Each may raise Halted when the job is no longer ours."""

    def head(self, head: Json, rows_expected: int | None, lines: str) -> None: ...
    def row(self, piece: Json, row: Json, lines: str) -> None: ...
    def rewritten(self, key: str, text: str, message: str, reason: str) -> None: ...
    def waking(self, away: bool) -> None: ...
    def finish(self, head: Json, pieces: Json, verdict: str, usage: Json, lines: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What a job asks for, and the sheet that earlier attempts left."""

    prompt: str
    options: Mapping[str, Any]
    variant: int
    sheet: str = ""
    results: Mapping[str, str] = field(default_factory=dict)


class _Cut(Exception):
    """The rest of this stream is not wanted."""


class Composer:
    """One pattern in the making."""

    def __init__(self, wish: Wish, writer: Writer, sink: Sink) -> None:
        self.wish, self.writer, self.sink = wish, writer, sink
        shape: prompts.Shape = "llama3" if writer.settings.model_prompt == "llama3" else "plain"
        self.shape = shape
        self.brief = prompts.brief(wish.prompt, wish.options, wish.variant)
        self.lines: list[str] = []  # accepted, as the model must see them
        self.pending: list[str] = []  # accepted, not yet given to the sink: a `Piece:` line waits for its first row
        self.head: Json | None = None
        self.state = work.begin()
        self.pieces: dict[str, Json] = {}
        self.courses: defaultdict[str, list[Any]] = defaultdict(list)
        self.verdicts: list[str] = []
        self.rounds, self.borders, self.word = 0, 0, "Rnd"
        self.undeclared: set[str] = set()
        self.piece_name, self.piece_begun = "Square", False
        self.ended = False  # the sheet says so
        self.finished = False  # nothing more will come
        self.best: tuple[tuple[int, int], str, work.State, work.RowReport] | None = None
        self.row_tries = self.tries = self.cuts = self.streams = 0
        self.start = ""  # how the next line must begin
        self.tokens = 0
        self.seconds = 0.0
        self.prompt_tokens = 0
        self._take_up(wish.sheet)

    def run(self) -> None:
        """Writes the pattern to its end. Raises OutputInvalid, and what the writer raises."""
        while not self.finished:
            self._one_stream()
        if not any(verdict != "unchecked" for verdict in self.verdicts) or self.head is None:
            raise OutputInvalid(
                "The model wrote nothing that can be worked. Try the wish again, or say it differently."
            )
        head, pieces = document.whole(self.head, self.pieces, self.courses, self.wish.options)
        worst = max(self.verdicts, key=("ok", "unchecked", "error").index)
        for letter in sorted(self.undeclared):
            text = f"A row is worked in {letter}, a yarn that the list does not name."
            head["notes"].append({"code": "colour-undeclared", "text": text})
        if not self.ended:
            head["notes"].append({"code": "cut-short", "text": "The writer ran out of time; the end is missing."})
            worst = "error" if worst == "error" else "unchecked"
        usage = {
            "prompt_tokens": self.prompt_tokens,
            "output_tokens": self.tokens,
            "model_seconds": round(self.seconds, 3),
            "tries": self.tries + self.cuts,
        }
        self.sink.finish(head, pieces, worst, usage, "".join(self.pending))

    def _take_up(self, text: str) -> None:
        """Works the sheet that an earlier attempt left; every line of it was accepted then."""
        for line in text.splitlines(keepends=True):
            self.lines.append(line)
            said = sheet.read_line(line.rstrip("\n"))
            if self.head is None and isinstance(said, sheet.PieceLine):
                self._read_head()
            if self.head is not None and not isinstance(said, sheet.End):
                self._step_accepted(line.rstrip("\n"), said)

    def _one_stream(self) -> None:
        """One request, as far as it is good."""
        if self._spent():
            return self._give_up()
        options = {
            "seed": (self.wish.variant + 7919 * self.streams) % 2**31,
            "temperature": TEMPERATURES[min(self.row_tries, len(TEMPERATURES) - 1)],
            "top_p": 0.95,
            "num_predict": min(STREAM_TOKENS, max(1, TOKENS[self.shape] - self.tokens)),
        }
        self.streams += 1
        before = len(self.lines)
        start, self.start = self.start, ""
        prompt = prompts.shaped(self.shape, self.brief, "".join(self.lines) + start)
        pieces = self.writer.stream(prompt, options, self.sink.waking)
        try:
            self._read(pieces, start)
        except _Cut:
            pass
        except StreamBroken:
            self._count_stall(before)
        except ModelRefused:
            if not self.verdicts:
                raise
            self._give_up()  # a sheet as long as the model can read: what is there is good
        else:
            self._count_stall(before)
        finally:
            pieces.close()
        return None

    def _count_stall(self, before: int) -> None:
        """A stream that ended by itself brings us on only if it left a line."""
        if len(self.lines) == before:
            self.cuts += 1

    def _cut(self, start: str = "") -> NoReturn:
        """Ends a stream that is of no use; the next one goes on behind `start`."""
        self.cuts += 1
        self.start = start
        raise _Cut

    def _read(self, pieces: Iterable[str | Done], start: str) -> None:
        """Takes the lines of a stream one by one, until it ends or the rest is not wanted."""
        buffer, chatter, after = start, 0, 0
        for piece in self._metered(pieces):
            if self.finished:
                after += 1
                if after > LAST_WORD:
                    return
                continue
            *whole, buffer = (buffer + piece).split("\n")
            if len(buffer) > 2 * sheet.MOST_LINE:
                self._cut()
            for line in whole:
                if line.strip() and not self._line(line):
                    chatter += 1
                    if chatter > MOST_CHATTER:
                        self._cut()
                if self.finished:
                    break
        if not self.finished and buffer.strip() == "End.":  # a last line need not end with a line end
            self._line(buffer)

    def _metered(self, pieces: Iterable[str | Done]) -> Iterator[str]:
        """The text alone; counts its cost: by the server's own word, or for a stream that was cut a token a piece."""
        count, asked = 0, None
        try:
            for piece in pieces:
                if asked is not None:  # waiting for the first piece is not the model's time, nor is what we do between
                    self.seconds += monotonic() - asked
                if isinstance(piece, Done):
                    count = piece.output_tokens or count
                    self.prompt_tokens += piece.prompt_tokens
                    return
                count += 1
                yield piece
                asked = monotonic()
        finally:
            self.tokens += count

    def _line(self, line: str) -> bool:
        """Takes one whole line; False: it belongs to no sheet. Raises _Cut when the rest is not wanted."""
        line = line.rstrip()
        said = sheet.read_line(line)
        if isinstance(said, sheet.Unknown):
            return False
        if isinstance(said, sheet.Head):
            return self._head_line(line)
        if len(line) > sheet.MOST_LINE:
            self._cut()
        if self.head is None:
            if not isinstance(said, sheet.PieceLine) and len(self.lines) < LEAST_HEAD:
                return False
            self._finish_head()
            if not isinstance(said, sheet.PieceLine):  # left out, or lost in a head line that went wrong
                self._begin_piece(f"Piece: {self.piece_name}", self.piece_name)
        if isinstance(said, sheet.End):
            self._end(line)
        elif isinstance(said, sheet.PieceLine):
            if self.piece_begun:  # one piece, its joining and border: more pieces are not written yet
                self._cut(self._next_label())
            self._begin_piece(line, said.name)
        else:
            self._judge(line, said)
        return True

    def _head_line(self, line: str) -> bool:
        if self.head is not None:
            return False
        self.lines.append(line[: sheet.MOST_LINE] + "\n")
        if len(self.lines) > sheet.MOST_HEAD_LINES:
            self.lines.clear()
            self._cut()
        return True

    def _begin_piece(self, line: str, name: str | None) -> None:
        self.state, _ = work.step(self.state, line)
        self.piece_name = name or self.piece_name
        self.piece_begun = True
        self._accept(line)

    def _finish_head(self) -> None:
        self._read_head()
        assert self.head is not None
        asked = self.wish.options.get("rounds")
        # The rounds that were asked for, finishing, and joining where there is something to join.
        expected = asked + 1 + self._many() if asked else None
        self.sink.head(self.head, expected, "".join(self.lines))

    def _read_head(self) -> None:
        heading, notes = sheet.heading([line.rstrip("\n") for line in self.lines])
        self.head = document.head_of(heading, notes, self.wish.options)
        self.state = work.begin(heading.terms, (heading.layout.rows, heading.layout.columns))

    def _judge(self, line: str, said: sheet.Line) -> None:
        """A row: kept when it adds up or can be mended by one number, else thrown away and written anew."""
        self._in_order(said)
        state, report = work.step(self.state, line)
        if self._undeclared(said) and not self.row_tries:
            message = f"No yarn of this pattern is called {self._undeclared(said)}."
            self._try_again(report.key, line, message, "colour-undeclared")
        if report.verdict == "ok":
            return self._keep(line, said, state, report, "rewritten" if self.row_tries else "first")
        mended = self._mended(line, report)
        if mended is not None:
            text, state, report = mended
            return self._keep(text, said, state, report, "fixed", original=line)
        self._throw_away(line, said, state, report)
        return None

    def _in_order(self, said: sheet.Line) -> None:
        """Rounds come one after the other, as many as were asked for, and joining only after them."""
        if len(self.verdicts) >= MOST_ROWS:
            self.cuts = CUTS_A_PATTERN
            raise _Cut
        asked = self.wish.options.get("rounds")
        if isinstance(said, sheet.RowLine) and said.piece is None:
            self.word = "Rnd" if said.rounds else "Row"
            in_order = said.number == self.rounds + 1 and not (asked and self.rounds >= asked) and len(self.pieces) <= 1
        elif not self.rounds or (asked and self.rounds < asked):
            in_order = False
        else:
            in_order = not isinstance(said, sheet.RowLine) or said.number == self.borders + 1
        if not in_order:
            self._cut(self._next_label())

    def _next_label(self) -> str:
        """How the next line must begin, up to its digit: a small model's tokens end there. Else it may choose."""
        asked = self.wish.options.get("rounds")
        if len(self.pieces) > 1:  # past the rounds
            return "" if self.borders else "Border Rnd 1"
        return f"{self.word} {self.rounds + 1}" if not asked or self.rounds < asked else ""

    def _many(self) -> bool:
        assert self.head is not None
        return bool(self.head["layout"]["rows"] * self.head["layout"]["columns"] > 1)

    def _undeclared(self, said: sheet.Line) -> str | None:
        """The letter of a yarn that the head does not name."""
        letter = said.colour if isinstance(said, sheet.RowLine | sheet.TextLine) else None
        assert self.head is not None
        return letter if letter and letter not in {each["letter"] for each in self.head["colours"]} else None

    def _mended(self, line: str, report: work.RowReport) -> tuple[str, work.State, work.RowReport] | None:
        """The line with one number put right, when only its count is wrong and all sides come out equal."""
        errors = [finding for finding in report.findings if finding.severity != "warning"]
        if [finding.id for finding in errors] != ["declared-mismatch"]:
            return None
        for fix in errors[0].fixes:
            text = work.apply(line, fix.edits)
            state, again = work.step(self.state, text)
            if again.verdict == "ok" and len(set(again.row()["per_side"] or ())) <= 1:
                return text, state, again
        return None

    def _throw_away(self, line: str, said: sheet.Line, state: work.State, report: work.RowReport) -> None:
        """Tries again, or keeps the best try when there have been enough."""
        weight = (report.verdict == "unchecked", len(report.findings))
        if self.best is None or weight < self.best[0]:
            self.best = (weight, line, state, report)
        if self.row_tries + 1 < TRIES_A_ROW and self.tries + 1 < TRIES_A_PATTERN and not self._spent():
            errors = [finding for finding in report.findings if finding.severity != "warning"]
            first = errors[0] if errors else report.findings[0]
            self._try_again(report.key, line, first.message, first.id)
        self.tries += 1
        _, best, state, report = self.best
        self._keep(best, said, state, report, "unproven")
        if best != line:  # the model goes on from another line than it has just written
            raise _Cut

    def _try_again(self, key: str, line: str, message: str, reason: str) -> NoReturn:
        self.row_tries += 1
        self.tries += 1
        self.sink.rewritten(key, line, message, reason)
        raise _Cut

    def _keep(
        self,
        line: str,
        said: sheet.Line,
        state: work.State,
        report: work.RowReport,
        result: str,
        original: str | None = None,
    ) -> None:
        line, state, report = self._counted(line, said, state, report)
        row = report.row() | {"result": result}
        if original is not None:
            row["original"] = original
        if letter := self._undeclared(said):
            self.undeclared.add(letter)
        piece = self._remember(said, state, report)
        self._accept(line)
        self.row_tries, self.best = 0, None
        self.sink.row(piece, row, "".join(self.pending))
        self.pending.clear()

    def _counted(
        self, line: str, said: sheet.Line, state: work.State, report: work.RowReport
    ) -> tuple[str, work.State, work.RowReport]:
        """A border round gets its count from code: hundreds are beyond a small model."""
        row = report.row()
        if not sheet.is_border(said) or report.verdict != "ok" or row["declared"] is not None:
            return line, state, report
        counted = f"{line} {sheet.declaration(row['counts'], row['spaces'], self.state)}"
        state_too, again = work.step(self.state, counted)
        return (counted, state_too, again) if again.verdict == "ok" else (line, state, report)

    def _step_accepted(self, line: str, said: sheet.Line) -> None:
        self.state, report = work.step(self.state, line)
        if isinstance(said, sheet.PieceLine):
            self.piece_name, self.piece_begun = said.name or self.piece_name, True
        else:
            self._remember(said, self.state, report)

    def _remember(self, said: sheet.Line, state: work.State, report: work.RowReport) -> Json:
        """What the rows after this one and the end need to know of it; gives its piece."""
        self.state = state
        key = report.key.partition("/")[0]
        self.verdicts.append(report.verdict)
        if report.course is not None:
            self.courses[key].append(report.course)
        if sheet.is_border(said):
            self.borders += 1
        elif isinstance(said, sheet.RowLine):
            self.rounds = said.number or self.rounds + 1
        assert self.head is not None
        layout = self.head["layout"]
        kind, name = sheet.piece_of(said)
        make = layout["rows"] * layout["columns"] if kind in ("rounds", "rows") and not sheet.is_border(said) else 1
        self.pieces.setdefault(key, {"name": name or self.piece_name, "kind": kind, "make": make})
        return {"key": key, **self.pieces[key]}

    def _accept(self, line: str) -> None:
        self.lines.append(line + "\n")
        self.pending.append(line + "\n")

    def _end(self, line: str) -> None:
        asked = self.wish.options.get("rounds")
        if not self.rounds or (asked and self.rounds < asked):
            self._cut(self._next_label())
        self._accept(line)
        self.ended = self.finished = True

    def _spent(self) -> bool:
        over = self.tokens >= TOKENS[self.shape] or self.seconds >= SECONDS[self.shape]
        return over or self.cuts >= CUTS_A_PATTERN

    def _give_up(self) -> None:
        """The budget is spent: what is there is the pattern."""
        self.finished = True


if __name__ == "__main__":
    from jobs import offline  # it imports this module by its own name

    raise SystemExit(offline.main())
