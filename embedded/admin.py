"""Admin: hands `./knotty admin` over to `jobs.admin`, on the stores of the Knotty that runs here."""

from __future__ import annotations

import os
import sys

from embedded import children, home, postgres, valkey
from embedded.children import CannotStart
from embedded.home import ROOT


def main(words: list[str]) -> int:
    """Runs the verb. Stores that DATABASE_URL and REDIS_URL name are used instead of ours. Gives the exit code."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    if words and not {"-h", "--help"} & set(words):
        env |= _stores()
    return children.watch([sys.executable, "-m", "jobs.admin", *(words or ["--help"])], env=env, cwd=ROOT)


def _stores() -> dict[str, str]:
    """The stores of the Knotty that runs here, as far as they are not somebody else's."""
    given = {name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    place = home.folder()
    if len(given) < 2 and home.running(place) is None:
        raise CannotStart("Knotty is not running here. ./knotty up first, or name its DATABASE_URL and REDIS_URL.")
    found = {} if "DATABASE_URL" in given else {"DATABASE_URL": postgres.prepare(place).url()}
    return found if "REDIS_URL" in given else found | {"REDIS_URL": valkey.prepare(place).url}
