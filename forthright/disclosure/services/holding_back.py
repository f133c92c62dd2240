"""Which rows of a delivery may tell what is sensitive, though the form that they stand on is open.

Of the officer's report more stays back than what is told here: `selectors.hidden` asks again, each
time somebody looks, which of its entries are known to be about open items.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import (
    PreparedRules,
    ScheduleFinding,
    check_schedules,
)
from forthright.rules.schedules.reported import is_plainly_open
from forthright.rules.schedules.schedule import Form, Schedule, ScheduleItem


@dataclass(frozen=True, slots=True)
class HeldBack:
    """The rows that a check holds back, by form and place."""

    places: frozenset[tuple[str, str]]

    @classmethod
    def of(
        cls, findings: Sequence[ScheduleFinding], schedules: Sequence[Schedule],
        rules: PreparedRules, *, as_of: date,
    ) -> "HeldBack":  # fmt: skip
        """Return what the check found so, and what in reports it would find on an open form."""
        found = {(each.form.value, each.place) for each in findings if each.holds_back}
        return cls(frozenset(found | set(_in_reports(schedules, rules, as_of))))

    def has(self, form: Form, row: ScheduleItem) -> bool:
        """Say whether a row is among them: found so, or an entry not plainly of an open item."""
        if form is Form.MG6E and not is_plainly_open(row):
            return True
        return (form.value, row.place.words) in self.places


def _in_reports(
    schedules: Sequence[Schedule], rules: PreparedRules, as_of: date
) -> list[tuple[str, str]]:
    """Return the entries of reports whose words the check would hold back on an open form."""
    reports = tuple(_as_open(each) for each in schedules if each.form is Form.MG6E)
    if not reports:
        return []
    own = PreparedRules(tuple(each for each in rules.rules if each[0].holds_back))
    findings = check_schedules(Bundle(schedules=reports), own, as_of=as_of)
    return [(Form.MG6E.value, each.place) for each in findings]


def _as_open(report: Schedule) -> Schedule:
    items = tuple(replace(each, description=_every_word(each)) for each in report.items)
    return replace(report, form=Form.MG6C, items=items)


def _every_word(row: ScheduleItem) -> str:
    words = (row.description, row.undermines, row.copy, row.comments, row.location, row.reason)
    return ". ".join(each for each in words if each)
