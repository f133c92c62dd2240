"""The small model that sees names, places and numbers by how a sentence uses them.

It was trained by this project (see training/); it runs on one core, without a network.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from forthright.anonymiser.spans import Kind
from forthright.anonymiser.word_pieces import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from onnxruntime import InferenceSession

# What the model's own kinds are called in the product.
CALLED = {
    "PERSON": Kind.PERSON,
    "CODE": Kind.NUMBER,
    "LOC": Kind.PLACE,
    "ORG": Kind.ORGANISATION,
    "DEM": Kind.DESCRIPTION,
    "DATETIME": Kind.DATE,
    "QUANTITY": Kind.QUANTITY,
    "MISC": Kind.OTHER,
}


class ModelChanged(RuntimeError):
    """A file of the model is not the one that was tested, so nothing is anonymised by it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a word, how likely it is to identify somebody, and as what it would."""

    start: int
    end: int
    chance: float
    kind: Kind


@dataclass(frozen=True)
class Classifier:
    """The model, loaded once."""

    session: "InferenceSession"
    vocabulary: Vocabulary
    kinds: tuple[str, ...]
    window: int
    overlap: int

    def pieces(self, text: str, *, least: float) -> Iterator[Piece]:
        """Yield the pieces of a text whose chance is no less than the least."""
        cut = self.vocabulary.cut(text)
        if not cut.ids:
            return
        said = self._said(cut.ids, looks_of(text, cut.places))
        likely = (said[:, 0] <= 1.0 - least).nonzero()[0].tolist()
        kinds = said[likely, 1:].argmax(1).tolist()
        for place, kind in zip(likely, kinds, strict=True):
            start, end = cut.places[place]
            yield Piece(start, end, 1.0 - float(said[place, 0]), CALLED[self.kinds[kind + 1]])

    def _said(self, ids: list[int], looks: list[int]) -> "np.ndarray[Any, Any]":
        """Return the chance of each kind for each piece, each from the middle of a window."""
        import numpy as np

        begins, ends = self.vocabulary.begins, self.vocabulary.ends
        parts, start = [], 0
        while True:
            last = min(start + self.window, len(ids))
            given = {
                "ids": np.array([[begins, *ids[start:last], ends]], dtype=np.int64),
                "looks": np.array([[0, *looks[start:last], 0]], dtype=np.int64),
            }
            answers = self.session.run(None, given)[0][0, 1:-1]
            is_last = last == len(ids)
            first = self.overlap // 2 if start else 0
            end = len(answers) if is_last else len(answers) - self.overlap // 2
            parts.append(answers[first:end])
            if is_last:
                return np.concatenate(parts)
            start += self.window - self.overlap


def looks_of(text: str, offsets: list[tuple[int, int]]) -> list[int]:
    """Return how each piece is written: small, Capital or CAPITALS; plus 3 where a line begins.

    The model's own words have no capitals and no lines, and both tell names from words.
    """
    looks, told = [], 0
    for start, end in offsets:
        piece = text[start:end]
        look = 0
        if piece[:1].isupper():
            look = 2 if len(piece) > 1 and piece.isupper() else 1
        if start == 0 or "\n" in text[told:start]:
            look += 3
        looks.append(look)
        told = end
    return looks


@cache
def classifier() -> Classifier:
    """Return the model that ships, once its files are known to be those that were tested.

    :raises ModelChanged: if one of them is not
    """
    from onnxruntime import InferenceSession, SessionOptions

    folder = files("forthright.anonymiser").joinpath("model")
    about = json.loads(folder.joinpath("model.json").read_text("utf-8"))
    held = {name: folder.joinpath(name).read_bytes() for name in about["sha256"]}
    for name, content in held.items():
        if hashlib.sha256(content).hexdigest() != about["sha256"][name]:
            raise ModelChanged(
                f"{name} of the anonymiser is damaged or was changed. Install the product again."
            )
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = InferenceSession(held["model.onnx"], options, providers=["CPUExecutionProvider"])
    vocabulary = Vocabulary(held["words.txt"].decode("utf-8").splitlines())
    return Classifier(session, vocabulary, tuple(about["kinds"]), about["window"], about["overlap"])
