"""Brings a new rule set into force; what was decided before it keeps the old."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.rules.words import date_words
from forthright.rules.written import reason_in
from forthright.schemes import policies
from forthright.schemes.models import RuleSet, TimeLimit
from forthright.schemes.selectors.area_clock import area_clock
from forthright.schemes.selectors.redating import open_since, planned
from forthright.schemes.selectors.rule_drafts import (
    RuleDraft,
    RulesRefused,
    changed_settings,
    check_follows,
    check_made_from,
    rule_set_from,
)
from forthright.schemes.services.owing import lock_area
from forthright.schemes.services.redating import move_due_dates


@transaction.atomic
def change_rule_set(
    area: Area, draft: RuleDraft, *, by: User | None, at: datetime, opened: str | None = None
) -> tuple[RuleSet, int]:
    """Add a dated rule set and return it with how many open letters got another due date.

    Letters sent, and letters of decisions made before it is in force, keep
    their dates: a rule never reaches back. `opened` is the number of the version that the page
    was made from; without one, nothing is asked.

    :raises NotAllowed: if this person may not change the rules
    :raises ChangedMeanwhile: if another version was made since the page was opened
    :raises RulesRefused: if it has no reason, changes nothing or reaches back
    """
    area = lock_area(area.pk)
    policies.check_can_change_scheme(by, area)
    current = area_clock(area).rule_sets[0]
    check_made_from(opened, current)
    check_follows(draft, current)
    if not reason_in(draft.reason) or not reason_in(draft.source):
        raise RulesRefused("Say why the time limits change, and who decided it.")
    changed = changed_settings(draft, current)
    rule_set, limits = rule_set_from(draft, current, made_at=at)
    rule_set.made_by = by
    rule_set.save(force_insert=True)
    TimeLimit.objects.bulk_create(limits)
    redating = planned(open_since(area, draft.in_force_from), area_clock(area), today=at.date())
    reason = (
        f"Time limits version {rule_set.version}, in force from "
        f"{date_words(draft.in_force_from)}: {draft.reason}"
    )
    moved = move_due_dates(redating, reason=reason, by=by, at=at)
    audit.record(
        "scheme.rules_changed", rule_set, by=by, at=at, area=area, version=rule_set.version,
        changed=changed, in_force_from=draft.in_force_from, moved=moved,
    )  # fmt: skip
    return rule_set, moved
