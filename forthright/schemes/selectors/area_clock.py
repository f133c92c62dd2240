"""An Area's rule sets and calendar, read once, and the due dates they give."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from forthright.accounts.models import Area
from forthright.rules import clock_rules
from forthright.rules.clock_rules import ClockRules, DayOne, Provenance, Status
from forthright.rules.deadlines import (
    DisputeDeadline,
    DueDate,
    decided_words,
    decision_deadline,
    dispute_deadline,
    letter_due,
)
from forthright.rules.entitlement import Entitlement
from forthright.rules.words import date_words, day_words, is_day_only, local
from forthright.rules.working_days import Calendar, calendar_warning
from forthright.schemes.models import CalendarSpan, ClosedDay, RuleSet, TimeLimit

STATUS = {
    TimeLimit.Status.PUBLISHED: Status.PUBLISHED,
    TimeLimit.Status.UNVERIFIED: Status.TO_BE_CONFIRMED,
    TimeLimit.Status.CONFIRMED: Status.CONFIRMED,
}


class NoRulesInForce(LookupError):
    """No rule set of the Area covers the day of a decision."""

    MEND = "Check the date of the decision."

    def __init__(self, why: str) -> None:
        """Keep why, and say how to mend it after it."""
        super().__init__(f"{why} {self.MEND}")
        self.why = why


class AreaNotStarted(LookupError):
    """The Area has no time limits or calendar yet."""


@dataclass(frozen=True)
class AreaClock:
    """Works out due dates by the rule set in force on the day of each decision.

    A due date depends on the day, not the minute, unless a cut-off hour lies
    between, or the hour is not known; so each is worked out once and then remembered.
    """

    rule_sets: tuple[RuleSet, ...]  # the newest first
    calendar: Calendar
    _rules: dict[int, ClockRules] = field(default_factory=dict)
    _known: dict[tuple[int, date, bool, bool, str], DueDate] = field(default_factory=dict)

    def rule_set_on(self, day: date) -> RuleSet:
        """Return the rule set in force on a day.

        :raises NoRulesInForce: if none was yet
        """
        for rule_set in self.rule_sets:
            if rule_set.in_force_from <= day:
                return rule_set
        first = self.rule_sets[-1].in_force_from
        raise NoRulesInForce(
            f"The time limits of this Area begin on {date_words(first)}, so no due date can be "
            f"worked out for a decision of {day_words(day)}."
        )

    def due(self, decided_at: datetime, entitlement: str) -> tuple[DueDate, RuleSet]:
        """Return when a letter is due, and the rule set that says so.

        :raises NoRulesInForce: if no rule set covers the day of the decision
        :raises CalendarTooShort: if the calendar does not reach the due date
        """
        start = local(decided_at)
        rule_set = self.rule_set_on(start.date())
        late = rule_set.cut_off is not None and start.time() > rule_set.cut_off
        key = (rule_set.version, start.date(), late, is_day_only(start), entitlement)
        if key not in self._known:
            self._known[key] = letter_due(
                decided_at,
                entitlement=Entitlement(entitlement),
                rules=self.rules_of(rule_set),
                calendar=self.calendar,
            )
        return _decided_at(self._known[key], start), rule_set

    def dispute_limit(self, told: date) -> DisputeDeadline:
        """Return until when what somebody was told on a day may be disputed.

        It is one rule for a mark and for what a colleague found before the letter went.

        :raises NoRulesInForce: if no rule set covers the day
        :raises CalendarTooShort: if the calendar does not reach the last day
        """
        days = self.rule_set_on(told).dispute_working_days
        return dispute_deadline(told, calendar=self.calendar, working_days=days)

    def decision_limit(self, raised: date) -> DisputeDeadline:
        """Return until when a dispute raised on a day is to be decided, whatever it is of.

        :raises NoRulesInForce: if no rule set covers the day
        :raises CalendarTooShort: if the calendar does not reach the last day
        """
        days = self.rule_set_on(raised).dispute_working_days
        return decision_deadline(raised, calendar=self.calendar, working_days=days)

    def is_as(self, other: "AreaClock") -> bool:
        """Say whether another clock, read at another time, gives the same dates and reasons."""
        return self.calendar == other.calendar and self._all_rules() == other._all_rules()

    def _all_rules(self) -> list[tuple[int, list[str], ClockRules]]:
        sets = self.rule_sets
        return [(each.pk, list(each.qualifying_kinds), self.rules_of(each)) for each in sets]

    def rules_of(self, rule_set: RuleSet) -> ClockRules:
        """Return a rule set as plain rules to count with."""
        if rule_set.version not in self._rules:
            self._rules[rule_set.version] = clock_rules_of(rule_set)
        return self._rules[rule_set.version]


def area_clock(area: Area) -> AreaClock:
    """Return the Area's clock, with its rule sets and calendar as they stand now.

    :raises AreaNotStarted: if the Area has no rules yet
    """
    rule_sets = tuple(rule_sets_of(area))
    if not rule_sets:
        raise AreaNotStarted(f"{area} has no time limits yet. An administrator sets them up.")
    return AreaClock(rule_sets, calendar_of(area))


def started_areas() -> list[Area]:
    """Return the Areas that have rules, by name."""
    return list(Area.objects.filter(pk__in=RuleSet.objects.values("area")).order_by("name"))


def rule_sets_of(area: Area) -> list[RuleSet]:
    """Return every rule set of an Area with its limits, the newest first."""
    return list(RuleSet.objects.filter(area=area).prefetch_related("limits"))


def calendar_of(area: Area) -> Calendar:
    """Return the Area's calendar of closed days.

    :raises AreaNotStarted: if the Area has no calendar yet
    """
    span = CalendarSpan.objects.filter(area=area).first()
    if span is None:
        raise AreaNotStarted(f"{area} has no calendar yet. An administrator sets it up.")
    return Calendar(closed_days_of(area), span.known_from, span.known_until)


def closed_days_of(area: Area) -> dict[date, str]:
    """Return the days that do not count in an Area, each with its name."""
    days = ClosedDay.objects.filter(area=area, removed_at__isnull=True)
    return dict(days.values_list("day", "name"))


def is_started(area: Area) -> bool:
    """Return whether an Area has time limits and a calendar, as it must before any letter."""
    return all(each.objects.filter(area=area).exists() for each in (RuleSet, CalendarSpan))


def calendar_warning_for(area: Area, today: date) -> str | None:
    """Warn in words when the Area's calendar ends soon or has ended."""
    try:
        return calendar_warning(calendar_of(area), today)
    except AreaNotStarted as missing:
        return str(missing)


