"""Trains the classifier: python -m training.train --help says how."""

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training import benchmark
from training.letters import training_letter
from training.marked import Marked
from training.model import Classifier, load_base
from training.pieces import KINDS, NOT_TAUGHT, Read, read
from training.pools import pools_of

CASES = 92
WINDOW = 510
OVERLAP = 96
# Signs and digits by themselves stand before this number in the vocabulary.
FIRST_WORD = 104


@dataclass(frozen=True, slots=True)
class Plan:
    """How one model is trained."""

    rate: float = 1e-4
    steps: int = 1000
    cases: int = 14
    letters: int = 14
    short: int = 4
    swap: float = 0.5
    hide: float = 0.05
    dropout: float = 0.1
    seed: int = 1
    smoothing: float = 0.0
    keep: float = 0.99
    soft: float = 0.0
    # The layers of the first teacher that the model begins with; none: the base's own.
    layers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What is trained on."""

    tokenizer: Tokenizer
    cases: list[Marked]
    short: list[Marked]
    letters: list[Read]


class Source:
    """Yields windows of the material for ever, other words in each."""

    def __init__(self, material: Material, plan: Plan) -> None:
        self.material, self.plan = material, plan
        self.chance = random.Random(plan.seed)
        self.pools = pools_of("train")
        self.reads = [read(material.tokenizer, each) for each in material.cases]
        self.short = [read(material.tokenizer, each) for each in material.short]
        self.queue: list[tuple[Read, int, int]] = []

    def case_window(self) -> tuple[Read, int, int]:
        """Return a window of a case, each case in turn so that none is seen more than others."""
        if not self.queue:
            for number, document in enumerate(self.material.cases):
                held = self.reads[number]
                if self.chance.random() < self.plan.swap:
                    held = read(
                        self.material.tokenizer,
                        benchmark.swapped(document, self.chance, self.pools),
                    )
                first = -self.chance.randrange(WINDOW // 2)
                for start in range(first, len(held.ids), WINDOW - 64):
                    if len(held.ids) - max(start, 0) > 40 or start <= 0:
                        self.queue.append((held, max(start, 0), start + WINDOW))
            self.chance.shuffle(self.queue)
        return self.queue.pop()

    def batch(self) -> list[tuple[Read, int, int]]:
        plan, chance = self.plan, self.chance
        rows = [self.case_window() for _ in range(plan.cases)] if self.reads else []
        rows += [(chance.choice(self.material.letters), 0, WINDOW) for _ in range(plan.letters)]
        if self.short:
            rows += [(chance.choice(self.short), 0, WINDOW) for _ in range(plan.short)]
        return rows


def packed(
    rows: list[tuple[Read, int, int]], tokenizer: Tokenizer, device: str
) -> tuple[Tensor, ...]:
    """Return rows as tensors: numbers, looks, mask, answers."""
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    longest = min(WINDOW, max(min(end, len(r.ids)) - start for r, start, end in rows)) + 2
    ids = np.zeros((len(rows), longest), dtype=np.int64)
    looks, mask = np.zeros_like(ids), np.zeros_like(ids, dtype=bool)
    answers = np.full_like(ids, NOT_TAUGHT)
    for number, (held, start, end) in enumerate(rows):
        taken = held.ids[start:end]
        size = len(taken)
        ids[number, 0], ids[number, 1 : size + 1], ids[number, size + 1] = cls, taken, sep
        looks[number, 1 : size + 1] = held.looks[start:end]
        answers[number, 1 : size + 1] = held.answers[start:end]
        mask[number, : size + 2] = True
    return tuple(torch.from_numpy(each).to(device, non_blocking=True)
                 for each in (ids, looks, mask, answers))  # fmt: skip


def train(material: Material, base: dict[str, Tensor], plan: Plan, device: str,
          teachers: list[Classifier] = ()) -> Classifier:  # fmt: skip
    """Return a model trained by a plan; teachers soften its answers where there are any."""
    torch.manual_seed(plan.seed)
    model = _begun(base, plan, teachers)
    model.to(device).train()
    slow = copy.deepcopy(model).eval()
    optimiser = _optimiser(model, plan, device)
    source, hide = Source(material, plan), material.tokenizer.token_to_id("[MASK]")
    for step in range(plan.steps):
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * share_of_rate(step, plan.steps)
        *given, answers = packed(source.batch(), material.tokenizer, device)
        chance = torch.rand(given[0].shape, device=device)
        hidden = torch.where((chance < plan.hide) & (given[0] >= FIRST_WORD), hide, given[0])
        with torch.autocast(device, dtype=torch.bfloat16):
            scores = model(hidden, *given[1:]).float()
        loss = _loss(scores, answers, plan)
        if teachers:
            far = _distance(teachers, tuple(given), scores, answers, device)
            loss = (1 - plan.soft) * loss + plan.soft * far
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        kept = min(plan.keep, (step + 1) / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(slow.parameters()), list(model.parameters()), 1 - kept)
    return slow


def _loss(scores: Tensor, answers: Tensor, plan: Plan) -> Tensor:
    return functional.cross_entropy(
        scores.flatten(0, 1),
        answers.flatten(),
        ignore_index=NOT_TAUGHT,
        label_smoothing=plan.smoothing,
    )


def _begun(base: dict[str, Tensor], plan: Plan, teachers: list[Classifier]) -> Classifier:
    """Return a model before training: the base, or some layers of the first teacher."""
    words = len(base["embeddings.word_embeddings.weight"])
    layers = len(plan.layers) or 6
    model = Classifier(words, len(KINDS), dropout=plan.dropout, layers=layers)
    if plan.layers:
        model.load_state_dict(_fewer_layers(teachers[0], plan.layers))
    else:
        load_base(model, base)
    return model


def share_of_rate(step: int, steps: int) -> float:
    """Return the share of the learning rate at a step: a short rise, then down along a cosine."""
    rise = min(1.0, (step + 1) / (0.06 * steps))
    return rise * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def _optimiser(model: Classifier, plan: Plan, device: str) -> torch.optim.AdamW:
    named = list(model.named_parameters())
    plain = [p for name, p in named if p.ndim < 2]
    heavy = [p for name, p in named if p.ndim >= 2 and not name.startswith("answer")]
    groups = [
        {"params": plain, "weight_decay": 0.0, "lr": plan.rate},
        {"params": heavy, "weight_decay": 0.01, "lr": plan.rate},
        {"params": [model.answer.weight], "weight_decay": 0.01, "lr": plan.rate * 5},
    ]
    optimiser = torch.optim.AdamW(groups, fused=device == "cuda")
    for group in optimiser.param_groups:
        group["top"] = group["lr"]
    return optimiser


def _fewer_layers(teacher: Classifier, layers: tuple[int, ...]) -> dict[str, Tensor]:
    """Return the weights of a model with only some of its layers."""
    kept = {}
    for name, each in teacher.state_dict().items():
        if name.startswith("layers."):
            _, number, rest = name.split(".", 2)
            if int(number) in layers:
                kept[f"layers.{layers.index(int(number))}.{rest}"] = each
        else:
            kept[name] = each
    return kept


def _distance(teachers: list[Classifier], given: tuple[Tensor, ...], scores: Tensor,
              answers: Tensor, device: str) -> Tensor:  # fmt: skip
    """Return how far the answers are from what the teachers say together."""
    with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16):
        said = torch.stack(
            [functional.softmax(each(*given).float(), -1) for each in teachers]
        ).mean(0)
    taught = answers != NOT_TAUGHT
    return -(said * functional.log_softmax(scores, -1)).sum(-1)[taught].mean()


@torch.no_grad()
def answers_of(model: Classifier, held: Read, tokenizer: Tokenizer, device: str) -> np.ndarray:
    """Return the chance of each kind for each piece of a text, windows laid over one another."""
    rows = list(windows(held))
    given = packed(rows, tokenizer, device)[:3]
    with torch.autocast(device, dtype=torch.bfloat16):
        said = functional.softmax(model.eval()(*given).float(), -1).cpu().numpy()
    return joined(rows, said, len(held.ids))


def windows(held: Read) -> Iterator[tuple[Read, int, int]]:
    """Yield windows over a text that overlap."""
    start = 0
    while True:
        yield held, start, start + WINDOW
        if start + WINDOW >= len(held.ids):
            return
        start += WINDOW - OVERLAP


def joined(rows: list[tuple[Read, int, int]], said: np.ndarray, size: int) -> np.ndarray:
    """Return what windows say together: in an overlap each has the half that it knows better."""
    whole = np.zeros((size, said.shape[-1]), dtype=np.float32)
    for number, (_, start, end) in enumerate(rows):
        first = start + (OVERLAP // 2 if start else 0)
        last = min(end, size)
        whole[first:last] = said[number, 1 + first - start : 1 + last - start]
    return whole


def material_of(folder: Path, *, but: set[int] = frozenset(), letters: int, seed: int) -> Material:
    """Return all that is trained on, but for some cases by number."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    cases = benchmark.documents(folder / "echr_train_92.json")
    short = benchmark.synthetic_texts(folder / "presidio_research_synth_v2.json")
    pools = pools_of("train")
    made = [read(tokenizer, training_letter(random.Random(f"{seed}/{each}"), pools))
            for each in range(letters)]  # fmt: skip
    return Material(tokenizer, [c for n, c in enumerate(cases) if n not in but], short[:1200], made)


