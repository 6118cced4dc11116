"""loop: steps over the batches, with checkpoints that a later run goes on from."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import torch
import torch.distributed as dist
import torch.nn.functional as F

from llm.training.data import Data
from llm.training.network import Mini

WARM_UP = 100  # steps
TOLD_EVERY = 20
KEPT_EVERY = 200
CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True, slots=True)
class Course:
    """How a training runs: tokens in all and a step, the highest learning rate, the last part in which it falls."""

    budget: int
    batch: int = 3072
    rate: float = 2e-3
    decay: float = 0.5


@dataclass(slots=True)
class Went:
    """How far a training has come."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    losses: list[float] = field(default_factory=list)  # the last ones

    def loss(self) -> float:
        """The mean of the last steps."""
        return round(sum(self.losses) / max(1, len(self.losses)), 4)


class Training:
    """A model in training. Several processes may share its batches; the first one tells and keeps."""

    def __init__(self, model: Mini, data: Data, course: Course, folder: Path, stop_after: int = 0) -> None:
        self.model, self.data, self.course, self.folder = model, data, course, folder
        self.stop_after = stop_after  # steps; 0: to the end
        self.went = Went()
        self.optimiser = _optimiser(model, course.rate)
        self.rank, self.many = (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)
        self.half = torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()

    def resume(self) -> None:
        """Goes back to the last checkpoint, if there is one."""
        kept = self.folder / CHECKPOINT
        if kept.exists():
            state = torch.load(kept, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.went = Went(**state["went"])

    def run(self) -> Went:
        """Trains up to the budget of tokens."""
        plan = self.data.plan(self.course.budget, self.course.batch)
        last = min(len(plan), self.stop_after or len(plan))
        began = time.monotonic() - self.went.seconds
        for step in range(self.went.step, last):
            for group in self.optimiser.param_groups:
                group["lr"] = self.course.rate * slope(step, len(plan), self.course.decay)
            self._step(plan[step])
            self.went.step, self.went.seconds = step + 1, time.monotonic() - began
            if self.rank:
                continue
            if (step + 1) % TOLD_EVERY == 0:
                told = f"loss {self.went.loss():.4f} tokens {self.went.tokens} seconds {self.went.seconds:.0f}"
                print(f"step {step + 1}/{len(plan)} {told}", flush=True)
            if (step + 1) % KEPT_EVERY == 0 or step + 1 == last:
                self._keep()
        return self.went

    def _step(self, batch: list[int]) -> None:
        drawn = self.data.fetch(batch)
        ids, learnt = torch.from_numpy(drawn[0]), torch.from_numpy(drawn[1])[:, 1:]
        count = int(learnt.sum())
        ids, learnt = ids[self.rank :: self.many], learnt[self.rank :: self.many]
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            logits = self.model(ids[:, :-1], learnt)
        # Of the whole batch's mean, this process's part: the mean over the processes is the mean of the batch.
        loss = F.cross_entropy(logits.float(), ids[:, 1:][learnt], reduction="sum") * self.many / count
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        _share(self.model, self.many)
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.went.tokens += self.data.size(batch)
        self.went.losses = [*self.went.losses[1 - TOLD_EVERY :], loss.item()]

    def _keep(self) -> None:
        """Writes a checkpoint; a run that is killed while it writes leaves the one before."""
        went = {name: getattr(self.went, name) for name in Went.__slots__}
        state = {"model": self.model.state_dict(), "optimiser": self.optimiser.state_dict(), "went": went}
        torch.save(state, self.folder / "checkpoint.new")
        (self.folder / "checkpoint.new").replace(self.folder / CHECKPOINT)


def slope(step: int, steps: int, decay: float) -> float:
    """The learning rate as a part of its peak: warm-up, level, then down to nothing over the last part."""
    down = min(1.0, (steps - step) / (steps * decay))
    return min(1.0, (step + 1) / WARM_UP) * max(down, 0.01)


def _optimiser(model: Mini, rate: float) -> torch.optim.AdamW:
    decayed = [w for w in model.parameters() if w.dim() == 2]
    plain = [w for w in model.parameters() if w.dim() != 2]
    groups = [{"params": decayed, "weight_decay": 0.1}, {"params": plain, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95), fused=True)


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
