"""The part of the report about the sample: levels, defects by criterion, and feedback."""

from collections.abc import Iterable, Sequence
from statistics import median

from forthright.rules.figures import Proportion, compare
from forthright.rules.weekly_report.facts import DrawnFact, ReportFacts
from forthright.rules.weekly_report.pieces import Bars, Ledger, Section, Table
from forthright.rules.words import count_words, date_words, list_words

LEVELS = (
    ("FULLY", "Fully meeting"),
    ("PARTIALLY", "Partially meeting"),
    ("NOT_MET", "Not meeting"),
)
# A marking that found no letter sent has none of these, and no quality to pool.
MARKED_LEVELS = frozenset(code for code, _ in LEVELS)
# A weekly handful supports feedback, not a rate, so a rate is pooled over this many weeks and
# compared, by a test fixed beforehand, with as many weeks before them.
POOLED_WEEKS = 12


def sample(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section on the week's sample and the pooled rate of its random part."""
    section = Section(key="sample", title="What the dip sample found")
    week = [drawn for drawn in facts.drawn if drawn.week == facts.week]
    if not week:
        section.sentences = ["No sample was drawn for this week."]
    else:
        rows = tuple(
            (label, _counts(part, label, [d for d in week if d.part == part], ledger))
            for part, label in (("RANDOM", "Random part"), ("TARGETED", "Targeted part"))
        )
        columns = ("Drawn", "Not sent when drawn", "Marked", *(label for _, label in LEVELS))
        section.tables.append(Table(caption="This week’s sample", columns=columns, rows=rows))
        section.sentences = [*_week_sentences(week), *_critical(week, facts, ledger)]
    section.sentences += _pooled(facts, ledger, section)
    return section


def defects(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section on faults by criterion, from the random part only."""
    section = Section(key="defects", title="Faults by criterion")
    # A letter that two plans drew is one letter here.
    marked = list({d.duty: d for d in _pool(facts.drawn, facts, weeks_back=0)}.values())
    quality = [each for each in facts.criteria if not each.is_timeliness]
    if not marked:
        section.sentences = ["No letter of the random part has been marked in these weeks."]
        return section
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
                n=len(applicable), population=population, record_kind="drawn",
            ),
            ledger.count(
                f"failed-{criterion.code}", f"{label}: not met", failed,
                n=len(applicable), population=population, record_kind="drawn",
            ),
        )  # fmt: skip
        rows.append((len(faulty), label, keys))
    rows.sort(key=lambda row: (-row[0], row[1]))
    columns = ("Not fully met", "Of which not met")
    section.tables.append(
        Table(
            caption=f"Faults in {count_words(len(marked), 'letter')}, {POOLED_WEEKS} weeks",
            columns=columns,
            rows=tuple((label, keys) for _, label, keys in rows),
        )
    )
    bars = tuple((label, number) for number, label, _ in rows if number)
    section.sentences = [_most_common(bars, len(marked))]
    if bars:
        section.bars.append(
            Bars(key="faults", title="Letters with each fault", bars=bars,
                 sentence=section.sentences[0])
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
    population = (
        f"markings that are outstanding, however old, and all of the last {POOLED_WEEKS} weeks"
    )
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
    section.tables.append(Table(caption="Feedback outstanding", columns=("Letters",), rows=rows))
    days = [f.days_to_tell for f in every if f.days_to_tell is not None]
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
    if days:
        section.sentences.append(
            f"Where drafters were told, it took a median of {median(days):g} working days after "
            f"the mark ({count_words(len(days), 'letter')} of the last {POOLED_WEEKS} weeks)."
        )
    return section


def _counts(part: str, label: str, drawn: list[DrawnFact], ledger: Ledger) -> tuple[str, ...]:
    marked = [each for each in drawn if each.is_marked]
    found = [
        ("drawn", "drawn", drawn),
        ("unsent", "not sent when drawn", [each for each in drawn if not each.was_sent]),
        ("marked", "marked", marked),
        *(
            (code, words.lower(), [d for d in marked if d.overall == code])
            for code, words in LEVELS
        ),
    ]
    return tuple(
        ledger.count(
            f"sample-{part}-{key}", f"{label}: {words}", [d.id for d in ids], n=len(drawn),
            population=f"letters drawn this week, {label.lower()}", record_kind="drawn",
        )
        for key, words, ids in found
    )  # fmt: skip


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


def _pool(drawn: Iterable[DrawnFact], facts: ReportFacts, *, weeks_back: int) -> list[DrawnFact]:
    """Return marked random letters of the pooled weeks, of the edition in force only."""
    last = facts.week.plus(-weeks_back)
    first = last.plus(1 - POOLED_WEEKS)
    return [
        each
        for each in drawn
        if each.part == "RANDOM" and each.is_marked and each.overall in MARKED_LEVELS
        and each.edition == facts.edition and first <= each.week <= last
    ]  # fmt: skip


def _pooled(facts: ReportFacts, ledger: Ledger, section: Section) -> list[str]:
    """Pool each plan by itself: plans draw at different rates, and may draw the same letter."""
    now = _pool(facts.drawn, facts, weeks_back=0)
    before = _pool(facts.drawn, facts, weeks_back=POOLED_WEEKS)
    if not now:
        return ["No marked letters to pool, so no rate is given."]
    rows, sentences = [], []
    for place, plan in enumerate(sorted({each.plan for each in now})):
        mine = [each for each in now if each.plan == plan]
        earlier = [each for each in before if each.plan == plan]
        good = [each.id for each in mine if each.overall == "FULLY"]
        key = ledger.rate(
            f"sample-pooled-{place}", f"{plan}: fully meeting the standard", good, n=len(mine),
            population=f"sent letters in the random part of “{plan}”, marked under edition "
            f"{facts.edition}, {POOLED_WEEKS} weeks to the {facts.week.short_words}",
            record_kind="drawn",
        )  # fmt: skip
        rows.append((plan, (key,)))
        met_before = sum(each.overall == "FULLY" for each in earlier)
        change = compare(Proportion(met_before, len(earlier)), Proportion(len(good), len(mine)))
        sentences.append(
            f"{plan}, {POOLED_WEEKS} weeks: {ledger.figures[key].words} fully meet the standard. "
            f"Against the {POOLED_WEEKS} weeks before ({change.before.words()}): {change.words()}."
        )
    section.tables.append(
        Table(
            caption=f"Random part of each plan, pooled over {POOLED_WEEKS} weeks",
            columns=("Fully meeting",),
            rows=tuple(rows),
        )
    )
    return sentences


def _level(drawn: DrawnFact, code: str) -> str:
    return next((mark.level for mark in drawn.marks if mark.code == code), "")


def _most_common(bars: tuple[tuple[str, int], ...], marked: int) -> str:
    if not bars:
        return f"No fault was found in {count_words(marked, 'marked letter')}."
    return f"The most common fault is {bars[0][0]}: {bars[0][1]} of {marked} letters."


def _critical(week: Sequence[DrawnFact], facts: ReportFacts, ledger: Ledger) -> list[str]:
    """Say which letters drawn for this week, of either part, failed on a critical criterion."""
    critical = {each.code for each in facts.criteria if each.is_critical}
    broken = {
        each.id: {m.code for m in each.marks if m.code in critical and m.level == "NOT_MET"}
        for each in week
    }
    failed = [number for number, codes in broken.items() if codes]
    ledger.count(
        "sample-critical", "Failed on a critical criterion", failed, n=len(week),
        population="letters drawn for this week, both parts", record_kind="drawn",
    )  # fmt: skip
    if not failed:
        return []
    codes = list_words(sorted(set().union(*broken.values())))
    need = "needs" if len(failed) == 1 else "need"
    return [
        (
            f"{count_words(len(failed), 'letter')} failed on a critical criterion ({codes}) and "
            f"{need} putting right the same day."
        )
    ]
