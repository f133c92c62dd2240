"""The part of the report about letters owed: in time, late, by stage, and never sent."""

from collections.abc import Iterable

from forthright.rules.charts import ChartPoint, Point, chart
from forthright.rules.figures import Better
from forthright.rules.timeliness import Timeliness
from forthright.rules.weekly_report.facts import DutyFact, ReportFacts, WeekPoint
from forthright.rules.weekly_report.pieces import ControlChart, Ledger, Section, Table
from forthright.rules.words import count_words, date_words, percent_words

COUNTED = {Timeliness.MET, Timeliness.LATE, Timeliness.NEVER_SENT}
COLUMNS = ("Due", "Sent in time", "Sent late", "Not sent", "Share in time")
FEWEST_FOR_A_CHART = 3


def letters_owed(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section on letters owed in the week."""
    counted = [duty for duty in facts.duties if duty.timeliness in COUNTED]
    waiting = [duty.id for duty in facts.duties if duty.timeliness is Timeliness.OPEN]
    excused = [duty.id for duty in facts.duties if duty.timeliness is Timeliness.NOT_REQUIRED]
    enhanced = [duty for duty in counted if duty.entitlement != "STANDARD"]
    standard = [duty for duty in counted if duty.entitlement == "STANDARD"]
    groups = [
        ("all", "All letters owed", counted),
        ("enhanced", "Enhanced entitlement", enhanced),
        ("standard", "Other victims", standard),
    ]
    for place, unit in enumerate(sorted({duty.unit for duty in counted})):
        groups.append((f"unit-{place}", unit, [duty for duty in counted if duty.unit == unit]))
    rows = tuple((label, _row(key, label, those, facts, ledger)) for key, label, those in groups)
    section = Section(key="owed", title="Letters owed")
    section.tables.append(
        Table(caption=f"Letters due in the {facts.week.short_words}", columns=COLUMNS, rows=rows)
    )
    ledger.count(
        "owed-open", "Not due yet", waiting, n=len(facts.duties), population="letters owed"
    )
    ledger.count(
        "owed-excused", "Not required, with a reason", excused, n=len(facts.duties),
        population="qualifying decisions and people to tell",
    )  # fmt: skip
    section.sentences = _sentences(counted, waiting, excused)
    if facts.as_of <= facts.week.sunday:
        section.sentences.insert(0, "The week is not over, so these figures will still change.")
    _add_charts(section, facts.history)
    return section


def late_by_stage(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section that says in which stage late letters were late."""
    late = [duty for duty in facts.duties if duty.timeliness is Timeliness.LATE]
    section = Section(key="stages", title="Where late letters were late")
    if not late:
        section.sentences = ["No letter of this week was sent late."]
        return section
    rows, counted = [], []
    for code, words in (*facts.stages, ("", "Not known: earlier steps were not recorded")):
        ids = [duty.id for duty in late if duty.late_stage == code]
        key = ledger.count(
            f"stage-{code or 'unknown'}", words, ids, n=len(late), population="letters sent late"
        )
        rows.append((words, (key,)))
        counted.append((words, len(ids)))
    section.tables.append(
        Table(caption="Letters sent late, by stage", columns=("Letters",), rows=tuple(rows))
    )
    section.sentences = [_stage_sentence(counted[:-1], unknown=counted[-1][1])]
    return section


def _stage_sentence(counted: list[tuple[str, int]], *, unknown: int) -> str:
    """Say where the time of late letters went, of those whose steps were recorded."""
    known = sum(count for _, count in counted)
    sent = f"{_letters_were(known + unknown)} sent late."
    if not known:
        return f"{sent} In which stage is not known, because earlier steps were not recorded."
    words, most = max(counted, key=lambda stage: stage[1])
    rest = f"; of {count_words(unknown, 'letter')} it is not known" if unknown else ""
    return (
        f"{sent} The stage that took longest was most often “{words.lower()}” "
        f"({most} of {known}{rest})."
    )


def _row(
    key: str, label: str, duties: list[DutyFact], facts: ReportFacts, ledger: Ledger
) -> tuple[str, ...]:
    population = f"{label.lower()} due in the {facts.week.short_words}"
    n = len(duties)

    def ids(*kinds: Timeliness) -> list[int]:
        return [duty.id for duty in duties if duty.timeliness in kinds]

    def count(name: str, words: str, of: list[int]) -> str:
        return ledger.count(f"owed-{key}-{name}", words, of, n=n, population=population)

    return (
        count("due", f"{label}: due", ids(*COUNTED)),
        count("met", f"{label}: sent in time", ids(Timeliness.MET)),
        count("late", f"{label}: sent late", ids(Timeliness.LATE)),
        count("unsent", f"{label}: not sent", ids(Timeliness.NEVER_SENT)),
        ledger.rate(
            f"owed-{key}-share", f"{label}: share in time", ids(Timeliness.MET), n=n,
            population=population,
        ),
    )  # fmt: skip


def _sentences(counted: list[DutyFact], waiting: list[int], excused: list[int]) -> list[str]:
    if not (counted or waiting or excused):
        return ["No letter fell due in this week."]
    met, late, unsent = (
        sum(duty.timeliness is kind for duty in counted)
        for kind in (Timeliness.MET, Timeliness.LATE, Timeliness.NEVER_SENT)
    )
    sentences = [
        (
            f"Of {count_words(len(counted), 'letter')} due, {met} {_were(met)} sent in time, "
            f"{late} {_were(late)} sent late and {unsent} {_have(unsent)} not been sent."
        )
    ]
    if waiting:
        sentences.append(f"{_letters_were(len(waiting))} not due yet when this was made.")
    if excused:
        sentences.append(
            f"{_letters_were(len(excused))} not required; each has its reason and none is "
            "counted above."
        )
    return sentences


def _add_charts(section: Section, history: Iterable[WeekPoint]) -> None:
    weeks = [point for point in history if point.due]
    if len(weeks) < FEWEST_FOR_A_CHART:
        section.sentences.append(
            "There are too few weeks for a chart, so no change over time is claimed."
        )
        return
    share = _control(
        "share-in-time", "Letters sent in time, share of those due",
        [(date_words(point.week.monday), point.met / point.due) for point in weeks],
        Better.UP, "share",
    )  # fmt: skip
    section.control_charts.append(share)
    # The rules of a control chart are for counts that vary; where most weeks have none, seven
    # noughts in a row would pass for an improvement.
    if sum(point.not_sent > 0 for point in weeks) * 2 > len(weeks):
        section.control_charts.append(
            _control(
                "not-sent", "Letters due and not sent by the day of the report",
                [(date_words(point.week.monday), float(point.not_sent)) for point in weeks],
                Better.DOWN, "letters",
            )
        )  # fmt: skip
    section.sentences.append(share.sentence)


def _control(
    key: str, title: str, points: list[tuple[str, float]], better: Better, unit: str
) -> ControlChart:
    drawn = chart([Point(label, value) for label, value in points], better=better)
    limits = drawn.segments[-1].limits
    signal = drawn.latest_signal
    average = percent_words(limits.mean) if unit == "share" else f"{limits.mean:.1f}"
    change = signal.change if signal else "no change shown"
    why = f" ({signal.words})" if signal and signal.is_firm else ""
    earlier = sum(point.signal is not None and point.signal.is_firm for point in drawn.points[:-1])
    stood_out = ""
    if earlier and not why:
        noun = "week stands" if earlier == 1 else "weeks stand"
        stood_out = f" {earlier} earlier {noun} out on the chart."
    return ControlChart(
        key=key,
        title=title,
        points=tuple(_point(point) for point in drawn.points),
        mean=limits.mean,
        lower=limits.lower,
        upper=limits.upper,
        sentence=f"{title}: {change} over {len(points)} weeks{why}; the average is {average}. "
        f"{drawn.segments[-1].words}{stood_out}",
        unit=unit,
    )


def _point(point: ChartPoint) -> tuple[str, float, str, str]:
    """Return a point to freeze; a signal under trial limits is no signal yet."""
    signal = point.signal if point.signal and point.signal.is_firm else None
    meaning, why = (str(signal.meaning), signal.words) if signal else ("", "")
    return point.label, point.value, meaning, why


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _letters_were(number: int) -> str:
    return f"{count_words(number, 'letter')} {_were(number)}"
