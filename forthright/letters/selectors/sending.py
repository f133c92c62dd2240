"""Calls, dispatches and print batches, and what stands against sending."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, within_reach
from forthright.cases.models import PersonToTell
from forthright.letters.models import (
    CallAttempt,
    ContactOverride,
    ContactWishes,
    DeliveryEvent,
    Dispatch,
    PrintBatch,
)
from forthright.letters.selectors.case_facts import case_file_for, wishes_of
from forthright.letters.selectors.which import Which, about, duty_of, letter_of
from forthright.rules.case_file import Channel
from forthright.rules.contact_lock import (
    ASKED_FOR,
    Lock,
    Locked,
    Way,
    is_same_place,
    locks_left,
    locks_on_sending,
    locks_standing,
)
from forthright.rules.unsafe_lines import Reads, reads_as
from forthright.schemes.models import Duty

MOST_CALLS = 3
S = Dispatch.State
# Nothing else is sent while one of these stands.
UNDER_WAY = (S.ASKED, S.SENDING, S.UNSURE)
# What may have left the building already: it is no longer given back to anybody.
MAY_BE_GONE = (S.SENDING, S.UNSURE)
WITHOUT_NOTIFY = frozenset(Way) - {Way.NOTIFY_EMAIL, Way.NOTIFY_LETTER}
GONE_WRONG = (S.FAILED, S.RETURNED)


@dataclass(frozen=True, slots=True)
class WayOut:
    """One way by which the letter could go, where to, and what stands against it."""

    way: Way
    to_what: str
    locks: tuple[Locked, ...]
    passed: tuple[Locked, ...]
    is_asked_for: bool


def calls_of(which: Which) -> "QuerySet[CallAttempt]":
    """Return the calls about a letter, the first first."""
    return CallAttempt.objects.filter(**about(which)).select_related("called_by").order_by("number")


def is_unsafe_to_ring(person: PersonToTell) -> bool:
    """Say whether the recorded number of a person is not safe, or nobody can tell."""
    wishes = wishes_of(person)
    lines = wishes.unsafe if wishes else ()
    return any(
        is_same_place(person.phone, each) or reads_as(each) is Reads.NOTHING for each in lines
    )


def may_call_again(calls: "QuerySet[CallAttempt]") -> bool:
    """Say whether another call may be tried."""
    ended = (CallAttempt.Outcome.REACHED, CallAttempt.Outcome.DO_NOT_CALL)
    return len(calls) < MOST_CALLS and not any(each.outcome in ended for each in calls)


def dispatches_of(which: Which) -> "QuerySet[Dispatch]":
    """Return how a letter went or is going out, the newest first."""
    rows = Dispatch.objects.filter(**about(which, "version__letter"))
    rows = rows.select_related("asked_by", "version__letter", "batch")
    return rows.prefetch_related("events__recorded_by")


def last_dispatch(which: Which) -> Dispatch | None:
    """Return the newest dispatch of a letter that was not called off."""
    return dispatches_of(which).exclude(state=S.CANCELLED).first()


def is_under_way(which: Which) -> bool:
    """Say whether a letter is out or on its way, so that nobody sends it a second time."""
    if letter_of(which).steps.sent_at is not None:
        return True
    return dispatches_of(which).filter(state__in=UNDER_WAY).exists()


def may_be_gone(which: Which) -> bool:
    """Say whether a letter is being handed over this minute, or nobody knows whether it went."""
    return dispatches_of(which).filter(state__in=MAY_BE_GONE).exists()


def known_not_arrived(which: Which) -> datetime | None:
    """Return when it became known last that a letter had not arrived, if it ever did."""
    events = DeliveryEvent.objects.filter(
        **about(which, "dispatch__version__letter"), kind__in=GONE_WRONG
    )
    return events.order_by("recorded_at").values_list("recorded_at", flat=True).last()


def dispatch_for(which: Which, dispatch_id: int) -> Dispatch:
    """Return one dispatch of a letter that this person has come in by.

    :raises Http404: if there is none
    """
    found = dispatches_of(which).filter(pk=dispatch_id).first()
    if found is None:
        raise Http404("No such dispatch")
    return found


def overruled_locks(which: Which) -> set[str]:
    """Return what is overruled for a letter as its person is reached now, and for no other."""
    return set(overruled_by(which).values_list("what", flat=True))


def overruled_by(which: Which) -> "QuerySet[ContactOverride]":
    """Return who overruled what about reaching a person as they are reached now, and why."""
    return _overrides(which).filter(made_for=reached_by(duty_of(which).person_id))


def overruled_before(which: Which) -> "QuerySet[ContactOverride]":
    """Return what was overruled when the person was reached otherwise, which holds no more."""
    return _overrides(which).exclude(made_for=reached_by(duty_of(which).person_id))


def _overrides(which: Which) -> "QuerySet[ContactOverride]":
    return ContactOverride.objects.filter(**about(which)).select_related("made_by")


def reached_by(person_id: int) -> str:
    """Return the digest of where and how a person is reached, and of what warns against it."""
    person = PersonToTell.objects.get(pk=person_id)
    wishes = wishes_of(person)
    known = [person.address, person.email, person.phone, person.safe_contact_note,
             person.has_opted_out]  # fmt: skip
    if wishes is not None:
        known += [wishes.channel, wishes.adviser, *wishes.unsafe]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def ways_out(
    which: Which, today: date, open_ways: Collection[Way] = WITHOUT_NOTIFY
) -> list[WayOut]:
    """Return the ways by which the letter could go, of those set up here; asked for first."""
    case, duty = case_file_for(which, today), duty_of(which)
    overruled = overruled_locks(which)
    reader = case.recipient
    asked = ASKED_FOR.get(Channel(reader.channel), set())
    found = [
        WayOut(
            way=way,
            to_what=_to_what(way, duty, reader.adviser),
            locks=locks_standing(case, way, overruled),
            passed=tuple(
                each for each in locks_on_sending(case, way) if each.lock.value in overruled
            ),
            is_asked_for=way in asked,
        )
        for way in Way
        if way in open_ways
    ]
    return sorted((each for each in found if each.to_what), key=lambda each: not each.is_asked_for)


@dataclass(frozen=True, slots=True)
class Safely:
    """What stands against reaching a person as is recorded, and what somebody overruled."""

    locks: tuple[Locked, ...]
    overruled: list[ContactOverride]
    before: list[ContactOverride]


def safely(which: Which, today: date) -> Safely:
    """Return what every page about a letter says of reaching its person safely."""
    overruled = list(overruled_by(which))
    case = case_file_for(which, today)
    return Safely(
        locks=locks_left(case, {each.what for each in overruled}),
        overruled=overruled,
        before=list(overruled_before(which)),
    )


def locks_in_words(which: Which, today: date) -> dict[Lock, str]:
    """Return everything that stands against any way, once, in words."""
    case = case_file_for(which, today)
    return {each.lock: each.words for way in Way for each in locks_on_sending(case, way)}


def _is_theirs(user: User) -> Exists:
    """Say of a dispatch whether this person may send the letter it carries.

    It is asked of each of a few dispatches: a list of all that the Area owes is never made.
    """
    theirs = within_reach(user, Permission.LETTER_SEND, Duty.objects.all())
    return Exists(theirs.filter(pk=OuterRef("duty")))


def batches_for(user: User) -> "QuerySet[PrintBatch]":
    """Return the print batches this person may see, the newest first, without their files.

    A batch holds whole letters, so whoever may not send one of them sees none of it.
    """
    others = Dispatch.objects.filter(batch=OuterRef("pk")).exclude(_is_theirs(user))
    rows = PrintBatch.objects.filter(area=user.area_id).exclude(Exists(others))
    return rows.defer("content").select_related("made_by", "posted_by")


def batch_for(user: User, batch_id: int) -> PrintBatch:
    """Return one print batch of which this person may send every letter.

    :raises Http404: if there is none, or it is hidden from them
    """
    found = batches_for(user).filter(pk=batch_id).first()
    if found is None or not has_permission(user, Permission.LETTER_SEND):
        raise Http404("No such batch")
    return found


def waiting_for_print(user: User) -> "QuerySet[Dispatch]":
    """Return the letters of this person that wait for a print batch, the first asked for first."""
    rows = Dispatch.objects.filter(
        _is_theirs(user), area=user.area_id, channel=Way.PRINT, state=S.ASKED, batch=None
    )
    return rows.select_related("duty__case", "duty__person", "version__letter").order_by("pk")


def with_plain_envelope(letters: Collection[Dispatch]) -> set[int]:
    """Return which of some dispatches need an envelope that says nothing."""
    people = [each.duty.person_id for each in letters]
    plain = ContactWishes.objects.filter(person__in=people, plain_envelope=True)
    wanted = set(plain.values_list("person", flat=True))
    return {each.pk for each in letters if each.duty.person_id in wanted}


def _to_what(way: Way, duty: Duty, adviser: str) -> str:
    if way in (Way.EMAIL, Way.NOTIFY_EMAIL):
        return duty.person.email
    if way in (Way.PRINT, Way.NOTIFY_LETTER):
        return duty.person.address
    return adviser if way is Way.VIA_ADVISER else "The police"
