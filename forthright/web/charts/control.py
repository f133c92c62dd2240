"""A control chart: values over time with their average, limits and signals."""

from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules.words import percent_words
from forthright.web.charts.drawing import (
    BRAND,
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
from forthright.web.tables import Cell, Column, Table, table

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
    """One value; `meaning` is empty unless it is a signal, and `why` says what made it one.

    A value of None has too few behind it: it stands in the table and is not drawn. `of` is the
    count and what it is out of, `words` all that is said of a share, `interval` its interval;
    `address` leads to the records behind it.
    """

    label: str
    value: float | None
    meaning: str = ""
    why: str = ""
    of: str = ""
    words: str = ""
    interval: str = ""
    address: str = ""

    @property
    def signal_words(self) -> str:
        """Return what the table says of the point."""
        if not self.meaning:
            return "None"
        return f"{MEANINGS[self.meaning]}: {self.why}" if self.why else MEANINGS[self.meaning]


@dataclass(frozen=True)
class ControlSegment:
    """Points under one set of limits; `name` says why the limits were set anew.

    `made_of` says what the average is an average of. There is no average where no point is drawn.
    """

    mean: float | None
    lower: float | None
    upper: float | None
    points: tuple[ControlPoint, ...]
    name: str = ""
    made_of: str = ""

    @property
    def drawn(self) -> tuple[ControlPoint, ...]:
        """Return the points that have a value."""
        return tuple(point for point in self.points if point.value is not None)


def control_chart(
    segments: Sequence[ControlSegment], *, name: str, caption: str, sentence: str,
    counted: str = "",
) -> Chart:  # fmt: skip
    """Return a control chart of shares, from 0 to 1, with its table.

    `name` begins the ids and must be the only one on the page. `counted` says what the values
    are counted from and under which rules.
    """
    board = Board(segments)
    described = f"{sentence} {board.words} {counted}".strip()
    pen = Pen(name=name, title=caption, described=described, height=HEIGHT)
    board.draw(pen)
    return Chart(pen.svg(), caption, sentence, table_of(board, caption), note=counted)


class Board:
    """Where everything stands on one control chart."""

    def __init__(self, segments: Sequence[ControlSegment]) -> None:
        """Lay out the scales."""
        self.segments = [segment for segment in segments if segment.points]
        self.points = [point for segment in self.segments for point in segment.points]
        values = [each.value for each in self.points if each.value is not None] or [0.0]
        ends = [end for s in self.segments for end in (s.lower, s.upper) if end is not None]
        low = min([*values, *ends])
        high = max([*values, *ends])
        # Nothing counted here can fall below nought, nor a share rise above the whole.
        low = max(low, 0.0) if min(values) >= 0 else low
        high = min(high, 1.0)
        self.steps = round_steps(low, high)
        self.down = Scale(self.steps[0], self.steps[-1], FOOT, TOP)
        self.along = Scale(0, max(len(self.points) - 1, 1), LEFT + 8, WIDTH - RIGHT - 8)

    def say(self, value: float | None) -> str:
        """Return a value as the chart writes it."""
        return "None yet" if value is None else percent_words(value)

    def limit(self, value: float | None) -> str:
        """Return a limit, or that there is none within what can happen."""
        if value is not None and value < 0:
            return "none above 0"
        if value is not None and value > 1:
            return "none below 100%"
        return self.say(value)

    def average(self, segment: ControlSegment) -> str:
        """Return an average with what it is made of."""
        made_of = f" ({segment.made_of})" if segment.made_of and segment.mean is not None else ""
        return f"{self.say(segment.mean)}{made_of}"

    def point(self, point: ControlPoint) -> str:
        """Return a value with its n, as its mark is called."""
        said = point.words or ", ".join(filter(None, (self.say(point.value), point.of)))
        return f"{point.label}: {said}"

    @property
    def words(self) -> str:
        """Say what the drawing shows, for one who cannot see it."""
        if not self.points:
            return "There are no values to show."
        last = self.segments[-1]
        signals = sum(1 for point in self.points if point.meaning)
        said = [
            f"{len(self.points)} values from {self.points[0].label} to {self.points[-1].label}.",
            f"Average {self.average(last)}, lower limit {self.limit(last.lower)},",
            f"upper limit {self.limit(last.upper)}.",
            f"{signals or 'No'} {'value is a signal' if signals == 1 else 'values are signals'}.",
        ]
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
            pen.words(f"{step:.0%}", (LEFT - 6, place + 5), colour=QUIET, anchor="end")
        if self.points:
            pen.words(self.points[0].label, (LEFT, FOOT + 22), colour=QUIET)
        if len(self.points) > 1:
            pen.words(self.points[-1].label, (WIDTH - RIGHT, FOOT + 22), colour=QUIET, anchor="end")

    def draw_segment(self, pen: Pen, segment: ControlSegment, start: int, *, is_new: bool) -> None:
        """Draw the limits, the line and the marks of one segment."""
        first, last = (self.along.place(start + n) for n in (0, len(segment.points) - 1))
        if is_new:
            self.draw_break(pen, segment, first - 6)
        levels = [(segment.mean, ""), (segment.lower, "7 4"), (segment.upper, "7 4")]
        for value, dashes in levels:
            if value is not None and self.down.holds(value):
                place = self.down.place(value)
                ends = ((first - 6, place), (last + 6, place))
                pen.line(*ends, colour=BRAND, width=1.5, dashes=dashes)
        places = [
            (self.along.place(start + index), self.down.place(point.value))
            for index, point in enumerate(segment.points)
            if point.value is not None
        ]
        pen.path(places, colour=QUIET)
        for point, place_of_point in zip(segment.drawn, places, strict=True):
            pen.mark(point.meaning, place_of_point, title=self.point(point))

    def draw_break(self, pen: Pen, segment: ControlSegment, left: float) -> None:
        """Draw where limits start anew, and say why."""
        pen.line((left, TOP - 4), (left, FOOT), colour=OTHER, dashes="2 3")
        from_the_right = left > WIDTH / 2
        at = (left - 4 if from_the_right else left + 4, TOP - 12)
        words = segment.name or "New limits"
        pen.words(words, at, colour=OTHER, anchor="end" if from_the_right else "start")

    def draw_names(self, pen: Pen) -> None:
        """Name the lines at the right: average and limits."""
        if not self.segments:
            return
        last = self.segments[-1]
        names = [
            (words, value)
            for words, value in (
                ("Upper limit", last.upper), ("Average", last.mean), ("Lower limit", last.lower)
            )
            if value is not None
        ]  # fmt: skip
        shown = [name for name in names if self.down.holds(name[1])]
        places = apart([self.down.place(value) for _, value in shown])
        for (words, _), place in zip(shown, places, strict=True):
            pen.words(words, (WIDTH - RIGHT + 6, place + 5), colour=BRAND)

    def draw_legend(self, pen: Pen) -> None:
        """Say what each shape of mark means, for the shapes that occur."""
        across = float(LEFT)
        for meaning, words in LEGEND.items():
            if any(point.meaning == meaning for point in self.points):
                pen.mark(meaning, (across + 6, HEIGHT - 22))
                pen.words(words, (across + 20, HEIGHT - 17))
                across += 34 + len(words) * SIZE * 0.52


def table_of(board: Board, caption: str) -> Table:
    """Return every value with its n, its limits and what it signals."""
    rows: list[list[object]] = []
    for segment in board.segments:
        for point in segment.points:
            shown = "Too few to say" if point.value is None else board.say(point.value)
            interval = point.interval or "Too few to say"
            row: list[object] = [Cell(point.label, point.address), shown, point.of, interval]
            limits = [
                board.average(segment),
                board.limit(segment.lower),
                board.limit(segment.upper),
            ]
            rows.append([*row, *limits, point.signal_words])
    numbers = ["Value", "Count", "95% interval", "Average", "Lower limit", "Upper limit"]
    return table(caption, ["When", *(Column(n, is_number=True) for n in numbers), "Signal"], rows)
