"""The part of the report about the sample: levels, defects by criterion, and feedback."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules.figures import FEWEST_FOR_A_RATE, Change, Proportion, compare
from forthright.rules.medians import median_words
from forthright.rules.weekly_report.facts import DrawnFact, ReportFacts
from forthright.rules.weekly_report.marked_twice import one_of_each, say_twice
from forthright.rules.weekly_report.pieces import Bars, Ledger, Section, Table
from forthright.rules.weekly_report.week_sample import (
    LEVELS,
    MARKED_LEVELS,
    drawn_for,
    week_tables,
)
from forthright.rules.words import count_words, date_words, list_words

# A weekly handful supports feedback, not a rate, so a rate is pooled over this many weeks and
# compared, by a test fixed beforehand, with as many weeks before them.
POOLED_WEEKS = 12
CRITICAL = "Failed on a critical criterion"
SWAPPED = "Drawn, then swapped for another with a reason"
TOLD = "Working days from the mark until the drafter was told"
SWAPPED_UNSENT = "Of which not sent when drawn"


@dataclass(frozen=True, slots=True)
class Fault:
    """A criterion, how many letters did not fully meet it, and how many it applied to."""

    label: str
    count: int
    n: int


def sample(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section on the week's sample and the pooled rate of its random part."""
    section = Section(key="sample", title="What the dip sample found")
    week = [drawn for drawn in facts.drawn if drawn.week == facts.sampled]
    if not week and not facts.substituted:
        section.sentences = [f"No sample was drawn for the {facts.sampled.short_words}."]
    else:
        failed, said = _critical(week, facts, ledger)
        swapped, also = _substituted(facts, len(week), ledger)
        unsent = ledger.count(
            "sample-substituted-unsent", SWAPPED_UNSENT, facts.substituted_unsent,
            n=len(facts.substituted), population=f"{drawn_for(facts)}, and swapped",
            record_kind="drawn",
        )  # fmt: skip
        section.tables += week_tables(week, facts, ledger)
        section.tables.append(
            Table(
                caption=f"Of the sample of the {facts.sampled.short_words}", columns=("Letters",),
                rows=(
                    (CRITICAL, (failed,)), (SWAPPED, (swapped,)), (SWAPPED_UNSENT, (unsent,)),
                ),
            )
        )  # fmt: skip
        section.sentences = [*_week_sentences(week), *said, *also]
    section.sentences += _newest(facts)
    section.sentences += _pooled(facts, ledger, section)
    return section


