"""Approves, serves, and tells the court; what was said to be disclosed is always served."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import (
    Approval,
    Delivery,
    DisclosureDuty,
    ManagementDocument,
    ServedItem,
    Serving,
)
from forthright.disclosure.selectors.against import stands_against, unexplained_words
from forthright.disclosure.selectors.answers import to_send
from forthright.disclosure.selectors.handed_in import not_read_words, unread_of, unread_words
from forthright.disclosure.selectors.management import tells_of_sensitive
from forthright.disclosure.selectors.order import why_not_then
from forthright.disclosure.selectors.packs import facts_of
from forthright.disclosure.selectors.standings import Line, lines_of, makers_of
from forthright.disclosure.selectors.unnumbered import unplaced_of, unplaced_words
from forthright.disclosure.selectors.versions import names_left
from forthright.disclosure.services.managing import TELLS
from forthright.disclosure.services.moving import locked, move
from forthright.disclosure.services.reckoning import DateRefused, reckon
from forthright.disclosure.services.sending import (
    SendingRefused,
    keep_answers_with,
    stamp_of_answers,
)
from forthright.disclosure.services.shown import check_shown
from forthright.rules.disclosure_duty import (
    SERVED_OR_LATER,
    DutyEvent,
    DutyState,
    left_words,
    undecided_words,
)
from forthright.rules.endorsements import Endorsed, needs_second_look
from forthright.rules.schedules.schedule import Form
from forthright.rules.words import count_words, list_words
from forthright.rules.written import proof_in, reason_in
from forthright.web import clock

# Of what has come and nobody has taken in: what went meanwhile is recorded by what stood then.
WENT_ALL_THE_SAME = (
    "Where the service had gone all the same, take in what came first; then record the service "
    "here at the moment at which it went, and say why it did."
)


class ServingRefused(ValueError):
    """Disclosure cannot be approved or served so; the message says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is served, how, when, and what proves it."""

    method: str
    proof: str
    served_at: datetime
    things: frozenset[int] = field(default_factory=frozenset)
    is_nil: bool = False
    # Why it went although schedules had come by then that nobody had taken in.
    went_past: str = ""


@dataclass(frozen=True, slots=True)
class Then:
    """When the items stood as a service is recorded by them, and what it went past."""

    by: datetime
    # What had come by then and nobody had taken in.
    past: Collection[Delivery] = ()


def second_looks(lines: Collection[Line]) -> list[Line]:
    """Return the items that whoever approves looks at again."""
    return [
        line
        for line in lines
        if line.endorsement and needs_second_look(line.to_endorse, Endorsed(line.endorsement.code))
    ]


def may_leave(lines: Collection[Line]) -> list[Line]:
    """Return the items whose words the check held back, and that go to the defence once approved.

    Each is released by itself: who approves says that its words may go, or it is queried.
    """
    return [line for line in second_looks(lines) if line.item.is_held_back]


@dataclass(frozen=True, slots=True)
class LookedAgain:
    """What whoever approves looked at again, and whose words they let go to the defence."""

    looked_again: list[int]
    released: list[int]


def check_looked_again(
    lines: Collection[Line], looked_again: Collection[int], released: Collection[int]
) -> LookedAgain:
    """Return what whoever approves looked at again and released, once they say so of each.

    :raises ServingRefused: if a presumed item that is withheld has no reason or was not looked at
        again, or the words of one that was held back were not released
    """
    if words := unexplained_words(lines):
        raise ServingRefused(words)
    held = may_leave(lines)
    again = [line for line in second_looks(lines) if not line.item.is_held_back]
    looked = set(looked_again)
    if left := [line for line in again if line.item.pk not in looked]:
        raise ServingRefused(
            f"{count_words(len(left), 'item')} to look at again: presumed to be disclosed, or "
            "named by the police as what may undermine or assist, and will not be. Tick each."
        )
    if left := [line for line in held if line.item.pk not in set(released)]:
        named = list_words([line.standing.named for line in left])
        raise ServingRefused(
            f"The words of {named} may be sensitive, and go to the defence with the schedule once "
            "this is approved. Say of each that its words may go, or have it queried (Q), so that "
            "its words stay here."
        )
    return LookedAgain([line.item.pk for line in again], [line.item.pk for line in held])


def check_all_is_read(duty: DisclosureDuty) -> None:
    """Refuse to go past what the police handed in, or reported, and nobody has read or placed.

    :raises ServingRefused: saying what it is
    """
    if words := not_read_words(duty.case_id):
        raise ServingRefused(words)


def keep_approval(duty: DisclosureDuty, *, by: User | None, at: datetime) -> Approval:
    """Keep that a second person looked through all that stands against the items of a duty."""
    newest = duty.endorsements.order_by("-pk").first()
    return Approval.objects.create(duty=duty, up_to=newest, made_at=at, made_by=by)


def stamp_of(lines: Collection[Line]) -> str:
    """Return the stamp of what a page shows of some items: which they are and what stands."""
    shown = sorted(
        (line.item.pk, line.endorsement.pk if line.endorsement else 0,
         line.set_aside.decide_by if line.set_aside else 0, line.is_served)
        for line in lines
    )  # fmt: skip
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def stamp_to_serve(duty: DisclosureDuty, owed: Collection[Line], at: datetime) -> str:
    """Return the stamp of what a page shows that goes: the items, and the answers with them."""
    things = [line.item.thing_id for line in owed]
    answers = stamp_of_answers(to_send(duty, at, things=things))
    # Of a statement that there is nothing nothing else tells that it went.
    went = duty.stands in SERVED_OR_LATER
    return hashlib.sha256(f"{stamp_of(owed)} {answers} {went}".encode()).hexdigest()[:16]


@transaction.atomic
def approve_duty(
    duty: DisclosureDuty, *, looked_again: Collection[int] = (), released: Collection[int] = (),
    by: User, at: datetime, opened: str | None = None,
) -> DisclosureDuty:  # fmt: skip
    """Approve what is to be disclosed, as a second person.

    :param looked_again: the items that are presumed to be disclosed and withheld all the same
    :param released: the items that were held back whose words may go to the defence
    :raises NotAllowed: if this person endorsed an item, or it is not endorsed to the end
    :raises ServingRefused: if a presumed item that is withheld was not looked at again, or the
        words of one that was held back were not released; one left undecided, unexplained; or the
        police handed something in that nobody has read
    :raises ChangedMeanwhile: if an item was endorsed otherwise since the page was opened
    """
    duty = locked(duty)
    lines = lines_of(duty)
    policies.check_can_approve(by, duty, makers_of(duty))
    check_all_is_read(duty)
    check_as_shown(duty, lines, opened, "Read the list below as it stands now, then approve it.")
    again = check_looked_again(lines, looked_again, released)
    standings = [line.standing for line in lines]
    if words := undecided_words(standings) or left_words(names_left(duty)):
        raise ServingRefused(words)
    move(duty, DutyEvent.APPROVE, by=by, at=at)
    duty.approved_at, duty.approved_by = at, by
    duty.save(update_fields=["approved_at", "approved_by"])
    keep_approval(duty, by=by, at=at)
    audit.record("disclosure.approved", duty, by=by, at=at, items=len(lines),
                 looked_again=again.looked_again, released=again.released)  # fmt: skip
    return duty


@transaction.atomic
def send_back(duty: DisclosureDuty, *, reason: str, by: User, at: datetime) -> DisclosureDuty:
    """Send a duty back to whoever endorsed it, with what to look at again.

    :raises NotAllowed: if this person may not approve it, or it waits for no approval
    :raises ServingRefused: if nothing says what to look at
    """
    duty = locked(duty)
    policies.check_can_send_back(by, duty)
    if not reason_in(reason):
        raise ServingRefused("Write what to look at again.")
    move(duty, DutyEvent.OPEN_AGAIN, by=by, at=at)
    audit.record("disclosure.sent_back", duty, by=by, at=at, reason=reason_in(reason))
    return duty


@transaction.atomic
def serve(
    duty: DisclosureDuty, service: Service, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> Serving:  # fmt: skip
    """Record that items were served on the defence, or that there is nothing to disclose.

    :raises NotAllowed: if it is not this person's
    :raises ServingRefused: if something stands against it, or nothing proves it
    :raises ChangedMeanwhile: if what is to be disclosed changed since the page was opened
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    lines = lines_of(duty)
    owed = [line for line in lines if line.standing.is_owed]
    check_shown(
        duty, opened, stamp_to_serve(duty, owed, at) if opened is not None else "",
        "What is below is as it stands now: serve what is new in it too, with the answers, then "
        "keep it.", is_all_served=not owed,
    )  # fmt: skip
    _check(duty, lines, service, at)
    return keep_service(duty, lines, service, by=by, at=at)


