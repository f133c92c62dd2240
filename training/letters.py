"""Letters made up to train on: each its text and the exact places that identify somebody."""

import random
from functools import cache
from pathlib import Path

from training.facts import Facts
from training.marked import Marked
from training.pools import Pools, pools_of

SENTENCES = Path(__file__).parent / "sentences.txt"


@cache
def sentences() -> dict[str, tuple[str, ...]]:
    """Return the sentences of training letters by the part they stand in."""
    parts: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and len(line) < 10:
            lines = parts.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return {part: tuple(lines) for part, lines in parts.items()}


def training_letter(chance: random.Random, pools: Pools) -> Marked:
    """Return one letter."""
    facts, letter, parts = Facts(chance, pools), Marked(), sentences()
    if chance.random() < 0.7:
        _head(facts, letter)
    if chance.random() < 0.9:
        facts.fill(chance.choice(parts["open"]) + chance.choice(("\n\n", "\n")), letter)
    _body(facts, letter)
    if chance.random() < 0.85:
        _close(facts, letter)
    return _in_one_case(letter, chance)


def _in_one_case(letter: Marked, chance: random.Random) -> Marked:
    """Write a letter now and then in capitals or in small letters alone."""
    roll = chance.random()
    changed = letter.text.upper() if roll < 0.02 else letter.text.lower()
    if roll < 0.05 and len(changed) == len(letter.text):
        letter.text = changed
    return letter


def training_letters(number: int, seed: int) -> list[Marked]:
    """Return letters by a seed."""
    pools = pools_of("train")
    return [training_letter(random.Random(f"{seed}/{each}"), pools) for each in range(number)]


def _head(facts: Facts, letter: Marked) -> None:
    chance, lines = facts.chance, list(sentences()["head"])
    chance.shuffle(lines)
    if chance.random() < 0.6:
        facts.fill("{reader_full}\n{address}\n\n", letter)
    for line in lines[: chance.randrange(1, 8)]:
        facts.fill(line + chance.choice(("\n", "\n", "\n\n")), letter)
    letter.text += "\n"


def _body(facts: Facts, letter: Marked) -> None:
    chance, parts = facts.chance, sentences()
    for _ in range(chance.randrange(3, 9)):
        share = chance.choice((0.3, 0.5, 0.5, 0.8))
        said = [
            chance.choice(parts["body" if chance.random() < share else "law"])
            for _ in range(chance.randrange(1, 6))
        ]
        between = "\n" if chance.random() < 0.1 else " "
        facts.fill(between.join(said) + chance.choice(("\n\n", "\n\n", "\n")), letter)


def _close(facts: Facts, letter: Marked) -> None:
    chance, parts = facts.chance, sentences()
    first = chance.randrange(0, len(parts["close"]) // 2) * 2
    goodbye, name = parts["close"][first : first + 2]
    facts.fill(f"{goodbye}{chance.choice((chr(10), chr(10) * 3))}{name}\n", letter)
    for _ in range(chance.choice((0, 1, 1, 2))):
        facts.fill(chance.choice(parts["role"]) + "\n", letter)
    for _ in range(chance.choice((0, 0, 1, 2))):
        facts.fill(chance.choice(("{phone}\n", "{email}\n", "{address}\n", "Enc.\n")), letter)
