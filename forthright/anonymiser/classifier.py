"""The small model that sees names, places and numbers by how a sentence uses them.

It was trained by this project (see training/); it runs on one core, without a network.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

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


# How many pieces are read together where paragraphs end early enough.
SHORT = 126


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a word, how likely it is to identify somebody, and as what it would."""

    start: int
    end: int
    chance: float
    kind: Kind


class Window(NamedTuple):
    """Pieces that are read together, and those of them whose answers count."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True)
class Classifier:
    """The model, loaded once."""

    session: "InferenceSession"
    vocabulary: Vocabulary
    kinds: tuple[str, ...]
    window: int
    overlap: int

    def pieces(self, text: str, *, least: float, apart: bool = False) -> Iterator[Piece]:
        """Yield the pieces of a text whose chance is no less than the least.

        :param apart: whether its paragraphs may be read apart, as those of a letter may
        """
        cut = self.vocabulary.cut(text)
        if not cut.ids:
            return
        breaks = breaks_in(text, cut.places) if apart else []
        said = self._said(cut.ids, looks_of(text, cut.places), breaks)
        likely = (said[:, 0] <= 1.0 - least).nonzero()[0].tolist()
        kinds = said[likely, 1:].argmax(1).tolist()
        for place, kind in zip(likely, kinds, strict=True):
            start, end = cut.places[place]
            yield Piece(start, end, 1.0 - float(said[place, 0]), CALLED[self.kinds[kind + 1]])

    def _said(self, ids: list[int], looks: list[int], breaks: list[int]) -> "np.ndarray[Any, Any]":
        """Return the chance of each kind for each piece, each from a window that it fits in."""
        import numpy as np

        begins, ends = self.vocabulary.begins, self.vocabulary.ends
        parts = []
        for window in windows(len(ids), breaks, most=self.window, overlap=self.overlap):
            given = {
                "ids": np.array([[begins, *ids[window.start : window.end], ends]], dtype=np.int64),
                "looks": np.array([[0, *looks[window.start : window.end], 0]], dtype=np.int64),
            }
            answers = self.session.run(None, given)[0][0, 1:-1]
            parts.append(answers[window.first - window.start : window.last - window.start])
        return np.concatenate(parts)


def breaks_in(text: str, places: list[tuple[int, int]]) -> list[int]:
    """Return the numbers of the pieces before which a paragraph ends."""
    return [
        number
        for number, (before, after) in enumerate(pairwise(places), start=1)
        if text.count("\n", before[1], after[0]) > 1
    ]


def windows(size: int, breaks: Sequence[int], *, most: int, overlap: int) -> Iterator[Window]:
    """Yield windows over so many pieces: whole paragraphs, of which no window shares any.

    Attention takes the square of a window's length, so two short windows are quicker than a long
    one. What the model cannot read at once is read in windows laid over one another, each answering
    for its middle.
    """
    ends = [*breaks, size]
    start = number = 0
    while start < size:
        while number + 1 < len(ends) and ends[number + 1] - start <= SHORT:
            number += 1
        end = ends[number]
        number += 1
        yield from _laid_over(start, end, most=most, overlap=overlap)
        start = end


def _laid_over(start: int, end: int, *, most: int, overlap: int) -> Iterator[Window]:
    first = start
    while end - start > most:
        last = start + most - overlap // 2
        yield Window(start, start + most, first, last)
        start, first = start + most - overlap, last
    yield Window(start, end, first, end)


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
