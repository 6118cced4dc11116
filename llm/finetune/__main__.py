"""The verbs of `./knotty finetune`."""

from __future__ import annotations

import sys
from collections.abc import Callable

VERBS = """\
From Llama 3.1's weights on disk to `llama-knotty` behind Ollama. llm/finetune/README.md says it step by step.

    ./knotty finetune dataset     write train.jsonl and validation.jsonl (needs nothing installed)
    ./knotty finetune train       tune a LoRA on them: --base FOLDER, or --tiny for a random model
    ./knotty finetune convert     the adapter that training wrote becomes llama-knotty.gguf
    ./knotty finetune check       compare that file with the adapter, number by number
    ./knotty finetune packages    only install what these three need, into .venv-train
    ./knotty finetune help        this list; --help behind a verb lists its words
"""


def main(words: list[str]) -> int:
    """Does what a verb says. Gives the exit code."""
    verb, rest = (words[0], words[1:]) if words else ("help", [])
    if verb in ("help", "-h", "--help"):
        sys.stdout.write(VERBS)
        return 0
    if verb == "packages":  # the launcher has installed them before it came here
        sys.stdout.write(f"installed: {sys.prefix}\n")
        return 0
    if (act := _verb(verb)) is None:
        sys.stderr.write(f"./knotty finetune {verb} is not understood.\n\n{VERBS}")
        return 2
    return act(rest)


def _verb(name: str) -> Callable[[list[str]], int] | None:
    """What a verb runs, imported when asked for: the dataset needs none of what the others do."""
    if name == "dataset":
        from llm.finetune import dataset

        return dataset.main
    if name == "train":
        from llm.finetune import sft

        return sft.main
    if name == "convert":
        from llm.finetune import adapter

        return adapter.main
    if name == "check":
        from llm.finetune import check

        return check.main
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
