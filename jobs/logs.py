"""Logs: one JSON line an event. Never a prompt, a token or an address of a maker.

A failure is told by its kind and by where it happened, never by its words or by what the variables held: an
exception's message often quotes what was sent, and Postgres quotes whole rows.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType

import structlog

MOST_FRAMES = 40
Failure = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(level: str) -> None:
    """Sends this process's log lines to standard error as JSON, those of the libraries it uses too."""
    least = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(trace),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


def trace(exc_info: Failure) -> list[dict[str, object]]:
    """An exception and what led to it, the latest first: of each its kind, and the places it came by."""
    return [
        {
            "kind": f"{type(error).__module__}.{type(error).__qualname__}",
            "at": [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
            ],
        }
        for error in _chain(exc_info[1])
    ]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class JsonLines(logging.Formatter):
    """A library's own log lines in our form; of a warning only what the library says, not what it was told."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; from a warning on with the message as it was before anything was put into it."""
        words = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        line: dict[str, object] = {
            "event": record.name,
            "says": record.getMessage() if record.levelno < logging.WARNING else words.partition(" from ip=")[0],
            "pid": record.process,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = trace(record.exc_info)
        return json.dumps(line)
