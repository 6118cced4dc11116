"""Files: what the commands share: the text of a file, and an end without noise."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from crochet.work import LONGEST

# More bytes than this are more characters than are checked, whatever they are.
_MOST = 4 * LONGEST + 1


class Unreadable(Exception):
    """A file that cannot be had as text; its message says why, in words."""


def text_of(file: str) -> str:
    """The text of a file, `-`: of standard input. Raises Unreadable."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_MOST)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(_MOST)
        return raw.decode("utf-8-sig", "replace" if len(raw) == _MOST else "strict")
    except FileNotFoundError:
        raise Unreadable("There is no such file.") from None
    except IsADirectoryError:
        raise Unreadable("This is a folder, not a file.") from None
    except UnicodeDecodeError:
        raise Unreadable("This is not text: not UTF-8.") from None
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or "the name is not one a file can have"
        raise Unreadable(f"It cannot be read: {why}.") from None


def run(command: Callable[[], int]) -> int:
    """A command's exit code. Whoever reads its output may stop reading, and a key may end it: neither says a word."""
    for name in ("SIGPIPE", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    # A file's name may hold bytes that are no text; and a pattern, letters that the terminal does not have.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a real file, not a test's
    try:
        code = command()
        sys.stdout.flush()
    except OSError as fault:
        print(f"The output could not be written: {fault.strerror}.", file=sys.stderr)
        os._exit(2)  # the rest of the output would fail once more
    return code
