"""Turns marked text into what the model reads, and what it is to answer."""

from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from training.marked import Marked

KINDS = ("", "PERSON", "CODE", "LOC", "ORG", "DEM", "DATETIME", "QUANTITY", "MISC")
NOT_TAUGHT = -100


@dataclass(frozen=True, slots=True)
class Read:
    """The word pieces of a text: their numbers, how they are written, and what they identify."""

    ids: np.ndarray
    looks: np.ndarray
    answers: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


def looks_of(text: str, offsets: list[tuple[int, int]]) -> list[int]:
    """Return how each piece is written: small, Capital or CAPITALS; plus 3 where a line begins.

    The model's own vocabulary knows no capitals and no lines, and both tell names from words.
    """
    looks, told = [], 0
    for start, end in offsets:
        piece = text[start:end]
        look = 0
        if piece[:1].isupper():
            look = 2 if len(piece) > 1 and piece.isupper() else 1
        if "\n" in text[told:start] or start == 0:
            look += 3
        looks.append(look)
        told = end
    return looks


def read(tokenizer: Tokenizer, marked: Marked) -> Read:
    """Return the pieces of a text with their answers."""
    coded = tokenizer.encode(marked.text, add_special_tokens=False)
    offsets = coded.offsets
    at = np.zeros(len(marked.text) + 1, dtype=np.int64)
    for mark in marked.marks:
        if not mark.stays:
            at[mark.start : mark.end] = NOT_TAUGHT if mark.unsure else KINDS.index(mark.kind)
    answers = np.array([at[start] for start, _ in offsets], dtype=np.int64)
    return Read(np.array(coded.ids), np.array(looks_of(marked.text, offsets)), answers,
                np.array([s for s, _ in offsets]), np.array([e for _, e in offsets]))  # fmt: skip