def keep_service(
    duty: DisclosureDuty, lines: Collection[Line], service: Service,
    *, then: Then | None = None, by: User | None, at: datetime,
) -> Serving:  # fmt: skip
    """Keep a service of a locked duty against which nothing stands, with its papers.

    :param lines: the items as they stand, or as they stood
    :param then: when they stood so; None for now
    :raises ServingRefused: if the document that goes with it tells of what is sensitive, or a date
        that rests on it cannot be worked out
    """
    is_first = duty.stands not in SERVED_OR_LATER
    document = _document_then(duty, service.served_at)
    if document is not None and tells_of_sensitive(document):
        raise ServingRefused(TELLS)
    serving = Serving.objects.create(
        duty=duty, kind=_kind(service, is_first=is_first), method=service.method,
        proof=proof_in(service.proof), served_at=service.served_at, served_by=by,
        served_on=clock.day_of(service.served_at),
        due_on=duty.due_on, management=document,
        went_past=reason_in(service.went_past) if then and then.past else "",
        **service_counts(lines, service.things),
    )  # fmt: skip
    ServedItem.objects.bulk_create(
        ServedItem(serving=serving, item_id=line.item.thing_id, endorsement=line.endorsement)
        for line in lines
        if line.item.thing_id in service.things
    )
    said: dict[str, Any] = {"then": then.by} if then else {}
    if then and then.past:
        said["past"] = [each.pk for each in then.past]
    audit.record("disclosure.served", duty, by=by, at=at, kind=serving.kind,
                 method=serving.method, items=len(service.things),
                 aside=serving.items_aside, **said)  # fmt: skip
    if is_first:
        move(duty, DutyEvent.SERVE_THEN if then else DutyEvent.SERVE, by=by, at=at)
        duty.served_at = service.served_at
        duty.save(update_fields=["served_at"])
        _count_from_service(duty, by=by, at=at)
    serving.papers = facts_of(duty, serving, lines, by=then.by if then else None).as_table()
    serving.save(update_fields=["papers"])
    try:
        keep_answers_with(serving, by=by, at=at)
    except SendingRefused as refusal:
        raise ServingRefused(str(refusal)) from refusal
    return serving


