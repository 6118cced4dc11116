"""The adapter as llama.cpp has it: its names, its order of rows, and what it cannot hold. None of it needs torch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from llm import tensors
from llm.finetune import adapter, replica
from llm.finetune.__main__ import main
from llm.finetune.adapter import CannotConvert, Lora
from llm.model import Floats, Model, pairs, random_weights
from llm.shape import EPSILON, ROPE_BASE, Shape

SHAPE = Shape.named("128x2", 300)
RANK, ALPHA = 4, 8.0
IDS = [7, 3, 250, 9, 9, 41, 120, 3]
PLAIN: dict[str, Any] = {"peft_type": "LORA", "r": RANK, "lora_alpha": 8, "bias": "none", "init_lora_weights": True}
AT = "base_model.model.model.layers"


def saved() -> dict[str, Floats]:
    """An adapter as PEFT saves it, on all linear layers of the model."""
    rng = np.random.default_rng(7)
    found = {}
    for name, weight in random_weights(SHAPE, 7).items():
        if name.endswith("_proj.weight"):
            place = f"base_model.model.{name.removesuffix('.weight')}"
            found[f"{place}.lora_A.weight"] = rng.normal(0, 0.1, (RANK, weight.shape[1])).astype(np.float32)
            found[f"{place}.lora_B.weight"] = rng.normal(0, 0.1, (weight.shape[0], RANK)).astype(np.float32)
    return found


def tuned() -> Floats:
    """What our own engine says may follow, with the adapter's changes added to the weights."""
    weights = random_weights(SHAPE, 7)
    for name, a in saved().items():
        if ".lora_A." in name:
            base = name.removeprefix("base_model.model.").replace(".lora_A.", ".")
            weights[base] = weights[base] + ALPHA / RANK * saved()[name.replace(".lora_A.", ".lora_B.")] @ a
    model = Model(SHAPE, weights)
    return model.read(IDS, model.memory())


def as_llama_cpp(lora: Lora) -> Floats:
    """What llama.cpp would say may follow, with base and adapter in its own order."""
    config = {
        "num_attention_heads": SHAPE.heads,
        "num_key_value_heads": SHAPE.heads,
        "num_hidden_layers": SHAPE.layers,
        "hidden_size": SHAPE.width,
        "rms_norm_eps": EPSILON,
        "rope_parameters": {"rope_theta": ROPE_BASE, "rope_type": "default"},
    }
    return replica.logits(replica.base(config, random_weights(SHAPE, 7)), lora, IDS)[-1]


def error(ours: Floats, theirs: Floats) -> float:
    return float(np.linalg.norm(ours - theirs) / np.linalg.norm(theirs))


def folder(tmp_path: Path, **config: Any) -> Path:
    """A folder as PEFT saves it."""
    (tmp_path / "adapter_config.json").write_text(json.dumps(PLAIN | config))
    tensors.save(tmp_path / "adapter_model.safetensors", saved())
    return tmp_path


def test_a_converted_adapter_says_in_llama_cpps_order_what_ours_says_in_its_own() -> None:
    found = adapter.converted(saved(), SHAPE.heads, SHAPE.heads)

    assert error(as_llama_cpp(Lora(ALPHA, found)), tuned()) < 1e-5


def test_an_adapter_whose_a_is_put_in_order_instead_of_its_b_says_something_else() -> None:
    """A mistake that has been made: A's columns are what goes in, and nobody has put that in another order."""
    wrong = adapter.converted(saved(), SHAPE.heads, SHAPE.heads)
    for i in range(SHAPE.layers):
        for letter in "qk":
            place = f"blk.{i}.attn_{letter}.weight"
            wrong[f"{place}.lora_a"] = pairs(wrong[f"{place}.lora_a"].T, SHAPE.heads).T
            wrong[f"{place}.lora_b"] = saved()[f"{AT}.{i}.self_attn.{letter}_proj.lora_B.weight"]

    assert error(as_llama_cpp(Lora(ALPHA, wrong)), tuned()) > 1e-2


def test_the_names_are_llama_cpps_and_only_rows_of_queries_and_keys_are_moved() -> None:
    found = adapter.converted(saved(), 4, 2)

    places = ["attn_k", "attn_output", "attn_q", "attn_v", "ffn_down", "ffn_gate", "ffn_up"]
    assert sorted(found) == [f"blk.{i}.{place}.weight.lora_{part}" for i in (0, 1) for place in places for part in "ab"]
    names = ["self_attn.k", "self_attn.o", "self_attn.q", "self_attn.v", "mlp.down", "mlp.gate", "mlp.up"]
    for place, name in zip(places, names, strict=True):
        theirs = f"{AT}.1.{name}_proj.lora"
        assert (found[f"blk.1.{place}.weight.lora_a"] == saved()[f"{theirs}_A.weight"]).all()
        same = (found[f"blk.1.{place}.weight.lora_b"] == saved()[f"{theirs}_B.weight"]).all()
        assert same == (place not in ("attn_q", "attn_k"))


