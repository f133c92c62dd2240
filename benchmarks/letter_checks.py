"""How long the checks of a letter take, and a back-test of many letters on one core and two."""

import os
from datetime import date
from itertools import count

from benchmarks.measuring import Figure, median_seconds, seconds_of
from forthright.rules.letter_checks.backtest import PastLetter, backtest
from forthright.rules.letter_checks.engine import check_letter, prepare
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, example_case
from forthright.rules.letter_checks.rule import shipped_rules
from forthright.rules.letter_checks.text import LetterText
from tests.rules.letter_checks.letters import CHANGES, good_letter

WORDS = 600
GOAL_MS = 20
MANY = 10_000


def measure(*, quick: bool) -> list[Figure]:
    """Time the check of a letter of 600 words and a back-test of 10,000 letters."""
    times, many = (10, 200) if quick else (200, MANY)
    rules = shipped_rules()
    prepared = prepare(rules)
    text, case = letter_of(WORDS), example_case()
    numbers = count(1)

    def check() -> object:
        return check_letter(with_own(text, next(numbers)), case, prepared, as_of=EXAMPLE_DAY)

    def without_case() -> object:
        return check_letter(with_own(text, next(numbers)), None, prepared, as_of=EXAMPLE_DAY)

    def retyped() -> object:
        typed = f"{text}\n\nP.S. {next(numbers)}"
        return check_letter(typed, case, prepared, as_of=EXAMPLE_DAY)

    first = 1000 * seconds_of(check)
    full = 1000 * median_seconds(check, times=times)
    figures = [
        Figure(
            f"check of a letter of {WORDS} words, all new, by {len(rules)} rules, with its case",
            full,
            "ms",
            "cutting it into sentences and words",
            1000 * median_seconds(lambda: read(text), times=times),
            goal=f"under {GOAL_MS} ms",
            is_met=full < GOAL_MS,
        ),
        Figure(
            "the same while somebody types in one of its paragraphs",
            1000 * median_seconds(retyped, times=times),
            "ms",
        ),
        Figure(
            "the same, all new, without a case",
            1000 * median_seconds(without_case, times=times),
            "ms",
        ),
        Figure("the first check, which reads the dictionary", first, "ms"),
    ]
    return figures + backtests(many)


def read(text: str) -> object:
    """Cut a letter into sentences and words."""
    letter = LetterText(text)
    return letter.sentences, letter.words


def backtests(many: int) -> list[Figure]:
    """Time a back-test on one core and on all of them."""
    rules = shipped_rules()
    letters = past_letters(many)
    fewer = [rule for rule in rules if rule.id != "E1"]
    one = seconds_of(lambda: backtest(letters, rules, fewer, processes=1))
    cores = os.cpu_count() or 1
    every = seconds_of(lambda: backtest(letters, rules, fewer, processes=cores))
    name = f"back-test of {many:,} letters by two sets of rules"
    return [
        Figure(f"{name}, 1 core", one, "s"),
        Figure(
            f"{name}, {cores} cores",
            every,
            "s",
            "one core",
            one,
            goal="at least 1.5 times as fast on 2 cores",
            is_met=one / every >= 1.5 if cores > 1 else None,
        ),
    ]


def past_letters(many: int) -> list[PastLetter]:
    """Return many letters of the good ones, no two alike in all, each with its case.

    Every second paragraph is its own, and the others are those of the template.
    """
    kinds = [(name, good_letter(name), example_case(changes)) for name, changes in CHANGES.items()]
    day: date = EXAMPLE_DAY
    return [
        PastLetter(f"{name} {number}", with_own(text, number, every=2), case, day)
        for number in range(many)
        for name, text, case in [kinds[number % len(kinds)]]
    ]


def with_own(text: str, number: int, *, every: int = 1) -> str:
    """Return a letter of which no other has this paragraph, or every second one, or third."""
    paragraphs = text.split("\n\n")
    for place in range(3, len(paragraphs), every):
        if paragraphs[place].endswith("."):
            paragraphs[place] = f"{paragraphs[place]} It is number {number}."
    return "\n\n".join(paragraphs)


def letter_of(words: int) -> str:
    """Return a letter of about so many words: a good one with more of its paragraphs."""
    paragraphs = good_letter("discontinued").split("\n\n")
    more = [each for each in good_letter("no_further_action").split("\n\n") if len(each) > 200]
    while sum(len(each.split()) for each in paragraphs) < words and more:
        paragraphs.insert(9, more.pop())
    return "\n\n".join(paragraphs)
