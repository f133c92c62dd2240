"""How far the panel's marks lie from line managers', drawn to both sides of a middle line."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from forthright.rules.panel_against import MOST, PanelLine
from forthright.rules.words import count_words
from forthright.web.charts.drawing import (
    BRAND,
    INK,
    OTHER,
    PALE,
    QUIET,
    SIZE,
    WIDTH,
    Pen,
    Scale,
    wrapped,
)

LINE, BAR, ROOM = SIZE + 4, 14, 22
TITLE = "The panel less the line manager, in levels, by criterion"
SCALE = Scale(-MOST, MOST, 10, WIDTH - 10)


def against_chart(lines: Sequence[PanelLine]) -> SafeString:
    """Return a bar for the mean of each criterion, to the left where the panel was stricter.

    Each has its interval as a line beneath it, and below that in words what it is, so that neither
    colour nor side alone tells anything.
    """
    labels = [wrapped(f"{each.code} {each.criterion.title}") for each in lines]
    height = LINE + 6 + sum((len(label) + 1) * LINE + BAR + ROOM for label in labels)
    pen = Pen(
        name="against", title=TITLE, height=height,
        described=f"{count_words(len(lines), 'bar')}. The table gives every value.",
    )  # fmt: skip
    pen.words("← panel stricter", (SCALE.start, SIZE), colour=QUIET)
    pen.words("panel milder →", (SCALE.end, SIZE), colour=QUIET, anchor="end")
    down = float(LINE)
    for line, label in zip(lines, labels, strict=True):
        for text in label:
            down += LINE
            pen.words(text, (0, down), bold=True)
        _draw_line(pen, line, down + 6)
        down += BAR + LINE + ROOM
    return pen.svg()


def _draw_line(pen: Pen, line: PanelLine, top: float) -> None:
    middle, half = SCALE.place(0), top + BAR / 2
    pen.line((SCALE.start, half), (SCALE.end, half), colour=PALE)
    if line.mean is not None:
        end = SCALE.place(line.mean)
        colour = BRAND if line.mean < 0 else OTHER
        pen.box((min(middle, end), top), (abs(end - middle), BAR), colour=colour)
    if line.low is not None and line.high is not None:
        low, high, below = SCALE.place(line.low), SCALE.place(line.high), top + BAR + 5
        pen.line((low, below), (high, below), width=2)
        for end in (low, high):
            pen.line((end, below - 3), (end, below + 3), width=2)
    pen.line((middle, top - 3), (middle, top + BAR + 3), colour=INK, width=2)
    said = f"{line.mean_words}, {count_words(line.n, 'letter')}"
    pen.words(said, (0, top + BAR + LINE + 6), colour=INK)
