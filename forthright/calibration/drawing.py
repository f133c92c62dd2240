"""The spread of a round's marks, drawn on the server with a table that says the same."""

from collections import Counter
from collections.abc import Mapping, Sequence

from forthright.rules.rubric import Criterion, Level
from forthright.rules.words import list_words
from forthright.web.charts.drawing import (
    BAD,
    BRAND,
    GOOD,
    INK,
    QUIET,
    SIZE,
    WIDTH,
    Chart,
    Pen,
    wrapped,
)
from forthright.web.tables import Column, table

ORDER = (
    (Level.FULLY, "fully met", GOOD),
    (Level.PARTIALLY, "partly met", BRAND),
    (Level.NOT_MET, "not met", BAD),
    (Level.NOT_APPLICABLE, "does not apply", QUIET),
)
LINE, BAR, ROOM = SIZE + 4, 16, 14
CAPTION = "How the marks are spread, by criterion"


def spread_chart(
    criteria: Sequence[Criterion], marks: Mapping[int, Mapping[str, Mapping[int, Level]]]
) -> Chart:
    """Return how many marks of a round gave each level of each criterion."""
    counts = {
        each.code: Counter(
            level for letter in marks.values() for level in letter.get(each.code, {}).values()
        )
        for each in criteria
    }
    split = [each.code for each in criteria if len(counts[each.code]) > 1]
    sentence = (
        f"More than one level was given on {list_words(split)}."
        if split
        else "On every criterion all marks were the same."
    )
    labels = [wrapped(f"{each.code} {each.title}") for each in criteria]
    height = sum((len(label) + 1) * LINE + BAR + ROOM for label in labels) + 6
    pen = Pen(
        name="spread", title=CAPTION, height=height,
        described=f"{sentence} {len(criteria)} bars. The table gives every value.",
    )  # fmt: skip
    most = max((sum(each.values()) for each in counts.values()), default=1) or 1
    down = 0.0
    for criterion, label in zip(criteria, labels, strict=True):
        for text in label:
            down += LINE
            pen.words(text, (0, down), bold=True)
        _draw_bar(pen, counts[criterion.code], down + 6, most)
        down += BAR + LINE + ROOM
    rows: list[list[object]] = [
        [
            f"{each.code} {each.title}",
            *(f"{counts[each.code][level]:,}" for level, _, _ in ORDER),
            f"{sum(counts[each.code].values()):,}",
        ]
        for each in criteria
    ]
    heads = [*(words.capitalize() for _, words, _ in ORDER), "Marks"]
    columns: list[str | Column] = ["Criterion", *(Column(each, is_number=True) for each in heads)]
    return Chart(pen.svg(), CAPTION, sentence, table(CAPTION, columns, rows))


def _draw_bar(pen: Pen, given: Mapping[Level, int], top: float, most: int) -> None:
    """Draw one bar of parts, and below it what they are, so that colour alone tells nothing."""
    along = 0.0
    for level, _, colour in ORDER:
        width = given[level] / most * WIDTH
        if width:
            pen.box((along, top), (max(width - 2, 1), BAR), colour=colour)
        along += width
    said = [f"{given[level]} {words}" for level, words, _ in ORDER if given[level]]
    pen.words(", ".join(said) or "no marks", (0, top + BAR + LINE - 2), colour=INK)
