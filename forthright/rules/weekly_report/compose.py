"""Puts the whole weekly report together from its facts."""

from datetime import timedelta
from typing import Any

from forthright.rules.disclosure_compliance import RULES as DISCLOSURE_RULES
from forthright.rules.panel_against import VERSION as PANEL_VERSION
from forthright.rules.timeliness import Timeliness
from forthright.rules.weekly_report.disclosure import DISCLOSURE_METHOD, disclosure
from forthright.rules.weekly_report.duties import late_by_stage, letters_owed
from forthright.rules.weekly_report.facts import ReportFacts
from forthright.rules.weekly_report.loop import LOOP_METHOD, loop
from forthright.rules.weekly_report.marks import defects, feedback, sample
from forthright.rules.weekly_report.panel import PANEL_METHOD, panel
from forthright.rules.weekly_report.pieces import Ledger, Section, Table, as_plain, records_of
from forthright.rules.weekly_report.recordings import REGISTER_METHOD, recordings
from forthright.rules.weekly_report.trust import TRUST_METHOD, trust_sections
from forthright.rules.weekly_report.trust import VERSION as TRUST_VERSION
from forthright.rules.weekly_report.week_sample import drawn_for, editions_of_the_week
from forthright.rules.words import day_words, list_words

VERSION = "weekly report 21"
METHOD = (
    "Every share is of letters owed, not of letters sent, so a letter never sent lowers it.",
    (
        "Everything is counted to the end of the day before the report was made. A sample is drawn "
        "when its week is over and marked in the week after, so a report tells of the sample of "
        "the week before its own."
    ),
    "A share is given only for ten or more, with its 95% Wilson interval; below ten only counts.",
    (
        "“Improved” and “worsened” are written only with a signal: on a control chart (XmR, NHS "
        "Making Data Count rules, at least 12 weeks), or by a two-sided test at 5% of 12 weeks "
        "against the 12 before. Otherwise: no change shown."
    ),
    (
        "A week with fewer than ten letters due is in a chart’s table and not on the chart; a week "
        "that is not over is on neither. The average of a chart counts each week the same. Where "
        "the time limits or the way of counting changed, its limits start anew. Each letter counts "
        "in the week in which it is due by what was known when the report was made; letters that "
        "had another due date are counted and can be opened."
    ),
    (
        "Only the random part of a sample gives a rate; targeted letters and those that cover a "
        "drafter are counted apart."
    ),
    "Quality and timeliness are marked and shown apart.",
    "Marks of different editions of the standard are never joined.",
    "A letter marked under two plans counts once among the faults, by the marking finished first.",
    (
        "Marks are the line manager’s own, first line; where a dispute was accepted, the new level "
        "counts and the first stays beside it."
    ),
)


def compose(facts: ReportFacts) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Return the report as plain values to freeze, and the records behind each figure."""
    counted = sorted({facts.edition, *editions_of_the_week(facts)})
    editions = list_words([f"edition {number}" for number in counted])
    ledger = Ledger(f"{facts.rules}; {editions} of the standard; {VERSION}")
    sections = [
        letters_owed(facts, ledger),
        late_by_stage(facts, ledger),
        sample(facts, ledger),
        defects(facts, ledger),
        feedback(facts, ledger),
        *_loop(facts, ledger),
        *_trust(facts, ledger),
        *_panel(facts, ledger),
        *_register(facts, ledger),
        *_disclosure(facts, ledger),
        _not_known(facts, ledger),
    ]
    plain = as_plain(
        sections, ledger,
        week=str(facts.week), week_words=facts.week.words, as_of=facts.as_of.isoformat(),
        as_of_words=day_words(facts.as_of - timedelta(days=1)), rules=ledger.rules,
        method=[*dict.fromkeys((
            *METHOD,
            *(LOOP_METHOD if facts.loop else ()),
            *(TRUST_METHOD if facts.trust else ()),
            *(PANEL_METHOD if facts.panel else ()),
            *(REGISTER_METHOD if facts.recordings else ()),
            *(DISCLOSURE_METHOD if facts.disclosure else ()),
        ))],
    )  # fmt: skip
    return plain, records_of(ledger)


def _loop(facts: ReportFacts, ledger: Ledger) -> list[Section]:
    """Return the sections on checks before sending, on feedback closed and on recurrence."""
    if facts.loop is None:
        return []
    sections, own = loop(facts, facts.loop, VERSION)
    ledger.figures |= own.figures
    return sections


def _trust(facts: ReportFacts, ledger: Ledger) -> list[Section]:
    """Return the sections on how far marks can be trusted, whose figures name their own rules."""
    if facts.trust is None:
        return []
    own = ledger.under(f"{facts.trust.numbers}; {TRUST_VERSION}; {VERSION}")
    return trust_sections(facts.trust, own)


def _panel(facts: ReportFacts, ledger: Ledger) -> list[Section]:
    """Return the section on the panel's marks, whose figures name their own rules."""
    if facts.panel is None:
        return []
    return [panel(facts.panel, ledger.under(f"{PANEL_VERSION}; {VERSION}"))]


def _register(facts: ReportFacts, ledger: Ledger) -> list[Section]:
    """Return the section on recordings, whose figures name their own rules."""
    if facts.recordings is None:
        return []
    own = ledger.under(f"recordings by periods {facts.recordings.periods}; {VERSION}")
    return [recordings(facts, facts.recordings, own)]


def _disclosure(facts: ReportFacts, ledger: Ledger) -> list[Section]:
    """Return the section on initial disclosure, whose figures name their own rules."""
    if facts.disclosure is None:
        return []
    own = ledger.under(f"{DISCLOSURE_RULES}; {VERSION}")
    return [disclosure(facts, facts.disclosure, own)]


def _not_known(facts: ReportFacts, ledger: Ledger) -> Section:
    """Return the section that says what the figures cannot tell."""
    section = Section(key="unknown", title="What is not known")
    unknown = [duty.id for duty in facts.duties if duty.entitlement == "UNKNOWN"]
    nameless = [
        duty.id
        for duty in facts.duties
        if not duty.is_drafter_known and duty.timeliness in {Timeliness.MET, Timeliness.LATE}
    ]
    drawn = [each for each in facts.drawn if each.week == facts.sampled]
    unmarked = [each.id for each in drawn if not each.is_marked]
    of_owed = ("duty", len(facts.duties), "letters of the week")
    of_decided = ("decision", facts.decided, "qualifying decisions made in the week")
    of_drawn = ("drawn", len(drawn), f"{drawn_for(facts)}, all parts")
    counts = (
        ("unknown-person", list(facts.with_nobody), of_decided,
         "Decisions with nobody recorded to tell: no letter is owed yet"),
        ("unknown-entitlement", unknown, of_owed, "Entitlement not known: treated as enhanced"),
        ("unknown-drafter", nameless, of_owed,
         "Sent with no known drafter: nobody can be given feedback on it"),
        ("unknown-marks", unmarked, of_drawn,
         f"Drawn for the {facts.sampled.short_words} and not marked"),
    )  # fmt: skip
    rows = [
        (words, (ledger.count(key, words, ids, n=n, population=population, record_kind=kind),))
        for key, ids, (kind, n, population), words in counts
    ]
    section.sentences += facts.warnings
    if any(ids for _, ids, _, _ in counts):
        section.tables.append(
            Table(caption="What is not known", columns=("Number",), rows=tuple(rows))
        )
    elif not section.sentences:
        section.sentences = ["Nothing is known to be missing."]
    return section
