"""Asks for a letter to go out, and overrules what stands against it by name."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters import policies
from forthright.letters.models import ContactOverride, Dispatch, Letter, LetterVersion
from forthright.letters.selectors.case_facts import recipient_of
from forthright.letters.selectors.checking import check_version
from forthright.letters.selectors.holding import why_words_may_not_go
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.sending import (
    WITHOUT_NOTIFY,
    is_under_way,
    reached_by,
    ways_out,
)
from forthright.letters.selectors.which import Which, letter_of
from forthright.letters.services.delivery import note_event
from forthright.letters.services.passing import keep_for_sample
from forthright.letters.services.steps import locked
from forthright.rules.contact_lock import Lock, Way
from forthright.rules.letter_blocks.addressing import too_long_for_window
from forthright.rules.words import local
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.schemes.models import Duty
from forthright.web import jobs

BY_JOB = {Way.EMAIL, Way.NOTIFY_EMAIL, Way.NOTIFY_LETTER}
BY_HAND = {Way.VIA_POLICE, Way.VIA_ADVISER}
S = Dispatch.State


class SendRefused(ValueError):
    """A letter cannot go out so; the message says why and what to do."""


@transaction.atomic
def send(
    which: Which,
    way: str,
    *,
    by: User,
    at: datetime,
    open_ways: Collection[Way] = WITHOUT_NOTIFY,
) -> Dispatch:
    """Send the approved letter by one way, if everything still holds this minute.

    What goes by e-mail or Notify is asked for as background work; what is printed waits for the
    next batch; what somebody passes on by hand is out at once.

    :raises NotAllowed: if this letter is not this person's to send
    :raises SendRefused: naming what does not hold
    """
    policies.check_can_send(by, which)
    letter = letter_of(which)
    letter.duty = duty = Duty.objects.select_related(
        "area", "case", "unit", "person", "decision__defendant", "drafter", "rule_set"
    ).get(pk=letter.duty_id)
    version = _approved_version(letter)
    ways = ways_out(letter, local(at).date(), open_ways)
    chosen = next((each for each in ways if each.way == way), None)
    if chosen is None:
        raise SendRefused("There is no address for this way. Choose another, or record it first.")
    if chosen.locks:
        raise SendRefused(" ".join(each.words for each in chosen.locks))
    if why := too_long_for_window(recipient_of(duty.person), Way(way), local(at).date()):
        raise SendRefused(why)
    _check_still_holds(letter, version, at)
    keep_for_sample(version, chosen.passed, at=at)
    dispatch = Dispatch.objects.create(
        area=duty.area, duty=duty, version=version, channel=way, to_what=chosen.to_what,
        key=uuid.uuid4().hex, asked_at=at, asked_by=by,
    )  # fmt: skip
    audit.record(
        "letter.dispatch_asked", dispatch, by=by, at=at, duty=duty.pk, channel=way,
        version=version.number,
    )  # fmt: skip
    if way in BY_JOB:
        jobs.ask("letters.send", key=f"dispatch {dispatch.pk}", by=by, at=at,
                 args={"dispatch": dispatch.pk}, area=duty.area)  # fmt: skip
    elif way in BY_HAND:
        note_event(dispatch, S.SENT, happened_at=at, by=by, at=at)
    return dispatch


@transaction.atomic
def call_off(dispatch: Dispatch, *, by: User, at: datetime) -> Dispatch:
    """Call off a dispatch that has not gone, so that another way can be chosen.

    :raises NotAllowed: if this letter is not this person's to send
    :raises SendRefused: if it is on its way or gone
    """
    policies.check_can_send(by, dispatch.duty)
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if dispatch.state != S.ASKED or dispatch.batch_id:
        raise SendRefused("This is on its way already, so it cannot be called off.")
    dispatch.state = S.CANCELLED
    dispatch.save(update_fields=["state"])
    audit.record("letter.dispatch_called_off", dispatch, by=by, at=at)
    return dispatch


@transaction.atomic
def overrule_lock(
    which: Which, what: str, *, reason: str, by: User, at: datetime
) -> ContactOverride:
    """Go against a person's wish or a danger, by name and with the reason.

    It holds for this letter until where or how the person is reached changes.

    :raises NotAllowed: if this person may not decide that
    :raises SendRefused: if no reason is given
    """
    policies.check_can_overrule_lock(by, which)
    if not reason_in(reason, least=LEAST_WEIGHED):
        raise SendRefused("Say why it is safe and right, so that others can follow it.")
    letter = locked(letter_of(which))
    override = ContactOverride.objects.create(
        letter=letter, what=Lock(what).value, reason=reason_in(reason), made_by=by, made_at=at,
        made_for=reached_by(letter.duty.person_id),
    )  # fmt: skip
    audit.record(
        "letter.lock_overruled", override, by=by, at=at, area=letter.area, duty=letter.duty_id,
        letter=letter.number, what=what,
    )  # fmt: skip
    return override


def _approved_version(letter: Letter) -> LetterVersion:
    """Return the approved words, which must be the newest.

    :raises SendRefused: if nobody approved them, it is out or on its way, or none is required
    """
    held = locked(letter)
    held.duty = letter.duty
    if is_under_way(held):
        raise SendRefused("This letter is out or on its way already.")
    latest = latest_words(held)
    why = why_words_may_not_go(held, latest.pk if latest else None)
    if latest is None or why:
        raise SendRefused(why)
    return latest


def _check_still_holds(letter: Letter, version: LetterVersion, at: datetime) -> None:
    """Refuse a letter about a decision that is another now, or that a check stops today."""
    made_from, duty = version.made_from, letter.duty
    now = {"decision": duty.decision.kind, "decided_at": duty.decided_at.isoformat()}
    if any(made_from.get(name, value) != value for name, value in now.items()):
        raise SendRefused(
            "The decision or its day was changed since this letter was put together. Put it "
            "together again from the record."
        )
    if stops := check_version(version, letter, local(at).date()).stops:
        raise SendRefused(
            "A check stops this letter as of today: "
            + " ".join(each.finding.message for each in stops)
        )
