"""What the anonymiser finds in made-up letters, and how many words it reads in a second.

Presidio and plain spaCy read the same texts in the same run, in an environment of their own
(requirements/side_by_side.txt), which takes some 400 MB and is made the first time.
"""

import json
import os
import subprocess
import time
from collections import Counter
from pathlib import Path

from benchmarks.anonymiser import others
from benchmarks.anonymiser.counting import Counted, counted, spread_over_frames
from benchmarks.anonymiser.letters import (
    FIFTH,
    FIRST,
    FOURTH,
    SECOND,
    SIXTH,
    THIRD,
    Measured,
    measuring_letters,
)
from benchmarks.anonymiser.starter import starter_letters
from benchmarks.measuring import Figure
from forthright.anonymiser.letters import anonymise
from forthright.rules.figures import Interval, Proportion
from tests import shared_data

SIDE_BY_SIDE = Path(__file__).parent / "anonymiser" / "side_by_side.py"


def measure(*, quick: bool) -> list[Figure]:
    """Count leaks and needless masks; time it.

    Whoever wrote the sixth set had not read the rules, and none was mended by it. By each of the
    others rules were mended: they tell what has become of known letters.
    """
    sixth = measuring_letters(42 if quick else 1_260, seed=2034, of=SIXTH)
    fifth = measuring_letters(42 if quick else 1_260, seed=2033, of=FIFTH)
    fourth = measuring_letters(42 if quick else 1_260, seed=2032, of=FOURTH)
    third = measuring_letters(40 if quick else 1_200, seed=2028, of=THIRD)
    starter = starter_letters(1 if quick else 20, seed=2031)
    letters = measuring_letters(40 if quick else 1_200, seed=2026, of=FIRST)
    second = measuring_letters(12 if quick else 480, seed=2027, of=SECOND)
    figures = []
    for with_record in (True, False):
        said = "with the record" if with_record else "without the record"
        for name, held in (
            ("sixth set, by which no rule was mended", sixth),
            ("fifth set, mended by", fifth),
            ("fourth set, mended by", fourth),
            ("third set, mended by", third),
            ("every template of the starter set", starter),
            ("first set, mended by", letters),
            ("second set, mended by", second),
        ):
            done = [counted(each, with_record=with_record) for each in held]
            figures += _leaks(done, f"{name}, {said}", goal=1.0 if with_record else 0.97)
    return figures + _speed(sixth[:80], times=1 if quick else 3)


def _leaks(letters: list[Counted], said: str, *, goal: float) -> list[Figure]:
    clean = Proportion(sum(each.is_clean for each in letters), len(letters))
    needless = Proportion(
        sum(each.needless for each in letters), sum(each.words for each in letters)
    )
    frames = {each.frame for each in letters}
    leaky = {each.frame for each in letters if not each.is_clean}
    kinds: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for each in letters:
        kinds.update(each.kinds)
        left.update(each.left)
    return [
        _share(f"letters with nothing left, {said}", clean, f"at least {100 * goal:.0f}%",
               is_met=clean.met / clean.n >= goal),
        _share(f"the same, its interval by drawing frames again, {said}", clean,
               interval=Interval(*spread_over_frames(letters))),
        _share(f"frames of which some letter leaked, {said}", Proportion(len(leaky), len(frames))),
        _share(f"words masked that identify nobody, {said}", needless, "under 2%",
               is_met=needless.met < 0.02 * needless.n),
        *(
            _share(f"places of kind {kind} masked whole, {said}",
                   Proportion(kinds[kind] - left[kind], kinds[kind]))
            for kind in sorted(kinds)
        ),
    ]  # fmt: skip


def _share(
    name: str, share: Proportion, goal: str = "", *, is_met: bool | None = None,
    interval: Interval | None = None,
) -> Figure:  # fmt: skip
    lies = interval or share.wilson()
    return Figure(name, 100 * share.met / share.n, "%", goal=goal, is_met=is_met, n=share.n,
                  low=100 * lies.low, high=100 * lies.high)  # fmt: skip


def _speed(letters: list[Measured], *, times: int) -> list[Figure]:
    """Time whole letters, text in and text out, on one core."""
    figures = []
    for name, texts in _texts(letters).items():
        words = sum(len(text.split()) for text in texts)
        anonymise(texts[0])
        ours = words / min(_seconds(texts) for _ in range(times))
        theirs = _others(texts, times=times)
        rate = f"words a second on one core, {name}"
        figures.append(Figure(rate, ours, "words/s"))
        for other, seconds in theirs.items():
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
    """Return the processor seconds that others take, in the best of some runs."""
    done = subprocess.run(
        [others.python(), str(SIDE_BY_SIDE)],
        input=json.dumps({"texts": texts, "times": times, "model": others.MODEL}),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return seconds
