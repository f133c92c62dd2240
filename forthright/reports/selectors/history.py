"""The weeks behind a report, each as it stood at the age of the report's own week."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from forthright.accounts.models import Area
from forthright.rules.timeliness import Timeliness
from forthright.rules.weekly_report.facts import DutyFact, WeekPoint
from forthright.rules.weekly_report.trends import CHARTED_WEEKS
from forthright.rules.weeks import Week, week_of
from forthright.rules.words import list_words
from forthright.schemes.models import Duty, RuleSet
from forthright.web import clock


def ways_of_counting(rule_sets: Iterable[RuleSet]) -> dict[int, str]:
    """Return for each rule set the name of the way it counts letters.

    A rule set that counts just as the one before it, as when only a source was confirmed, takes
    that one's name, so that a chart does not break for nothing.
    """
    names: dict[int, str] = {}
    before, name = None, ""
    for rule_set in sorted(rule_sets, key=lambda each: each.version):
        way = (
            sorted((each.entitlement, each.working_days) for each in rule_set.limits.all()),
            rule_set.cut_off, rule_set.day_one, rule_set.measure,
            sorted(rule_set.qualifying_kinds),
        )  # fmt: skip
        if way != before:
            before, name = way, f"time limits {rule_set}"
        names[rule_set.pk] = name
    return names


def age_of(week: Week, as_of: date) -> timedelta:
    """Return how long after its Monday each earlier week of a report is counted.

    That is as long as the report's own week has had; while that is not over, as long as a whole
    week, for nobody can tell anything from letters that were not due yet.
    """
    return max(as_of - week.monday, timedelta(weeks=1))


def history_of(
    area: Area, week: Week, as_of: date, duties: tuple[DutyFact, ...], ways: dict[int, str]
) -> tuple[WeekPoint, ...]:
    """Return each week as it stood at the same age as this one, and this week from its own facts.

    A week counted long afterwards has had time to send its late letters. Counting it as of the
    same number of days after its Monday, each to the end of the day before, keeps an old week
    from looking better than a new one.
    """
    first = week.plus(1 - CHARTED_WEEKS)
    until = Duty.objects.filter(area=area, due_week__gte=first.monday, due_week__lte=week.monday)
    before = until.filter(due_week__lt=week.monday).exclude(state=Duty.State.NOT_REQUIRED)
    counts: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    grouped = before.values_list("due_week", "state").annotate(number=Count("id"))
    for monday, state, number in grouped.order_by():
        counts[monday][state] = number
    age = age_of(week, as_of)
    # An open letter is unsent, unless it was sent and the clock waits for it to be reached.
    sent_since = before.exclude(state=Duty.State.MET).exclude(sent_at=None)
    for monday, sent in sent_since.values_list("due_week", "sent_at"):
        counts[monday]["sent"] += sent is not None and clock.day_of(sent) < monday + age
    # A letter that was excused since was owed and not sent then.
    excused = until.filter(due_week__lt=week.monday, state=Duty.State.NOT_REQUIRED)
    for monday, ended in excused.values_list("due_week", "not_required_at"):
        if ended is not None and clock.day_of(ended) >= monday + age:
            counts[monday][Duty.State.OPEN] += 1
    rules = _rules_by_week(until, ways)
    points = [
        WeekPoint(
            week=week_of(monday),
            due=states[Duty.State.MET] + states[Duty.State.LATE] + states[Duty.State.OPEN],
            met=states[Duty.State.MET],
            not_sent=states[Duty.State.LATE] + states[Duty.State.OPEN] - states["sent"],
            rules=rules[monday],
        )
        for monday, states in sorted(counts.items())
    ]
    now = [duty.timeliness for duty in duties if duty.timeliness.is_counted]
    this_week = WeekPoint(
        week=week, due=len(now), met=now.count(Timeliness.MET),
        not_sent=now.count(Timeliness.NEVER_SENT), rules=rules[week.monday],
    )  # fmt: skip
    return (*points, this_week)


def _rules_by_week(duties: "QuerySet[Duty]", ways: dict[int, str]) -> defaultdict[date, str]:
    """Return the way or ways in which the letters of each week are counted."""
    names = list(dict.fromkeys(ways.values()))
    if len(names) < 2:
        return defaultdict(lambda: names[0] if names else "")
    found: dict[date, set[str]] = defaultdict(set)
    for monday, rule_set in duties.values_list("due_week", "rule_set").distinct().order_by():
        found[monday].add(ways[rule_set])
    by_week = {
        monday: list_words([name for name in names if name in those])
        for monday, those in found.items()
    }
    return defaultdict(lambda: names[-1], by_week)
