"""A control chart: values over time with their average, limits, target and signals."""

from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules import charts as rules
from forthright.rules.words import percent_words
from forthright.web.charts.drawing import (
    BRAND,
    INK,
    OTHER,
    PALE,
    QUIET,
    SIZE,
    WIDTH,
    Chart,
    Pen,
    Scale,
    apart,
    round_steps,
)
from forthright.web.tables import Column, Table, table

HEIGHT = 300
LEFT, RIGHT, TOP, FOOT = 48, 106, 34, 226
LEGEND = {
    "IMPROVEMENT": "Better than usual",
    "CONCERN": "Worse than usual",
    "NEUTRAL": "Unusual",
}
MEANINGS = {"IMPROVEMENT": "Improvement", "CONCERN": "Concern", "NEUTRAL": "Unusual"}


@dataclass(frozen=True)
class ControlPoint:
    """One value; `meaning` is empty unless it is a signal, and `why` says what made it one."""

    label: str
    value: float
    meaning: str = ""
    why: str = ""

    @property
    def signal_words(self) -> str:
        """Return what the table says of the point."""
        if not self.meaning:
            return "None"
        return f"{MEANINGS[self.meaning]}: {self.why}" if self.why else MEANINGS[self.meaning]


@dataclass(frozen=True)
class ControlSegment:
    """Points under one set of limits; `name` says why the limits were set anew."""

    mean: float
    lower: float
    upper: float
    points: tuple[ControlPoint, ...]
    name: str = ""


def segments_of(chart: rules.Chart) -> list[ControlSegment]:
    """Return the segments of a chart of the rules; signals under trial limits are left out."""
    return [
        ControlSegment(
            mean=segment.limits.mean,
            lower=segment.limits.lower,
            upper=segment.limits.upper,
            name=segment.name,
            points=tuple(
                ControlPoint(p.label, p.value, str(p.signal.meaning), p.signal.words)
                if p.signal and p.signal.is_firm
                else ControlPoint(p.label, p.value)
                for p in segment.points
            ),
        )
        for segment in chart.segments
    ]


def control_chart(
    segments: Sequence[ControlSegment], *, name: str, caption: str, sentence: str,
    unit: str = "", target: float | None = None,
) -> Chart:  # fmt: skip
    """Return a control chart with its table.

    `name` begins the ids and must be the only one on the page. `unit` is "share" for values
    from 0 to 1, which are shown as percentages, or the noun of what is counted.
    """
    board = Board(segments, unit=unit, target=target)
    pen = Pen(name=name, title=caption, described=f"{sentence} {board.words}", height=HEIGHT)
    board.draw(pen)
    return Chart(svg=pen.svg(), caption=caption, sentence=sentence, table=table_of(board, caption))


