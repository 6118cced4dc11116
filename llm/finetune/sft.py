"""sft: tunes a Llama on the dataset: a LoRA on all linear layers, by TRL's SFTTrainer and PEFT.

Everything comes from disk. The base stays as it is; what is learnt is written as an adapter. `--tiny` walks the same
way with a random model of two layers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from llm.finetune.places import ADAPTER, TRAIN, VALIDATION

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",  # it warns of forks that do no harm here
}
LONGEST = 2048  # tokens; packed together up to there
PACKS_A_STEP = 16  # about 30 sheets


def main(words: list[str]) -> int:
    """Trains, and writes adapter, tokenizer and what was done into a folder."""
    wanted = _wanted(words)
    base = wanted.base or wanted.out / "base"
    if not wanted.tiny and not (base / "config.json").is_file():
        sys.stderr.write(f"{base} holds no model: config.json is missing. Name the folder with Llama's weights.\n")
        return 1
    missing = [path for path in (wanted.train, wanted.validation) if not path.is_file()]
    if missing:
        sys.stderr.write(f"{missing[0]} is not there. ./knotty finetune dataset writes it.\n")
        return 1
    os.environ.update(OFFLINE)
    if wanted.tiny and not (base / "config.json").is_file():
        from llm.finetune import tiny

        lines = wanted.train.read_text().splitlines()
        tiny.make(base, [json.loads(line)["completion"] for line in lines], wanted.seed)
    told = {"command": " ".join(words)} | train(base, wanted)
    (wanted.out / "training.json").write_text(json.dumps(told, indent=1) + "\n")
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _wanted(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./knotty finetune train", description="Tune a Llama on the dataset.")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--base", type=Path, help="the folder with Llama 3.1 8B Instruct, as safetensors")
    which.add_argument("--tiny", action="store_true", help="a random Llama of two layers instead")
    parser.add_argument("--train", type=Path, default=TRAIN)
    parser.add_argument("--validation", type=Path, default=VALIDATION)
    parser.add_argument("--out", type=Path, default=ADAPTER, help="adapter and checkpoints")
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--steps", type=int, default=-1, help="stop after so many instead of after the epochs")
    parser.add_argument(
        "--batch", type=int, default=1, help=f"packs of {LONGEST} tokens at once, of {PACKS_A_STEP} a step"
    )
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--save", type=int, default=50, help="a checkpoint after every so many steps")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    return parser.parse_args(words)


def train(base: Path, wanted: argparse.Namespace) -> dict[str, Any]:
    """Trains the adapter and saves it; returns how it went."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.trainer_utils import get_last_checkpoint
    from trl import SFTTrainer

    half = torch.cuda.is_available() and torch.cuda.is_bf16_supported()
    tokenizer = AutoTokenizer.from_pretrained(base, local_files_only=True)
    tokenizer.pad_token = "<|finetune_right_pad_id|>"  # Llama 3.1 has one, and names none
    if wanted.tiny:
        torch.set_num_threads(1)  # so small that threads would mostly wait for one another
    model = AutoModelForCausalLM.from_pretrained(
        base, local_files_only=True, dtype=torch.bfloat16 if half else torch.float32, attn_implementation="sdpa"
    )
    trainer = SFTTrainer(
        model=model,
        args=_manner(wanted, half),
        train_dataset=_read(wanted.train, tokenizer),
        eval_dataset=_read(wanted.validation, tokenizer),
        processing_class=tokenizer,
        peft_config=_lora(),
    )
    found = get_last_checkpoint(wanted.out) if wanted.resume and wanted.out.is_dir() else None
    began = time.monotonic()
    done = trainer.train(resume_from_checkpoint=found)
    trainer.save_model(str(wanted.out))
    losses = [step["loss"] for step in trainer.state.log_history if "loss" in step]
    return {
        "train": hashlib.sha256(wanted.train.read_bytes()).hexdigest(),
        "resumed_at": int(found.rpartition("-")[2]) if found else 0,
        "steps": done.global_step,
        "loss_first": losses[0],
        "loss_last": losses[-1],
        "loss_validation": trainer.evaluate()["eval_loss"],
        "seconds": round(time.monotonic() - began, 1),
    }


def _manner(wanted: argparse.Namespace, half: bool) -> Any:
    from trl import SFTConfig

    return SFTConfig(
        output_dir=str(wanted.out),
        num_train_epochs=wanted.epochs,
        max_steps=wanted.steps,
        per_device_train_batch_size=wanted.batch,
        per_device_eval_batch_size=wanted.batch,
        gradient_accumulation_steps=1 if wanted.tiny else max(1, PACKS_A_STEP // wanted.batch),
        learning_rate=wanted.rate,
        lr_scheduler_type="cosine",
        warmup_steps=0.03,  # a part of all
        bf16=half,
        dataloader_pin_memory=half,
        max_length=LONGEST,
        packing=True,
        completion_only_loss=True,
        seed=wanted.seed,
        logging_steps=1 if wanted.tiny else 10,
        save_steps=wanted.save,
        save_total_limit=2,
        report_to="none",
    )


def _lora() -> Any:
    from peft import LoraConfig

    return LoraConfig(r=16, lora_alpha=32, lora_dropout=0.05, target_modules="all-linear", task_type="CAUSAL_LM")


def _read(path: Path, tokenizer: Any) -> Any:
    """A file of the dataset without what is too long to be learnt to its end."""
    from datasets import Dataset

    told = [json.loads(line) for line in path.read_text().splitlines()]
    fitting = [one for one in told if len(tokenizer(one["prompt"] + one["completion"])["input_ids"]) < LONGEST]
    if len(fitting) < len(told):
        sys.stderr.write(f"{path}: {len(told) - len(fitting)} of {len(told)} are too long and left out\n")
    return Dataset.from_list(fitting)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
