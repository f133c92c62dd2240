"""Control charts (XmR) by the rules of NHS England's Making Data Count.

Limits are the mean plus and minus 2.66 times the mean moving range; "near" a limit
is beyond two thirds of that. Optionally, moving ranges of 3.267 times their mean or
more are set aside and the limits worked out again; the mean itself keeps every point.

A point is a signal, by the first of these that fits:

1. outside a limit;
2. part of 7 points in a row that each rise, or each fall (a tie breaks the run);
3. near a limit, where 2 of 3 points in a row are near it and all 3 lie on the same
   side of the mean (a point outside a limit is not also near it);
4. part of 7 points in a row on the same side of the mean.

Whether a signal is good follows its direction: for a trend the way it runs, for the
others the side it lies on.

Fewer than 12 points give trial limits: they are drawn, but nothing is called better or
worse by them. Twelve points are enough. A new segment starts at every labelled change,
such as a new version of the standard, and no rule looks across its edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from forthright.rules.figures import Better

LIMIT = 2.66
NEAR_LIMIT = 2 * LIMIT / 3
SCREEN = 3.267
RUN = 7
ENOUGH_POINTS = 12
ROUNDING = 1e-9


class LockTooEarly(ValueError):
    """The limits are to be fixed after fewer points than make them firm."""


class SignalKind(StrEnum):
    """What made a point stand out, in order of precedence."""

    OUTSIDE = "OUTSIDE"
    TREND = "TREND"
    TWO_OF_THREE = "TWO_OF_THREE"
    ONE_SIDE = "ONE_SIDE"


class Meaning(StrEnum):
    IMPROVEMENT = "IMPROVEMENT"
    CONCERN = "CONCERN"
    NEUTRAL = "NEUTRAL"


class Assurance(StrEnum):
    """Whether the process, as it runs, will meet a target."""

    PASSES = "PASSES"
    FAILS = "FAILS"
    VARIES = "VARIES"

    @property
    def words(self) -> str:
        """Say what to expect against the target."""
        return {
            Assurance.PASSES: "As things stand, the target will be met.",
            Assurance.FAILS: "The target will not be met unless something changes.",
            Assurance.VARIES: "As things stand, the target will be met only some of the time.",
        }[self]


@dataclass(frozen=True, slots=True)
class Point:
    """One value; a change of segment, such as the standard's version, starts new limits."""

    label: str
    value: float
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Why a point stands out, and what that means for this measure."""

    kind: SignalKind
    is_high: bool
    meaning: Meaning
    is_firm: bool

    @property
    def words(self) -> str:
        """Say the reason plainly."""
        side = "above" if self.is_high else "below"
        return {
            SignalKind.OUTSIDE: f"{side} the {'upper' if self.is_high else 'lower'} limit",
            SignalKind.TREND: f"part of {RUN} in a row {'rising' if self.is_high else 'falling'}",
            SignalKind.TWO_OF_THREE: f"2 of 3 in a row near the limit {side} the average",
            SignalKind.ONE_SIDE: f"part of {RUN} in a row {side} the average",
        }[self.kind]

    @property
    def change(self) -> str:
        """Say "improved" or "worsened", "higher" or "lower"; trial limits never do."""
        if not self.is_firm:
            return "no change shown"
        return {
            Meaning.IMPROVEMENT: "improved",
            Meaning.CONCERN: "worsened",
            Meaning.NEUTRAL: "higher" if self.is_high else "lower",
        }[self.meaning]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    label: str
    value: float
    signal: Signal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of points under one set of limits."""

    name: str
    limits: Limits
    points: tuple[ChartPoint, ...]
    is_trial: bool

    @property
    def words(self) -> str:
        """Say how firm the limits are."""
        if self.is_trial:
            return (
                f"Trial limits: {len(self.points)} of the {ENOUGH_POINTS} points needed. "
                "Nothing is called better or worse yet."
            )
        return f"Limits from {len(self.points)} points."


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    segments: tuple[Segment, ...]
    better: Better
    target: float | None
    assurance: Assurance | None

    @property
    def points(self) -> tuple[ChartPoint, ...]:
        """Return every point, oldest first."""
        return tuple(point for segment in self.segments for point in segment.points)

    @property
    def latest_signal(self) -> Signal | None:
        """Return the signal on the newest point, if there is one."""
        return self.segments[-1].points[-1].signal if self.segments else None

    @property
    def is_trial(self) -> bool:
        """Say whether the newest limits are still on trial."""
        return not self.segments or self.segments[-1].is_trial


def chart(
    points: Sequence[Point],
    *,
    better: Better,
    target: float | None = None,
    screen_outliers: bool = True,
    fix_after: int | None = None,
) -> Chart:
    """Return the chart of a measure: limits, signals and assurance, segment by segment.

    :raises LockTooEarly: if limits are to be fixed after fewer than 12 points
    """
    if fix_after is not None and fix_after < ENOUGH_POINTS:
        raise LockTooEarly(
            f"Limits cannot be fixed after {fix_after} points: {ENOUGH_POINTS} are needed. "
            "Wait until there are more, or leave them unfixed."
        )
    segments = tuple(
        _segment(members, better, screen_outliers, fix_after) for members in _split(points)
    )
    assurance = assurance_of(segments[-1].limits, target, better) if segments else None
    return Chart(segments=segments, better=better, target=target, assurance=assurance)