def test_keys_are_moved_within_their_own_fewer_heads() -> None:
    """Two heads of four numbers: halves 0 1 | 2 3 become pairs 0 2, 1 3."""
    rows = np.arange(8, dtype=np.float32)[:, None]

    assert adapter.in_order("attn_k", rows, 4, 2)[:, 0].tolist() == [0, 2, 1, 3, 4, 6, 5, 7]
    assert adapter.in_order("attn_q", rows, 4, 2)[:, 0].tolist() == [0, 1, 2, 3, 4, 5, 6, 7]


def test_an_adapter_is_read_from_its_folder(tmp_path: Path) -> None:
    lora = adapter.load(folder(tmp_path), SHAPE.heads, SHAPE.heads)

    assert lora.alpha == 8.0
    assert len(lora.tensors) == 28


def test_rslora_divides_by_the_root_of_the_rank_and_alpha_makes_up_for_it(tmp_path: Path) -> None:
    lora = adapter.load(folder(tmp_path, use_rslora=True), SHAPE.heads, SHAPE.heads)

    assert lora.alpha / RANK == 8.0 / RANK**0.5


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"peft_type": "LOHA"}, "no LoRA but LOHA"),
        ({"use_dora": True}, "DoRA"),
        ({"modules_to_save": ["lm_head"]}, "modules_to_save"),
        ({"bias": "all"}, "bias='none'"),
        ({"lora_bias": True}, "lora_bias"),
        ({"alpha_pattern": {"q_proj": 4}}, "one lora_alpha"),
        ({"init_lora_weights": "pissa"}, "base's own weights were changed"),
        ({"use_rslora": True, "rank_pattern": {"q_proj": 4}}, "more than one rank"),
        ({"trainable_token_indices": [3]}, "tokens were trained"),
    ],
)
def test_what_a_gguf_adapter_cannot_hold_is_refused_in_words(config: dict[str, Any], words: str) -> None:
    with pytest.raises(CannotConvert, match=words):
        adapter.alpha_of(PLAIN | config)


def test_an_adapter_on_something_else_than_a_linear_layer_is_refused() -> None:
    strange = saved() | {"base_model.model.model.embed_tokens.lora_embedding_A": np.zeros((4, 300), np.float32)}

    with pytest.raises(CannotConvert, match="lora_embedding_A is not the A or B of a linear layer"):
        adapter.converted(strange, 4, 4)


def test_half_an_adapter_is_refused() -> None:
    half = {name: weight for name, weight in saved().items() if "layers.0.mlp.up_proj.lora_B" not in name}

    with pytest.raises(CannotConvert, match=r"blk\.0\.ffn_up\.weight\.lora_a has no blk\.0\.ffn_up\.weight\.lora_b"):
        adapter.converted(half, 4, 4)


def test_an_a_and_a_b_of_different_ranks_are_refused() -> None:
    name = f"{AT}.0.mlp.up_proj.lora_B.weight"

    with pytest.raises(CannotConvert, match="different ranks"):
        adapter.converted(saved() | {name: saved()[name][:, :2]}, 4, 4)


def test_an_empty_adapter_is_refused() -> None:
    with pytest.raises(CannotConvert, match="empty"):
        adapter.converted({}, 4, 4)


def test_the_command_says_what_is_missing_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    SHAPE.save(tmp_path / "config.json")
    words = ["convert", "--base", str(tmp_path), "--adapter", str(tmp_path), "--out", str(tmp_path / "x.gguf")]

    assert main(words) == 1
    assert "adapter_config.json is missing" in capsys.readouterr().err
    folder(tmp_path, use_dora=True)
    assert main(words) == 1
    assert "train without use_dora" in capsys.readouterr().err
    assert not (tmp_path / "x.gguf").exists()


def test_an_adapter_in_bfloat16_is_read(tmp_path: Path) -> None:
    header = json.dumps({"x": {"dtype": "BF16", "shape": [2, 2], "data_offsets": [0, 8]}}).encode()
    numbers = np.array([[1.0, -2.5], [0.0, 3e38]], np.float32)
    body = (numbers.view(np.uint32) >> 16).astype("<u2").tobytes()
    (tmp_path / "x.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + body)

    read = tensors.load(tmp_path / "x.safetensors")["x"]

    assert read.tolist()[0] == [1.0, -2.5]
    assert read[1, 1] == pytest.approx(3e38, rel=0.01)


def test_training_without_a_base_or_a_dataset_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--base", str(tmp_path)]) == 1
    assert "holds no model: config.json is missing" in capsys.readouterr().err
    assert main(["train", "--tiny", "--train", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl is not there. ./knotty finetune dataset writes it." in capsys.readouterr().err
