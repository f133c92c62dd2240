"""Gives a new Area its first rule set and its calendar, from what is published."""

from datetime import datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.clock_rules import (
    ClockRules,
    Provenance,
    Status,
    published_clock_rules,
    published_dispute_limit,
)
from forthright.rules.qualifying import published_qualifying_decisions
from forthright.schemes.models import CalendarSpan, ClosedDay, RuleSet, TimeLimit
from forthright.schemes.services.owing import lock_area

STATUS = {
    Status.PUBLISHED: TimeLimit.Status.PUBLISHED,
    Status.TO_BE_CONFIRMED: TimeLimit.Status.UNVERIFIED,
    Status.CONFIRMED: TimeLimit.Status.CONFIRMED,
}


@transaction.atomic
def start_area_scheme(area: Area, *, by: User | None, at: datetime) -> RuleSet:
    """Give an Area the published rules and calendar; an Area that has them keeps its own."""
    lock_area(area.pk)
    if kept := RuleSet.objects.filter(area=area).first():
        return kept
    rule_set = _first_rule_set(area, by, at)
    _publish_calendar(area, by, at)
    audit.record("scheme.started", rule_set, by=by, at=at, rules=rule_set.version)
    return rule_set


def _first_rule_set(area: Area, by: User | None, at: datetime) -> RuleSet:
    rules, dispute = published_clock_rules(), published_dispute_limit()
    rule_set = RuleSet.objects.create(
        area=area,
        version=1,
        in_force_from=min(limit.in_force_from for limit in rules.limits),
        cut_off=rules.cut_off,
        day_one=rules.day_one,
        measure=rules.measure,
        qualifying_kinds=[each.kind for each in published_qualifying_decisions()],
        dispute_working_days=dispute.working_days,
        sources=_sources(rules, dispute.provenance),
        reason=f"The published rules, edition {rules.version}, as the service ships with them.",
        made_at=at,
        made_by=by,
    )
    TimeLimit.objects.bulk_create(
        TimeLimit(
            rule_set=rule_set,
            entitlement=limit.entitlement,
            working_days=limit.working_days,
            source=limit.source,
            source_address=limit.source_address,
            status=STATUS[limit.status],
        )
        for limit in rules.limits
    )
    return rule_set


def _sources(rules: ClockRules, dispute: Provenance) -> dict[str, Any]:
    settings = {
        "cut_off": rules.cut_off_from,
        "day_one": rules.day_one_from,
        "measure": rules.measure_from,
        "dispute": dispute,
    }
    return {
        **{name: _source(each) for name, each in settings.items()},
        "qualifying": {
            each.kind: {
                "source": each.source,
                "source_address": each.source_address,
                "status": str(each.status),
            }
            for each in published_qualifying_decisions()
        },
    }


def _source(provenance: Provenance) -> dict[str, str]:
    return {
        "source": provenance.source,
        "source_address": provenance.source_address,
        "status": str(provenance.status),
    }


def _publish_calendar(area: Area, by: User | None, at: datetime) -> None:
    published = published_bank_holidays()
    CalendarSpan.objects.create(
        area=area,
        known_from=published.known_from,
        known_until=published.known_until,
        source=published.source,
    )
    ClosedDay.objects.bulk_create(
        ClosedDay(
            area=area,
            day=day,
            name=name,
            source=published.source,
            added_at=at,
            added_by=by,
        )
        for day, name in published.days.items()
    )
