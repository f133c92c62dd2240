"""The control charts of the report: weekly values, each with its n, and what may be said of them.

A share of a week with fewer than ten is told in the table and never drawn as a rate. A
week that is not over is not drawn at all. Where the rules by which letters are counted change,
the limits start anew, so that a new way of counting cannot pass for a change in the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from forthright.rules.by_case import by_case
from forthright.rules.charts import Point, Segment, Signal, chart
from forthright.rules.clustered import Clustered
from forthright.rules.figures import NO_CHANGE, Better, Proportion
from forthright.rules.weekly_report.facts import ReportFacts, WeekPoint
from forthright.rules.weekly_report.pieces import (
    ControlChart,
    ControlSegment,
    Section,
    WeekValue,
)
from forthright.rules.weeks import Week
from forthright.rules.words import count_words, date_words, percent_words

CHARTED_WEEKS = 26
FEWEST_FOR_A_CHART = 3
# Limits suppose weeks of about one size. From twice the smallest on, the chart says so.
UNEVEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCount:
    """So many of so many in one week; `rules` names the way of counting.

    `shared` says how many cases have so many met of so many, where what is counted, called
    `things`, shares cases.
    """

    week: Week
    count: int
    n: int
    rules: str
    shared: tuple[tuple[tuple[int, int], int], ...] = ()
    things: str = ""

    @property
    def by_case(self) -> Clustered | None:
        """Return it by case, or None where each is of a case of its own."""
        counts = Proportion(self.count, self.n)
        return by_case(counts, dict(self.shared), things=self.things) if self.shared else None

    @property
    def is_enough(self) -> bool:
        """Say whether it is enough for a share: of what shares cases, ten cases."""
        grouped = self.by_case
        return grouped.is_enough if grouped else Proportion(self.count, self.n).is_enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How a chart speaks of what it counts: "letters due"."""

    noun: str
    which: str
    # Said where the week of the report has none.
    none: str
    population: str
    # Whether several may be of one case, and are counted by case then.
    is_by_case: bool = False

    def words(self, number: int) -> str:
        """Say so many of them: "1,200 letters due"."""
        return f"{count_words(number, self.noun)} {self.which}"

    @property
    def too_few(self) -> str:
        """Say that there are too few weeks for a chart."""
        return (
            f"There are too few weeks with ten or more {self.noun}s {self.which}"
            f"{', of ten cases or more,' if self.is_by_case else ''} for a chart, so "
            "no change over time is claimed."
        )


LETTERS = Counted(
    noun="letter", which="due", none="No letter fell due in the week of this report",
    population="letters due in each week, not letters sent; each week counted at the same age",
)  # fmt: skip


def add_charts(section: Section, facts: ReportFacts, rules: str) -> None:
    """Add the charts of letters in time and of letters not sent, and say what they show."""
    weeks = [
        point for point in facts.history if point.due and (facts.is_over or point.week < facts.week)
    ]
    met = [_counted(point, point.met) for point in weeks]
    if not are_enough(met):
        section.sentences.append(LETTERS.too_few)
        return
    asides = _redated(facts)
    share, lead = Trend(
        "share-in-time", "Letters sent in time, share of those due", Better.UP, LETTERS, asides
    ).over(met, facts, rules)
    section.control_charts.append(share)
    # The rules of a control chart are for counts that vary; where most weeks have none, seven
    # noughts in a row would pass for an improvement.
    if sum(point.not_sent > 0 for point in weeks) * 2 > len(weeks):
        trend = Trend(
            "not-sent", "Letters not sent by the day of the report, share of those due",
            Better.DOWN, LETTERS, asides,
        )  # fmt: skip
        unsent = [_counted(point, point.not_sent) for point in weeks]
        section.control_charts.append(trend.over(unsent, facts, rules)[0])
    section.sentences.append(lead)


def are_enough(weeks: Sequence[WeekCount]) -> bool:
    """Say whether enough weeks have enough for a share to be drawn."""
    return sum(each.is_enough for each in weeks) >= FEWEST_FOR_A_CHART


def _counted(point: WeekPoint, count: int) -> WeekCount:
    return WeekCount(week=point.week, count=count, n=point.due, rules=point.rules)


