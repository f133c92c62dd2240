"""The part of the report about recordings: what is not yet with everybody, and how that goes."""

from collections.abc import Sequence

from forthright.rules.burn_down import WEEKS_COUNTED, BurnDown, burn_down
from forthright.rules.by_case import METHOD_BY_CASE
from forthright.rules.figures import FEWEST_FOR_A_RATE
from forthright.rules.media_backlog import BacklogFacts, Flow, RecordingFact, flow_of, ninetieth
from forthright.rules.weekly_report.facts import ReportFacts
from forthright.rules.weekly_report.pieces import Ledger, Section, Table
from forthright.rules.weekly_report.recordings_reach import (
    add_charts,
    hearing_table,
    hindrance_table,
)
from forthright.rules.weekly_report.recordings_units import unit_tables
from forthright.rules.weekly_report.register_counts import TOO_FEW, RegisterCounts
from forthright.rules.weeks import week_of, weeks_between
from forthright.rules.words import count_words, date_words, day_words

SHOWN_WEEKS = 8
REGISTER_METHOD = (
    (
        "A recording is not yet with everybody from the day it was registered until the court and "
        "whoever represents each defendant have it, or until it is found not to be needed, or "
        "withdrawn; before a hearing, whoever is to represent them at it. From the day on which a "
        "case ended for a defendant nothing is owed to them, and once it has for all, what they "
        "had not is not needed. A recording of which a file came that nobody has viewed is with "
        "nobody; shared before all of it was viewed, it counts from the day on which the last file "
        "was, as on the ladder. Earlier weeks are counted by what the register says now."
    ),
    (
        "Beside a hearing, who must have a recording is whoever represented each defendant on that "
        "day, of those who were defendants by then and whose case had not ended before it; a "
        "hearing that the court has not listed, that was taken out of the list, or before which "
        "the case had ended for every defendant is not counted. One that took place and was put "
        "off is counted beside each day on which it took place, and over several weeks beside the "
        "first of them. A share that was taken back, or whose link expired or was closed by wrong "
        "codes, unopened, gives nothing."
    ),
    (
        f"When the recordings would all be with everybody is forecast from the last "
        f"{WEEKS_COUNTED} whole weeks as a random walk with drift (Hyndman and Athanasopoulos, "
        "Forecasting: Principles and Practice, 3rd edition, 5.5), with its 95% interval by "
        "Student’s t. It supposes that the weeks to come are like those. Under "
        f"{WEEKS_COUNTED} weeks or ten recordings it is too few to say; so for each unit too."
    ),
    METHOD_BY_CASE,
    (
        "Discs and sticks are counted as they stood in the register at the end of the week, or of "
        "the day before a report that is made within it: which were in it and not recorded as "
        "returned or destroyed, which were missing, what was recorded as on them, and whether a "
        "hearing of that was to come as it was listed then. What was recorded or put right later, "
        "such as that one was never destroyed, changes nothing of that week."
    ),
    "A police unit is the force and unit that the URN begins with.",
)


def recordings(facts: ReportFacts, register: BacklogFacts, ledger: Ledger) -> Section:
    """Return the section on recordings."""
    section = Section(key="recordings", title="Recordings")
    if register.begun_on is None:
        section.sentences = ["No recording is in the register."]
        return section
    counts = RegisterCounts(facts, register, ledger)
    flows = flows_shown(counts)
    ahead = burn_down(len(counts.stock), [each.change for each in whole_weeks(counts)])
    section.sentences = [lead(counts, flows[-1]), *forecast_words(counts, ahead)]
    if not facts.is_over:
        section.sentences.insert(0, "The week is not over, so these figures will still change.")
    section.tables += [flow_table(counts, flows), age_table(counts), *forecast_table(counts, ahead)]
    section.tables += [hearing_table(counts), hindrance_table(counts), *unit_tables(counts)]
    add_charts(counts, section)
    return section


def lead(counts: RegisterCounts, newest: Flow) -> str:
    """Say the stock, and what came and went in the week."""
    left = len(newest.shared) + len(newest.not_needed)
    number = len(counts.stock)
    return (
        f"At the end of {day_words(counts.register.until)}, "
        f"{count_words(number, 'recording')} {'was' if number == 1 else 'were'} not yet with "
        f"everybody who must have {'it' if number == 1 else 'them'}. In the week "
        f"{len(newest.entered):,} came in and {left:,} left."
    )


def flows_shown(counts: RegisterCounts) -> list[Flow]:
    """Return the flow of each week of the table, up to the week of the report."""
    weeks = weeks_between(counts.week.plus(1 - SHOWN_WEEKS), counts.week)
    begun = week_of(counts.register.begun_on or counts.register.until)
    return [flow_of(counts.register.recordings, each) for each in weeks if each >= begun] or [
        flow_of(counts.register.recordings, counts.week)
    ]


