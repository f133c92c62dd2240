"""Reads the Text Anonymization Benchmark to train on, and changes who its cases are about."""

import json
import random
import re
from pathlib import Path
from typing import Any

from forthright.rules.words import MONTHS
from training.marked import Mark, Marked
from training.pools import Pools, capitals

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
STAY = {"mr", "mrs", "ms", "miss", "dr", "the", "of", "and", "in", "on", "at", "de", "von", "van",
        "sir", "judge", "president", "lord"}  # fmt: skip
SYNTHETIC = {
    "PERSON": "PERSON", "STREET_ADDRESS": "LOC", "GPE": "LOC", "ORGANIZATION": "ORG",
    "CREDIT_CARD": "CODE", "DATE_TIME": "DATETIME", "PHONE_NUMBER": "CODE", "AGE": "DEM",
    "NRP": "DEM", "EMAIL_ADDRESS": "CODE", "ZIP_CODE": "LOC", "DOMAIN_NAME": "CODE",
    "IBAN_CODE": "CODE", "US_SSN": "CODE", "IP_ADDRESS": "CODE", "US_DRIVER_LICENSE": "CODE",
    "TITLE": "PERSON",
}  # fmt: skip


def documents(path: Path) -> list[Marked]:
    """Return the documents of a file of the benchmark, marked where they are to be masked."""
    return [_document(each) for each in json.loads(path.read_text("utf-8"))]


def _document(entry: dict[str, Any]) -> Marked:
    mentions = [m for by in entry["annotations"].values() for m in by["entity_mentions"]]
    marks = {
        (m["start_offset"], m["end_offset"]): Mark(
            m["start_offset"],
            m["end_offset"],
            m["entity_type"],
            stays=m["identifier_type"] == "NO_MASK",
        )
        for m in mentions
    }
    return Marked(entry["text"], [marks[place] for place in sorted(marks)])


def synthetic_texts(path: Path) -> list[Marked]:
    """Return the short made-up texts that stand beside the benchmark."""
    found = []
    for entry in json.loads(path.read_text("utf-8")):
        spans = sorted(entry["spans"], key=lambda span: span["start_position"])
        marks = [Mark(s["start_position"], s["end_position"], SYNTHETIC[s["entity_type"]],
                      unsure=s["entity_type"] in ("TITLE", "NRP", "ORGANIZATION", "DATE_TIME")
                      and not re.search(r"\d", s["entity_value"])) for s in spans]  # fmt: skip
        found.append(Marked(entry["full_text"], marks))
    return found


def swapped(document: Marked, chance: random.Random, pools: Pools) -> Marked:
    """Return a document about other people, on other days and under other numbers.

    Whatever is one word stays one word all through it, so that the document makes sense.
    """
    words: dict[tuple[str, str], str] = {}
    changed, told = Marked(), 0
    for mark in sorted(document.marks, key=lambda each: each.start):
        if mark.start < told:
            continue
        changed.text += document.text[told : mark.start]
        start = len(changed.text)
        text = document.text[mark.start : mark.end]
        kind = mark.kind
        changed.text += WORD.sub(
            lambda m, kind=kind: _other(m[0], kind, words, chance, pools), text
        )
        changed.marks.append(Mark(start, len(changed.text), mark.kind, stays=mark.stays))
        told = mark.end
    changed.text += document.text[told:]
    return changed


def _other(word: str, kind: str, words: dict[tuple[str, str], str], chance: random.Random,
           pools: Pools) -> str:  # fmt: skip
    key = (kind, word)
    if key not in words:
        words[key] = _new_word(word, kind, chance, pools)
    return words[key]


def _new_word(word: str, kind: str, chance: random.Random, pools: Pools) -> str:
    if kind == "PERSON" and len(word) > 1 and word[0].isupper() and word.lower() not in STAY:
        names = pools.family if chance.random() < 0.6 else pools.male + pools.female
        new = capitals(chance.choice(names)).split(" ")[-1]
        return new.upper() if word.isupper() and len(word) > 2 else new
    if kind == "PERSON" and len(word) == 1 and word.isupper():
        return chance.choice("ABCDEFGHJKLMNOPRSTW")
    if kind == "DATETIME":
        return _new_day(word, chance)
    if kind in ("CODE", "QUANTITY") and word.isdigit() and len(word) > 1:
        return chance.choice("123456789") + "".join(chance.choice("0123456789") for _ in word[1:])
    return word


def _new_day(word: str, chance: random.Random) -> str:
    if word in MONTHS:
        return chance.choice(MONTHS)
    if word.isdigit() and len(word) == 4 and word[:2] in ("19", "20"):
        return str(chance.randrange(1960, 2025))
    if word.isdigit() and len(word) < 3:
        return str(chance.randrange(1, 29))
    return word
