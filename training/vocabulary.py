"""Leaves out of the base model the words of scripts and tongues that no letter holds."""

import json
from pathlib import Path
from typing import Any

import numpy as np

KEPT = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LOOKS = 6


def kept_words(tokenizer: dict[str, Any]) -> list[str]:
    """Return the words that stay, in their order: those of Latin letters, digits and signs."""
    words = sorted(tokenizer["model"]["vocab"].items(), key=lambda each: each[1])
    return [word for word, _ in words if word in KEPT or (_is_latin(word) and word[:2] != "[u")]


def _is_latin(word: str) -> bool:
    """Say whether every letter of a word is Latin; of other letters one by one are no use."""
    return all(ord(each) < 0x250 or 0x2000 <= ord(each) < 0x2200 for each in word)


def trimmed(folder: Path, into: Path) -> np.ndarray:
    """Write the tokenizer with the words that stay; return the rows of the base that they have."""
    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    words = kept_words(tokenizer)
    rows = np.array([vocabulary[word] for word in words])
    tokenizer["model"]["vocab"] = {word: number for number, word in enumerate(words)}
    for added in tokenizer["added_tokens"]:
        added["id"] = words.index(added["content"])
    tokenizer.update(truncation=None, padding=None)
    special = tokenizer.get("post_processor") or {}
    for key in ("sep", "cls"):
        if key in special:
            special[key][1] = words.index(special[key][0])
    for held in special.get("special_tokens", {}).values():
        held["ids"] = [words.index(word) for word in held["tokens"]]
    into.write_text(json.dumps(tokenizer, ensure_ascii=False), "utf-8")
    return rows
