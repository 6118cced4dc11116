"""train: makes knotty-mini from nothing: corpus, tokens, training, weights.

Run by `./knotty train-mini`, in a virtual environment of its own that has torch. Stops at a budget of tokens, not of
minutes. Checkpoints lie beside the corpus in the work folder; `--resume` goes on from the last.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn

from llm import brief as briefs
from llm import corpus, tensors
from llm.plan import plan
from llm.shape import CONTEXT, EPSILON, ROPE_BASE, WEIGHTS, Shape
from llm.tokens import BEGIN, Tokens, learn

WARM_UP = 100  # steps
TO_LEARN_TOKENS_FROM = 5000  # sheets


def rotary(length: int, size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """cos and sin (length, size/2) of the rotation by position."""
    speed = ROPE_BASE ** (-torch.arange(0, size, 2).float() / size)
    angle = torch.outer(torch.arange(length).float(), speed)
    return angle.cos(), angle.sin()


def turn(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Rotates the halves of each head against each other, as Llama's published weights expect."""
    low, high = x.chunk(2, -1)
    return torch.cat((low * cos - high * sin, high * cos + low * sin), -1)


class Block(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.before_attention = nn.RMSNorm(shape.width, EPSILON)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.out = nn.Linear(shape.width, shape.width, bias=False)
        self.before_inner = nn.RMSNorm(shape.width, EPSILON)
        self.gate_up = nn.Linear(shape.width, 2 * shape.inner, bias=False)
        self.down = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        split = self.qkv(self.before_attention(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = split.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(
            turn(q, cos, sin).to(v.dtype), turn(k, cos, sin).to(v.dtype), v, is_causal=True
        )
        x = x + self.out(seen.transpose(1, 2).reshape(batch, length, width))
        gate, up = self.gate_up(self.before_inner(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class Mini(nn.Module):
    """A Llama with tied embeddings."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.last = nn.RMSNorm(shape.width, EPSILON)
        cos, sin = rotary(shape.context, shape.width // shape.heads)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for name, weights in self.named_parameters():
            if weights.dim() == 2:
                deep = name.endswith(("out.weight", "down.weight"))
                nn.init.normal_(weights, std=0.02 if not deep else 0.02 / math.sqrt(2 * shape.layers))

    def forward(self, ids: torch.Tensor, wanted: torch.Tensor | None = None) -> torch.Tensor:
        """Logits of what follows each token, or only of the tokens where `wanted` is true."""
        length = ids.shape[1]
        x = self.embed(ids)
        for block in self.blocks:
            x = block(x, self.cos[:length], self.sin[:length])
        return F.linear(self.last(x if wanted is None else x[wanted]), self.embed.weight)

    def named(self) -> dict[str, np.ndarray]:
        """The weights under the names of a Llama checkpoint."""
        found = {"model.embed_tokens.weight": self.embed.weight, "model.norm.weight": self.last.weight}
        for i, block in enumerate(self.blocks):
            at = f"model.layers.{i}"
            for letter, part in zip("qkv", block.qkv.weight.chunk(3), strict=True):
                found[f"{at}.self_attn.{letter}_proj.weight"] = part
            found[f"{at}.self_attn.o_proj.weight"] = block.out.weight
            for letter, part in zip(("gate", "up"), block.gate_up.weight.chunk(2), strict=True):
                found[f"{at}.mlp.{letter}_proj.weight"] = part
            found[f"{at}.mlp.down_proj.weight"] = block.down.weight
            found[f"{at}.input_layernorm.weight"] = block.before_attention.weight
            found[f"{at}.post_attention_layernorm.weight"] = block.before_inner.weight
        return {name: weights.detach().float().numpy() for name, weights in found.items()}


class Data:
    """The corpus as tokens. `weights` is 0 where the text is forced or asked: nothing is to be learnt there."""

    def __init__(self, folder: Path, seed: int, budget: int, vocabulary: int) -> None:
        tokens_path, data_path = folder / "tokenizer.json", folder / "corpus.npz"
        if not data_path.exists():
            self._draw(seed, budget, vocabulary, tokens_path, data_path)
        self.tokens = Tokens.load(tokens_path)
        held = np.load(data_path)
        self.ids, self.learnt, self.ends, self.digest = held["ids"], held["learnt"], held["ends"], str(held["digest"])

    @staticmethod
    def _draw(seed: int, budget: int, vocabulary: int, tokens_path: Path, data_path: Path) -> None:
        first: list[tuple[briefs.Brief, str]] = []
        ids: list[int] = []
        learnt: list[bool] = []
        ends: list[int] = []
        digest = hashlib.sha256()
        tokens = Tokens.load(tokens_path) if tokens_path.exists() else None
        for asked, sheet in corpus.pairs(seed, 10**9):
            digest.update((briefs.write(asked) + sheet).encode())
            if tokens is None:
                first.append((asked, sheet))
                if len(first) < TO_LEARN_TOKENS_FROM:
                    continue
                tokens = learn((f"Wish: {a.wish}\n{briefs.options(a)}{s}" for a, s in first), vocabulary)
                tokens.save(tokens_path)
            for one in first or [(asked, sheet)]:
                _add(tokens, *one, ids, learnt, ends)
            first = []
            if len(ids) >= budget:
                break
        np.savez(
            data_path,
            ids=np.array(ids, np.uint16),
            learnt=np.array(learnt),
            ends=np.array(ends),
            digest=digest.hexdigest(),
        )

    def batches(self, seed: int, size: int) -> list[list[int]]:
        """One pass over the sheets in a random order, sheets of like length together, `size` tokens a batch."""
        rng = random.Random(seed)
        lengths = np.diff(self.ends, prepend=0)
        order = list(range(len(self.ends)))
        rng.shuffle(order)
        batches: list[list[int]] = []
        for pool in range(0, len(order), 512):
            batch: list[int] = []
            for sheet in sorted(order[pool : pool + 512], key=lambda i: int(lengths[i])):
                if (len(batch) + 1) * int(lengths[sheet]) > size and batch:
                    batches.append(batch)
                    batch = []
                batch.append(sheet)
            batches.append(batch)
        rng.shuffle(batches)
        return batches

    def fetch(self, batch: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """(batch, length) of ids, and of what is learnt; short sheets are filled up at the end."""
        starts = [int(self.ends[i - 1]) if i else 0 for i in batch]
        longest = max(int(self.ends[i]) - start for i, start in zip(batch, starts, strict=True))
        ids = np.full((len(batch), longest), BEGIN, np.int64)
        learnt = np.zeros((len(batch), longest), np.float32)
        for row, (i, start) in enumerate(zip(batch, starts, strict=True)):
            size = int(self.ends[i]) - start
            ids[row, :size] = self.ids[start : start + size]
            learnt[row, :size] = self.learnt[start : start + size]
        return torch.from_numpy(ids), torch.from_numpy(learnt)


def _add(tokens: Tokens, asked: briefs.Brief, sheet: str, ids: list[int], learnt: list[bool], ends: list[int]) -> None:
    """Appends one text: begin, the brief as the model sees it, the sheet. One longer than the context is left out."""
    head = briefs.seen(asked, tokens)
    body = tokens.encode(sheet)
    if len(head) + len(body) > CONTEXT:
        return
    title = len(f"Title: {plan(asked).title}".encode())
    after_title = len(sheet[: sheet.index("\n") + 1].encode())
    free = len(sheet[: sheet.index("\nTerms: ") + 1].encode())
    ids.extend(head)
    learnt.extend([False] * len(head))
    at = 0
    for token in body:
        at += len(tokens.texts[token])
        ids.append(token)
        learnt.append(title < at <= after_title or at > free)
    ends.append(len(ids))


def slope(step: int, steps: int, decay: float) -> float:
    """The learning rate as a part of its peak: warm-up, level, then down to nothing over the last part."""
    down = min(1.0, (steps - step) / (steps * decay))
    return min(1.0, (step + 1) / WARM_UP) * max(down, 0.01)


def train(model: Mini, data: Data, budget: int, wanted: argparse.Namespace) -> dict[str, float]:
    """Trains up to a budget of tokens; returns how it went."""
    decayed = [w for w in model.parameters() if w.dim() == 2]
    plain = [w for w in model.parameters() if w.dim() != 2]
    groups = [{"params": decayed, "weight_decay": 0.1}, {"params": plain, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=wanted.rate, betas=(0.9, 0.95))
    plan: list[list[int]] = []
    seen = 0
    for epoch in range(1000):
        for batch in data.batches(epoch, wanted.batch):
            if seen < budget:
                plan.append(batch)
                seen += sum(int(data.ends[i]) - (int(data.ends[i - 1]) if i else 0) for i in batch)
        if seen >= budget:
            break
    kept = wanted.work / "checkpoint.pt"
    start, spent, done = 0, 0.0, 0
    if wanted.resume and kept.exists():
        state = torch.load(kept, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        start, spent, done = state["step"], state["seconds"], state["tokens"]
    began, losses = time.monotonic(), []
    half = torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()
    rank, many = (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)
    for step in range(start, len(plan)):
        ids, learnt = data.fetch(plan[step])
        for group in optimiser.param_groups:
            group["lr"] = wanted.rate * slope(step, len(plan), wanted.decay)
        count = int((learnt[:, 1:] > 0).sum())
        ids, learnt = ids[rank::many], learnt[rank::many]
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            logits = model(ids[:, :-1], learnt[:, 1:] > 0)
        # Of the whole batch's mean, this process's part: the mean over the processes is the mean of the batch.
        loss = F.cross_entropy(logits.float(), ids[:, 1:][learnt[:, 1:] > 0], reduction="sum") * many / count
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        _share(model, many)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        done += ids.numel() * many
        losses.append(loss.item())
        if rank:
            continue
        if (step + 1) % 20 == 0:
            seconds = spent + time.monotonic() - began
            mean = sum(losses[-20:]) / len(losses[-20:])
            print(f"step {step + 1}/{len(plan)} loss {mean:.4f} tokens {done} seconds {seconds:.0f}", flush=True)
        if (step + 1) % 100 == 0 or step + 1 == len(plan):
            state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}
            torch.save(
                state | {"seconds": spent + time.monotonic() - began, "tokens": done}, wanted.work / "checkpoint.new"
            )
            (wanted.work / "checkpoint.new").replace(kept)
    seconds = spent + time.monotonic() - began
    return {"loss": sum(losses[-50:]) / max(1, len(losses[-50:])), "tokens": done, "seconds": round(seconds)}


def _share(model: Mini, many: int) -> None:
    """Averages the gradients over the processes, in one message."""
    if many == 1:
        return
    gradients = [weights.grad for weights in model.parameters()]
    flat = torch.cat([gradient.view(-1) for gradient in gradients])
    dist.all_reduce(flat)
    flat /= many
    for gradient, part in zip(gradients, flat.split([gradient.numel() for gradient in gradients]), strict=True):
        gradient.copy_(part.view_as(gradient))


def main() -> None:
    parser = argparse.ArgumentParser(prog="./knotty train-mini", description=__doc__.splitlines()[0])
    parser.add_argument("--shape", default="192x5", help="width x layers")
    parser.add_argument("--vocabulary", type=int, default=2048)
    parser.add_argument("--tokens", default="10M", help="the budget, like 60M")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=0, help="0: all cores, shared by the processes")
    # Threads meet after every product of matrices, processes once a step: on a busy machine that is far quicker.
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--batch", type=int, default=6144, help="tokens a step")
    parser.add_argument("--rate", type=float, default=2e-3, help="the highest learning rate")
    parser.add_argument("--decay", type=float, default=0.4, help="the last part of training, in which the rate falls")
    parser.add_argument("--begin", type=Path, help="a work folder whose model and tokens are trained further")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--work", type=Path, default=Path("llm/runs/mini"), help="corpus and checkpoints")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    wanted = parser.parse_args()
    wanted.work.mkdir(parents=True, exist_ok=True)
    wanted.out.mkdir(parents=True, exist_ok=True)
    budget = int(float(wanted.tokens.removesuffix("M")) * (1e6 if wanted.tokens.endswith("M") else 1))
    if wanted.begin:
        shutil.copy(wanted.begin / "tokenizer.json", wanted.work)
    Data(wanted.work, wanted.seed, budget, wanted.vocabulary)
    if wanted.processes == 1:
        make(0, wanted, budget)
    else:
        meeting = wanted.work / f"meeting-{time.time_ns()}"
        torch.multiprocessing.spawn(make, (wanted, budget, meeting), wanted.processes)


def make(rank: int, wanted: argparse.Namespace, budget: int, meeting: Path | None = None) -> None:
    """Trains and writes the weights; with a meeting place, as one of several processes."""
    threads = wanted.threads or os.cpu_count() or 1
    torch.set_num_threads(max(1, threads // wanted.processes))
    if meeting is not None:
        dist.init_process_group("gloo", f"file://{meeting.resolve()}", rank=rank, world_size=wanted.processes)
    torch.manual_seed(wanted.seed)
    data = Data(wanted.work, wanted.seed, budget, wanted.vocabulary)
    shape = Shape.named(wanted.shape, len(data.tokens))
    model = Mini(shape)
    if not rank:
        sizes = f"{shape.parameters():,} parameters; {len(data.ends):,} sheets, {len(data.ids):,} tokens"
        print(f"{sizes}, corpus sha256 {data.digest}", flush=True)
    if wanted.begin:
        model.load_state_dict(torch.load(wanted.begin / "checkpoint.pt", weights_only=True)["model"])
    went = train(model, data, budget, wanted)
    if rank:
        return
    shape.save(wanted.out / "config.json")
    data.tokens.save(wanted.out / "tokenizer.json")
    tensors.save(wanted.out / "model.safetensors", model.named())
    story = {"command": " ".join(sys.argv[1:]), "corpus": data.digest, **went}
    (wanted.out / "training.json").write_text(json.dumps(story, indent=1) + "\n")
    print(json.dumps(story), flush=True)


if __name__ == "__main__":
    main()