@transaction.atomic
def tell_court(serving: Serving, told_at: datetime, *, by: User | None, at: datetime) -> Serving:
    """Record that the court officer was given notice of a service.

    :raises NotAllowed: if it is not this person's
    :raises ServingRefused: if it was done already, or before the service
    """
    duty = locked(serving.duty)
    serving = Serving.objects.select_for_update().get(pk=serving.pk)
    policies.check_can_serve(by, duty)
    if serving.court_told_at is not None:
        raise ServingRefused("Notice to the court is recorded already.")
    if clock.day_of(told_at) < clock.day_of(serving.served_at) or told_at > at:
        raise ServingRefused("The court was told on the day of the service or after it, until now.")
    serving.court_told_at, serving.court_told_by = told_at, by
    serving.court_told_on = clock.day_of(told_at)
    serving.save(update_fields=["court_told_at", "court_told_by", "court_told_on"])
    audit.record("court.told", duty, by=by, at=at, serving=serving.pk)
    if duty.stands is DutyState.SERVED:
        move(duty, DutyEvent.TELL_COURT, by=by, at=at)
    return serving


def check_as_shown(
    duty: DisclosureDuty, lines: Collection[Line], opened: str | None, what_next: str
) -> None:
    """Refuse what was said of another list than stands; nobody answers for what they did not see.

    :raises ChangedMeanwhile: with who changed it, and what to do
    """
    check_shown(duty, opened, stamp_of(lines), what_next)


