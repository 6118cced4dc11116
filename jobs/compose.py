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

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from crochet.page import sheet
from jobs import prompts
from jobs.dialects import Manner
from jobs.draft import Draft, Try
from jobs.endpoint import Endpoint
from jobs.meter import Meter
from jobs.writer import Done, ModelRefused, StreamBroken, Writer

Json = dict[str, Any]

TRIES_A_ROW = 4
TRIES_A_PATTERN = 20  # rows thrown away; from then on what does not add up is kept, unproven
CUTS_A_PATTERN = 20  # streams that brought no row that could be judged; then the pattern ends where it is
MOST_ROWS = 200
MOST_CHATTER = 3  # lines that belong to no sheet, in one stream
TEMPERATURES = (0.7, 0.5, 0.8, 0.3)
MOST_HEADS = 3  # heads that are thrown away because nothing good follows from them
LEAST_HEAD = 3  # head lines after which a round without a `Piece:` line is taken for the first piece's
LAST_WORD = 8  # pieces after `End.` in which the server's last word is looked for: it says what the stream cost


_LOST = re.compile(r"[*()\[\]]|\bRnd \d")  # a row's words in a head line: the model has lost its way


class OutputInvalid(Exception):
    """The model wrote no row that can be understood, within its budget."""


class Sink(Protocol):
    """Where accepted things go. Each may raise Halted when the job is no longer ours.

    `waking`: no model answers, or one does again; `model`: another one than before, which writes from now on.
    """

    def head(self, head: Json, rows_expected: int | None, lines: str) -> None: ...
    def row(self, piece: Json, row: Json, lines: str) -> None: ...
    def rewritten(self, key: str, text: str, message: str, reason: str) -> None: ...
    def waking(self, away: bool, model: Json | None) -> None: ...
    def finish(self, head: Json, pieces: Json, verdict: str, usage: Json, lines: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What a job asks for, and the sheet that earlier attempts left; `helped`: partly by the fallback model."""

    prompt: str
    options: Mapping[str, Any]
    variant: int
    sheet: str = ""
    helped: bool = False


class _Cut(Exception):
    """The rest of this stream is not wanted."""


class Composer:
    """Gets a pattern out of a model: streams are read, cut and gone on with until the sheet is whole."""

    def __init__(self, wish: Wish, writer: Writer, sink: Sink) -> None:
        self.wish, self.writer, self.sink = wish, writer, sink
        self.endpoint = writer.endpoint
        self.meter = Meter(writer.endpoint.shape)
        self.brief = prompts.brief(wish.prompt, wish.options, wish.variant)
        self.draft = Draft(wish.options)
        self.finished = False  # nothing more will come
        self.best: tuple[tuple[int, int], Try] | None = None
        self.row_tries = self.tries = self.cuts = self.streams = self.heads = 0
        self.start = ""  # how the next line must begin
        self.repair: prompts.Repair | None = None  # the row that was thrown away last, in whose place one is wanted
        self.draft.take_up(wish.sheet)
        if wish.helped:
            self.draft.help()

    def run(self) -> None:
        """Writes the pattern to its end. Raises OutputInvalid, and what the writer raises."""
        while not self.finished:
            self._one_stream()
        if self.draft.head is None or not any(verdict != "unchecked" for verdict in self.draft.verdicts):
            raise OutputInvalid(
                "The model wrote nothing that can be worked. Try the wish again, or say it differently."
            )
        usage = self.meter.usage(self.tries + self.cuts)
        self.sink.finish(*self.draft.whole(), usage, self.draft.take_pending())

    def _one_stream(self) -> None:
        """One request, as far as it is good."""
        if self._spent():
            self.finished = True  # what is there is the pattern
            return
        before = len(self.draft.lines)
        pieces = self.writer.stream(self._ask, self._waking)
        try:
            self._read(pieces)
        except _Cut:
            return
        except StreamBroken:
            pass
        except ModelRefused:
            if not self.draft.verdicts:
                raise
            self.finished = True  # a sheet as long as the model can read: what is there is good
        finally:
            self.streams += 1
            pieces.close()
        if len(self.draft.lines) == before:  # a stream that ended by itself brings us on only if it left a line
            self.cuts += 1

    def _ask(self, endpoint: Endpoint) -> tuple[str, Manner]:
        """What this model is asked."""
        manner = Manner(
            seed=(self.wish.variant + 7919 * self.streams) % 2**31,
            temperature=TEMPERATURES[min(self.row_tries, len(TEMPERATURES) - 1)],
            top_p=0.95,
            most=self.meter.most,
        )
        examples = prompts.examples(endpoint.examples)
        text = self.draft.text
        return prompts.shaped(endpoint.shape, self.brief, text, self._begun(endpoint), self.repair, examples), manner

    def _begun(self, endpoint: Endpoint) -> str:
        """What the next line begins with, as this model is told."""
        again = self.repair.label if self.repair and endpoint.shape == "llama3" else ""
        return self.start or again

    def _waking(self, away: bool) -> None:
        """Passes on that no model answers, or that one does; another one than before brings its own budget."""
        writes = self.writer.endpoint
        if away or writes is self.endpoint:
            self.sink.waking(away, None)
            return
        self.endpoint = writes
        self.meter.allow(writes.shape)
        if writes.fallback:
            self.draft.help()
        self.sink.waking(away, self.writer.model())

    def _cut(self, start: str = "") -> NoReturn:
        """Ends a stream that is of no use; the next one goes on behind `start`."""
        self.cuts += 1
        self.start = start
        raise _Cut

    def _read(self, pieces: Iterable[str | Done]) -> None:
        """Takes the lines of a stream one by one, until it ends or the rest is not wanted."""
        buffer, chatter, after = None, 0, 0
        for piece in self.meter.metered(pieces):
            if buffer is None:  # only now it is known who writes
                buffer, self.start = self._begun(self.endpoint), ""
            if self.finished:
                after += 1
                if after > LAST_WORD:
                    return
                continue
            *whole, buffer = (buffer + piece).split("\n")
            if len(buffer) > 2 * sheet.MOST_LINE:
                self._cut()
            for line in whole:
                if line.strip() and not self._line(line.rstrip()):
                    chatter += 1
                    if chatter > MOST_CHATTER:
                        self._cut()
                if self.finished:
                    break
        if (
            not self.finished and buffer is not None and buffer.strip() == "End."
        ):  # a last line need not end with a line end
            self._line(buffer.strip())

    def _line(self, line: str) -> bool:
        """Takes one whole line; False: it belongs to no sheet. Raises _Cut when the rest is not wanted."""
        draft, said = self.draft, sheet.read_line(line)
        if isinstance(said, sheet.Unknown):
            return False
        if isinstance(said, sheet.Head):
            return self._head_line(line, said)
        if len(line) > sheet.MOST_LINE:
            self._cut()
        if draft.head is None:
            if not isinstance(said, sheet.PieceLine) and len(draft.lines) < LEAST_HEAD:
                return False
            if not draft.lines:
                self._cut("Title:")
            expected = draft.read_head()
            self.sink.head(draft.head or {}, expected, draft.text)
            if not isinstance(said, sheet.PieceLine):  # left out, or lost in a head line that went wrong
                draft.begin_piece(f"Piece: {draft.piece.name}", draft.piece)
        if isinstance(said, sheet.End):
            if not draft.accept_end(line):
                self._cut(draft.next_label(said))
            self.finished = True
        elif isinstance(said, sheet.PieceLine):
            if draft.begun and not draft.in_order(said):
                self._cut(draft.next_label(said))
            draft.begin_piece(line, said)
        else:
            self._judge(line, said)
        return True

    def _head_line(self, line: str, said: sheet.Head) -> bool:
        if self.draft.head is not None:
            return False
        if any(each.startswith(f"{said.key}:") for each in self.draft.lines):
            return True  # it tells the head from its beginning once more
        if not self.draft.lines and said.key != "Title":  # the brief again, or a sheet whose first lines were lost
            self._cut("Title:")
        if _LOST.search(line) and self.heads < MOST_HEADS:
            self.heads += 1
            self._cut()
        self.draft.lines.append(line[: sheet.MOST_LINE] + "\n")
        if len(self.draft.lines) > sheet.MOST_HEAD_LINES:
            self.draft.lines.clear()
            self._cut()
        return True

    def _judge(self, line: str, said: sheet.Line) -> None:
        """A row: kept when it adds up or can be mended by one number, else thrown away and written anew."""
        draft = self.draft
        if len(draft.verdicts) >= MOST_ROWS:
            self.cuts = CUTS_A_PATTERN
            raise _Cut
        if not draft.in_order(said):
            self._cut(draft.next_label(said))
        one = draft.tried(line, said)
        letter = draft.undeclared(said)
        if letter and not self.row_tries:
            self._try_again(one, f"No yarn of this pattern is called {letter}.", "colour-undeclared")
        if one.report.verdict == "ok":
            self._keep(one, "rewritten" if self.row_tries else "first")
        elif (mended := draft.mended(one)) is not None:
            self._keep(mended, "fixed", original=line)
        else:
            self._throw_away(one)

    def _throw_away(self, one: Try) -> None:
        """Tries again, or keeps the best try when there have been enough."""
        weight = (one.report.verdict == "unchecked", len(one.report.findings))
        if self.best is None or weight < self.best[0]:
            self.best = (weight, one)
        if self.row_tries + 1 < TRIES_A_ROW and self.tries + 1 < TRIES_A_PATTERN and not self._spent():
            errors = [finding for finding in one.report.findings if finding.severity != "warning"]
            first = errors[0] if errors else one.report.findings[0]
            self._try_again(one, first.message, first.id)
        if not self.draft.verdicts and self.heads < MOST_HEADS and not self._spent():
            self.heads += 1  # nothing can be proven on a first round that is wrong: begin anew
            self.draft = Draft(self.wish.options)
            if self.endpoint.fallback:
                self.draft.help()
            self._next_row()
            raise _Cut
        self.tries += 1
        best = self.best[1]
        self._keep(best, "unproven")
        if best.line != one.line:  # the model goes on from another line than it has just written
            raise _Cut

    def _try_again(self, one: Try, message: str, reason: str) -> NoReturn:
        self.row_tries += 1
        self.tries += 1
        self.repair = prompts.Repair(one.line, message, one.report.label)
        self.sink.rewritten(one.report.key, one.line, message, reason)
        raise _Cut

    def _keep(self, one: Try, result: str, original: str | None = None) -> None:
        piece, row = self.draft.accept_row(one, result, original)
        self._next_row()
        self.sink.row(piece, row, self.draft.take_pending())

    def _next_row(self) -> None:
        self.row_tries, self.best, self.repair = 0, None, None

    def _spent(self) -> bool:
        return self.meter.spent or self.cuts >= CUTS_A_PATTERN


if __name__ == "__main__":
    from jobs import offline  # it imports this module by its own name

    raise SystemExit(offline.main())
