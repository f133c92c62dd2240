"""What the anonymiser finds in made-up letters, and how many words it reads in a second.

Where FORTHRIGHT_SIDE_BY_SIDE names a Python that has presidio-analyzer, presidio-anonymizer and
spaCy, and FORTHRIGHT_SPACY_MODEL one of its models, both read the same letters in the same run.
"""

import json
import os
import re
import subprocess
import time
from collections import Counter
from pathlib import Path

from benchmarks.anonymiser.letters import SECOND, THIRD, Measured, measuring_letters
from benchmarks.measuring import Figure
from forthright.anonymiser.letters import anonymise, places_of
from tests import shared_data

WORD = re.compile(r"\w+")
SIDE_BY_SIDE = Path(__file__).parent / "anonymiser" / "side_by_side.py"
MANY = 1200
FEWER = 480


def measure(*, quick: bool) -> list[Figure]:
    """Count leaks and needless masks in letters that nothing was trained on; time it."""
    letters = measuring_letters(40 if quick else MANY, seed=2026)
    second = measuring_letters(12 if quick else FEWER, seed=2027, of=SECOND)
    third = measuring_letters(40 if quick else MANY, seed=2028, of=THIRD)
    figures = []
    for with_record in (True, False):
        said = "with the record" if with_record else "without the record"
        figures += _leaks(letters, said, with_record=with_record)
        figures += _leaks(second, f"second set of frames, {said}", with_record=with_record)
        figures += _leaks(third, f"third set, by which no rule was mended, {said}",
                          with_record=with_record)  # fmt: skip
    return figures + _speed(letters[:80], times=1 if quick else 3)


def _leaks(letters: list[Measured], said: str, *, with_record: bool) -> list[Figure]:
    found: Counter[str] = Counter()
    for letter in letters:
        _count(letter, found, with_record=with_record)
    share, needless = found["clean"] / len(letters), found["needless"] / found["words"]
    goal = 1.0 if with_record else 0.97
    kinds = sorted(name[5:] for name in found if name.startswith("kind "))
    return [
        Figure(f"letters of {len(letters):,} with nothing left, {said}", 100 * share, "%",
               goal=f"at least {100 * goal:.0f}%", is_met=share >= goal),
        Figure(f"words masked that identify nobody, {said}", 100 * needless, "%",
               goal="under 2%", is_met=needless < 0.02),
        *(
            Figure(f"places of kind {kind} masked whole, {said}",
                   100 * (1 - found[f"left {kind}"] / found[f"kind {kind}"]), "%")
            for kind in kinds
        ),
    ]  # fmt: skip


def _count(letter: Measured, found: Counter[str], *, with_record: bool) -> None:
    places = places_of(letter.text, letter.known if with_record else None)
    covered, may = bytearray(len(letter.text)), bytearray(len(letter.text))
    for each in places.masked:
        covered[each.start : each.end] = b"\1" * (each.end - each.start)
    is_clean = True
    for mark in letter.marks:
        may[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        if mark.kind and mark.must:
            words = WORD.finditer(letter.text, mark.start, mark.end)
            is_left = any(not covered[word.start()] for word in words)
            found[f"kind {mark.kind}"] += 1
            found[f"left {mark.kind}"] += is_left
            is_clean = is_clean and not is_left
    for word in WORD.finditer(letter.text):
        found["words"] += 1
        found["needless"] += bool(covered[word.start()] and not may[word.start()])
    found["clean"] += is_clean


def _speed(letters: list[Measured], *, times: int) -> list[Figure]:
    """Time whole letters, text in and text out, on one core."""
    figures = []
    for name, texts in _texts(letters).items():
        words = sum(len(text.split()) for text in texts)
        anonymise(texts[0])
        ours = words / min(_seconds(texts) for _ in range(times))
        others = _others(texts, times=times)
        rate = f"words a second on one core, {name}"
        figures.append(Figure(rate, ours, "words/s"))
        for other, seconds in others.items():
            goal = "at least 2 times" if other == "presidio" else ""
            figures.append(Figure(f"{rate}, against {other}", ours, "words/s", other,
                                  words / seconds, goal,
                                  ours >= 2 * words / seconds if goal else None))  # fmt: skip
    return figures


def _texts(letters: list[Measured]) -> dict[str, list[str]]:
    dev = shared_data.find("data/tab/echr_dev_21.json")
    texts = {"letters": [each.text for each in letters]}
    if dev:
        texts["judgments"] = [each["text"] for each in json.loads(dev.read_text("utf-8"))]
    return texts


def _seconds(texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        anonymise(text)
    return time.process_time() - began


def _others(texts: list[str], *, times: int) -> dict[str, float]:
    """Return the seconds that others take, where they are installed."""
    program = os.environ.get("FORTHRIGHT_SIDE_BY_SIDE")
    if not program:
        return {}
    given = {"texts": texts, "times": times, "model": os.environ["FORTHRIGHT_SPACY_MODEL"]}
    done = subprocess.run(
        [program, str(SIDE_BY_SIDE)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return seconds
