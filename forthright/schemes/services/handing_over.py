"""Hands a letter that nobody has drafted yet over to somebody who will."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.policies import NotAllowed
from forthright.accounts.presence import presence
from forthright.audit import services as audit
from forthright.rules.words import local
from forthright.schemes import policies
from forthright.schemes.models import Duty
from forthright.schemes.selectors import facts
from forthright.web.meanwhile import by_whom, check_unchanged

# What says of a letter who is to draft it, or did.
NAMED = ("letter.drafter_named", "letter.drafting_handed_over")


@transaction.atomic
def hand_over_drafting(
    duty: Duty, drafter: User, *, by: User | None, at: datetime, opened: str | None = None
) -> Duty:
    """Say who is to draft a letter from now on.

    That nobody has drafted it yet is what sets this apart from saying who did: whoever hands a
    letter over may still read it as the second person. `opened` is the stamp of what the page
    showed; without one, nothing is asked.

    :raises NotAllowed: if this letter is not this person's to record, needs no drafter now, or the
        other is not here to draft it
    :raises ChangedMeanwhile: if somebody handed it over since the page was opened
    """
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    policies.check_can_hand_over(by, duty)
    check_unchanged(opened, facts.drafter_stamp(duty), by_whom(duty, *NAMED))
    if drafter.area_id != duty.area_id or not drafter.is_active:
        raise NotAllowed(f"{drafter} has no account in this Area now. Choose somebody else.")
    away = presence(duty.area_id, local(at).date()).away_words(drafter, duty.unit_id)
    if away and drafter != by:
        raise NotAllowed(f"{away}. Choose somebody else.")
    before = duty.drafter_id
    duty.drafter, duty.drafter_name = drafter, drafter.full_name
    duty.save(update_fields=["drafter", "drafter_name"])
    audit.record("letter.drafting_handed_over", duty, by=by, at=at, was=before, now=drafter.pk)
    return duty