def defects(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section on faults by criterion, from the random part only."""
    section = Section(key="defects", title="Faults by criterion")
    letters = one_of_each(_pool(facts, weeks_back=0))
    marked = letters.counted
    quality = [each for each in facts.criteria if not each.is_timeliness]
    if not marked:
        section.sentences = ["No letter of the random part has been marked in these weeks."]
        return section
    of_all = f"different letters of all random parts, {POOLED_WEEKS} weeks"
    said, tables = say_twice(letters, ledger, population=of_all)
    rows = []
    for criterion in quality:
        applicable = [d for d in marked if _level(d, criterion.code) in {c for c, _ in LEVELS}]
        faulty = [d.id for d in applicable if _level(d, criterion.code) != "FULLY"]
        failed = [d.id for d in applicable if _level(d, criterion.code) == "NOT_MET"]
        label = f"{criterion.code} {criterion.title}"
        population = (
            f"different letters of all random parts that it applied to, {POOLED_WEEKS} weeks, not "
            "weighted: it describes the letters read, not the whole Area"
        )
        keys = (
            ledger.rate(
                f"fault-{criterion.code}", f"{label}: not fully met", faulty,
                of=[d.id for d in applicable], population=population, record_kind="drawn",
            ),
            ledger.count(
                f"failed-{criterion.code}", f"{label}: not met", failed,
                n=len(applicable), population=population, record_kind="drawn",
            ),
        )  # fmt: skip
        rows.append((Fault(label, len(faulty), len(applicable)), keys))
    rows.sort(key=lambda row: (-row[0].count, row[0].label))
    columns = ("Not fully met", "Of which not met")
    section.tables.append(
        Table(
            caption=f"Faults in {count_words(len(marked), 'letter')}, {POOLED_WEEKS} weeks",
            columns=columns,
            rows=tuple((fault.label, keys) for fault, keys in rows),
        )
    )
    section.tables += tables
    faults = [fault for fault, _ in rows if fault.count]
    section.sentences = [_most_common(faults, len(marked)), *said]
    if faults:
        section.bars.append(
            Bars(
                key="faults", title="Letters with each fault, of those it could apply to",
                bars=tuple((each.label, each.count, each.n) for each in faults),
                sentence=section.sentences[0],
            )
        )  # fmt: skip
    return section


def feedback(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section on whether drafters were told, and what they answered."""
    section = Section(key="feedback", title="Feedback to the people who write")
    every = facts.feedback
    groups = (
        ("untold", "Marked, and the drafter not yet told", [f for f in every if not f.is_told]),
        ("silent", "Told, and not yet acknowledged",
         [f for f in every if f.is_told and not f.is_acknowledged and not f.dispute]),
        ("disputed", "Disputed, and not yet decided", [f for f in every if f.dispute == "OPEN"]),
        ("unanswered", "Disputed, and the deadline missed",
         [f for f in every if f.dispute == "UNANSWERED"]),
    )  # fmt: skip
    weeks = f"{POOLED_WEEKS} weeks to the {facts.week.short_words}"
    population = f"markings that are outstanding, however old, and all of the {weeks}"
    rows = tuple(
        (
            label,
            (
                ledger.count(
                    f"feedback-{key}", label, [f.id for f in found], n=len(every),
                    population=population, record_kind="review",
                ),
            ),
        )
        for key, label, found in groups
    )  # fmt: skip
    section.tables.append(Table(caption="Feedback outstanding", columns=("Markings",), rows=rows))
    outstanding = sum(len(found) for _, _, found in groups)
    section.sentences = [
        f"{count_words(outstanding, 'piece')} of feedback {'is' if outstanding == 1 else 'are'} "
        "outstanding."
        if outstanding
        else "No feedback is outstanding."
    ]
    if outstanding:
        since = min(each.waiting_since for _, _, found in groups for each in found)
        section.sentences.append(f"The oldest has waited since {date_words(since)}.")
    waits = {f.id: f.days_to_tell for f in every if f.days_to_tell is not None}
    if waits:
        took = _days_to_tell(list(waits.values()))
        key = ledger.told(
            "feedback-days", TOLD, took, list(waits),
            population=f"markings of the {weeks} whose drafter was told", record_kind="review",
        )  # fmt: skip
        of = count_words(len(waits), "marking")
        section.sentences.append(
            f"Where drafters were told, it took {took} after the mark ({of} of the {weeks})."
        )
        section.tables.append(
            Table(caption=TOLD, columns=("Time taken",), rows=((of.capitalize(), (key,)),))
        )
    return section


def _days_to_tell(days: Sequence[int]) -> str:
    """Say how long drafters waited; of few markings, only the shortest and the longest wait."""
    if len(days) >= FEWEST_FOR_A_RATE:
        return f"a median of {median_words(days, lambda each: f'{each:g} working days')}"
    few = "too few for a median"
    if min(days) == max(days):
        return f"{count_words(days[0], 'working day')} ({few})"
    return f"{min(days)} to {max(days)} working days ({few})"


def _newest(facts: ReportFacts) -> list[str]:
    """Say that the sample of the week itself is drawn and still to be marked."""
    newest = [each for each in facts.drawn if each.week == facts.week]
    if not newest:
        return []
    are = "is" if len(newest) == 1 else "are"
    said = (
        f"{count_words(len(newest), 'letter')} of the {facts.week.short_words} {are} drawn; what "
        "they show is told in the next report."
    )
    return [said]


def _week_sentences(week: Sequence[DrawnFact]) -> list[str]:
    marked = sum(each.is_marked for each in week)
    sentences = [f"{marked} of {count_words(len(week), 'drawn letter')} marked so far."]
    unsent = [each for each in week if not each.was_sent]
    if unsent:
        since = sum(each.is_sent_since for each in unsent)
        sentences.append(
            f"{count_words(len(unsent), 'drawn letter')} had not been sent when drawn: {since} "
            f"sent since, {len(unsent) - since} not sent yet. None of them counts as in time. "
            "Quality is marked where the letter was sent before its marking was finished."
        )
    return sentences


def _substituted(facts: ReportFacts, drawn: int, ledger: Ledger) -> tuple[str, list[str]]:
    """Count how many letters were swapped for another; none leaves the sample unseen."""
    swapped = facts.substituted
    key = ledger.count(
        "sample-substituted", SWAPPED, swapped,
        n=drawn + len(swapped), population=f"{drawn_for(facts)}, and those swapped",
        record_kind="drawn",
    )  # fmt: skip
    if not swapped:
        return key, []
    were = "was" if len(swapped) == 1 else "were"
    said = f"{count_words(len(swapped), 'drawn letter')} {were} swapped for another"
    unsent = len(facts.substituted_unsent)
    of_them = f", {unsent} of them not sent when drawn" if unsent else ""
    return key, [f"{said}{of_them}; the sample’s page gives each reason."]


def _pool(facts: ReportFacts, *, weeks_back: int) -> list[DrawnFact]:
    """Return marked random letters of the pooled weeks, of the report's edition only."""
    marked = _marked_at_random(facts, weeks_back=weeks_back)
    return [each for each in marked if each.edition == facts.edition]


def _marked_at_random(facts: ReportFacts, *, weeks_back: int) -> list[DrawnFact]:
    last = facts.sampled.plus(-weeks_back)
    first = last.plus(1 - POOLED_WEEKS)
    return [
        each
        for each in facts.drawn
        if each.part == "RANDOM" and each.is_marked and each.overall in MARKED_LEVELS
        and first <= each.week <= last
    ]  # fmt: skip


def _pooled(facts: ReportFacts, ledger: Ledger, section: Section) -> list[str]:
    """Pool each plan by itself: plans draw at different rates, and may draw the same letter."""
    now = _pool(facts, weeks_back=0)
    before = _pool(facts, weeks_back=POOLED_WEEKS)
    apart = _other_editions(facts)
    if not now:
        return ["No marked letters to pool, so no rate is given.", *apart]
    rows, sentences = [], []
    for place, plan in enumerate(sorted({each.plan for each in now})):
        mine = [each for each in now if each.plan == plan]
        earlier = [each for each in before if each.plan == plan]
        good = [each.id for each in mine if each.overall == "FULLY"]
        key = ledger.rate(
            f"sample-pooled-{place}", f"{plan}: fully meeting the standard", good,
            of=[each.id for each in mine],
            population=f"sent letters in the random part of “{plan}”, marked under edition "
            f"{facts.edition}, {POOLED_WEEKS} weeks to the {facts.sampled.short_words}",
            record_kind="drawn",
        )  # fmt: skip
        rows.append((plan, (key,)))
        met_before = sum(each.overall == "FULLY" for each in earlier)
        change = compare(Proportion(met_before, len(earlier)), Proportion(len(good), len(mine)))
        now_words = ledger.figures[key].words
        sentences.append(
            f"{plan}, {POOLED_WEEKS} weeks: {now_words} fully meet the standard. {_against(change)}"
        )
    section.tables.append(
        Table(
            caption=f"Random part of each plan, pooled over {POOLED_WEEKS} weeks",
            columns=("Fully meeting",),
            rows=tuple(rows),
        )
    )
    return sentences + apart


def _against(change: Change) -> str:
    """Say what changed since the weeks before, or that there are too few to compare."""
    before = change.before.words()
    if change.before.is_enough and change.after.is_enough:
        return f"Against the {POOLED_WEEKS} weeks before ({before}): {change.words()}."
    return (
        f"There are too few to compare with the {POOLED_WEEKS} weeks before ({before}), so no "
        "change is claimed."
    )


def _other_editions(facts: ReportFacts) -> list[str]:
    """Say which marked letters of the pooled weeks are left out, as another edition judged them."""
    others = _marked_at_random(facts, weeks_back=0)
    counted = Counter(each.edition for each in others if each.edition != facts.edition)
    return [
        f"{count_words(number, 'letter')} of these weeks {'was' if number == 1 else 'were'} "
        f"marked under edition {edition} of the standard. Editions are never joined, so "
        f"{'it is' if number == 1 else 'they are'} not counted here, and no change is claimed "
        "across them."
        for edition, number in sorted(counted.items())
    ]


def _level(drawn: DrawnFact, code: str) -> str:
    return next((mark.level for mark in drawn.marks if mark.code == code), "")


def _most_common(faults: Sequence[Fault], marked: int) -> str:
    """Name the fault met with most often, where there are enough letters to say."""
    if not faults:
        return f"No fault was found in {count_words(marked, 'marked letter')}."
    if marked < FEWEST_FOR_A_RATE:
        return (
            f"Faults were found; {count_words(marked, 'marked letter')} "
            f"{'is' if marked == 1 else 'are'} too few to say which is the most common."
        )
    first = [each for each in faults if each.count == faults[0].count]
    named = list_words([f"{each.label} ({each.count} of {each.n})" for each in first])
    if len(first) > 1:
        return f"The faults met with most often, equally so, are {named}."
    return f"The fault met with most often is {named}."


def _critical(
    week: Sequence[DrawnFact], facts: ReportFacts, ledger: Ledger
) -> tuple[str, list[str]]:
    """Count which letters of the sample, of any part, failed on a critical criterion."""
    broken = {
        each.id: {m.code for m in each.marks if m.is_critical and m.level == "NOT_MET"}
        for each in week
    }
    failed = [number for number, codes in broken.items() if codes]
    key = ledger.count(
        "sample-critical", CRITICAL, failed, n=len(week),
        population=f"{drawn_for(facts)}, all parts", record_kind="drawn",
    )  # fmt: skip
    if not failed:
        return key, []
    codes = list_words(sorted(set().union(*broken.values())))
    need = "needs" if len(failed) == 1 else "need"
    said = (
        f"{count_words(len(failed), 'letter')} failed on a critical criterion ({codes}) and "
        f"{need} putting right the same day."
    )
    return key, [said]