def _check(duty: DisclosureDuty, lines: list[Line], service: Service, at: datetime) -> None:
    on = clock.day_of(service.served_at)
    # What was handed in after the papers had gone could not have been read by then.
    check_nothing_waits(duty, service.served_at)
    if words := unplaced_words(unplaced_of(duty.case_id, until=service.served_at)):
        raise ServingRefused(words)
    if against := stands_against(duty, lines, service.things, on=on, is_nil=service.is_nil):
        raise ServingRefused(against)
    check_said(duty, service, at)
    if too_early := why_not_then(duty, lines, service.things, service.served_at):
        raise ServingRefused(too_early)


def check_nothing_waits(duty: DisclosureDuty, moment: datetime) -> None:
    """Refuse a service at a moment by which something had come that nobody has taken in yet.

    :raises ServingRefused: saying to take it in first, and how a service that went is recorded
    """
    if unread := unread_words(unread_of(duty.case_id, until=moment)):
        raise ServingRefused(f"{unread} {WENT_ALL_THE_SAME}")


def check_said(duty: DisclosureDuty, service: Service, at: datetime) -> None:
    """Refuse a service at a moment that cannot be, in no way, or that nothing proves.

    :raises ServingRefused: saying what to change
    """
    if service.served_at > at or clock.day_of(service.served_at) < duty.triggered_on:
        raise ServingRefused("It was served after the duty began, and not in the future.")
    if not proof_in(service.proof):
        raise ServingRefused("Write what proves that it was served, such as a receipt.")
    if service.method not in Serving.Method.values:
        raise ServingRefused("Choose how it was served.")


def _document_then(duty: DisclosureDuty, served_at: datetime) -> ManagementDocument | None:
    """Return the newest disclosure management document that was made by the minute of a service."""
    return duty.documents.filter(made_at__lt=served_at + timedelta(minutes=1)).first()


def _kind(service: Service, *, is_first: bool) -> str:
    if service.is_nil:
        return Serving.Kind.NIL
    return Serving.Kind.INITIAL if is_first else Serving.Kind.CONTINUING


def service_counts(lines: Collection[Line], things: Collection[int]) -> dict[str, int]:
    """Return what a service of some things counts of the items as they stood."""
    # What is evidence goes with the prosecution's case, so it is not owed as unused material.
    presumed = [
        line
        for line in lines
        if line.to_endorse.is_presumed and line.standing.code is not Endorsed.EVIDENCE
    ]
    sensitive = [line.standing for line in lines if line.form == Form.MG6D]
    return {
        "items_total": len(lines),
        # One that was set aside and decided after all before the service is endorsed.
        "items_endorsed": sum(line.standing.is_decided for line in lines),
        "items_aside": sum(
            line.standing.has_override and not line.standing.is_decided for line in lines
        ),
        "presumed_total": len(presumed),
        "presumed_given": sum(line.is_served or line.item.thing_id in things for line in presumed),
        "sensitive_total": len(sensitive),
        "sensitive_settled": sum(each.is_decided for each in sensitive),
    }


def _count_from_service(duty: DisclosureDuty, *, by: User | None, at: datetime) -> None:
    try:
        reckon(duty, "Initial disclosure was served", by=by, at=at)
    except DateRefused as refusal:
        raise ServingRefused(str(refusal)) from None
