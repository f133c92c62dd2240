"""A rule set in plain words, each number with its source and whether it is confirmed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.cases.models import Decision
from forthright.rules.clock_rules import Provenance, Status
from forthright.rules.words import capitalised, count_words, time_words
from forthright.schemes.models import CalendarSpan, ClosedDay, RuleSet
from forthright.schemes.selectors.area_clock import STATUS, provenance_of

WHO = {
    "ENHANCED": "Letter to a person with enhanced entitlement, or whose entitlement is not known",
    "STANDARD": "Letter to anybody else",
}
STATUS_WORDS = {
    Status.PUBLISHED: "Published",
    Status.TO_BE_CONFIRMED: "Unverified: to be confirmed",
    Status.CONFIRMED: "Confirmed",
}
COLOURS = {Status.PUBLISHED: "green", Status.TO_BE_CONFIRMED: "yellow", Status.CONFIRMED: "green"}


@dataclass(frozen=True)
class RuleLine:
    """One setting as people read it."""

    name: str
    value: str
    source: str
    source_address: str
    status: str
    colour: str


@dataclass(frozen=True)
class YearOfDays:
    """The closed days of one year."""

    year: int
    days: list[ClosedDay]

    @property
    def has_foretold(self) -> bool:
        """Return whether a day of the year waits to be confirmed against GOV.UK."""
        return any(closed.is_foretold for closed in self.days)


def rule_set_for(user: User, rule_set_id: int) -> RuleSet:
    """Return one rule set of the person's Area.

    :raises Http404: if their Area has no such rule set
    """
    rows = RuleSet.objects.filter(area=user.area_id, pk=rule_set_id)
    rule_set = rows.prefetch_related("limits").select_related("made_by").first()
    if rule_set is None:
        raise Http404("No such time limits")
    return rule_set


def rule_sets_visible_to(user: User) -> "QuerySet[RuleSet]":
    """Return every rule set of the person's Area, the newest first."""
    rows = RuleSet.objects.filter(area=user.area_id)
    return rows.prefetch_related("limits").select_related("made_by")


def rule_set_in_force(area: Area, today: date) -> RuleSet | None:
    """Return the rule set for decisions of today, or None where the Area has none."""
    rows = RuleSet.objects.filter(area=area, in_force_from__lte=today)
    return rows.prefetch_related("limits").select_related("made_by").first()


def limit_lines(rule_set: RuleSet) -> list[RuleLine]:
    """Return the time limits in words, the shortest first."""
    limits = sorted(rule_set.limits.all(), key=lambda limit: limit.working_days)
    return [
        _line(
            WHO.get(limit.entitlement, limit.entitlement),
            count_words(limit.working_days, "working day"),
            Provenance(
                source=limit.source,
                source_address=limit.source_address,
                status=STATUS[limit.status],  # type: ignore[index]
            ),
        )
        for limit in limits
    ]


def setting_lines(rule_set: RuleSet) -> list[RuleLine]:
    """Return how the clock counts, in words."""
    cut_off = (
        f"A decision after {time_words(rule_set.cut_off)}, or on a day that is not a working day, "
        "counts as made on the next working day"
        if rule_set.cut_off
        else "None: a decision at any hour counts on its own day"
    )
    dispute = count_words(rule_set.dispute_working_days, "working day")
    settings = [
        ("First day counted", capitalised(rule_set.get_day_one_display()), "day_one"),
        ("Cut-off hour", cut_off, "cut_off"),
        ("What stops the clock", capitalised(rule_set.get_measure_display()), "measure"),
        ("Time to dispute a mark", f"{dispute} from the day the drafter was told", "dispute"),
    ]
    return [_line(name, value, provenance_of(rule_set, key)) for name, value, key in settings]


def number_unconfirmed(area: Area, today: date) -> int:
    """Return how many of the time limits in force, and ways of counting, nobody has confirmed."""
    rule_set = rule_set_in_force(area, today)
    if rule_set is None:
        return 0
    waits = STATUS_WORDS[Status.TO_BE_CONFIRMED]
    return sum(line.status == waits for line in limit_lines(rule_set) + setting_lines(rule_set))


def qualifying_lines(rule_set: RuleSet) -> list[RuleLine]:
    """Return the decisions that people are told of."""
    sources = rule_set.sources.get("qualifying", {})
    lines = []
    for kind in rule_set.qualifying_kinds:
        row = sources.get(kind, {})
        provenance = Provenance(
            source=row.get("source", ""),
            source_address=row.get("source_address", ""),
            status=Status(row.get("status", Status.TO_BE_CONFIRMED)),
        )
        lines.append(_line(str(Decision.Kind(kind).label), "", provenance))
    return lines


def rule_set_numbered(area: Area, version: str) -> RuleSet | None:
    """Return the rule set of a version as a form carries it, or None where there is none."""
    if not (version.isascii() and version.isdigit()):
        return None
    rows = RuleSet.objects.filter(area=area, version=int(version[:9]))
    return rows.prefetch_related("limits").first()


def span_of(area: Area) -> CalendarSpan | None:
    """Return the dates between which the Area's calendar is known."""
    return CalendarSpan.objects.filter(area=area).first()


def closed_days_by_year(area: Area, *, since: int) -> list[YearOfDays]:
    """Return the days that do not count, year by year."""
    rows = ClosedDay.objects.filter(
        area=area, removed_at__isnull=True, day__year__gte=since
    ).order_by("day")
    years: dict[int, list[ClosedDay]] = {}
    for closed in rows:
        years.setdefault(closed.day.year, []).append(closed)
    return [YearOfDays(year, days) for year, days in years.items()]


def closed_day_for(user: User, closed_day_id: int) -> ClosedDay:
    """Return one closed day of the person's Area that still stands.

    :raises Http404: if there is none
    """
    rows = ClosedDay.objects.filter(area=user.area_id, removed_at__isnull=True)
    closed = rows.select_related("area").filter(pk=closed_day_id).first()
    if closed is None:
        raise Http404("No such day")
    return closed


def _line(name: str, value: str, provenance: Provenance) -> RuleLine:
    return RuleLine(
        name=name,
        value=value,
        source=provenance.source,
        source_address=provenance.source_address,
        status=STATUS_WORDS[provenance.status],
        colour=COLOURS[provenance.status],
    )
