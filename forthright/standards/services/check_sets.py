"""Keeps the sets of rules that letters are checked by, so that each check can name its own."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.rules.letter_checks.rule_set import listed, shipped_digest, shipped_files
from forthright.standards.models import CheckSet
from forthright.standards.selectors.check_sets import check_set_in_force, shipped_check_rules


@transaction.atomic
def check_set_used(area: Area | int, *, by: User | None, at: datetime) -> CheckSet:
    """Return the set that an Area's letters are checked by now, keeping the shipped one if new.

    No act of a person is recorded: the product keeps its own rules, each release once.
    """
    held = check_set_in_force(area)
    if held is not None:
        return held
    number = CheckSet.objects.filter(area=None).count() + 1
    shipped, _ = CheckSet.objects.get_or_create(
        area=None,
        digest=shipped_digest(),
        defaults={
            "number": number,
            "state": CheckSet.State.SHIPPED,
            "files": dict(shipped_files()),
            "rules": listed(shipped_check_rules().rules),
            "proposed_at": at,
        },
    )
    return shipped
