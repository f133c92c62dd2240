"""Corrects the facts that a due date was counted from, and counts it again."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Decision, PersonToTell
from forthright.rules.words import moment_words
from forthright.rules.written import reason_in
from forthright.schemes import policies
from forthright.schemes.models import Duty
from forthright.schemes.selectors import facts
from forthright.schemes.services.recording import ReasonNeeded
from forthright.schemes.services.redating import reckon_again
from forthright.schemes.services.stage_times import TimeRefused, check_times
from forthright.web.meanwhile import ChangedMeanwhile


@transaction.atomic
def correct_entitlement(
    duty: Duty, entitlement: str, *, because: str, by: User | None, at: datetime,
    opened: str | None = None,
) -> int:  # fmt: skip
    """Say what a person is entitled to, and why; return how many due dates moved.

    Every letter that is owed to the person for this case is counted again. `opened` is the stamp
    of what the page showed; without one, nothing is asked.

    :raises NotAllowed: if this letter is not this person's to record
    :raises ChangedMeanwhile: if somebody changed it since the page was opened
    :raises ReasonNeeded: if it does not say what the entitlement rests on
    :raises CalendarTooShort: if the calendar does not reach the new due date
    """
    policies.check_can_record(by, duty)
    if not reason_in(because):
        raise ReasonNeeded("Say what the entitlement rests on.")
    person = PersonToTell.objects.select_for_update().get(pk=duty.person_id)
    if opened not in {None, stands := facts.entitlement_stamp(person)}:
        raise ChangedMeanwhile(facts.entitlement_now(person), stands=stands)
    before = person.entitlement
    person.entitlement, person.entitlement_because = entitlement, reason_in(because)[:200]
    person.save(update_fields=["entitlement", "entitlement_because"])
    audit.record(
        "person_to_tell.entitlement_corrected", person, by=by, at=at, area=duty.area,
        was=before, now=entitlement,
    )  # fmt: skip
    owed = Duty.objects.filter(person=person)
    return reckon_again(owed, reason="The entitlement was corrected.", by=by, at=at)


@transaction.atomic
def correct_decision_time(
    duty: Duty, made_at: datetime, *, reason: str, by: User | None, at: datetime,
    opened: str | None = None,
) -> int:  # fmt: skip
    """Say when a decision was made, with the reason; return how many due dates moved.

    `opened` is the stamp of what the page showed; without one, nothing is asked.

    :raises NotAllowed: if this letter is not this person's to record
    :raises ChangedMeanwhile: if somebody changed it since the page was opened
    :raises ReasonNeeded: if no reason is given
    :raises TimeRefused: if the time lies in the future or after a step of a letter
    :raises CalendarTooShort: if the calendar does not reach the new due date
    """
    policies.check_can_record(by, duty)
    if not reason_in(reason):
        raise ReasonNeeded("Say why the time of the decision is changed.")
    if made_at > at:
        raise TimeRefused(f"{moment_words(made_at)} has not come yet. Check the day and the time.")
    decision = Decision.objects.select_for_update().get(pk=duty.decision_id)
    if opened not in {None, stands := facts.decision_stamp(decision)}:
        raise ChangedMeanwhile(facts.decision_now(decision), stands=stands)
    owed = Duty.objects.filter(decision=decision)
    for each in owed:
        each.decided_at = made_at
        check_times(each, at=at)
    before = decision.made_at
    decision.made_at = made_at
    decision.save(update_fields=["made_at"])
    audit.record(
        "decision.time_corrected", decision, by=by, at=at, was=before, now=made_at,
        reason=reason_in(reason),
    )  # fmt: skip
    return reckon_again(owed, reason="The time of the decision was corrected.", by=by, at=at)
