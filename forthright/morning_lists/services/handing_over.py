"""Hands a letter of the morning list over to another drafter, and keeps who did it for whom."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.covering import covered_for
from forthright.accounts.models import User
from forthright.morning_lists import policies
from forthright.morning_lists.models import HandOver
from forthright.schemes.models import Duty
from forthright.schemes.services import hand_over_drafting


@transaction.atomic
def hand_over_letter(
    duty: Duty, drafter: User, *, by: User | None, at: datetime, opened: str | None = None
) -> HandOver:
    """Say who drafts a letter from now on; `opened` is the stamp of what the page showed.

    :raises NotAllowed: if this letter is on no list of this person's now, or is drafted already
    :raises ChangedMeanwhile: if somebody handed it over since the page was opened
    """
    policies.check_can_work(by, duty.unit)
    before = Duty.objects.select_for_update().get(pk=duty.pk).drafter_id
    hand_over_drafting(duty, drafter, by=by, at=at, opened=opened)
    stands_for = covered_for(by, duty.unit_id) if by else []
    return HandOver.objects.create(
        area=duty.area, duty=duty, was_id=before, now=drafter, made_by=by,
        made_for_id=stands_for[0] if stands_for else None, made_at=at,
    )  # fmt: skip
