"""The part of the report about initial disclosure, counted as the monthly figures count it."""

from collections.abc import Sequence
from dataclasses import replace

from forthright.rules.by_case import METHOD_BY_CASE
from forthright.rules.deemed_service import JUDGED_BY
from forthright.rules.disclosure_compliance import figures_of
from forthright.rules.disclosure_judged import DutyFacts
from forthright.rules.weekly_report.disclosure_facts import DisclosureFacts
from forthright.rules.weekly_report.facts import ReportFacts
from forthright.rules.weekly_report.pieces import Figure, Ledger, Section, Table
from forthright.rules.words import capitalised, count_words

POOLED_WEEKS = 12
DISCLOSURE_METHOD = (
    (
        "Initial disclosure is counted in the week in which it was due: on the date that a court "
        "ordered, or else by the time limits of the Area. Every share is of the duties due, or of "
        "those of them that were served where it says so. Whether every item was endorsed is "
        "frozen with the service. Where the case of a defendant ended on its day or before, "
        "nothing had to be given, and the shares leave it out."
    ),
    JUDGED_BY,
    METHOD_BY_CASE,
    (
        "Quality and being in time of disclosure are counted apart, and the duty to each defendant "
        "by itself."
    ),
    (
        "Schedules are counted in the week in which somebody found them adequate or returned them; "
        "a return is mended on the day on which the police handed the new version in, or it was "
        "taken in. Where nobody recorded whose some of them were, no police unit has a share."
    ),
)
# The plan’s figures by the key that the monthly figures have, and how a row of the report says it.
ROWS = (
    ("q2", "Given by its day"),
    ("q1", "Given with every item endorsed, whatever the day"),
    ("q3", "Sensitive material decided on before it"),
    ("q4", "Court told on the same day"),
    ("nil", "Statements that there is nothing to disclose"),
    ("presumed", "All presumed material supplied"),
    ("document", "Disclosure management document with it"),
    ("sheet", "Record sheet shows the schedules and every decision"),
    ("days", "Days early or late, the median"),
)


def disclosure(facts: ReportFacts, found: DisclosureFacts, ledger: Ledger) -> Section:
    """Return the section on initial disclosure and on schedules returned to the police."""
    section = Section(key="disclosure", title="Initial disclosure")
    own = [each for each in found.duties if each.due_on >= facts.week.monday]
    # Schedules are few in a week, so they are told of the pooled weeks alone.
    of_week = _kept(ledger, "week", f"the {facts.week.short_words}", own)
    pooled = f"the {POOLED_WEEKS} weeks to the {facts.week.short_words}"
    of_weeks = _kept(ledger, "weeks", pooled, found.duties, found)
    section.sentences = [_lead(of_week["q2"], of_week["q1"])]
    if not facts.is_over:
        section.sentences.insert(0, "The week is not over, so these figures will still change.")
    if found.not_begun:
        section.sentences.append(not_begun_words(found.not_begun))
    section.sentences.append(
        "The worst cases, each with its evidence, and the control charts stand under Disclosure, "
        "month by month."
    )
    section.tables = [
        Table(
            caption="Initial disclosure, by when it was due",
            columns=("The week", f"The last {POOLED_WEEKS} weeks"),
            rows=tuple((words, (of_week[key].key, of_weeks[key].key)) for key, words in ROWS),
        ),
        _returns(of_weeks),
    ]
    return section


def not_begun_words(number: int) -> str:
    """Say for how many defendants no duty has begun, and that no figure counts them."""
    are = "defendant of a case sent to the Crown Court has"
    if number != 1:
        are = "defendants of cases sent to the Crown Court have"
    return (
        f"When this was made, {number:,} {are} no duty begun, and no figure here counts them. They "
        "are named under Disclosure."
    )


def _kept(
    ledger: Ledger, name: str, period: str, duties: Sequence[DutyFacts],
    found: DisclosureFacts | None = None,
) -> dict[str, Figure]:  # fmt: skip
    """Keep the figures of a period under keys of their own; return them by what they count."""
    counted = figures_of(period, duties, found.deliveries if found else ())
    own = {
        each.key: replace(each, key=f"disclosure-{name}-{each.key}", rules=ledger.rules)
        for each in counted
        if found or each.record_kind == "disclosure"
    }
    ledger.figures |= {each.key: each for each in own.values()}
    return own


def _lead(in_time: Figure, endorsed: Figure) -> str:
    if not in_time.n:
        return "No initial disclosure was due in the week."
    return (
        f"Initial disclosure to {count_words(in_time.n, 'defendant')} was due in the week: "
        f"{in_time.count:,} by its day, and {endorsed.count:,} with every item endorsed, whatever "
        "the day."
    )


def _returns(figures: dict[str, Figure]) -> Table:
    """Return the schedules that went back to the police, all and by police unit."""
    rows = []
    for key, figure in figures.items():
        if key.startswith("returned_"):
            unit = capitalised(figure.label.partition(": ")[2] or "all")
            mended = figures[f"turnaround_{key.removeprefix('returned_')}"]
            rows.append((unit, (figure.key, mended.key)))
    return Table(
        caption=f"Schedules returned to the police, last {POOLED_WEEKS} weeks",
        columns=("Returned", "Days until mended, the median"), rows=tuple(rows),
    )  # fmt: skip
