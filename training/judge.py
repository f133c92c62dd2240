"""Compares plans: what each model said of the cases it did not see, at each threshold."""

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from forthright.anonymiser import tab
from training import benchmark
from training.pieces import read

WORD = re.compile(r"\w+")


def masks(text: str, held, said: np.ndarray, least: float) -> list[tuple[int, int]]:
    """Return the words of which any piece is likelier than the least to identify."""
    hidden = 1 - said[:, 0]
    at = np.zeros(len(text) + 1, dtype=np.float32)
    for start, end, chance in zip(held.starts, held.ends, hidden, strict=True):
        at[start:end] = chance
    return [m.span() for m in WORD.finditer(text) if at[m.start() : m.end()].max() >= least]


def main() -> None:
    """Print the measures of each plan, all folds together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("runs", type=Path, help="holds PLAN.FOLD.npz")
    told = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(told.folder / "tokenizer.json"))
    gold = tab.read_gold((told.folder / "echr_train_92.json").read_bytes())
    texts = benchmark.documents(told.folder / "echr_train_92.json")
    reads = [read(tokenizer, each) for each in texts]
    said: dict[str, dict[int, list]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(told.runs.glob("*.npz")):
        for key, value in np.load(path).items():
            said[path.name.split(".")[0]][int(key[1:])].append(value)
            said["together"][int(key[1:])].append(value)
    for plan, by in sorted(said.items()):
        numbers = sorted(by)
        print(plan, len(numbers), "cases")
        for least in (0.5, 0.35, 0.25, 0.18, 0.12, 0.08):
            found = [masks(gold[n].text, reads[n], np.mean(by[n], 0), least) for n in numbers]
            m = tab.measure([gold[n] for n in numbers], found)
            print(f"  {least:.2f} R {m.recall.share:.3f} P {m.precision.share:.3f} F1 {m.f1:.3f} "
                  f"direct {m.direct.share:.3f} quasi {m.quasi.share:.3f}", flush=True)  # fmt: skip
            if least == 0.25:
                print("   ", json.dumps({k: round(v.share, 3) for k, v in m.by_kind.items()}))


if __name__ == "__main__":
    main()
