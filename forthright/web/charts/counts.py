"""Counts side by side as bars, and shares as dots with the interval they may lie in."""

from collections.abc import Sequence

from forthright.rules.figures import Proportion
from forthright.rules.words import percent_words
from forthright.web.charts.drawing import (
    BRAND,
    INK,
    PALE,
    QUIET,
    SIZE,
    WIDTH,
    Chart,
    Pen,
    Scale,
    wrapped,
)
from forthright.web.tables import Cell, Column, table

LINE = SIZE + 4
BAR, ROOM = 16, 14


def bar_chart(
    bars: Sequence[tuple[str, int, int]], *, name: str, caption: str, sentence: str,
    addresses: Sequence[str] = (),
) -> Chart:  # fmt: skip
    """Return counts as bars with their table.

    Each bar is its label, its count and the number it is out of; `addresses` lead to the records
    of each.
    """
    lines = [wrapped(label) for label, *_ in bars]
    height = sum(len(label) * LINE + BAR + ROOM for label in lines) + 6
    most = max((count for _, count, _ in bars), default=0)
    described = f"{sentence} {len(bars)} bars, the longest {most:,}. The table gives every value."
    pen = Pen(name=name, title=caption, described=described, height=max(height, LINE))
    along = Scale(0, max(most, 1), 0, WIDTH - 100)
    down = 0.0
    for (_, count, of), label in zip(bars, lines, strict=True):
        for text in label:
            down += LINE
            pen.words(text, (0, down))
        pen.box((0, down + 6), (along.place(count), BAR), colour=BRAND)
        pen.words(say_of(count, of), (along.place(count) + 8, down + 6 + BAR - 3), bold=True)
        down += BAR + ROOM
    rows: list[list[object]] = [
        [label, Cell(say_of(count, of), address)]
        for (label, count, of), address in zip(bars, padded(addresses, len(bars)), strict=True)
    ]
    columns: list[str | Column] = ["What", Column("Count", is_number=True)]
    return Chart(pen.svg(), caption, sentence, table(caption, columns, rows))


def interval_chart(
    shares: Sequence[tuple[str, Proportion]], *, name: str, caption: str, sentence: str,
    target: float | None = None, addresses: Sequence[str] = (),
) -> Chart:  # fmt: skip
    """Return shares as dots with 95% intervals; below ten only the counts are said."""
    lines = [wrapped(label) for label, _ in shares]
    foot = sum(len(label) * LINE + BAR + ROOM for label in lines) + 8.0
    aim = f" Target {percent_words(target)}." if target is not None else ""
    described = f"{sentence} {len(shares)} shares, each with its 95% interval.{aim}"
    pen = Pen(
        name=name, title=caption, described=f"{described} The table gives every value.",
        height=foot + LINE * (2 if target is not None else 1) + 8,
    )  # fmt: skip
    along = Scale(0, 1, 8, WIDTH - 24)
    draw_shares_axis(pen, along, foot, target)
    down = 0.0
    for (_, share), label in zip(shares, lines, strict=True):
        for text in label:
            down += LINE
            pen.words(text, (0, down))
        draw_share(pen, along, down + 6 + BAR / 2, share)
        down += BAR + ROOM
    rows: list[list[object]] = [
        [label, Cell(share.count_words, address), rate_words(share), interval_words(share)]
        for (label, share), address in zip(shares, padded(addresses, len(shares)), strict=True)
    ]
    numbers = [Column(words, is_number=True) for words in ("Count", "Share", "95% interval")]
    return Chart(pen.svg(), caption, sentence, table(caption, ["What", *numbers], rows))


def draw_shares_axis(pen: Pen, along: Scale, foot: float, target: float | None) -> None:
    """Draw the scale from 0% to 100%, and the target."""
    for hundredths in (0, 25, 50, 75, 100):
        place = along.place(hundredths / 100)
        pen.line((place, 4), (place, foot), colour=PALE)
        anchor = {0: "start", 100: "end"}.get(hundredths, "middle")
        at = (place - 8 if anchor == "start" else place, foot + LINE)
        pen.words(f"{hundredths}%", at, colour=QUIET, anchor=anchor)
    if target is not None:
        place = along.place(target)
        pen.line((place, 4), (place, foot + LINE + 6), colour=INK, width=2, dashes="2 4")
        anchor = "end" if target > 0.6 else "start"
        pen.words(f"Target {percent_words(target)}", (place, foot + 2 * LINE + 2), anchor=anchor)


def draw_share(pen: Pen, along: Scale, place: float, share: Proportion) -> None:
    """Draw one dot with its whiskers, or say that there are too few."""
    if share.rate is None or not share.is_enough:
        words = f"Too few to say: {share.count_words}" if share.n else "None to count"
        pen.words(words, (along.start, place + 5), colour=QUIET)
        return
    interval = share.wilson()
    low, high = along.place(interval.low), along.place(interval.high)
    pen.line((low, place), (high, place), colour=BRAND, width=2)
    for end in (low, high):
        pen.line((end, place - 6), (end, place + 6), colour=BRAND, width=2)
    pen.mark("", (along.place(share.rate), place))


def say_of(count: int, of: int) -> str:
    """Return "12 of 40"."""
    return f"{count:,} of {of:,}"


def rate_words(share: Proportion) -> str:
    """Return the share as a percentage, where there are enough to give one."""
    if share.rate is None or not share.is_enough:
        return "Too few to say"
    return percent_words(share.rate)


def interval_words(share: Proportion) -> str:
    """Return the interval, where there are enough to give one."""
    return share.wilson().words if share.is_enough else "Too few to say"


def padded(addresses: Sequence[str], length: int) -> list[str]:
    """Return as many addresses as there are rows, empty where none was given."""
    return [*addresses, *[""] * (length - len(addresses))]
