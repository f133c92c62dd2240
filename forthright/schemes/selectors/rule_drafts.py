"""A new rule set as somebody proposes it, and what it would move."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from forthright.accounts.models import Area
from forthright.rules.clock_rules import Status
from forthright.rules.words import capitalised, date_words, moment_words
from forthright.schemes.models import RuleSet, TimeLimit
from forthright.schemes.selectors.area_clock import area_clock, clock_rules_of
from forthright.schemes.selectors.redating import Redating, open_since, planned
from forthright.web.meanwhile import ChangedMeanwhile

SETTINGS = ("cut_off", "day_one", "measure", "dispute_working_days")
CHANGEABLE = ("enhanced_days", "standard_days", *SETTINGS)
# The name a setting's source is kept under.
SOURCE_NAMES = {"dispute_working_days": "dispute"}


class RulesRefused(ValueError):
    """A rule set that cannot come into force, and why."""


@dataclass(frozen=True, kw_only=True)
class RuleDraft:
    """Everything that may be changed in a rule set, and why it is."""

    in_force_from: date
    enhanced_days: int
    standard_days: int
    cut_off: time | None
    day_one: str
    measure: str
    dispute_working_days: int
    source: str
    is_confirmed: bool
    reason: str

    @property
    def status(self) -> Status:
        """Return the status that changed settings get."""
        return Status.CONFIRMED if self.is_confirmed else Status.TO_BE_CONFIRMED


def draft_from(rule_set: RuleSet, *, today: date) -> RuleDraft:
    """Return a rule set as a draft in which nothing is changed yet."""
    days = {limit.entitlement: limit.working_days for limit in rule_set.limits.all()}
    return RuleDraft(
        in_force_from=today,
        enhanced_days=days["ENHANCED"],
        standard_days=days["STANDARD"],
        cut_off=rule_set.cut_off,
        day_one=rule_set.day_one,
        measure=rule_set.measure,
        dispute_working_days=rule_set.dispute_working_days,
        source="",
        is_confirmed=False,
        reason="",
    )


def rule_set_from(
    draft: RuleDraft, current: RuleSet, *, made_at: datetime
) -> tuple[RuleSet, list[TimeLimit]]:
    """Return the unsaved next rule set of an Area, each changed setting with its new source."""
    rule_set = RuleSet(
        area_id=current.area_id,
        version=current.version + 1,
        in_force_from=draft.in_force_from,
        cut_off=draft.cut_off,
        day_one=draft.day_one,
        measure=draft.measure,
        qualifying_kinds=current.qualifying_kinds,
        dispute_working_days=draft.dispute_working_days,
        sources=_sources(draft, current),
        reason=draft.reason,
        made_at=made_at,
    )
    days = {"ENHANCED": draft.enhanced_days, "STANDARD": draft.standard_days}
    limits = [
        _limit(limit, days[limit.entitlement], draft, rule_set) for limit in current.limits.all()
    ]
    return rule_set, limits


def moves_if_rules_change(area: Area, draft: RuleDraft, *, today: date) -> Redating:
    """Return what a new rule set would move: open letters decided since it is in force.

    :raises RulesRefused: if it would come into force before the present one did
    """
    clock = area_clock(area)
    current = clock.rule_sets[0]
    check_follows(draft, current)
    rule_set, limits = rule_set_from(draft, current, made_at=current.made_at)
    rules = {rule_set.version: clock_rules_of(rule_set, limits)}
    proposed = replace(clock, rule_sets=(rule_set, *clock.rule_sets), _rules=rules, _known={})
    return planned(open_since(area, draft.in_force_from), proposed, today=today)


def check_follows(draft: RuleDraft, current: RuleSet) -> None:
    """Refuse a rule set that changes nothing or reaches behind the one before it.

    :raises RulesRefused: with what to change
    """
    if draft.in_force_from < current.in_force_from:
        raise RulesRefused(
            f"The present time limits came into force on {date_words(current.in_force_from)}. "
            "New ones cannot begin before that."
        )
    if not draft.is_confirmed and not changed_settings(draft, current):
        raise RulesRefused("Nothing is changed. Change a time limit, or go back.")


def check_made_from(opened: str | None, current: RuleSet) -> None:
    """Refuse a draft that was made from another version than the one that stands.

    :raises ChangedMeanwhile: with who brought the later one into force, and when
    """
    if opened in {None, str(current.version)}:
        return
    who = f" by {current.made_by}" if current.made_by else ""
    raise ChangedMeanwhile(
        f"{capitalised(str(current))} of the time limits was made{who}, "
        f"{moment_words(current.made_at)}, after you opened this page. What you left alone shows "
        "that version below; what you changed is as you wrote it. Check all of it, then continue.",
        stands=str(current.version),
    )


def changed_settings(draft: RuleDraft, current: RuleSet) -> list[str]:
    """Return the names of the settings that a draft changes."""
    now = draft_from(current, today=draft.in_force_from)
    return [name for name in CHANGEABLE if getattr(draft, name) != getattr(now, name)]


def _sources(draft: RuleDraft, current: RuleSet) -> dict[str, Any]:
    sources = dict(current.sources)
    changed = changed_settings(draft, current)
    for setting in SETTINGS:
        name = SOURCE_NAMES.get(setting, setting)
        if setting in changed or _is_newly_confirmed(draft, sources.get(name, {})):
            sources[name] = {
                "source": draft.source,
                "source_address": "",
                "status": str(draft.status),
            }
    return sources


def _is_newly_confirmed(draft: RuleDraft, source: dict[str, Any]) -> bool:
    return draft.is_confirmed and source.get("status") == Status.TO_BE_CONFIRMED


def _limit(limit: TimeLimit, days: int, draft: RuleDraft, rule_set: RuleSet) -> TimeLimit:
    """Return a limit of the next rule set; an unchanged one keeps its source."""
    confirmed = draft.is_confirmed and limit.status == TimeLimit.Status.UNVERIFIED
    fresh = limit.working_days != days or confirmed
    new_status = TimeLimit.Status.CONFIRMED if draft.is_confirmed else TimeLimit.Status.UNVERIFIED
    return TimeLimit(
        rule_set=rule_set,
        entitlement=limit.entitlement,
        working_days=days,
        source=draft.source if fresh else limit.source,
        source_address="" if fresh else limit.source_address,
        status=new_status if fresh else limit.status,
    )
