"""The control charts of disclosure: monthly shares, their limits, and what may be said of them.

A month with fewer than ten, or of fewer than ten cases, stands in the table and is not drawn; where
a case has more than one, the interval of the month goes by case (rules/by_case.py). A month that
is not over is not counted at all. Nothing is called better or worse before there are twelve drawn
months.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules.by_case import by_case
from forthright.rules.charts import Point, Segment, Signal, chart
from forthright.rules.disclosure_compliance import RULES, Month
from forthright.rules.figures import NO_CHANGE, Better, Interval, Proportion
from forthright.rules.words import count_words, percent_words

FEWEST_FOR_A_CHART = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One share followed month by month; `figure` is what it is called among the month's."""

    figure: str
    title: str
    better: Better
    # What is counted, as in "duties due".
    noun: str
    plural: str
    which: str


MEASURES = (
    Measure(figure="q2", title="Initial disclosure given by its day", better=Better.UP,
            noun="duty", plural="duties", which="due in each month"),
    Measure(figure="q1", title="Given with every item endorsed, whatever the day",
            better=Better.UP, noun="duty", plural="duties", which="due in each month"),
    Measure(figure="q4", title="Court told on the same day", better=Better.UP,
            noun="duty", plural="duties", which="due in each month and served"),
    Measure(figure="returned_0", title="Deliveries returned to the police", better=Better.DOWN,
            noun="delivery", plural="deliveries", which="of schedules decided on in each month"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """So many of so many in one month.

    `shared` has so many met of so many for each case that may have more than one.
    """

    month: Month
    count: int
    n: int
    shared: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthValue:
    """One month on a chart; no value where there are too few for a share."""

    month: Month
    count: int
    n: int
    words: str
    value: float | None = None
    interval: Interval | None = None
    meaning: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyTrend:
    """A measure over its months; without limits where there are too few months to draw."""

    measure: Measure
    values: tuple[MonthValue, ...]
    sentence: str
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    made_of: str = ""
    rules: str = RULES

    @property
    def population(self) -> str:
        """Say what its values are counted from."""
        return f"{self.measure.plural} {self.measure.which}"


def monthly_trend(measure: Measure, months: Sequence[MonthCount]) -> MonthlyTrend:
    """Return a measure over some months, the oldest first, and what it shows."""
    values = [_value(measure, each) for each in months]
    held = [each for each in values if each.value is not None]
    if len(held) < FEWEST_FOR_A_CHART:
        few = (
            f"There are too few months with {measure.plural} of ten or more cases for a chart, so "
            "no change over time is claimed."
        )
        return MonthlyTrend(measure=measure, values=tuple(values), sentence=few)
    drawn = chart(
        [Point(str(each.month), each.value or 0.0) for each in held], better=measure.better
    ).segments[0]
    signals = {point.label: point.signal for point in drawn.points}
    counted = count_words(sum(each.n for each in held), measure.noun, measure.plural)
    return MonthlyTrend(
        measure=measure,
        values=tuple(_with_signal(each, signals.get(str(each.month))) for each in values),
        sentence=_sentence(measure, values, held, drawn),
        mean=drawn.limits.mean, lower=drawn.limits.lower, upper=drawn.limits.upper,
        made_of=f"{count_words(len(held), 'month')}, {counted}",
    )  # fmt: skip


def _value(measure: Measure, counted: MonthCount) -> MonthValue:
    counts = Proportion(counted.count, counted.n)
    share = by_case(counts, Counter(counted.shared), things=measure.plural)
    is_enough = share.is_enough if share else counts.is_enough
    interval = share.interval() if share else counts.wilson()
    return MonthValue(
        month=counted.month, count=counted.count, n=counted.n,
        words=share.words() if share else counts.words(),
        value=counts.rate if is_enough else None,
        interval=interval if is_enough else None,
    )  # fmt: skip


def _with_signal(value: MonthValue, signal: Signal | None) -> MonthValue:
    """Return a month with its signal; under trial limits there is none yet."""
    if signal is None or not signal.is_firm:
        return value
    return MonthValue(
        month=value.month, count=value.count, n=value.n, words=value.words, value=value.value,
        interval=value.interval, meaning=str(signal.meaning), why=signal.words,
    )  # fmt: skip


def _sentence(
    measure: Measure, values: Sequence[MonthValue], held: Sequence[MonthValue], drawn: Segment
) -> str:
    newest = drawn.points[-1].signal if values[-1].value is not None else None
    change = newest.change if newest else NO_CHANGE
    why = f" ({newest.words})" if newest and newest.is_firm else ""
    lead = (
        f"{measure.title}: {change} over {count_words(len(held), 'month')}{why}; on average "
        f"{percent_words(drawn.limits.mean)}, each month counting the same."
    )
    said = [lead, drawn.words]
    if few := len(values) - len(held):
        said.append(
            f"{count_words(few, 'month')} with {measure.plural} of fewer than ten cases "
            f"{'is' if few == 1 else 'are'} in the table and not on the chart."
        )
    return " ".join(said)
