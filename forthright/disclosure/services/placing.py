"""Puts schedules in their place in a case; nothing leaves it without a name and a reason."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import Delivery, DisclosureDuty, Item, LeftItem, Schedule
from forthright.disclosure.selectors.hidden import hidden_of
from forthright.disclosure.selectors.versions import (
    Versions,
    left_unsaid,
    names_of,
    versions_of,
    words_before,
)
from forthright.disclosure.services.moving import locked
from forthright.rules.words import count_words, list_words
from forthright.rules.written import LEAST_WEIGHED, reason_in


class LeavingRefused(ValueError):
    """Items would leave the schedules that nobody named, or without a reason; says which."""


@dataclass(frozen=True, slots=True)
class LetGo:
    """The items that a person lets go, each by its id, and why."""

    items: Collection[int] = field(default_factory=frozenset)
    reason: str = ""


def put_in_place(delivery: Delivery, let_go: LetGo, *, by: User | None, at: datetime) -> list[int]:
    """Let the schedules of a delivery stand in its case, and join their items with those before.

    :returns: the items that left, each with its reason kept
    :raises NotAllowed: if an item leaves whose words this person may not read
    :raises LeavingRefused: if an item leaves that is not named, or without a reason
    """
    found = versions_of(delivery)
    leaving = found.leaving
    _check_let_go(delivery, leaving, let_go, by)
    Schedule.objects.filter(pk__in=found.answered).update(is_live=False)
    Schedule.objects.filter(pk__in=[each.pk for each in found.came]).update(is_live=True)
    _join(found)
    _keep_why(leaving, let_go.reason, delivery, by=by, at=at)
    return [item.pk for item in leaving]


@transaction.atomic
def say_why_left(
    duty: DisclosureDuty, let_go: LetGo, *, by: User | None, at: datetime
) -> list[Item]:
    """Keep why items left the schedules undecided, where nobody was asked when they did.

    :raises NotAllowed: if the case is not this person's, or it may not read the words of one
    :raises LeavingRefused: if one is not named, or there is no reason
    """
    duty = locked(duty)
    policies.check_can_bring(by, duty)
    left = left_unsaid(duty)
    if not left:
        raise LeavingRefused("Why each item left is written down already.")
    _check_let_go(duty, left, let_go, by)
    _keep_why(left, let_go.reason, None, by=by, at=at)
    audit.record("items.left_explained", duty, by=by, at=at, items=[item.pk for item in left])
    return left


def _check_let_go(
    thing: DisclosureDuty | Delivery, leaving: Collection[Item], let_go: LetGo, by: User | None
) -> None:
    if not leaving:
        return
    if hidden_of(thing.case_id, leaving):
        policies.check_reaches(by, Permission.SENSITIVE_SEE, thing)
    if unnamed := [item for item in leaving if item.pk not in set(let_go.items)]:
        raise LeavingRefused(
            f"{count_words(len(unnamed), 'item')} would stand on no schedule any more: "
            f"{list_words(names_of(unnamed))}. What is on no schedule is endorsed by nobody. Tick "
            "each that is rightly gone and write why, or have the police list it again."
        )
    if not reason_in(let_go.reason, least=LEAST_WEIGHED):
        raise LeavingRefused(
            f"Write why {list_words(names_of(leaving))} may leave the schedules, so that anybody "
            "can see later why nobody decided on it."
        )


def _keep_why(
    items: Collection[Item], reason: str, delivery: Delivery | None, *, by: User | None,
    at: datetime,
) -> None:  # fmt: skip
    LeftItem.objects.bulk_create(
        LeftItem(item=item, delivery=delivery, made_at=at, made_by=by,
                 reason=reason_in(reason, least=LEAST_WEIGHED))
        for item in items
    )  # fmt: skip


def _join(found: Versions) -> None:
    joined = [
        (found.item(pair.before), found.item(pair.after))
        for change in found.changes
        for pair in change.kept
    ]
    before = words_before(joined)
    for was, item in joined:
        item.before = was
        item.origin_id = was.line_id
        item.root_id = before[item.pk].thing_id if item.pk in before else None
    items = [item for _, item in joined]
    Item.objects.bulk_update(items, ["before", "root", "origin"], batch_size=500)
