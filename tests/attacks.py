"""The attacks that the tests try, by number: `python -m tests.attacks` prints how many cases each area has.

A test is of an attack when its name, or the name of its case, says the number: `test_attack_74_...`, `[attack 3: ...]`.
Gives 1 when one of them has no test.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

AREAS: dict[str, dict[int, str]] = {
    "where a webhook may go": {
        1: "127.0.0.1",
        2: "localhost, however written",
        3: "0, 127.1",
        4: "an address as one number",
        5: "in hexadecimal",
        6: "in octal",
        7: "[::1], [::]",
        8: "IPv4 mapped into IPv6",
        9: "IPv4 compatible and translated",
        10: "NAT64",
        11: "6to4, Teredo",
        12: "link local, site local, unique local",
        13: "clouds' metadata",
        14: "names inside a cluster, our own host",
        20: "a user in front of the host",
        21: "a backslash or a fragment before the host",
        22: "digits and dots of other scripts",
        23: "other schemes",
        24: "other ports",
        25: "tab, newline or space inside",
        26: "no scheme, no host",
    },
    "whom a webhook dials": {
        15: "a name that stands for a private address",
        16: "a name that changes between looking and dialling",
        17: "public and private addresses mixed",
        18: "redirects",
        19: "a name that changed before a retry",
        27: "proxies of the environment",
        28: "floods, gzip bombs, drips, silence",
        29: "certificates that do not hold",
        30: "closed, open and blocked ports told apart",
        31: "replayed or changed messages",
        32: "ten thousand jobs at one victim",
    },
    "what intake reads": {
        33: "ten megabytes",
        34: "chunks without an end",
        35: "nesting",
        36: "many, open and equal keys",
        37: "numbers that are none",
        38: "byte order marks, trailing text, no object",
        39: "encodings",
        40: "NUL",
        41: "half a character",
        42: "marks, directions",
        43: "one character over",
        44: "texts that make a validator slow",
        45: "what is no whole number",
        46: "limits that are none",
        47: "cursors that are not ours",
        48: "types",
        49: "HTML asked for",
        50: "methods",
        60: "fields that are not the sender's to set",
        98: "queries as commands",
        99: "names of files",
        104: "years and offsets",
    },
    "what the page shows": {
        51: "markup in a wish",
        52: "markup and links from the model",
        53: "markup in a title",
        54: "exports that run",
        55: "redirects out of the page",
        56: "an injected script",
        65: "referrers and third parties",
        72: "other origins",
        73: "frames",
    },
    "whose it is": {
        57: "another's job and pattern",
        58: "foreign ids inside",
        59: "another's deliveries, devices, codes",
        61: "what must be in no answer",
        62: "what is not on the public port",
        63: "guessed ids",
        64: "ids that are paths",
        66: "what is private",
        67: "tokens that are none",
        68: "near misses timed",
        69: "a removed device",
        70: "a planted cookie",
        71: "another site's form",
        100: "foreign told from absent",
    },
    "races and limits": {
        74: "fifty equal posts",
        75: "a key for another body",
        76: "another maker's equal key",
        77: "cancel and delete against the end",
        78: "twenty posts for one place",
        79: "forged addresses",
        80: "no queue",
        81: "a full queue",
        90: "slow clients",
        95: "a thousand streams",
    },
    "the wire and the log": {
        91: "HTTP that is read in two ways",
        92: "heads too large",
        93: "line ends in headers",
        94: "forged hosts",
        96: "line ends in the log",
        97: "secrets in logs and labels",
    },
    "the model and the queue": {
        82: "orders to the model",
        83: "a pattern without an end",
        84: "junk from the model",
        85: "the model's own verdict",
        86: "a model that fails",
        88: "a pickle in the queue",
        89: "a worker killed over a row",
    },
    "the cluster": {
        87: "the model's port from elsewhere",
        101: "privileged pods",
        102: "tokens in pods",
        103: "a changed hash in a lock",
    },
}

_NUMBERS = re.compile(r"attacks?[_ ](\d+(?:(?:_and)?[_ ]\d+)*)")
_CASE = re.compile(r"test_attack_.*\[(\d+) ")  # a case that begins with its number


def cases(nodes: list[str]) -> Counter[int]:
    """How many of these tests are of each attack."""
    found: Counter[int] = Counter()
    for node in nodes:
        numbers = {int(number) for group in _NUMBERS.findall(node) for number in re.findall(r"\d+", group)}
        if case := _CASE.search(node):
            numbers.add(int(case[1]))
        found.update(numbers)
    return found


def collected() -> list[str]:
    """The names of all tests there are."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [line for line in said.splitlines() if "::" in line]


def main() -> int:
    """Prints the table; then the attacks that have no test."""
    found = cases(collected())
    missing = []
    print(f"{'area':26}{'attacks':>9}{'tried':>7}{'cases':>7}")
    for area, attacks in AREAS.items():
        tried = [number for number in attacks if found[number]]
        missing += [(number, words) for number, words in attacks.items() if not found[number]]
        print(f"{area:26}{len(attacks):>9}{len(tried):>7}{sum(found[number] for number in attacks):>7}")
    for number, words in sorted(missing):
        print(f"no test: {number} {words}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
