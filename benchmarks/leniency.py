"""How long the leniency of 2,000 markers takes, from 100,000 marks, and of how many letters."""

from random import Random

from benchmarks.measuring import Figure, median_seconds, seconds_of
from forthright.rules.agreement_on import agreement_on
from forthright.rules.leniency import GivenLevel, markings_of, study_leniency
from forthright.rules.leniency_model import fit_leniency
from forthright.rules.rubric import Level

MARKERS, LETTERS, GOLD_EVERY = 2_000, 50_000, 50
CRITERIA = 12
GOAL_S = 10
# A round of many letters as its page works it out: by criterion, with every interval.
ROUND_MARKERS, ROUND_LETTERS, ROUND_GOAL_S = 12, 40, 1
LEVELS = (Level.NOT_MET, Level.PARTIALLY, Level.FULLY)


def measure(*, quick: bool) -> list[Figure]:
    """Time the whole study where a mark is one criterion, and where it is one marked letter."""
    markers = 200 if quick else MARKERS
    letters = 5_000 if quick else LETTERS
    by_criterion = levels_of(markers, letters // CRITERIA, CRITERIA)
    by_letter = levels_of(markers, letters, 1)
    every = levels_of(markers, letters, CRITERIA)
    markings = markings_of(by_letter)
    times = 1 if quick else 3
    return [
        _figure(
            f"{len(by_criterion):,} marks of {CRITERIA} criteria", markers, by_criterion, times
        ),
        _figure(f"{len(by_letter):,} marked letters", markers, by_letter, times),
        Figure(
            f"the model alone, {len(markings):,} marked letters",
            median_seconds(lambda: fit_leniency(markings), times=times),
            "s",
        ),
        Figure(
            f"{markers:,} markers, {len(every):,} marks of as many letters, each of {CRITERIA} "
            "criteria",
            seconds_of(lambda: study_leniency(every)),
            "s",
        ),
        _agreement(times=times),
    ]


def _agreement(*, times: int) -> Figure:
    chance = Random(20261126)
    marks = [
        [chance.choices(LEVELS, [1, 3, 6], k=ROUND_MARKERS) for _ in range(ROUND_LETTERS)]
        for _ in range(CRITERIA)
    ]
    taken = median_seconds(
        lambda: [agreement_on(each, may_not_apply=False, seed=2026) for each in marks],
        times=times,
    )
    return Figure(
        f"agreement of {ROUND_MARKERS} markers on {ROUND_LETTERS} letters, {CRITERIA} criteria",
        taken, "s", goal=f"under {ROUND_GOAL_S} s", is_met=taken < ROUND_GOAL_S,
    )  # fmt: skip


def _figure(name: str, markers: int, levels: list[GivenLevel], times: int) -> Figure:
    taken = median_seconds(lambda: study_leniency(levels), times=times)
    return Figure(
        f"leniency of {markers:,} markers, {name}", taken, "s",
        goal=f"under {GOAL_S} s", is_met=taken < GOAL_S,
    )  # fmt: skip


def levels_of(markers: int, letters: int, criteria: int) -> list[GivenLevel]:
    """Return marks of letters that two markers marked each, one in fifty a gold letter."""
    chance = Random(20261126)
    lenient = [chance.gauss(0, 0.3) for _ in range(markers)]
    found = []
    for letter in range(letters):
        who: list[int | None] = [*chance.sample(range(markers), 2)]
        if letter % GOLD_EVERY == 0:
            who[1] = None
        worth = chance.gauss(0, 0.5)
        for marker in who:
            own = worth + (0 if marker is None else lenient[marker])
            for number in range(criteria):
                seen = own + chance.gauss(0, 0.6)
                level = LEVELS[(seen > -1) + (seen > 0)]
                found.append(GivenLevel(marker, letter, f"A{number}", level))
    return found
