"""The letters behind one week of a chart, counted anew in the chart's own way."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.calibration.selectors.reporting import ReportBefore
from forthright.reports.models import WeeklyReport
from forthright.reports.selectors.history import age_of
from forthright.reports.selectors.records import RecordRow
from forthright.rules.weekly_report.trust import FINDING
from forthright.rules.weeks import Week, week_of
from forthright.rules.words import date_words
from forthright.schemes.models import Duty
from forthright.web import clock


def report_before(area: Area, week: Week) -> ReportBefore | None:
    """Return the last report of an earlier week, as it stands, with the faults it told of."""
    found = WeeklyReport.objects.filter(area=area, week__lt=week.monday)
    last = found.order_by("-week", "-version").first()
    if last is None:
        return None
    told = {key.removeprefix(FINDING) for key in last.figures["figures"] if key.startswith(FINDING)}
    return ReportBefore(week_of(last.week), frozenset(int(each) for each in told))


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekBehind:
    """One week of a chart: what the report froze, and the letters that are counted today.

    `frozen` holds the week's label, count, n and words as the report keeps them; `count` and `n`
    are counted today, from all letters, whether or not this person may open them.
    """

    title: str
    frozen: dict[str, Any]
    rows: list[RecordRow]
    count: int
    n: int
    counted_until: date

    @property
    def is_as_frozen(self) -> bool:
        """Say whether today's records give the numbers that the report froze."""
        return (self.count, self.n) == (self.frozen["count"], self.frozen["n"])

    @property
    def hidden(self) -> int:
        """Return how many of the letters this person may not open."""
        return self.n - len(self.rows)


def week_behind(report: WeeklyReport, key: str, week: Week, user: User) -> WeekBehind | None:
    """Return the letters behind one week of a chart, or None where the report has no such week.

    The weeks of a chart of recordings are figures of their own, whose records are frozen.
    """
    found = _frozen(report, key, week)
    counts = {"share-in-time": _is_met, "not-sent": _is_unsent}.get(key)
    if found is None or counts is None:
        return None
    title, frozen = found
    as_of = date.fromisoformat(report.figures["as_of"])
    until = week.monday + age_of(week_of(report.week), as_of)
    duties = Duty.objects.filter(area=report.area_id, due_week=week.monday)
    in_order = duties.select_related("case", "unit").order_by("due_on", "pk")
    owed = [each for each in in_order if _is_owed(each, until)]
    counted = {each.pk for each in owed if counts(each, until)}
    theirs = set(within_reach(user, Permission.DUTY_SEE, duties).values_list("pk", flat=True))
    rows = [
        RecordRow(
            duty=each.pk, reference=each.reference, unit=each.unit.name, due_on=each.due_on,
            stood=each.get_state_display(), sent_on=_day_words(each),
            is_counted=each.pk in counted,
        )
        for each in owed
        if each.pk in theirs
    ]  # fmt: skip
    return WeekBehind(
        title=title, frozen=frozen, rows=rows, count=len(counted), n=len(owed), counted_until=until
    )


def _frozen(report: WeeklyReport, key: str, week: Week) -> tuple[str, dict[str, Any]] | None:
    for section in report.figures["sections"]:
        for chart in section["control_charts"]:
            if chart["key"] == key:
                values = [each for part in chart["segments"] for each in part["values"]]
                same = [each for each in values if each["week"] == str(week)]
                return (chart["title"], same[0]) if same else None
    return None


def _is_owed(duty: Duty, until: date) -> bool:
    """Say whether a letter was owed at that age; one that was excused since was owed then."""
    if duty.state != Duty.State.NOT_REQUIRED:
        return True
    return duty.not_required_at is not None and clock.day_of(duty.not_required_at) >= until


def _is_met(duty: Duty, until: date) -> bool:
    return duty.state == Duty.State.MET


def _is_unsent(duty: Duty, until: date) -> bool:
    if duty.state == Duty.State.MET:
        return False
    return duty.sent_at is None or clock.day_of(duty.sent_at) >= until


def _day_words(duty: Duty) -> str:
    return date_words(clock.day_of(duty.sent_at)) if duty.sent_at else "Not sent"