def clock_rules_of(rule_set: RuleSet, limits: Iterable[TimeLimit] | None = None) -> ClockRules:
    """Return a rule set as plain rules; an unsaved one brings its limits beside it."""
    limits = rule_set.limits.all() if limits is None else limits
    return ClockRules(
        version=str(rule_set.version),
        limits=tuple(_limit(limit, rule_set.in_force_from) for limit in limits),
        cut_off=_time(rule_set.cut_off),
        cut_off_from=provenance_of(rule_set, "cut_off"),
        day_one=DayOne(rule_set.day_one),
        day_one_from=provenance_of(rule_set, "day_one"),
        measure=clock_rules.Measure(rule_set.measure),
        measure_from=provenance_of(rule_set, "measure"),
    )


def provenance_of(rule_set: RuleSet, setting: str) -> Provenance:
    """Return where one setting of a rule set comes from."""
    row = rule_set.sources.get(setting, {})
    return Provenance(
        source=row.get("source", "This service's own setting"),
        source_address=row.get("source_address", ""),
        in_force_from=rule_set.in_force_from,
        status=Status(row.get("status", Status.TO_BE_CONFIRMED)),
    )


def _limit(limit: TimeLimit, in_force_from: date) -> clock_rules.TimeLimit:
    return clock_rules.TimeLimit(
        entitlement=Entitlement(limit.entitlement),
        working_days=limit.working_days,
        source=limit.source,
        source_address=limit.source_address,
        in_force_from=in_force_from,
        status=STATUS[TimeLimit.Status(limit.status)],
    )


def _time(value: time | str | None) -> time | None:
    return time.fromisoformat(value) if isinstance(value, str) else value


def _decided_at(due: DueDate, start: datetime) -> DueDate:
    """Return a remembered due date with this decision's own hour in its first sentence."""
    said = decided_words(start)
    own = f"D{said[1:]}."
    if due.arithmetic[0] == own:
        return due
    rest = due.sentence.partition(";")[2]
    return replace(due, arithmetic=(own, *due.arithmetic[1:]), sentence=f"{said};{rest}")
