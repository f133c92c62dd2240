"""What a sample of a given size can and cannot show, in plain sentences for the plan page."""

from math import ceil

from forthright.rules.figures import (
    FEWEST_FOR_A_RATE,
    Proportion,
    chance_of_seeing,
    sample_size_for,
)
from forthright.rules.words import count_words

TEN_POINTS = 0.10
CYCLE_WEEKS = (4, 12)


def what_a_sample_shows(n: int, population: int, *, things: str = "letters") -> tuple[str, ...]:
    """Say what n letters drawn at random from a week's duties can show, and what they cannot.

    `things` is what they are called where they are no letters.
    """
    n = min(n, population)
    if n == 0:
        return (f"No {things} are drawn at random, so nothing can be said about the week.",)
    if n == population:
        everything = count_words(n, "duty", "duties")
        return (
            f"All {everything} are looked at, so this is a count of the whole week, not a sample.",
            "It still says little about other weeks.",
        )
    return (
        _can_find(n, things),
        _cannot_rule_out(n, things),
        _rate(n, things),
        _pooling(n, population),
        _risky(things),
    )


def _risky(things: str) -> str:
    return (
        f"{things.capitalize()} chosen because they look risky help people learn, but they never "
        "enter a rate."
    )


def _can_find(n: int, things: str) -> str:
    return (
        f"It can find common faults and start feedback: a fault in 3 {things} of 10 shows up in "
        f"a sample of {n} with a chance of {_chance(chance_of_seeing(0.3, n))}, "
        f"a fault in 1 of 10 with {_chance(chance_of_seeing(0.1, n))}."
    )


def _cannot_rule_out(n: int, things: str) -> str:
    high = Proportion(0, n).wilson().high
    return (
        f"It cannot show that all is well: with no fault found in {n}, up to "
        f"{100 * high:.0f}% of {things} may still have one."
    )


def _rate(n: int, things: str) -> str:
    good = round(0.8 * n)
    if n < FEWEST_FOR_A_RATE:
        return (
            f"It cannot give a percentage for the week: {n} is too few, so results are shown "
            f"as counts, such as “{good} of {n}”."
        )
    spread = Proportion(good, n).wilson()
    return (
        f"A percentage will be rough: {good} good {things} of {n} means a true figure anywhere "
        f"from {100 * spread.low:.0f}% to {100 * spread.high:.0f}%."
    )


def _pooling(n: int, population: int) -> str:
    wanted = sample_size_for(TEN_POINTS, population)
    short, long = CYCLE_WEEKS
    if n >= wanted:
        return "It is large enough to give the week's rate to within 10 percentage points."
    weeks = ceil(sample_size_for(TEN_POINTS, population * long) / n)
    return (
        f"To know the rate of one week to within 10 percentage points you would need {wanted} of "
        f"{population:,}. Or add up weeks: at {n} a week, results of about "
        f"{count_words(max(weeks, short), 'week')} together give that."
    )


def _chance(chance: float) -> str:
    return f"{min(round(100 * chance), 99)}%"