def whole_weeks(counts: RegisterCounts) -> list[Flow]:
    """Return the weeks that a forecast goes by: without that in which the register began."""
    return [flow_of(counts.register.recordings, each) for each in counts.whole_weeks]


def flow_table(counts: RegisterCounts, flows: Sequence[Flow]) -> Table:
    """Return what came in and left in each week, the newest first."""
    rows = []
    for flow in reversed(flows):
        of = f"recordings not yet with everybody at some time in the {flow.week.short_words}"
        n = len(flow.shared) + len(flow.not_needed) + len(flow.stock)
        parts = (
            ("in", "came in", flow.entered), ("shared", "now with everybody", flow.shared),
            ("unneeded", "not needed, or withdrawn", flow.not_needed),
            ("stock", "not yet with everybody at its end", flow.stock),
        )  # fmt: skip
        keys = tuple(
            counts.count(f"flow-{flow.week}-{key}", f"{date_words(flow.week.monday)}: {words}",
                        ids, n=n, of=of)
            for key, words, ids in parts
        )  # fmt: skip
        rows.append((date_words(flow.week.monday), keys))
    columns = ("Came in", "Now with everybody", "Not needed", "Not yet with everybody")
    return Table(caption="Recordings, by week", columns=columns, rows=tuple(rows))


def age_table(counts: RegisterCounts) -> Table:
    """Return how long the recordings in stock have been registered."""
    until = counts.register.until
    waited = [e for e in counts.stock if e.received_on is None or e.received_on > until]
    numbers = {each.id for each in waited}
    groups = (
        ("all", "All", counts.stock), ("waited", "Not received", waited),
        ("here", "Received, not with everybody",
         [each for each in counts.stock if each.id not in numbers]),
    )  # fmt: skip
    rows = tuple((label, _aged(counts, key, label, those)) for key, label, those in groups)
    columns = ("Recordings", "Median age", "Nine in ten no older than")
    return Table(caption="How long they have been registered", columns=columns, rows=rows)


def _aged(
    counts: RegisterCounts, key: str, label: str, those: Sequence[RecordingFact]
) -> tuple[str, str, str]:
    ids = [each.id for each in those]
    ages = [each.age(counts.register.until) for each in those]
    middle = counts.middle_age(those)
    most = f"{ninetieth(ages):,} days" if len(ages) >= FEWEST_FOR_A_RATE else TOO_FEW
    return (
        counts.count(f"age-{key}", f"{label}: not yet with everybody", ids, n=len(counts.stock),
                    of=counts.of_stock),
        counts.say(f"age-{key}-median", f"{label}: median age", middle, ids),
        counts.say(f"age-{key}-most", f"{label}: nine in ten no older than", most, ids),
    )  # fmt: skip


def forecast_words(counts: RegisterCounts, ahead: BurnDown | None) -> list[str]:
    """Say by when all would be with everybody, or why nobody can tell."""
    if ahead is None and len(counts.stock) < FEWEST_FOR_A_RATE:
        return ["With fewer than ten, no forecast is made."]
    if ahead is None:
        weeks = len(counts.whole_weeks)
        needed = f"{weeks} of the {WEEKS_COUNTED} whole weeks needed"
        return [f"Too few to say by when all would be with everybody: {needed}."]
    pace = f"At the pace of the last {ahead.weeks} weeks"
    if ahead.likely_weeks is None:
        return [f"{pace}, not all would be with everybody {ahead.words.removeprefix('not ')}."]
    return [f"{pace}, all would be with everybody {ahead.words}."]


def forecast_table(counts: RegisterCounts, ahead: BurnDown | None) -> list[Table]:
    """Return the forecast as figures; there is none where it is too few to say."""
    if ahead is None:
        return []
    said = [
        ("change", f"Average change a week, last {ahead.weeks} weeks", f"{ahead.change:+.1f}"),
        ("cleared", "All with everybody", ahead.words),
    ]
    for weeks in (4, 12):
        then = ahead.ahead(weeks)
        said.append(
            (f"in-{weeks}", f"Not yet with everybody in {weeks} weeks",
             f"{then.likely:,.0f} (95% interval {then.low:,.0f} to {then.high:,.0f})")
        )  # fmt: skip
    ids = [each.id for each in counts.stock]
    rows = tuple(
        (label, (counts.say(f"ahead-{key}", label, words, ids),)) for key, label, words in said
    )
    return [Table(caption="If the weeks to come are like the last", columns=("Forecast",),
                  rows=rows)]  # fmt: skip