def main() -> None:
    """Train one model by a plan and write it, with what it says of the cases left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="holds tokenizer.json, base.safetensors, the texts"
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--plan", default="{}", help="JSON of what differs from the usual plan")
    parser.add_argument("--fold", default="", help="k/n: leave out each n-th case from the k-th on")
    parser.add_argument("--letters", type=int, default=5000)
    parser.add_argument("--teachers", nargs="*", type=Path, default=[])
    told = parser.parse_args()
    plan, device = Plan(**json.loads(told.plan)), "cuda" if torch.cuda.is_available() else "cpu"
    base = load_file(told.folder / "base.safetensors")
    first, _, every = told.fold.partition("/")
    but = set(range(int(first), CASES, int(every))) if told.fold else set()
    material = material_of(told.folder, but=but, letters=told.letters, seed=plan.seed)
    began = time.monotonic()
    teachers = [_loaded(path, device) for path in told.teachers]
    model = train(material, base, plan, device, teachers)
    print(f"{told.out.name}: {time.monotonic() - began:.0f} s", flush=True)
    save_file({k: v.half().contiguous() for k, v in model.state_dict().items()}, told.out)
    if but:
        said = _said_of(told.folder, but, model, material.tokenizer, device)
        np.savez_compressed(told.out.with_suffix(".npz"), **said)


def _said_of(
    folder: Path, numbers: set[int], model: Classifier, tokenizer: Tokenizer, device: str
) -> dict[str, np.ndarray]:
    """Return what a model says of the cases that it was not trained on."""
    texts = benchmark.documents(folder / "echr_train_92.json")
    return {
        f"p{each}": answers_of(model, read(tokenizer, texts[each]), tokenizer, device).astype(
            np.float16
        )
        for each in numbers
    }


def _loaded(path: Path, device: str) -> Classifier:
    weights = load_file(path)
    model = Classifier(len(weights["words.weight"]), len(KINDS))
    model.load_state_dict({k: v.float() for k, v in weights.items()})
    return model.to(device).eval()


if __name__ == "__main__":
    main()