class Board:
    """Where everything stands on one control chart."""

    def __init__(
        self, segments: Sequence[ControlSegment], *, unit: str, target: float | None
    ) -> None:
        """Lay out the scales."""
        self.segments = [segment for segment in segments if segment.points]
        self.unit, self.target = unit, target
        self.points = [point for segment in self.segments for point in segment.points]
        values = [point.value for point in self.points] or [0.0]
        ends = [end for s in self.segments for end in (s.lower, s.upper)]
        low = min([*values, *ends, *self.targets])
        high = max([*values, *ends, *self.targets])
        # Nothing counted here can fall below nought, nor a share rise above the whole.
        low = max(low, 0.0) if min(values) >= 0 else low
        high = min(high, 1.0) if unit == "share" else high
        self.steps = round_steps(low, high)
        self.down = Scale(self.steps[0], self.steps[-1], FOOT, TOP)
        self.along = Scale(0, max(len(self.points) - 1, 1), LEFT + 8, WIDTH - RIGHT - 8)

    @property
    def targets(self) -> list[float]:
        """Return the target, if there is one."""
        return [] if self.target is None else [self.target]

    def say(self, value: float) -> str:
        """Return a value as the chart writes it."""
        if self.unit == "share":
            return percent_words(value)
        return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"

    def limit(self, value: float) -> str:
        """Return a limit, or that there is none within what can happen."""
        if value < 0:
            return "none above 0"
        if self.unit == "share" and value > 1:
            return "none below 100%"
        return self.say(value)

    @property
    def words(self) -> str:
        """Say what the drawing shows, for one who cannot see it."""
        if not self.points:
            return "There are no values to show."
        last = self.segments[-1]
        signals = sum(1 for point in self.points if point.meaning)
        said = [
            f"{len(self.points)} values from {self.points[0].label} to {self.points[-1].label}.",
            f"Average {self.say(last.mean)}, lower limit {self.limit(last.lower)},",
            f"upper limit {self.limit(last.upper)}.",
            f"{signals or 'No'} {'value is a signal' if signals == 1 else 'values are signals'}.",
        ]
        if self.target is not None:
            said.append(f"Target {self.say(self.target)}.")
        return " ".join(said) + " The table gives every value."

    def draw(self, pen: Pen) -> None:
        """Draw the chart."""
        self.draw_axes(pen)
        start = 0
        for position, segment in enumerate(self.segments):
            self.draw_segment(pen, segment, start, is_new=position > 0)
            start += len(segment.points)
        self.draw_names(pen)
        self.draw_legend(pen)

    def draw_axes(self, pen: Pen) -> None:
        """Draw the scale at the left and the first and last labels beneath."""
        for step in self.steps:
            place = self.down.place(step)
            pen.line((LEFT, place), (WIDTH - RIGHT, place), colour=PALE)
            label = f"{step:.0%}" if self.unit == "share" else f"{step:,g}"
            pen.words(label, (LEFT - 6, place + 5), colour=QUIET, anchor="end")
        if self.points:
            pen.words(self.points[0].label, (LEFT, FOOT + 22), colour=QUIET)
        if len(self.points) > 1:
            pen.words(self.points[-1].label, (WIDTH - RIGHT, FOOT + 22), colour=QUIET, anchor="end")

    def draw_segment(self, pen: Pen, segment: ControlSegment, start: int, *, is_new: bool) -> None:
        """Draw the limits, the line and the marks of one segment."""
        places = [
            (self.along.place(start + index), self.down.place(point.value))
            for index, point in enumerate(segment.points)
        ]
        left, right = places[0][0] - 6, places[-1][0] + 6
        if is_new:
            pen.line((left, TOP - 4), (left, FOOT), colour=OTHER, dashes="2 3")
            from_the_right = left > WIDTH / 2
            at = (left - 4 if from_the_right else left + 4, TOP - 12)
            words = segment.name or "New limits"
            pen.words(words, at, colour=OTHER, anchor="end" if from_the_right else "start")
        levels = [(segment.mean, ""), (segment.lower, "7 4"), (segment.upper, "7 4")]
        for value, dashes in levels:
            if self.down.holds(value):
                place = self.down.place(value)
                pen.line((left, place), (right, place), colour=BRAND, width=1.5, dashes=dashes)
        pen.path(places, colour=QUIET)
        for point, place_of_point in zip(segment.points, places, strict=True):
            pen.mark(point.meaning, place_of_point)

    def draw_names(self, pen: Pen) -> None:
        """Name the lines at the right: average, limits, target."""
        if not self.segments:
            return
        last = self.segments[-1]
        names = [("Upper limit", last.upper, BRAND), ("Average", last.mean, BRAND),
                 ("Lower limit", last.lower, BRAND)]  # fmt: skip
        if self.target is not None:
            place = self.down.place(self.target)
            pen.line((LEFT, place), (WIDTH - RIGHT, place), colour=INK, width=2, dashes="2 4")
            names.append((f"Target {self.say(self.target)}", self.target, INK))
        shown = [name for name in names if self.down.holds(name[1])]
        places = apart([self.down.place(value) for _, value, _ in shown])
        for (words, _, colour), place in zip(shown, places, strict=True):
            pen.words(words, (WIDTH - RIGHT + 6, place + 5), colour=colour)

    def draw_legend(self, pen: Pen) -> None:
        """Say what each shape of mark means, for the shapes that occur."""
        across = float(LEFT)
        for meaning, words in LEGEND.items():
            if any(point.meaning == meaning for point in self.points):
                pen.mark(meaning, (across + 6, HEIGHT - 22))
                pen.words(words, (across + 20, HEIGHT - 17))
                across += 34 + len(words) * SIZE * 0.52


def table_of(board: Board, caption: str) -> Table:
    """Return every value with its limits and what it signals."""
    rows: list[list[object]] = [
        [
            point.label,
            board.say(point.value),
            board.say(segment.mean),
            board.limit(segment.lower),
            board.limit(segment.upper),
            point.signal_words,
        ]
        for segment in board.segments
        for point in segment.points
    ]
    numbers = ["Value", "Average", "Lower limit", "Upper limit"]
    return table(caption, ["When", *(Column(n, is_number=True) for n in numbers), "Signal"], rows)