def limits_of(values: Sequence[float], *, screen_outliers: bool = True) -> Limits:
    """Return the mean and the limits of some values."""
    mean = sum(values) / len(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    moving = _mean(ranges)
    if screen_outliers:
        # Where nearly every range is nought, setting the others aside would leave limits of no
        # width, and every point would look like a signal.
        moving = _mean([each for each in ranges if each < SCREEN * moving]) or moving
    return Limits(
        mean=mean,
        lower=mean - LIMIT * moving,
        upper=mean + LIMIT * moving,
        near_lower=mean - NEAR_LIMIT * moving,
        near_upper=mean + NEAR_LIMIT * moving,
    )


def assurance_of(limits: Limits, target: float | None, better: Better) -> Assurance | None:
    """Say whether the limits lie wholly on one side of a target."""
    if target is None or better is Better.NEITHER:
        return None
    if limits.lower <= target <= limits.upper:
        return Assurance.VARIES
    is_target_above = target > limits.upper
    return Assurance.FAILS if is_target_above is (better is Better.UP) else Assurance.PASSES


def sides(values: Sequence[float], middle: float) -> list[int]:
    """Return 1, 0 or -1 for each value above, on or below the middle."""
    return [_way(value - middle) for value in values]


def ends_of_one_side(side: Sequence[int]) -> list[int]:
    """Mark each point that ends 7 in a row on one side of the mean: 1 above, -1 below."""
    return [_agree(side[place - RUN + 1 : place + 1], RUN) for place in range(len(side))]


def ends_of_trend(values: Sequence[float]) -> list[int]:
    """Mark each point that ends 7 in a row rising (1) or falling (-1)."""
    steps = [0, *sides([b - a for a, b in pairwise(values)], 0)]
    return [_agree(steps[place - RUN + 2 : place + 1], RUN - 1) for place in range(len(values))]


def part_of_run(ends: Sequence[int]) -> list[int]:
    """Spread the marks at the ends of runs over all 7 points of each run."""
    return [
        next((end for end in ends[place : place + RUN] if end), 0) for place in range(len(ends))
    ]


def two_of_three(near: Sequence[int], side: Sequence[int]) -> list[int]:
    """Mark the points of every 3 in a row with 2 near a limit and all on one side of the mean."""
    marks = [0] * len(near)
    for place in range(len(near) - 2):
        window = slice(place, place + 3)
        if sum(near[window]) >= 2 and _agree(side[window], 3):
            marks[window] = [1, 1, 1]
    return marks


def _split(points: Sequence[Point]) -> list[list[Point]]:
    segments: list[list[Point]] = []
    for point in points:
        if not segments or segments[-1][-1].segment != point.segment:
            segments.append([])
        segments[-1].append(point)
    return segments


def _segment(
    points: Sequence[Point], better: Better, screen_outliers: bool, fix_after: int | None
) -> Segment:
    values = [point.value for point in points]
    limits = limits_of(values[:fix_after], screen_outliers=screen_outliers)
    is_trial = len(points) < ENOUGH_POINTS
    kinds = _signals(values, limits)
    return Segment(
        name=points[0].segment,
        limits=limits,
        is_trial=is_trial,
        points=tuple(
            ChartPoint(
                label=point.label,
                value=point.value,
                signal=Signal(
                    kind=found[0],
                    is_high=found[1] > 0,
                    meaning=_meaning(found[1], better),
                    is_firm=not is_trial,
                )
                if found
                else None,
            )
            for point, found in zip(points, kinds, strict=True)
        ),
    )


def _signals(values: Sequence[float], limits: Limits) -> list[tuple[SignalKind, int] | None]:
    """Return for each point the first rule that fits and its direction."""
    side = sides(values, limits.mean)
    outside = [_beyond(value, limits.lower, limits.upper) for value in values]
    near = [
        int(not out and _beyond(value, limits.near_lower, limits.near_upper) != 0)
        for value, out in zip(values, outside, strict=True)
    ]
    pairs = two_of_three(near, side)
    found = {
        SignalKind.OUTSIDE: outside,
        SignalKind.TREND: part_of_run(ends_of_trend(values)),
        SignalKind.TWO_OF_THREE: [
            way if pair and close else 0 for way, pair, close in zip(side, pairs, near, strict=True)
        ],
        SignalKind.ONE_SIDE: part_of_run(ends_of_one_side(side)),
    }
    return [
        next(((kind, ways[place]) for kind, ways in found.items() if ways[place]), None)
        for place in range(len(values))
    ]


def _way(difference: float) -> int:
    """Return 1, 0 or -1; a difference that is only rounding counts as none."""
    return 0 if abs(difference) < ROUNDING else 1 if difference > 0 else -1


def _beyond(value: float, lower: float, upper: float) -> int:
    return max(_way(value - upper), 0) + min(_way(value - lower), 0)


def _meaning(way: int, better: Better) -> Meaning:
    if better is Better.NEITHER:
        return Meaning.NEUTRAL
    return Meaning.IMPROVEMENT if (way > 0) is (better is Better.UP) else Meaning.CONCERN


def _agree(marks: Sequence[int], number: int) -> int:
    """Return the mark all share, or 0 when they differ or are too few."""
    return marks[0] if len(marks) == number and len(set(marks)) == 1 else 0


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
