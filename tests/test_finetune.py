"""The way from weights on disk to an adapter for Ollama, walked with a random Llama of two layers.

It runs in an environment of its own, which the launcher makes the first time, and reaches for no network.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from llm.finetune.sft import LONGEST

ROOT = Path(__file__).resolve().parent.parent
NOWHERE = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
STEPS = 12
LINEAR = {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}

pytestmark = pytest.mark.timeout(1200)  # the environment may have to be installed first

MISTAKEN = """
import sys
from pathlib import Path
from llm.finetune import adapter
from llm.model import pairs

heads = dict(zip(("attn_q", "attn_k"), adapter.heads_of(Path(sys.argv[1]))))
lora = adapter.load(Path(sys.argv[2]), *heads.values())
unmoved = adapter.load(Path(sys.argv[2]), 0, 0)
for name, weight in unmoved.tensors.items():
    place = name.split(".")[2]
    if place in heads:
        lora.tensors[name] = pairs(weight.T, heads[place]).T if name.endswith("_a") else weight
adapter.write(Path(sys.argv[3]), lora)
"""


def knotty(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [ROOT / "knotty", "finetune", *words]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small dataset, what training on it left, and the converted adapter."""
    folder = tmp_path_factory.mktemp("finetune")
    assert knotty("packages").returncode == 0
    assert knotty("dataset", "--n", "60", "--out", folder / "train.jsonl").returncode == 0
    with (folder / "train.jsonl").open("a") as file:
        file.write(json.dumps({"prompt": "Rnd", "completion": " 1" * LONGEST}) + "\n")
    done = trained(folder, "--steps", str(STEPS))
    assert done.returncode == 0, done.stderr
    (folder / "said").write_text(done.stderr)
    done = knotty("convert", "--base", folder / "out" / "base", "--adapter", folder / "out", "--out", gguf(folder))
    assert done.returncode == 0, done.stderr
    return folder


def trained(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    files = ("--train", folder / "train.jsonl", "--validation", folder / "validation.jsonl", "--out", folder / "out")
    return knotty("train", "--tiny", "--rate", "0.005", "--save", "6", *files, *words, **NOWHERE)


def gguf(folder: Path) -> Path:
    return folder / "ollama" / "llama-knotty.gguf"


def checked(folder: Path, file: Path) -> tuple[int, list[float]]:
    """The exit code, and the two errors."""
    done = knotty("check", "--base", folder / "out" / "base", "--adapter", folder / "out", "--gguf", file, **NOWHERE)
    return done.returncode, [float(said) for said in re.findall(r"\d\S*\d(?=[,:])", done.stdout)]


def test_training_learns_a_lora_on_all_linear_layers(work: Path) -> None:
    told = json.loads((work / "out" / "training.json").read_text())
    config = json.loads((work / "out" / "adapter_config.json").read_text())

    assert told["steps"] == STEPS
    assert told["loss_last"] < told["loss_first"]
    assert (config["r"], config["lora_alpha"], config["lora_dropout"], config["use_dora"]) == (16, 32, 0.05, False)
    assert {name.rpartition(".")[2] for name in config["target_modules"]} == LINEAR


def test_what_is_longer_than_a_pack_is_left_out_and_counted(work: Path) -> None:
    assert re.search(r"train\.jsonl: [1-9]\d* of 61 are too long and left out", (work / "said").read_text())


def test_a_converted_adapter_gives_the_logits_that_pefts_gives(work: Path) -> None:
    code, errors = checked(work, gguf(work))

    assert code == 0
    assert len(errors) == 2
    assert max(errors) <= 1e-3


def test_an_adapter_whose_a_is_put_in_order_instead_of_its_b_is_found_out(work: Path) -> None:
    mistaken = work / "mistaken.gguf"
    command = [ROOT / ".venv-train" / "bin" / "python", "-c", MISTAKEN, work / "out" / "base", work / "out", mistaken]
    subprocess.run(command, cwd=ROOT, check=True)

    code, errors = checked(work, mistaken)

    assert code == 1
    assert max(errors) > 5e-3


def test_what_ollama_reads_and_what_must_be_shipped_lie_beside_the_adapter(work: Path) -> None:
    said = (work / "ollama" / "Modelfile").read_text()

    assert f"ADAPTER ./{gguf(work).name}" in said
    assert "FROM llama3.1:8b-instruct" in said
    notice = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc."
    assert notice in said
    assert notice in (work / "ollama" / "NOTICE").read_text()


def test_training_goes_on_from_its_last_checkpoint(work: Path) -> None:
    done = trained(work, "--steps", str(STEPS + 2), "--resume")

    assert done.returncode == 0, done.stderr
    told = json.loads((work / "out" / "training.json").read_text())
    assert (told["resumed_at"], told["steps"]) == (STEPS, STEPS + 2)
