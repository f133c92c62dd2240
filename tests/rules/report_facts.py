"""Facts of a week to compose a report from."""

from datetime import date

from forthright.rules.timeliness import Timeliness
from forthright.rules.weekly_report.facts import (
    CriterionFact,
    DrawnFact,
    DutyFact,
    FeedbackFact,
    MarkFact,
    ReportFacts,
    WeekPoint,
)
from forthright.rules.weeks import Week

WEEK = Week(2026, 40)
SAMPLED = WEEK.plus(-1)  # the week whose sample the report tells of
SINCE = date(2026, 6, 16)
CRITERIA = (
    CriterionFact(code="A1", title="Right person", is_critical=True),
    CriterionFact(code="A4", title="Sent in time", is_timeliness=True),
    CriterionFact(code="B3", title="Tone"),
)


def duties(**counts):
    found = []
    for kind, number in counts.items():
        found += [
            DutyFact(
                id=len(found) + place, unit="Crown Court", entitlement="ENHANCED",
                timeliness=Timeliness[kind], due_on=WEEK.monday,
                late_stage="DRAFTING" if kind == "LATE" else "",
            )
            for place in range(1, number + 1)
        ]  # fmt: skip
    return tuple(found)


def facts(**changes):
    plain = {
        "week": WEEK, "as_of": date(2026, 10, 5), "rules": "time limits version 1", "edition": 1,
        "duties": (), "history": (), "drawn": (), "criteria": CRITERIA, "feedback": (),
        "stages": (("DRAFTING", "Drafting"),),
    }  # fmt: skip
    return ReportFacts(**{**plain, **changes})


def marked(number, *, week=SAMPLED, part="RANDOM", overall="FULLY", edition=1, **levels):
    return DrawnFact(
        id=number, duty=number, plan="Weekly dip sample", week=week, part=part,
        was_sent=True, is_marked=True, overall=overall,
        edition=edition,
        marks=tuple(MarkFact(code=c, level=v, is_critical=c == "A1") for c, v in levels.items()),
    )  # fmt: skip


def told(number, *, is_told=True, **fields):
    return FeedbackFact(id=number, waiting_since=SINCE, is_told=is_told, **fields)


def sentences(report):
    return " ".join(s for section in report["sections"] for s in section["sentences"])


def history(values, *, due=100, rules="time limits version 1"):
    first = WEEK.plus(1 - len(values))
    return tuple(
        WeekPoint(week=first.plus(place), due=due, met=met, not_sent=5, rules=rules)
        for place, met in enumerate(values)
    )


def chart_of(report, key="share-in-time"):
    return next(c for c in report["sections"][0]["control_charts"] if c["key"] == key)
