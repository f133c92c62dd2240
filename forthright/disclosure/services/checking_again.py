"""Checks a delivery that waits against what came into its case meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import Delivery
from forthright.disclosure.selectors.schedules import live_schedules, read_again
from forthright.disclosure.selectors.secrets import names_in_record
from forthright.disclosure.services.comparing import changes_of, ids_of
from forthright.disclosure.services.holding import hold_told
from forthright.disclosure.services.moving import locked_of_case
from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.web import clock

# Rules that compare a schedule with the version before; all others found what they find already.
OF_VERSIONS = frozenset({"withdrawn", "begins_late"})
# What is said of earlier items, or shared with sensitive ones, adds to what was found: papers and
# heads of schedules are not kept.
OF_OTHERS = frozenset({"said_of_earlier", "on_both", "shared_words", "shared_of_earlier"})


@transaction.atomic
def compare_again(delivery: Delivery, *, by: User | None, at: datetime) -> None:
    """Say anew what a checked delivery changes, and what is found about that; no file is needed.

    :raises NotAllowed: if the case is not this person's
    """
    locked_of_case(delivery.case_id)
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    policies.check_can_bring(by, delivery)
    if delivery.state != Delivery.State.CHECKED:
        return
    live = list(live_schedules(delivery.case_id))
    earlier = tuple(read_again(each) for each in live)
    came = delivery.schedules.order_by("pk").prefetch_related("items")
    schedules = tuple(read_again(each) for each in came)
    wanted = OF_VERSIONS | OF_OTHERS
    rules = [each for each in shipped_schedule_rules() if each.find.get("matcher") in wanted]
    bundle = Bundle(
        schedules=schedules, earlier=earlier, is_whole=delivery.is_whole,
        known=names_in_record(delivery), is_again=True,
    )  # fmt: skip
    found = check_schedules(bundle, rules, as_of=clock.day_of(at))
    anew = {rule.id for rule in rules if rule.find["matcher"] in OF_VERSIONS}
    kept = [each for each in delivery.findings if each["rule"] not in anew]
    said = {_said(each) for each in kept}
    delivery.findings = [
        *kept,
        *(each.as_table() for each in found
          if each.rule in anew or _said(each.as_table()) not in said),
    ]  # fmt: skip
    hold_told(delivery, bundle, by=by, at=at)
    delivery.changes = changes_of(earlier, schedules)
    delivery.compared_with = ids_of(live)
    delivery.save(update_fields=["findings", "changes", "compared_with"])
    audit.record("delivery.compared_again", delivery, by=by, at=at, findings=len(found))


def _said(finding: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a finding is about: its words, or where it repeats none the whole message."""
    words = finding["words"] or finding["message"]
    return str(finding["rule"]), str(finding["form"]), str(finding["named"]), str(words)