def _value(counted: WeekCount) -> WeekValue:
    share, grouped = Proportion(counted.count, counted.n), counted.by_case
    interval = None
    if counted.is_enough:
        interval = grouped.interval() if grouped else share.wilson()
    return WeekValue(
        label=date_words(counted.week.monday), week=str(counted.week), count=counted.count,
        n=counted.n, words=grouped.words() if grouped else share.words(),
        cases=grouped.groups if grouped else None,
        value=share.rate if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure followed week by week; `asides` are said of its earlier weeks."""

    key: str
    title: str
    better: Better
    counted: Counted
    asides: Sequence[str] = ()

    def over(
        self, weeks: Sequence[WeekCount], facts: ReportFacts, rules: str
    ) -> tuple[ControlChart, str]:
        """Return the chart of these weeks, a segment for each way of counting, and its lead."""
        drawn: Segment | None = None
        segments = []
        for name, members in groupby(weeks, key=lambda each: each.rules):
            segment, drawn = self.segment(name, [_value(each) for each in members])
            segments.append(segment)
        sentences = self.sentences(segments, drawn, facts)
        chart = ControlChart(
            key=self.key, title=self.title, segments=tuple(segments),
            population=self.counted.population, rules=rules, noun=self.counted.noun,
            sentence=" ".join(sentences),
        )  # fmt: skip
        return chart, sentences[0]

    def segment(
        self, name: str, values: Sequence[WeekValue]
    ) -> tuple[ControlSegment, Segment | None]:
        """Return the weeks counted in one way, and the limits and signals of those drawn."""
        held = [value for value in values if value.value is not None]
        if not held:
            return ControlSegment(rules=name, values=tuple(values)), None
        points = [Point(value.label, value.value or 0.0) for value in held]
        drawn = chart(points, better=self.better).segments[0]
        signals = {point.label: point.signal for point in drawn.points}
        segment = ControlSegment(
            rules=name,
            values=tuple(_with_signal(value, signals.get(value.label)) for value in values),
            weeks=len(held), n=sum(value.n for value in held),
            mean=drawn.limits.mean, lower=drawn.limits.lower, upper=drawn.limits.upper,
        )  # fmt: skip
        return segment, drawn

    def sentences(
        self, segments: Sequence[ControlSegment], drawn: Segment | None, facts: ReportFacts
    ) -> list[str]:
        """Say whether the newest week is a signal, and what the chart is made of."""
        newest, values = segments[-1], [each for part in segments for each in part.values]
        held = sum(value.value is not None for value in values)
        why_not = self.why_not_on_it(values[-1], facts)
        signal = drawn.points[-1].signal if drawn and not why_not else None
        change = signal.change if signal else NO_CHANGE
        why = f" ({signal.words})" if signal and signal.is_firm else ""
        over = f"{self.title}: {change} over {count_words(held, 'week')}{why}"
        said = [f"{over}{self.average(newest)}."]
        said += [why_not] if why_not else []
        said += [drawn.words] if drawn else []
        if not why:
            said += _stood_out(values, facts)
        return [*said, *self.asides, *self.of_the_chart(segments, held)]

    def average(self, segment: ControlSegment) -> str:
        """Say the average with what it is made of."""
        if segment.mean is None:
            return ""
        mean = percent_words(segment.mean)
        return (
            f"; the average of {count_words(segment.weeks, 'week')}, each counting the same, is "
            f"{mean} ({self.counted.words(segment.n)})"
        )

    def why_not_on_it(self, newest: WeekValue, facts: ReportFacts) -> str:
        """Say why the week of the report is not the newest point, so that nothing is said of it."""
        if not facts.is_over:
            return "The week of this report is not over, so it is not on the chart."
        if newest.week != str(facts.week):
            return f"{self.counted.none}, so it is not on the chart."
        if newest.value is None:
            of = f" of {count_words(newest.cases, 'case')}" if newest.cases is not None else ""
            return (
                f"The week of this report had {self.counted.words(newest.n)}{of}, too few for a "
                "share, so it is not on the chart."
            )
        return ""

    def of_the_chart(self, segments: Sequence[ControlSegment], held: int) -> list[str]:
        """Say what a reader must know to judge the chart: breaks, gaps, weeks of uneven size."""
        values = [each for part in segments for each in part.values]
        noun, which = f"{self.counted.noun}s", self.counted.which
        said = []
        if len(segments) > 1:
            said.append(
                "Limits start anew where the way of counting changed: "
                f"{', then '.join(part.rules for part in segments)}."
            )
        if few := len(values) - held:
            said.append(
                f"{count_words(few, 'week')} with fewer than ten {noun} {which} "
                f"{'is' if few == 1 else 'are'} in the table and not on the chart."
            )
        sizes = [value.n for value in segments[-1].values if value.value is not None]
        if sizes and max(sizes) >= UNEVEN * min(sizes):
            said.append(
                f"Between {min(sizes):,} and {max(sizes):,} {noun} were {which} a week; a week "
                "with few swings further by chance."
            )
        return said


def _with_signal(value: WeekValue, signal: Signal | None) -> WeekValue:
    """Return a value with its signal; a signal under trial limits is no signal yet."""
    if signal is None or not signal.is_firm or value.value is None:
        return value
    return replace(value, meaning=str(signal.meaning), why=signal.words)


def _stood_out(values: Sequence[WeekValue], facts: ReportFacts) -> list[str]:
    earlier = sum(bool(value.meaning) for value in values if value.week != str(facts.week))
    if not earlier:
        return []
    noun = "week stands" if earlier == 1 else "weeks stand"
    return [f"{earlier} earlier {noun} out on the chart."]


def _redated(facts: ReportFacts) -> list[str]:
    """Say when earlier weeks are counted by other due dates than they once were."""
    moved = facts.redated_before
    if not moved:
        return []
    was = "was" if len(moved) == 1 else "were"
    said = (
        f"{count_words(len(moved), 'letter')} of the earlier weeks {was} given another due date, "
        f"the last on {date_words(max(each.changed_on for each in moved))}, so earlier weeks may "
        "stand elsewhere than in the reports of their time."
    )
    return [said]
