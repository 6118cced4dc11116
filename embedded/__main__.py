"""The launcher's verbs. `./knotty help` lists them."""

from __future__ import annotations

import sys

VERBS = """\
Knotty AI: crochet patterns written by a language model, every stitch count worked out by machine.

    ./knotty up [--monitoring]   start everything on this machine and print the address; Ctrl-C stops it.
                                 --monitoring: a Prometheus beside it, which scrapes and knows when to call
    ./knotty dev                 the same, reloading as files change
    ./knotty panels [URL]        the dashboard's figures in the terminal, of that Prometheus or of one elsewhere
    ./knotty stop                stop a running one from elsewhere
    ./knotty pattern "a wish"    write one pattern here in the terminal
    ./knotty check FILE...       check the counts of any pattern text (needs nothing installed)
    ./knotty chart FILE          draw its symbol chart: ./knotty chart FILE > chart.svg (nothing installed either)
    ./knotty test [ARGS]         all that tests; with ARGS only pytest, with them
    ./knotty faults [--seeds N]  break everything on purpose: each fault, then N storms; --from K, --lease SECONDS
    ./knotty bench [NAME...]     measure it beside others, in all its parts: about ten minutes, into bench/RESULTS.md
    ./knotty train-mini [ARGS]   train the small model from scratch (installs torch into .venv-train)
    ./knotty evaluate-model      measure a model on the frozen wishes and write llm/EVALUATION.md
    ./knotty finetune [VERB]     tune Llama 3.1 for `llama-knotty` behind Ollama: its own help lists the steps
    ./knotty backup FILE         copy everything that is kept into one file
    ./knotty restore FILE        put such a file in place of what is kept
    ./knotty admin [VERB]        for whoever runs it: stuck jobs, ring them again, reports, take a pattern down
    ./knotty help                this list

Settings come from the environment: PORT (8000), KNOTTY_HOME (.knotty here), KNOTTY_WORKERS, BIND (127.0.0.1), and
DATABASE_URL, REDIS_URL, MODEL_URL: set one and that part is used instead of being started here.
"""


def main(words: list[str]) -> int:
    """Does what a verb says. Gives the exit code."""
    verb, rest = (words[0], words[1:]) if words else ("help", [])
    if verb in ("help", "-h", "--help"):
        print(VERBS, end="")
        return 0
    # Imported late: help must work with nothing installed.
    from embedded.children import CannotStart

    try:
        return act(verb, rest)
    except CannotStart as fault:
        print(f"\n{fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def act(verb: str, rest: list[str]) -> int:
    if verb in ("up", "dev") and rest in ([], ["--monitoring"]):
        from embedded import stack

        return stack.up(dev=verb == "dev", monitoring=bool(rest))
    if verb == "stop" and not rest:
        from embedded import stop

        return stop.stop()
    if verb == "panels" and len(rest) < 2:
        from embedded import panels

        return panels.main(rest)
    if verb == "pattern":
        from embedded import terminal

        return terminal.main(rest)
    if verb == "test":
        from embedded import checks

        return checks.main(rest)
    if verb == "faults":
        from embedded import checks

        return checks.faults(rest)
    if verb == "admin":
        from embedded import admin

        return admin.main(rest)
    if verb == "bench":
        from embedded import children, home

        return children.watch([sys.executable, "-m", "bench", *rest], cwd=home.ROOT)
    if verb == "evaluate-model":
        from embedded import children, home

        return children.watch([sys.executable, "-m", "llm.evaluation", *rest], cwd=home.ROOT)
    if verb in ("backup", "restore"):
        from embedded import backup

        return backup.main(verb, rest)
    print(f"./knotty {' '.join([verb, *rest])} is not understood.\n", file=sys.stderr)
    print(VERBS, end="", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
