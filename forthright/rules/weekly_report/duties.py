"""The part of the report about letters owed: in time, late, by stage, and never sent."""

from collections.abc import Sequence
from datetime import date

from forthright.rules.figures import FEWEST_FOR_A_RATE
from forthright.rules.timeliness import Timeliness
from forthright.rules.weekly_report.facts import DutyFact, RedatedFact, ReportFacts
from forthright.rules.weekly_report.pieces import Ledger, Section, Table
from forthright.rules.weekly_report.trends import add_charts
from forthright.rules.words import count_words, date_words

COUNTED = {Timeliness.MET, Timeliness.LATE, Timeliness.NEVER_SENT}
NOT_RECORDED = "Not known: the stages were not recorded"
MOVED_BEFORE = "Changed in, out of or into the earlier weeks of the charts"
COLUMNS = ("Share in time", "Due", "Sent in time", "Sent late", "Not sent")


def letters_owed(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section on letters owed in the week."""
    # A letter whose last day has not passed is not counted even when it has been sent: before the
    # week is over that would count the early ones and leave out those that may yet be late.
    due = [duty for duty in facts.duties if duty.timeliness is not Timeliness.NOT_REQUIRED]
    counted = [d for d in due if d.timeliness in COUNTED and d.due_on < facts.as_of]
    waiting = [d for d in due if d.timeliness is Timeliness.OPEN or d.due_on >= facts.as_of]
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
    not_due = ledger.count(
        "owed-open", "Not due yet", [duty.id for duty in waiting], n=len(due),
        population=f"letters due in the {facts.week.short_words}",
    )  # fmt: skip
    not_required = ledger.count(
        "owed-excused", "Not required, with a reason", excused, n=len(facts.duties),
        population="qualifying decisions and people to tell",
    )  # fmt: skip
    moved_out, moved_within = _redated(facts, ledger)
    section.tables.append(
        Table(
            caption="Not counted above", columns=("Letters",),
            rows=(
                ("Not due yet when this was made", (not_due,)),
                ("Not required, with a reason", (not_required,)),
                ("Had been due in this week, now due in another", (moved_out,)),
            ),
        )
    )  # fmt: skip
    section.tables.append(
        Table(
            caption="Due dates that were changed", columns=("Letters",),
            rows=(
                ("Due in this week after a change of the due date", (moved_within,)),
                (MOVED_BEFORE, (_redated_before(facts, ledger),)),
            ),
        )
    )  # fmt: skip
    section.sentences = _sentences(counted, waiting, excused) + _redated_sentences(facts.redated)
    if not facts.is_over:
        section.sentences.insert(0, "The week is not over, so these figures will still change.")
    add_charts(section, facts, ledger.rules)
    return section


def _redated(facts: ReportFacts, ledger: Ledger) -> tuple[str, str]:
    """Keep the letters whose due date moved out of the week, and those moved into or within it."""
    out = [each.id for each in facts.redated if each.is_out]
    within = [each.id for each in facts.redated if not each.is_out]
    return (
        ledger.count(
            "owed-moved-out", "Had been due in this week, now due in another", out,
            n=len(facts.duties) + len(out),
            population=f"letters that are or had been due in the {facts.week.short_words}",
        ),
        ledger.count(
            "owed-moved-within", "Due in this week after a change of the due date", within,
            n=len(facts.duties),
            population=f"letters owed in the {facts.week.short_words}",
        ),
    )  # fmt: skip


def _redated_before(facts: ReportFacts, ledger: Ledger) -> str:
    """Keep the letters that are no longer due in the charted week in which they were."""
    charted = sum(point.due for point in facts.history if point.week < facts.week)
    gone = sum(each.is_out for each in facts.redated_before)
    return ledger.count(
        "owed-moved-before", MOVED_BEFORE, [each.id for each in facts.redated_before],
        n=charted + gone,
        population="letters that are or had been due in the earlier weeks of the charts",
    )  # fmt: skip


def _redated_sentences(redated: Sequence[RedatedFact]) -> list[str]:
    """Say which due dates changed, so that no letter leaves or joins a week unseen."""
    sentences = []
    out = [each.changed_on for each in redated if each.is_out]
    within = [each.changed_on for each in redated if not each.is_out]
    if out:
        sentences.append(
            f"{count_words(len(out), 'letter')} that had been due in this week "
            f"{_were(len(out))} given another due date{_last(out)}. "
            f"{'It is' if len(out) == 1 else 'They are'} now due in another week and not counted "
            "above."
        )
    if within:
        sentences.append(
            f"{count_words(len(within), 'letter')} due in this week {_have(len(within))} had "
            f"another due date{_last(within)}. "
            f"{'It is' if len(within) == 1 else 'They are'} counted in this week."
        )
    return sentences


def _last(days: Sequence[date]) -> str:
    """Say when a due date was changed, or when the last of several was."""
    return f"{'; changed' if len(days) == 1 else '; the last'} on {date_words(max(days))}"


def late_by_stage(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section that says in which stage late letters were late."""
    late = [duty for duty in facts.duties if duty.timeliness is Timeliness.LATE]
    section = Section(key="stages", title="Where late letters were late")
    if not late:
        section.sentences = ["No letter of this week was sent late."]
        return section
    rows, counted = [], []
    for code, words in (*facts.stages, ("", NOT_RECORDED)):
        ids = [duty.id for duty in late if duty.late_stage == code]
        key = ledger.count(
            f"stage-{code or 'unknown'}", words, ids, n=len(late), population="letters sent late"
        )
        rows.append((words, (key,)))
        counted.append((words, len(ids)))
    section.tables.append(
        Table(caption="Letters sent late, by stage", columns=("Letters",), rows=tuple(rows))
    )
    section.sentences = [
        f"{_letters_were(len(late))} sent late.{_longest(counted[:-1], unknown=counted[-1][1])}"
    ]
    return section


def _longest(stages: list[tuple[str, int]], *, unknown: int) -> str:
    """Name the stage that most often took longest, where enough letters can say."""
    known = sum(number for _, number in stages)
    if not known:
        return " In which stage is not known, because earlier steps were not recorded."
    rest = f" (of {count_words(unknown, 'letter')} it is not known)" if unknown else ""
    if known < FEWEST_FOR_A_RATE:
        return f" That is too few to say which stage most often takes longest{rest}."
    most = max(number for _, number in stages)
    names = [words for words, number in stages if number == most]
    if len(names) > 1:
        return f" No one stage took longest more often than every other{rest}."
    name = names[0].lower()
    return f" The stage that took longest was most often “{name}”: {most} of {known}{rest}."


def _row(
    key: str, label: str, duties: list[DutyFact], facts: ReportFacts, ledger: Ledger
) -> tuple[str, ...]:
    # A unit is called by its name, whatever its capitals.
    who = f"letters of {label}" if key.startswith("unit-") else label.lower()
    population = f"{who} due in the {facts.week.short_words}"
    n = len(duties)

    def ids(*kinds: Timeliness) -> list[int]:
        return [duty.id for duty in duties if duty.timeliness in kinds]

    def count(name: str, words: str, of: list[int]) -> str:
        return ledger.count(f"owed-{key}-{name}", words, of, n=n, population=population)

    return (
        ledger.rate(
            f"owed-{key}-share", f"{label}: share in time", ids(Timeliness.MET),
            of=[duty.id for duty in duties], population=population,
        ),
        count("due", f"{label}: due", ids(*COUNTED)),
        count("met", f"{label}: sent in time", ids(Timeliness.MET)),
        count("late", f"{label}: sent late", ids(Timeliness.LATE)),
        count("unsent", f"{label}: not sent", ids(Timeliness.NEVER_SENT)),
    )  # fmt: skip


def _sentences(counted: list[DutyFact], waiting: list[DutyFact], excused: list[int]) -> list[str]:
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
        early = sum(duty.timeliness in COUNTED for duty in waiting)
        sent = f"; {early} of them {_have(early)} been sent already" if early else ""
        sentences.append(
            f"{_letters_were(len(waiting))} not due yet when this was made{sent}. They are not "
            "counted above."
        )
    if excused:
        sentences.append(
            f"{_letters_were(len(excused))} not required; each has its reason and none is "
            "counted above."
        )
    return sentences


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _letters_were(number: int) -> str:
    return f"{count_words(number, 'letter')} {_were(number)}"
