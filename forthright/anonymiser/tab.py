"""The measures of the Text Anonymization Benchmark, reckoned as its authors define them.

Pilán and others, “The Text Anonymization Benchmark”, Computational Linguistics 48(4), 2022. Tokens
are weighed alike: the paper's other weighing needs a large language model.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

# What may be masked or left without making a difference: the benchmark's own list.
SKIPPED_WORDS = [
    "mr",
    "mrs",
    "ms",
    "and",
    "or",
    "from",
    "until",
    "to",
    "about",
    "after",
    "as",
    "at",
    "before",
    "between",
    "by",
    "during",
    "for",
    "in",
    "into",
    "of",
    "on",
    "over",
    "since",
    "with",
    "the",
    "a",
    "an",
    "no",
    "nr",
]
SKIPPED = re.compile(
    rf"\b(?:{'|'.join(SKIPPED_WORDS)})\b|[’'´]s\b|[,.\-;:/&()\[\]–'\" ’“”]", re.IGNORECASE
)
TOKEN = re.compile(r"\w+")
Place = tuple[int, int]


class NoBenchmark(ValueError):
    """The file is not one of the benchmark's; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that a document names, and each place where it does."""

    kind: str
    is_direct: bool
    annotator: str
    mentions: tuple[Place, ...]
    # Whether the annotator masked that mention: they were not always of one mind.
    masked: tuple[bool, ...]

    @property
    def is_to_mask(self) -> bool:
        return any(self.masked)


@dataclass(frozen=True, slots=True)
class Gold:
    """A document of the benchmark; `protects` is the person it is to be anonymised for."""

    number: str
    text: str
    protects: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    found: int
    of: int

    @property
    def share(self) -> float | None:
        """Return the share; None where there was nothing to count."""
        return self.found / self.of if self.of else None

    @property
    def words(self) -> str:
        """Say the share with what it was counted from."""
        if self.share is None:
            return "nothing to count"
        return f"{self.share:.3f}  ({self.found:,} of {self.of:,})"


@dataclass(frozen=True, slots=True)
class Measures:
    """What an anonymiser did with the documents."""

    documents: int
    recall: Share
    direct: Share
    quasi: Share
    precision: Share
    by_kind: dict[str, Share]

    @property
    def f1(self) -> float | None:
        """Return the mean of recall and precision; None where there was nothing to count."""
        recall, precision = self.recall.share, self.precision.share
        if recall is None or precision is None:
            return None
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0

    def as_table(self) -> dict[str, Any]:
        """Return the measures as they are written to JSON, each with what it was counted from."""

        def told(share: Share) -> dict[str, Any]:
            return {**asdict(share), "share": _rounded(share.share)}

        return {
            "documents": self.documents,
            "recall_of_tokens": told(self.recall),
            "recall_of_direct_entities": told(self.direct),
            "recall_of_quasi_entities": told(self.quasi),
            "precision_of_tokens": told(self.precision),
            "f1": _rounded(self.f1),
            "weighing": "uniform",
            "recall_of_tokens_by_kind": {kind: told(each) for kind, each in self.by_kind.items()},
        }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def read_gold(content: bytes) -> list[Gold]:
    """Return the documents of a file of the benchmark.

    :raises NoBenchmark: if it is not one, or nothing in it is to be masked
    """
    try:
        gold = [_gold(each) for each in json.loads(content)]
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise NoBenchmark(
            "This is not a file of the Text Anonymization Benchmark: it is a list of documents, "
            "each with doc_id, text and annotations."
        ) from fault
    if not any(entity.is_to_mask for each in gold for entity in each.entities):
        raise NoBenchmark(
            "Nothing in it is to be masked, so there is nothing to measure by. Take a file of the "
            "Text Anonymization Benchmark with its annotations."
        )
    return gold


def _gold(entry: dict[str, Any]) -> Gold:
    entities = [
        _entity(annotator, mentions)
        for annotator, by in entry["annotations"].items()
        for mentions in _by_entity(by["entity_mentions"])
    ]
    protects = str(entry.get("meta", {}).get("applicant", ""))
    return Gold(entry["doc_id"], entry["text"], protects, tuple(entities))


def _by_entity(mentions: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for mention in mentions:
        found.setdefault(mention["entity_id"], []).append(mention)
    return found.values()


def _entity(annotator: str, mentions: list[dict[str, Any]]) -> Entity:
    return Entity(
        kind=mentions[0]["entity_type"],
        is_direct=mentions[0]["identifier_type"] == "DIRECT",
        annotator=annotator,
        mentions=tuple((each["start_offset"], each["end_offset"]) for each in mentions),
        masked=tuple(each["identifier_type"] != "NO_MASK" for each in mentions),
    )


def measure(gold: Sequence[Gold], masks: Sequence[Sequence[Place]]) -> Measures:
    """Return the measures of what was masked in each document."""
    found: Counter[str] = Counter()
    for document, places in zip(gold, masks, strict=True):
        covered = bytearray(len(document.text))
        for start, end in places:
            covered[start:end] = b"\1" * (end - start)
        _count_recall(document, covered, found)
        _count_precision(document, places, found)

    def share(name: str) -> Share:
        return Share(found[f"{name} found"], found[f"{name} of"])

    kinds = sorted(
        name.split()[1] for name in found if name.startswith("kind ") and name.endswith(" of")
    )
    by_kind = {kind: share(f"kind {kind}") for kind in kinds}
    return Measures(len(gold), share("token"), share("direct"), share("quasi"),
                    share("mask"), by_kind)  # fmt: skip


def _count_recall(document: Gold, covered: bytearray, found: Counter[str]) -> None:
    for entity in document.entities:
        if not entity.is_to_mask:
            continue
        level = "direct" if entity.is_direct else "quasi"
        found[f"{level} of"] += 1
        found[f"{level} found"] += all(
            is_masked(document.text, covered, place) or not must
            for place, must in zip(entity.mentions, entity.masked, strict=True)
        )
        for start, end in entity.mentions:
            for token in TOKEN.finditer(document.text, start, end):
                hidden = is_masked(document.text, covered, token.span())
                for name in ("token", f"kind {entity.kind}"):
                    found[f"{name} of"] += 1
                    found[f"{name} found"] += hidden


def is_masked(text: str, covered: bytearray, place: Place) -> bool:
    """Say whether nothing of a place that tells anything is left to be read."""
    start, end = place
    if all(covered[start:end]):
        return True
    said = text[start:end].lower()
    left = {number for number in range(len(said)) if not covered[start + number]}
    for skipped in SKIPPED.finditer(said):
        left -= set(range(*skipped.span()))
    return not left


def _count_precision(document: Gold, places: Iterable[Place], found: Counter[str]) -> None:
    annotators = sorted({each.annotator for each in document.entities})
    held = {who: bytearray(len(document.text)) for who in annotators}
    for number, entity in enumerate(document.entities):
        for (start, end), must in zip(entity.mentions, entity.masked, strict=True):
            if must:
                held[entity.annotator][start:end] = bytes([number % 255 + 1]) * (end - start)
    for start, end in places:
        for token in TOKEN.finditer(document.text, start, end):
            found["mask of"] += len(annotators)
            found["mask found"] += sum(all(held[who][slice(*token.span())]) for who in annotators)
